import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fold, syllables, words } from "../../src/text/fold.ts";

/** Text with what people really type, and anything else. */
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom(...Array.from("aăâeêioôơuưyđAĂÂEÊIOÔƠUƯYĐhklmstv  ̛̣́̀̃̉̂̆-,.0123")),
    maxLength: 40,
  }),
);

/** What two spellings of one word have in common. */
const sound = (text: string): string[] => syllables(text).map(({ folded, marked }) => `${folded} ${marked}`);

describe("folding what people type", () => {
  it("reads a text the same with and without marks, in either case", () => {
    for (const typed of [
      "Đăng ký khai sinh",
      "đăng ký khai sinh",
      "DANG KY KHAI SINH",
      "  dang  ky\nkhai\tsinh ",
    ]) {
      expect(fold(typed)).toBe("dang ky khai sinh");
    }
  });

  it("folds every Vietnamese vowel with every tone, and đ", () => {
    const tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"];
    for (const [vowel, bare] of Object.entries({
      a: "a",
      ă: "a",
      â: "a",
      e: "e",
      ê: "e",
      i: "i",
      o: "o",
      ô: "o",
      ơ: "o",
      u: "u",
      ư: "u",
      y: "y",
      đ: "d",
    })) {
      for (const tone of vowel === "đ" ? [""] : tones) {
        for (const letter of [vowel + tone, (vowel + tone).toUpperCase()]) {
          expect(fold(letter.normalize("NFC"))).toBe(bare);
          expect(fold(letter.normalize("NFD"))).toBe(bare);
        }
      }
    }
  });

  it("does not care whether letters came composed or decomposed", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const [composed, decomposed] = [text.normalize("NFC"), text.normalize("NFD")];
        expect(fold(composed)).toBe(fold(decomposed));
        expect(syllables(composed)).toEqual(syllables(decomposed));
      }),
    );
  });

  it("has nothing left to fold after folding once", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fold(fold(text))).toBe(fold(text));
        expect(fold(text)).not.toMatch(/^\s|\s$|\s\s|[\n\t]/);
      }),
    );
  });
});

describe("the syllables of a text", () => {
  it("takes old and new tone placement for one spelling, marks included", () => {
    for (const [old, now] of [
      ["hoà", "hòa"],
      ["thuỷ", "thủy"],
      ["hoá đơn", "hóa đơn"],
      ["uỷ ban", "ủy ban"],
      ["khoẻ", "khỏe"],
      ["xoá", "xóa"],
      ["Thuý", "Thúy"],
    ] as const) {
      expect(sound(old)).toEqual(sound(now));
    }
  });

  it("takes i for y after a single consonant, and keeps them apart after a vowel", () => {
    expect(sound("đăng ký")).toEqual(sound("đăng kí"));
    expect(sound("lý lịch")).toEqual(sound("lí lịch"));
    expect(sound("bác sỹ Mỹ")).toEqual(sound("bác sĩ Mĩ"));
    expect(words("tay")).not.toEqual(words("tai"));
    expect(words("may")).not.toEqual(words("mai"));
    expect(words("thuy")).not.toEqual(words("thui"));
  });

  it("keeps the tone, so that cò, có and cỏ can be told apart", () => {
    const marked = ["co", "cò", "có", "cỏ", "cọ", "cô", "cơ"].flatMap(syllables);
    expect(new Set(marked.map((syllable) => syllable.folded))).toEqual(new Set(["co"]));
    expect(new Set(marked.map((syllable) => syllable.marked)).size).toBe(7);
  });

  it("keeps what the person wrote, for showing it again", () => {
    const typed = ["UBND phường Hoà Khánh", "cán bộ QUẬN 3", "Trần Thị Bưởi"];
    for (const text of typed) {
      expect(
        syllables(text)
          .map((syllable) => syllable.typed)
          .join(" "),
      ).toBe(text);
      expect(
        syllables(text.normalize("NFD"))
          .map((syllable) => syllable.typed)
          .join(" "),
      ).toBe(text);
    }
  });

  it("breaks at everything that is neither letter nor digit", () => {
    expect(words("P.12, Q.Bình Thạnh – TP.HCM (cũ)!")).toEqual([
      "p",
      "12",
      "q",
      "binh",
      "thanh",
      "tp",
      "hcm",
      "cu",
    ]);
    expect(words("😀 … —")).toEqual([]);
  });

  it("never gives an empty syllable, whatever was typed", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(syllables(text).every(({ folded, marked }) => folded !== "" && marked !== "")).toBe(true);
      }),
    );
  });
});
