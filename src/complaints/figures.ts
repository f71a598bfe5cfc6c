import { z } from "zod";
import { dayInVietnam } from "../knowledge/calendar.ts";
import type { ComplaintKind } from "../knowledge/complaint-kind.ts";
import { groupBy } from "../text/group.ts";
import { TAKING } from "./clocks.ts";
import {
  type Complaint,
  type ComplaintEvent,
  type Erased,
  isClosed,
  isWithCustodian,
  type Status,
  type StoryFacts,
} from "./complaint.ts";
import { ratingOf } from "./satisfaction.ts";
import { type WorkingTime, workingHoursBetween } from "./working-time.ts";

/** What one case adds to the figures. */
export type CaseFacts = StoryFacts & {
  readonly kind: ComplaintKind;
  /** `2026-11`, of the filing, in Viet Nam. */
  readonly month: string;
  readonly status: Status;
  /** A custodian alone handles it. */
  readonly withCustodian: boolean;
};

/** Figures over some cases. */
export const Tally = z.object({
  filed: z.int(),
  /** First answers by the day they were due, those after it, and cases past it that have none. */
  inTime: z.int(),
  late: z.int(),
  overdue: z.int(),
  /** Cases that an agency still has to act on. */
  open: z.int(),
  /** Cases of which the person has yet to say whether they are solved. */
  answered: z.int(),
  confirmed: z.int(),
  unconfirmed: z.int(),
  noReply: z.int(),
  /** Praise that was passed on, and what its person took back. */
  thanked: z.int(),
  withdrawn: z.int(),
  disputed: z.int(),
  /** Held back as a suspected flood, and looked at and not passed on. */
  heldBack: z.int(),
  rejected: z.int(),
  /** Complaints of a late result for which it was worked out whether it is late, and those found late. */
  lateJudged: z.int(),
  lateFound: z.int(),
  apologyBreaches: z.int(),
  /** Medians, in hours of offices; absent without a case to measure. */
  hoursToTake: z.number().optional(),
  hoursToAnswer: z.number().optional(),
});
export type Tally = Readonly<z.infer<typeof Tally>>;

/** The same before and after it was erased. @param today ISO day in Viet Nam */
export function factsOf(complaint: Complaint, today: string, time: WorkingTime): CaseFacts {
  const erased = erasedIn(complaint);
  const story = erased ? (erased.facts ?? guessed(erased)) : storyOf(complaint, today, time);
  return {
    ...story,
    kind: complaint.filing.kind,
    month: monthOf(complaint.filedAt),
    status: erased?.ended ?? complaint.status,
    withCustodian: erased?.custodian ?? isWithCustodian(complaint),
  };
}

/** Of a case that is not erased. @param today ISO day in Viet Nam */
export function storyOf(complaint: Complaint, today: string, time: WorkingTime): StoryFacts {
  const { filing, filedAt, events } = complaint;
  const since = events.findLast(({ type }) => type === "released")?.at ?? filedAt;
  const taken = events.find(({ type }) => TAKING.includes(type));
  const answered = events.find((event) => event.type === "answered");
  const hours = (event: ComplaintEvent | undefined): number | undefined =>
    event && workingHoursBetween(new Date(since), new Date(event.at), time);
  return {
    agency: responsibleFor(complaint),
    answer: answerOf(complaint, today),
    disputed: events.some(({ type }) => type === "disputed"),
    hoursToTake: hours(taken),
    hoursToAnswer: hours(answered),
    foundLate: filing.kind === "late" && filing.lateness ? filing.lateness.daysLate !== undefined : undefined,
    apologyBreach: filing.apology?.some((what) => what !== "in_time") === true,
    rating: ratingOf(events),
  };
}

/** `2026-11`, in Viet Nam. */
export function monthOf(at: string | Date): string {
  return dayInVietnam(at instanceof Date ? at.getTime() : at).slice(0, 7);
}

function responsibleFor({ events, holders, escalatedTo, route }: Complaint): string {
  const answered = events.findLast((event) => event.type === "answered");
  const holder = holders.find((id) => !escalatedTo.includes(id)) ?? holders[0];
  return answered?.by.agency ?? holder ?? route.to[0] ?? "";
}

function erasedIn({ events: [first] }: Complaint): Erased | undefined {
  return first?.type === "erased" ? first : undefined;
}

/** Who holds a case or held it to its end, although it is erased. */
export function holdersOf(complaint: Complaint): readonly string[] {
  const erased = erasedIn(complaint);
  return erased ? (erased.holders ?? erased.agencies) : complaint.holders;
}

/** So a case ended that had an answer. */
const ANSWERED: readonly Erased["ended"][] = ["closed_confirmed", "closed_unconfirmed", "closed_thanked"];

/** As near as what is left tells, where the facts were not kept. */
function guessed({ agencies, ended, lateSince }: Erased): StoryFacts {
  const answered = lateSince === undefined ? "in-time" : "late";
  return {
    agency: agencies[0] ?? "",
    answer: ANSWERED.includes(ended) ? answered : "waiting",
    disputed: false,
    apologyBreach: false,
    rating: {},
  };
}

function answerOf(complaint: Complaint, today: string): StoryFacts["answer"] {
  const { events, status, overdue, answerDue } = complaint;
  let due = "";
  let late = false;
  for (const event of events) {
    due = movedDue(event) ?? due;
    // What was late before it was put off stays late.
    if (event.type === "reminded" && event.step === "overdue") late = true;
    if (event.type === "answered") return !late && dayInVietnam(event.at) <= due ? "in-time" : "late";
  }
  const waits = isClosed(status) || status === "quarantined" || status === "needs_info";
  return !waits && (overdue > 0 || today > answerDue) ? "overdue" : "waiting";
}

function movedDue(event: ComplaintEvent): string | undefined {
  switch (event.type) {
    case "filed":
    case "released":
    case "informed":
    case "reopened":
    case "protected":
      return event.answerDue;
    case "extended":
      return event.until;
    default:
      return undefined;
  }
}

/** Counts and medians of these cases. */
export function tally(cases: readonly CaseFacts[]): Tally {
  const count = (is: (facts: CaseFacts) => boolean): number => cases.filter(is).length;
  const answers = (answer: CaseFacts["answer"]): number => count((facts) => facts.answer === answer);
  const at = (status: Status): number => count((facts) => facts.status === status);
  return {
    filed: cases.length,
    inTime: answers("in-time"),
    late: answers("late"),
    overdue: answers("overdue"),
    open: count(({ status }) => !isClosed(status) && status !== "answered" && status !== "quarantined"),
    answered: at("answered"),
    confirmed: at("closed_confirmed"),
    unconfirmed: at("closed_unconfirmed"),
    noReply: at("closed_no_reply"),
    thanked: at("closed_thanked"),
    withdrawn: at("withdrawn"),
    disputed: count(({ disputed }) => disputed),
    heldBack: at("quarantined"),
    rejected: at("rejected"),
    lateJudged: count(({ foundLate }) => foundLate !== undefined),
    lateFound: count(({ foundLate }) => foundLate === true),
    apologyBreaches: count(({ apologyBreach }) => apologyBreach),
    hoursToTake: median(cases.flatMap(({ hoursToTake }) => hoursToTake ?? [])),
    hoursToAnswer: median(cases.flatMap(({ hoursToAnswer }) => hoursToAnswer ?? [])),
  };
}

/** To a tenth. */
function median(numbers: readonly number[]): number | undefined {
  if (numbers.length === 0) return undefined;
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const [upper = 0, lower = 0] = [sorted[middle], sorted[middle - 1]];
  return Math.round((sorted.length % 2 === 1 ? upper : (upper + lower) / 2) * 10) / 10;
}

/** The cases by a key, in the order of the keys. */
export function sortedBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): readonly (readonly [string, readonly T[]])[] {
  return [...groupBy(items, keyOf)].toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
}
