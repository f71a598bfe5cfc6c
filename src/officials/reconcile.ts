import type { Complaint } from "../complaints/complaint.ts";
import { dayInVietnam } from "../knowledge/calendar.ts";

/** What became of the notices promised to one agency on one day; all but `promised` add up to it. */
export type Reconciled = {
  /** ISO day in Vietnam on which the notice was promised. */
  readonly day: string;
  readonly agency: string;
  readonly promised: number;
  readonly delivered: number;
  /** Given to a human, and not arrived since. */
  readonly dead: number;
  /** Neither arrived nor with a human. */
  readonly waiting: number;
};

type Promised = {
  readonly day: string;
  readonly agency: string;
  readonly became: "delivered" | "dead" | "waiting";
};

/**
 * The agencies that a case was first brought to, and whether it arrived there: from the events of the case, not from the
 * outbox, so that a notice that the outbox has forgotten shows as waiting.
 */
export function promisedIn({ events }: Complaint): readonly Promised[] {
  const first = new Map<string, string>();
  const arrived = new Set<string>();
  const failed = new Set<string>();
  /** Taken away from these before it arrived: not sending it keeps the promise. */
  const withheld = new Set<string>();
  for (const event of events) {
    const to =
      event.type === "filed"
        ? [...event.route.to, ...event.route.copy]
        : event.type === "transferred"
          ? [event.to]
          : event.type === "escalated" || event.type === "disputed"
            ? event.to
            : [];
    for (const agency of to) if (!first.has(agency)) first.set(agency, dayInVietnam(new Date(event.at)));
    if (event.type === "delivered") arrived.add(event.agency);
    if (event.type === "undeliverable") failed.add(event.agency);
    if (event.type === "protected") for (const agency of event.seen) withheld.add(agency);
  }
  return [...first]
    .filter(([agency]) => arrived.has(agency) || !withheld.has(agency))
    .map(([agency, day]) => ({
      day,
      agency,
      became: arrived.has(agency) ? "delivered" : failed.has(agency) ? "dead" : "waiting",
    }));
}

/** By day and agency, the latest day first. */
export function reconcile(promised: Iterable<Promised>): readonly Reconciled[] {
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
