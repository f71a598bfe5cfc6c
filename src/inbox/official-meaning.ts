import { newSession } from "../conversation/session.ts";
import type { Reply } from "../messages/message.ts";
import { official as words } from "../wording/official.ts";
import { type Hearing, mayHandle, perform, say } from "./official-act.ts";
import { closed, deskName, deskOf } from "./official-form.ts";

const MEANINGS = ["answer", "ask", "progress", "none"] as const;

/** A plain reply to a notice may be an answer, a question or a note: nothing is sent before the official says which. */
export async function askMeaning(code: string, text: string, hearing: Hearing): Promise<readonly Reply[]> {
  const { message, parts } = hearing;
  const complaint = await parts.store.complaintByCode(code);
  if (!complaint || !mayHandle(complaint, hearing)) return say(words.unknownCase, message, parts);
  const choices = MEANINGS.map((meaning) => ({ id: `o:as-${meaning}:${code}`, label: words.meant[meaning] }));
  const session = {
    ...newSession(),
    menu: choices,
    menuAt: parts.clock().toISOString(),
    expecting: { kind: "official", complaint: code, text },
  } as const;
  const change = { session: { conversation: deskName(message), session } };
  return say(words.meantAs(code), message, parts, change, choices);
}

/** The meaning chosen: `as-answer`, `as-ask`, `as-progress`; anything else sends nothing. */
export async function pressMeaning(
  action: string,
  code: string,
  hearing: Hearing,
): Promise<readonly Reply[]> {
  const { message, parts } = hearing;
  const desk = await deskOf(message, parts);
  const waiting = desk?.session.expecting?.kind === "official" ? desk.session.expecting : undefined;
  // A button under another case's notice, or an old one, must not send what waits for this one.
  if (waiting?.complaint !== code) return say(words.notSent, message, parts);
  const meant = MEANINGS.find((meaning) => action === `as-${meaning}`);
  if (meant === undefined || meant === "none") return say(words.notSent, message, parts, closed(message));
  return perform(code, { action: meant, text: waiting.text }, hearing, closed(message));
}
