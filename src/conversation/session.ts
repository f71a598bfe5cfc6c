import { z } from "zod";
import { Aside, Draft } from "../complaints/draft.ts";
import { Paper } from "../complaints/paper.ts";
import { Form } from "../officials/form.ts";

/** What the next free text is taken for, when it is neither a command nor a choice. */
export const Expecting = z.discriminatedUnion("kind", [
  /** The answer to an agency's question; with `text` it was typed unasked and waits for "yes, send it". */
  z.object({ kind: z.literal("information"), complaint: z.string(), text: z.string().optional() }),
  /** What was told for one of several cases, and waits for which. */
  z.object({ kind: z.literal("addition"), text: z.string() }),
  /** Why a case is not solved; `text` as above. */
  z.object({ kind: z.literal("dispute"), complaint: z.string(), text: z.string().optional() }),
  /** Whether somebody forces the person to withdraw. */
  z.object({ kind: z.literal("pressure"), complaint: z.string() }),
  /** Why they withdraw; `text` as above. */
  z.object({ kind: z.literal("withdrawal"), complaint: z.string(), text: z.string().optional() }),
  /** The name that an agency asked for. */
  z.object({ kind: z.literal("identity"), complaint: z.string() }),
  /** An official's reply to a notice, waiting for what it is meant as. */
  z.object({ kind: z.literal("official"), complaint: z.string(), text: z.string() }),
  /** An act that an official prepares step by step. */
  Form,
]);
export type Expecting = z.infer<typeof Expecting>;

/** A day that the person is reminded of, and what they told of it until then. */
export const Reminder = z.object({
  /** The delivery that keeps the promise. */
  id: z.string(),
  /** ISO instant of the reminder. */
  at: z.string(),
  /** ISO day on which the result is due. */
  day: z.string(),
  told: Draft,
});
export type Reminder = z.infer<typeof Reminder>;

/** Where one conversation stands; plain stored data. */
export const Session = z.object({
  version: z.literal(1),
  language: z.enum(["vi", "en"]),
  /** The procedures last spoken of, the present one first, for "thế phí bao nhiêu?". */
  topics: z.array(z.string()),
  /** The last question answered, as typed; left out where it looks personal. */
  asked: z.string().optional(),
  /** What the question answered last was, what it was answered with, and the verdicts on that (`down:CODE`). */
  answered: z
    .object({
      question: z.string().exactOptional(),
      codes: z.array(z.string()),
      judged: z.array(z.string()),
    })
    .optional(),
  /** Codes of the province and the commune that the person spoke of as theirs, for this conversation only. */
  province: z.string().optional(),
  commune: z.string().optional(),
  /** Whether they said that they ask for a business, for this conversation only. */
  business: z.boolean().optional(),
  /** The open menu in the order shown, so that a bare number means one of it. */
  menu: z.array(z.object({ id: z.string(), label: z.string() })),
  /** ISO instant of that menu: a notice pushed later has the newer one. */
  menuAt: z.string().optional(),
  /** ISO instants of the last look-ups of a tracking code that nobody has. */
  missed: z.array(z.string()).exactOptional(),
  draft: Draft.optional(),
  expecting: Expecting.optional(),
  reminders: z.array(Reminder).optional(),
  aside: Aside.optional(),
  /** The papers drafted last, one of each kind; they stand nowhere else. */
  papers: z.object({ complaint: Paper.optional(), denunciation: Paper.optional() }).optional(),
});
export type Session = z.infer<typeof Session>;

export function newSession(language: "vi" | "en" = "vi"): Session {
  return { version: 1, language, topics: [], menu: [] };
}
