import { z } from "zod";
import type { Complaint } from "../../complaints/complaint.ts";
import { Entry } from "../entry.ts";
import type { OwnerKey, Sealer } from "../seal.ts";
import { openEntry, openIdentity, openPost, openReplies, openSession, ownerOf } from "../seal-entry.ts";
import { apply, emptyState } from "../state.ts";
import { type CheckComplaint, identityFaults, type Verified } from "../whole.ts";
import { Head, nextLink } from "./chain.ts";
import type { Queryable } from "./database.ts";
import { pagesOf } from "./entries.ts";
import { listed, readKeys } from "./rows.ts";

/** Faults told at most; after so many the remedy is the same. */
const MOST = 20;

/** Reads everything as of one moment; only in a transaction that reads. */
export async function verifyDatabase(
  tx: Queryable,
  sealer: Sealer,
  check: CheckComplaint = () => [],
): Promise<Verified> {
  const faults: string[] = [];
  const fault = (sentence: string): void => {
    if (faults.length < MOST) faults.push(sentence);
  };
  await checkChains(tx, sealer, fault);
  const { complaints, events } = await checkComplaints(tx, sealer, check, fault);
  const deliveries = await checkRest(tx, sealer, fault);
  return { complaints, events, deliveries, faults };
}

type Fault = (sentence: string) => void;

const Link = z.object({
  shard: z.int(),
  number: z.string().transform(Number),
  complaint: z.string(),
  revision: z.int(),
  digest: z.string(),
  entry: z.unknown(),
});

/** Each link must follow on the one before, up to the head: nothing changed, removed, added or moved. */
async function checkChains(tx: Queryable, sealer: Sealer, fault: Fault): Promise<void> {
  const heads = new Map(
    (await tx.query("select shard, number::text, digest from chains")).map((row) => {
      const head = Head.parse(row);
      return [head.shard, head];
    }),
  );
  const reached = new Map<number, Head>();
  const text =
    "select e.shard, e.number::text, e.complaint, e.revision, e.digest, e.entry from events e order by e.shard, e.number";
  for await (const rows of pagesOf(tx, text)) {
    for (const row of rows) {
      const link = Link.parse(row);
      const before = reached.get(link.shard) ?? { shard: link.shard, number: 0, digest: "" };
      if (link.number !== before.number + 1) {
        fault(`chain ${link.shard}: ${describeGap(before.number + 1, link.number)}`);
      }
      const entry = Entry.safeParse(link.entry).data;
      const isEvents = entry?.kind === "events" && entry.complaint === link.complaint;
      const next =
        isEvents && entry.revision === link.revision
          ? nextLink(sealer, { ...before, number: link.number - 1 }, entry)
          : undefined;
      // Behind a gap the digest cannot fit; the gap was told.
      if (next?.digest !== link.digest && link.number === before.number + 1) {
        fault(`chain ${link.shard}: event ${link.number}, of complaint ${link.complaint}, was changed`);
      }
      reached.set(link.shard, { shard: link.shard, number: link.number, digest: link.digest });
    }
  }
  for (const { shard, number, digest } of heads.values()) {
    const end = reached.get(shard) ?? { number: 0, digest: "" };
    if (end.number < number) fault(`chain ${shard}: ${describeGap(end.number + 1, number + 1)}`);
    else if (end.number !== number || end.digest !== digest) fault(`chain ${shard}: its head was changed`);
  }
  for (const shard of reached.keys()) if (!heads.has(shard)) fault(`chain ${shard}: its head is missing`);
}

function describeGap(from: number, next: number): string {
  return next - from === 1 ? `event ${from} is missing` : `events ${from} to ${next - 1} are missing`;
}

const ComplaintRow = z.object({
  id: z.string(),
  code: z.string(),
  conversation: z.string(),
  dossier: z.string().nullable(),
  revision: z.int(),
  base: z.int(),
  open: z.boolean(),
  holders: z.array(z.string()),
  answer_due: z.string(),
  key: Entry.nullable(),
  events: z.array(Entry).nullable(),
  identities: z.array(z.int()).nullable(),
});

const COMPLAINTS = `
  select c.id, c.code, c.conversation, c.dossier, c.revision, c.base, c.open, c.holders, c.answer_due, k.entry as key,
    (select json_agg(e.entry order by e.revision) from events e
      where e.complaint = c.id and e.revision >= c.base) as events,
    (select json_agg(i.event) from identities i
      where i.complaint = c.id and i.entry->>'complaint' = c.id and (i.entry->>'event')::int = i.event) as identities
  from complaints c left join keys k on k.owner = 'complaint:' || c.id
  order by c.seq`;

/** Each complaint must fold, to what it is found and listed by. */
async function checkComplaints(
  tx: Queryable,
  sealer: Sealer,
  check: CheckComplaint,
  fault: Fault,
): Promise<{ complaints: number; events: number }> {
  let complaints = 0;
  let events = 0;
  for await (const rows of pagesOf(tx, COMPLAINTS)) {
    for (const row of rows) {
      complaints += 1;
      attempt(fault, `complaint ${String(row["id"])}`, () => {
        const { complaint, identities } = checkComplaint(sealer, ComplaintRow.parse(row));
        events += complaint.revision;
        for (const wrong of [...identityFaults(complaint, identities), ...check(complaint)])
          fault(`complaint ${complaint.id}: ${wrong}`);
      });
    }
  }
  const [strays] = await tx.query(
    "select count(distinct complaint)::int as count from events e where not exists (select from complaints c where c.id = e.complaint)",
  );
  const count = z.object({ count: z.int() }).parse(strays).count;
  if (count > 0) fault(`${count} complaints have events, but are missing in the list of complaints`);
  return { complaints, events };
}

/** Gives the complaint as it is folded, and the numbers of the events with which who filed it is kept. */
function checkComplaint(
  sealer: Sealer,
  row: z.infer<typeof ComplaintRow>,
): { readonly complaint: Complaint; readonly identities: readonly number[] } {
  const state = emptyState<Complaint>();
  const identities = new Set(row.identities);
  for (const entry of [...(row.key ? [row.key] : []), ...(row.events ?? [])]) {
    const fact = openEntry(sealer, state.keys, entry);
    apply(state, fact);
    if (fact.kind === "events") for (const { event } of fact.told ?? []) identities.add(event);
  }
  const complaint = state.complaints.get(row.id);
  if (!complaint) throw new Error("it has no events");
  const expected = listed(complaint, sealer);
  const wrong = Object.entries(expected).filter(
    ([name, value]) =>
      JSON.stringify(Object.entries(row).find(([key]) => key === name)?.[1]) !== JSON.stringify(value),
  );
  if (wrong.length > 0) {
    throw new Error(
      `its ${wrong.map(([name]) => name).join(", ")} in the list does not follow from its events`,
    );
  }
  return { complaint, identities: [...identities] };
}

const REST = [
  "select entry from identities",
  "select entry from sessions",
  "select entry from handled",
  "select entry from posts",
  "select entry from deliveries where entry is not null",
  "select failed as entry from deliveries where failed is not null",
  "select entry from officials",
  "select entry from unanswered",
];

/** All else must open. */
async function checkRest(tx: Queryable, sealer: Sealer, fault: Fault): Promise<number> {
  for (const text of REST) {
    for await (const rows of pagesOf(tx, text)) {
      const entries = rows.flatMap(({ entry }) => {
        const parsed = Entry.safeParse(entry).data;
        if (!parsed) fault("an entry is not of the form that this program reads");
        return parsed ?? [];
      });
      const keys = await readKeys(
        tx,
        sealer,
        entries.flatMap((entry) => ownerOf(entry) ?? []),
      );
      for (const entry of entries)
        attempt(fault, `an entry (${entry.kind})`, () => open(sealer, keys, entry));
    }
  }
  const [row] = await tx.query("select count(*)::int as count from deliveries");
  return z.object({ count: z.int() }).parse(row).count;
}

function open(sealer: Sealer, keys: ReadonlyMap<string, OwnerKey>, entry: Entry): void {
  if (entry.kind === "identity") openIdentity(keys, entry.complaint, entry.event, entry.sealed);
  else if (entry.kind === "session") openSession(keys, entry.conversation, entry.sealed);
  else if (entry.kind === "post") openPost(keys, entry.conversation, entry.number, entry.sealed);
  else if (entry.kind !== "handled") openEntry(sealer, keys, entry);
  else if (entry.sealed !== undefined) openReplies(keys, entry.conversation, entry.message, entry.sealed);
}

function attempt(fault: Fault, what: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    fault(`${what}: ${error instanceof z.ZodError ? "it is of another form" : error.message}`);
  }
}
