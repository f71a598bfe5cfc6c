import { z } from "zod";
import type { Complaint } from "../../complaints/complaint.ts";
import { Entry } from "../entry.ts";
import type { Sealer } from "../seal.ts";
import { conversationOwner, ownerOf, STORE_OWNER } from "../seal-entry.ts";
import { apply, emptyState, type State } from "../state.ts";
import { type Change, StoreError, WrongKey } from "../store.ts";
import { touchedBy } from "../touched.ts";
import { Head, type Heads, shardOf } from "./chain.ts";
import type { Remembered } from "./complaints.ts";
import type { Queryable } from "./database.ts";
import { EntryList, keyEntries, openAll } from "./rows.ts";

/** What of the stored state a decision looks at: by these it is read, and nothing else of it. */
export type Needed = {
  readonly complaints: readonly string[];
  readonly codes: readonly string[];
  readonly owners: readonly string[];
  readonly messages: readonly string[];
  readonly mailboxes: readonly string[];
  readonly deliveries: readonly string[];
  /** Conversations whose own deliveries are looked at, too. */
  readonly chats: readonly string[];
  readonly links: readonly string[];
  readonly senders: readonly string[];
  /** Chains that events are to be added to: they stay locked until the transaction is over. */
  readonly shards: readonly number[];
};

/** Everything is by lookup, but complaints by id and link codes by hash. */
export function neededBy(change: Change, sealer: Sealer): Needed {
  const { complaints = [], posts = [], erase } = change;
  const touched = touchedBy(change);
  const lookup = (name: string): string => sealer.lookup("conversation", name);
  return {
    complaints: complaints.map(({ id }) => id),
    shards: complaints.flatMap(({ id, events }) => (events.length > 0 ? shardOf(id) : [])),
    codes: touched.codes.map((code) => sealer.lookup("code", code)),
    owners: [
      STORE_OWNER,
      ...touched.conversations.map((name) => conversationOwner(lookup(name))),
      ...touched.complaintOwners,
    ],
    messages: touched.messages.map((key) => sealer.lookup("message", key)),
    mailboxes: posts.map(({ conversation }) => lookup(conversation)),
    deliveries: touched.deliveries.map((id) => sealer.lookup("delivery", id)),
    chats: erase ? [lookup(erase.conversation)] : [],
    links: touched.links,
    senders: touched.senders.map((sender) => sealer.lookup("sender", sender)),
  };
}

/** What several decisions look at together. */
export function allOf(needed: readonly Needed[]): Needed {
  const distinct = <Value>(of: (one: Needed) => readonly Value[]): Value[] => [
    ...new Set(needed.flatMap(of)),
  ];
  return {
    complaints: distinct(({ complaints }) => complaints),
    codes: distinct(({ codes }) => codes),
    owners: distinct(({ owners }) => owners),
    messages: distinct(({ messages }) => messages),
    mailboxes: distinct(({ mailboxes }) => mailboxes),
    deliveries: distinct(({ deliveries }) => deliveries),
    chats: distinct(({ chats }) => chats),
    links: distinct(({ links }) => links),
    senders: distinct(({ senders }) => senders),
    shards: distinct(({ shards }) => shards),
  };
}

const LOAD = `
  with mine as materialized (
    select lookup, status, entry, failed from deliveries where lookup = any($6)
    union all
    select lookup, status, entry, failed from deliveries where chat = any($9) and lookup <> all($6)
  )
  select
    (select key_id from store) as key_id,
    -- The transaction that wrote this row: the one that filled the database, or changed its key.
    coalesce((select xmin::text from keys where owner = '${STORE_OWNER}'), '') as filling,
    (select json_agg(json_build_object('id', id, 'revision', revision)) from complaints where id = any($1))
      as heads,
    (select json_agg(json_build_array(code, id)) from complaints where code = any($2)) as codes,
    (select json_agg(entry) from keys where owner = any($3)) as keys,
    (select json_agg(entry) from handled where message = any($4)) as handled,
    (select json_agg(json_build_object('kind', 'mailbox', 'conversation', conversation, 'last', last))
      from mailboxes where conversation = any($5)) as mailboxes,
    (select json_agg(entry) from mine where status <> 'sent') as promised,
    (select json_agg(failed) from mine where failed is not null) as failed,
    (select json_agg(lookup) from mine where status = 'sent') as sent,
    (select json_agg(entry) from links where hash = any($7)) as links,
    (select json_agg(entry) from officials where sender = any($8)) as officials,
    -- Waited for: others need them as briefly as we do, and a group that left some out would fall apart into many.
    (select json_agg(row_to_json(c)) from (
      select shard, number, digest from chains where shard = any($10) order by shard for update
    ) c) as chains`;

const listOf = <T>(item: z.ZodType<T>) =>
  z
    .array(item)
    .nullable()
    .transform((items) => items ?? []);

const Loaded = z.object({
  key_id: z.string(),
  filling: z.string(),
  heads: listOf(z.object({ id: z.string(), revision: z.int() })),
  codes: listOf(z.tuple([z.string(), z.string()])),
  keys: EntryList,
  handled: EntryList,
  mailboxes: EntryList,
  promised: EntryList,
  failed: EntryList,
  sent: listOf(z.string()),
  links: EntryList,
  officials: EntryList,
  chains: listOf(Head),
});

const EVENTS = `
  select e.entry from events e join complaints c on c.id = e.complaint
  where e.complaint = any($1) and e.revision >= c.base order by e.complaint, e.revision`;

/**
 * The part of the state that `needed` names, as the other decisions in transactions before left it.
 * @throws StoreError when a row is damaged, WrongKey when the identity key was changed meanwhile
 */
export async function loadState(
  tx: Queryable,
  sealer: Sealer,
  needed: Needed,
  remembered: Remembered,
): Promise<{ readonly state: State<Complaint>; readonly heads: Heads; readonly filling: string }> {
  const { complaints, codes, owners, messages, mailboxes, deliveries, chats, links, senders, shards } =
    needed;
  const [row] = await tx.query(LOAD, [
    complaints,
    codes,
    owners,
    messages,
    mailboxes,
    deliveries,
    links,
    senders,
    chats,
    shards,
  ]);
  const loaded = Loaded.parse(row);
  // What is sealed now would be sealed for nobody.
  if (loaded.key_id !== sealer.keyId) throw new WrongKey("the database", loaded.key_id, sealer.keyId);
  const { promised, failed, officials, filling } = loaded;
  // A delivery of no case may be another conversation's.
  const have = new Set(loaded.keys.flatMap((entry) => (entry.kind === "key" ? [entry.owner] : [])));
  const more = promised.flatMap((entry) => ownerOf(entry) ?? []).filter((owner) => !have.has(owner));
  const keys = [...loaded.keys, ...(more.length > 0 ? await keyEntries(tx, more) : [])];
  const known = loaded.heads.flatMap(({ id, revision }) => remembered.get(id, revision, filling) ?? []);
  const unknown = loaded.heads.filter(({ id }) => !known.some((complaint) => complaint.id === id));
  const events =
    unknown.length === 0
      ? []
      : (await tx.query(EVENTS, [unknown.map(({ id }) => id)])).map(({ entry }) => Entry.parse(entry));

  const state = emptyState<Complaint>();
  const entries = [...keys, ...loaded.handled, ...loaded.mailboxes, ...loaded.links, ...officials, ...events];
  for (const fact of openAll(sealer, [...entries, ...promised, ...failed], state.keys)) apply(state, fact);
  for (const complaint of known) state.complaints.set(complaint.id, complaint);
  for (const lookup of loaded.sent) state.sent.add(lookup);
  for (const [code, id] of loaded.codes) state.idByCode.set(code, id);
  checkHeads(loaded.heads, state.complaints);
  return { state, filling, heads: new Map(loaded.chains.map((head) => [head.shard, head])) };
}

function checkHeads(
  heads: readonly { readonly id: string; readonly revision: number }[],
  complaints: ReadonlyMap<string, Complaint>,
): void {
  for (const { id, revision } of heads) {
    const found = complaints.get(id)?.revision ?? 0;
    if (found !== revision) {
      throw new StoreError(
        `complaint ${id} is at revision ${revision}, but has ${found} events; find the damage with motcua verify, or restore a backup (motcua restore FILE)`,
      );
    }
  }
}
