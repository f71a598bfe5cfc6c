import { randomBytes } from "node:crypto";
import { link, open, readFile, rename, rm, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { exists, holdsData, makePrivateFolder, syncFolder } from "./files.ts";
import { KEY_BYTES } from "./seal.ts";
import { StoreError } from "./store.ts";

/** Where the identity key may come from. `value` and `file` are settings; without them it lies at `madeAt`. */
export type IdentityKeySource = {
  /** IDENTITY_KEY: 32 bytes in base64. */
  readonly value?: string;
  /** IDENTITY_KEY_FILE: a file that holds the same. */
  readonly file?: string;
  /** Made here on the first start; outside DATA_DIR, so that no copy of the data takes the key along. */
  readonly madeAt: string;
  /** DATA_DIR: while it holds data, a missing key is never replaced by a new one. */
  readonly dataDir: string;
  /** Whether the database in use was sealed with some key already. */
  readonly sealed?: () => Promise<boolean>;
};

/** `made`: the operator should be told to keep a copy of `file` apart from the data. */
export type IdentityKey = { readonly key: Uint8Array; readonly made: boolean; readonly file?: string };

/**
 * The key that everything private in the store hangs on.
 * @throws StoreError naming the setting and what to do
 */
export async function identityKey(source: IdentityKeySource): Promise<IdentityKey> {
  const { value, file, madeAt } = source;
  if (value && file)
    throw new StoreError("IDENTITY_KEY and IDENTITY_KEY_FILE are both set; set only one of them");
  if (value) return { key: parseKey(value, "IDENTITY_KEY"), made: false };
  if (file) return { key: await readKey(file, "IDENTITY_KEY_FILE"), made: false, file };
  if (await exists(madeAt))
    return { key: await readKey(madeAt, "the identity key"), made: false, file: madeAt };
  if (await holdsData(source.dataDir)) {
    throw new StoreError(
      `${source.dataDir} holds data, but its identity key is not at ${madeAt}; put the key back there, ` +
        "or set IDENTITY_KEY or IDENTITY_KEY_FILE. Without it the data cannot be read.",
    );
  }
  if (await source.sealed?.()) {
    throw new StoreError(
      `the database was sealed with an identity key that is not at ${madeAt}; put it there, ` +
        "or set IDENTITY_KEY or IDENTITY_KEY_FILE. Without it the data cannot be read.",
    );
  }
  const key = randomBytes(KEY_BYTES);
  await keep(key, madeAt);
  return { key, made: true, file: madeAt };
}

/**
 * The key that is to take the place of the present one: what lies at `path`, or made there. One that was made before and
 * not used yet is used.
 * @throws StoreError
 */
export async function nextKey(path: string): Promise<Uint8Array> {
  if (!(await exists(path))) await keep(randomBytes(KEY_BYTES), path);
  return readKey(path, "the new identity key");
}

/**
 * Puts the key at `next` in the place of the one at `file`, which stays beside it as `.old`: backups of before need it.
 * @returns where the old one lies
 */
export async function replaceKey(file: string, next: string): Promise<string> {
  const old = `${file}.old`;
  await rm(old, { force: true });
  await link(file, old);
  await rename(next, file);
  await syncFolder(dirname(file));
  return old;
}

async function readKey(file: string, name: string): Promise<Uint8Array> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    throw new StoreError(`${name}: ${file} cannot be read; put the key there, readable for this user`, {
      cause,
    });
  }
  return parseKey(text, `${name} (${file})`);
}

function parseKey(text: string, name: string): Uint8Array {
  const trimmed = text.trim();
  const key = Buffer.from(trimmed, "base64");
  if (/^[A-Za-z0-9+/]+=*$/.test(trimmed) && key.length === KEY_BYTES) return key;
  throw new StoreError(
    `${name} must be ${KEY_BYTES} bytes in base64 (44 characters). Use the key that this store was started with; ` +
      "for a new store: openssl rand -base64 32",
  );
}

/** All or nothing, and durable before the first thing is sealed with it. Two first starts at once: one wins. */
async function keep(key: Buffer, path: string): Promise<void> {
  const folder = dirname(path);
  await makePrivateFolder(folder);
  const temporary = `${path}.${process.pid}.tmp`;
  const handle = await open(temporary, "w", 0o600);
  try {
    await handle.writeFile(`${key.toString("base64")}\n`);
    await handle.sync();
    await link(temporary, path);
  } finally {
    await handle.close();
    await unlink(temporary);
  }
  await syncFolder(folder);
}
