import { z } from "zod";
import { composeAnswer, missingParts } from "../complaints/answer-form.ts";
import type { Act } from "../complaints/progress.ts";
import { LONGEST } from "../officials/form.ts";
import { readDay } from "../understanding/dates.ts";
import { desk as deskWords } from "../wording/desk.ts";
import { official } from "../wording/official.ts";
import { bounded } from "./bounded.ts";

const Text = bounded(LONGEST);

/** What an official's system or page sends to act on a case. */
export const OfficialReply = z.object({
  action: z.enum([
    "acknowledge",
    "progress",
    "ask",
    "transfer",
    "extend",
    "answer",
    "sign",
    "return",
    "identity",
  ]),
  text: Text.optional(),
  /** The parts of an answer, instead of one text. */
  form: z
    .strictObject({
      found: Text.exactOptional(),
      done: Text.exactOptional(),
      basis: Text.exactOptional(),
      next: Text.exactOptional(),
    })
    .optional(),
  to: bounded(100).optional(),
  until: bounded(40).optional(),
  apology: Text.optional(),
});
type OfficialReply = z.infer<typeof OfficialReply>;

/** A reply whose action may go by the act's own name as well. */
type Sent = Omit<OfficialReply, "action"> & { readonly action: OfficialReply["action"] | Act["action"] };

/** What was written, an answer's parts as one text; or the sentence that says what is missing in them. */
export function textIn({ action, form, text = "" }: Sent): { text: string } | { error: string } {
  if (action !== "answer" || !form) return { text };
  const missing = missingParts(form);
  if (missing.length > 0) return { error: deskWords.missing(missing) };
  const composed = composeAnswer(form);
  return composed.length > LONGEST ? { error: official.tooLong } : { text: composed };
}

/** The act that was sent, with its text; undefined when something that it needs is missing. */
export function actOf(sent: Omit<Sent, "form" | "text">, written: string, now: Date): Act | undefined {
  const text = written.trim();
  switch (sent.action) {
    case "acknowledge":
    case "sign":
      return { action: sent.action };
    case "progress":
    case "ask":
    case "answer":
    case "return":
    case "ask-identity":
    case "approve-identity":
      return text ? { action: sent.action, text } : undefined;
    case "identity":
      return text ? { action: "ask-identity", text } : undefined;
    case "transfer":
      return sent.to && text ? { action: "transfer", to: sent.to, text } : undefined;
    case "extend": {
      const given = sent.until ?? "";
      const until = /^\d{4}-\d{2}-\d{2}/.test(given) ? given.slice(0, 10) : readDay(given, now);
      const apology = sent.apology?.trim();
      return until && text ? { action: "extend", until, text, ...(apology && { apology }) } : undefined;
    }
  }
}
