import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { Dirent } from "node:fs";
import { mkdir, open, opendir, readFile, rename, rm, stat, statfs, utimes } from "node:fs/promises";
import { join } from "node:path";
import type { EvidenceStore } from "../evidence/evidence.ts";
import { isFull, makePrivateFolder, syncFolder, systemCode, writeAll } from "./files.ts";
import { KEY_BYTES } from "./seal.ts";
import { NotSaved, StoreError } from "./store.ts";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ID_BYTES = 16;
const VERSION = 1;
/** Names in the folder are made here: nothing that a person sent is part of a path. */
const NAME = /^[A-Za-z0-9_-]{1,64}$/;
/**
 * What files leave free, in bytes, and as a share of a small disk: complaints are stored there too, and anybody may send
 * files. Half a gigabyte holds a hundred thousand complaints.
 */
const LEFT_FREE = 500_000_000;
const LEFT_SHARE = 0.1;
/** Lies, empty, in the folder of a complaint that was filed; no file can have that name. */
const FILED = ".filed";

/** In blocks of `bsize` bytes: all, and those that are free for us. */
type Disk = { readonly bsize: number; readonly blocks: number; readonly bavail: number };

/**
 * Files below `sharedDir`, a folder a complaint, each sealed with AES-256-GCM under a random key that is not kept here.
 * @param clock tells when a folder was last touched
 * @param diskOf tells how large a folder's disk is
 */
export function openEvidenceFiles(
  sharedDir: string,
  clock: () => Date,
  diskOf: (folder: string) => Promise<Disk> = statfs,
): EvidenceStore {
  const root = join(sharedDir, "evidence");
  const folderOf = (owner: string): string => join(root, named(owner));
  // Only a mark that is surely missing is none: a disk that cannot answer must not destroy anything.
  const isFiled = async (owner: string): Promise<boolean> =>
    (await stat(join(folderOf(owner), FILED)).catch(unlessMissing)) !== undefined;
  const remove = async (owner: string): Promise<void> => {
    await rm(folderOf(owner), { recursive: true, force: true });
    await syncFolder(root).catch(unlessMissing);
  };

  return {
    hasRoom: async (bytes) => {
      await makePrivateFolder(root);
      const { bavail, blocks, bsize } = await diskOf(root);
      return bavail * bsize - bytes >= Math.min(LEFT_FREE, LEFT_SHARE * blocks * bsize);
    },
    put: async (owner, bytes) => {
      const id = randomBytes(ID_BYTES).toString("base64url");
      const key = randomBytes(KEY_BYTES);
      const folder = folderOf(owner);
      try {
        await makePrivateFolder(root);
        await makePrivateFolder(folder);
        await write(folder, id, seal(key, owner, id, bytes));
        await utimes(folder, clock(), clock());
      } catch (cause) {
        throw new NotSaved(isFull(cause) ? "full" : "unavailable", { cause });
      }
      return { id, key: key.toString("base64") };
    },
    get: async (owner, { id, key }) => {
      try {
        const sealed = await readFile(join(folderOf(owner), named(id)));
        return unseal(Buffer.from(key, "base64"), owner, id, sealed);
      } catch (error) {
        if (systemCode(error) === "ENOENT") return undefined;
        throw error;
      }
    },
    touch: async (owner) => {
      await utimes(folderOf(owner), clock(), clock()).catch(unlessMissing);
    },
    keep: async (owner) => {
      try {
        await mark(folderOf(owner)).catch(unlessMissing);
      } catch (cause) {
        throw new NotSaved(isFull(cause) ? "full" : "unavailable", { cause });
      }
    },
    discard: async (owner) => {
      if (!(await isFiled(owner))) await remove(owner);
    },
    remove,
    owners: async function* () {
      await mkdir(root, { recursive: true, mode: 0o700 });
      for await (const entry of await opendir(root)) if (isOfComplaint(entry)) yield entry.name;
    },
    stateOf: async (owner) => {
      const found = await stat(folderOf(owner)).catch(unlessMissing);
      return found && { at: found.mtime, filed: await isFiled(owner) };
    },
  };
}

function named(name: string): string {
  if (NAME.test(name)) return name;
  throw new StoreError("evidence is asked for under a name that is none");
}

/** Whether it is a complaint's folder: a file system may have things of its own there, such as `lost+found`. */
export function isOfComplaint(entry: Dirent): boolean {
  return entry.isDirectory() && NAME.test(entry.name);
}

function unlessMissing(error: unknown): undefined {
  if (systemCode(error) !== "ENOENT") throw error;
}

/** Says durably that the files in a folder were filed. */
async function mark(folder: string): Promise<void> {
  const handle = await open(join(folder, FILED), "a", 0o600);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(folder);
}

/** Whole under its name, or not there. */
async function write(folder: string, id: string, bytes: Buffer): Promise<void> {
  const temporary = join(folder, `${id}.tmp`);
  const handle = await open(temporary, "wx", 0o600);
  try {
    await writeAll(handle, bytes, 0);
    await handle.sync();
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  await rename(temporary, join(folder, id));
  await syncFolder(folder);
}

const bind = (owner: string, id: string): Buffer => Buffer.from(JSON.stringify([VERSION, owner, id]));

function seal(key: Uint8Array, owner: string, id: string, bytes: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(bind(owner, id));
  const body = [cipher.update(bytes), cipher.final()];
  return Buffer.concat([nonce, cipher.getAuthTag(), ...body]);
}

function unseal(key: Uint8Array, owner: string, id: string, sealed: Buffer): Buffer {
  try {
    const nonce = sealed.subarray(0, NONCE_BYTES);
    const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
    const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(bind(owner, id)).setAuthTag(tag);
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw new StoreError(`evidence ${id} does not open: it was changed, or belongs elsewhere`, { cause });
  }
}
