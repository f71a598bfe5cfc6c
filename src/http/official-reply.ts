import { z } from "zod";
import type { Act } from "../complaints/progress.ts";
import { readDay } from "../understanding/dates.ts";

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
  text: z.string().max(4000).optional(),
  to: z.string().max(100).optional(),
  until: z.string().max(40).optional(),
});

/** The act that was sent; undefined when something that it needs is missing. */
export function actOf(reply: z.infer<typeof OfficialReply>, now: Date): Act | undefined {
  const text = reply.text?.trim() ?? "";
  switch (reply.action) {
    case "acknowledge":
    case "sign":
      return { action: reply.action };
    case "progress":
    case "ask":
    case "answer":
    case "return":
      return text ? { action: reply.action, text } : undefined;
    case "identity":
      return text ? { action: "ask-identity", text } : undefined;
    case "transfer":
      return reply.to && text ? { action: "transfer", to: reply.to, text } : undefined;
    case "extend": {
      const given = reply.until ?? "";
      const until = /^\d{4}-\d{2}-\d{2}/.test(given) ? given.slice(0, 10) : readDay(given, now);
      return until && text ? { action: "extend", until, text } : undefined;
    }
  }
}
