import { waitsForHuman } from "./clocks.ts";
import type { Complaint } from "./complaint.ts";
import { COORDINATOR } from "./route.ts";

/** Why a case itself needs a human: held back, without a route, or overdue as far as it goes. */
export type StandingWhy = "held-back" | "no-route" | "overdue";

export type Standing = {
  readonly why: StandingWhy;
  /** ISO instant. */
  readonly since: string;
  /** Those who have it now, or the queue that it is held back in. */
  readonly holders: readonly string[];
};

/** Undefined while the case goes on by itself. Only an event changes it. */
export function standingOf(complaint: Complaint): Standing | undefined {
  const { holders, events, filedAt, status, route } = complaint;
  const since = (...types: readonly string[]): string =>
    events.findLast(({ type }) => types.includes(type))?.at ?? filedAt;
  if (status === "quarantined") {
    const lane = events.findLast((event) => event.type === "quarantined")?.lane ?? "coordinator";
    return { why: "held-back", since: since("quarantined", "objected"), holders: [lane] };
  }
  if (waitsForHuman(complaint)) return { why: "overdue", since: since("escalated"), holders };
  const unrouted =
    route.to.every((agency) => agency === COORDINATOR) && holders.every((id) => id === COORDINATOR);
  const waits = status === "registered" || status === "delivered" || status === "delivery_problem";
  return unrouted && waits
    ? { why: "no-route", since: since("released"), holders: [COORDINATOR] }
    : undefined;
}
