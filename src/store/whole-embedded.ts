import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sealedEntries } from "./checkpoint.ts";
import type { Entry } from "./entry.ts";
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
import { type Replayed, replay } from "./recover.ts";
import { rewrapped, rootEntries } from "./rotate.ts";
import { createSealer, ROOTS, type Sealer } from "./seal.ts";
import { openPost, openReplies, openSession, rootOwner } from "./seal-entry.ts";
import { START } from "./segment.ts";
import { readSnapshot, type Snapshot, writeSnapshot } from "./snapshot.ts";
import type { State } from "./state.ts";
import { StoreError } from "./store.ts";
import { counted, createCounter, isSame, tallyOf } from "./tally.ts";
import type { Whole } from "./whole.ts";

/** Readings anew, when a running program replaces the files that are being read. */
const READINGS = 5;

/** The embedded store of a DATA_DIR as one thing. A running program goes on while it is read. */
export function wholeEmbedded(dataDir: string, key: Uint8Array): Whole {
  const dir = storeFolder(dataDir);
  const sealer = createSealer(key);
  return {
    keyId: sealer.keyId,
    entries: async function* () {
      yield* sealedEntries((await readStore(dir, sealer)).state);
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
      const snapshot = { mark: START, segment: 1, keyId: sealer.keyId, erasedBefore: false };
      await writeSnapshot(join(made, SNAPSHOT), { ...snapshot, entries: counted(entries(), counter) });
      const written = await snapshotIn(made);
      const tally = counter.tally();
      if (!isSame(tally, await tallyOf(written.entries))) {
        throw new StoreError(`${made} does not hold what was written; check the disk, nothing was replaced`);
      }
      check(await replay(made, await snapshotIn(made), sealer, () => Promise.resolve()));
      await syncFolder(made);
      await replace(dataDir, dir, made);
      return tally;
    },
    rewrap: async (key) => {
      const to = createSealer(key);
      const { state, mark, segment } = await readStore(dir, sealer);
      const entries = [...rewrappedEntries(state, sealer, to)];
      const made = join(dir, `${SNAPSHOT}.tmp`);
      await writeSnapshot(made, { mark, segment, keyId: to.keyId, erasedBefore: false, entries });
      const found = await readSnapshot(made);
      if (found.kind !== "whole") throw new StoreError(`${made} is ${found.kind}; nothing was changed`);
      check(await replay(dir, found.snapshot, createSealer(key), () => Promise.resolve()));
      // From here on the new key opens the store; until here the old one does.
      await rename(made, join(dir, SNAPSHOT));
      await syncFolder(dir);
      await dropOldKey(dir, segment);
      return state.keys.size;
    },
    dropOldKey: async () => dropOldKey(dir, (await snapshotIn(dir)).segment),
    verify: async (check) => {
      try {
        const { state } = await readStore(dir, sealer);
        return {
          complaints: state.complaints.size,
          events: [...state.complaints.values()].reduce((sum, { revision }) => sum + revision, 0),
          deliveries: state.deliveries.size + state.sent.size,
          faults: [
            ...faultsOf(state),
            ...[...state.complaints.values()].flatMap((complaint) =>
              (check?.(complaint) ?? []).map((fault) => `complaint ${complaint.id}: ${fault}`),
            ),
          ],
        };
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        return { complaints: 0, events: 0, deliveries: 0, faults: [error.message] };
      }
    },
    close: () => Promise.resolve(),
  };
}

/** Reads the files as they lie there; a batch that is just being written is not stored yet. */
async function readStore(dir: string, sealer: Sealer): Promise<Replayed> {
  for (let reading = 1; ; reading += 1) {
    const snapshot = await snapshotIn(dir);
    try {
      return await replay(dir, snapshot, sealer, () => Promise.resolve());
    } catch (error) {
      const now = await snapshotIn(dir);
      const moved = now.segment !== snapshot.segment;
      const known = error instanceof StoreError || systemCode(error) === "ENOENT";
      if (!moved || !known || reading === READINGS) throw error;
    }
  }
}

async function snapshotIn(dir: string): Promise<Snapshot> {
  const found = await readSnapshot(join(dir, SNAPSHOT));
  if (found.kind === "whole") return found.snapshot;
  throw new StoreError(`${join(dir, SNAPSHOT)} is ${found.kind}; ${RESTORE}`);
}

/** Everything as it stands, its keys wrapped anew. */
function* rewrappedEntries(state: State, from: Sealer, to: Sealer): Generator<Entry> {
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

function check({ state }: Replayed): void {
  const [fault] = faultsOf(state);
  if (fault !== undefined) throw new StoreError(fault);
}

/** Opens what stays sealed in memory; all else was opened and folded when it was read. */
function faultsOf({ keys, sessions, handled, mailboxes }: State): string[] {
  const faults: string[] = [];
  const open = (act: () => unknown): void => {
    try {
      act();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      faults.push(error.message);
    }
  };
  for (const [lookup, sealed] of sessions) open(() => openSession(keys, lookup, sealed));
  for (const [message, { conversation, sealed }] of handled) {
    if (sealed !== undefined) open(() => openReplies(keys, conversation, message, sealed));
  }
  for (const [lookup, { posts }] of mailboxes) {
    for (const { number, sealed } of posts) open(() => openPost(keys, lookup, number, sealed));
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
