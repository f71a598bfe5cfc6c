import { dayInVietnam } from "../knowledge/calendar.ts";
import {
  authorOf,
  type ClockName,
  type ClockStepName,
  type Complaint,
  type ComplaintEvent,
  isClosed,
  waitsForPerson,
} from "./complaint.ts";
import type { Rules } from "./file.ts";
import { COORDINATOR } from "./route.ts";
import {
  afterWorkingDays,
  closesOn,
  opensOn,
  workingDaysBefore,
  workingDaysBetween,
} from "./working-time.ts";

/** One thing that a clock of a case asks for at a moment; it happens once. */
export type ClockStep = {
  /** Case, clock, round and step: what it is known by. */
  readonly key: string;
  readonly clock: ClockName;
  readonly step: ClockStepName;
  /** Number of the event that started the clock. */
  readonly round: number;
  readonly at: Date;
};

type Moment = readonly [ClockStepName, Date];
type Round = { readonly clock: ClockName; readonly round: number; readonly moments: readonly Moment[] };

/** By these an agency takes the case; a word from the person, or the post, does not. */
export const TAKING: readonly ComplaintEvent["type"][] = [
  "acknowledged",
  "progress",
  "asked",
  "extended",
  "proposed",
  "answered",
];

/** The event by which this agency took the case it holds now; undefined while it waits. */
export function takenBy({ events }: Complaint, agency: string): ComplaintEvent | undefined {
  const since = events.findLastIndex((event) => event.type === "transferred" && event.to === agency);
  return events.find(
    (event, index) => index > since && TAKING.includes(event.type) && authorOf(event)?.agency === agency,
  );
}

/** The ISO day by which those who hold the case must answer, or repair what was disputed. */
export function answerDay(complaint: Complaint, rules: Rules): string {
  return dayInVietnam(lateFrom(complaint, rules));
}

/** The steps that are due now and not yet done, in the order they fell due. */
export function stepsDue(complaint: Complaint, now: Date, rules: Rules): readonly ClockStep[] {
  return stepsAhead(complaint, rules)
    .filter(({ at }) => at <= now)
    .toSorted((one, other) => one.at.getTime() - other.at.getTime());
}

/** When the next step falls due; it may have passed already. Undefined: none is left, or the case is closed. */
export function nextStepAt(complaint: Complaint, rules: Rules): Date | undefined {
  const moments = stepsAhead(complaint, rules).map(({ at }) => at.getTime());
  return moments.length > 0 ? new Date(Math.min(...moments)) : undefined;
}

/** The next step that a person would call one: reminders to agencies apart. Undefined: none is left. */
export function awaited(complaint: Complaint, rules: Rules): ClockStep | undefined {
  return stepsAhead(complaint, rules)
    .filter(({ step }) => step !== "remind-1" && step !== "remind-2")
    .toSorted((one, other) => one.at.getTime() - other.at.getTime())[0];
}

/** An open case that went up as far as it goes: it stands in the operator's list of what is stuck. */
export function waitsForHuman(complaint: Complaint): boolean {
  const { status, overdue } = complaint;
  return overdue === 3 && !isClosed(status) && status !== "answered" && status !== "needs_info";
}

/**
 * The day of the answer when the person speaks now: later by the working days that their answer to a question was
 * waited for. Undefined when it does not move.
 */
export function dueAfterPause(complaint: Complaint, now: Date, rules: Rules): string | undefined {
  if (!waitsForPerson(complaint.status)) return undefined;
  return laterBySince("asked", complaint, now, rules);
}

/** The day of the answer when the person undoes their withdrawal now; undefined when it does not move. */
export function dueAfterWithdrawal(complaint: Complaint, now: Date, rules: Rules): string | undefined {
  return laterBySince("withdrawn", complaint, now, rules);
}

function laterBySince(
  type: "asked" | "withdrawn",
  complaint: Complaint,
  now: Date,
  { workingTime }: Rules,
): string | undefined {
  const since = complaint.events.findLast((event) => event.type === type);
  if (!since) return undefined;
  const paused = workingDaysBetween(new Date(since.at), now, workingTime);
  if (paused === 0) return undefined;
  return dayInVietnam(afterWorkingDays(closesOn(complaint.answerDue, workingTime), paused, workingTime));
}

/** Everything that the running clocks still ask for, whenever it falls due. */
function stepsAhead(complaint: Complaint, rules: Rules): readonly ClockStep[] {
  if (isClosed(complaint.status)) return [];
  const done = new Set(complaint.events.flatMap((event) => doneBy(event)));
  return roundsOf(complaint, rules).flatMap(({ clock, round, moments }) =>
    moments
      .filter(([step]) => !done.has(`${clock}.${round}.${step}`))
      .map(([step, at]) => ({ key: `${complaint.id}.${clock}.${round}.${step}`, clock, step, round, at })),
  );
}

function doneBy(event: ComplaintEvent): string[] {
  return "round" in event ? [`${event.clock}.${event.round}.${event.step}`] : [];
}

/** The clocks that run in this state. */
function roundsOf(complaint: Complaint, rules: Rules): readonly Round[] {
  const { status } = complaint;
  if (status === "quarantined") return quarantineRounds(complaint, rules);
  // While the person is waited for, nobody else can be late.
  if (status === "answered") return silence("confirm", "answered", complaint, rules);
  const undelivered = deliveryRounds(complaint, rules);
  if (status === "needs_info") return [...silence("question", "asked", complaint, rules), ...undelivered];
  if (complaint.filing.kind === "praise") return [praiseRound(complaint, rules), ...undelivered];
  return [...acknowledgeRounds(complaint, rules), answerRound(complaint, rules), ...undelivered];
}

/** When a case that is held back goes on although nobody decided; the days it was withdrawn do not count. */
export function quarantineEnds(
  complaint: Pick<Complaint, "events" | "filedAt">,
  { guards, workingTime }: Rules,
): Date {
  const round = quarantineRound(complaint);
  const days = guards.quarantine.decideWithin + withdrawnAfter(complaint, round, workingTime);
  return afterWorkingDays(startOf(complaint, round), days, workingTime);
}

function quarantineRound(complaint: Pick<Complaint, "events">): number {
  return lastOf(complaint, ["quarantined", "objected"]);
}

/** Until somebody has looked at it; then it goes on by itself. */
function quarantineRounds(complaint: Complaint, rules: Rules): readonly Round[] {
  const at = quarantineEnds(complaint, rules);
  return [{ clock: "quarantine", round: quarantineRound(complaint), moments: [["release", at]] }];
}

/** Until somebody takes the case, also after it was handed on. */
function acknowledgeRounds(complaint: Complaint, { clocks, workingTime }: Rules): readonly Round[] {
  const round = lastOf(complaint, ["filed", "transferred", "protected", "released"]);
  if (lastOf(complaint, TAKING) > round) return [];
  const within = clocks.acknowledge.within + withdrawnAfter(complaint, round, workingTime);
  const at = afterWorkingDays(startOf(complaint, round), within, workingTime);
  return [{ clock: "acknowledge", round, moments: [["superior", at]] }];
}

/** Praise urges nobody: on the day by which it could be answered it closes with thanks. */
function praiseRound(complaint: Complaint, { workingTime }: Rules): Round {
  const round = lastOf(complaint, ["filed", "extended", "protected", "released"]);
  return { clock: "answer", round, moments: [["close", closesOn(complaint.answerDue, workingTime)]] };
}

/** By these the clock of the answer starts, or starts anew. */
const ANSWERING: readonly ComplaintEvent["type"][] = [
  "filed",
  "extended",
  "disputed",
  "protected",
  "released",
];

/** Until the answer is due and beyond; after a dispute, until the repair is. */
function answerRound(complaint: Complaint, rules: Rules): Round {
  const round = lastOf(complaint, ANSWERING);
  if (complaint.events[round]?.type === "disputed") return repairRound(complaint, round, rules);
  const { clocks, workingTime } = rules;
  const due = closesOn(complaint.answerDue, workingTime);
  const [before, onTheDay] = clocks.reminder.daysBefore;
  const opening = (days: number): Date =>
    opensOn(workingDaysBefore(complaint.answerDue, days, workingTime), workingTime);
  const reminders: readonly Moment[] = [
    ["remind-1", opening(before)],
    ["remind-2", opening(onTheDay)],
  ];
  const start = startOf(complaint, round);
  return {
    clock: "answer",
    round,
    moments: [
      // What fell due before the clock started reminds nobody of anything.
      ...reminders.filter(([, at]) => at > start),
      ["overdue", due],
      ["superior", afterWorkingDays(due, clocks.overdue.superiorAfter, workingTime)],
      ["next-level", afterWorkingDays(due, clocks.overdue.nextLevelAfter, workingTime)],
    ],
  };
}

function repairRound(complaint: Complaint, round: number, rules: Rules): Round {
  const { clocks, workingTime } = rules;
  const { nextLevelAfter } = clocks.repair;
  const end = repairEnd(complaint, round, rules);
  return {
    clock: "repair",
    round,
    moments: [
      ["superior", end],
      ["next-level", afterWorkingDays(end, nextLevelAfter, workingTime)],
    ],
  };
}

function repairEnd(complaint: Complaint, round: number, { clocks, workingTime }: Rules): Date {
  const paused = pausedAfter(complaint, round, workingTime);
  const days = clocks.repair.within + paused;
  const repaired = afterWorkingDays(startOf(complaint, round), days, workingTime);
  const due = closesOn(complaint.answerDue, workingTime);
  // Who answered early has the whole of the first limit.
  return repaired > due ? repaired : due;
}

/** Working days after an event that the person's answers were waited for. */
function pausedAfter(
  { events }: Pick<Complaint, "events">,
  round: number,
  workingTime: Rules["workingTime"],
): number {
  let asked: string | undefined;
  let days = 0;
  for (const event of events.slice(round + 1)) {
    if (event.type === "asked") asked = event.at;
    // Only a pause that the person ended moves the day of the answer, and so the repair.
    if (event.type === "informed" && event.answerDue && asked)
      days += workingDaysBetween(new Date(asked), new Date(event.at), workingTime);
    if (event.type === "informed") asked = undefined;
  }
  return days + withdrawnAfter({ events }, round, workingTime);
}

/** Working days after an event that the case was withdrawn, each time it was taken up again. */
function withdrawnAfter(
  { events }: Pick<Complaint, "events">,
  round: number,
  workingTime: Rules["workingTime"],
): number {
  let since: string | undefined;
  let days = 0;
  for (const { type, at } of events.slice(round + 1)) {
    if (type === "withdrawn") since = at;
    if (type === "reopened" && since) days += workingDaysBetween(new Date(since), new Date(at), workingTime);
    if (type === "reopened") since = undefined;
  }
  return days;
}

/** Two reminders to the person, and the closing no sooner after the second than the rules leave between them. */
function silence(
  clock: "question" | "confirm",
  started: "asked" | "answered",
  complaint: Complaint,
  { clocks, workingTime }: Rules,
): readonly Round[] {
  const round = lastOf(complaint, [started]);
  const [first, second] = clocks[clock].remindAfter;
  const from = startOf(complaint, round);
  const away = withdrawnAfter(complaint, round, workingTime);
  const after = (days: number, start = from): Date => afterWorkingDays(start, days, workingTime);
  const end = after(clocks[clock].closeAfter + away);
  const reminded = complaint.events.find(
    (event) =>
      event.type === "reminded" &&
      event.clock === clock &&
      event.round === round &&
      event.step === "remind-2",
  );
  // Nobody loses a case by a silence that was not pointed out to them, as after a time without the program.
  const left = reminded && after(clocks[clock].closeAfter - second, new Date(reminded.at));
  const closing: readonly Moment[] = left ? [["close", left > end ? left : end]] : [];
  return [
    {
      clock,
      round,
      moments: [["remind-1", after(first + away)], ["remind-2", after(second + away)], ...closing],
    },
  ];
}

/** The day (ISO) on which the case closes by silence at the earliest. */
export function closesBySilence(
  complaint: Complaint,
  step: Pick<ClockStep, "round">,
  clock: "question" | "confirm",
  { clocks, workingTime }: Rules,
): string {
  const { closeAfter } = clocks[clock];
  const away = withdrawnAfter(complaint, step.round, workingTime);
  return dayInVietnam(afterWorkingDays(startOf(complaint, step.round), closeAfter + away, workingTime));
}

/** One for each agency whose notice did not arrive and has not since. */
function deliveryRounds(complaint: Complaint, { clocks, workingTime }: Rules): readonly Round[] {
  const { events } = complaint;
  const taken = lastOf(complaint, ["protected"]);
  return events.flatMap((event, round): Round[] => {
    // What does not reach the coordinator stands among what is stuck.
    if (event.type !== "undeliverable" || event.agency === COORDINATOR) return [];
    // What did not reach one from whom the case was taken need not arrive.
    if (round < taken) return [];
    const arrived = events.some(
      (other, index) => index > round && other.type === "delivered" && other.agency === event.agency,
    );
    if (arrived) return [];
    const at = afterWorkingDays(new Date(event.at), clocks.delivery.coordinatorAfter, workingTime);
    return [{ clock: "delivery", round, moments: [["coordinator", at]] }];
  });
}

function lastOf({ events }: Pick<Complaint, "events">, types: readonly ComplaintEvent["type"][]): number {
  return events.findLastIndex(({ type }) => types.includes(type));
}

function startOf({ events, filedAt }: Pick<Complaint, "events" | "filedAt">, round: number): Date {
  return new Date(events[round]?.at ?? filedAt);
}

/** When the answer is late; after a dispute, when the repair is. */
export function lateFrom(complaint: Complaint, rules: Rules): Date {
  const round = lastOf(complaint, ANSWERING);
  return complaint.events[round]?.type === "disputed"
    ? repairEnd(complaint, round, rules)
    : closesOn(complaint.answerDue, rules.workingTime);
}
