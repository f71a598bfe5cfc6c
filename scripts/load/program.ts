import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";

export type Env = Readonly<Record<string, string>>;

/** Where a program runs and what it runs with. */
export type Site = {
  /** The built program. */
  readonly cli: string;
  readonly folder: string;
  /** Settings of all that runs here; nothing of the caller's own environment reaches it. */
  readonly env: Env;
};

/** A running program, until it stops or is killed. */
export type Program = {
  readonly address: string;
  readonly pid: number;
  /** Resident memory, in bytes. */
  resident(): number;
  /** Processor time used, in milliseconds. */
  cpu(): number;
  /** The lines of its log so far, and what else it wrote. */
  output(): string;
  alive(): boolean;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL. */
  kill(): Promise<void>;
};

/** What came of a start: it runs, or it ended before it told its address. */
export type Started =
  | { readonly kind: "runs"; readonly program: Program }
  | { readonly kind: "killed" }
  | { readonly kind: "refused"; readonly output: string };

const STARTING_MS = 120_000;
const GLANCE_MS = 5;

/**
 * Starts the program and waits until it tells its address.
 * @param node arguments for Node itself
 */
export async function start(site: Site, env: Env = {}, node: readonly string[] = []): Promise<Started> {
  await mkdir(site.folder, { recursive: true });
  const child = spawn(process.execPath, [...node, site.cli, "start"], {
    cwd: site.folder,
    env: environment(site, env),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let written = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      written += chunk;
    });
  const ended = once(child, "close");
  const alive = (): boolean => child.exitCode === null && child.signalCode === null;
  const end = async (signal: "SIGTERM" | "SIGKILL"): Promise<number | null> => {
    if (alive()) child.kill(signal);
    await ended;
    return child.exitCode;
  };
  const until = performance.now() + STARTING_MS;
  for (;;) {
    const address = /^Một Cửa: (http\S+)$/m.exec(written)?.[1];
    if (address !== undefined) {
      const pid = child.pid ?? 0;
      return {
        kind: "runs",
        program: {
          address,
          pid,
          resident: () => residentOf(pid),
          cpu: () => cpuOf(pid),
          output: () => written,
          alive,
          stop: () => end("SIGTERM"),
          kill: async () => void (await end("SIGKILL")),
        },
      };
    }
    if (!alive() || performance.now() > until) {
      await end("SIGKILL");
      return child.signalCode === "SIGKILL" && performance.now() < until
        ? { kind: "killed" }
        : { kind: "refused", output: written };
    }
    await new Promise((done) => setTimeout(done, GLANCE_MS));
  }
}

/** Runs one command of the program to its end. */
export async function run(
  site: Site,
  args: readonly string[],
  env: Env = {},
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const child = spawn(process.execPath, [site.cli, ...args], {
    cwd: site.folder,
    env: environment(site, env),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close");
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await ended;
  return { code: child.exitCode, stdout, stderr };
}

function environment({ folder, env }: Site, more: Env): NodeJS.ProcessEnv {
  return {
    PATH: process.env["PATH"],
    PORT: "0",
    RATE_LIMITS: "off",
    LOG_LEVEL: "warn",
    DATA_DIR: join(folder, "data"),
    ...env,
    ...more,
  };
}

/** From the kernel's own account; 0 where it keeps none. */
function residentOf(pid: number): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** A tick of the kernel's account, in milliseconds. */
const TICK_MS = 10;

/** User and system time from the kernel's own account; 0 where it keeps none. */
function cpuOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * TICK_MS;
  } catch {
    return 0;
  }
}
