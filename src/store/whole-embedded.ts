import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createCases } from "./cases.ts";
import { sealedEntries } from "./checkpoint.ts";
import type { Entry, Kept, Said, SnapshotEntry } from "./entry.ts";
import {
  holdsData,
  makePrivateFolder,
  OLDER_SNAPSHOT,
  REPLACED,
  RESTORE,
  RESTORING,
  SNAPSHOT,
  segmentName,
  segmentNumbers,
  storeFolder,
  syncFolder,
  systemCode,
} from "./files.ts";
import { takeLock } from "./lock.ts";
import { pendingOf, type Replayed, replay } from "./recover.ts";
import { rewrapped, rootEntries } from "./rotate.ts";
import { createSealer, ROOTS, type Sealer } from "./seal.ts";
import {
  isSaid,
  openIdentity,
  openPost,
  openReplies,
  openSession,
  rootOwner,
  sealCommit,
} from "./seal-entry.ts";
import { START } from "./segment.ts";
import { readSnapshot, type Snapshot, writeSnapshot } from "./snapshot.ts";
import { apply, placesIn, type State } from "./state.ts";
import { StoreError } from "./store.ts";
import { holdTalk, liveBytes, openTalkFiles, putAway, type TalkFiles } from "./talk.ts";
import { counted, createCounter, isSame, tallyOf } from "./tally.ts";
import { createUnreadable } from "./unreadable.ts";
import { identityFaults, type Whole } from "./whole.ts";

/** Readings anew, when a running program replaces the files that are being read. */
const READINGS = 5;

/** The embedded store of a DATA_DIR as one thing. A running program goes on while it is read. */
export function wholeEmbedded(dataDir: string, key: Uint8Array): Whole {
  const dir = storeFolder(dataDir);
  const sealer = createSealer(key);
  return {
    keyId: sealer.keyId,
    entries: async function* () {
      const store = await readStore(dir, sealer);
      try {
        yield* whole(sealedEntries(store.state), store.talks);
      } finally {
        await store.talks.close();
      }
    },
    alone: async (act) => {
      await makePrivateFolder(dir);
      const lock = await takeLock(dir);
      try {
        return await act();
      } finally {
        await lock.release();
      }
    },
    holdsData: () => holdsData(dataDir),
    fill: async (entries) => {
      const made = `${dir}${RESTORING}`;
      await rm(made, { recursive: true, force: true });
      await mkdir(made, { mode: 0o700 });
      const counter = createCounter();
      const snapshot = { mark: START, segment: 1, sealer, erasedBefore: false };
      const talks = openTalkFiles(made);
      try {
        const { read } = talks;
        const away = putAway({
          dir: made,
          entries: counted(entries(), counter),
          files: [],
          live: new Map(),
          read,
        });
        await writeSnapshot(join(made, SNAPSHOT), { ...snapshot, entries: away.entries });
        const tally = counter.tally();
        if (!isSame(tally, await tallyOf(whole((await snapshotIn(made)).entries, talks)))) {
          throw new StoreError(
            `${made} does not hold what was written; check the disk, nothing was replaced`,
          );
        }
        await check(await replay(made, await snapshotIn(made), sealer, () => Promise.resolve()), talks);
      } finally {
        await talks.close();
      }
      await syncFolder(made);
      await replace(dataDir, dir, made);
      return counter.tally();
    },
    rewrap: async (key) => {
      const to = createSealer(key);
      const { state, mark, segment, talk, talks } = await readStore(dir, sealer);
      const away = putAway({
        dir,
        entries: rewrappedEntries(state, sealer, to),
        files: talk,
        live: liveBytes(placesIn(state)),
        read: talks.read,
      });
      const made = join(dir, `${SNAPSHOT}.tmp`);
      try {
        try {
          const { entries } = away;
          await writeSnapshot(made, { mark, segment, sealer: to, erasedBefore: false, entries });
          const found = await readSnapshot(made);
          if (found.kind !== "whole") throw new StoreError(`${made} is ${found.kind}; nothing was changed`);
          await check(await replay(dir, found.snapshot, createSealer(key), () => Promise.resolve()), talks);
        } catch (error) {
          await away.abandon();
          throw error;
        }
        // From here on the new key opens the store; until here the old one does.
        await rename(made, join(dir, SNAPSHOT));
        await syncFolder(dir);
        await dropOldKey(dir, segment);
        await talks.keepOnly(away.files());
        return state.keys.size;
      } finally {
        await talks.close();
      }
    },
    dropOldKey: async () => dropOldKey(dir, (await snapshotIn(dir)).segment),
    verify: async (check) => {
      try {
        const { state, talks, proven } = await readStore(dir, sealer);
        try {
          const faults = await faultsOf(state, talks);
          if (!proven)
            faults.push(
              `${SNAPSHOT} does not prove who wrote it: an older version did, which the next start mends, or it was changed`,
            );
          const unreadable = createUnreadable(({ problem }) => faults.push(String(problem)));
          for await (const complaint of createCases(state, talks, unreadable).each()) {
            const kept = (state.identities.get(complaint.id) ?? []).map(({ event }) => event);
            for (const fault of [...identityFaults(complaint, kept), ...(check?.(complaint) ?? [])])
              faults.push(`complaint ${complaint.id}: ${fault}`);
          }
          return {
            complaints: state.complaints.size,
            events: [...state.complaints.values()].reduce((sum, { revision }) => sum + revision, 0),
            deliveries: state.deliveries.size + state.sent.size,
            faults,
          };
        } finally {
          await talks.close();
        }
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        return { complaints: 0, events: 0, deliveries: 0, faults: [error.message] };
      }
    },
    close: () => Promise.resolve(),
  };
}

/** A store as it was read, and its files of talk: they are to be closed, and can be read until then. */
type Reading = Replayed & { readonly talks: TalkFiles };

/** Reads the files as they lie there; a batch that is just being written is not stored yet. */
async function readStore(dir: string, sealer: Sealer): Promise<Reading> {
  for (let reading = 1; ; reading += 1) {
    const snapshot = await snapshotIn(dir);
    try {
      const replayed = await replay(dir, snapshot, sealer, () => Promise.resolve());
      const { state } = replayed;
      for (const fact of sealCommit(sealer, state.keys, pendingOf(replayed)).opened) apply(state, fact);
      return { ...replayed, talks: await holdTalk(dir, replayed.talk) };
    } catch (error) {
      const now = await snapshotIn(dir);
      const moved = now.segment !== snapshot.segment;
      const known = error instanceof StoreError || systemCode(error) === "ENOENT";
      if (!moved || !known || reading === READINGS) throw error;
    }
  }
}

/** Entries that need no file beside them. */
async function* whole(entries: Iterable<SnapshotEntry>, talks: TalkFiles): AsyncGenerator<Entry> {
  for (const entry of entries) {
    if (entry.kind !== "talk") yield isSaid(entry) ? await wholeSaid(entry, talks) : entry;
  }
}

async function wholeSaid(said: Said, talks: TalkFiles): Promise<Entry> {
  if (said.kind !== "handled") return { ...said, sealed: await talks.read(said.sealed) };
  const { sealed, ...rest } = said;
  return sealed === undefined ? rest : { ...rest, sealed: await talks.read(sealed) };
}

async function snapshotIn(dir: string): Promise<Snapshot> {
  const found = await readSnapshot(join(dir, SNAPSHOT));
  if (found.kind === "whole") return found.snapshot;
  throw new StoreError(`${join(dir, SNAPSHOT)} is ${found.kind}; ${RESTORE}`);
}

/** Everything as it stands, its keys wrapped anew. */
function* rewrappedEntries(state: State, from: Sealer, to: Sealer): Generator<SnapshotEntry> {
  yield* rootEntries(from, to);
  const roots = new Set<string>(ROOTS.map(rootOwner));
  for (const entry of sealedEntries(state)) {
    if (entry.kind !== "key") yield entry;
    else if (!roots.has(entry.owner)) {
      const key = state.keys.get(entry.owner);
      if (key) yield rewrapped(entry.owner, key, to);
    }
  }
}

/** Takes away all files of before a snapshot: they are wrapped with the old key, which may have become known. */
async function dropOldKey(dir: string, segment: number): Promise<void> {
  const old = (await segmentNumbers(dir)).filter((number) => number < segment).map(segmentName);
  const aside = (await readdir(dir)).filter((name) => /\.(torn|damaged|tmp)$/.test(name));
  for (const name of [OLDER_SNAPSHOT, ...old, ...aside]) await rm(join(dir, name), { force: true });
  for (const beside of [REPLACED, RESTORING]) await rm(`${dir}${beside}`, { recursive: true, force: true });
  await syncFolder(dir);
}

async function check({ state, talk }: Replayed, talks: TalkFiles): Promise<void> {
  await talks.hold(talk);
  const [fault] = await faultsOf(state, talks);
  if (fault !== undefined) throw new StoreError(fault);
}

/** Opens what stays sealed in memory or on the disk; all else was opened and folded when it was read. */
async function faultsOf(
  { keys, identities, sessions, handled, mailboxes }: State,
  talks: TalkFiles,
): Promise<string[]> {
  const faults: string[] = [];
  const open = async (sealed: Kept, act: (sealed: string) => unknown): Promise<void> => {
    try {
      await talks.open(sealed, act);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      faults.push(error.message);
    }
  };
  for (const { complaint, event, sealed } of [...identities.values()].flat()) {
    await open(sealed, (text) => openIdentity(keys, complaint, event, text));
  }
  for (const [lookup, sealed] of sessions) await open(sealed, (text) => openSession(keys, lookup, text));
  for (const [message, { conversation, sealed }] of handled) {
    if (sealed !== undefined) await open(sealed, (text) => openReplies(keys, conversation, message, text));
  }
  for (const [lookup, { posts }] of mailboxes) {
    for (const { number, sealed } of posts)
      await open(sealed, (text) => openPost(keys, lookup, number, text));
  }
  return faults;
}

/** What was there is kept beside until the next time. */
async function replace(dataDir: string, dir: string, made: string): Promise<void> {
  const before = `${dir}${REPLACED}`;
  await rm(before, { recursive: true, force: true });
  const held = await holdsData(dataDir);
  await rename(dir, before);
  await rename(made, dir);
  await syncFolder(dirname(dir));
  if (!held) await rm(before, { recursive: true, force: true });
}
