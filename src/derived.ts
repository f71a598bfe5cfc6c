import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DefaultDeserializer, serialize } from "node:v8";
import { crc32 } from "node:zlib";

/**
 * Keeps what takes seconds to work out and follows from other data alone. `key` says from what: anything else than the
 * same data is worked out anew, and a file that is missing, damaged or not to be written costs only time.
 */
export type Derived = <T>(name: string, key: string, make: () => T) => T;

/** The folders whose code makes what is kept: when it changes, so may what it makes. */
const CODE = ["answers", "knowledge", "search", "text", "understanding"];

/** Bytes of the hash that stands first in a file: of code, key and what follows. */
const STAMP = 32;

/** What the build has worked out of the knowledge alone: the first start of all is as quick as the later ones. */
const SHIPPED = fileURLToPath(new URL("../dist", import.meta.url));

/** @param dir DATA_DIR; files lie in its folder `derived`, one a name */
export function createDerived(dir: string): Derived {
  const code = hashOfCode(CODE);
  return (name, key, make) => {
    const folder = join(dir, "derived");
    const file = join(folder, `${name}.bin`);
    const stampOf = (body: Uint8Array): Uint8Array =>
      createHash("sha256")
        .update(`${code} ${process.version} ${key} ${crc32(body)}`)
        .digest();
    for (const kept of new Set([file, join(SHIPPED, "derived", `${name}.bin`)])) {
      try {
        const bytes = readFileSync(kept);
        const body = bytes.subarray(STAMP);
        if (bytes.subarray(0, STAMP).equals(stampOf(body))) return opened(body);
      } catch {
        // Nothing kept, or nothing of use.
      }
    }
    const made = make();
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const temporary = `${file}.${process.pid}.tmp`;
      const body = serialize(made);
      writeFileSync(temporary, Buffer.concat([stampOf(body), body]), { mode: 0o600 });
      renameSync(temporary, file);
    } catch {
      drop(`${file}.${process.pid}.tmp`);
    }
    return made;
  };
}

/** Copies each array of numbers: a view of the file's bytes would keep all of them in memory. */
class Copying extends DefaultDeserializer {
  override _readHostObject(): unknown {
    const read = super._readHostObject();
    const isView =
      read instanceof Float32Array ||
      read instanceof Float64Array ||
      read instanceof Int32Array ||
      read instanceof Int8Array;
    if (isView) return read.slice();
    return read;
  }
}

function opened(bytes: Buffer): ReturnType<Copying["readValue"]> {
  const copying = new Copying(bytes);
  copying.readHeader();
  return copying.readValue();
}

function drop(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Its folder cannot be entered either: it was never written.
  }
}

/** Changes with any file of these folders of the program. */
export function hashOfCode(folders: readonly string[]): string {
  const hash = createHash("sha256");
  for (const name of folders) {
    const folder = fileURLToPath(new URL(name, import.meta.url));
    for (const file of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, file)));
  }
  return hash.digest("hex");
}
