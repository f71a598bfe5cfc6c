import { constants } from "node:fs";
import { access, type FileHandle, mkdir, open, readdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

export const SNAPSHOT = "store.json";
/** The snapshot before the newest one. */
export const OLDER_SNAPSHOT = "store.json.bak";
/** What every refusal to start tells the operator to do. */
export const RESTORE = "restore the store from a backup (motcua restore FILE)";

/** After the name of the store's folder: the one that is to take its place. */
export const RESTORING = ".restoring";

/** After the name of the store's folder: the one whose place was taken. */
export const REPLACED = ".before";

const SEGMENT = /^journal-(\d{6,})\.log$/;
const TALK = /^talk-(\d{6,})\.log$/;

/** `journal-000001.log` */
export function segmentName(number: number): string {
  return `journal-${String(number).padStart(6, "0")}.log`;
}

/** The journal segments in a store's folder, oldest first. */
export function segmentNumbers(dir: string): Promise<number[]> {
  return numbersIn(dir, SEGMENT);
}

/** `talk-000001.log` */
export function talkName(number: number): string {
  return `talk-${String(number).padStart(6, "0")}.log`;
}

/** The files of talk in a store's folder, oldest first. */
export function talkNumbers(dir: string): Promise<number[]> {
  return numbersIn(dir, TALK);
}

async function numbersIn(dir: string, pattern: RegExp): Promise<number[]> {
  const names = await readdir(dir);
  return names.flatMap((name) => pattern.exec(name)?.slice(1).map(Number) ?? []).toSorted((a, b) => a - b);
}

/** The folder inside DATA_DIR that holds the store. */
export function storeFolder(dataDir: string): string {
  return join(dataDir, "store");
}

/** Whether something was ever stored under this DATA_DIR; then its identity key must exist too. */
export async function holdsData(dataDir: string): Promise<boolean> {
  const dir = storeFolder(dataDir);
  if (!(await exists(dir))) return false;
  const snapshots = await Promise.all([SNAPSHOT, OLDER_SNAPSHOT].map((name) => exists(join(dir, name))));
  return snapshots.includes(true) || (await segmentNumbers(dir)).length > 0;
}

export async function exists(path: string): Promise<boolean> {
  try {
    await access(path, constants.F_OK);
    return true;
  } catch {
    return false;
  }
}

/** Makes a folder that only we may enter, durably. */
export async function makePrivateFolder(dir: string): Promise<void> {
  const first = await mkdir(dir, { recursive: true, mode: 0o700 });
  if (!first) return;
  const top = dirname(resolve(first));
  for (let made = resolve(dir); made !== top; made = dirname(made)) await syncFolder(dirname(made));
}

/** Makes new names, renames and removals in a folder survive a power loss. */
export async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Writes all of `bytes` at `position`: a single write may stop half way, on a full disk for one. */
export async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

/** The system's name of what went wrong (`ENOSPC` …), if it is the system's error. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** The disk, or our share of it, has no room: making room helps, restarting does not. */
export function isFull(error: unknown): boolean {
  const code = systemCode(error);
  return code === "ENOSPC" || code === "EDQUOT";
}
