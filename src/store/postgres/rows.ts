import { z } from "zod";
import { type Complaint, isClosed } from "../../complaints/complaint.ts";
import { Entry, type Opened } from "../entry.ts";
import type { OwnerKey, Sealer } from "../seal.ts";
import { dossierLookup, openEntry } from "../seal-entry.ts";
import { apply, emptyState } from "../state.ts";
import { StoreError } from "../store.ts";
import type { Queryable, Row } from "./database.ts";

/** Entries as a `json` column, or an aggregate of them, gives them; null where there is none. */
export const EntryList = z
  .array(Entry)
  .nullable()
  .transform((entries) => entries ?? []);

/** Opens entries one after another with the keys among them and those known before. */
export function openAll(
  sealer: Sealer,
  entries: readonly Entry[],
  keys = new Map<string, OwnerKey>(),
): readonly Opened[] {
  return entries.map((entry) => {
    const opened = openEntry(sealer, keys, entry);
    if (opened.kind === "key") keys.set(opened.owner, opened.key);
    return opened;
  });
}

/** What `COMPLAINTS` selects. */
const ComplaintRow = z.object({ id: z.string(), key: Entry, events: EntryList });

/** A complaint with all that it is folded from, from `complaints c`; add what selects and orders them. */
export const COMPLAINTS = `
  select c.id,
    (select k.entry from keys k where k.owner = 'complaint:' || c.id) as key,
    (select json_agg(e.entry order by e.revision) from events e
      where e.complaint = c.id and e.revision >= c.base) as events
  from complaints c`;

/** All that such a row tells. @throws StoreError when it is damaged, naming the complaint */
export function openRow(sealer: Sealer, row: Row): readonly Opened[] {
  return readRow(row, () => {
    const { key, events } = ComplaintRow.parse(row);
    return openAll(sealer, [key, ...events]);
  });
}

/** @throws StoreError when the row is damaged, naming the complaint */
export function complaintOf(sealer: Sealer, row: Row): Complaint {
  const id = String(row["id"]);
  const state = emptyState<Complaint>();
  const facts = openRow(sealer, row);
  readRow(row, () => {
    for (const fact of facts) apply(state, fact);
  });
  const complaint = state.complaints.get(id);
  if (!complaint) throw new StoreError(`complaint ${id} has no events; ${DAMAGED}`);
  return complaint;
}

const DAMAGED = "find the damage with motcua verify, or restore a backup (motcua restore FILE)";

/** Reads a row of one complaint, with its `id`. @throws StoreError when it is damaged, naming the complaint */
export function readRow<T>(row: Row, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const why =
      cause instanceof Error && !(cause instanceof z.ZodError) ? cause.message : "it is of another form";
    throw new StoreError(`complaint ${String(row["id"])} cannot be read: ${why}; ${DAMAGED}`, { cause });
  }
}

/** The keys of these owners. */
export async function readKeys(
  db: Queryable,
  sealer: Sealer,
  owners: Iterable<string>,
): Promise<Map<string, OwnerKey>> {
  const keys = new Map<string, OwnerKey>();
  openAll(sealer, await keyEntries(db, owners), keys);
  return keys;
}

export async function keyEntries(db: Queryable, owners: Iterable<string>): Promise<Entry[]> {
  const rows = await db.query("select entry from keys where owner = any($1)", [[...new Set(owners)]]);
  return rows.map(({ entry }) => Entry.parse(entry));
}

/** Columns of `complaints` that follow from the complaint. */
export type Listed = {
  readonly code: string;
  readonly conversation: string;
  readonly dossier: string | null;
  readonly revision: number;
  /** Events of an erased complaint before the one that remains. */
  readonly base: number;
  readonly open: boolean;
  readonly holders: readonly string[];
  readonly answer_due: string;
};

/** What a complaint is found and listed by. */
export function listed(complaint: Complaint, sealer: Sealer): Listed {
  const { trackingCode, conversation, filing, revision, events, status, holders, answerDue } = complaint;
  return {
    code: sealer.lookup("code", trackingCode),
    conversation: sealer.lookup("conversation", conversation),
    dossier: filing.dossierCode ? dossierLookup(sealer, filing.dossierCode) : null,
    revision,
    base: revision - events.length,
    open: !isClosed(status),
    holders: holders.map((agency) => sealer.lookup("agency", agency)),
    answer_due: answerDue,
  };
}
