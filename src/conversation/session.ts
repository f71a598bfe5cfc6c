import { z } from "zod";
import { Draft } from "../complaints/draft.ts";

/** What the next free text is taken for, when it is neither a command nor a choice. */
export const Expecting = z.discriminatedUnion("kind", [
  /** The answer to an agency's question; with `text` it was typed unasked and waits for "yes, send it". */
  z.object({ kind: z.literal("information"), complaint: z.string(), text: z.string().optional() }),
  /** Why a case is not solved. */
  z.object({ kind: z.literal("dispute"), complaint: z.string() }),
  /** An official's reply to a notice, waiting for what it is meant as. */
  z.object({ kind: z.literal("official"), complaint: z.string(), text: z.string() }),
]);
export type Expecting = z.infer<typeof Expecting>;

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
  /** Code of the province the person spoke of, for this conversation only. */
  province: z.string().optional(),
  /** The open menu in the order shown, so that a bare number means one of it. */
  menu: z.array(z.object({ id: z.string(), label: z.string() })),
  /** ISO instant of that menu: a notice pushed later has the newer one. */
  menuAt: z.string().optional(),
  /** ISO instants of the last look-ups of a tracking code that nobody has. */
  missed: z.array(z.string()).exactOptional(),
  draft: Draft.optional(),
  expecting: Expecting.optional(),
});
export type Session = z.infer<typeof Session>;

export function newSession(language: "vi" | "en" = "vi"): Session {
  return { version: 1, language, topics: [], menu: [] };
}
