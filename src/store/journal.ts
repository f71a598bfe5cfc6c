import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { isFull, segmentName, syncFolder, systemCode, writeAll } from "./files.ts";
import type { FailPoint, OnReport } from "./report.ts";
import { encodeLine, type Mark } from "./segment.ts";
import { NotSaved } from "./store.ts";

/** Appends commits to the newest segment, as many as wait with one write that is on the disk when it ends. */
export type Journal = {
  /**
   * Resolves when the commit is on the disk; `onDurable` runs just before, in the order of the journal.
   * @throws NotSaved
   */
  append(json: string, onDurable: () => void): Promise<void>;
  /** Between two batches: ends the segment and runs `take`, told where the journal stands and which segment is next. */
  rotate<T>(take: (mark: Mark, segment: number) => T): Promise<T>;
  /** Bytes appended since it was opened. */
  bytes(): number;
  /** Why the last batch was not saved; undefined when it was. */
  trouble(): NotSaved | undefined;
  /** Waits for what was appended, then refuses everything. */
  close(): Promise<void>;
};

type Waiting = {
  readonly json: string;
  readonly onDurable: () => void;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

/** What a segment is written to. */
type File = {
  readonly handle: FileHandle;
  /** Bytes of the commits in it. */
  size: number;
  /** Bytes of the file: zeros follow the commits. */
  room: number;
};

/**
 * A write within a file is on the disk sooner than one that makes it longer, so a segment is made longer by this much at
 * once and cut to what is in it when it ends.
 */
const ROOM = Buffer.alloc(1_048_576);

// Each write is durable when it ends, without asking the disk a second time. Elsewhere the flag promises less.
const DURABLE = process.platform === "linux" ? constants.O_DSYNC : 0;

/** @param from.segment number of the segment to write next; it is made when there is something to put into it */
export function openJournal(
  dir: string,
  from: { readonly mark: Mark; readonly segment: number },
  onReport: OnReport,
  failPoint: FailPoint | undefined,
): Journal {
  let { mark, segment } = from;
  let file: File | undefined;
  let written = 0;
  let trouble: NotSaved | undefined;
  let waiting: Waiting[] = [];
  let betweenBatches: (() => Promise<void>)[] = [];
  let running: Promise<void> | undefined;

  const start = (): void => {
    running ??= run().finally(() => {
      running = undefined;
      if (waiting.length > 0 || betweenBatches.length > 0) start();
    });
  };

  const run = async (): Promise<void> => {
    // Commits of the same turn of the event loop share the first batch too.
    await Promise.resolve();
    while (waiting.length > 0 || betweenBatches.length > 0) {
      const batch = waiting;
      waiting = [];
      if (batch.length > 0) await save(batch);
      const acts = betweenBatches;
      betweenBatches = [];
      for (const act of acts) await act();
    }
  };

  const save = async (batch: readonly Waiting[]): Promise<void> => {
    const { bytes, end } = encodeBatch(mark, batch);
    try {
      if (trouble?.reason === "stopped") throw trouble;
      await put(bytes);
    } catch (error) {
      trouble = await explain(error);
      for (const { reject } of batch) reject(trouble);
      return;
    }
    trouble = undefined;
    mark = end;
    written += bytes.length;
    for (const { onDurable } of batch) onDurable();
    for (const { resolve } of batch) resolve();
  };

  const put = async (bytes: Buffer): Promise<void> => {
    file ??= await create(dir, segment);
    failPoint?.("before-write");
    try {
      if (file.size + bytes.length > file.room) await makeRoom(file, bytes.length);
      // A harness may kill us between the halves, so that the disk keeps a torn batch.
      const half = failPoint ? bytes.length >> 1 : bytes.length;
      await write(file.handle, bytes.subarray(0, half), file.size);
      failPoint?.("mid-write");
      await write(file.handle, bytes.subarray(half), file.size + half);
      failPoint?.("after-write");
    } catch (error) {
      await cutBack();
      throw error;
    }
    file.size += bytes.length;
    file.room = Math.max(file.room, file.size);
  };

  /** So that a rejected batch does not come back at the next start, and what it took of the disk is free again. */
  const cutBack = async (): Promise<void> => {
    if (!file) return;
    try {
      await cut(file);
    } catch (cause) {
      throw new NotSaved("stopped", { cause });
    }
  };

  const explain = async (error: unknown): Promise<NotSaved> => {
    if (error instanceof NotSaved && error === trouble) return error;
    if (isFull(error)) {
      // Once, not for each message that comes while the disk is full.
      if (!trouble) onReport({ event: "journal_full", file: segmentName(segment) });
      return new NotSaved("full", { cause: error });
    }
    const stopped = error instanceof NotSaved ? error : new NotSaved("stopped", { cause: error });
    try {
      await cutBack();
    } catch {
      // It is stopped already; what the disk holds is found out at the next start.
    }
    onReport({
      event: "journal_stopped",
      file: segmentName(segment),
      problem: systemCode(stopped.cause) ?? "unknown",
    });
    return stopped;
  };

  const end = async (): Promise<void> => {
    if (!file) return;
    const ended = file;
    segment += 1;
    file = undefined;
    // What cannot be cut off is read as room.
    await cut(ended).catch(() => undefined);
    await ended.handle.close();
  };

  const rotate = <T>(take: (mark: Mark, segment: number) => T): Promise<T> =>
    new Promise((resolve, reject) => {
      betweenBatches.push(async () => {
        try {
          await end();
          resolve(take(mark, segment));
        } catch (error) {
          reject(error);
        }
      });
      start();
    });

  return {
    append: (json, onDurable) =>
      new Promise((resolve, reject) => {
        waiting.push({ json, onDurable, resolve, reject });
        start();
      }),
    rotate,
    bytes: () => written,
    trouble: () => trouble,
    close: () =>
      rotate(() => {
        trouble = new NotSaved("stopped");
      }),
  };
}

function encodeBatch(
  before: Mark,
  batch: readonly Waiting[],
): { readonly bytes: Buffer; readonly end: Mark } {
  let end = before;
  const lines = batch.map(({ json }) => {
    const { line, mark } = encodeLine(end, before.seq + 1, json);
    end = mark;
    return line;
  });
  return { bytes: Buffer.from(lines.join("")), end };
}

/** Durable when it resolves. */
async function write(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  await writeAll(handle, bytes, position);
  if (DURABLE) return;
  try {
    await handle.datasync();
  } catch (cause) {
    // After a failed fsync nobody knows what the disk holds: even "full" is no longer a clean refusal.
    throw new NotSaved("stopped", { cause });
  }
}

/** For a batch of so many bytes and those to come; where the disk has not as much, for what it has. */
async function makeRoom(file: File, bytes: number): Promise<void> {
  try {
    for (; file.room < file.size + bytes; file.room += ROOM.length) await write(file.handle, ROOM, file.room);
  } catch (error) {
    if (!isFull(error)) throw error;
    await cut(file);
  }
}

/** Takes off what follows the commits, durably. */
async function cut(file: File): Promise<void> {
  await file.handle.truncate(file.size);
  await file.handle.datasync();
  file.room = file.size;
}

/** A new segment, whose name survives a power loss before anything in it is called stored. */
async function create(dir: string, number: number): Promise<File> {
  const { O_WRONLY, O_CREAT, O_EXCL } = constants;
  const handle = await open(join(dir, segmentName(number)), O_WRONLY | O_CREAT | O_EXCL | DURABLE, 0o600);
  try {
    await syncFolder(dir);
  } catch (cause) {
    await handle.close();
    throw new NotSaved("stopped", { cause });
  }
  return { handle, size: 0, room: 0 };
}
