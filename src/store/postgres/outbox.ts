import { z } from "zod";
import type { Complaint } from "../../complaints/complaint.ts";
import type { DeliveryState } from "../../messages/delivery.ts";
import { Entry } from "../entry.ts";
import type { Sealer } from "../seal.ts";
import { ownerOf } from "../seal-entry.ts";
import { apply, emptyState } from "../state.ts";
import type { Queryable } from "./database.ts";
import { openAll, readKeys } from "./rows.ts";

/** Who works on which delivery, over all processes. */
export type Leases = {
  /** Due deliveries, the longest due first, leased so that nobody else takes them meanwhile. */
  claim(now: Date, limit: number, leaseSeconds: number): Promise<readonly DeliveryState[]>;
  /** Gives back what this process holds. */
  giveUp(): Promise<void>;
  /** Deliveries that need a human, oldest first. */
  stuck(): Promise<readonly DeliveryState[]>;
  /** Undefined when none was promised. */
  statusOf(lookup: string): Promise<DeliveryState["status"] | undefined>;
};

// One recipient hears of one complaint in order; a dead message does not hold up those after it.
const CLAIM = `
  with due as (
    select d.lookup from deliveries d
    where d.status <> 'sent' and d.next_at <= $1 and (d.leased_until is null or d.leased_until <= $1)
      and not exists (
        select from deliveries e where e.lane = d.lane and e.status = 'waiting' and e.seq < d.seq
          -- What is to be said later holds up nothing until then.
          and (e.next_at <= $1 or e.failed is not null)
      )
    order by d.next_at, d.seq
    limit $2
    for update skip locked
  ), taken as (
    update deliveries d set leased_until = $3, leased_by = $4 from due where d.lookup = due.lookup
    returning d.next_at, d.seq, d.entry, d.failed
  )
  select entry, failed from taken order by next_at, seq`;

const Status = z.enum(["waiting", "sent", "dead"]);
const DeliveryRow = z.object({ entry: Entry, failed: Entry.nullable() });

/** @param worker a name that no other process has */
export function createLeases(db: Queryable, sealer: Sealer, worker: string): Leases {
  const statesOf = async (rows: readonly unknown[]): Promise<DeliveryState[]> => {
    const entries = rows.flatMap((row) => {
      const { entry, failed } = DeliveryRow.parse(row);
      return failed ? [entry, failed] : [entry];
    });
    const keys = await readKeys(
      db,
      sealer,
      entries.flatMap((entry) => ownerOf(entry) ?? []),
    );
    const state = emptyState<Complaint>();
    for (const fact of openAll(sealer, entries, keys)) apply(state, fact);
    return [...state.deliveries.values()];
  };

  return {
    claim: async (now, limit, leaseSeconds) => {
      const until = new Date(now.getTime() + leaseSeconds * 1000).toISOString();
      const rows = await db.query(CLAIM, [now.toISOString(), Math.max(0, limit), until, worker]);
      return rows.length === 0 ? [] : statesOf(rows);
    },
    giveUp: async () => {
      await db.query("update deliveries set leased_until = null, leased_by = null where leased_by = $1", [
        worker,
      ]);
    },
    stuck: async () =>
      statesOf(
        await db.query("select entry, failed from deliveries where status = 'dead' order by created_at, seq"),
      ),
    statusOf: async (lookup) => {
      const [row] = await db.query("select status from deliveries where lookup = $1", [lookup]);
      return row && Status.parse(row["status"]);
    },
  };
}
