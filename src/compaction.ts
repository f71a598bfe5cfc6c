import { constants, PerformanceObserver } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { z } from "zod";

/** Milliseconds between two compactions: each stops everything for a tenth of a second. */
const EVERY = 60_000;

const Full = z.object({ detail: z.object({ kind: z.literal(constants.NODE_PERFORMANCE_GC_MAJOR) }) });

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
