import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterFailure } from "../../src/outbox/backoff.ts";

const START = Date.parse("2026-11-21T02:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function minutesToNext(attempts: number, jitter = 0.5, afterSeconds?: number): number {
  const failure = {
    attempts,
    since: new Date(START).toISOString(),
    now: new Date(START),
    forGood: false,
    afterSeconds,
  };
  return (Date.parse(afterFailure(failure, jitter).nextAt ?? "") - START) / MINUTE;
}

/** Instants of the attempts of a recipient who always fails, up to `hours`, and when a human was called. */
function failing(hours: number, jitter: number): { tries: number[]; deadAt: number | undefined } {
  const tries: number[] = [];
  let deadAt: number | undefined;
  for (let at = START; at <= START + hours * HOUR; ) {
    tries.push(at);
    const failure = {
      attempts: tries.length,
      since: new Date(START).toISOString(),
      now: new Date(at),
      forGood: false,
    };
    const { nextAt, dead } = afterFailure(failure, jitter);
    if (dead) deadAt ??= at;
    at = Date.parse(nextAt ?? "");
  }
  return { tries, deadAt };
}

describe("waiting after a failure", () => {
  it("waits 1, 5, 15 and 60 minutes, then an hour each time", () => {
    expect([1, 2, 3, 4, 5, 6, 400].map((attempts) => minutesToNext(attempts))).toEqual([
      1, 5, 15, 60, 60, 60, 60,
    ]);
  });

  it("spreads the hourly attempts by a tenth on both sides, and the first four not at all", () => {
    expect(minutesToNext(5, 0)).toBeCloseTo(54);
    expect(minutesToNext(5, 1)).toBeCloseTo(66);
    expect([0, 1].map((jitter) => minutesToNext(4, jitter))).toEqual([60, 60]);
  });

  it("waits longer when the recipient asks for it, never shorter", () => {
    expect(minutesToNext(1, 0.5, 600)).toBe(10);
    expect(minutesToNext(4, 0.5, 600)).toBe(60);
    expect(minutesToNext(1, 0.5, 0)).toBe(1);
  });

  it("lets no recipient put us off for more than a day", () => {
    expect(minutesToNext(1, 0.5, 365 * 86_400)).toBe(24 * 60);
  });

  it("calls a human after 24 hours of failing and still tries hourly", () => {
    const { tries, deadAt } = failing(48, 0.5);
    expect((deadAt ?? 0) - START).toBeGreaterThanOrEqual(24 * HOUR);
    expect((deadAt ?? 0) - START).toBeLessThanOrEqual(25.1 * HOUR);
    expect(tries.filter((at) => at > (deadAt ?? 0)).length).toBeGreaterThanOrEqual(22);
  });

  it("calls a human at once, and tries no more, when it failed for good", () => {
    const failure = {
      attempts: 1,
      since: new Date(START).toISOString(),
      now: new Date(START),
      forGood: true,
    };
    expect(afterFailure(failure, 0.5)).toEqual({ dead: true });
  });

  it("does not take the program's own time off for a day of failing", () => {
    const late = {
      since: new Date(START).toISOString(),
      now: new Date(START + 40 * HOUR),
      forGood: false,
    };
    expect(afterFailure({ ...late, attempts: 1 }, 0.5).dead).toBe(false);
    expect(afterFailure({ ...late, attempts: 2 }, 0.5).dead).toBe(true);
  });

  it("always says either when the next attempt is or that a human must look", () => {
    const failures = fc.record({
      attempts: fc.integer({ min: 1, max: 10_000 }),
      age: fc.integer({ min: 0, max: 400 * 24 * HOUR }),
      forGood: fc.boolean(),
      afterSeconds: fc.option(fc.nat(), { nil: undefined }),
      jitter: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(failures, ({ age, jitter, ...rest }) => {
        const now = new Date(START + age);
        const { nextAt, dead } = afterFailure({ ...rest, since: new Date(START).toISOString(), now }, jitter);
        expect(dead || nextAt !== undefined).toBe(true);
        if (nextAt) expect(Date.parse(nextAt) - now.getTime()).toBeGreaterThanOrEqual(MINUTE);
      }),
    );
  });
});
