import { awaited, closesBySilence } from "../complaints/clocks.ts";
import { type ClockName, type Complaint, type ComplaintEvent, isClosed } from "../complaints/complaint.ts";
import { agencyName, type Rules } from "../complaints/file.ts";
import { dayInVietnam } from "../knowledge/calendar.ts";
import { beginningOf } from "../text/beginning.ts";
import type { Wording } from "../wording/citizen.ts";

type Words = { readonly rules: Rules; readonly wording: Wording };

/** Lines of the time line shown at first, the newest. */
const SHOWN = 8;
/** Characters of what was written that a short line holds. */
const SHORT = 160;

/**
 * What happened to a case, one line an event, newest last. `whole`: everything in full; else the newest lines, long words
 * shortened, and whether anything was left out.
 */
export function timelineOf(
  complaint: Complaint,
  words: Words,
  whole: boolean,
): { readonly lines: readonly string[]; readonly shortened: boolean } {
  const { timeline } = words.wording;
  if (whole) return { lines: linesOf(complaint, words, (text) => text), shortened: false };
  let cut = false;
  const all = linesOf(complaint, words, (text) => {
    if (text.length <= SHORT) return text;
    cut = true;
    return `${beginningOf(text, SHORT).trimEnd()}…`;
  });
  const left = all.length - Math.min(all.length, SHOWN);
  const note = left > 0 ? [timeline.earlier(left)] : cut ? [timeline.shortened] : [];
  return { lines: [...note, ...all.slice(-SHOWN)], shortened: left > 0 || cut };
}

function linesOf(complaint: Complaint, { rules, wording }: Words, cut: (text: string) => string): string[] {
  const name = (id: string): string => agencyName(id, rules.directory);
  return complaint.events.flatMap((event) => {
    const line = lineOf(event, complaint, { wording, name, cut });
    return line ? [`– ${wording.day(dayInVietnam(event.at))}: ${line}`] : [];
  });
}

type Telling = {
  readonly wording: Wording;
  readonly name: (id: string) => string;
  readonly cut: (text: string) => string;
};

function lineOf(
  event: ComplaintEvent,
  { route, events }: Complaint,
  { wording, name, cut }: Telling,
): string | undefined {
  const { timeline: words } = wording;
  const names = (ids: readonly string[]): string => ids.map(name).join(", ");
  switch (event.type) {
    case "filed":
      // To whom it goes is told once it does.
      return events.some(({ type }) => type === "quarantined")
        ? words.received
        : words.filed(names([...event.route.to, ...event.route.copy]));
    case "delivered":
    case "undeliverable":
      return words[event.type](name(event.agency));
    case "acknowledged":
      return words.acknowledged(name(event.by.agency));
    case "progress":
    case "asked":
    case "answered":
      return words[event.type](name(event.by.agency), cut(event.text));
    case "quarantined":
    case "objected":
      return words[event.type];
    case "released":
      return words.released(names([...route.to, ...route.copy]));
    case "rejected":
      return wording.status.rejected(cut(event.reason));
    case "linked":
    case "clustered":
    case "reviewed":
      // What others filed or were told.
      return undefined;
    case "proposed":
    case "returned":
      // The agency's own matter: the person hears of it once it is signed.
      return undefined;
    case "informed":
      return words.informed(cut(event.text));
    case "transferred":
      return words.transferred(name(event.by.agency), name(event.to), cut(event.reason));
    case "extended":
      return words.extended(name(event.by.agency), wording.day(event.until), cut(event.reason));
    case "confirmed":
    case "reopened":
    case "nudged":
    case "rated":
      return words[event.type];
    case "disputed":
      return words.disputed(cut(event.reason), names(event.to));
    case "reminded":
      return words.reminded[remindedOf(event)];
    case "escalated":
      return event.to.length > 0 ? wording.status.escalated(names(event.to)) : words.escalatedNowhere;
    case "closed":
      return words.closed[event.reason];
    case "withdrawn":
      return words.withdrawn(event.reason && cut(event.reason));
    case "protected":
      return words.protected(names(event.to));
    case "identity-asked":
      return words.identityAsked(name(event.by.agency), cut(event.reason));
    case "identity-refused":
      return words.identityRefused;
    case "identity-approved":
      return words.identityApproved(cut(event.reason));
    case "identity-opened":
      return words.identityOpened[event.basis](name(event.agency));
    case "evidence-added":
      return words.evidenceAdded(event.files.map((file) => file.name).join(", "));
    case "held":
      return words.held(cut(event.reason));
    case "unheld":
      return words.unheld;
    case "expiring":
      return words.expiring;
    case "erased":
      return undefined;
  }
}

function remindedOf({
  clock,
  step,
}: Extract<ComplaintEvent, { type: "reminded" }>): keyof Wording["timeline"]["reminded"] {
  if (clock === "question" || clock === "confirm") return clock;
  return step === "overdue" ? "overdue" : "agency";
}

/** Who holds an open case and why they do. */
export function holdersOf(complaint: Complaint, { rules, wording }: Words): string[] {
  if (isClosed(complaint.status) || complaint.holders.length === 0) return [];
  const names = complaint.holders.map((id) => agencyName(id, rules.directory)).join(", ");
  return [wording.status.holders(names), ...whyOf(complaint, wording).map(wording.standing.why)];
}

function whyOf({ events, route }: Complaint, { standing }: Wording): string[] {
  const last = events.findLast(
    (event) =>
      event.type === "transferred" ||
      event.type === "disputed" ||
      event.type === "protected" ||
      (event.type === "escalated" && event.to.length > 0),
  );
  switch (last?.type) {
    case "transferred":
      return [last.reason];
    case "disputed":
    case "protected":
      return [standing[last.type]];
    case "escalated": {
      const reasons: Partial<Record<ClockName, string>> = standing.escalated;
      return [reasons[last.clock] ?? standing.escalated.answer];
    }
    default:
      return route.why.length > 0 ? [route.why.join(". ")] : [];
  }
}

/** What comes next in an open case, and when. */
export function nextOf(complaint: Complaint, { rules, wording }: Words): string[] {
  const { next } = wording.standing;
  const { status, events, answerDue } = complaint;
  if (isClosed(status)) return [];
  if (status === "needs_info" || status === "answered") {
    const [clock, started] = status === "answered" ? (["confirm", "answered"] as const) : QUESTION;
    const round = events.findLastIndex(({ type }) => type === started);
    return [next[clock](wording.day(closesBySilence(complaint, { round }, clock, rules)))];
  }
  const step = awaited(complaint, rules);
  if (!step) return [next.human];
  const by = wording.day(dayInVietnam(step.at));
  if (step.clock === "quarantine") return [next.look(by)];
  if (step.clock === "acknowledge") return [next.acknowledge(by)];
  if (step.clock === "delivery") return [next.deliver(by)];
  if (step.step === "close") return [next.praise(by)];
  if (step.step === "overdue") return [next.answer(wording.day(answerDue))];
  return [step.clock === "repair" && step.step === "superior" ? next.repair(by) : next.escalate(by)];
}

const QUESTION = ["question", "asked"] as const;
