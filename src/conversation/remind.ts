import type { Draft } from "../complaints/draft.ts";
import type { Delivery } from "../messages/delivery.ts";
import type { Choice } from "../messages/message.ts";
import type { Wording } from "../wording/citizen.ts";
import { decide } from "./decide.ts";
import { intakeOff } from "./doors.ts";
import type { Guide, Outcome } from "./guide.ts";
import { ask, begin, reopen } from "./intake.ts";
import { instantOf, remindChoices } from "./remind-offer.ts";
import type { Reminder, Session } from "./session.ts";
import { say, type Turn, without } from "./turn.ts";

/** Reminders kept for one conversation. */
const MOST = 5;
/** A reminder that was sent so long ago has been answered or never will be. */
const FORGOTTEN_MS = 30 * 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Puts the draft aside until its due day, unless there are too many reminders already: then it goes on being told.
 * Undefined where it is not, or not any more, due on that day to come.
 */
export function remindOfDraft(draft: Draft, day: string, turn: Turn): Outcome | undefined {
  const { session, world, guide, wording } = turn;
  const { lateness } = decide(draft, guide, world.now);
  const offered = remindChoices(lateness, world, guide, wording);
  if (!offered.some(({ id }) => id === `d:remind:${day}`)) return undefined;
  if (keptBy(turn).length >= MOST) {
    const asked = ask(draft, world, guide, wording, [wording.before.remind.full]);
    return { session: { ...session, draft: asked.draft }, replies: [asked.reply] };
  }
  return setReminder(day, draft, { ...turn, session: without(session, "draft") });
}

function keptBy({ session, world }: Turn): Reminder[] {
  return (session.reminders ?? []).filter(({ at }) => world.now.getTime() - Date.parse(at) < FORGOTTEN_MS);
}

/** A button about reminders: to set, to cancel, and what can be pressed under one that came. */
export function chooseReminder(id: string, turn: Turn): Outcome {
  const { session, world, guide, wording } = turn;
  const words = wording.before.remind;
  const [, action = "", value = "", code = "", submittedOn = ""] = id.split(":");
  if (action === "set") {
    const known = DAY.test(value) && DAY.test(submittedOn) && guide.finder.facts(code);
    if (!known || instantOf(value, guide) <= world.now) return say(turn, wording.answers.staleChoice);
    if (keptBy(turn).length >= MOST) return say(turn, words.full);
    const told: Draft = { ...begin(undefined, undefined, world, guide), kind: "late" };
    return setReminder(value, { ...told, procedureCode: code, submittedOn }, turn);
  }
  const reminder = session.reminders?.find((kept) => kept.id === value);
  if (!reminder) return say(turn, wording.answers.staleChoice);
  const left = dropReminder(session, reminder);
  switch (action) {
    case "cancel":
      return {
        ...say({ ...turn, session: left }, words.cancelled(wording.day(reminder.day))),
        cancelled: [reminder.id],
      };
    case "done":
      return say({ ...turn, session: left }, words.thanks);
    case "late": {
      // Another one being told is not thrown away: the button stays for afterwards.
      if (session.draft) return say(turn, wording.complaint.stillOpen);
      const off = intakeOff(turn);
      if (off) return off;
      const told = { ...reminder.told, id: world.fresh.complaint, shown: 0 };
      const asked = reopen(told, world, guide, wording, [words.again]);
      return {
        session: { ...without(left, "expecting"), draft: asked.draft },
        replies: [asked.reply],
      };
    }
    default:
      return say(turn, wording.answers.staleChoice);
  }
}

/** Files are not kept that long. */
function setReminder(day: string, { evidence: files, ...told }: Draft, turn: Turn): Outcome {
  const { session, guide, wording } = turn;
  const words = wording.before.remind;
  const at = instantOf(day, guide).toISOString();
  const reminder: Reminder = { id: `remind.${told.id}.${day}`, at, day, told };
  return {
    session: { ...session, reminders: [...keptBy(turn), reminder] },
    replies: [
      {
        text: [
          words.set(wording.day(day), guide.remindAt),
          ...(files ? [wording.evidence.putAside] : []),
        ].join("\n"),
        choices: [{ id: `r:cancel:${reminder.id}`, label: words.cancel }],
      },
    ],
    deliveries: [deliveryOf(reminder, turn)],
    ...(files && { unwanted: [told.id] }),
  };
}

/** The promise itself. It belongs to the conversation and to no case, so erasing the conversation takes it back. */
function deliveryOf(reminder: Reminder, { world, guide, wording }: Turn): Delivery {
  const { id, at, day, told } = reminder;
  const text = wording.before.remind.notice(wording.day(day), whatOf(told, guide, wording));
  return {
    id,
    notBefore: at,
    to: { kind: "chat", conversation: world.conversation },
    content: { kind: "person", text, choices: choicesUnder(reminder, wording) },
  };
}

/** What can be pressed under a reminder that came. */
export function choicesUnder({ id }: Reminder, { before }: Wording): Choice[] {
  return [
    { id: `r:late:${id}`, label: before.remind.late },
    { id: `r:done:${id}`, label: before.remind.done },
  ];
}

function whatOf({ dossierCode, procedureCode }: Draft, guide: Guide, { before }: Wording): string {
  if (dossierCode) return before.remind.dossier(dossierCode);
  const subject = procedureCode ? guide.finder.subject(procedureCode) : undefined;
  return subject ? before.remind.procedure(subject.title) : "";
}

function dropReminder(session: Session, { id }: Reminder): Session {
  return { ...session, reminders: (session.reminders ?? []).filter((kept) => kept.id !== id) };
}

/** The reminders still to come, each with a button that cancels it. */
export function listReminders(turn: Turn): Outcome {
  const { session, world, guide, wording } = turn;
  const words = wording.before.remind;
  const coming = (session.reminders ?? []).filter(({ at }) => Date.parse(at) > world.now.getTime());
  if (coming.length === 0) return say(turn, words.none);
  const lines = coming.map(({ day, told }) => words.line(wording.day(day), whatOf(told, guide, wording)));
  const choices = coming.map(({ id, day }) => ({
    id: `r:cancel:${id}`,
    label: words.cancelDay(wording.day(day)),
  }));
  return { session, replies: [{ text: [words.list, ...lines].join("\n"), choices }] };
}
