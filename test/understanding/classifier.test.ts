import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Example, learn } from "../../src/understanding/classifier.ts";

const example = (label: string, text: string): Example => ({ label, features: text.split(" ") });
const EXAMPLES: readonly Example[] = [
  example("complaint", "ho so tre hen ba tuan"),
  example("complaint", "can bo doi tien"),
  example("complaint", "tre hen khong ai tra loi"),
  example("question", "lam khai sinh can gi"),
  example("question", "phi ho chieu bao nhieu"),
  example("question", "can giay to gi"),
  example("other", "hom nay troi mua"),
];
const best = (shares: ReadonlyMap<string, number>): string =>
  [...shares].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? "";

describe("learning from examples", () => {
  const { classify } = learn(EXAMPLES);

  it("knows its own examples again, also those of a label with a single one", () => {
    for (const { label, features } of EXAMPLES)
      expect(best(classify(features)), features.join(" ")).toBe(label);
  });

  it("recognises what it has not seen word for word", () => {
    expect(best(classify("ho so bi tre hen roi".split(" ")))).toBe("complaint");
    expect(best(classify("lam ho chieu can giay gi".split(" ")))).toBe("question");
  });

  it("gives shares between 0 and 1 that sum to 1, for anything", () => {
    const features = fc.array(fc.oneof(fc.constantFrom("tre", "hen", "can", "gi"), fc.string()), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(features, (given) => {
        const shares = [...classify(given).values()];
        expect(shares.length).toBe(3);
        expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
        expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1);
      }),
    );
  });

  it("learns the same from the same examples each time", () => {
    const again = learn(EXAMPLES);
    for (const { features } of EXAMPLES)
      expect([...again.classify(features)]).toEqual([...classify(features)]);
  });

  it("does not care how often a feature is said", () => {
    expect([...classify(["tre", "hen"])]).toEqual([...classify(["tre", "hen", "tre", "hen", "tre"])]);
  });
});
