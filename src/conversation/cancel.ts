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
  `^(?:da |vang |u |um |ok |oke )?(?:co|bo|huy|huy bo|xoa|u|um|vang|ok|oke|dong y|thoi bo|(?:thoi )?khong (?:gui|viet|phan anh) nua|yes|drop|cancel)${AROUND}`,
);
const NO = new RegExp(
  `^(?:da |u )?(?:khong|ko|k|hong|(?:khong|ko|dung|khoi) (?:bo|huy|xoa)|giu lai|de lai|tiep|tiep tuc|viet tiep|no|keep|go on)${AROUND}`,
);

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

/** Whether the person was just asked if their draft is to be dropped. */
export function asksToDrop({ draft, menu }: Session): boolean {
  return draft !== undefined && [dropOf(draft), KEEP].every((id) => menu.some((choice) => choice.id === id));
}

/** The button that a typed answer to that question means; undefined for any other words. */
export function answerToDrop(draft: Draft, text: string): string | undefined {
  const said = fold(text).replaceAll(/[.!,]/g, "");
  if (NO.test(said)) return KEEP;
  return YES.test(said) ? dropOf(draft) : undefined;
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
