import { Client } from "pg";
import { z } from "zod";
import { Entry } from "../entry.ts";
import { rewrapped, rootEntries } from "../rotate.ts";
import { createSealer, ROOTS, type Sealer } from "../seal.ts";
import { rootOwner } from "../seal-entry.ts";
import { NotSaved, StoreError } from "../store.ts";
import { counted, createCounter, isSame, tallyOf } from "../tally.ts";
import type { Whole } from "../whole.ts";
import { CONNECTION, openDatabase, type Queryable } from "./database.ts";
import { pagesOf, readEntries } from "./entries.ts";
import { problemName } from "./errors.ts";
import { empty, fill } from "./fill.ts";
import { IN_USE, lockKey } from "./locks.ts";
import { prepare } from "./migrate.ts";
import { verifyDatabase } from "./verify.ts";
import { PUT_KEYS } from "./write.ts";

/**
 * A PostgreSQL database as one thing. Running programs go on while it is read.
 * @throws StoreError when it cannot be reached, or was sealed with another key or made by a newer program
 */
export async function wholePostgres(url: string, key: Uint8Array): Promise<Whole> {
  const sealer = createSealer(key);
  const db = openDatabase(url, () => undefined);
  try {
    await prepare(db, sealer);
  } catch (error) {
    await db.close();
    throw error instanceof NotSaved ? unreachable(error) : error;
  }
  return {
    keyId: sealer.keyId,
    entries: async function* () {
      // The transaction stays open as long as the entries are read.
      const reading = await db.snapshot();
      try {
        yield* readEntries(reading.tx);
      } finally {
        await reading.end();
      }
    },
    alone: async (act) => {
      const client = new Client({ connectionString: url, application_name: "motcua alone", ...CONNECTION });
      client.on("error", () => undefined);
      try {
        await client.connect();
        const { rows } = await client.query<{ free: boolean }>("select pg_try_advisory_lock($1) as free", [
          lockKey(IN_USE),
        ]);
        if (rows[0]?.free !== true) {
          throw new StoreError("the database is in use by a running program; stop all of them first");
        }
        return await act();
      } finally {
        await client.end();
      }
    },
    holdsData: async () => {
      const [row] = await db.query(`
        select exists (select from complaints) or exists (select from handled) or exists (select from sessions)
          or exists (select from officials) or exists (select from links) or exists (select from unanswered)
          or exists (select from deliveries) or exists (select from mailboxes) as held`);
      return row?.["held"] === true;
    },
    fill: (entries) =>
      db.slowTransaction(["fill"], async (tx) => {
        const counter = createCounter();
        await empty(tx);
        // Of its own: the secrets of what stood here before must not be taken for those of what comes.
        await fill(tx, createSealer(key), counted(entries(), counter));
        const tally = counter.tally();
        if (!isSame(tally, await tallyOf(readEntries(tx)))) {
          throw new StoreError("the database does not hold what was written; nothing was changed");
        }
        return tally;
      }),
    rewrap: (next) =>
      db.slowTransaction(["fill"], async (tx) => {
        const to = createSealer(next);
        const roots = rootEntries(sealer, to);
        const keys = await rewrapKeys(tx, sealer, to);
        await putKeys(tx, roots);
        await tx.query("update store set key_id = $1", [to.keyId]);
        return keys;
      }),
    // The transaction left nothing.
    dropOldKey: () => Promise.resolve(),
    verify: async (check) => {
      const reading = await db.snapshot();
      try {
        return await verifyDatabase(reading.tx, sealer, check);
      } finally {
        await reading.end();
      }
    },
    close: db.close,
  };
}

const OwnedKey = z.object({ owner: z.string(), entry: Entry });

/** Wraps every data key anew. */
async function rewrapKeys(tx: Queryable, from: Sealer, to: Sealer): Promise<number> {
  const roots = new Set<string>(ROOTS.map(rootOwner));
  let count = 0;
  for await (const rows of pagesOf(tx, "select owner, entry from keys order by owner")) {
    const entries = rows.flatMap((row) => {
      const { owner, entry } = OwnedKey.parse(row);
      if (entry.kind !== "key" || roots.has(owner)) return [];
      return rewrapped(owner, from.ownerKey(owner, { kek: entry.kek, key: entry.key }), to);
    });
    await putKeys(tx, entries);
    count += entries.length;
  }
  return count;
}

async function putKeys(tx: Queryable, entries: readonly Extract<Entry, { kind: "key" }>[]): Promise<void> {
  const rows = entries.map((entry) => ({ owner: entry.owner, entry }));
  await tx.query(PUT_KEYS, [JSON.stringify(rows)]);
}

function unreachable(error: NotSaved): StoreError {
  return new StoreError(
    `the database cannot be reached (${problemName(error)}); check its address and that the server runs`,
    { cause: error },
  );
}
