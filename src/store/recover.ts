import { open as openFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { ComplaintError } from "../complaints/complaint.ts";
import { awayFrom, type EventsAway, isAway } from "./away.ts";
import { type Decided, Entries, type Opened, type Place, type SnapshotEntry } from "./entry.ts";
import {
  exists,
  isFull,
  RESTORE,
  RESTORING,
  SNAPSHOT,
  segmentName,
  segmentNumbers,
  syncFolder,
  talkName,
} from "./files.ts";
import type { OnReport } from "./report.ts";
import type { Sealer } from "./seal.ts";
import { openCase, openEntry, STORE_OWNER } from "./seal-entry.ts";
import { type Mark, type Reading, readSegment, START, withoutRoom } from "./segment.ts";
import type { Snapshot, SnapshotFile } from "./snapshot.ts";
import { apply, emptyState, inMemory, type State } from "./state.ts";
import { StoreError, WrongKey } from "./store.ts";
import { openTalkNow, type TalkFile } from "./talk.ts";

/** A store as its files told it. */
export type Recovered = {
  readonly state: State;
  /** What the newest snapshot needs beside it. */
  readonly talk: readonly TalkFile[];
  readonly mark: Mark;
  /** The segment to write next. */
  readonly segment: number;
  /** The first segment that is not in the newest snapshot. */
  readonly since: number;
  /** Bytes of journal since the newest snapshot. */
  readonly replayed: number;
  /** The newest snapshot proves that it was written with the identity key; those of older versions do not. */
  readonly proven: boolean;
  /** Checkpoints until nothing erased can be read in any file. */
  readonly erasures: 0 | 1 | 2;
};

/**
 * Reads the newest snapshot and the journal since; on the very first start makes an empty snapshot.
 * @throws StoreError when anything that was stored is missing, damaged or sealed with another key
 */
export async function recover(
  dir: string,
  snapshots: SnapshotFile,
  sealer: Sealer,
  onReport: OnReport,
): Promise<Recovered & Pick<Replayed, "told">> {
  const numbers = await segmentNumbers(dir);
  const snapshot = (await snapshots.read()) ?? (await begin(dir, numbers, snapshots, sealer));
  const { erased, ...replayed } = await replay(dir, snapshot, sealer, (path, bytes, reading) =>
    cutTail(path, bytes, reading, onReport),
  );
  if (!replayed.proven) onReport({ event: "snapshot_unproven", file: SNAPSHOT });
  return {
    ...replayed,
    since: snapshot.segment,
    erasures: erased ? 2 : snapshot.erasedBefore ? 1 : 0,
  };
}

/** A store's state as a snapshot and the journal since tell it. */
export type Replayed = Pick<Recovered, "state" | "talk" | "mark" | "segment" | "replayed" | "proven"> & {
  /** Something was erased since the snapshot. */
  readonly erased: boolean;
  /** What an earlier program sealed of persons together with their cases, and what is not stored apart yet. */
  readonly told: readonly ToldIn[];
};

type ToldIn = Extract<Decided, { kind: "identity" }>;

/** Told together with its case, and not stored apart yet. */
export function pendingOf({ state, told }: Pick<Replayed, "state" | "told">): ToldIn[] {
  return told.filter(({ complaint, event }) => {
    const known = state.complaints.get(complaint);
    const apart = state.identities.get(complaint)?.some((identity) => identity.event === event);
    return known !== undefined && known.status !== "erased" && apart !== true;
  });
}

type OnTorn = (path: string, bytes: Buffer, reading: Reading) => Promise<void>;

/**
 * Folds a snapshot and the journal since.
 * @param onTorn told of the end of the last segment, when a write was broken off there
 * @throws StoreError when anything else is missing, damaged or sealed with another key
 */
export async function replay(
  dir: string,
  snapshot: Snapshot,
  sealer: Sealer,
  onTorn: OnTorn,
): Promise<Replayed> {
  if (snapshot.keyId !== sealer.keyId) {
    throw new WrongKey(dir, snapshot.keyId, sealer.keyId);
  }
  const proven = snapshot.isProven(sealer);
  if (proven === false)
    throw new StoreError(
      `${join(dir, SNAPSHOT)} was changed by somebody without the identity key; ${RESTORE}`,
    );
  const said = openTalkNow(dir);
  const open: Open = (place, act) => {
    const sealed = said.read(place);
    return reading(join(dir, talkName(place.file)), () => act(sealed));
  };
  try {
    const replayed = await replayOnto(emptyState(), { dir, snapshot, sealer, open, onTorn });
    return { ...replayed, proven: proven === true };
  } finally {
    said.close();
  }
}

type Replaying = {
  readonly dir: string;
  readonly snapshot: Snapshot;
  readonly sealer: Sealer;
  readonly open: Open;
  readonly onTorn: OnTorn;
};

async function replayOnto(
  state: State,
  { dir, snapshot, sealer, open, onTorn }: Replaying,
): Promise<Omit<Replayed, "proven">> {
  const told: ToldIn[] = [];
  const take = (fact: Opened): void => {
    apply(state, fact);
    if (fact.kind !== "events") return;
    const { complaint } = fact;
    told.push(...(fact.told ?? []).map((one) => ({ kind: "identity", complaint, ...one }) as const));
  };
  const { talk, away } = reading(join(dir, SNAPSHOT), () =>
    foldSnapshot(state, sealer, snapshot.entries, take),
  );
  // After the keys that open them. Events lie all in the snapshot, or all elsewhere.
  for (const events of away) foldAway(state, sealer, open, events, take);

  let { mark } = snapshot;
  let replayed = 0;
  let erased = false;
  const segments = (await segmentNumbers(dir)).filter((number) => number >= snapshot.segment);
  for (const [index, number] of segments.entries()) {
    const path = join(dir, segmentName(number));
    if (number !== snapshot.segment + index) {
      throw new StoreError(
        `${join(dir, segmentName(snapshot.segment + index))} is missing; put it back, or ${RESTORE}`,
      );
    }
    const bytes = withoutRoom(await readFile(path));
    const result = reading(path, () =>
      readSegment(bytes, mark, (json) => {
        const entries = Entries.parse(JSON.parse(json));
        for (const entry of entries) {
          // Before its key goes: what is left of a case that is erased follows on what it was.
          if (entry.kind === "events" || entry.kind === "forgotten") bringBack(state, open, entry.complaint);
          take(openEntry(sealer, state.keys, entry));
        }
        erased ||= entries.some(({ kind }) => kind === "erased" || kind === "forgotten");
      }),
    );
    if (result.damage) {
      if (index < segments.length - 1 || result.damage.kind !== "torn") {
        throw new StoreError(
          `${path} is damaged in line ${result.damage.line} (commit ${result.mark.seq + 1}); ${RESTORE}`,
        );
      }
      await onTorn(path, bytes, result);
    }
    ({ mark } = result);
    replayed += result.whole;
  }
  return { state, talk, mark, segment: snapshot.segment + segments.length, replayed, erased, told };
}

async function begin(
  dir: string,
  numbers: readonly number[],
  snapshots: SnapshotFile,
  sealer: Sealer,
): Promise<Snapshot> {
  if (numbers.length > 0) {
    throw new StoreError(
      `${join(dir, SNAPSHOT)} is missing, but there is a journal; put it back, or ${RESTORE}`,
    );
  }
  if (await exists(`${dir}${RESTORING}`)) {
    throw new StoreError(`a restore into ${dir} was broken off; do it again (motcua restore FILE)`);
  }
  const key = { kind: "key", owner: STORE_OWNER, ...sealer.newKey(STORE_OWNER).wrapped } as const;
  await snapshots.write({ mark: START, segment: 1, sealer, erasedBefore: false, entries: [key] });
  const written = await snapshots.read();
  if (!written) throw new StoreError(`${join(dir, SNAPSHOT)} was not written; check the disk`);
  return written;
}

/** @returns the files that the entries name, and the events that lie in them */
function foldSnapshot(
  state: State,
  sealer: Sealer,
  entries: Iterable<SnapshotEntry>,
  take: (fact: Opened) => void,
): { readonly talk: readonly TalkFile[]; readonly away: readonly EventsAway[] } {
  const talk: TalkFile[] = [];
  const away: EventsAway[] = [];
  for (const entry of entries) {
    if (entry.kind === "talk") talk.push({ file: entry.file, bytes: entry.bytes });
    else if (entry.kind !== "events") take(openEntry(sealer, state.keys, entry));
    else {
      const { sealed } = entry;
      if (typeof sealed === "object") away.push({ ...entry, sealed });
      else take(openEntry(sealer, state.keys, { ...entry, sealed }));
    }
  }
  return { talk, away };
}

/** What was sealed, from where it lies. */
type Open = <T>(place: Place, act: (sealed: string) => T) => T;

/**
 * Reads the events of a case. They stay where they lie, unless they are not all of it, as in a store that was moved, or
 * tell who filed it: then the next checkpoint writes them anew.
 */
function foldAway(
  state: State,
  sealer: Sealer,
  open: Open,
  { sealed: place, ...events }: EventsAway,
  take: (fact: Opened) => void,
): void {
  const { complaint: id } = events;
  const fact = open(place, (sealed) => openEntry(sealer, state.keys, { ...events, sealed }));
  const whole = !state.complaints.has(id) && !(fact.kind === "events" && fact.told);
  bringBack(state, open, id);
  open(place, () => take(fact));
  const complaint = inMemory(state.complaints.get(id));
  if (whole && complaint) state.complaints.set(id, awayFrom(complaint, place));
}

/** A case that the journal goes on with is read again. */
function bringBack(state: State, open: Open, id: string): void {
  const known = state.complaints.get(id);
  if (!known || !isAway(known)) return;
  const complaint = open(known.sealed, (sealed) => openCase(state.keys, id, known.before, sealed));
  if (complaint) state.complaints.set(id, complaint);
}

/** Faults of content, told with the file they are in and what to do. */
function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const known = cause instanceof StoreError || cause instanceof ComplaintError;
    if (!known && !(cause instanceof z.ZodError) && !(cause instanceof SyntaxError)) throw cause;
    // A zod message tells fields, but its line breaks would spoil the log.
    const problem = known ? cause.message : "an entry is not of the form that this program reads";
    throw new StoreError(`${path}: ${problem}; ${RESTORE}`, { cause });
  }
}

/** Takes off what the last batch left half written, keeping it beside the segment. */
async function cutTail(path: string, bytes: Buffer, reading: Reading, onReport: OnReport): Promise<void> {
  const { whole, mark } = reading;
  try {
    await writeFile(`${path}.torn`, bytes.subarray(whole), { mode: 0o600 });
  } catch (error) {
    // On a full disk starting matters more than the remains of what nobody was promised.
    if (!isFull(error)) throw error;
  }
  const handle = await openFile(path, "r+");
  try {
    await handle.truncate(whole);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(join(path, ".."));
  onReport({ event: "torn_tail_cut", file: path, seq: mark.seq + 1, count: bytes.length - whole });
}
