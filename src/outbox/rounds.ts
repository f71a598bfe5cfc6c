import type { Log } from "../log.ts";
import { problemOf } from "./problem.ts";

/** Runs passes over the outbox at the right moments. */
export type Rounds = {
  start(): void;
  /** Something is due now: do not wait for the timer. */
  nudge(): void;
  /** Starts nothing more; resolves when the passes under way are done. */
  stop(): Promise<void>;
};

/** No delivery waits longer than this after it is due. */
const POLL_MS = 5_000;
/** Passes under way at once: one held up by recipients who do not answer must not hold up all others. */
const MOST_PASSES = 6;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * `pass` does what is due and tells how much it was. It rejects when the store fails: then nothing is tried, not
 * even on a nudge, for a pause that doubles each time.
 */
export function createRounds(pass: () => Promise<number>, log: Log): Rounds {
  const underWay = new Set<Promise<void>>();
  let on = false;
  let again = false;
  let pausing = false;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;

  const wakeIn = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      pausing = false;
      wake();
    }, milliseconds);
  };

  const pause = (error: unknown): void => {
    if (!on || pausing) return;
    pausing = true;
    const milliseconds = Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
    failures += 1;
    log("error", "outbox.pause", { problem: problemOf(error), seconds: milliseconds / 1000 });
    wakeIn(milliseconds);
  };

  const run = async (): Promise<void> => {
    try {
      const count = await pass();
      if (!pausing) failures = 0;
      // What was recorded may have promised something new, such as the notice to the person.
      if (count > 0) again = true;
    } catch (error) {
      pause(error);
    }
  };

  const wake = (): void => {
    if (!on || pausing) return;
    if (underWay.size >= MOST_PASSES) {
      again = true;
      return;
    }
    again = false;
    wakeIn(POLL_MS);
    const round = run().finally(() => {
      underWay.delete(round);
      if (again) wake();
    });
    underWay.add(round);
  };

  return {
    start: () => {
      on = true;
      pausing = false;
      wake();
    },
    nudge: wake,
    stop: async () => {
      on = false;
      clearTimeout(timer);
      await Promise.all(underWay);
    },
  };
}
