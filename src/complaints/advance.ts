import { dayInVietnam } from "../knowledge/calendar.ts";
import type { AgencyEvent } from "../messages/delivery.ts";
import type { Choice } from "../messages/message.ts";
import type { Wording } from "../wording/citizen.ts";
import { barredFrom, questionOf } from "./accused.ts";
import { type ClockStep, closesBySilence, stepsDue } from "./clocks.ts";
import {
  applyEvent,
  type ClockName,
  type Complaint,
  type ComplaintEvent,
  isWithCustodian,
} from "./complaint.ts";
import { agencyName, type Rules } from "./file.ts";
import { release } from "./quarantine.ts";
import { reopensUntil } from "./rights.ts";
import { COORDINATOR, inspectorateOf, superiorAgency } from "./route.ts";
import { judging, replying, type Step, tellPerson, toAgencies } from "./tell.ts";

/** A step of a case that its agencies have; one that is held back knows only its release. */
type CaseStep = ClockStep & { readonly step: Exclude<ClockStep["step"], "release"> };

type Told = { readonly text: string; readonly choices: readonly Choice[] };

/**
 * Lets the clocks of a case catch up with `now`: every step that fell due is recorded once, in order, and each agency
 * and the person are told of the newest that concerns them. Undefined when nothing is due.
 */
export function advance(complaint: Complaint, now: Date, rules: Rules, wording: Wording): Step | undefined {
  const steps = stepsDue(complaint, now, rules);
  const released = steps.find(({ step }) => step === "release");
  if (released) return release(complaint, released, now, rules, wording);
  const due = steps.filter(isCaseStep);
  if (due.length === 0) return undefined;
  const events: ComplaintEvent[] = [];
  const agencies = new Map<string, AgencyEvent>();
  let person: Told | undefined;
  let current = complaint;
  for (const step of due) {
    const event = eventOf(current, step, now, rules);
    current = applyEvent(complaint.id, current, event);
    events.push(event);
    for (const [agency, notice] of noticesOf(current, step)) {
      // A reminder must not hide that the case went up meanwhile.
      if (notice !== "reminder" || !agencies.has(agency)) agencies.set(agency, notice);
    }
    person = personTold(current, step, event, rules, wording) ?? person;
  }
  const barred = barredFrom(complaint, rules.directory);
  const allowed = [...agencies].filter(([agency]) => !barred.has(agency));
  return {
    events,
    // Under the number of the first of these events: no other commit can make a promise under it.
    deliveries: [
      ...allowed.flatMap(([agency, notice]) => toAgencies(complaint, [agency], notice, rules)),
      ...(person ? tellPerson(complaint, person.text, wording, person.choices) : []),
    ],
  };
}

function isCaseStep(due: ClockStep): due is CaseStep {
  return due.step !== "release";
}

function eventOf(complaint: Complaint, due: CaseStep, now: Date, rules: Rules): ComplaintEvent {
  const { clock, step, round } = due;
  const done = { at: now.toISOString(), clock, step, round };
  switch (step) {
    case "remind-1":
    case "remind-2":
    case "overdue":
      return { type: "reminded", ...done };
    case "superior":
    case "next-level":
      return { type: "escalated", ...done, to: above(complaint, step, rules) };
    case "coordinator":
      return { type: "escalated", ...done, to: added([COORDINATOR], complaint, rules) };
    case "close":
      return { type: "closed", ...done, reason: REASONS[clock] ?? "unconfirmed" };
  }
}

/** Why a clock closes a case; that of the answer closes praise alone. */
const REASONS: Readonly<Partial<Record<ClockName, Extract<ComplaintEvent, { type: "closed" }>["reason"]>>> = {
  question: "no_reply",
  confirm: "unconfirmed",
  answer: "thanked",
};

/**
 * Who takes part from now on: the superiors of those who hold the case; on the next level also the inspectorate, where
 * no superior is left; else, and with a custodian always, the coordinator. Never the unit complained about or one
 * below it. Empty when all of these hold it already.
 */
function above(complaint: Complaint, step: "superior" | "next-level", rules: Rules): string[] {
  if (isWithCustodian(complaint)) return added([COORDINATOR], complaint, rules);
  const superiors = complaint.holders
    .map((holder) => superiorAgency(holder, rules.directory))
    .filter((id) => id !== COORDINATOR);
  const next = added(superiors, complaint, rules);
  if (next.length > 0) return next;
  const inspectorate =
    step === "next-level" ? inspectorateOf(questionOf(complaint), rules.directory) : undefined;
  const inspects = inspectorate ? added([inspectorate], complaint, rules) : [];
  return inspects.length > 0 ? inspects : added([COORDINATOR], complaint, rules);
}

/** Those who do not hold the case yet and may. */
function added(agencies: readonly string[], complaint: Complaint, rules: Rules): string[] {
  const barred = barredFrom(complaint, rules.directory);
  return [...new Set(agencies)].filter((id) => !complaint.holders.includes(id) && !barred.has(id));
}

/** What agencies are told of a step; undefined when it concerns the person alone. */
function noticeFor({ clock, step }: CaseStep): AgencyEvent | undefined {
  switch (step) {
    case "remind-1":
    case "remind-2":
      return clock === "answer" ? "reminder" : undefined;
    case "overdue":
      return "overdue";
    case "superior":
      return clock === "acknowledge" ? "unacknowledged" : "escalated";
    case "next-level":
      return "escalated";
    case "coordinator":
      return "undelivered";
    case "close":
      // Whom the praise was for has nothing to be told of its end.
      return clock === "answer" ? undefined : "lapsed";
  }
}

/** Who is told what: all who hold the case after the step; a notice that did not arrive is the coordinator's alone. */
function noticesOf({ holders }: Complaint, due: CaseStep): readonly (readonly [string, AgencyEvent])[] {
  const notice = noticeFor(due);
  if (!notice) return [];
  const agencies = due.step === "coordinator" ? [COORDINATOR] : holders;
  return agencies.map((agency) => [agency, notice]);
}

/** What the person is told of a step, in the state after it. */
function personTold(
  complaint: Complaint,
  due: CaseStep,
  event: ComplaintEvent,
  rules: Rules,
  wording: Wording,
): Told | undefined {
  const { notices } = wording;
  const { trackingCode: code, answerDue, holders } = complaint;
  const names = (ids: readonly string[]): string =>
    ids.map((id) => agencyName(id, rules.directory)).join(", ");
  const plain = (text: string): Told => ({ text, choices: [] });
  switch (due.step) {
    case "remind-1":
    case "remind-2":
      return due.clock === "answer" ? undefined : askedAgain(complaint, due, rules, wording);
    case "overdue":
      return plain(notices.overdue(code, wording.day(answerDue), names(holders)));
    case "superior":
    case "next-level": {
      const to = names(event.type === "escalated" && event.to.length > 0 ? event.to : holders);
      if (due.clock === "acknowledge") return plain(notices.unacknowledged(code, to));
      return plain(
        due.step === "superior" ? notices.escalated(code, to) : notices.escalatedFurther(code, to),
      );
    }
    case "coordinator":
      return undefined;
    case "close":
      return closedFor(complaint, event, rules, wording);
  }
}

function askedAgain(complaint: Complaint, due: ClockStep, rules: Rules, wording: Wording): Told | undefined {
  const { notices, day } = wording;
  const { trackingCode: code } = complaint;
  if (due.clock === "confirm") {
    const until = day(closesBySilence(complaint, due, "confirm", rules));
    return { text: notices.confirmReminder(code, until), choices: judging(complaint, wording) };
  }
  const asked = complaint.events[due.round];
  if (asked?.type !== "asked") return undefined;
  const until = day(closesBySilence(complaint, due, "question", rules));
  const agency = agencyName(asked.by.agency, rules.directory);
  return {
    text: notices.questionReminder(code, agency, asked.text, until),
    choices: replying(complaint, wording),
  };
}

function closedFor(complaint: Complaint, event: ComplaintEvent, rules: Rules, wording: Wording): Told {
  const { notices, day } = wording;
  const { trackingCode: code, status } = complaint;
  if (status === "closed_thanked") {
    const reached = complaint.events.flatMap((told) =>
      told.type === "delivered" ? [agencyName(told.agency, rules.directory)] : [],
    );
    return { text: notices.praiseClosed(code, reached.join(", ")), choices: [] };
  }
  const last = reopensUntil(complaint, rules);
  const until = last !== undefined && last >= dayInVietnam(event.at) ? day(last) : undefined;
  const choices =
    until === undefined
      ? []
      : status === "closed_no_reply"
        ? replying(complaint, wording)
        : judging(complaint, wording);
  const text = status === "closed_no_reply" ? notices.closedNoReply : notices.closedUnconfirmed;
  return { text: text(code, until), choices };
}
