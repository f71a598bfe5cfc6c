import type { Entry } from "../entry.ts";
import type { Sealer } from "../seal.ts";
import { ownerOf } from "../seal-entry.ts";
import { apply } from "../state.ts";
import { shardOf } from "./chain.ts";
import type { Queryable } from "./database.ts";
import { loadState } from "./load.ts";
import { openAll } from "./rows.ts";
import { writeEntries } from "./write.ts";

/** Entries written together. */
const BATCH = 1_000;

const TABLES = [
  "keys",
  "complaints",
  "events",
  "identities",
  "sessions",
  "handled",
  "mailboxes",
  "posts",
  "deliveries",
  "links",
  "officials",
  "unanswered",
] as const;

/** Takes everything away. */
export async function empty(tx: Queryable): Promise<void> {
  await tx.query(`truncate ${TABLES.join(", ")} restart identity`);
  await tx.query("update chains set number = 0, digest = ''");
}

/** Adds entries that were sealed elsewhere with the same identity key. */
export async function fill(tx: Queryable, sealer: Sealer, entries: AsyncIterable<Entry>): Promise<void> {
  let batch: Entry[] = [];
  for await (const entry of entries) {
    batch.push(entry);
    if (batch.length < BATCH) continue;
    await add(tx, sealer, batch);
    batch = [];
  }
  await add(tx, sealer, batch);
}

/** Opening and folding all of it is the check that it can be read. */
async function add(tx: Queryable, sealer: Sealer, batch: readonly Entry[]): Promise<void> {
  const complaints = new Set(batch.flatMap((entry) => (entry.kind === "events" ? entry.complaint : [])));
  const { state, heads } = await loadState(
    tx,
    sealer,
    {
      complaints: [...complaints],
      shards: Array.from(complaints, shardOf),
      owners: [...new Set(batch.flatMap((entry) => ownerOf(entry) ?? []))],
      deliveries: batch.flatMap((entry) => (entry.kind === "failed" ? entry.delivery : [])),
      codes: [],
      messages: [],
      mailboxes: [],
      chats: [],
      links: [],
      senders: [],
    },
    { get: () => undefined, put: () => undefined },
  );
  for (const fact of openAll(sealer, batch, state.keys)) apply(state, fact);
  await writeEntries(tx, sealer, batch, state, heads);
}
