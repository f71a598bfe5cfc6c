import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { SnapshotEntry } from "./entry.ts";
import { isFull, SNAPSHOT, segmentName, segmentNumbers, syncFolder, systemCode } from "./files.ts";
import type { Journal } from "./journal.ts";
import type { Recovered } from "./recover.ts";
import type { FailPoint, OnReport } from "./report.ts";
import type { Sealer } from "./seal.ts";
import { sealKnown } from "./seal-entry.ts";
import type { SnapshotFile } from "./snapshot.ts";
import { copyState, entriesOf, move, moveCase, placesIn, type State } from "./state.ts";
import { liveBytes, putAway, type TalkFiles } from "./talk.ts";

/** The journal is folded into a snapshot when it is longer than this, */
export const CHECKPOINT_BYTES = 8_388_608;
/** … and than this for each complaint, so that big stores are not written over and over. */
export const CHECKPOINT_BYTES_A_COMPLAINT = 512;
/** After a failure, bytes of journal until the next try. */
const RETRY_BYTES = 1_048_576;
/** How long erased content may stay readable in old files; several erasures in this time share the work. */
export const PURGE_AFTER_MS = 60_000;

export type Checkpoints = {
  /** To be called after each commit: starts a checkpoint in the background when one is due. */
  afterCommit(erased: boolean): void;
  /** Waits for the one that is running and writes the last. */
  close(): Promise<void>;
};

type Parts = {
  readonly dir: string;
  readonly recovered: Recovered;
  readonly journal: Journal;
  readonly snapshots: SnapshotFile;
  readonly talks: TalkFiles;
  readonly sealer: Sealer;
  readonly onReport: OnReport;
  readonly failPoint: FailPoint | undefined;
  readonly checkpointBytes: number;
  /** The files hold what is to be written anew at once. */
  readonly stale: boolean;
};

/**
 * Keeps the journal short and memory free of what is seldom read, and takes what was erased out of every file. A failed
 * checkpoint loses nothing.
 */
export function createCheckpoints(parts: Parts): Checkpoints {
  const { dir, recovered, journal, snapshots, talks, onReport, failPoint } = parts;
  const { state } = recovered;
  /** The files of talk that the newest snapshot, the next `.bak`, needs. */
  let { talk } = recovered;
  /** The first segment that the newest snapshot, the next `.bak`, does not hold. */
  let since = recovered.since;
  /** Reading of `journal.bytes()` at the newest snapshot; negative for what was there at the start. */
  let base = -recovered.replayed;
  let retryAt = 0;
  let erasures: number = recovered.erasures;
  let running: Promise<void> | undefined;
  let purging: Promise<void> | undefined;
  let closing = false;
  let timer: NodeJS.Timeout | undefined;

  const grown = (): number => journal.bytes() - base;
  const isDue = (): boolean => {
    const enough = Math.max(parts.checkpointBytes, CHECKPOINT_BYTES_A_COMPLAINT * state.complaints.size);
    return grown() > enough && journal.bytes() >= retryAt;
  };

  /** Never rejects: everything is in the journal, so failing only means that the journal stays long. */
  const run = (): Promise<void> => {
    running ??= write().then(
      () => {
        running = undefined;
      },
      (error: unknown) => {
        running = undefined;
        retryAt = journal.bytes() + RETRY_BYTES;
        const problem = isFull(error) ? "full" : (systemCode(error) ?? "failed");
        onReport({ event: "snapshot_failed", file: SNAPSHOT, problem });
      },
    );
    return running;
  };

  const write = async (): Promise<void> => {
    const { mark, segment, bytes, copy, owed } = await journal.rotate((mark, segment) => {
      const owed = erasures;
      // Reset in the same turn as the copy: what is erased from now on is not in it.
      erasures = 0;
      return { mark, segment, bytes: journal.bytes(), copy: copyState(state), owed };
    });
    const left = Math.max(0, owed - 1);
    const { sealer } = parts;
    const before = talk;
    const moves: (() => void)[] = [];
    const away = putAway({
      dir,
      entries: sealedEntries(copy),
      files: talk,
      live: liveBytes(placesIn(copy)),
      read: talks.read,
      onMoved: (said, from, place) => {
        if (said.kind !== "events") moves.push(() => move(state, said, from, place));
        else {
          const was = copy.complaints.get(said.complaint);
          if (was) moves.push(() => moveCase(state, was, place));
        }
      },
      failPoint,
    });
    let placed = false;
    const onPlaced = (): void => {
      placed = true;
      talk = away.files();
      for (const act of moves) act();
    };
    try {
      const snapshot = { mark, segment, sealer, erasedBefore: left > 0, entries: away.entries };
      const size = await snapshots.write(snapshot, onPlaced);
      onReport({ event: "snapshot_written", file: SNAPSHOT, seq: mark.seq, count: size.bytes });
    } catch (error) {
      erasures = Math.max(erasures, owed);
      // Talk that no snapshot names takes the room that commits need.
      if (!placed) await away.abandon();
      throw error;
    }
    erasures = Math.max(erasures, left);
    base = bytes;
    failPoint?.("before-drop");
    await dropBefore(dir, since, owed > 0 && left === 0);
    await talks.keepOnly([...before, ...talk]);
    failPoint?.("after-drop");
    since = segment;
  };

  const purge = (): Promise<void> => {
    const again = async (triesLeft: number): Promise<void> => {
      if (erasures === 0 || triesLeft === 0) return;
      await run();
      await again(triesLeft - 1);
    };
    // Two are needed; one that was already running does not count for what was erased meanwhile.
    purging ??= again(3).finally(() => {
      purging = undefined;
    });
    return purging;
  };
  const purgeSoon = (): void => {
    if (closing) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      void purge().then(() => erasures > 0 && purgeSoon());
    }, PURGE_AFTER_MS).unref();
  };

  if (erasures > 0) purgeSoon();
  if (parts.stale || isDue()) void run();
  return {
    afterCommit: (erased) => {
      if (erased) {
        erasures = 2;
        purgeSoon();
      }
      if (!running && !closing && isDue()) void run();
    },
    close: async () => {
      closing = true;
      clearTimeout(timer);
      await purging;
      await running;
      // On a disk that failed, nothing is written any more: the next start reads what is surely there.
      if (journal.trouble()?.reason === "stopped") return;
      if (grown() > 0) await run();
      await purge();
    },
  };
}

/** All that is known, as it would lie on a disk. */
export function* sealedEntries(copy: State): Generator<Exclude<SnapshotEntry, { kind: "talk" }>> {
  for (const fact of entriesOf(copy)) {
    yield fact.kind === "events" && "sealed" in fact ? fact : sealKnown(copy.keys, fact);
  }
}

/** The segments that even the older snapshot holds; `remains` also takes what was kept aside of damaged files. */
async function dropBefore(dir: string, since: number, remains: boolean): Promise<void> {
  const old = (await segmentNumbers(dir)).filter((number) => number < since).map(segmentName);
  const aside = remains ? (await readdir(dir)).filter((name) => /\.(torn|damaged)$/.test(name)) : [];
  if (old.length + aside.length === 0) return;
  for (const name of [...old, ...aside]) await rm(join(dir, name), { force: true });
  await syncFolder(dir);
}
