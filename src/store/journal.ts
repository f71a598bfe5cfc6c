import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { isFull, segmentName, syncFolder, systemCode, writeAll } from "./files.ts";
import type { FailPoint, OnReport } from "./report.ts";
import { encodeLine, type Mark } from "./segment.ts";
import { NotSaved } from "./store.ts";

/** Appends commits to the newest segment, as many as wait with one write and one fdatasync. */
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

/** @param from.segment number of the segment to write next; it is made when there is something to put into it */
export function openJournal(
  dir: string,
  from: { readonly mark: Mark; readonly segment: number },
  onReport: OnReport,
  failPoint: FailPoint | undefined,
): Journal {
  let { mark, segment } = from;
  let file: { readonly handle: FileHandle; readonly path: string; size: number } | undefined;
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
      // A harness may kill us between the halves, so that the disk keeps a torn batch.
      const half = failPoint ? bytes.length >> 1 : bytes.length;
      await writeAll(file.handle, bytes.subarray(0, half), file.size);
      failPoint?.("mid-write");
      await writeAll(file.handle, bytes.subarray(half), file.size + half);
      failPoint?.("after-write");
    } catch (error) {
      await cutBack();
      throw error;
    }
    try {
      await file.handle.datasync();
      failPoint?.("after-fsync");
    } catch (error) {
      // After a failed fsync nobody knows what the disk holds: even "full" is no longer a clean refusal.
      throw new NotSaved("stopped", { cause: error });
    }
    file.size += bytes.length;
  };

  /** So that a rejected batch does not come back at the next start. */
  const cutBack = async (): Promise<void> => {
    if (!file) return;
    try {
      await file.handle.truncate(file.size);
      await file.handle.datasync();
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

  const rotate = <T>(take: (mark: Mark, segment: number) => T): Promise<T> =>
    new Promise((resolve, reject) => {
      betweenBatches.push(async () => {
        try {
          await file?.handle.close();
          if (file) segment += 1;
          file = undefined;
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

/** A new segment, whose name survives a power loss before anything in it is called stored. */
async function create(
  dir: string,
  number: number,
): Promise<{ handle: FileHandle; path: string; size: number }> {
  const path = join(dir, segmentName(number));
  const handle = await open(path, "wx", 0o600);
  try {
    await syncFolder(dir);
  } catch (cause) {
    await handle.close();
    throw new NotSaved("stopped", { cause });
  }
  return { handle, path, size: 0 };
}
