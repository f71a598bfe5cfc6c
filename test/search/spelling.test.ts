import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { buildSpelling, type KnownWords, type Spelling } from "../../src/search/spelling.ts";

/** The known words of these tests: none is one slip away from two others unless a test says so. */
const KNOWN = [
  "khai",
  "sinh",
  "khong",
  "chung",
  "thuc",
  "tram",
  "giay",
  "phep",
  "duong",
  "nghiep",
  "xang",
  "lenh",
  "quyen",
  "thuong",
  "truong",
  "can",
  "cuoc",
];

/** Spelling of these words, by default all equally common and none known beside another. */
function spellingOf(
  words: readonly string[],
  { counts = {}, pairs = [] }: { counts?: Readonly<Record<string, number>>; pairs?: readonly string[] } = {},
): Spelling {
  return buildSpelling({
    has: (word) => words.includes(word),
    all: () => words,
    count: (word) => counts[word] ?? 1,
    together: (first, second) => pairs.includes(`${first} ${second}`),
  });
}

const spelling = spellingOf(KNOWN);

describe("mending a misspelt word", () => {
  it.each([
    ["a telex tone left at the end", "khair", "khai"],
    ["a telex tone after a final consonant", "sinhs", "sinh"],
    ["doubled telex vowels", "khoong", "khong"],
    ["a telex w", "dwuong", "duong"],
    ["vni digits", "kha1i", "khai"],
    ["a vni digit at the end", "giay61", "giay"],
    ["a letter held too long", "khaiiii", "khai"],
    ["s for x", "sang", "xang"],
    ["x for s", "xinh", "sinh"],
    ["ch for tr", "cham", "tram"],
    ["tr for ch", "trung", "chung"],
    ["d for gi", "day", "giay"],
    ["r for gi", "ray", "giay"],
    ["n for l", "nenh", "lenh"],
    ["n for final ng", "khon", "khong"],
    ["t for final c", "thut", "thuc"],
    ["y for i", "khay", "khai"],
    ["k for c", "kuoc", "cuoc"],
    ["a missing letter", "truog", "truong"],
    ["a letter too many", "nghieep", "nghiep"],
    ["a wrong letter", "nghiap", "nghiep"],
    ["two letters swapped", "nghipe", "nghiep"],
    ["two letters swapped at the start", "hkong", "khong"],
  ])("mends %s: %s", (_slip, typed, meant) => {
    expect(spelling(typed)).toBe(meant);
  });

  it("leaves a known word as it is", () => {
    for (const word of KNOWN) expect(spelling(word)).toBeUndefined();
  });

  it("leaves numbers alone", () => {
    const years = spellingOf(["2025", "113", "khai"]);
    expect(years("2026")).toBeUndefined();
    expect(years("112")).toBeUndefined();
  });

  it("does not guess where nothing is near", () => {
    for (const word of ["bitcoin", "zzz", "q", "", "xyzxyz"]) expect(spelling(word)).toBeUndefined();
  });

  it("finds every known word of five letters again after one letter was dropped, doubled or swapped", () => {
    for (const word of KNOWN.filter((known) => known.length >= 5)) {
      for (let at = 0; at < word.length - 1; at++) {
        const swapped = `${word.slice(0, at)}${word[at + 1]}${word[at]}${word.slice(at + 2)}`;
        const doubled = word.slice(0, at + 1) + word.slice(at);
        if (swapped !== word) expect(spelling(swapped), swapped).toBe(word);
        expect(spelling(doubled), doubled).toBe(word);
      }
    }
  });

  it("only ever answers with a known word, and never throws", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from("abcdeghiklmnopqrstuvxywzj0169")), maxLength: 14 }),
        (word) => {
          const mended = spelling(word);
          expect(mended === undefined || (KNOWN.includes(mended) && mended !== word)).toBe(true);
        },
      ),
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (word) => {
        expect(() => spelling(word)).not.toThrow();
      }),
    );
  });

  it("gives the same answer whatever order the words were learnt in", () => {
    const backwards = spellingOf(KNOWN.toReversed());
    for (const typed of ["khair", "sang", "nghipe", "truog", "trung", "khon"]) {
      expect(backwards(typed)).toBe(spelling(typed));
    }
  });

  it("looks the words up only once one is misspelt, so that a start need not wait", () => {
    const known: KnownWords = {
      has: (word) => KNOWN.includes(word),
      all: vi.fn<() => readonly string[]>(() => KNOWN),
      count: () => 1,
      together: () => false,
    };
    const lazy = buildSpelling(known);
    lazy("khai", "giay", "sinh");
    expect(known.all).not.toHaveBeenCalled();
    expect(lazy("sinnhh")).toBe("sinh");
    expect(lazy("nghipe")).toBe("nghiep");
    expect(lazy("xinh")).toBe("sinh");
    expect(known.all).toHaveBeenCalledTimes(1);
  });
});

describe("of several words that may be meant", () => {
  // "thuk" is one letter away from each, and sounds like none.
  const NEAR = ["thua", "thue", "thuy"];

  it("the commoner is taken where nothing else tells them apart", () => {
    for (const common of NEAR)
      expect(spellingOf(NEAR, { counts: { [common]: 40 } })("thuk"), common).toBe(common);
  });

  it("the first in order is taken among equals, whatever order they were learnt in", () => {
    expect(spellingOf(NEAR)("thuk")).toBe("thua");
    expect(spellingOf(NEAR.toReversed())("thuk")).toBe("thua");
  });

  it("the one known beside the word before or after is taken, though others are commoner", () => {
    const of = spellingOf(NEAR, {
      counts: { thua: 100 },
      pairs: ["dong thue", "thuy san"],
    });
    expect(of("thuk")).toBe("thua");
    expect(of("thuk", "dong")).toBe("thue");
    expect(of("thuk", undefined, "san")).toBe("thuy");
    expect(of("thuk", "san", "dong")).toBe("thua");
  });

  it("the one known on both sides goes before those known on one", () => {
    const of = spellingOf(NEAR, { pairs: ["dong thua", "dong thue", "thue dat", "thuy dat"] });
    expect(of("thuk", "dong", "dat")).toBe("thue");
  });

  it("a slip of the ear goes before another letter, unless that word is far commoner or known here", () => {
    const words = ["sang", "vang"];
    expect(spellingOf(words, { counts: { vang: 10 } })("xang")).toBe("sang");
    expect(spellingOf(words, { counts: { vang: 100 } })("xang")).toBe("vang");
    expect(spellingOf(words, { pairs: ["gia vang"] })("xang", "gia")).toBe("vang");
  });

  it("a leftover of the typing system is no guess: neighbours do not change it", () => {
    const of = spellingOf(["khai", "khac"], { pairs: ["su khac"] });
    expect(of("khair", "su")).toBe("khai");
  });

  it("a known word stays what it is, whatever stands beside it", () => {
    const of = spellingOf(NEAR, { counts: { thue: 1000 }, pairs: ["dong thue"] });
    expect(of("thua", "dong")).toBeUndefined();
  });
});
