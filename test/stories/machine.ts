import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, inject, vi } from "vitest";

export type Env = Readonly<Record<string, string>>;

/** A program that runs in a process of its own. */
export type Running = {
  /** Where its chat page is, as it said itself. */
  readonly address: string;
  /** Everything that it has written so far. */
  output(): string;
  /** The lines of its log so far. */
  log(): readonly Readonly<Record<string, unknown>>[];
  /** Whether it still runs. */
  alive(): boolean;
  /** Stops it as an operator does; resolves with its exit code. */
  stop(): Promise<number | null>;
  /** Resolves with its exit code when it has ended by itself. */
  ended(): Promise<number | null>;
  /** kill -9. */
  kill(): Promise<void>;
};

export type Ran = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** What an operator has: a folder to run the program in, with its data and contacts. */
export type Machine = {
  readonly folder: string;
  /** DATA_DIR. */
  readonly data: string;
  /** KNOWLEDGE_DIR; empty: the whole knowledge. */
  readonly knowledge: string;
  /** Writes the contacts file: agencies with their contacts, as the YAML holds them. */
  contacts(contacts: Readonly<Record<string, readonly object[]>>): Promise<void>;
  start(env?: Env): Promise<Running>;
  /** Runs one command to its end. */
  run(args: readonly string[], more?: { readonly input?: string; readonly env?: Env }): Promise<Ran>;
};

/** The moment of all stories: Friday, 20 November 2026, nine in the morning. */
export const NOW = "2026-11-20T09:00+07:00";
/** Patience with a start, in milliseconds, while all other tests want the processor too. */
const STARTING = 60_000;
/** Patience with what the running program does at once, while it shares two cores with a dozen others. */
export const SOON = { timeout: 30_000, interval: 5 } as const;

// Programs have to start, some more than once.
vi.setConfig({ testTimeout: 2 * STARTING, hookTimeout: STARTING });

const folders: string[] = [];
const children = new Set<ChildProcess>();

afterAll(async () => {
  for (const child of children) {
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

/** A new machine; `env` holds for all that runs on it. `light`: it knows Đà Nẵng and one procedure. */
export async function machine(env: Env = {}, { light = false } = {}): Promise<Machine> {
  const { cli, lightKnowledge, lightData } = inject("build");
  // As people name folders.
  const folder = await mkdtemp(join(tmpdir(), "Một Cửa – Đà Nẵng "));
  folders.push(folder);
  const data = join(folder, "data");
  const knowledge = light ? lightKnowledge : "";
  if (light) await cp(lightData, data, { recursive: true });

  const launch = (args: readonly string[], more: Env): ChildProcess => {
    const child = spawn(process.execPath, [cli, ...args], {
      cwd: folder,
      // Nothing of the tester's own environment: it may hold settings of the program.
      env: {
        PATH: process.env["PATH"],
        PORT: "0",
        RATE_LIMITS: "off",
        MOTCUA_NOW: NOW,
        KNOWLEDGE_DIR: knowledge,
        ...env,
        ...more,
      },
      stdio: "pipe",
    });
    children.add(child);
    child.once("exit", () => children.delete(child));
    return child;
  };

  return {
    folder,
    data,
    knowledge,
    contacts: async (contacts) => {
      await mkdir(data, { recursive: true });
      // JSON is YAML.
      await writeFile(join(data, "contacts.yaml"), JSON.stringify(contacts));
    },
    start: async (more = {}) => follow(launch(["start"], more)),
    run: async (args, { input = "", env: more = {} } = {}) => {
      const child = launch(args, more);
      const { stdin, stdout, stderr } = child;
      if (!stdin || !stdout || !stderr) throw new Error("the command has no pipes");
      stdin.on("error", () => undefined);
      stdin.end(input);
      const ended = once(child, "exit");
      const [out, err] = await Promise.all([text(stdout), text(stderr)]);
      await ended;
      return { code: child.exitCode, stdout: out, stderr: err };
    },
  };
}

async function follow(child: ChildProcess): Promise<Running> {
  let written = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8");
    stream?.on("data", (chunk: string) => {
      written += chunk;
    });
  }
  const alive = (): boolean => child.exitCode === null && child.signalCode === null;
  const end = async (signal: "SIGTERM" | "SIGKILL"): Promise<void> => {
    if (!alive()) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  };
  let address: string | undefined;
  await vi.waitUntil(
    () => {
      address = /^Một Cửa: (http\S+)$/m.exec(written)?.[1];
      return address !== undefined || !alive();
    },
    { timeout: STARTING, interval: 5 },
  );
  if (address === undefined) throw new Error(`the program did not start:\n${written}`);
  return {
    address,
    output: () => written,
    log: () => written.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line)] : [])),
    alive,
    ended: async () => {
      if (alive()) await once(child, "exit");
      return child.exitCode;
    },
    stop: async () => {
      await end("SIGTERM");
      return child.exitCode;
    },
    kill: () => end("SIGKILL"),
  };
}
