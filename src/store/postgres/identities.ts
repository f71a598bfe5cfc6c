import { z } from "zod";
import type { Identity } from "../../complaints/person.ts";
import { Entry, type Told } from "../entry.ts";
import type { OwnerKey, Sealer } from "../seal.ts";
import { openIdentity, togetherOf } from "../seal-entry.ts";
import type { Queryable } from "./database.ts";
import { COMPLAINTS, openAll, openRow, readRow } from "./rows.ts";

// Each with its keys in one statement: an erasure takes both or none.
const APART = `
  select
    $1::text as id,
    (select entry from keys where owner = 'identity:' || $1::text) as key,
    (select json_agg(json_build_array(event, entry) order by event) from identities
      where complaint = $1 and event <= $2) as told`;
const Apart = z.object({ key: Entry.nullable(), told: z.array(z.tuple([z.int(), Entry])).nullable() });

/** Who filed a complaint, as the store tells it. */
export async function readIdentity(
  db: Queryable,
  sealer: Sealer,
  complaint: string,
  toldBy: number,
): Promise<Identity | undefined> {
  const [row = {}] = await db.query(APART, [complaint, toldBy]);
  const apart = readRow(row, () => {
    const { key, told } = Apart.parse(row);
    const keys = new Map<string, OwnerKey>();
    if (key) openAll(sealer, [key], keys);
    // By the place where it lies, whatever it says of itself.
    return (told ?? []).flatMap(([event, entry]) =>
      entry.kind === "identity" ? openIdentity(keys, complaint, event, entry.sealed) : [],
    );
  });
  // What was filed with an earlier program tells it in its events.
  const isOld = !apart.some(({ event }) => event === 0);
  const together = isOld ? await toldInEvents(db, sealer, complaint) : [];
  return togetherOf([...together.filter(({ event }) => event <= toldBy), ...apart]);
}

async function toldInEvents(db: Queryable, sealer: Sealer, complaint: string): Promise<readonly Told[]> {
  const [row] = await db.query(`${COMPLAINTS} where c.id = $1`, [complaint]);
  const opened = row ? openRow(sealer, row) : [];
  return opened.flatMap((fact) => (fact.kind === "events" ? (fact.told ?? []) : []));
}
