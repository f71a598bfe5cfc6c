import { createHash } from "node:crypto";
import { z } from "zod";
import type { Entry } from "../entry.ts";
import type { Sealer } from "../seal.ts";
import { StoreError } from "../store.ts";

/**
 * Chains that all events hang on, as many as the schema makes. A complaint's are on one chain, in order; several chains
 * let acts on different complaints be stored side by side.
 */
const SHARDS = 64;

export function shardOf(complaint: string): number {
  return (createHash("sha256").update(complaint).digest()[0] ?? 0) % SHARDS;
}

type Events = Extract<Entry, { kind: "events" }>;

export const Head = z.object({
  shard: z.int(),
  /** Links so far. */
  number: z.coerce.number().int(),
  digest: z.string(),
});
export type Head = z.infer<typeof Head>;

/** The digest that the next link carries: over its place, its content and all before it. */
export function nextLink(sealer: Sealer, head: Head, entry: Events): Head {
  const number = head.number + 1;
  const { complaint, revision, sealed } = entry;
  const record = JSON.stringify([head.shard, number, complaint, revision, sealed]);
  return { shard: head.shard, number, digest: sealer.link(head.digest, record) };
}

/** Where chains end, by shard. */
export type Heads = ReadonlyMap<number, Head>;

/** The links that events become, and where the chains end then. */
export function linksOf(
  sealer: Sealer,
  heads: Heads,
  events: readonly Events[],
): { readonly rows: readonly object[]; readonly heads: readonly Head[] } {
  const moved = new Map<number, Head>();
  const rows = events.map((entry) => {
    const { complaint, revision } = entry;
    const shard = shardOf(complaint);
    const head = moved.get(shard) ?? heads.get(shard);
    if (!head) throw new StoreError(`chain ${shard} has no head; restore a backup (motcua restore FILE)`);
    const link = nextLink(sealer, head, entry);
    moved.set(shard, link);
    return { ...link, complaint, revision, entry };
  });
  return { rows, heads: [...moved.values()] };
}
