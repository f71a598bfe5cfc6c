import { official } from "../wording/official.ts";
import type { Complaint, Filing } from "./complaint.ts";
import { agencyDeliveries, type Rules } from "./file.ts";
import { composeNotice } from "./notice.ts";
import type { Cluster } from "./recent-filings.ts";
import { COORDINATOR, isBarred, route } from "./route.ts";
import { questionOf, type Step } from "./tell.ts";

/**
 * Tells the competent head how many persons complain of the same about one unit, once for each size; recorded on the
 * newest of the cases. Counts and the codes of cases that the head has anyway: no text, no person.
 * @param complaint the newest case
 */
export function tellCluster(
  complaint: Complaint,
  { persons, size }: Cluster,
  cases: readonly Complaint[],
  now: Date,
  rules: Rules,
): Step {
  const question = questionOf(complaint);
  const [head = COORDINATOR] = route(question, rules.directory).to;
  const to = [head, COORDINATOR].find((id) => !isBarred(question, id, rules.directory));
  if (to === undefined) return { events: [], deliveries: [] };
  const codes = cases.filter(({ holders }) => holders.includes(to)).map(({ trackingCode }) => trackingCode);
  const text = [
    official.guards.cluster(persons, rules.guards.cluster.withinCalendarDays),
    ...(codes.length > 0 ? [official.guards.itsCases(codes.slice(0, MOST_CODES))] : []),
  ].join("\n");
  return {
    events: [{ type: "clustered", at: now.toISOString(), size, to }],
    deliveries: agencyDeliveries(complaint.id, complaint.revision, to, rules, (id, agency) =>
      composeNotice({ id, ...unnamed(complaint, text) }, "cluster", agency),
    ),
  };
}

/** Codes named in a notice. */
const MOST_CODES = 20;

/** What a notice about several cases tells of the one that it is recorded on. */
export function unnamed(
  { trackingCode, answerDue, filing: { kind, about, place } }: Complaint,
  text: string,
): { case: string; filing: Filing; due: string } {
  const filing = { kind, text, ...(about && { about }), ...(place && { place }) };
  return { case: trackingCode, filing, due: answerDue };
}
