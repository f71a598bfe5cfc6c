import type { Entry } from "../entry.ts";
import { laneOf } from "../outbox.ts";
import type { Sealer } from "../seal.ts";
import { complaintOwner, conversationOwner } from "../seal-entry.ts";
import { HANDLED_DAYS, POSTS_MOST, type State, UNANSWERED_MOST } from "../state.ts";
import { appendEvents } from "./chain.ts";
import type { Queryable } from "./database.ts";
import { listed } from "./rows.ts";

/**
 * Writes entries, in the order they were decided, with what is found and listed by; one statement a kind.
 * @param state what they were folded into
 */
export async function writeEntries(
  tx: Queryable,
  sealer: Sealer,
  entries: readonly Entry[],
  state: State,
): Promise<void> {
  const of = <Kind extends Entry["kind"]>(kind: Kind): Extract<Entry, { kind: Kind }>[] =>
    entries.filter((entry): entry is Extract<Entry, { kind: Kind }> => entry.kind === kind);
  const put = async (text: string, rows: readonly object[]): Promise<void> => {
    if (rows.length > 0) await tx.query(text, [JSON.stringify(rows)]);
  };

  const erased = of("erased").map(({ conversation }) => conversation);
  if (erased.length > 0) await erase(tx, erased);
  const forgotten = of("forgotten").map(({ complaint }) => complaint);
  if (forgotten.length > 0) await forget(tx, forgotten);
  await put(
    PUT_KEYS,
    of("key").map((entry) => ({ owner: entry.owner, entry })),
  );
  await put(
    PUT_SESSIONS,
    of("session").map((entry) => ({ conversation: entry.conversation, entry })),
  );
  await put(
    PUT_HANDLED,
    of("handled").map((entry) => {
      const { message, conversation, at } = entry;
      return { message, conversation, at, entry };
    }),
  );
  const events = of("events");
  await put(PUT_COMPLAINTS, complaintRows(events, state, sealer));
  await appendEvents(tx, sealer, events);
  await writeDeliveries(tx, sealer, of("delivery"), of("failed"), of("sent"), state);
  await writePosts(put, of("mailbox"), of("post"));
  const asked = of("unanswered");
  const verdicts = state.unanswered.slice(-asked.length);
  await put(
    PUT_UNANSWERED,
    asked.map((entry, index) => ({ up: verdicts[index]?.verdict === "up", entry })),
  );
  await put(
    PUT_LINKS,
    of("link").map((entry) => ({ hash: entry.hash, entry })),
  );
  const unbound = of("unbound").flatMap(({ senders }) => senders);
  if (unbound.length > 0) await tx.query("delete from officials where sender = any($1)", [unbound]);
  const officials = of("official").map(({ code, ...entry }) => ({ code, entry }));
  await put(
    PUT_OFFICIALS,
    officials.map(({ entry }) => ({ sender: entry.sender, entry })),
  );
  const burnt = officials.flatMap(({ code }) => code ?? []);
  if (burnt.length > 0) await tx.query("delete from links where hash = any($1)", [burnt]);
}

/** Takes away what was remembered longer than it is needed. */
export async function prune(tx: Queryable, now: Date): Promise<void> {
  const before = new Date(now.getTime() - HANDLED_DAYS * 86_400_000).toISOString();
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
}

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
  insert into complaints (id, code, conversation, revision, base, open, holders, answer_due)
  select id, code, conversation, revision, base, open, holders, answer_due
  from json_to_recordset($1) as x(
    id text, code text, conversation text, revision int, base int, open boolean, holders text[], answer_due text
  )
  on conflict (id) do update set
    conversation = excluded.conversation, base = excluded.base, revision = excluded.revision, open = excluded.open, holders = excluded.holders,
    answer_due = excluded.answer_due, wake_at = null`;
const PUT_DELIVERIES = `
  insert into deliveries (lookup, status, lane, created_at, next_at, entry)
  select lookup, status, lane, created_at, next_at, entry
  from json_to_recordset($1) as x(
    lookup text, status text, lane text, created_at timestamptz, next_at timestamptz, entry json
  )`;
const PUT_FAILED = `
  update deliveries d set
    status = x.status, next_at = x.next_at, failed = x.failed, leased_until = null, leased_by = null
  from json_to_recordset($1) as x(lookup text, status text, next_at timestamptz, failed json)
  where d.lookup = x.lookup`;
const PUT_SENT = `
  insert into deliveries (lookup, status) select lookup, 'sent' from unnest($1::text[]) lookup
  on conflict (lookup) do update set
    status = 'sent', lane = null, created_at = null, next_at = null, leased_until = null, leased_by = null,
    entry = null, failed = null`;
const PUT_MAILBOXES = `
  insert into mailboxes (conversation, last)
  select conversation, last from json_to_recordset($1) as x(conversation text, last int)
  on conflict (conversation) do update set last = excluded.last`;
const PUT_POSTS = `
  insert into posts (conversation, number, entry)
  select conversation, number, entry from json_to_recordset($1) as x(conversation text, number int, entry json)`;
const CUT_POSTS = `
  delete from posts p using json_to_recordset($1) as x(conversation text, number int)
  where p.conversation = x.conversation and p.number <= x.number`;
const PUT_UNANSWERED = `
  insert into unanswered (up, entry) select up, entry from json_to_recordset($1) as x(up boolean, entry json)`;
const PUT_LINKS = `
  insert into links (hash, entry) select hash, entry from json_to_recordset($1) as x(hash text, entry json)
  on conflict (hash) do update set entry = excluded.entry`;
const PUT_OFFICIALS = `
  insert into officials (sender, entry)
  select sender, entry from json_to_recordset($1) as x(sender text, entry json)
  on conflict (sender) do update set entry = excluded.entry`;

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

/** The complaints' keys go, and what was to be sent about them. */
async function forget(tx: Queryable, complaints: readonly string[]): Promise<void> {
  await tx.query("delete from keys where owner = any($1)", [complaints.map(complaintOwner)]);
  await tx.query(
    `update deliveries set
       status = 'sent', lane = null, created_at = null, next_at = null, leased_until = null, leased_by = null,
       entry = null, failed = null
     where status <> 'sent' and entry->>'complaint' = any($1)`,
    [complaints],
  );
}

/** What a complaint is found and listed by, as it stands after its events. */
function complaintRows(
  events: readonly { readonly complaint: string }[],
  state: State,
  sealer: Sealer,
): object[] {
  return [...new Set(events.map(({ complaint }) => complaint))].flatMap((id) => {
    const complaint = state.complaints.get(id);
    if (!complaint) return [];
    return { id, ...listed(complaint, sealer) };
  });
}

async function writeDeliveries(
  tx: Queryable,
  sealer: Sealer,
  promised: readonly Extract<Entry, { kind: "delivery" }>[],
  failed: readonly Extract<Entry, { kind: "failed" }>[],
  sent: readonly Extract<Entry, { kind: "sent" }>[],
  state: State,
): Promise<void> {
  const fresh = promised.flatMap((entry) => {
    const waiting = state.deliveries.get(entry.delivery);
    if (!waiting) return [];
    const { status, createdAt, nextAt } = waiting;
    const lane = sealer.lookup("lane", laneOf(waiting));
    return { lookup: entry.delivery, status, lane, created_at: createdAt, next_at: nextAt ?? null, entry };
  });
  if (fresh.length > 0) await tx.query(PUT_DELIVERIES, [JSON.stringify(fresh)]);
  const again = failed.map((entry) => {
    const { dead, nextAt } = entry;
    return {
      lookup: entry.delivery,
      status: dead ? "dead" : "waiting",
      next_at: nextAt ?? null,
      failed: entry,
    };
  });
  if (again.length > 0) await tx.query(PUT_FAILED, [JSON.stringify(again)]);
  const kept = sent.flatMap(({ deliveries }) => deliveries);
  if (kept.length > 0) await tx.query(PUT_SENT, [kept]);
}

async function writePosts(
  put: (text: string, rows: readonly object[]) => Promise<void>,
  mailboxes: readonly Extract<Entry, { kind: "mailbox" }>[],
  posts: readonly Extract<Entry, { kind: "post" }>[],
): Promise<void> {
  const last = new Map(mailboxes.map(({ conversation, last }) => [conversation, last]));
  for (const { conversation, number } of posts) {
    last.set(conversation, Math.max(number, last.get(conversation) ?? 0));
  }
  await put(
    PUT_MAILBOXES,
    Array.from(last, ([conversation, last]) => ({ conversation, last })),
  );
  await put(
    PUT_POSTS,
    posts.map((entry) => ({ conversation: entry.conversation, number: entry.number, entry })),
  );
  await put(
    CUT_POSTS,
    Array.from(last, ([conversation, last]) => ({ conversation, number: last - POSTS_MOST })).filter(
      ({ number }) => number > 0,
    ),
  );
}
