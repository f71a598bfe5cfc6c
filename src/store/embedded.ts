import { isClosed } from "../complaints/complaint.ts";
import { createCases } from "./cases.ts";
import { CHECKPOINT_BYTES, createCheckpoints } from "./checkpoint.ts";
import { decide, decideOutcome } from "./decide.ts";
import type { Decided, Kept } from "./entry.ts";
import { makePrivateFolder, storeFolder } from "./files.ts";
import { type Journal, openJournal } from "./journal.ts";
import { createLastSaid } from "./last-said.ts";
import { takeLock } from "./lock.ts";
import { createOutbox } from "./outbox.ts";
import { pendingOf, recover } from "./recover.ts";
import type { FailPoint, OnReport } from "./report.ts";
import { createSealer, type Sealer } from "./seal.ts";
import {
  conversationOwner,
  dossierLookup,
  type Keys,
  openIdentity,
  openNamedSession,
  openPost,
  openReplies,
  openSession,
  phoneLookup,
  sealCommit,
  togetherOf,
} from "./seal-entry.ts";
import { openSnapshotFile } from "./snapshot.ts";
import { apply, handledSince, type State } from "./state.ts";
import { type Change, NotSaved, type Store, StoreError } from "./store.ts";
import { holdTalk } from "./talk.ts";
import { locksOf } from "./touched.ts";
import { createTurns } from "./turns.ts";
import { createUnreadable } from "./unreadable.ts";
import { createWatchers } from "./watchers.ts";

export type EmbeddedOptions = {
  /** DATA_DIR; the store lives in its folder `store`. */
  readonly dir: string;
  /** From identity-key.ts. */
  readonly key: Uint8Array;
  readonly clock: () => Date;
  readonly onReport?: OnReport;
  /** For crash tests only: may kill the process, or throw to make a step fail. */
  readonly failPoint?: FailPoint;
  /** For tests: journal bytes that make a checkpoint due, instead of 8 MB. */
  readonly checkpointBytes?: number;
};

/**
 * The store in files of this machine: a journal that is synced at each commit, and a snapshot so that the journal
 * stays short. One process only, up to about 50,000 complaints.
 * @throws StoreError when another process has it open, or what was stored is missing, damaged or sealed with another key
 */
export async function openEmbeddedStore(options: EmbeddedOptions): Promise<Store> {
  const dir = storeFolder(options.dir);
  await makePrivateFolder(dir);
  const lock = await takeLock(dir);
  try {
    return await open(options, dir, lock.release);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** What is to be stored, decided when it is its turn. */
type Act = {
  readonly touched: readonly string[];
  readonly change: Change | undefined;
  decide(): readonly Decided[];
};

async function open(options: EmbeddedOptions, dir: string, unlock: () => Promise<void>): Promise<Store> {
  const { clock, failPoint, onReport = () => {}, checkpointBytes = CHECKPOINT_BYTES } = options;
  const sealer = createSealer(options.key);
  const snapshots = openSnapshotFile(dir, onReport, failPoint);
  const { told, ...recovered } = await recover(dir, snapshots, sealer, onReport);
  const { state } = recovered;
  const talks = await holdTalk(dir, recovered.talk);
  const journal = openJournal(dir, recovered, onReport, failPoint);
  const stale = !recovered.proven || told.length > 0;
  try {
    await setApart(pendingOf({ state, told }), state, sealer, journal);
  } catch (cause) {
    await Promise.all([journal.close(), talks.close()]);
    if (!(cause instanceof NotSaved)) throw cause;
    const remedy = cause.reason === "full" ? "the disk is full; make room" : "the disk failed; check it";
    throw new StoreError(
      `${dir}: who filed the cases of before is to be written apart first, and ${remedy} and start again`,
      { cause },
    );
  }
  const checkpoints = createCheckpoints({
    dir,
    recovered,
    journal,
    snapshots,
    talks,
    sealer,
    onReport,
    failPoint,
    checkpointBytes,
    stale,
  });
  const outbox = createOutbox(state);
  const takeTurn = createTurns();
  const takeConversation = createTurns();
  const mailboxes = createWatchers();
  const unreadable = createUnreadable(onReport);
  const cases = createCases(state, talks, unreadable);
  const lastSaid = createLastSaid();
  const underWay = new Set<Promise<void>>();
  let closing: Promise<void> | undefined;

  /** Checks against what is stored, with the turn taken: nothing that this touches is in flight. */
  const write = async (act: Act): Promise<void> => {
    const release = await takeTurn(act.touched);
    try {
      await cases.bringBack(act.change?.complaints?.map(({ id }) => id) ?? []);
      const decided = act.decide();
      if (decided.length === 0) return;
      const { entries, opened } = sealCommit(sealer, state.keys, decided);
      await journal.append(JSON.stringify(entries), () => {
        for (const fact of opened) {
          apply(state, fact);
          if (fact.kind === "events") cases.changed(fact.complaint);
          if (fact.kind === "session" && act.change?.session)
            lastSaid.keep(fact.conversation, fact.sealed, act.change.session.session);
          if (fact.kind === "erased") lastSaid.drop(fact.conversation);
        }
        checkpoints.afterCommit(opened.some(({ kind }) => kind === "erased" || kind === "forgotten"));
      });
    } finally {
      release();
    }
  };

  const accept = (act: Act): Promise<void> => {
    if (closing) return Promise.reject(new NotSaved("stopped"));
    const writing = write(act);
    underWay.add(writing);
    return writing.finally(() => underWay.delete(writing));
  };

  const decideChange = (change: Change, at: Date): Decided[] =>
    decide(change, state, sealer, at.toISOString());

  const conversation = (name: string): string => sealer.lookup("conversation", name);

  /** What was said as it stands now, though it may be erased while the disk is read. */
  const opened = <T>(lookup: string, sealed: Kept, open: (known: Keys, sealed: string) => T): Promise<T> => {
    const key = state.keys.get(conversationOwner(lookup));
    return talks.open(sealed, (text) => open({ get: () => key }, text));
  };

  return {
    inTurn: async (name, act) => {
      const release = await takeConversation([name]);
      try {
        return await act();
      } finally {
        release();
      }
    },
    commit: async (change) => {
      await accept({ touched: locksOf(change), change, decide: () => decideChange(change, clock()) });
      for (const post of change.posts ?? []) mailboxes.wake(post.conversation);
    },
    handled: async (key) => {
      const message = sealer.lookup("message", key);
      const handled = state.handled.get(message);
      if (handled?.sealed === undefined) return handled && [];
      return opened(handled.conversation, handled.sealed, (known, sealed) =>
        openReplies(known, handled.conversation, message, sealed),
      );
    },
    session: async (name) => {
      const lookup = conversation(name);
      const sealed = state.sessions.get(lookup);
      if (sealed === undefined) return undefined;
      return (
        lastSaid.of(lookup, sealed) ??
        opened(lookup, sealed, (known, text) => openSession(known, lookup, text))
      );
    },
    quiet: async function* () {
      const since = handledSince(clock()).getTime() / 1000;
      const spokenIn = [...state.handled.values()].filter(({ second }) => second >= since);
      const busy = new Set([...spokenIn.map((handled) => handled.conversation), ...state.chatOf.values()]);
      const hasCase = (lookup: string): boolean =>
        (state.idsByConversation.get(lookup) ?? []).some(
          (id) => state.complaints.get(id)?.status !== "erased",
        );
      for (const lookup of state.sessions.keys()) {
        const sealed = state.sessions.get(lookup);
        if (sealed === undefined || busy.has(lookup) || hasCase(lookup)) continue;
        const named = await opened(lookup, sealed, (known, text) => openNamedSession(known, lookup, text));
        if (named) yield named;
      }
    },
    complaint: cases.read,
    identity: async (id, toldBy = 0) => {
      const told = (state.identities.get(id) ?? []).filter(({ event }) => event <= toldBy);
      return togetherOf(told.map(({ event, sealed }) => openIdentity(state.keys, id, event, sealed)));
    },
    phoneMark: async (phone) => phoneLookup(sealer, phone),
    complaintByCode: async (trackingCode) =>
      cases.read(state.idByCode.get(sealer.lookup("code", trackingCode)) ?? ""),
    complaintsOf: async (name) => {
      const filed = await cases.readAll(state.idsByConversation.get(conversation(name)) ?? []);
      return filed.filter(({ status }) => status !== "erased").toReversed();
    },
    complaintsHeldBy: async (agency) => {
      const held = await cases.open(({ holders }) => holders.includes(agency));
      return held.toSorted((one, other) => compare(one.answerDue, other.answerDue));
    },
    complaintsByDossier: async (dossierCode) => {
      const filed = await cases.readAll(state.idsByDossier.get(dossierLookup(sealer, dossierCode)) ?? []);
      return filed.filter(({ status }) => !isClosed(status));
    },
    openComplaints: () => cases.open(),
    waking: cases.waking,
    putOff: async (puttingOff) => cases.putOff(puttingOff),
    complaints: cases.each,
    filedSince: cases.filedSince,
    posts: async (name, after) => {
      const lookup = conversation(name);
      const wanted = state.mailboxes.get(lookup)?.posts.filter(({ number }) => number > after) ?? [];
      return Promise.all(
        wanted.map(({ number, at, sealed }) =>
          opened(lookup, sealed, (known, text) => {
            return { number, at, reply: openPost(known, lookup, number, text) };
          }),
        ),
      );
    },
    watchPosts: mailboxes.watch,
    official: async (sender) => state.officials.get(sealer.lookup("sender", sender)),
    officials: async () => [...state.officials.values()],
    linkCode: async (hash) => state.linkCodes.get(hash),
    unanswered: async () => [...state.unanswered],
    claim: async (now, limit, leaseSeconds) => outbox.claim(now, limit, leaseSeconds),
    settle: async (id, at, result, change) => {
      const lookup = sealer.lookup("delivery", id);
      const delivery = state.deliveries.get(lookup)?.delivery;
      const touched = [
        ...locksOf(delivery ? { deliveries: [delivery] } : { cancelled: [id] }),
        ...(change ? locksOf(change) : []),
      ];
      const decideNow = (): readonly Decided[] => {
        const outcome = decideOutcome(id, result, state, sealer);
        return outcome.length === 0 ? [] : [...outcome, ...(change ? decideChange(change, at) : [])];
      };
      await accept({ touched, change, decide: decideNow });
      outbox.release(lookup);
    },
    stuck: async () => outbox.stuck(),
    deliveryStatus: async (id) => outbox.statusOf(sealer.lookup("delivery", id)),
    figures: async () => {
      const undelivered = [...state.deliveries.values()];
      const dead = undelivered.filter(({ status }) => status === "dead").length;
      const [oldest] = undelivered.map(({ createdAt }) => createdAt).toSorted();
      return {
        open: cases.openCount(),
        unreadable: unreadable.count(),
        waiting: undelivered.length - dead,
        dead,
        standing: cases.standing(),
        ...(oldest && { oldestAt: oldest }),
      };
    },
    sessionSecret: async () => sealer.root("sessions"),
    health: async () => {
      if (closing) return { ok: false, problem: "the store is closed" };
      // Room may have been made since: an empty commit finds out, without waiting for somebody's message.
      if (journal.trouble()?.reason === "full") await journal.append("[]", () => {}).catch(() => undefined);
      const trouble = journal.trouble();
      return trouble ? { ok: false, problem: PROBLEMS[trouble.reason] } : { ok: true };
    },
    close: () => {
      closing ??= (async () => {
        await Promise.allSettled(underWay);
        await checkpoints.close();
        await journal.close();
        await talks.close();
        await unlock();
      })();
      return closing;
    },
  };
}

/** Identities written at once. */
const APART_AT_ONCE = 500;

/**
 * Writes apart what an earlier program sealed together. Before anything else is stored: their keys must not be lost while
 * something is sealed under them.
 */
async function setApart(
  told: ReturnType<typeof pendingOf>,
  state: State,
  sealer: Sealer,
  journal: Journal,
): Promise<void> {
  for (let from = 0; from < told.length; from += APART_AT_ONCE) {
    const { entries, opened } = sealCommit(sealer, state.keys, told.slice(from, from + APART_AT_ONCE));
    await journal.append(JSON.stringify(entries), () => {
      for (const fact of opened) apply(state, fact);
    });
  }
}

function compare<T extends number | string>(one: T, other: T): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

const PROBLEMS: Readonly<Record<NotSaved["reason"], string>> = {
  full: "the disk is full: make room; what is refused meanwhile must be sent again",
  stopped: "the disk failed: restart the program; if it stays so, check the disk and restore a backup",
  unavailable: "the store cannot be reached: try again",
};
