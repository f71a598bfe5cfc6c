import { barredFrom } from "../complaints/accused.ts";
import { answerDay, takenBy } from "../complaints/clocks.ts";
import type { Complaint } from "../complaints/complaint.ts";
import { type Rules, waysTo } from "../complaints/file.ts";
import { afterWorkingDays, closesOn, workingDaysBetween } from "../complaints/working-time.ts";
import { dayInVietnam, VIETNAM_MS } from "../knowledge/calendar.ts";
import type { Choice } from "../messages/message.ts";
import { officialChat } from "../wording/official-chat.ts";
import { type BoundOfficial, hasChat } from "./bound-official.ts";
import { waitsForAgency } from "./cases.ts";

/** The morning's list for one chat. */
export type Digest = {
  readonly conversation: string;
  /** Id of the first case in it. */
  readonly complaint: string;
  readonly text: string;
  readonly choices: readonly Choice[];
};

/** Contacts that are no chats: they get a notice for each case. */
const NO_CHAT = /^(?:email|webhook):/;
const DAY_MS = 86_400_000;

/** The ISO day in Viet Nam whose list is to be sent now; undefined on days off, too early and too late. */
export function digestDay(now: Date, { officials, workingTime }: Rules): string | undefined {
  const { from, until } = officials.digest;
  const time = new Date(now.getTime() + VIETNAM_MS).toISOString().slice(11, 16);
  if (time < from || time >= until) return undefined;
  const works = workingDaysBetween(new Date(now.getTime() - DAY_MS), now, workingTime) > 0;
  return works ? dayInVietnam(now) : undefined;
}

/**
 * One list for each chat of an agency and each official who has open cases: how many are new, due and overdue, the
 * overdue first. Supervisors get figures only. No agency hears of a case about itself.
 */
export function digests(
  open: readonly Complaint[],
  officials: readonly BoundOfficial[],
  now: Date,
  rules: Rules,
): Digest[] {
  // A later start catches up with the list of that hour: what came since was told by its own notice.
  const hour = new Date(`${dayInVietnam(now)}T${rules.officials.digest.from}:00+07:00`).toISOString();
  const readers = new Map<string, { readonly cases: Map<string, Complaint>; figuresOnly: boolean }>();
  const add = (conversation: string, complaint: Complaint, figuresOnly: boolean): void => {
    const reader = readers.get(conversation) ?? { cases: new Map<string, Complaint>(), figuresOnly };
    reader.cases.set(complaint.id, complaint);
    // Where a supervisor's chat is also the agency's, it gets what the agency gets.
    reader.figuresOnly &&= figuresOnly;
    readers.set(conversation, reader);
  };
  const chats = officials.filter(hasChat);
  for (const complaint of open) {
    if (!waitsForAgency(complaint) || complaint.filedAt > hour) continue;
    const barred = barredFrom(complaint, rules.directory);
    for (const holder of complaint.holders.filter((id) => !barred.has(id))) {
      const ways = waysTo(holder, barred, rules).contacts;
      for (const way of ways.filter((key) => !NO_CHAT.test(key))) add(way, complaint, false);
      for (const one of chats.filter(({ agency }) => agency === holder))
        add(one.sender, complaint, one.role === "supervisor");
    }
  }
  return [...readers].flatMap(([conversation, { cases, figuresOnly }]) =>
    compose(conversation, [...cases.values()], figuresOnly, now, rules),
  );
}

function compose(
  conversation: string,
  cases: readonly Complaint[],
  figuresOnly: boolean,
  now: Date,
  rules: Rules,
): Digest[] {
  const { dueWithin, lines } = rules.officials.digest;
  const words = officialChat.digest;
  const today = dayInVietnam(now);
  const soon = dayInVietnam(
    afterWorkingDays(closesOn(today, rules.workingTime), dueWithin, rules.workingTime),
  );
  const byDue = cases
    .map((complaint) => ({ complaint, due: answerDay(complaint, rules) }))
    .toSorted((one, other) => one.due.localeCompare(other.due));
  const [first] = byDue;
  if (!first) return [];
  const fresh = cases.filter((complaint) =>
    complaint.holders.every((holder) => takenBy(complaint, holder) === undefined),
  );
  const toSign = cases.filter(({ proposal }) => proposal).length;
  const count = (fits: (due: string) => boolean): number => byDue.filter(({ due }) => fits(due)).length;
  const pressing = byDue.filter(({ due }) => due <= soon);
  const listed = figuresOnly ? [] : pressing.slice(0, lines);
  const text = [
    words.head(today),
    words.open(cases.length),
    words.fresh(fresh.length),
    words.today(count((due) => due === today)),
    words.soon(
      dueWithin,
      count((due) => due > today && due <= soon),
    ),
    words.overdue(count((due) => due < today)),
    ...(toSign > 0 ? [words.toSign(toSign)] : []),
    ...listed.map(({ complaint, due }) => words.line(complaint.trackingCode, due)),
    ...(listed.length > 0 && pressing.length > lines ? [words.more(pressing.length - lines)] : []),
  ].join("\n");
  const choices = figuresOnly ? [] : [{ id: "o:list:all", label: words.button }];
  return [{ conversation, complaint: first.complaint.id, text, choices }];
}
