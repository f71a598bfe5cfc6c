/**
 * Folds Vietnamese text for matching: lower case, no marks, đ → d, one space between words, edges trimmed.
 * Composed and decomposed Unicode, and old and new tone placement (hoà, hòa), come out the same.
 */
export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("đ", "d")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** The words of a folded text: runs of letters and digits; "y" at a syllable's end counts as "i" (kỹ, kĩ). */
export function words(text: string): string[] {
  return (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).map(sameVowel);
}

/** y and i are one sound after a single consonant (ký/kí, lý/lí, mỹ/mĩ); after a vowel they are not (tay/tai). */
function sameVowel(word: string): string {
  return word.replace(/^(h|k|l|m|s|t|qu|th)y$/, "$1i");
}
