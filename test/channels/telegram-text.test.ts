import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitText } from "../../src/channels/telegram-text.ts";

const bare = (text: string): string => text.replaceAll(/\s/g, "");

describe("cutting a long text", () => {
  test("a short text stays as it is, composed", () => {
    expect(splitText("  Giấy khai sinh\n".normalize("NFD"), 100)).toEqual(["  Giấy khai sinh\n"]);
    expect(splitText("", 10)).toEqual([""]);
  });

  test("it is counted composed: 4096 letters with marks are one part", () => {
    expect(splitText("ệ".repeat(4096).normalize("NFD"), 4096)).toHaveLength(1);
  });

  test("it is cut at the end of a line, else of a word, else anywhere", () => {
    expect(splitText("một hai\nba bốn\n\nnăm", 14)).toEqual(["một hai\nba bốn", "năm"]);
    expect(splitText("một hai ba bốn", 8)).toEqual(["một hai", "ba bốn"]);
    expect(splitText("0123456789", 4)).toEqual(["0123", "4567", "89"]);
  });

  test("a list keeps the indent of the line after the cut", () => {
    expect(splitText("Hồ sơ:\n  - đơn\n  - ảnh", 15)).toEqual(["Hồ sơ:\n  - đơn", "  - ảnh"]);
  });

  test("a family of emoji and a letter with loose marks are not torn", () => {
    const family = "👨‍👩‍👧";
    expect(splitText(family.repeat(3), 10)).toEqual([family, family, family]);
    expect(splitText("x̣̌".repeat(3), 4)).toEqual(["x̣̌", "x̣̌", "x̣̌"]);
  });

  test("every part fits, is well formed, and no visible character is lost or moved", () => {
    const piece = fc.oneof(
      fc.constantFrom("\n", "\n\n", " ", "  ", "ệ", "ò", "x\u0302\u0323", "😀", "👨‍👩‍👧", "\u0301"),
      fc.string({ maxLength: 12, unit: "grapheme" }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 2, max: 40 }), (pieces, limit) => {
        const text = pieces.join("").normalize("NFC");
        const parts = splitText(text, limit);
        expect(parts.every((part) => part.length <= limit && part.isWellFormed())).toBe(true);
        expect(bare(parts.join(""))).toBe(bare(text));
      }),
      { numRuns: 300 },
    );
  });
});
