import { describe, expect, it } from "vitest";
import { filesAgainAt, looksUpAgainAt, withMiss } from "../../src/complaints/allowance.ts";

const NOW = new Date("2026-11-26T03:00:00Z");
const before = (minutes: number): string => new Date(NOW.getTime() - minutes * 60_000).toISOString();

describe("how many complaints one conversation may file", () => {
  it("is five in an hour, and again as soon as the oldest of the five is an hour old", () => {
    expect(filesAgainAt([1, 2, 3, 4].map(before), NOW)).toBeUndefined();
    expect(filesAgainAt([1, 2, 3, 4, 59].map(before), NOW)).toEqual(new Date(NOW.getTime() + 60_000));
    expect(filesAgainAt([1, 2, 3, 4, 60].map(before), NOW)).toBeUndefined();
  });

  it("is twenty in a day, whatever their order", () => {
    const spread = Array.from({ length: 20 }, (_, index) => before(61 + index * 65));
    expect(filesAgainAt(spread.slice(1), NOW)).toBeUndefined();
    expect(filesAgainAt(spread.toReversed(), NOW)).toEqual(
      new Date(Date.parse(before(61 + 19 * 65)) + 86_400_000),
    );
  });
});

describe("how many unknown codes one conversation may look up", () => {
  it("is ten in a minute, and only what still counts is kept", () => {
    let missed: string[] = [];
    for (let count = 0; count < 9; count += 1) missed = withMiss(missed, NOW);
    expect(looksUpAgainAt(missed, NOW)).toBeUndefined();
    missed = withMiss(missed, NOW);
    expect(looksUpAgainAt(missed, NOW)).toEqual(new Date(NOW.getTime() + 60_000));
    expect(looksUpAgainAt(missed, new Date(NOW.getTime() + 60_000))).toBeUndefined();
    expect(withMiss(missed, NOW)).toHaveLength(10);
  });
});
