import { deserialize, serialize } from "node:v8";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Example, type Features, learn, openClassifier } from "../../src/understanding/classifier.ts";

const said = (words: readonly string[]): Features => ({ runs: [words], tags: [] });
const example = (label: string, text: string): Example => ({ label, features: said(text.split(" ")) });
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
      expect(best(classify(features)), features.runs.join(" ")).toBe(label);
  });

  it("recognises what it has not seen word for word", () => {
    expect(best(classify(said("ho so bi tre hen roi".split(" "))))).toBe("complaint");
    expect(best(classify(said("lam ho chieu can giay gi".split(" "))))).toBe("question");
  });

  it("gives shares between 0 and 1 that sum to 1, for anything", () => {
    const features = fc.array(fc.oneof(fc.constantFrom("tre", "hen", "can", "gi"), fc.string()), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(features, (given) => {
        const shares = [...classify(said(given)).values()];
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
    const before = [...classify(said(["tre", "hen"]))];
    classify(said(["hom", "nay", "troi", "mua"]));
    expect([...classify(said(["tre", "hen"]))]).toEqual(before);
  });

  it("does not drown a label with few examples among many", () => {
    const questions = Array.from({ length: 200 }, (_, at) => example("question", `can giay to gi so ${at}`));
    const rare = openClassifier(learn([...questions, example("complaint", "bi voi tien")]));
    expect(best(rare.classify(said(["bi", "voi", "tien"])))).toBe("complaint");
    expect(best(rare.classify(said(["can", "giay", "to", "gi"])))).toBe("question");
  });

  it("has nothing to say that it did not learn", () => {
    expect([...openClassifier(learn([])).classify(said(["tre"]))]).toEqual([]);
  });

  it("does not care how often a feature is said", () => {
    expect([...classify(said(["tre", "hen"]))]).toEqual([
      ...classify(said(["tre", "hen", "tre", "hen", "tre"])),
    ]);
  });

  it("tells the same word in another run apart, and a tag from a word", () => {
    const asked = (first: string[], second: string[], tags: string[]): Features => ({
      runs: [first, second],
      tags,
    });
    const apart = openClassifier(
      learn([
        { label: "front", features: asked(["phi"], ["gi"], []) },
        { label: "front", features: asked(["phi"], ["gi"], []) },
        { label: "back", features: asked(["gi"], ["phi"], []) },
        { label: "back", features: asked(["gi"], ["phi"], []) },
        { label: "tagged", features: asked([], [], ["phi"]) },
        { label: "tagged", features: asked([], [], ["phi"]) },
      ]),
    );
    expect(best(apart.classify(asked(["phi"], [], [])))).toBe("front");
    expect(best(apart.classify(asked([], ["phi"], [])))).toBe("back");
    expect(best(apart.classify(asked([], [], ["phi"])))).toBe("tagged");
  });

  it("tells neighbouring words by their order, but not across a word between", () => {
    const order = openClassifier(
      learn([
        example("asks", "co phai"),
        example("asks", "co phai"),
        example("tells", "phai co"),
        example("tells", "phai co"),
      ]),
    );
    expect(best(order.classify(said(["co", "phai"])))).toBe("asks");
    expect(best(order.classify(said(["phai", "co"])))).toBe("tells");
    const between = [...order.classify(said(["phai", "x", "co"])).values()];
    expect(between[0]).toBeCloseTo(between[1] ?? 0);
  });
});
