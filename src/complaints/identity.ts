import { barredFrom, questionOf } from "./accused.ts";
import type { Actor, Complaint, ComplaintEvent } from "./complaint.ts";
import type { Rules } from "./file.ts";
import { COORDINATOR, inspectorateOf } from "./route.ts";
import { afterWorkingDays } from "./working-time.ts";

/** A wish to know who the person is, that nobody has granted yet. */
export type Ask = {
  readonly asked: Extract<ComplaintEvent, { type: "identity-asked" }>;
  /** The person said no. */
  readonly refused: boolean;
  readonly approvals: readonly Actor[];
};

/** The ask that stands now; undefined when there is none, or its agency no longer handles the case. */
export function askStanding({ events, holders }: Pick<Complaint, "events" | "holders">): Ask | undefined {
  let ask: Ask | undefined;
  for (const event of events) {
    if (event.type === "identity-asked") ask = { asked: event, refused: false, approvals: [] };
    if (event.type === "identity-refused" && ask) ask = { ...ask, refused: true };
    if (event.type === "identity-approved" && ask) ask = { ...ask, approvals: [...ask.approvals, event.by] };
    if (event.type === "identity-opened" || event.type === "protected") ask = undefined;
  }
  const agency = ask?.asked.by.agency;
  return agency !== undefined && (holders.includes(agency) || agency === COORDINATOR) ? ask : undefined;
}

/** The person is still to say whether the agency may know who they are. */
export function waitsForConsent(complaint: Pick<Complaint, "events" | "holders">): boolean {
  const ask = askStanding(complaint);
  return ask !== undefined && !ask.refused;
}

/** What the agency reads of the case carries the person's name: it stood in the preview, and the case is in the usual lane. */
export function isNamedTo({ lane, filing, route }: Complaint, agency: string): boolean {
  return filing.named === true && lane === "usual" && [...route.to, ...route.copy].includes(agency);
}

/** The agency was told who the person is: in the notices the person previewed, or by an opening. */
export function knowsPerson(complaint: Complaint, agency: string): boolean {
  return (
    isNamedTo(complaint, agency) ||
    complaint.events.some((event) => event.type === "identity-opened" && event.agency === agency)
  );
}

/** Why an agency may not ask who the person is. */
export function askRefusal(
  complaint: Complaint,
  { agency }: Actor,
): "identity-known" | "identity-asked" | "identity-refused" | undefined {
  if (knowsPerson(complaint, agency)) return "identity-known";
  const ask = askStanding(complaint);
  if (ask && !ask.refused) return "identity-asked";
  return ask?.asked.by.agency === agency ? "identity-refused" : undefined;
}

/** Why this person may not approve the opening without the person's consent. */
export function approvalRefusal(
  complaint: Complaint,
  by: Actor,
  now: Date,
  rules: Rules,
): ApprovalRefusal | undefined {
  const seat = seatOf(complaint, by, rules);
  if (!seat || by.person === undefined) return "not-yours";
  const ask = askStanding(complaint);
  if (!ask) return "identity-not-asked";
  if (!complaint.filing.named) return "identity-unknown";
  const { clocks, workingTime } = rules;
  const waited = afterWorkingDays(new Date(ask.asked.at), clocks.identity.waitFor, workingTime);
  if (!ask.refused && now < waited) return "identity-wait";
  const taken = ask.approvals.some(
    (other) => other.person === by.person || seatOf(complaint, other, rules) === seat,
  );
  return taken ? "identity-second" : undefined;
}

export type ApprovalRefusal =
  | "not-yours"
  | "identity-not-asked"
  | "identity-unknown"
  | "identity-wait"
  | "identity-second";

/** Who is told that a second person is needed: wherever one may sit for the seat that is free. */
export function secondsFor(complaint: Complaint, first: Actor, rules: Rules): string[] {
  const all = approversOf(complaint, rules);
  if (seatOf(complaint, first, rules) === "custodian") return all;
  // Custodians sit in the inspectorate where there is one.
  const inspectorates = all.filter((id) => id !== COORDINATOR);
  return inspectorates.length > 0 ? inspectorates : all;
}

/** Wherever one of the two may sit, never the unit complained about. */
function approversOf(complaint: Complaint, rules: Rules): string[] {
  const inspectorate = inspectorateOf(questionOf(complaint), rules.directory);
  // From whom the person had to be protected decides nothing about them.
  const barred = barredFrom(complaint, rules.directory);
  return [...new Set([...(inspectorate ? [inspectorate] : []), COORDINATOR])].filter((id) => !barred.has(id));
}

/**
 * Two seats decide together: the custodian's, and that of the coordinator or the inspectorate's head. Neither can be
 * taken in the unit complained about.
 */
function seatOf(complaint: Complaint, by: Actor, rules: Rules): "custodian" | "second" | undefined {
  if (!approversOf(complaint, rules).includes(by.agency)) return undefined;
  if (by.role === "custodian") return "custodian";
  const second = by.role === "coordinator" || (by.role === "head" && by.agency !== COORDINATOR);
  return second ? "second" : undefined;
}
