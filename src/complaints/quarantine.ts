import { dayInVietnam } from "../knowledge/calendar.ts";
import type { Choice } from "../messages/message.ts";
import { fold } from "../text/fold.ts";
import type { Wording } from "../wording/citizen.ts";
import { barredFrom, questionOf } from "./accused.ts";
import { type ClockStep, quarantineEnds } from "./clocks.ts";
import {
  type Actor,
  type Complaint,
  type ComplaintEvent,
  type Filing,
  isConfidential,
  type Lane,
} from "./complaint.ts";
import { agencyName, answerDue, type Rules } from "./file.ts";
import { COORDINATOR, custodianFor } from "./route.ts";
import { type Step, tellPerson, toAgencies } from "./tell.ts";

/** What somebody decides on a case that is held back as a suspected flood. */
export type Verdict = { readonly action: "release" } | { readonly action: "reject"; readonly text: string };

/** Why a verdict is refused. */
export type VerdictRefusal = "unknown" | "not-held-back" | "own-rejection" | "empty";

/** Which queue a case waits in: confidential with facts to act on, the custodian's. */
export function laneOf(filing: Filing): Lane {
  const { dossierCode, submittedOn, about, place } = filing;
  const concrete =
    dossierCode !== undefined || submittedOn !== undefined || (about?.id !== undefined && place);
  return isConfidential({ filing, lane: "usual" }) && concrete ? "custodian" : "coordinator";
}

/**
 * Whether somebody of this agency and role sees a case that is held back: the coordinator, or a custodian of those that
 * it would go to. Never the accused.
 */
export function mayModerate(
  complaint: Complaint,
  who: { readonly agency: string; readonly role: string },
  { directory }: Pick<Rules, "directory">,
): boolean {
  const held = complaint.events.findLast((event) => event.type === "quarantined");
  if (!held || barredFrom(complaint, directory).has(who.agency)) return false;
  if (who.role === "coordinator") return who.agency === COORDINATOR;
  const custodians = [...complaint.route.to, custodianFor(questionOf(complaint), [], directory)];
  return who.role === "custodian" && held.lane === "custodian" && custodians.includes(who.agency);
}

/** After an objection somebody else decides. */
export function wasRejectedBy({ events }: Complaint, person: string | undefined): boolean {
  const rejected = events.findLast((event) => event.type === "rejected");
  return person !== undefined && rejected?.by.person === person;
}

/** What those have in common that say the very same about the very same unit. */
export function sameTextKey({ filing }: Pick<Complaint, "filing">): string {
  return JSON.stringify([filing.kind, filing.about?.id ?? filing.about?.name, fold(filing.text)]);
}

/** A person decides: it goes to its agency, or it does not, for a reason that its author is told. */
export function moderate(
  complaint: Complaint,
  by: Actor,
  verdict: Verdict,
  now: Date,
  rules: Rules,
  wording: Wording,
): Step | { readonly refused: VerdictRefusal } {
  if (complaint.status !== "quarantined") return { refused: "not-held-back" };
  if (wasRejectedBy(complaint, by.person)) return { refused: "own-rejection" };
  if (verdict.action === "release") return release(complaint, { by }, now, rules, wording);
  if (verdict.text.trim() === "") return { refused: "empty" };
  const event = { type: "rejected", at: now.toISOString(), by, reason: verdict.text } as const;
  const again = complaint.events.some(({ type }) => type === "objected");
  const until = again ? undefined : wording.day(objectUntil(event.at, rules));
  const text = wording.notices.rejected(complaint.trackingCode, verdict.text, until);
  const choices = again ? [] : objecting(complaint, wording);
  return { events: [event], deliveries: tellPerson(complaint, text, wording, choices) };
}

/** The case goes to its agency, whose time to answer starts now: by a person's decision or, undecided, by the clock. */
export function release(
  complaint: Complaint,
  cause: { readonly by: Actor } | Pick<ClockStep, "clock" | "step" | "round">,
  now: Date,
  rules: Rules,
  wording: Wording,
): Step {
  const due = answerDue(complaint.filing.kind, now, rules);
  const { clock, step, round } = "by" in cause ? {} : cause;
  const event: ComplaintEvent = {
    type: "released",
    at: now.toISOString(),
    answerDue: due,
    ...("by" in cause ? { by: cause.by } : { clock, step, round }),
  };
  const { to, copy } = complaint.route;
  const names = to.map((id) => agencyName(id, rules.directory)).join(", ");
  const told = wording.notices.released(complaint.trackingCode, names, wording.day(due));
  return {
    events: [event],
    deliveries: [
      ...toAgencies({ ...complaint, answerDue: due }, [...to, ...copy], "filed", rules, wholeText(complaint)),
      ...tellPerson(complaint, told, wording, []),
    ],
  };
}

/** What was told when it was filed and while it was held back. */
export function wholeText({ filing, events }: Complaint): string {
  return [filing.text, ...events.flatMap((event) => (event.type === "informed" ? [event.text] : []))].join(
    "\n",
  );
}

/** The person may ask once for another to look at a case that was not passed on. */
export function mayObject(complaint: Complaint, now: Date, rules: Rules): boolean {
  const until = objectsUntil(complaint, rules);
  return until !== undefined && dayInVietnam(now) <= until;
}

/** The last day (ISO) on which the person can do so; undefined when there is none. */
export function objectsUntil({ status, events }: Complaint, rules: Rules): string | undefined {
  const rejected = events.findLast(({ type }) => type === "rejected");
  if (status !== "rejected" || !rejected) return undefined;
  return events.some(({ type }) => type === "objected") ? undefined : objectUntil(rejected.at, rules);
}

/** Somebody else looks at it. */
export function object(now: Date): Step {
  return { events: [{ type: "objected", at: now.toISOString() }], deliveries: [] };
}

/** The last day (ISO) of an objection. */
function objectUntil(rejectedAt: string, { guards }: Rules): string {
  return dayInVietnam(Date.parse(rejectedAt) + guards.quarantine.objectWithinCalendarDays * DAY_MS);
}

const DAY_MS = 86_400_000;

/** The button under a rejection. */
export function objecting(complaint: Complaint, { notices }: Wording): Choice[] {
  return [{ id: `c:object:${complaint.id}`, label: notices.object }];
}

/** The day (ISO) on which the case goes on at the latest. */
export function heldUntil(complaint: Pick<Complaint, "events" | "filedAt">, rules: Rules): string {
  return dayInVietnam(quarantineEnds(complaint, rules));
}
