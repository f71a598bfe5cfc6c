import { join } from "node:path";
import { TSX } from "../bench/fresh.ts";
import type { Door } from "./door.ts";
import { type Env, type Program, type Site, start } from "./program.ts";

/** The processes of one run: one on an embedded store, two on a database. */
export type Fleet = {
  readonly door: Door;
  readonly size: number;
  /** Processes that were killed, by us or at a point that we set. */
  readonly kills: () => number;
  /** Resident memory of all that run, in bytes. */
  readonly resident: () => number;
  /** Starts those that do not run. `point` is a KILL_AT: see kill-at.ts. */
  startAll(point?: string): Promise<void>;
  kill(slot: number): Promise<void>;
  killAll(): Promise<void>;
  /** A kill of something else, such as the database. */
  count(): void;
  /** SIGTERM to all; resolves with the exit codes. */
  stopAll(): Promise<readonly (number | null)[]>;
};

export type FleetOptions = {
  readonly site: Site;
  readonly size: number;
  /** The settings of the process in this slot, made anew for each start. */
  readonly envOf: (slot: number) => Env;
  /** A start that ended otherwise than by a kill. */
  readonly onRefused: (output: string) => void;
};

const KILL_AT = import.meta.resolve("./kill-at.ts");

export function createFleet({ site, size, envOf, onRefused }: FleetOptions): Fleet {
  const programs: (Program | undefined)[] = Array.from({ length: size }, () => undefined);
  const counted = new Set<number>();
  let kills = 0;

  const isUp = (slot: number): boolean => programs[slot]?.alive() ?? false;

  /** One that was killed at a point of its own is counted when it is found. */
  const bury = (slot: number): void => {
    const pid = programs[slot]?.pid;
    if (pid === undefined || counted.has(pid)) return;
    counted.add(pid);
    kills += 1;
  };

  const startOne = async (slot: number, point?: string): Promise<void> => {
    bury(slot);
    programs[slot] = undefined;
    const own = size > 1 ? { DATA_DIR: join(site.folder, `data-${slot}`), SHARED_DIR: site.folder } : {};
    const env = { ...own, ...envOf(slot), ...(point !== undefined && { KILL_AT: point }) };
    const node = point === undefined ? [] : ["--import", TSX, "--import", KILL_AT];
    const started = await start(site, env, node);
    if (started.kind === "runs") programs[slot] = started.program;
    else if (started.kind === "killed") kills += 1;
    else onRefused(started.output);
  };

  const kill = async (slot: number): Promise<void> => {
    const program = programs[slot];
    if (!program) return;
    await program.kill();
    bury(slot);
    programs[slot] = undefined;
  };

  return {
    door: { addresses: () => programs.flatMap((program) => (program?.alive() ? [program.address] : [])) },
    size,
    kills: () => kills,
    resident: () => programs.reduce((sum, program) => sum + (program?.resident() ?? 0), 0),
    startAll: async (point) => {
      await Promise.all(programs.map((_, slot) => (isUp(slot) ? Promise.resolve() : startOne(slot, point))));
    },
    kill,
    killAll: async () => {
      await Promise.all(programs.map((_, slot) => kill(slot)));
    },
    count: () => {
      kills += 1;
    },
    stopAll: () => Promise.all(programs.map(async (program) => (program ? await program.stop() : 0))),
  };
}
