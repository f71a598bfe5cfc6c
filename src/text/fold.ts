const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;

/**
 * Folds Vietnamese text for matching: lower case, no marks, đ → d, one space between words, edges trimmed.
 * Composed and decomposed Unicode, and old and new tone placement (hoà, hòa), come out the same.
 */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("đ", "d")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/**
 * One syllable: `folded` for loose matching, `marked` for telling "cò" from "có" (its tone stands last, so it is not for
 * reading), `typed` as the person wrote it.
 */
export type Syllable = { readonly folded: string; readonly marked: string; readonly typed: string };

/** The syllables of a text: runs of letters and digits, in order. */
export function syllables(text: string): Syllable[] {
  const runs = text.normalize("NFC").match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return runs.flatMap((typed) => {
    const folded = sameVowel(fold(typed));
    return folded === "" ? [] : [{ folded, marked: marks(typed.toLowerCase()), typed }];
  });
}

/** The folded words of a text. */
export function words(text: string): string[] {
  return syllables(text).map((syllable) => syllable.folded);
}

/** y and i are one sound after a single consonant (ký/kí, lý/lí, mỹ/mĩ); after a vowel they are not (tay/tai). */
function sameVowel(word: string): string {
  return word.replace(/^(h|k|l|m|s|t|v)y$/, "$1i");
}

/** Keeps the marks but moves the tone to the end, so that where it was placed does not matter. */
function marks(word: string): string {
  const decomposed = word.normalize("NFD");
  const tone = decomposed.match(TONES)?.[0] ?? "";
  return (
    decomposed
      .replaceAll(TONES, "")
      .normalize("NFC")
      .replace(/^(h|k|l|m|s|t|v)y$/, "$1i") + tone
  );
}
