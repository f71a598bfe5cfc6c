import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, link, open, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { Entry } from "./entry.ts";
import { exists, syncFolder, systemCode, writeAll } from "./files.ts";
import { StoreError } from "./store.ts";
import { counted, createCounter, isSame, type Tally } from "./tally.ts";

/** Of another shape than any entry. It tells which key is needed, never anything of it. */
const Header = z.strictObject({
  motcua: z.literal("backup"),
  format: z.int(),
  /** ISO instant. */
  at: z.string(),
  keyId: z.string(),
});
/** The last line: what the file holds, and a checksum over all lines before. */
const Trailer = z.strictObject({
  complaints: z.int(),
  entries: z.int(),
  digest: z.string(),
  sha256: z.string(),
});

/** A backup that was found whole. */
export type Backup = { readonly at: string; readonly keyId: string; readonly tally: Tally };

/** 2: who filed a case stands apart from it. */
const FORMAT = 2;
const READ = [1, FORMAT];
const NEWLINE = 0x0a;
/** Characters gathered for one write. */
const SLICE = 262_144;

/**
 * Writes a store into one new file, which appears when it is whole and durable.
 * @param at ISO instant
 * @throws StoreError when the file exists
 */
export async function writeBackup(
  path: string,
  at: string,
  keyId: string,
  entries: AsyncIterable<Entry>,
): Promise<Tally> {
  const file = resolve(path);
  if (await exists(file)) throw new StoreError(`${path} exists; choose another name for the backup`);
  const temporary = `${file}.${process.pid}.tmp`;
  const handle = await openNew(temporary);
  try {
    const counter = createCounter();
    const header = { motcua: "backup", format: FORMAT, at, keyId };
    await writeLines(handle, header, counted(entries, counter), () => counter.tally());
    await handle.sync();
    const { tally } = await checkBackup(temporary);
    if (!isSame(tally, counter.tally())) {
      throw new StoreError(`${path} does not hold what was written; check the disk`);
    }
    // Unlike a rename it does not replace what somebody else has put there meanwhile.
    await link(temporary, file);
    await syncFolder(dirname(file));
    return tally;
  } finally {
    await handle.close();
    await rm(temporary, { force: true });
  }
}

async function openNew(path: string): Promise<FileHandle> {
  try {
    return await open(path, "wx", 0o600);
  } catch (cause) {
    throw new StoreError(`${path} cannot be written (${systemCode(cause) ?? "unknown"})`, { cause });
  }
}

async function writeLines(
  handle: FileHandle,
  header: object,
  entries: AsyncIterable<Entry>,
  tally: () => Tally,
): Promise<void> {
  const hash = createHash("sha256");
  let text = `${JSON.stringify(header)}\n`;
  let size = 0;
  const flush = async (): Promise<void> => {
    const bytes = Buffer.from(text);
    hash.update(bytes);
    await writeAll(handle, bytes, size);
    size += bytes.length;
    text = "";
  };
  for await (const entry of entries) {
    text += `${JSON.stringify(entry)}\n`;
    if (text.length >= SLICE) await flush();
  }
  await flush();
  const trailer = `${JSON.stringify({ ...tally(), sha256: hash.digest("hex") })}\n`;
  await writeAll(handle, Buffer.from(trailer), size);
}

/**
 * Reads a backup to its end without restoring it.
 * @throws StoreError when it is no backup, or not as it was written
 */
export async function checkBackup(path: string): Promise<Backup> {
  const hash = createHash("sha256");
  const counter = createCounter();
  let header: z.infer<typeof Header> | undefined;
  let trailer: z.infer<typeof Trailer> | undefined;
  let problem: string | undefined;
  for await (const line of linesOf(path)) {
    if (trailer) problem ??= "goes on after its end";
    const value = parse(line);
    header ??= headerOf(path, value);
    trailer = Trailer.safeParse(value).data;
    if (trailer) continue;
    hash.update(line);
    const entry = Entry.safeParse(value).data;
    if (entry) counter.add(entry);
    else if (!Header.safeParse(value).success) problem ??= "holds a line that is not an entry";
  }
  if (!header) throw new StoreError(`${path} is empty`);
  const tally = counter.tally();
  if (!trailer) problem ??= "is cut off";
  else if (trailer.sha256 !== hash.digest("hex")) problem ??= "does not match its checksum";
  else if (trailer.digest !== tally.digest || trailer.entries !== tally.entries)
    problem ??= "does not hold what its last line says";
  if (problem) throw new StoreError(`${path} ${problem}; nothing was changed. Take another backup`);
  return { at: header.at, keyId: header.keyId, tally };
}

function headerOf(path: string, value: unknown): z.infer<typeof Header> {
  const header = Header.safeParse(value).data;
  if (!header) throw new StoreError(`${path} is not a backup of Một Cửa, or its first line was changed`);
  if (READ.includes(header.format)) return header;
  throw new StoreError(
    `${path} has format ${header.format}, this program reads ${FORMAT}; use the newer program that wrote it`,
  );
}

/** The entries of a backup that was checked. */
export async function* readBackup(path: string): AsyncGenerator<Entry> {
  for await (const line of linesOf(path)) {
    const value = parse(line);
    if (Trailer.safeParse(value).success) return;
    if (!Header.safeParse(value).success) yield Entry.parse(value);
  }
}

function parse(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString());
  } catch {
    return undefined;
  }
}

/** Lines with their ends, as bytes. */
async function* linesOf(path: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: SLICE })) {
      const bytes = Buffer.concat([rest, Buffer.from(chunk)]);
      let start = 0;
      for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
        yield bytes.subarray(start, end + 1);
        start = end + 1;
      }
      rest = bytes.subarray(start);
    }
  } catch (cause) {
    const code = systemCode(cause);
    if (code === undefined) throw cause;
    throw new StoreError(`${path} cannot be read (${code})`, { cause });
  }
  if (rest.length > 0) yield rest;
}
