import type { Complaint } from "../../complaints/complaint.ts";
import type { Entry } from "../entry.ts";
import { laneOf } from "../outbox.ts";
import type { Sealer } from "../seal.ts";
import { conversationOwner, ownersOf } from "../seal-entry.ts";
import { handledSince, POSTS_MOST, type State, UNANSWERED_MOST } from "../state.ts";
import { type Heads, linksOf } from "./chain.ts";
import type { Queryable } from "./database.ts";
import { listed } from "./rows.ts";

/** Statements that become one: each takes its rows, as JSON, as `$1`. None may touch a row that another touches. */
type Statements = { put(text: string, rows: readonly object[]): void };

/**
 * Writes entries, in the order they were decided, with what is found and listed by. One round trip for all of them:
 * a commit waits for the server's answers more than for anything else.
 * @param state what they were folded into
 * @param heads the locked heads of the chains that events are added to
 */
export async function writeEntries(
  tx: Queryable,
  sealer: Sealer,
  entries: readonly Entry[],
  state: State<Complaint>,
  heads: Heads,
): Promise<void> {
  const of = <Kind extends Entry["kind"]>(kind: Kind): Extract<Entry, { kind: Kind }>[] =>
    entries.filter((entry): entry is Extract<Entry, { kind: Kind }> => entry.kind === kind);
  const erased = of("erased").map(({ conversation }) => conversation);
  if (erased.length > 0) await erase(tx, erased);
  const forgotten = of("forgotten").map(({ complaint }) => complaint);
  if (forgotten.length > 0) await forget(tx, forgotten);
  const texts: string[] = [];
  const values: string[] = [];
  const all: Statements = {
    put: (text, rows) => {
      if (rows.length === 0) return;
      values.push(JSON.stringify(rows));
      texts.push(`w${values.length} as (${text.replaceAll("$1", `$${values.length}`)})`);
    },
  };
  putTalk(all, of("key"), of("session"), of("handled"));
  const events = of("events");
  all.put(PUT_COMPLAINTS, complaintRows(events, state, sealer));
  const links = linksOf(sealer, heads, events);
  all.put(PUT_EVENTS, links.rows);
  all.put(MOVE_HEADS, links.heads);
  all.put(
    PUT_IDENTITIES,
    of("identity").map((entry) => ({ complaint: entry.complaint, event: entry.event, entry })),
  );
  putDeliveries(all, sealer, of("delivery"), of("failed"), state);
  all.put(
    PUT_SENT,
    of("sent").flatMap(({ deliveries }) => deliveries.map((lookup) => ({ lookup }))),
  );
  putPosts(all, of("mailbox"), of("post"));
  const asked = of("unanswered");
  const verdicts = state.unanswered.slice(-asked.length);
  all.put(
    PUT_UNANSWERED,
    asked.map((entry, index) => ({ up: verdicts[index]?.verdict === "up", entry })),
  );
  all.put(
    PUT_LINKS,
    of("link").map((entry) => ({ hash: entry.hash, entry })),
  );
  const officials = of("official").map(({ code, ...entry }) => ({ code, entry }));
  const bound = new Set(officials.map(({ entry }) => entry.sender));
  const unbound = of("unbound").flatMap(({ senders }) => senders.filter((sender) => !bound.has(sender)));
  all.put(
    CUT_OFFICIALS,
    unbound.map((sender) => ({ sender })),
  );
  all.put(
    PUT_OFFICIALS,
    officials.map(({ entry }) => ({ sender: entry.sender, entry })),
  );
  all.put(
    BURN_LINKS,
    officials.flatMap(({ code }) => (code === undefined ? [] : { hash: code })),
  );
  if (texts.length > 0) await tx.query(`with ${texts.join(", ")} select`, values);
}

function putTalk(
  all: Statements,
  keys: readonly Extract<Entry, { kind: "key" }>[],
  sessions: readonly Extract<Entry, { kind: "session" }>[],
  handled: readonly Extract<Entry, { kind: "handled" }>[],
): void {
  all.put(
    PUT_KEYS,
    keys.map((entry) => ({ owner: entry.owner, entry })),
  );
  all.put(
    PUT_SESSIONS,
    sessions.map((entry) => ({ conversation: entry.conversation, entry })),
  );
  all.put(
    PUT_HANDLED,
    handled.map((entry) => {
      const { message, conversation, at } = entry;
      return { message, conversation, at, entry };
    }),
  );
}

/** Takes away what was remembered longer than it is needed. */
export async function prune(tx: Queryable, now: Date): Promise<void> {
  const before = handledSince(now).toISOString();
  await tx.query(
    "delete from handled where message in (select message from handled where at < $1 limit 10000)",
    [before],
  );
  for (const up of [true, false]) {
    await tx.query(
      `delete from unanswered where up = $1 and seq <= (
         select seq from unanswered where up = $1 order by seq desc offset $2 limit 1
       )`,
      [up, UNANSWERED_MOST],
    );
  }
  await pruneCommits(tx);
}

/** Who lost the answer to a commit asks within seconds. */
async function pruneCommits(tx: Queryable): Promise<void> {
  for (let gone = PRUNED_AT_ONCE; gone === PRUNED_AT_ONCE; ) {
    const [row] = await tx.query(
      `with gone as (
         delete from commits where mark in (
           select mark from commits where at < now() - interval '1 hour' limit ${PRUNED_AT_ONCE}
         ) returning 1
       ) select count(*)::int as count from gone`,
    );
    gone = Number(row?.["count"]);
  }
}

const PRUNED_AT_ONCE = 50_000;

export const PUT_KEYS = `
  insert into keys (owner, entry)
  select owner, entry from json_to_recordset($1) as x(owner text, entry json)
  on conflict (owner) do update set entry = excluded.entry`;
const PUT_SESSIONS = `
  insert into sessions (conversation, entry)
  select conversation, entry from json_to_recordset($1) as x(conversation text, entry json)
  on conflict (conversation) do update set entry = excluded.entry`;
const PUT_HANDLED = `
  insert into handled (message, conversation, at, entry)
  select message, conversation, at, entry
  from json_to_recordset($1) as x(message text, conversation text, at timestamptz, entry json)`;
const PUT_COMPLAINTS = `
  insert into complaints (id, code, conversation, dossier, revision, base, open, holders, answer_due)
  select id, code, conversation, dossier, revision, base, open, holders, answer_due
  from json_to_recordset($1) as x(
    id text, code text, conversation text, dossier text, revision int, base int, open boolean, holders text[],
    answer_due text
  )
  on conflict (id) do update set
    conversation = excluded.conversation, dossier = excluded.dossier, base = excluded.base,
    revision = excluded.revision, open = excluded.open, holders = excluded.holders, answer_due = excluded.answer_due,
    wake_at = null, standing = null, standing_since = null`;
const PUT_IDENTITIES = `
  insert into identities (complaint, event, entry)
  select complaint, event, entry from json_to_recordset($1) as x(complaint text, event int, entry json)`;
const PUT_DELIVERIES = `
  insert into deliveries (lookup, status, lane, chat, created_at, next_at, entry, failed)
  select lookup, status, lane, chat, created_at, next_at, entry, failed
  from json_to_recordset($1) as x(
    lookup text, status text, lane text, chat text, created_at timestamptz, next_at timestamptz,
    entry json, failed json
  )`;
const PUT_FAILED = `
  update deliveries d set
    status = x.status, next_at = x.next_at, failed = x.failed, leased_until = null, leased_by = null
  from json_to_recordset($1) as x(lookup text, status text, next_at timestamptz, failed json)
  where d.lookup = x.lookup`;
const PUT_SENT = `
  insert into deliveries (lookup, status) select lookup, 'sent' from json_to_recordset($1) as x(lookup text)
  on conflict (lookup) do update set
    status = 'sent', lane = null, chat = null, created_at = null, next_at = null, leased_until = null, leased_by = null,
    entry = null, failed = null`;
const PUT_MAILBOXES = `
  insert into mailboxes (conversation, last)
  select conversation, last from json_to_recordset($1) as x(conversation text, last int)
  on conflict (conversation) do update set last = excluded.last`;
const PUT_POSTS = `
  insert into posts (conversation, number, entry)
  select conversation, number, entry from json_to_recordset($1) as x(conversation text, number int, entry json)`;
const CUT_POSTS = `
  delete from posts p using json_to_recordset($1) as x(conversation text, last int)
  where p.conversation = x.conversation and p.number <= x.last - ${POSTS_MOST}`;
const PUT_UNANSWERED = `
  insert into unanswered (up, entry) select up, entry from json_to_recordset($1) as x(up boolean, entry json)`;
const PUT_LINKS = `
  insert into links (hash, entry) select hash, entry from json_to_recordset($1) as x(hash text, entry json)
  on conflict (hash) do update set entry = excluded.entry`;
const CUT_OFFICIALS = `
  delete from officials o using json_to_recordset($1) as x(sender text) where o.sender = x.sender`;
const PUT_OFFICIALS = `
  insert into officials (sender, entry)
  select sender, entry from json_to_recordset($1) as x(sender text, entry json)
  on conflict (sender) do update set entry = excluded.entry`;

const BURN_LINKS = `
  delete from links l using json_to_recordset($1) as x(hash text) where l.hash = x.hash`;
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

/** The conversation's key goes; its messages stay known and its mailbox goes on counting. */
async function erase(tx: Queryable, conversations: readonly string[]): Promise<void> {
  await tx.query("delete from keys where owner = any($1)", [conversations.map(conversationOwner)]);
  await tx.query("delete from sessions where conversation = any($1)", [conversations]);
  await tx.query("delete from posts where conversation = any($1)", [conversations]);
  await tx.query(
    `update handled set entry = json_build_object(
       'kind', 'handled', 'message', message, 'conversation', conversation, 'at', entry->>'at'
     ) where conversation = any($1)`,
    [conversations],
  );
}

/** The complaints' keys go, who filed them, and what was to be sent about them. */
async function forget(tx: Queryable, complaints: readonly string[]): Promise<void> {
  await tx.query("delete from keys where owner = any($1)", [complaints.flatMap(ownersOf)]);
  await tx.query("delete from identities where complaint = any($1)", [complaints]);
  await tx.query(
    `update deliveries set
       status = 'sent', lane = null, chat = null, created_at = null, next_at = null, leased_until = null,
       leased_by = null, entry = null, failed = null
     where status <> 'sent' and entry->>'complaint' = any($1)`,
    [complaints],
  );
}

/** What a complaint is found and listed by, as it stands after its events. */
function complaintRows(
  events: readonly { readonly complaint: string }[],
  state: State<Complaint>,
  sealer: Sealer,
): object[] {
  return [...new Set(events.map(({ complaint }) => complaint))].flatMap((id) => {
    const complaint = state.complaints.get(id);
    if (!complaint) return [];
    return { id, ...listed(complaint, sealer) };
  });
}

function putDeliveries(
  all: Statements,
  sealer: Sealer,
  promised: readonly Extract<Entry, { kind: "delivery" }>[],
  failed: readonly Extract<Entry, { kind: "failed" }>[],
  state: State<Complaint>,
): void {
  const fresh = new Set(promised.map(({ delivery }) => delivery));
  const failures = new Map(failed.map((entry) => [entry.delivery, entry]));
  const standing = (lookup: string): object => {
    const { status, nextAt } = state.deliveries.get(lookup) ?? {};
    return { lookup, status, next_at: nextAt ?? null, failed: failures.get(lookup) ?? null };
  };
  all.put(
    PUT_DELIVERIES,
    promised.flatMap((entry) => {
      const waiting = state.deliveries.get(entry.delivery);
      if (!waiting) return [];
      return {
        ...standing(entry.delivery),
        lane: sealer.lookup("lane", laneOf(waiting)),
        chat: entry.conversation ?? null,
        created_at: waiting.createdAt,
        entry,
      };
    }),
  );
  all.put(PUT_FAILED, [...failures.keys()].filter((lookup) => !fresh.has(lookup)).map(standing));
}

function putPosts(
  all: Statements,
  mailboxes: readonly Extract<Entry, { kind: "mailbox" }>[],
  posts: readonly Extract<Entry, { kind: "post" }>[],
): void {
  const last = new Map(mailboxes.map(({ conversation, last }) => [conversation, last]));
  for (const { conversation, number } of posts) {
    last.set(conversation, Math.max(number, last.get(conversation) ?? 0));
  }
  const ends = Array.from(last, ([conversation, last]) => ({ conversation, last }));
  const kept = posts.filter(
    ({ conversation, number }) => number > (last.get(conversation) ?? 0) - POSTS_MOST,
  );
  all.put(PUT_MAILBOXES, ends);
  all.put(
    PUT_POSTS,
    kept.map((entry) => ({ conversation: entry.conversation, number: entry.number, entry })),
  );
  all.put(
    CUT_POSTS,
    ends.filter(({ last }) => last > POSTS_MOST),
  );
}
