import { z } from "zod";
import { broughtIn } from "../complaints/brought-in.ts";
import type { Complaint, ComplaintEvent } from "../complaints/complaint.ts";
import { promiseId } from "../complaints/file.ts";
import { COORDINATOR } from "../complaints/route.ts";
import { dayInVietnam } from "../knowledge/calendar.ts";
import type { DeliveryState } from "../messages/delivery.ts";

/** What became of the notices promised to one agency on one day; all but `promised` add up to it. */
export const Reconciled = z.object({
  /** ISO day in Vietnam on which the notice was promised. */
  day: z.string(),
  agency: z.string(),
  promised: z.number(),
  delivered: z.number(),
  /** Given to a human, and not arrived since. */
  dead: z.number(),
  /** Neither arrived nor with a human. */
  waiting: z.number(),
});
export type Reconciled = Readonly<z.infer<typeof Reconciled>>;

/** A notice that was promised to an agency, as the events of its case tell. */
export type Promised = {
  /** ISO instant of the promise, and its day in Vietnam. */
  readonly at: string;
  readonly day: string;
  readonly agency: string;
  readonly became: "delivered" | "dead" | "waiting";
  /** The id under which the outbox has it: one of these, as events do not tell which of them were stored together. */
  readonly ids: readonly string[];
  /** It may have been sent with no event that says so: in the coordinator's hands, or to one who has the case no more. */
  readonly quietly: boolean;
};

/**
 * The agencies that a case was first brought to, and whether it arrived there: from the events of the case, not from the
 * outbox, so that a notice that the outbox has forgotten shows as waiting. What was taken back before it arrived is no
 * promise any more; of an erased case the promises are erased as well.
 */
export function promisedIn(complaint: Complaint): readonly Promised[] {
  const arrived = new Set<string>();
  const failed = new Set<string>();
  const first = new Map<string, { readonly at: string; readonly number: number }>();
  for (const event of complaint.events) {
    if (event.type === "delivered") arrived.add(event.agency);
    if (event.type === "undeliverable") failed.add(event.agency);
  }
  for (const { agency, by, number } of broughtIn(complaint))
    if (!UNCOUNTED.includes(by.type) && !first.has(agency)) first.set(agency, { at: by.at, number });
  const quietly = arrived.has(COORDINATOR) || complaint.lane === "protected";
  return [...first]
    .filter(([agency]) => arrived.has(agency) || !isWithheldFrom(complaint, agency))
    .map(([agency, { at, number }]) => ({
      at,
      day: dayInVietnam(at),
      agency,
      became: arrived.has(agency) ? "delivered" : failed.has(agency) ? "dead" : "waiting",
      ids: numbersOf(complaint, number).map((event) => promiseId(complaint.id, event, agency, 0)),
      quietly,
    }));
}

/** Numbers of the events that may have been stored first together with this one. */
function numbersOf({ events }: Complaint, number: number): number[] {
  const numbers = [number];
  for (let before = number - 1; events[before] && events[before]?.at === events[number]?.at; before--)
    numbers.push(before);
  return numbers;
}

/**
 * Whether nobody will keep a promise any more that has not arrived.
 * @param known what the outbox knows under its ids; nothing of those that it does not know
 */
export function isLost(
  { quietly }: Pick<Promised, "quietly">,
  known: readonly DeliveryState["status"][],
): boolean {
  return !known.some((status) => status !== "sent" || quietly);
}

/**
 * That it arrived is no promise: it may have come to one in another's place. Nor is it recorded of what officials settle
 * among themselves whether it arrived.
 */
const UNCOUNTED: readonly ComplaintEvent["type"][] = ["delivered", "proposed"];

/** Not sending it keeps the promise: the person took the case back, or it was taken from this agency. */
function isWithheldFrom({ status, events }: Complaint, agency: string): boolean {
  if (status === "withdrawn" || status === "rejected") return true;
  return events.some(
    (event) => event.type === "protected" && event.seen.includes(agency) && !event.to.includes(agency),
  );
}

/** By day and agency, the latest day first. */
export function reconcile(
  promised: Iterable<Pick<Promised, "day" | "agency" | "became">>,
): readonly Reconciled[] {
  const rows = new Map<string, Reconciled>();
  for (const { day, agency, became } of promised) {
    const key = JSON.stringify([day, agency]);
    const row = rows.get(key) ?? { day, agency, promised: 0, delivered: 0, dead: 0, waiting: 0 };
    rows.set(key, { ...row, promised: row.promised + 1, [became]: row[became] + 1 });
  }
  return [...rows.values()].toSorted(
    (one, other) => other.day.localeCompare(one.day) || one.agency.localeCompare(other.agency),
  );
}
