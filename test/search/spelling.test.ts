import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildSpelling } from "../../src/search/spelling.ts";

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
const spelling = buildSpelling(KNOWN);

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
    const years = buildSpelling(["2025", "113", "khai"]);
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
    const backwards = buildSpelling(KNOWN.toReversed());
    for (const typed of ["khair", "sang", "nghipe", "truog", "trung", "khon"]) {
      expect(backwards(typed)).toBe(spelling(typed));
    }
  });
});
