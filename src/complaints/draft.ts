import { z } from "zod";
import { ComplaintKind } from "../knowledge/complaint-kind.ts";
import { Apology, Evidence, type Filing } from "./complaint.ts";

/** The steps of telling a complaint, in order; each is left out when its answer is known or not needed. */
export const Step = z.enum([
  "kind",
  "story",
  "place",
  "about",
  "dossier",
  "promised",
  "apology",
  "reappointed",
  "person",
  "email",
  "preview",
]);
export type Step = z.infer<typeof Step>;

const PlaceTold = z.object({ code: z.string().optional(), name: z.string() });

/** A complaint being told; stored after each answer, so that it survives restarts. */
export const Draft = z.object({
  /** Becomes the complaint's id. */
  id: z.string(),
  /** Counts the previews shown: only the newest can be sent. */
  shown: z.number(),
  /** ISO instant of the newest preview: what was worked out then is what is filed. */
  shownAt: z.string().optional(),
  kind: ComplaintKind.optional(),
  /** The person's own words, one entry a message. */
  story: z.array(z.string()),
  place: PlaceTold.optional(),
  /** Communes to choose from, when the place named was split or is not unique. */
  placeChoices: z.array(z.string()),
  about: z.object({ id: z.string().optional(), name: z.string() }).optional(),
  procedureCode: z.string().optional(),
  dossierCode: z.string().optional(),
  submittedOn: z.string().optional(),
  /** Time of day, `HH:MM`. */
  submittedAt: z.string().optional(),
  promisedDate: z.string().optional(),
  apology: z.array(Apology).optional(),
  /** ISO day of the new appointment, asked where the apology came in time. */
  reappointedOn: z.string().optional(),
  /** Given only with consent for this case. */
  person: z.object({ name: z.string(), phone: z.string().optional() }).optional(),
  email: z.string().optional(),
  evidence: z.array(Evidence).exactOptional(),
  /** Steps answered or skipped, in that order, so that "quay lại" knows the way. */
  done: z.array(Step),
  /** The step being asked. */
  step: Step,
});
export type Draft = z.infer<typeof Draft>;

const ORDER: readonly Step[] = Step.options;

/** Whether a step still needs asking: its answer is missing, it was not skipped, and this kind of case needs it. */
function needs(draft: Draft, step: Step): boolean {
  if (draft.done.includes(step)) return false;
  switch (step) {
    case "kind":
      return draft.kind === undefined;
    case "story":
      return draft.story.length === 0;
    case "place":
      return draft.place === undefined;
    case "about":
      return draft.about === undefined && draft.kind !== "suggestion";
    case "dossier":
      return needsDossier(draft) && draft.dossierCode === undefined;
    case "promised":
      return draft.kind === "late" && draft.promisedDate === undefined;
    case "apology":
      return draft.kind === "late" && draft.apology === undefined;
    case "reappointed":
      return draft.kind === "late" && hasNewDay(draft) && draft.reappointedOn === undefined;
    case "person":
      return needsDossier(draft) && draft.person === undefined;
    case "email":
      return draft.email === undefined;
    case "preview":
      return true;
  }
}

/** A late or refused dossier can only be found by its code and usually the name on it. */
function needsDossier(draft: Draft): boolean {
  return draft.kind === "late" || draft.kind === "refusal";
}

/** A written apology in time carries a new day, which is then the one that counts. */
function hasNewDay(draft: Draft): boolean {
  return draft.apology?.includes("in_time") === true;
}

/** The next step to ask. */
export function nextStep(draft: Draft): Step {
  return ORDER.find((step) => needs(draft, step)) ?? "preview";
}

/** One step back: forgets the answer given last; undefined when there is none before. */
export function stepBack(draft: Draft): Draft | undefined {
  const last = draft.done.at(-1);
  if (!last) return undefined;
  return { ...forget(draft, last), done: draft.done.slice(0, -1), step: last };
}

/** Takes a step's answer away. */
export function forget(draft: Draft, step: Step): Draft {
  switch (step) {
    case "kind":
      return { ...draft, kind: undefined };
    case "story":
      return { ...draft, story: [] };
    case "place":
      return { ...draft, place: undefined, placeChoices: [] };
    case "about":
      return { ...draft, about: undefined };
    case "dossier":
      return { ...draft, dossierCode: undefined };
    case "promised":
      return { ...draft, promisedDate: undefined };
    case "apology":
      return { ...draft, apology: undefined };
    case "reappointed":
      return { ...draft, reappointedOn: undefined };
    case "person":
      return { ...draft, person: undefined };
    case "email":
      return { ...draft, email: undefined };
    case "preview":
      return draft;
  }
}

/** What will be filed: exactly what the person told, with the name only where they gave it for this case. */
export function filingOf(draft: Draft, procedureName: (code: string) => string | undefined): Filing {
  const name = draft.procedureCode ? procedureName(draft.procedureCode) : undefined;
  return {
    kind: draft.kind ?? "other",
    text: draft.story.join("\n"),
    ...(draft.about && { about: draft.about }),
    ...(draft.place && { place: draft.place }),
    ...(draft.procedureCode && name && { procedure: { code: draft.procedureCode, name } }),
    ...(draft.dossierCode && { dossierCode: draft.dossierCode }),
    ...(draft.submittedOn && { submittedOn: draft.submittedOn }),
    ...(draft.promisedDate && { promisedDate: draft.promisedDate }),
    ...(draft.kind === "late" && draft.apology && { apology: draft.apology }),
    ...(draft.kind === "late" && draft.reappointedOn && { reappointedOn: draft.reappointedOn }),
    ...(draft.person && { person: draft.person }),
    ...(draft.evidence && draft.evidence.length > 0 && { evidence: draft.evidence }),
  };
}
