/**
 * Power loss: `npx tsx scripts/power-loss.ts [--rounds 10]`. A file system on a loop device is shut down without a flush while a
 * process commits to a store on it; mounted again, it must hold all that was acknowledged. Needs root, Linux, losetup and
 * python3; says so and ends with 0 where they are not to be had. Exit code 1 when something was lost.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openEmbeddedStore } from "../src/store/embedded.ts";
import { KEY } from "../test/store/folder.ts";
import { TSX } from "./bench/fresh.ts";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "10" } } });
const MEGABYTES = 96;
const MKFS = "/sbin/mkfs.ext4";
const WRITER = fileURLToPath(new URL("../test/store/writer.ts", import.meta.url));
/** FS_IOC_GOINGDOWN with "no flush of the log": what the disk has now is all that stays. */
const SHUT_DOWN = `
import fcntl, os, struct, sys
fd = os.open(sys.argv[1], os.O_RDONLY)
fcntl.ioctl(fd, 0x8004587d, struct.pack("I", 2))
`;

const folder = mkdtempSync(join(tmpdir(), "motcua-power-"));
const image = join(folder, "image");
const mounted = join(folder, "disk");
const quiet = { stdio: "ignore" } as const;

function mount(): void {
  execFileSync("mount", ["-o", "loop", image, mounted], quiet);
}

function umount(): void {
  execFileSync("umount", [mounted], quiet);
}

/** Why this machine cannot lose its power for us; undefined when it can. */
function hindrance(): string | undefined {
  if (process.getuid?.() !== 0) return "it needs root";
  try {
    writeFileSync(image, "");
    truncateSync(image, MEGABYTES * 2 ** 20);
    execFileSync(MKFS, ["-q", "-F", image], quiet);
    execFileSync("mkdir", ["-p", mounted], quiet);
    mount();
    execFileSync("python3", ["-c", SHUT_DOWN, mounted], quiet);
    umount();
    return undefined;
  } catch (error) {
    return `the machine does not let us: ${String(error).split("\n")[0]}`;
  }
}

/** Commits until the power goes, some acknowledgements later; resolves with what was acknowledged. */
async function writeUntilDark(round: number, acknowledged: readonly string[]): Promise<string[]> {
  const list = join(folder, "acknowledged");
  writeFileSync(list, acknowledged.join("\n"));
  const args = ["--import", TSX, WRITER, join(mounted, "data"), list, String(round * 100_000), ""];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"] });
  const ended = once(child, "exit");
  const enough = 20 + Math.floor(Math.random() * 200);
  const acks: string[] = [];
  let dark = false;
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, id = ""] = line.split(" ");
    if (word === "missing") throw new Error(`${id} was acknowledged and is missing`);
    // The process outlives the power by a moment: what it says then, nobody would have heard.
    if (word === "ack" && !dark) acks.push(id);
    if (acks.length < enough || dark) continue;
    dark = true;
    execFileSync("python3", ["-c", SHUT_DOWN, mounted], quiet);
    child.kill("SIGKILL");
  }
  await ended;
  return acks;
}

const hindered = hindrance();
if (hindered === undefined) {
  execFileSync(MKFS, ["-q", "-F", image], quiet);
  const acknowledged: string[] = [];
  let lost = 0;
  for (let round = 1; round <= Number(values.rounds); round++) {
    mount();
    acknowledged.push(...(await writeUntilDark(round, acknowledged)));
    umount();
    mount();
    const store = await openEmbeddedStore({ dir: join(mounted, "data"), key: KEY, clock: () => new Date() });
    for (const id of acknowledged) if (!(await store.complaint(id))) lost += 1;
    await store.close();
    umount();
    console.log(`round ${round}: ${acknowledged.length} acknowledged so far, ${lost} lost`);
  }
  process.exitCode = lost > 0 ? 1 : 0;
} else console.log(`no power loss was tried: ${hindered}`);
rmSync(folder, { recursive: true, force: true });
