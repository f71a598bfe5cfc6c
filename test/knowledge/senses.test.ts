import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fault } from "../../src/knowledge/read-yaml.ts";
import { readSenses, type Senses, writeSenses } from "../../src/knowledge/senses.ts";
import { knowledge } from "../fixtures/real-knowledge.ts";

const some = fc
  .record({
    dimensions: fc.integer({ min: 1, max: 64 }),
    terms: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,7}(?: [a-z]{1,7})?$/), { minLength: 1, maxLength: 20 }),
  })
  .chain(({ dimensions, terms }) =>
    fc
      .int8Array({ minLength: dimensions * terms.length, maxLength: dimensions * terms.length })
      .map(
        (vectors): Senses => ({ dimensions, rows: new Map(terms.map((term, row) => [term, row])), vectors }),
      ),
  );

describe("what words speak of", () => {
  it("is read as it was written", () => {
    fc.assert(
      fc.property(some, (senses) => {
        const faults: Fault[] = [];
        expect(readSenses(writeSenses(senses), "senses.txt", faults)).toEqual(senses);
        expect(faults).toEqual([]);
      }),
    );
  });

  it("has a fault in each line that is no word with a vector as long as the first", () => {
    const faults: Fault[] = [];
    readSenses("khai sinh\tAQID\nkhai tu\nket hon\tAQ==\n\tAQID\nly hon\tAQIE\n", "senses.txt", faults);
    expect(faults.map(({ file, line }) => `${file}:${line}`)).toEqual([
      "senses.txt:2",
      "senses.txt:3",
      "senses.txt:4",
    ]);
    for (const { problem } of faults) expect(problem).toContain("scripts/fit-senses.ts");
  });

  it("has a fault where the file is empty: nothing learnt is no file at all", () => {
    const faults: Fault[] = [];
    readSenses("\n", "senses.txt", faults);
    expect(faults).toHaveLength(1);
  });

  it("is learnt of most words of the phrasings", () => {
    const { rows, dimensions, vectors } = knowledge.senses;
    expect(vectors).toHaveLength(rows.size * dimensions);
    for (const term of ["khai sinh", "so do", "ho chieu", "mat", "khong"])
      expect(rows.has(term), term).toBe(true);
  });
});
