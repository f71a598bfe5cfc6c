import { rememberTexts } from "./remember.ts";

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;

/** Texts read lately: one message is looked at in many ways, and beside it stand the same few buttons. */
const TEXTS = 1_000;

/**
 * Folds Vietnamese text for matching: lower case, no marks, đ → d, one space between words, edges trimmed.
 * Composed and decomposed Unicode, and old and new tone placement (hoà, hòa), come out the same.
 */
export const fold = rememberTexts(TEXTS, folded);

function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("đ", "d")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** Folded letter by letter and as long as the text in composed Unicode, for finding where in it words stand. */
export const foldInPlace = rememberTexts(TEXTS, (text): string =>
  Array.from(text.normalize("NFC"), letterInPlace).join(""),
);

/** Letters that are written, of all scripts. */
const LETTERS = 2_000;
const letterInPlace = rememberTexts(LETTERS, (letter) => {
  const plain = letter.trim() === "" ? letter : folded(letter);
  return plain.length === letter.length ? plain : letter;
});

/**
 * One syllable: `folded` for loose matching, `marked` for telling "cò" from "có" (its tone stands last, so it is not for
 * reading), `typed` as the person wrote it.
 */
export type Syllable = { readonly folded: string; readonly marked: string; readonly typed: string };

/** The syllables of a text: runs of letters and digits, in order. */
export const syllables = rememberTexts(TEXTS, (text): readonly Syllable[] => {
  const composed = text.normalize("NFC");
  const read: Syllable[] = [];
  let from = 0;
  for (let at = 0; at <= composed.length; at++) {
    if (at < composed.length && isPart(composed, at)) continue;
    if (at > from) {
      const syllable = syllableOf(composed.slice(from, at));
      if (syllable.folded !== "") read.push(syllable);
    }
    from = at + 1;
  }
  return read;
});

/** For each character of Latin and Vietnamese script: is it a letter, a mark or a digit? Text is read by the million. */
const PARTS = Uint8Array.from({ length: 0x2000 }, (_, code) =>
  /[\p{L}\p{M}\p{N}]/u.test(String.fromCodePoint(code)) ? 1 : 0,
);

function isPart(text: string, at: number): boolean {
  const known = PARTS[text.charCodeAt(at)];
  if (known !== undefined) return known === 1;
  // Other scripts, and characters written as two: looked at whole from either half.
  const low = /[\uDC00-\uDFFF]/.test(text.charAt(at)) && at > 0;
  return /[\p{L}\p{M}\p{N}]/u.test(String.fromCodePoint(text.codePointAt(low ? at - 1 : at) ?? 0));
}

/** Vietnamese has some 7,000 syllables, written in a few ways each: nearly every one was read before. */
const SYLLABLES = 60_000;
const syllableOf = rememberTexts(SYLLABLES, (typed): Syllable => {
  return { folded: sameVowel(folded(typed)), marked: marks(typed.toLowerCase()), typed };
});

/** The folded words of a text. */
export function words(text: string): string[] {
  return syllables(text).map((syllable) => syllable.folded);
}

/** The folded syllables from one place up to another, one space between. */
export function foldedOf(text: readonly Syllable[], from = 0, to = text.length): string {
  let run = "";
  for (let at = from; at < Math.min(to, text.length); at++)
    run += at > from ? ` ${text[at]?.folded}` : text[at]?.folded;
  return run;
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
