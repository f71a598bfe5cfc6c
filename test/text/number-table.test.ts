import fc from "fast-check";
import { expect, it } from "vitest";
import { ABSENT, emptyTable, numberAt, setNumber } from "../../src/text/number-table.ts";

it("keeps what a map keeps, whatever the keys", () => {
  const key = fc.oneof(fc.nat(40), fc.nat(), fc.maxSafeNat());
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.nat(2 ** 31 - 2))), fc.array(key), (put, asked) => {
      const table = emptyTable();
      const map = new Map<number, number>();
      for (const [one, value] of put) {
        setNumber(table, one, value);
        map.set(one, value);
      }
      expect(table.size).toBe(map.size);
      for (const one of [...map.keys(), ...asked]) expect(numberAt(table, one)).toBe(map.get(one) ?? ABSENT);
    }),
  );
});

it("finds keys of one distance in few steps", () => {
  const table = emptyTable();
  const [count, distance] = [200_000, 2 ** 15];
  for (let one = 0; one < count; one++) setNumber(table, one * distance, one);
  const begun = performance.now();
  let found = 0;
  for (let one = 0; one < count; one++) if (numberAt(table, one * distance) === one) found++;
  expect(found).toBe(count);
  // Were they all to come to lie together, it would take a minute.
  expect(performance.now() - begun).toBeLessThan(5_000);
});
