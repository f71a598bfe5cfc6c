import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAlike, likeness, shinglesOf } from "../../src/complaints/alike.ts";

const STORY =
  "Tôi nộp hồ sơ khai sinh cho con tại trung tâm, cán bộ bắt về lấy thêm giấy xác nhận rồi lại bảo chưa đủ";

describe("how alike two texts are", () => {
  it("does not depend on marks, case, spaces and punctuation", () => {
    const typed =
      "TOI NOP HO SO khai sinh cho con,  tai trung tam; can bo bat ve lay them giay xac nhan roi lai bao chua du!";
    expect(likeness(shinglesOf(STORY), shinglesOf(typed))).toBe(1);
  });

  it("is high where a name or a day differs, low where another thing is told", () => {
    const other = STORY.replace("khai sinh cho con", "khai sinh cho cháu");
    expect(likeness(shinglesOf(STORY), shinglesOf(other))).toBeGreaterThan(0.7);
    const apart = "Cán bộ quầy số 3 nói trống không, tôi hỏi giờ trả kết quả thì bị mắng trước mặt mọi người";
    expect(likeness(shinglesOf(STORY), shinglesOf(apart))).toBeLessThan(0.1);
  });

  it("is symmetric, between 0 and 1, and 1 for a text and itself", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const [a, b] = [shinglesOf(one), shinglesOf(other)];
        expect(likeness(a, b)).toBe(likeness(b, a));
        expect(likeness(a, b)).toBeGreaterThanOrEqual(0);
        expect(likeness(a, b)).toBeLessThanOrEqual(1);
        expect(likeness(a, a)).toBe(1);
      }),
    );
  });
});

describe("how alike long texts are", () => {
  const WORDS = Array.from({ length: 4000 }, (_, number) => `tu${number}`);
  /** The pairs that both have, of all pairs. */
  function exactly(one: readonly string[], other: readonly string[]): number {
    const pairs = (words: readonly string[]): Set<string> =>
      new Set(words.slice(1).map((word, at) => `${words[at]} ${word}`));
    const [a, b] = [pairs(one), pairs(other)];
    const both = [...a].filter((pair) => b.has(pair)).length;
    return both / (a.size + b.size - both);
  }

  it("is measured by a sample, which is not far off", () => {
    const far: number[] = [];
    for (let round = 0; round < 200; round++) {
      const one = WORDS.slice(round * 5, round * 5 + 300);
      const other = [...one.slice(0, 100 + round), ...WORDS.slice(3000 - round, 3100)];
      const measured = likeness(shinglesOf(one.join(" ")), shinglesOf(other.join(" ")));
      far.push(Math.abs(measured - exactly(one, other)));
    }
    const mean = far.reduce((sum, one) => sum + one, 0) / far.length;
    expect(mean).toBeLessThan(0.07);
    expect(Math.max(...far)).toBeLessThan(0.3);
  });
});

describe("texts that are nearly the same", () => {
  const SYLLABLES = "ho so giay to can bo hen tra cham tien phi xa phuong quay so lan ve lay them".split(" ");
  const text = fc.array(fc.constantFrom(...SYLLABLES), { minLength: 12, maxLength: 30 });

  it("are found as comparing each with each finds them", () => {
    let [found, wanted] = [0, 0];
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 25 }), fc.nat(), fc.nat(), (texts, which, at) => {
        const alike = createAlike(0.6, 100);
        const all = texts.map((words) => shinglesOf(words.join(" ")));
        for (const [index, shingles] of all.entries()) alike.put(index, shingles);
        const asked = [...(texts[which % texts.length] ?? [])];
        asked[at % asked.length] = "khac";
        const shingles = shinglesOf(asked.join(" "));
        const near = new Set(alike.near(shingles));
        for (const [index, one] of all.entries()) {
          if (likeness(one, shingles) < 0.6) expect(near.has(index)).toBe(false);
          else wanted++;
          if (near.has(index)) found++;
        }
      }),
      { numRuns: 1000 },
    );
    expect(wanted).toBeGreaterThan(500);
    expect(found / wanted).toBeGreaterThan(0.99);
  });

  it("take no more memory for each that is sent again: the latest are found", () => {
    const alike = createAlike(0.6, 1000);
    for (let number = 0; number < 1000; number++) alike.put(number, shinglesOf(STORY));
    const near = alike.near(shinglesOf(STORY));
    expect(near.length).toBeLessThan(50);
    expect(near).toContain(999);
    expect(near).not.toContain(900);
  });

  it("are found where they were put, whatever lay there before, in any order", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(7), fc.option(fc.nat(6))), { maxLength: 60 }), (acts) => {
        const alike = createAlike(0.6, 8);
        const kept = new Map<number, string>();
        for (const [place, which] of acts) {
          if (which === null) {
            alike.clear(place);
            kept.delete(place);
          } else {
            const text = `${STORY} ${SYLLABLES[which]}`.repeat(1 + (which % 2));
            alike.put(place, shinglesOf(text));
            kept.set(place, text);
          }
          for (const [at, text] of kept) expect(alike.near(shinglesOf(text))).toContain(at);
          for (const found of alike.near(shinglesOf(STORY))) expect(kept.has(found)).toBe(true);
        }
      }),
    );
  });

  it("are found beyond the sixty-five thousandth place", () => {
    const alike = createAlike(0.6, 70_000);
    for (const place of [1, 4464, 69_999]) alike.put(place, shinglesOf(STORY));
    expect(alike.near(shinglesOf(STORY)).toSorted((one, other) => one - other)).toEqual([1, 4464, 69_999]);
  });

  it("are no longer found once they are cleared", () => {
    const alike = createAlike(0.6, 10);
    const shingles = shinglesOf(STORY);
    alike.put(0, shingles);
    alike.put(9, shingles);
    alike.clear(0);
    expect(alike.near(shingles)).toEqual([9]);
    alike.clear(9);
    expect(alike.near(shingles)).toEqual([]);
  });
});
