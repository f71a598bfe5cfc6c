import { official } from "../wording/official.ts";
import { barredFrom, questionOf } from "./accused.ts";
import type { Complaint, Filing } from "./complaint.ts";
import { agencyDeliveries, type Rules } from "./file.ts";
import { handles } from "./handles.ts";
import { composeNotice } from "./notice.ts";
import type { Cluster } from "./recent-filings.ts";
import { COORDINATOR, route } from "./route.ts";
import { promiseTo, type Step } from "./tell.ts";

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
  const [head = COORDINATOR] = route(questionOf(complaint), rules.directory).to;
  const barred = barredFrom(complaint, rules.directory);
  const to = [head, COORDINATOR].find((id) => !barred.has(id));
  if (to === undefined) return { events: [], deliveries: [] };
  const own = cases.filter((one) => handles(one, to, rules));
  const codes = own.map(({ trackingCode }) => trackingCode);
  const text = [
    official.guards.cluster(persons, rules.guards.cluster.withinCalendarDays),
    ...(codes.length > 0 ? [official.guards.itsCases(codes.slice(0, MOST_CODES))] : []),
  ].join("\n");
  return {
    events: [{ type: "clustered", at: now.toISOString(), size, to }],
    deliveries: agencyDeliveries(promiseTo(to, complaint, rules), rules, (id, agency) =>
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
