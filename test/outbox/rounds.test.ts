import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createRounds } from "../../src/outbox/rounds.ts";
import { NotSaved } from "../../src/store/store.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const SECOND = 1_000;
const quiet = (): void => undefined;

/** A pass that ends when told to. */
function heldPass(): { pass: () => Promise<number>; begun: () => number; end: (count: number) => void } {
  const ends: ((count: number) => void)[] = [];
  let begun = 0;
  return {
    pass: () => {
      begun += 1;
      return new Promise((resolve) => ends.push(resolve));
    },
    begun: () => begun,
    end: (count) => ends.shift()?.(count),
  };
}

describe("the rounds of the outbox", () => {
  it("look every five seconds, and at once on a nudge", async () => {
    const pass = vi.fn(async () => 0);
    const rounds = createRounds(pass, quiet);
    rounds.nudge();
    expect(pass).toHaveBeenCalledTimes(0);
    rounds.start();
    expect(pass).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(20 * SECOND);
    expect(pass).toHaveBeenCalledTimes(5);
    rounds.nudge();
    expect(pass).toHaveBeenCalledTimes(6);
    await rounds.stop();
  });

  it("look again at once after they did something, since that may have promised something new", async () => {
    const counts = [3, 1];
    const pass = vi.fn(async () => counts.shift() ?? 0);
    const rounds = createRounds(pass, quiet);
    rounds.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(pass).toHaveBeenCalledTimes(3);
    await rounds.stop();
  });

  it("go on by the timer and by nudges beside a pass that is held up, but never more than six at once", async () => {
    const { pass, begun, end } = heldPass();
    const rounds = createRounds(pass, quiet);
    rounds.start();
    await vi.advanceTimersByTimeAsync(5 * SECOND);
    expect(begun()).toBe(2);
    for (let count = 0; count < 10; count++) rounds.nudge();
    expect(begun()).toBe(6);
    await vi.advanceTimersByTimeAsync(60 * SECOND);
    expect(begun()).toBe(6);
    end(0);
    await vi.advanceTimersByTimeAsync(0);
    expect(begun()).toBe(7);
    const stopped = rounds.stop();
    for (let count = 0; count < 6; count++) end(0);
    await stopped;
  });

  it("pause 1, 2, 4 … 60 seconds while the store fails, whatever nudges them, and forget it when it works again", async () => {
    const begunAt: number[] = [];
    let broken = true;
    const log = vi.fn();
    const start = Date.now();
    const rounds = createRounds(async () => {
      begunAt.push((Date.now() - start) / SECOND);
      if (broken) throw new NotSaved("full");
      return 0;
    }, log);
    rounds.start();
    for (let tick = 0; tick < 1_300; tick++) {
      await vi.advanceTimersByTimeAsync(100);
      rounds.nudge();
    }
    expect(begunAt).toEqual([0, 1, 3, 7, 15, 31, 63, 123]);
    expect(log).toHaveBeenCalledWith("error", "outbox.pause", { problem: "not saved: full", seconds: 60 });

    broken = false;
    await vi.advanceTimersByTimeAsync(60 * SECOND);
    broken = true;
    begunAt.length = 0;
    rounds.nudge();
    await vi.advanceTimersByTimeAsync(1 * SECOND);
    expect(begunAt).toHaveLength(2);
    expect(log).toHaveBeenLastCalledWith("error", "outbox.pause", { problem: "not saved: full", seconds: 2 });
    await rounds.stop();
  });

  it("can be stopped in a pause and started again", async () => {
    const pass = vi.fn(async (): Promise<number> => {
      throw new NotSaved("unavailable");
    });
    const rounds = createRounds(pass, quiet);
    rounds.start();
    await vi.advanceTimersByTimeAsync(0);
    await rounds.stop();
    rounds.start();
    expect(pass).toHaveBeenCalledTimes(2);
    await rounds.stop();
  });

  it("stop only when what is under way has ended, and begin nothing afterwards", async () => {
    const { pass, begun, end } = heldPass();
    const rounds = createRounds(pass, quiet);
    rounds.start();
    let stopped = false;
    const stopping = rounds.stop().then(() => {
      stopped = true;
    });
    rounds.nudge();
    await vi.advanceTimersByTimeAsync(60 * SECOND);
    expect(stopped).toBe(false);
    end(5);
    await stopping;
    await vi.advanceTimersByTimeAsync(60 * SECOND);
    expect(begun()).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
