import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deserialize, serialize } from "node:v8";

/**
 * Keeps what takes seconds to work out and follows from other data alone. `key` says from what: anything else than the
 * same data is worked out anew, and a file that is missing, cut short or not to be written costs only time.
 */
export type Derived = <T>(name: string, key: string, make: () => T) => T;

/** The folders whose code makes what is kept: when it changes, so may what it makes. */
const CODE = ["answers", "knowledge", "search", "text", "understanding"];

/** @param dir DATA_DIR; files lie in its folder `derived`, one a name */
export function createDerived(dir: string): Derived {
  const folder = join(dir, "derived");
  const code = codeHash();
  return (name, key, make) => {
    const file = join(folder, `${name}.bin`);
    const stamp = createHash("sha256").update(`${code} ${process.version} ${key}`).digest();
    try {
      const bytes = readFileSync(file);
      if (bytes.subarray(0, stamp.length).equals(stamp)) return deserialize(bytes.subarray(stamp.length));
    } catch {
      // Nothing kept, or nothing of use.
    }
    const made = make();
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const temporary = `${file}.${process.pid}.tmp`;
      writeFileSync(temporary, Buffer.concat([stamp, serialize(made)]), { mode: 0o600 });
      renameSync(temporary, file);
    } catch {
      rmSync(`${file}.${process.pid}.tmp`, { force: true });
    }
    return made;
  };
}

function codeHash(): string {
  const hash = createHash("sha256");
  for (const name of CODE) {
    const folder = fileURLToPath(new URL(name, import.meta.url));
    for (const file of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, file)));
  }
  return hash.digest("hex");
}
