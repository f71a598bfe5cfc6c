import { closeSync, openSync, readSync } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Kept, Place, Said, SnapshotEntry } from "./entry.ts";
import { RESTORE, syncFolder, systemCode, talkName, talkNumbers, writeAll } from "./files.ts";
import type { FailPoint } from "./report.ts";
import { isSaid } from "./seal-entry.ts";
import { StoreError } from "./store.ts";

// What is said in conversations and about cases is most of a store, and seldom read. It leaves memory with the first
// checkpoint after it was said, into files that are written once: sealed texts, one a line, and no key that opens them.

/** A file of talk as a snapshot names it. */
export type TalkFile = { readonly file: number; readonly bytes: number };

/** Those of a store's folder, for reading. */
export type TalkFiles = {
  /**
   * The sealed text, from where it lies.
   * @throws StoreError when the file is missing or shorter
   */
  read(kept: Kept): Promise<string>;
  /**
   * Reads and opens it.
   * @throws StoreError when it does not open, naming the file
   */
  open<T>(kept: Kept, act: (sealed: string) => T): Promise<T>;
  /**
   * Opens these files: they can be read from now on, even if somebody removes them.
   * @throws StoreError when one is missing, or of another size than when it was written
   */
  hold(files: readonly TalkFile[]): Promise<void>;
  /** Removes all files of talk but these; what is being read is read to its end. */
  keepOnly(files: readonly TalkFile[]): Promise<void>;
  close(): Promise<void>;
};

/** A new file is begun when one is longer than this. */
const LONGEST = 67_108_864;
/** Files shorter than this are put together, */
const SHORT = 1_048_576;
/** … and those of which less than this part is still needed are written anew. */
const LEAST_LIVE = 0.5;
/** Bytes gathered for one write. */
const SLICE = 131_072;
const NEWLINE_BYTES = 1;

export function openTalkFiles(dir: string): TalkFiles {
  const handles = new Map<number, Promise<FileHandle>>();
  const reading = new Set<Promise<unknown>>();

  const handleOf = (file: number): Promise<FileHandle> => {
    const known = handles.get(file);
    if (known) return known;
    const opening = openFile(dir, file);
    handles.set(file, opening);
    opening.catch(() => handles.delete(file));
    return opening;
  };
  const readFrom = async ({ file, at, length }: Place): Promise<string> => {
    const bytes = Buffer.allocUnsafe(length);
    const { bytesRead } = await (await handleOf(file)).read(bytes, 0, length, at);
    if (bytesRead < length) throw cutShort(join(dir, talkName(file)));
    return bytes.toString("latin1");
  };
  const letGo = async (files: readonly number[]): Promise<void> => {
    const open = files.flatMap((file) => handles.get(file) ?? []);
    for (const file of files) handles.delete(file);
    await Promise.allSettled(reading);
    for (const handle of open) await (await handle).close();
  };

  const read = (kept: Kept): Promise<string> => {
    if (typeof kept === "string") return Promise.resolve(kept);
    const act = readFrom(kept).finally(() => reading.delete(act));
    reading.add(act);
    return act;
  };

  return {
    read,
    open: async (kept, act) => {
      const sealed = await read(kept);
      try {
        return act(sealed);
      } catch (cause) {
        if (typeof kept === "string" || !(cause instanceof StoreError)) throw cause;
        throw new StoreError(`${join(dir, talkName(kept.file))}: ${cause.message}; ${RESTORE}`, { cause });
      }
    },
    hold: async (files) => {
      for (const { file, bytes } of files) {
        const { size } = await (await handleOf(file)).stat();
        if (size !== bytes) {
          throw new StoreError(`${join(dir, talkName(file))} has ${size} bytes, not ${bytes}; ${RESTORE}`);
        }
      }
    },
    keepOnly: async (files) => {
      const kept = new Set(files.map(({ file }) => file));
      const gone = (await talkNumbers(dir)).filter((file) => !kept.has(file));
      if (gone.length === 0) return;
      await letGo(gone);
      for (const file of gone) await rm(join(dir, talkName(file)), { force: true });
      await syncFolder(dir);
    },
    close: () => letGo([...handles.keys()]),
  };
}

/**
 * These files, open for reading.
 * @throws StoreError when one is missing, or of another size than when it was written
 */
export async function holdTalk(dir: string, files: readonly TalkFile[]): Promise<TalkFiles> {
  const talks = openTalkFiles(dir);
  try {
    await talks.hold(files);
    return talks;
  } catch (error) {
    await talks.close();
    throw error;
  }
}

async function openFile(dir: string, file: number): Promise<FileHandle> {
  const path = join(dir, talkName(file));
  return await open(path, "r").catch((cause: unknown) => refuse(path, cause));
}

function refuse(path: string, cause: unknown): never {
  if (systemCode(cause) !== "ENOENT") throw cause;
  throw new StoreError(`${path} is missing; put it back, or ${RESTORE}`, { cause });
}

/** The files of talk, read at once: while a store is opened nothing else has to go on. */
export type TalkNow = {
  /**
   * The sealed text.
   * @throws StoreError when the file is missing or shorter
   */
  read(place: Place): string;
  close(): void;
};

export function openTalkNow(dir: string): TalkNow {
  const files = new Map<number, number>();
  const fileOf = (file: number, path: string): number => {
    try {
      const opened = files.get(file) ?? openSync(path, "r");
      files.set(file, opened);
      return opened;
    } catch (cause) {
      return refuse(path, cause);
    }
  };
  return {
    read: ({ file, at, length }) => {
      const path = join(dir, talkName(file));
      const bytes = Buffer.allocUnsafe(length);
      if (readSync(fileOf(file, path), bytes, 0, length, at) < length) throw cutShort(path);
      return bytes.toString("latin1");
    },
    close: () => {
      for (const file of files.values()) closeSync(file);
      files.clear();
    },
  };
}

function cutShort(path: string): StoreError {
  return new StoreError(`${path} is cut short; ${RESTORE}`);
}

/** Entries on their way into a snapshot; what may lie elsewhere goes into files of talk. */
export type PuttingAway = {
  /** To be taken to the end; the files that the snapshot needs come last, durable by then. */
  readonly entries: AsyncIterable<SnapshotEntry>;
  /** The files that the snapshot needs, once the entries were taken. */
  files(): readonly TalkFile[];
  /** Removes the files that were made; nothing may need them. */
  abandon(): Promise<void>;
};

type Parts = {
  readonly dir: string;
  readonly entries: Iterable<SnapshotEntry> | AsyncIterable<SnapshotEntry>;
  /** The files that the entries lie in. */
  readonly files: readonly TalkFile[];
  /** Bytes of each file that are still needed. */
  readonly live: ReadonlyMap<number, number>;
  readonly read: TalkFiles["read"];
  readonly onMoved?: (said: Said, before: Kept, place: Place) => void;
  readonly failPoint?: FailPoint | undefined;
};

export function putAway(parts: Parts): PuttingAway {
  const { dir, read, onMoved = () => {}, failPoint } = parts;
  const kept = parts.files.filter((file) => !isWorn(file, parts.live));
  const lasting = new Set(kept.map(({ file }) => file));
  const stays = (sealed: Kept): boolean => typeof sealed === "object" && lasting.has(sealed.file);
  const writer = createWriter(dir);
  let made: readonly TalkFile[] = [];

  const entries = async function* (): AsyncGenerator<SnapshotEntry> {
    for await (const entry of parts.entries) {
      if (!isSaid(entry) || entry.sealed === undefined || stays(entry.sealed)) yield entry;
      else {
        const place = await writer.put(await read(entry.sealed));
        onMoved(entry, entry.sealed, place);
        yield { ...entry, sealed: place };
      }
    }
    made = await writer.end();
    failPoint?.("after-talk");
    for (const file of [...kept, ...made]) yield { kind: "talk", ...file };
  };

  return { entries: entries(), files: () => [...kept, ...made], abandon: writer.abandon };
}

/** Bytes of each file that these places need. */
export function liveBytes(places: Iterable<Place>): ReadonlyMap<number, number> {
  const live = new Map<number, number>();
  for (const { file, length } of places) live.set(file, (live.get(file) ?? 0) + length + NEWLINE_BYTES);
  return live;
}

function isWorn({ file, bytes }: TalkFile, live: ReadonlyMap<number, number>): boolean {
  return bytes < SHORT || (live.get(file) ?? 0) < bytes * LEAST_LIVE;
}

type Writer = {
  put(sealed: string): Promise<Place>;
  /** Durable when it resolves with the files that were made. */
  end(): Promise<readonly TalkFile[]>;
  abandon(): Promise<void>;
};

function createWriter(dir: string): Writer {
  const made: TalkFile[] = [];
  let current: { readonly file: number; readonly handle: FileHandle } | undefined;
  let written = 0;
  let waiting: string[] = [];
  let gathered = 0;

  const flush = async (handle: FileHandle): Promise<void> => {
    const bytes = Buffer.from(waiting.join(""), "latin1");
    waiting = [];
    gathered = 0;
    await writeAll(handle, bytes, written);
    written += bytes.length;
  };
  const finish = async (): Promise<void> => {
    if (!current) return;
    const { file, handle } = current;
    await flush(handle);
    await handle.sync();
    await handle.close();
    current = undefined;
    made.push({ file, bytes: written });
    written = 0;
  };

  return {
    put: async (sealed) => {
      if (written + gathered > LONGEST) await finish();
      current ??= await create(dir);
      const place = { file: current.file, at: written + gathered, length: sealed.length };
      waiting.push(`${sealed}\n`);
      gathered += sealed.length + NEWLINE_BYTES;
      if (gathered >= SLICE) await flush(current.handle);
      return place;
    },
    end: async () => {
      await finish();
      if (made.length > 0) await syncFolder(dir);
      return made;
    },
    abandon: async () => {
      await current?.handle.close();
      const files = [...made.map(({ file }) => file), ...(current ? [current.file] : [])];
      for (const file of files) await rm(join(dir, talkName(file)), { force: true });
    },
  };
}

/** Under a number that no file has, even one that no snapshot needs any more. */
async function create(dir: string): Promise<{ readonly file: number; readonly handle: FileHandle }> {
  const file = ((await talkNumbers(dir)).at(-1) ?? 0) + 1;
  return { file, handle: await open(join(dir, talkName(file)), "wx", 0o600) };
}
