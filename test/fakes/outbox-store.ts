import { applyEvent, type Complaint } from "../../src/complaints/complaint.ts";
import type { Identity } from "../../src/complaints/person.ts";
import type { Delivery, DeliveryState } from "../../src/messages/delivery.ts";
import { type Change, Conflict, type Store } from "../../src/store/store.ts";

/** The part of the store that the outbox uses, in memory; it throws where the outbox breaks the port's rules. */
export type OutboxStore = Pick<Store, "claim" | "settle" | "complaint" | "identity"> & {
  /** Who filed complaints, by complaint; a delivery may open it. */
  readonly identities: Map<string, Identity>;
  /** Files a complaint; `mailed`: its person left an e-mail address. */
  file(id: string, mailed?: true): Complaint;
  promise(...deliveries: readonly Delivery[]): void;
  state(delivery: string): DeliveryState;
  states(): readonly DeliveryState[];
  /** Called before each settle takes effect; a throw there is the store's failure. */
  beforeSettle: (delivery: string) => void;
  /** Called before each claim takes effect. */
  beforeClaim: () => void;
  /** An event that somebody else caused meanwhile. */
  moveOn(complaint: string): void;
  readonly claims: number;
};

export function createOutboxStore(clock: () => Date): OutboxStore {
  const complaints = new Map<string, Complaint>();
  const states = new Map<string, DeliveryState>();
  const leases = new Map<string, number>();
  let claims = 0;

  const complaintOf = (id: string): Complaint => {
    const complaint = complaints.get(id);
    if (!complaint) throw new Error(`no complaint ${id}`);
    return complaint;
  };
  const stateOf = (id: string): DeliveryState => {
    const state = states.get(id);
    if (!state) throw new Error(`no delivery ${id}`);
    return state;
  };
  const laneOf = ({ delivery }: DeliveryState): string =>
    JSON.stringify(delivery.complaint === undefined ? [delivery.id] : [delivery.complaint, delivery.to]);

  const add = (delivery: Delivery): void => {
    if (states.has(delivery.id)) throw new Error(`delivery ${delivery.id} is promised twice`);
    const at = clock().toISOString();
    states.set(
      delivery.id,
      structuredClone({
        delivery,
        status: "waiting",
        attempts: 0,
        nextAt: delivery.notBefore ?? at,
        createdAt: at,
      }),
    );
  };

  const apply = (change: Change): void => {
    const moved = (change.complaints ?? []).map(({ id, revision, events }) => {
      const complaint = complaintOf(id);
      if (complaint.revision !== revision) throw new Conflict(`${id} is at ${complaint.revision}`);
      return events.reduce((before, event) => applyEvent(id, before, event), complaint);
    });
    for (const complaint of moved) complaints.set(complaint.id, complaint);
    for (const delivery of change.deliveries ?? []) add(delivery);
  };

  /** In order of promise: whatever comes behind an earlier one that still waits must wait, too. */
  const firstInLane = (): DeliveryState[] => {
    const taken = new Set<string>();
    return [...states.values()].filter((state) => {
      if (state.status === "sent") return false;
      const free = !taken.has(laneOf(state));
      if (state.status === "waiting") taken.add(laneOf(state));
      return free;
    });
  };

  const identities = new Map<string, Identity>();
  const store: OutboxStore = {
    identities,
    identity: async (complaint) => identities.get(complaint),
    beforeSettle: () => undefined,
    beforeClaim: () => undefined,
    get claims() {
      return claims;
    },
    file: (id, mailed) => {
      const complaint = applyEvent(id, undefined, {
        type: "filed",
        at: clock().toISOString(),
        trackingCode: `MC-${id}`,
        conversation: "telegram:7",
        language: "vi",
        filing: { kind: "late", text: "Hồ sơ trễ hẹn." },
        route: { to: ["so-noi-vu"], copy: [], why: [] },
        answerDue: "2026-12-01",
        ...(mailed && { mailed }),
      });
      complaints.set(id, complaint);
      return complaint;
    },
    promise: (...deliveries) => deliveries.forEach(add),
    state: stateOf,
    states: () => [...states.values()],
    moveOn: (id) => {
      const event = { type: "informed", at: clock().toISOString(), text: "…" } as const;
      complaints.set(id, applyEvent(id, complaintOf(id), event));
    },
    complaint: async (id) => complaints.get(id),

    claim: async (now, limit, leaseSeconds) => {
      claims += 1;
      store.beforeClaim();
      const due = firstInLane()
        .filter(({ nextAt }) => nextAt !== undefined && Date.parse(nextAt) <= now.getTime())
        .filter(({ delivery }) => (leases.get(delivery.id) ?? 0) <= now.getTime())
        .sort((a, b) => (a.nextAt ?? "").localeCompare(b.nextAt ?? ""))
        .slice(0, limit);
      for (const { delivery } of due) leases.set(delivery.id, now.getTime() + leaseSeconds * 1000);
      return structuredClone(due);
    },

    settle: async (id, at, result, change) => {
      store.beforeSettle(id);
      const { delivery, createdAt, attempts, status } = stateOf(id);
      if (!leases.has(id)) throw new Error(`${id} is settled without a claim, or twice`);
      if (result.kind === "failed") {
        if (!result.dead && !result.nextAt) throw new Error(`${id} would neither be tried again nor be dead`);
        if (result.nextAt && Date.parse(result.nextAt) <= at.getTime())
          throw new Error(`${id} would be tried at once`);
        if (status === "dead" && !result.dead) throw new Error(`${id} came back from the dead`);
      }
      if (change) apply(change);
      leases.delete(id);
      const made = { delivery, createdAt, attempts: attempts + 1 };
      states.set(
        id,
        result.kind === "sent"
          ? { ...made, status: "sent" }
          : {
              ...made,
              status: result.dead ? "dead" : "waiting",
              problem: result.problem,
              ...(result.nextAt && { nextAt: result.nextAt }),
              ...(result.tried && { tried: result.tried }),
            },
      );
    },
  };
  return store;
}
