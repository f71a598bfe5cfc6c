import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { tryLock } from "fs-native-extensions";
import { isFull } from "./files.ts";
import { StoreError } from "./store.ts";

/**
 * Keeps every other process out of a store's folder until it is released or this process ends, however it ends.
 * @throws StoreError when another process has the store open
 */
export async function takeLock(dir: string): Promise<{ readonly release: () => Promise<void> }> {
  const path = join(dir, "lock");
  const handle = await open(path, "a", 0o600);
  if (!tryLock(handle.fd)) {
    await handle.close();
    const holder = (await readFile(path, "utf8")).trim();
    throw new StoreError(
      `${dir} is in use by another process${holder && ` (${holder})`}; stop it first, or give this one another DATA_DIR. ` +
        "Several processes on one store need DATABASE_URL.",
    );
  }
  try {
    // Only a hint for the message above, the lock is the kernel's: a full disk must not keep us from starting.
    await handle.truncate(0);
    await handle.write(String(process.pid));
  } catch (error) {
    if (!isFull(error)) throw error;
  }
  return { release: () => handle.close() };
}
