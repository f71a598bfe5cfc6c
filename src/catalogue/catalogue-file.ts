import { closeSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type Catalogue, type CatalogueBytes, CatalogueError, openCatalogue } from "./catalogue.ts";

/** Where the imported catalogue lies. */
export function catalogueFile(dataDir: string): string {
  return join(dataDir, "catalogue", "catalogue.ndjson");
}

/**
 * The imported catalogue, whose file stays open: what was put in place of it does not change it. Undefined when none was
 * ever imported.
 * @throws CatalogueError when the file is damaged: the program can go on without it and must say so
 */
export function readCatalogue(file: string): Catalogue | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, "r");
    return openCatalogue(readFileSync(descriptor), file, bytesOf(descriptor));
  } catch (error) {
    if (descriptor !== undefined) closeSync(descriptor);
    if (error instanceof CatalogueError) throw error;
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new CatalogueError(`${file} cannot be read; check who owns it and its permissions`, {
      cause: error,
    });
  }
}

function bytesOf(descriptor: number): CatalogueBytes {
  return {
    read: (start, end) => {
      const bytes = Buffer.alloc(end - start);
      readSync(descriptor, bytes, 0, bytes.length, start);
      return bytes;
    },
    close: () => closeSync(descriptor),
  };
}

/** Puts a catalogue in place, whole and durable, or leaves the one before it. */
export async function writeCatalogue(file: string, bytes: Uint8Array): Promise<void> {
  const dir = dirname(file);
  // Named by the process: two imports at once must not write into one file.
  const temporary = `${file}.${process.pid}.tmp`;
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await dropLeftovers(file);
  try {
    const handle = await open(temporary, "w", 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  const folder = await open(dir, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** What imports left that were killed while they wrote. */
async function dropLeftovers(file: string): Promise<void> {
  const start = `${basename(file)}.`;
  for (const name of await readdir(dirname(file))) {
    const pid = name.startsWith(start) ? /^(\d+)\.tmp$/.exec(name.slice(start.length))?.[1] : undefined;
    if (pid !== undefined && !runs(Number(pid))) await rm(join(dirname(file), name), { force: true });
  }
}

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

export type Watch = {
  /** How often to look, in milliseconds. */
  readonly every?: number;
  /** A new file that cannot be used; the catalogue before it stays. */
  readonly onFault?: (error: CatalogueError) => void;
};

/** Calls back with each catalogue that is put in place from now on. Gives the way to stop watching. */
export function watchCatalogue(
  file: string,
  onNew: (catalogue: Catalogue) => void,
  { every = 2000, onFault = () => undefined }: Watch = {},
): () => void {
  let seen = stampOf(file);
  const look = (): void => {
    const stamp = stampOf(file);
    if (stamp === seen) return;
    seen = stamp;
    try {
      const catalogue = readCatalogue(file);
      if (catalogue) onNew(catalogue);
    } catch (error) {
      if (!(error instanceof CatalogueError)) throw error;
      onFault(error);
    }
  };
  const timer = setInterval(look, every);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}

function stampOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? `${stat.mtimeMs} ${stat.size} ${stat.ino}` : "none";
}
