import { dayInVietnam } from "../knowledge/calendar.ts";
import { type Complaint, type ComplaintEvent, isClosed, type Status } from "./complaint.ts";
import type { Rules } from "./file.ts";
import { afterWorkingDays } from "./working-time.ts";

/** What the time for reopening counts from: the answer and not the closing, so that a late one gives no longer rest. */
const REOPENS_FROM: Readonly<Partial<Record<Status, ComplaintEvent["type"]>>> = {
  closed_unconfirmed: "answered",
  closed_confirmed: "answered",
  closed_no_reply: "closed",
  withdrawn: "withdrawn",
};

/** The last day (ISO) on which the person can reopen a closed case; undefined when it is open, or praise. */
export function reopensUntil(complaint: Complaint, rules: Rules): string | undefined {
  const from = REOPENS_FROM[complaint.status];
  const since = from && complaint.events.findLast(({ type }) => type === from);
  if (!since) return undefined;
  const until = new Date(Date.parse(since.at) + rules.clocks.reopen.calendarDays * DAY_MS);
  return dayInVietnam(until);
}

const DAY_MS = 86_400_000;

/** The person may say whether it is solved: it is answered, or closed so lately that it can be reopened. */
export function mayJudge(complaint: Complaint, now: Date, rules: Rules): boolean {
  if (complaint.status === "answered") return true;
  return complaint.status === "closed_unconfirmed" && inTime(complaint, now, rules);
}

/** The person may say that it is not solved, also after they had said that it was. */
export function mayDispute(complaint: Complaint, now: Date, rules: Rules): boolean {
  if (mayJudge(complaint, now, rules)) return true;
  return complaint.status === "closed_confirmed" && inTime(complaint, now, rules);
}

/** The person may write to those who hold the case. */
export function mayInform(complaint: Complaint, now: Date, rules: Rules): boolean {
  if (!isClosed(complaint.status)) return true;
  return complaint.status !== "withdrawn" && inTime(complaint, now, rules);
}

/** The person may undo their withdrawal. */
export function mayResume(complaint: Complaint, now: Date, rules: Rules): boolean {
  return complaint.status === "withdrawn" && inTime(complaint, now, rules);
}

/** The person may have the case taken up again, by whatever way it ended, or say that its answer is no end. */
export function mayReopen(complaint: Complaint, now: Date, rules: Rules): boolean {
  if (mayResume(complaint, now, rules) || mayDispute(complaint, now, rules)) return true;
  return complaint.status === "closed_no_reply" && mayInform(complaint, now, rules);
}

/** Nobody is to be reminded while the person is waited for, or while a person looks at what is held back. */
const QUIET: readonly Status[] = ["answered", "needs_info", "quarantined"];

/** The person may have those reminded who must answer. Praise reminds nobody. */
export function mayNudge(complaint: Complaint, now: Date, { clocks, workingTime }: Rules): boolean {
  const { status, filing, events, filedAt } = complaint;
  if (isClosed(status) || QUIET.includes(status) || filing.kind === "praise") return false;
  const last = events.findLast(({ type }) => type === "nudged")?.at ?? filedAt;
  return afterWorkingDays(new Date(last), clocks.nudge.every, workingTime) <= now;
}

function inTime(complaint: Complaint, now: Date, rules: Rules): boolean {
  const until = reopensUntil(complaint, rules);
  return until !== undefined && dayInVietnam(now) <= until;
}
