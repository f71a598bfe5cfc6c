import type { Draft } from "../complaints/draft.ts";
import { fold } from "../text/fold.ts";
import type { Outcome } from "./guide.ts";
import { ask } from "./intake.ts";
import type { Session } from "./session.ts";
import { dropOf, say, type Turn, without } from "./turn.ts";

/** The button that goes on with the draft. */
const KEEP = "d:keep";
/** What may stand around a yes or no. */
const AROUND = String.raw`(?: (?:di|luon|nha|nhe|a|ad|em|toi|minh|giup|roi|please|it))*$`;
const YES = new RegExp(
  `^(?:(?:da|vang|u|um|ok|oke|co|yes) )*(?:co|bo|huy|huy bo|xoa|u|um|vang|ok|oke|dong y|thoi bo|(?:thoi )?khong (?:gui|viet|phan anh) nua|yes|drop|cancel)${AROUND}`,
);
const NO = new RegExp(
  `^(?:(?:da|u|a|thoi) )?(?:(?:khong|ko|k|hong|no)(?: (?:bo|huy|xoa)(?: nua| dau)?)?|(?:dung|khoi) (?:bo|huy|xoa)|(?:giu|de) lai|tiep|tiep tuc|viet tiep|keep|go on)(?: (?:giu lai|de lai|viet tiep|keep|go on))?${AROUND}`,
);
/** Begins like a yes or no, and is neither for sure: it must not be taken for an answer to what was asked before. */
const HESITATES = /^(?:khong|ko|thoi|co|u|um|no|yes|dung)\b(?: \S+){0,4}$/;
/** So long the question is open. */
const OPEN_MS = 24 * 3_600_000;

/** Stops what is awaited last; asks before a draft is dropped. */
export function cancel(turn: Turn): Outcome {
  const { session, wording } = turn;
  if (session.draft && session.expecting) return resume(session.draft, wording.menu.cancelled, turn);
  if (session.draft) {
    const choices = [
      { id: dropOf(session.draft), label: wording.complaint.cancelYes },
      { id: KEEP, label: wording.complaint.cancelNo },
    ];
    return { session, replies: [{ text: wording.complaint.cancelAsk, choices }] };
  }
  if (!session.expecting) return say(turn, wording.menu.nothingToCancel);
  return { session: without(session, "expecting"), replies: [{ text: wording.menu.cancelled, choices: [] }] };
}

/** Whether the person was just asked if their draft is to be dropped, and nothing came in between. */
export function asksToDrop({ session: { draft, menu, menuAt = "" }, world }: Turn): boolean {
  if (!draft || ![dropOf(draft), KEEP].every((id) => menu.some((choice) => choice.id === id))) return false;
  const told = world.mine.some(({ events }) => (events.at(-1)?.at ?? "") > menuAt);
  return !told && world.now.getTime() - Date.parse(menuAt) <= OPEN_MS;
}

/** The button that a typed answer to that question means; undefined for what answers something else. */
export function answerToDrop(text: string, turn: Turn): string | undefined {
  const { draft } = turn.session;
  if (!draft || !asksToDrop(turn)) return undefined;
  const said = fold(text).replaceAll(/[.!,]/g, "").trim();
  if (YES.test(said)) return dropOf(draft);
  if (NO.test(said)) return KEEP;
  return HESITATES.test(said) ? "d:cancel" : undefined;
}

/** The draft is gone, with its files. */
export function drop(session: Session, { wording }: Turn): Outcome {
  const { draft } = session;
  return {
    session: without(session, "draft"),
    replies: [{ text: wording.menu.cancelled, choices: [] }],
    ...(draft && { unwanted: [draft.id] }),
  };
}

/** The draft's question again; what was awaited for another case must not swallow its answer. */
export function resume(draft: Draft, before: string, { session, world, guide, wording }: Turn): Outcome {
  const asked = ask(draft, world, guide, wording, [before]);
  return { session: { ...without(session, "expecting"), draft: asked.draft }, replies: [asked.reply] };
}
