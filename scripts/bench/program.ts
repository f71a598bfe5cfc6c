import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";
import { TSX } from "./fresh.ts";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const BARE = fileURLToPath(new URL("bare-process.ts", import.meta.url));
/** Longest wait for a program to answer or to end, in milliseconds. */
const PATIENCE = 60_000;
const GLANCE = 5;

export type Running = { readonly address: string; stop(): Promise<void> };
export type Started = Running & {
  /** From the start of the process to the first good answer of /health. */
  readonly seconds: number;
  /** Resident then. */
  readonly megabytes: number;
};

/** Imports the catalogue into `folder`/data with the program as built. */
export async function importInto(folder: string, catalogueFile: string): Promise<void> {
  if (!existsSync(CLI)) throw new Error(`${CLI} is not there; build the program first (npm run build)`);
  const args = [CLI, "import", "--replace", catalogueFile];
  await promisify(execFile)(process.execPath, args, {
    cwd: folder,
    env: await environmentOf(),
    maxBuffer: 2 ** 26,
  });
}

const Asked = z.object({ ms: z.number() });

/** Milliseconds in the program as built that each of the questions took, asked one after the other by `ask --json`. */
export async function timesOf(folder: string, questions: readonly string[]): Promise<number[]> {
  const child = spawn(process.execPath, [CLI, "ask", "--json"], {
    cwd: folder,
    env: await environmentOf(),
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(questions.map((question) => `${question.replaceAll("\n", " ")}\n`).join(""));
  const lines = (await text(child.stdout)).trim().split("\n");
  if (lines.length !== questions.length)
    throw new Error(`ask --json answered ${lines.length} of ${questions.length} questions`);
  return lines.map((line) => Asked.parse(JSON.parse(line)).ms);
}

/** Starts the program as built in `folder` and waits until it is healthy. */
export async function startProgram(folder: string): Promise<Started> {
  const env = await environmentOf();
  const began = performance.now();
  const child = spawn(process.execPath, [CLI, "start"], {
    cwd: folder,
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const address = `http://127.0.0.1:${env.PORT}`;
  while (!(await isHealthy(address))) {
    if (child.exitCode !== null || performance.now() - began > PATIENCE) {
      child.kill("SIGKILL");
      throw new Error(`the program did not become healthy (exit ${child.exitCode})`);
    }
    await new Promise((done) => setTimeout(done, GLANCE));
  }
  const seconds = (performance.now() - began) / 1000;
  return { address, seconds, megabytes: residentOf(child), stop: async () => stop(child) };
}

/** Starts a server that answers so many bytes to everything. */
export async function startBare(bytes: number): Promise<Running> {
  const child = spawn(process.execPath, ["--import", TSX, BARE, String(bytes)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(child.stdout, "data");
  return { address: String(line).trim(), stop: async () => stop(child) };
}

type Environment = Readonly<
  Record<"DATA_DIR" | "HOST" | "PORT" | "RATE_LIMITS" | "LOG_LEVEL" | "PATH", string>
>;

/** Nothing of the caller's settings reaches the program that is measured. */
async function environmentOf(): Promise<Environment> {
  const PATH = process.env["PATH"] ?? "";
  const PORT = String(await freePort());
  return { PATH, DATA_DIR: "data", HOST: "127.0.0.1", PORT, RATE_LIMITS: "off", LOG_LEVEL: "error" };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const at = server.address();
  server.close();
  await once(server, "close");
  return at !== null && typeof at === "object" ? at.port : 0;
}

async function isHealthy(address: string): Promise<boolean> {
  try {
    const response = await fetch(`${address}/health`);
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** From the kernel's own account, in megabytes. */
function residentOf(child: ChildProcess): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1];
  return (Number(kilobytes) * 1024) / 1e6;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, "close");
  const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE);
  child.kill("SIGTERM");
  await ended;
  clearTimeout(timer);
}
