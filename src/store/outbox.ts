import type { DeliveryState, Recipient } from "../messages/delivery.ts";
import type { State } from "./state.ts";

/** Who works on which delivery. Leases live in memory only: after a restart nobody works on anything. */
export type Outbox = {
  /** Due deliveries, the longest due first, leased so that they are not taken again meanwhile. */
  claim(now: Date, limit: number, leaseSeconds: number): DeliveryState[];
  /** The attempt is over and recorded. */
  release(lookup: string): void;
  /** Deliveries that need a human, oldest first. */
  stuck(): DeliveryState[];
  /** Undefined when none was promised. */
  statusOf(lookup: string): DeliveryState["status"] | undefined;
};

export function createOutbox(state: State): Outbox {
  /** Until when, in milliseconds since 1970. */
  const leases = new Map<string, number>();

  const due = (now: number): (readonly [string, DeliveryState])[] => {
    const inOrder = new Set<string>();
    const found: (readonly [string, DeliveryState])[] = [];
    for (const [lookup, waiting] of state.deliveries) {
      // One recipient hears of one complaint in order; a dead message does not hold up those after it.
      const lane = laneOf(waiting);
      const first = !inOrder.has(lane);
      const begun = waiting.attempts > 0 || dueAt(waiting) <= now;
      if (waiting.status === "waiting" && begun) inOrder.add(lane);
      const leased = (leases.get(lookup) ?? 0) > now;
      if (first && !leased && dueAt(waiting) <= now) found.push([lookup, waiting]);
    }
    return found.toSorted(([, one], [, other]) => dueAt(one) - dueAt(other));
  };

  return {
    claim: (at, limit, leaseSeconds) => {
      const now = at.getTime();
      const taken = due(now).slice(0, Math.max(0, limit));
      for (const [lookup] of taken) leases.set(lookup, now + leaseSeconds * 1000);
      return taken.map(([, waiting]) => waiting);
    },
    release: (lookup) => {
      leases.delete(lookup);
    },
    stuck: () =>
      [...state.deliveries.values()]
        .filter(({ status }) => status === "dead")
        .toSorted((one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt)),
    statusOf: (lookup) =>
      state.deliveries.get(lookup)?.status ?? (state.sent.has(lookup) ? "sent" : undefined),
  };
}

/** Milliseconds since 1970 of the next attempt; never, when none follows. */
function dueAt(waiting: DeliveryState): number {
  return waiting.nextAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(waiting.nextAt);
}

/** Messages of one lane reach their recipient in the order they were promised. */
export function laneOf({ delivery }: DeliveryState): string {
  // What belongs to no case waits for nothing.
  const { id, complaint } = delivery;
  return JSON.stringify(complaint === undefined ? [id] : [complaint, ...recipient(delivery.to)]);
}

function recipient(to: Recipient): readonly string[] {
  switch (to.kind) {
    case "agency":
      return [to.kind, to.agency, to.contact];
    case "chat":
      return [to.kind, to.conversation];
    case "email":
      return [to.kind];
  }
}
