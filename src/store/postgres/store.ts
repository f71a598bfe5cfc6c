import { randomUUID } from "node:crypto";
import { z } from "zod";
import { decide, decideOutcome } from "../decide.ts";
import { Entry } from "../entry.ts";
import type { OnReport } from "../report.ts";
import { createSealer } from "../seal.ts";
import {
  conversationOwner,
  openNamedSession,
  openPost,
  openReplies,
  openSession,
  ownerOf,
  phoneLookup,
  STORE_OWNER,
} from "../seal-entry.ts";
import { handledSince, UNANSWERED_MOST } from "../state.ts";
import { type Change, NotSaved, type Store, StoreError } from "../store.ts";
import { locksOf } from "../touched.ts";
import { createUnreadable } from "../unreadable.ts";
import { openBeside } from "./beside.ts";
import { type Commit, createCommits, isSlow } from "./commits.ts";
import { createComplaintReader, createRemembered } from "./complaints.ts";
import { openDatabase } from "./database.ts";
import { problemName } from "./errors.ts";
import { readIdentity } from "./identities.ts";
import { neededBy } from "./load.ts";
import { createLeases } from "./outbox.ts";
import { createReadiness } from "./readiness.ts";
import { openAll, readKeys } from "./rows.ts";
import { prune } from "./write.ts";

export type PostgresOptions = {
  /** DATABASE_URL */
  readonly url: string;
  /** From identity-key.ts; the same in all processes of one database. */
  readonly key: Uint8Array;
  readonly clock: () => Date;
  /** Names the rules by which cases are put off: cases put off under others are looked at again. */
  readonly rules?: string;
  /** Opens even while the server is away, and goes on when it comes. */
  readonly patient?: boolean;
  readonly onReport?: OnReport;
};

/** Milliseconds between two rounds of taking away what is not needed any more. */
const PRUNE_EVERY = 3_600_000;

/**
 * The store in a PostgreSQL database (15 or later), for several processes and any number of complaints. Needs
 * connections of its own: no pooler that shares them between transactions.
 * @throws StoreError when the server cannot be reached, or the database was sealed with another key or made by a newer
 * program
 */
export async function openPostgresStore(options: PostgresOptions): Promise<Store> {
  const { url, clock, rules = "", onReport = () => {} } = options;
  const sealer = createSealer(options.key);
  const lost = (error: Error): void => readiness.lost(error);
  const database = openDatabase(url, lost);
  const readiness = createReadiness(database, sealer, onReport);
  const { db } = readiness;
  const beside = openBeside(url, lost);
  try {
    await readiness.begin(() => beside.begin(), options.patient ?? false);
  } catch (error) {
    await beside.close();
    await database.close();
    throw error;
  }
  const remembered = createRemembered();
  const unreadable = createUnreadable(onReport);
  const reader = createComplaintReader(db, sealer, unreadable);
  const leases = createLeases(db, sealer, randomUUID());
  const underWay = new Set<Promise<void>>();
  let closing: Promise<void> | undefined;

  const pruning = setInterval(() => {
    db.transaction(["prune"], (tx) => prune(tx, clock())).catch(() => undefined);
  }, PRUNE_EVERY).unref();

  const commits = createCommits(db, sealer, remembered, ({ needed }) => beside.tell(needed.mailboxes));

  const accept = (commit: Commit): Promise<void> => {
    if (closing) return Promise.reject(new NotSaved("stopped"));
    const act = commits(commit);
    underWay.add(act);
    return act.finally(() => underWay.delete(act));
  };

  const conversation = (name: string): string => sealer.lookup("conversation", name);
  /** An outcome knows the owner of its delivery alone: by that an erasure keeps it out, too. */
  const locks = (change: Change): string[] => {
    const { erase } = change;
    return [...locksOf(change), ...(erase ? [conversationOwner(conversation(erase.conversation))] : [])];
  };
  const one = async (text: string, value: string): Promise<Entry | undefined> => {
    const [row] = await db.query(text, [value]);
    return row && Entry.parse(row["entry"]);
  };
  const many = async (text: string, values: readonly unknown[] = []): Promise<Entry[]> =>
    (await db.query(text, values)).map(({ entry }) => Entry.parse(entry));
  /** The key may have gone since: then what it opened is erased. */
  const keysOf = (owner: string) => readKeys(db, sealer, [owner]);

  return {
    inTurn: (name, act) => (closing ? Promise.reject(new NotSaved("stopped")) : beside.inTurn(name, act)),
    commit: (change) =>
      accept({
        locks: locks(change),
        alone: isSlow(change),
        needed: neededBy(change, sealer),
        decideOn: (state) => decide(change, state, sealer, clock().toISOString()),
      }),
    handled: async (key) => {
      const entry = await one("select entry from handled where message = $1", sealer.lookup("message", key));
      if (entry?.kind !== "handled") return undefined;
      const keys = await keysOf(conversationOwner(entry.conversation));
      if (entry.sealed === undefined || keys.size === 0) return [];
      return openReplies(keys, entry.conversation, entry.message, entry.sealed);
    },
    session: async (name) => {
      const lookup = conversation(name);
      const keys = await keysOf(conversationOwner(lookup));
      const entry = await one("select entry from sessions where conversation = $1", lookup);
      return entry?.kind === "session" ? openSession(keys, lookup, entry.sealed) : undefined;
    },
    quiet: async function* () {
      const found = await db.query(QUIET, [handledSince(clock()).toISOString()]);
      for (const { conversation: lookup } of found) {
        const keys = await keysOf(conversationOwner(String(lookup)));
        const entry = await one("select entry from sessions where conversation = $1", String(lookup));
        if (entry?.kind !== "session" || keys.size === 0) continue;
        const named = openNamedSession(keys, entry.conversation, entry.sealed);
        if (named) yield named;
      }
    },
    complaint: reader.byId,
    identity: (id, toldBy = 0) => readIdentity(db, sealer, id, toldBy),
    phoneMark: async (phone) => {
      // As for the sessions: the first use prepares the database, and with it the secrets.
      await db.query("select 1");
      return phoneLookup(sealer, phone);
    },
    complaintByCode: reader.byCode,
    complaintsOf: reader.of,
    complaintsHeldBy: reader.heldBy,
    complaintsByDossier: reader.byDossier,
    openComplaints: reader.open,
    waking: (now) => reader.waking(now, rules),
    putOff: async (cases) => {
      const rows = cases.map(({ id, revision, until, standing }) => {
        const wakeAt = until?.toISOString() ?? "infinity";
        return { id, revision, wake_at: wakeAt, standing: standing?.why, standing_since: standing?.since };
      });
      await db.query(PUT_OFF, [JSON.stringify(rows), rules]);
    },
    complaints: reader.all,
    filedSince: reader.since,
    posts: async (name, after) => {
      const lookup = conversation(name);
      const keys = await keysOf(conversationOwner(lookup));
      const found = await many(
        "select entry from posts where conversation = $1 and number > $2 order by number",
        [lookup, after],
      );
      return found.flatMap((entry) => {
        if (entry.kind !== "post") return [];
        const { number, at, sealed } = entry;
        return { number, at, reply: openPost(keys, lookup, number, sealed) };
      });
    },
    watchPosts: (name, wake) => beside.watch(conversation(name), wake),
    official: async (sender) => {
      const entry = await one(
        "select entry from officials where sender = $1",
        sealer.lookup("sender", sender),
      );
      const opened = entry && openAll(sealer, [entry], await keysOf(STORE_OWNER))[0];
      return opened?.kind === "official" ? opened.official : undefined;
    },
    officials: async () => {
      const opened = openAll(
        sealer,
        await many("select entry from officials order by seq"),
        await keysOf(STORE_OWNER),
      );
      return opened.flatMap((fact) => (fact.kind === "official" ? fact.official : []));
    },
    linkCode: async (hash) => {
      const entry = await one("select entry from links where hash = $1", hash);
      if (entry?.kind !== "link") return undefined;
      const { kind: _, ...code } = entry;
      return code;
    },
    unanswered: async () => {
      const opened = openAll(sealer, await many(UNANSWERED, [UNANSWERED_MOST]), await keysOf(STORE_OWNER));
      return opened.flatMap((fact) => (fact.kind === "unanswered" ? fact.unanswered : []));
    },
    claim: leases.claim,
    settle: async (id, at, result, change = {}) => {
      const lookup = sealer.lookup("delivery", id);
      const [row] = await db.query("select entry from deliveries where lookup = $1", [lookup]);
      const owner = row?.["entry"] ? ownerOf(Entry.parse(row["entry"])) : undefined;
      const needed = neededBy(change, sealer);
      await accept({
        locks: [...locks(change), ...locks({ cancelled: [id] }), ...(owner === undefined ? [] : [owner])],
        alone: isSlow(change),
        needed: {
          ...needed,
          owners: owner === undefined ? needed.owners : [...needed.owners, owner],
          deliveries: [...needed.deliveries, lookup],
        },
        decideOn: (state) => {
          const outcome = decideOutcome(id, result, state, sealer);
          return outcome.length === 0 ? [] : [...outcome, ...decide(change, state, sealer, at.toISOString())];
        },
      });
    },
    stuck: leases.stuck,
    deliveryStatus: (id) => leases.statusOf(sealer.lookup("delivery", id)),
    figures: async () => {
      const [row] = await db.query(FIGURES);
      const { oldestAt, ...counts } = FiguresRow.parse(row);
      return {
        ...counts,
        unreadable: unreadable.count(),
        ...(oldestAt && { oldestAt: oldestAt.toISOString() }),
      };
    },
    sessionSecret: async () => {
      // The first use prepares the database, and with it the secrets.
      await db.query("select 1");
      return sealer.root("sessions");
    },
    health: async () => {
      if (closing) return { ok: false, problem: "the store is closed" };
      try {
        // Written, not read: a full disk or a server that only reads would not show otherwise.
        await db.query("update store set beat = beat + 1");
        return { ok: true };
      } catch (error) {
        return { ok: false, problem: problemOf(error) };
      }
    },
    close: () => {
      closing ??= (async () => {
        clearInterval(pruning);
        await Promise.allSettled(underWay);
        // While the server is away the leases run out by themselves.
        await leases.giveUp().catch(() => undefined);
        await beside.close();
        await database.close();
      })();
      return closing;
    },
  };
}

const QUIET = `
  select s.conversation from sessions s
  where not exists (select from handled h where h.conversation = s.conversation and h.at >= $1)
    and not exists (select from complaints c where c.conversation = s.conversation and c.base = 0)
    and not exists (select from deliveries d where d.chat = s.conversation and d.status <> 'sent')`;
// One that is being changed is left out: it stands elsewhere in a moment, and waiting for several could go round in a ring.
const PUT_OFF = `
  with free as (
    select c.id from complaints c join json_to_recordset($1) as x(id text) on c.id = x.id for update of c skip locked
  )
  update complaints c set
    wake_at = x.wake_at, wake_rules = $2, standing = x.standing, standing_since = x.standing_since
  from free, json_to_recordset($1) as x(
    id text, revision int, wake_at timestamptz, standing text, standing_since timestamptz
  )
  where c.id = free.id and c.id = x.id and c.revision = x.revision`;
const FIGURES = `
  select
    (select count(*) from complaints where open)::int as open,
    (count(*) filter (where status = 'waiting'))::int as waiting,
    (count(*) filter (where status = 'dead'))::int as dead,
    min(created_at) as "oldestAt",
    (select coalesce(json_agg(s), '[]') from (
      select standing as why, count(*)::int as count, min(standing_since) as "oldestAt"
      from complaints where standing is not null group by standing
    ) s) as standing
  from deliveries where status <> 'sent'`;
const FiguresRow = z.object({
  open: z.int(),
  waiting: z.int(),
  dead: z.int(),
  oldestAt: z.date().nullable(),
  standing: z.array(
    z.object({
      why: z.string(),
      count: z.int(),
      oldestAt: z.string().transform((at) => new Date(at).toISOString()),
    }),
  ),
});
const UNANSWERED = `
  select entry from (
    (select seq, entry from unanswered where up order by seq desc limit $1)
    union all
    (select seq, entry from unanswered where not up order by seq desc limit $1)
  ) kept order by seq`;

function problemOf(error: unknown): string {
  if (error instanceof StoreError) return error.message;
  if (!(error instanceof NotSaved)) return `the database answers strangely (${problemName(error)})`;
  return error.reason === "full"
    ? "the database's disk is full: make room; what is refused meanwhile must be sent again"
    : `the database cannot be reached or written (${problemName(error)})`;
}
