import { deserialize, serialize } from "node:v8";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Example, learn, openClassifier } from "../../src/understanding/classifier.ts";

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
  const learnt = learn(EXAMPLES);
  const { classify } = openClassifier(learnt);

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
    expect(learn(EXAMPLES)).toEqual(learnt);
  });

  it("answers the same from what was kept", () => {
    const kept: typeof learnt = deserialize(serialize(learnt));
    expect(kept).toEqual(learnt);
    const again = openClassifier(kept);
    for (const { features } of EXAMPLES)
      expect([...again.classify(features)]).toEqual([...classify(features)]);
  });

  it("lets no text disturb the next", () => {
    const before = [...classify(["tre", "hen"])];
    classify(["hom", "nay", "troi", "mua"]);
    expect([...classify(["tre", "hen"])]).toEqual(before);
  });

  it("does not drown a label with few examples among many", () => {
    const questions = Array.from({ length: 200 }, (_, at) => example("question", `can giay to gi so ${at}`));
    const rare = openClassifier(learn([...questions, example("complaint", "bi voi tien")]));
    expect(best(rare.classify(["bi", "voi", "tien"]))).toBe("complaint");
    expect(best(rare.classify(["can", "giay", "to", "gi"]))).toBe("question");
  });

  it("has nothing to say that it did not learn", () => {
    expect([...openClassifier(learn([])).classify(["tre"])]).toEqual([]);
  });

  it("does not care how often a feature is said", () => {
    expect([...classify(["tre", "hen"])]).toEqual([...classify(["tre", "hen", "tre", "hen", "tre"])]);
  });
});
