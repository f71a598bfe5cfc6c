import { z } from "zod";
import { ComplaintKind } from "../complaints/complaint.ts";

/** The steps of telling a complaint, in order; each is left out when its answer is already known. */
export const Step = z.enum(["kind", "story", "place", "about", "dossier", "promised", "person", "email", "preview"]);
export type Step = z.infer<typeof Step>;

/** A complaint being told; saved after each answer. */
export const Draft = z.object({
  step: Step,
  kind: ComplaintKind.optional(),
  /** The person's own words, one entry a message. */
  story: z.array(z.string()),
  about: z.object({ id: z.string().optional(), name: z.string() }).optional(),
  place: z.object({ code: z.string().optional(), name: z.string(), province: z.string().optional() }).optional(),
  /** Communes to choose from when the place named was split or is not unique. */
  placeChoices: z.array(z.string()).optional(),
  procedureCode: z.string().optional(),
  dossierCode: z.string().optional(),
  submittedOn: z.string().optional(),
  promisedDate: z.string().optional(),
  person: z.object({ name: z.string(), phone: z.string().optional() }).optional(),
  email: z.string().optional(),
  /** Steps answered or skipped, so that they are not asked again. */
  done: z.array(Step),
});
export type Draft = z.infer<typeof Draft>;

/** What a free text will be taken for next, when it is not a question. */
export const Expecting = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("information"), complaint: z.string() }),
  z.object({ kind: z.literal("dispute"), complaint: z.string() }),
]);

/** Where one conversation stands; plain stored data. */
export const Session = z.object({
  version: z.literal(1),
  language: z.enum(["vi", "en"]),
  /** The procedures last spoken of, the present one first, for "thế phí bao nhiêu?" and for going back. */
  topics: z.array(z.string()),
  /** The open menu: choice ids in the order shown, so that a bare number means one. */
  menu: z.array(z.object({ id: z.string(), label: z.string() })),
  draft: Draft.optional(),
  expecting: Expecting.optional(),
});
export type Session = z.infer<typeof Session>;

export function newSession(language: "vi" | "en" = "vi"): Session {
  return { version: 1, language, topics: [], menu: [] };
}
