import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Senses } from "../../src/knowledge/senses.ts";
import { indexDocuments, openSearchIndex, type SearchDocument } from "../../src/search/search-index.ts";
import { openSenses, termsOf } from "../../src/search/sense.ts";
import { SIGNS } from "../../src/search/tally.ts";
import { buildLexicon } from "../../src/text/lexicon.ts";

/** East is about births, north about deaths. */
const SENSES: Senses = {
  dimensions: 2,
  rows: new Map(["em", "be", "em be", "ong", "qua doi", "sinh", "tu"].map((term, row) => [term, row])),
  vectors: Int8Array.from([10, 10, 100, 0, 127, 0, 20, 60, 0, 127, 110, 5, 5, 110]),
};
const senses = openSenses(SENSES);
const lexicon = buildLexicon({ expand: {}, short: {}, english: {}, stop: [] });
const word = fc.constantFrom("em", "be", "ong", "qua", "doi", "sinh", "tu", "khac");

describe("what is asked", () => {
  it("speaks of what its words and pairs speak of, surer the more of them say so", () => {
    const [one, two] = [senses.of(["be"]), senses.of(["be", "sinh"])];
    expect(one[0]).toBeCloseTo(100 / 127);
    expect(two[0]).toBeGreaterThan(one[0] ?? 0);
    expect(two[0]).toBeLessThan(2 * (one[0] ?? 0));
  });

  it("speaks of nothing where no word of it is known", () => {
    expect([...senses.of(["khac"]), ...senses.of([]), ...senses.ofTexts([["khac"], []])]).toEqual(
      Array.from({ length: 6 }, () => 0),
    );
  });

  it("is no different for words that are not known", () => {
    fc.assert(
      fc.property(fc.array(word), (words) => {
        expect(senses.of([...words, "zzz"])).toEqual(senses.of(words));
      }),
    );
  });
});

describe("what several texts speak of", () => {
  it("is of length 1, however many they are", () => {
    fc.assert(
      fc.property(fc.array(fc.array(word, { minLength: 1 }), { minLength: 1, maxLength: 6 }), (texts) => {
        const length = Math.hypot(...senses.ofTexts(texts));
        if (texts.flatMap(termsOf).some((one) => SENSES.rows.has(one))) expect(length).toBeCloseTo(1);
        else expect(length).toBe(0);
      }),
    );
  });
});

describe("a document", () => {
  const named = (id: string, ...names: readonly string[]): SearchDocument => ({
    id,
    names,
    phrasings: [],
    context: [],
  });
  const documents = [named("birth", "khai sinh"), named("death", "khai tử")];
  const index = openSearchIndex(indexDocuments(documents, lexicon, senses), lexicon, senses);
  const senseOf = (question: string): Map<string, number> =>
    new Map(index.search(question, 5).map(({ id, signs }) => [id, signs[SIGNS.indexOf("sense")] ?? 0]));

  it("is near to a question of which it has no word but what all have", () => {
    const birth = senseOf("em bé khai");
    expect(birth.get("birth")).toBeGreaterThan(2 * (birth.get("death") ?? 0));
    const death = senseOf("ông qua đời khai");
    expect(death.get("death")).toBeGreaterThan(2 * (death.get("birth") ?? 0));
  });

  it("that was spoken of is weighed as well, however little of it is asked for, and none twice", () => {
    const hits = index.search("khai sinh", 1, ["death", "birth", "nowhere"]);
    expect(hits.map(({ id }) => id)).toEqual(["birth", "death"]);
  });
});
