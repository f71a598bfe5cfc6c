import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/**
 * What the build read off the knowledge's files, by the hash of each file's text. Reading YAML takes a second and a
 * half, this some milliseconds; a file changed since the build is simply not among them and is read anew.
 */
export type Compiled = { get(text: string): unknown };

/** Written by `npm run build` beside the compiled program. */
const FILE = fileURLToPath(new URL("../../dist/knowledge.json", import.meta.url));
const File = z.record(z.string(), z.unknown());

export function readCompiled(file = FILE): Compiled {
  let byHash: z.infer<typeof File> = {};
  try {
    byHash = File.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    // Not built yet, or cut short: everything is read from the knowledge itself.
  }
  return { get: (text) => byHash[hashOf(text)] };
}

export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
