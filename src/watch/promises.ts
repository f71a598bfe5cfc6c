import type { Complaint } from "../complaints/complaint.ts";
import { dayInVietnam } from "../knowledge/calendar.ts";
import type { Log } from "../log.ts";
import type { DeliveryState } from "../messages/delivery.ts";
import { isLost, type Promised, promisedIn } from "../officials/reconcile.ts";
import type { Store } from "../store/store.ts";
import { slowly } from "./rounds.ts";

/** A notice that an agency was promised, that never arrived, and that nobody will send any more. */
export type LostNotice = Pick<Promised, "at" | "day" | "agency"> & { readonly complaint: Complaint };

/** How many were lost of those promised to one agency on one ISO day, and the ISO instant of the first of these. */
export type LostCount = Pick<Promised, "day" | "agency"> & {
  readonly count: number;
  readonly oldestAt: string;
};

/** The daily reconciliation: what the events of cases promise, against what the outbox knows. */
export type Reconciliation = {
  /** Goes through the cases once a day, however often it is called. */
  go(): Promise<void>;
  /** What was lost when it last went, the latest day first. */
  lost(): readonly LostCount[];
};

type PromisesStore = Pick<Store, "complaint" | "deliveryStatus" | "filedSince">;

export type ReconciliationParts = {
  readonly store: PromisesStore;
  readonly clock: () => Date;
  readonly log: Log;
};

const DAY_MS = 86_400_000;
/** Cases filed before are not looked at any more: their clocks have told those above by now. */
const DAYS = 7;

export function createReconciliation({ store, clock, log }: ReconciliationParts): Reconciliation {
  let last: string | undefined;
  let found: readonly LostCount[] = [];
  return {
    go: async () => {
      const today = dayInVietnam(clock());
      if (today === last) return;
      const counts = new Map<string, LostCount>();
      for await (const { complaint, at, day, agency } of lostNotices(store, clock())) {
        log("error", "promise lost", { complaint: complaint.id, agency });
        const key = JSON.stringify([day, agency]);
        const { count = 0, oldestAt = at } = counts.get(key) ?? {};
        counts.set(key, { day, agency, count: count + 1, oldestAt: at < oldestAt ? at : oldestAt });
      }
      found = [...counts.values()].toSorted(
        (one, other) => other.day.localeCompare(one.day) || one.agency.localeCompare(other.agency),
      );
      last = today;
    },
    lost: () => found,
  };
}

/** The lost notices of the cases filed in the last days, case by case. Those of the last 24 hours may be on their way. */
export async function* lostNotices(store: PromisesStore, now: Date): AsyncGenerator<LostNotice> {
  const since = new Date(now.getTime() - DAYS * DAY_MS);
  for await (const complaint of slowly(store.filedSince(since, () => false))) {
    const known = await knownOf(complaint, store, now);
    if (!promisedIn(complaint).some((promised) => isMissed(promised, known))) continue;
    // What arrived, or was taken back, before the outbox was asked is told by the case as it stands now.
    const after = await store.complaint(complaint.id);
    if (!after) continue;
    for (const promised of promisedIn(after)) {
      const { at, day, agency } = promised;
      if (isMissed(promised, known)) yield { complaint: after, at, day, agency };
    }
  }
}

/** What the outbox knows of the notices of a case that are overdue, by agency. */
type Known = ReadonlyMap<string, readonly DeliveryState["status"][]>;

async function knownOf(complaint: Complaint, store: PromisesStore, now: Date): Promise<Known> {
  const known = new Map<string, readonly DeliveryState["status"][]>();
  for (const { agency, at, became, ids } of promisedIn(complaint)) {
    if (became === "delivered" || now.getTime() - Date.parse(at) < DAY_MS) continue;
    const statuses = await Promise.all(ids.map((id) => store.deliveryStatus(id)));
    known.set(
      agency,
      statuses.filter((status) => status !== undefined),
    );
  }
  return known;
}

function isMissed(promised: Promised, known: Known): boolean {
  const statuses = known.get(promised.agency);
  return promised.became !== "delivered" && statuses !== undefined && isLost(promised, statuses);
}
