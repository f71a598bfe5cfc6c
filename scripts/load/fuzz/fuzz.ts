import { seeded } from "../../bench/seeded.ts";
import { conversation } from "./conversation.ts";
import { contacts, knowledge, yaml } from "./files.ts";
import { http } from "./http.ts";
import { catalogue, texts } from "./readers.ts";
import { stored } from "./stored.ts";
import type { Target } from "./target.ts";
import { telegram } from "./telegram.ts";

/** The inputs of a whole run, by target. */
const SHARES: readonly (readonly [Target, number])[] = [
  [texts, 60_000],
  [conversation, 60_000],
  [http, 40_000],
  [yaml, 16_000],
  [catalogue, 15_000],
  [contacts, 5000],
  [telegram, 3000],
  [stored, 2500],
  [knowledge, 150],
];

export type FuzzOptions = {
  readonly seed: number;
  /** 1: a whole run, of more than 200,000 inputs. */
  readonly scale: number;
  /** Only these targets. */
  readonly only?: readonly string[];
  /** Only this unit, to see one fault again. */
  readonly unit?: number;
  readonly say: (line: string) => void;
};

export type FuzzResult = { readonly tried: number; readonly faults: readonly string[] };

/** What keeps the processor longer hangs; in milliseconds. A busy machine slows the clock down, not this. */
const HANG_MS = 1000;
/** So many faults of one target are enough to look at. */
const MOST_FAULTS = 10;

/** Tries bad inputs; a fault tells target and unit, which a run with the same seed tries again. */
export async function fuzz({ seed, scale, only, unit, say }: FuzzOptions): Promise<FuzzResult> {
  const faults: string[] = [];
  let tried = 0;
  for (const [target, inputs] of SHARES) {
    if (only && !only.includes(target.name)) continue;
    const result = await fuzzOne(target, inputs * scale, seed, unit);
    tried += result.tried;
    faults.push(...result.faults);
    say(
      `${target.name}: ${result.tried} inputs, slowest unit ${Math.round(result.slowest)} ms, ${result.faults.length} faults`,
    );
  }
  return { tried, faults };
}

async function fuzzOne(target: Target, inputs: number, seed: number, only?: number) {
  const open = await target.open();
  const faults: string[] = [];
  let tried = 0;
  let slowest = 0;
  const cpu = open.cpu ?? ownCpu;
  for (let unit = only ?? 0; tried < inputs && faults.length < MOST_FAULTS; unit++) {
    try {
      const began = cpu();
      tried += await open.attempt(seeded(seed * 1_000_003 + unit));
      const took = cpu() - began;
      slowest = Math.max(slowest, took);
      if (took > (open.hangMs ?? HANG_MS))
        faults.push(`${target.name}, unit ${unit}: takes ${Math.round(took)} ms`);
    } catch (error) {
      const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
      faults.push(`${target.name}, unit ${unit}: ${told.split("\n").slice(0, 4).join("\n")}`);
    }
    if (only !== undefined) break;
  }
  try {
    await open.close();
  } catch (error) {
    faults.push(`${target.name}, at the end: ${String(error)}`);
  }
  return { tried, slowest, faults };
}

function ownCpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
