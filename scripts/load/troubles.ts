import { execFileSync } from "node:child_process";
import { mkdir, open, readdir, readFile, rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Seeded } from "../bench/seeded.ts";

/** What happens in a round besides the kill at its end. */
export type Trouble = "none" | "point" | "tear" | "clock" | "agency" | "full" | "database";

/** `CALL:WHEN` of kill-at.ts, and up to which of these calls. */
const POINTS: readonly (readonly [string, number])[] = [
  ["write:before", 40],
  ["write:half", 40],
  ["write:after", 40],
  ["truncate:after", 2],
  ["datasync:before", 2],
  ["sync:before", 3],
  ["sync:after", 3],
  ["rename:before", 2],
  ["rename:after", 2],
  ["link:after", 1],
  ["rm:before", 2],
];

export function drawPoint(random: Seeded): string {
  const [call, most] = random.pick(POINTS);
  return `${call}:${1 + random.below(most)}`;
}

/** Bytes of a batch that was being written when the power went: part of a line, or nothing but zeros. */
export async function tearJournal(dataDir: string, random: Seeded): Promise<void> {
  const store = join(dataDir, "store");
  const names = (await readdir(store).catch(() => [])).filter((name) => /^journal-\d+\.log$/.test(name));
  const newest = names.toSorted().at(-1);
  if (newest === undefined) return;
  const line = `0123abcd 7 7 ${"0".repeat(64)} {"half a line`;
  const torn = random.next() < 0.5 ? Buffer.from(line) : Buffer.alloc(4096);
  const path = join(store, newest);
  const end = (await readFile(path)).findLastIndex((byte) => byte !== 0) + 1;
  const handle = await open(path, "r+");
  await handle.write(torn, 0, 1 + random.below(torn.length), end);
  await handle.close();
}

/** A file system of its own that can be filled. */
export type Disk = {
  readonly dir: string;
  fill(): Promise<void>;
  free(): Promise<void>;
  remove(): Promise<void>;
};

/** Mounts a small file system at `dir`; undefined where we may not. */
export async function smallDisk(dir: string, megabytes: number): Promise<Disk | undefined> {
  await mkdir(dir, { recursive: true });
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", dir], { stdio: "ignore" });
  } catch {
    return undefined;
  }
  const filler = join(dir, "filler");
  return {
    dir,
    fill: async () => {
      const { bavail, bsize } = await statfs(dir);
      await writeFile(filler, Buffer.alloc(bavail * bsize)).catch(() => undefined);
    },
    free: () => rm(filler, { force: true }),
    remove: async () => {
      execFileSync("umount", [dir]);
      await rm(dir, { recursive: true, force: true });
    },
  };
}
