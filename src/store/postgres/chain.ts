import { createHash } from "node:crypto";
import { z } from "zod";
import type { Entry } from "../entry.ts";
import type { Sealer } from "../seal.ts";
import type { Queryable } from "./database.ts";

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
  number: z.string().transform(Number),
  digest: z.string(),
});
export type Head = z.infer<typeof Head>;

/** The digest that the next link carries: over its place, its content and all before it. */
export function nextLink(
  sealer: Sealer,
  head: { readonly shard: number; readonly number: number; readonly digest: string },
  entry: Events,
): { readonly shard: number; readonly number: number; readonly digest: string } {
  const number = head.number + 1;
  const { complaint, revision, sealed } = entry;
  const record = JSON.stringify([head.shard, number, complaint, revision, sealed]);
  return { shard: head.shard, number, digest: sealer.link(head.digest, record) };
}

/** Adds events to their chains, which stay locked until the transaction is over. */
export async function appendEvents(tx: Queryable, sealer: Sealer, events: readonly Events[]): Promise<void> {
  if (events.length === 0) return;
  const shards = [...new Set(events.map(({ complaint }) => shardOf(complaint)))];
  const found = await tx.query(
    "select shard, number::text, digest from chains where shard = any($1) order by shard for update",
    [shards],
  );
  const heads = new Map(found.map((row) => Head.parse(row)).map((head) => [head.shard, head]));
  const rows = events.map((entry) => {
    const shard = shardOf(entry.complaint);
    const link = nextLink(sealer, heads.get(shard) ?? { shard, number: 0, digest: "" }, entry);
    heads.set(shard, link);
    return { ...link, complaint: entry.complaint, revision: entry.revision, entry };
  });
  await tx.query(PUT_EVENTS, [JSON.stringify(rows)]);
  await tx.query(MOVE_HEADS, [JSON.stringify([...heads.values()])]);
}

const PUT_EVENTS = `
  insert into events (shard, number, complaint, revision, entry, digest)
  select shard, number, complaint, revision, entry, digest
  from json_to_recordset($1) as x(
    shard int, number bigint, complaint text, revision int, entry json, digest text
  )`;
const MOVE_HEADS = `
  update chains c set number = x.number, digest = x.digest
  from json_to_recordset($1) as x(shard int, number bigint, digest text)
  where c.shard = x.shard`;
