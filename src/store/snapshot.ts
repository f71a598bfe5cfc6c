import { link, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Low } from "lowdb";
import { SnapshotEntry } from "./entry.ts";
import { exists, OLDER_SNAPSHOT, RESTORE, SNAPSHOT, syncFolder, writeAll } from "./files.ts";
import type { FailPoint, OnReport } from "./report.ts";
import type { Sealer } from "./seal.ts";
import { checksum, type Mark, START } from "./segment.ts";
import { StoreError } from "./store.ts";

/** The whole store at one moment. */
export type Snapshot = {
  /** The journal up to here is in it. */
  readonly mark: Mark;
  /** The first journal segment that is not in it. */
  readonly segment: number;
  /** The identity key that it needs (seal.ts: keyId). */
  readonly keyId: string;
  /** The snapshot before this one still holds the keys of something erased. */
  readonly erasedBefore: boolean;
  readonly entries: Iterable<SnapshotEntry>;
  /**
   * Whether it is as somebody with this identity key wrote it: a sum tells of damage, but whoever takes a case out can
   * make a new one. Undefined: it is of a version that did not prove it.
   */
  isProven(sealer: Pick<Sealer, "proof">): boolean | undefined;
};

/** A snapshot to be written; its entries may come as slowly as they like. */
export type SnapshotToWrite = Omit<Snapshot, "entries" | "keyId" | "isProven"> & {
  readonly sealer: Pick<Sealer, "keyId" | "proof">;
  readonly entries: Iterable<SnapshotEntry> | AsyncIterable<SnapshotEntry>;
};

export type SnapshotFile = {
  /**
   * The newest whole snapshot; undefined when there never was one.
   * @throws StoreError when snapshots are damaged beyond use
   */
  read(): Promise<Snapshot | undefined>;
  /**
   * Durable when it resolves; the snapshot before it is kept as `.bak`.
   * @param onPlaced runs as soon as the next start would find it, in the same turn
   */
  write(snapshot: SnapshotToWrite, onPlaced?: () => void): Promise<{ readonly bytes: number }>;
};

/**
 * 2: talk may lie in files of its own; 3: events of cases too; 4: the last line proves all before it; 5: who filed a case
 * stands apart from it.
 */
const FORMAT = 5;
const UNPROVEN = [1, 2, 3];
const PROVEN = [4, FORMAT];
/** Bytes made between two turns of the event loop: a few ms of sealing. */
const SLICE = 131_072;
const SUM_DIGITS = 8;
/** `crc32 format seq digest segment keyId erasedBefore`; the checksum is over everything after it. */
const HEADER = /^([0-9a-f]{8}) (\d+) (\d+) ([0-9a-f]{64}) (\d+) ([0-9a-f]{16}) ([01])$/;

const PROOF = /^proof ([0-9a-f]{64})\n$/;
const PROOF_BYTES = "proof ".length + 64 + 1;

const temporary = `${SNAPSHOT}.tmp`;
const older = `${OLDER_SNAPSHOT}.tmp`;

/** `store.json` in a store's folder, through lowdb with an adapter that is durable and checks what it reads. */
export function openSnapshotFile(
  dir: string,
  onReport: OnReport,
  failPoint: FailPoint | undefined,
): SnapshotFile {
  const path = (name: string): string => join(dir, name);
  let bytes = 0;
  let found: Snapshot | undefined;
  let placed: () => void = () => {};

  const adapter = {
    read: async (): Promise<SnapshotToWrite | null> => {
      await Promise.all([temporary, older].map((name) => rm(path(name), { force: true })));
      const newest = await readSnapshot(path(SNAPSHOT));
      if (newest.kind === "whole") {
        found = newest.snapshot;
        return nothing;
      }
      const before = await readSnapshot(path(OLDER_SNAPSHOT));
      if (before.kind === "whole") {
        await putBack(newest.kind === "damaged");
        found = before.snapshot;
        return nothing;
      }
      if (newest.kind === "missing" && before.kind === "missing") return null;
      throw new StoreError(
        `${path(SNAPSHOT)} is ${newest.kind} and ${OLDER_SNAPSHOT} is ${before.kind}; ${RESTORE}`,
      );
    },
    write: async (snapshot: SnapshotToWrite): Promise<void> => {
      failPoint?.("before-snapshot");
      try {
        bytes = await writeSnapshot(path(temporary), snapshot);
        failPoint?.("before-link");
        await keepNewestAsOlder();
        failPoint?.("before-rename");
        await rename(path(temporary), path(SNAPSHOT));
        placed();
        failPoint?.("after-rename");
        await syncFolder(dir);
      } catch (error) {
        // Half a snapshot on a full disk takes the room that commits need.
        await rm(path(temporary), { force: true });
        throw error;
      }
    },
  };

  const keepNewestAsOlder = async (): Promise<void> => {
    if (!(await exists(path(SNAPSHOT)))) return;
    await rm(path(older), { force: true });
    await link(path(SNAPSHOT), path(older));
    await rename(path(older), path(OLDER_SNAPSHOT));
    // A rename onto another name of the same file does nothing and leaves both.
    await rm(path(older), { force: true });
    await syncFolder(dir);
  };

  /** The damaged file is kept for a look; it must not become the next `.bak`. */
  const putBack = async (damaged: boolean): Promise<void> => {
    if (damaged) await rename(path(SNAPSHOT), path(`${SNAPSHOT}.damaged`));
    await link(path(OLDER_SNAPSHOT), path(SNAPSHOT));
    await syncFolder(dir);
    onReport({ event: "older_snapshot_used", file: SNAPSHOT, problem: damaged ? "damaged" : "missing" });
  };

  const nothing: SnapshotToWrite = {
    mark: START,
    segment: 1,
    sealer: { keyId: "", proof: () => ({ update: () => undefined, digest: () => "" }) },
    erasedBefore: false,
    entries: [],
  };
  const db = new Low<SnapshotToWrite>(adapter, nothing);
  return {
    read: async () => {
      // Lowdb itself, and this, would hold on to a copy of the whole state.
      await db.read();
      const snapshot = found;
      found = undefined;
      return snapshot;
    },
    write: async (snapshot, onPlaced = () => {}) => {
      db.data = snapshot;
      placed = onPlaced;
      try {
        await db.write();
      } finally {
        db.data = nothing;
      }
      return { bytes };
    },
  };
}

/** Durable when it resolves with its size in bytes. */
export async function writeSnapshot(path: string, snapshot: SnapshotToWrite): Promise<number> {
  const { mark, segment, sealer, erasedBefore } = snapshot;
  const header = `${FORMAT} ${mark.seq} ${mark.digest} ${segment} ${sealer.keyId} ${erasedBefore ? 1 : 0}\n`;
  const handle = await open(path, "w", 0o600);
  try {
    const proof = sealer.proof();
    proof.update(header);
    let sum = checksum(header);
    let size = SUM_DIGITS + 1 + header.length;
    const add = async (slice: Buffer): Promise<void> => {
      await writeAll(handle, slice, size);
      sum = checksum(slice, Number.parseInt(sum, 16));
      size += slice.length;
    };
    await writeAll(handle, Buffer.from(`${"0".repeat(SUM_DIGITS)} ${header}`), 0);
    for await (const slice of slices(snapshot.entries)) {
      proof.update(slice);
      await add(slice);
    }
    await add(Buffer.from(`proof ${proof.digest()}\n`));
    await writeAll(handle, Buffer.from(sum), 0);
    await handle.sync();
    return size;
  } finally {
    await handle.close();
  }
}

async function* slices(entries: SnapshotToWrite["entries"]): AsyncGenerator<Buffer> {
  let lines: string[] = [];
  let size = 0;
  for await (const entry of entries) {
    const line = `${JSON.stringify(entry)}\n`;
    lines.push(line);
    size += line.length;
    if (size < SLICE) continue;
    yield Buffer.from(lines.join(""));
    lines = [];
    size = 0;
  }
  if (lines.length > 0) yield Buffer.from(lines.join(""));
}

type Found =
  | { readonly kind: "missing" }
  | { readonly kind: "damaged" }
  | { readonly kind: "whole"; readonly snapshot: Snapshot };

/** Changes nothing. */
export async function readSnapshot(path: string): Promise<Found> {
  if (!(await exists(path))) return { kind: "missing" };
  const bytes = await readFile(path);
  const end = bytes.indexOf("\n");
  const [, sum, format, seq, digest, segment, keyId, erased] =
    HEADER.exec(bytes.toString("latin1", 0, Math.max(end, 0))) ?? [];
  if (digest === undefined || keyId === undefined || checksum(bytes.subarray(SUM_DIGITS + 1)) !== sum) {
    return { kind: "damaged" };
  }
  const proves = PROVEN.includes(Number(format));
  if (!proves && !UNPROVEN.includes(Number(format))) {
    throw new StoreError(
      `${path} has format ${format}, this program reads ${FORMAT}; start the newer program that wrote it`,
    );
  }
  const last = proves ? bytes.length - PROOF_BYTES : bytes.length;
  const [, given] = PROOF.exec(bytes.toString("latin1", last)) ?? [];
  if (proves && (given === undefined || last < end)) return { kind: "damaged" };
  const snapshot: Snapshot = {
    mark: { seq: Number(seq), digest },
    segment: Number(segment),
    keyId,
    erasedBefore: erased === "1",
    entries: entriesIn(bytes.subarray(end + 1, last)),
    isProven: (sealer) => {
      if (!proves) return undefined;
      const proof = sealer.proof();
      proof.update(bytes.subarray(SUM_DIGITS + 1, last));
      return proof.digest() === given;
    },
  };
  return { kind: "whole", snapshot };
}

function* entriesIn(bytes: Buffer): Generator<SnapshotEntry> {
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf("\n", start);
    yield SnapshotEntry.parse(JSON.parse(bytes.toString("utf8", start, end)));
    start = end + 1;
  }
}
