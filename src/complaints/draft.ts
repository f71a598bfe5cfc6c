import { z } from "zod";
import { ComplaintKind } from "../knowledge/complaint-kind.ts";
import { Apology, Evidence, type Filing, isProtected, Supplements } from "./complaint.ts";
import { type Identity, Person } from "./person.ts";

/**
 * The steps of telling a complaint, in order; each is left out when its answer is known or not needed. `missing` asks for
 * several facts at once; `dossier`, `person` and `email` come only by their buttons under the preview.
 */
export const Step = z.enum([
  "kind",
  "story",
  "missing",
  "place",
  "about",
  "dossier",
  "promised",
  "supplements",
  "supplemented",
  "apology",
  "reappointed",
  "person",
  "email",
  "preview",
]);
export type Step = z.infer<typeof Step>;

const PlaceTold = z.object({ code: z.string().optional(), name: z.string() });
export type PlaceTold = z.infer<typeof PlaceTold>;
const UnitTold = z.object({ id: z.string().optional(), name: z.string() });

/** A complaint being told; stored after each answer, so that it survives restarts. */
export const Draft = z.object({
  /** Becomes the complaint's id. */
  id: z.string(),
  /** The formal way that the person spoke of; a paper for it is offered beside. */
  path: z.enum(["complaint", "denunciation"]).optional(),
  /** Counts the previews shown: only the newest can be sent. */
  shown: z.number(),
  /** ISO instant of the newest preview: what was worked out then is what is filed. */
  shownAt: z.string().optional(),
  kind: ComplaintKind.optional(),
  /** What the kind was before a demand for money was heard in the story. */
  kindBefore: ComplaintKind.optional(),
  /** The person says that nobody demanded money. */
  noMoney: z.literal(true).optional(),
  /** The person's own words, one entry a message. */
  story: z.array(z.string()),
  /** Another grievance of the same message, for a case of its own afterwards. */
  aside: z.string().optional(),
  /** Typed under the preview, and not part of the story unless the person says so. */
  typed: z.string().optional(),
  /** The procedure that a question was answered with while this was being asked: the next question may be about it too. */
  answered: z.object({ code: z.string(), step: Step }).optional(),
  /** The story tells of violence or threats: only the custodian sees it. */
  threatened: z.boolean().optional(),
  place: PlaceTold.optional(),
  /** The province, where the commune told is not clear: what is left when nobody can say more. */
  region: PlaceTold.optional(),
  /** Communes to choose from, when the place named was split or is not unique. */
  placeChoices: z.array(z.string()),
  about: UnitTold.optional(),
  procedureCode: z.string().optional(),
  dossierCode: z.string().optional(),
  submittedOn: z.string().optional(),
  /** Time of day, `HH:MM`. */
  submittedAt: z.string().optional(),
  promisedDate: z.string().optional(),
  apology: z.array(Apology).optional(),
  /** Empty where the story speaks of supplements without saying how often. */
  supplements: Supplements.optional(),
  /** ISO day of the new appointment, asked where the apology came in time. */
  reappointedOn: z.string().optional(),
  /** Given only with consent for this case. */
  person: Person.optional(),
  email: z.string().optional(),
  evidence: z.array(Evidence).exactOptional(),
  /** Steps answered or skipped, in that order, so that "quay lại" knows the way. */
  done: z.array(Step),
  /** The step being asked. */
  step: Step,
});
export type Draft = z.infer<typeof Draft>;

/** What was told beside something else and waits for the person to go on with it. */
export const Aside = z.object({
  text: z.string(),
  place: PlaceTold.optional(),
  about: UnitTold.optional(),
  dossierCode: z.string().optional(),
  procedureCode: z.string().optional(),
});
export type Aside = z.infer<typeof Aside>;

const ORDER: readonly Step[] = Step.options;

/** Facts that are asked for together when more than one of them is missing. */
export const TOGETHER = ["place", "about", "promised"] as const satisfies readonly Step[];

/** Whether a step only comes by its button under the preview. */
export function isAddition(step: Step): boolean {
  return step === "dossier" || step === "person" || step === "email";
}

/** Whether a step still needs asking: its answer is missing, it was not skipped, and this kind of case needs it. */
function needs(draft: Draft, step: Step): boolean {
  if (draft.done.includes(step)) return false;
  switch (step) {
    case "kind":
      return draft.kind === undefined;
    case "story":
      return draft.story.length === 0;
    case "missing":
      return missingOf(draft).length > 1;
    case "place":
      return draft.place === undefined;
    case "about":
      return draft.about === undefined && draft.kind !== "suggestion";
    case "promised":
      // Without the slip the limit of the procedure tells the day, where both are known.
      return (
        draft.kind === "late" &&
        draft.promisedDate === undefined &&
        !(draft.submittedOn !== undefined && draft.procedureCode !== undefined)
      );
    case "supplements": {
      const { times, inWriting } = draft.supplements ?? {};
      return wasSupplemented(draft) && (times === undefined || inWriting === undefined);
    }
    case "supplemented":
      return wasSupplemented(draft) && draft.kind === "late" && draft.supplements?.lastOn === undefined;
    case "apology":
      return draft.kind === "late" && draft.apology === undefined;
    case "reappointed":
      return draft.kind === "late" && hasNewDay(draft) && draft.reappointedOn === undefined;
    case "dossier":
    case "person":
    case "email":
      return false;
    case "preview":
      return true;
  }
}

/** What is asked for together, in one message; communes that were offered are chosen from instead. */
export function missingOf(draft: Draft): (typeof TOGETHER)[number][] {
  return TOGETHER.filter(
    (step) => needs(draft, step) && !(step === "place" && draft.placeChoices.length > 0),
  );
}

/** A late or refused dossier is found by its code or the name on it. */
export function isHardToFind({ kind, dossierCode, person }: Draft): boolean {
  return (kind === "late" || kind === "refusal") && dossierCode === undefined && person === undefined;
}

/** Whose name is kept out unless they insist: money, harassment, threats. */
export function hidesName({ kind, threatened }: Draft): boolean {
  return threatened === true || (kind !== undefined && isProtected(kind));
}

/** Nobody is asked about supplements of whom the story says nothing. */
function wasSupplemented({ kind, supplements }: Draft): boolean {
  return supplements !== undefined && (kind === "late" || kind === "extra_documents");
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
  const done = draft.done.slice(0, -1);
  // Facts asked for together are given back together.
  const rest = last === "missing" ? done.filter((step) => !TOGETHER.some((one) => one === step)) : done;
  return { ...forget(draft, last), done: rest, step: last };
}

/** Takes a step's answer away. */
export function forget(draft: Draft, step: Step): Draft {
  switch (step) {
    case "kind":
      return { ...draft, kind: undefined };
    case "story":
      // What was only read off the story goes with it.
      return {
        ...draft,
        story: [],
        kind: draft.kindBefore ?? draft.kind,
        kindBefore: undefined,
        noMoney: undefined,
        aside: undefined,
        threatened: undefined,
        ...(!draft.done.includes("supplements") && { supplements: undefined }),
      };
    case "missing":
      return TOGETHER.filter((one) => draft.done.includes(one)).reduce(forget, draft);
    case "place":
      return { ...draft, place: undefined, region: undefined, placeChoices: [] };
    case "about":
      return { ...draft, about: undefined };
    case "dossier":
      return { ...draft, dossierCode: undefined };
    case "promised":
      return { ...draft, promisedDate: undefined };
    case "supplements":
      return { ...draft, supplements: { lastOn: draft.supplements?.lastOn } };
    case "supplemented":
      return { ...draft, supplements: { ...draft.supplements, lastOn: undefined } };
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

/** Praise or a suggestion that tells of threats is neither: it must not end with thanks. */
function kindOf({ kind = "other", threatened }: Draft): Filing["kind"] {
  return threatened && (kind === "praise" || kind === "suggestion") ? "other" : kind;
}

/** Who files it, as far as they said so for this case. */
export function identityOf({ person, email }: Draft): Identity | undefined {
  return person || email ? { ...(person && { person }), ...(email && { email }) } : undefined;
}

/** What will be filed: exactly what the person told, but not who they are. */
export function filingOf(draft: Draft, procedureName: (code: string) => string | undefined): Filing {
  const name = draft.procedureCode ? procedureName(draft.procedureCode) : undefined;
  return {
    kind: kindOf(draft),
    text: draft.story.join("\n"),
    ...(draft.about && { about: draft.about }),
    ...((draft.place ?? draft.region) && { place: draft.place ?? draft.region }),
    ...(draft.procedureCode && name && { procedure: { code: draft.procedureCode, name } }),
    ...(draft.threatened && { threatened: true }),
    ...(draft.dossierCode && { dossierCode: draft.dossierCode }),
    ...(draft.submittedOn && { submittedOn: draft.submittedOn }),
    ...(draft.promisedDate && { promisedDate: draft.promisedDate }),
    ...(wasSupplemented(draft) && { supplements: draft.supplements }),
    ...(draft.kind === "late" && draft.apology && { apology: draft.apology }),
    ...(draft.kind === "late" && draft.reappointedOn && { reappointedOn: draft.reappointedOn }),
    ...(draft.person && { named: true }),
    ...(draft.evidence && draft.evidence.length > 0 && { evidence: draft.evidence }),
  };
}
