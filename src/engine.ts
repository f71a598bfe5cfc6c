import { constants, PerformanceObserver } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { z } from "zod";

/**
 * Garbage that may pile up before it is collected, in percent of what is in use. By itself V8 lets it grow to several
 * times that. Half of it costs answers nearly nothing; a quarter cost a tenth of them and lengthened the longest waits.
 */
const GARBAGE_PERCENT = 50;

/** Milliseconds between two compactions: each stops everything for a tenth of a second. */
const EVERY = 20_000;

const Full = z.object({ detail: z.object({ kind: z.literal(constants.NODE_PERFORMANCE_GC_MAJOR) }) });

/**
 * After how much running a function is looked at for being made quick; by itself V8 waits three times as long. A message
 * goes through a great many functions, each of them for a short time: sooner, a tenth more messages are answered.
 */
const LOOKED_AT_AFTER = 20_000;

/** Settings of V8 for a program that runs for long; to be called before anything is read. */
export function tuneEngine(): void {
  setFlagsFromString(`--heap-growing-percent=${GARBAGE_PERCENT}`);
  setFlagsFromString(`--interrupt-budget=${LOOKED_AT_AFTER}`);
}

/** Collects what a start leaves, files' bytes above all, while nobody waits for an answer yet. */
export function collectNow(): void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") collect();
}

/**
 * Lets V8 compact all of its memory now and then, when it collects garbage anyway: what was said leaves memory in between
 * what stays, and would leave pages behind that are half empty.
 */
export function compactNowAndThen(): void {
  const collections = new PerformanceObserver((list) => {
    if (!list.getEntries().some((entry) => Full.safeParse(entry).success)) return;
    setFlagsFromString("--no-compact-on-every-full-gc");
    collections.disconnect();
  });
  setInterval(() => {
    setFlagsFromString("--compact-on-every-full-gc");
    collections.observe({ entryTypes: ["gc"] });
  }, EVERY).unref();
}
