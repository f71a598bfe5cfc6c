import type { Seeded } from "./seeded.ts";

/** Neighbours of each letter on the keyboard. */
const NEIGHBOURS: Readonly<Record<string, string>> = {
  q: "wa",
  w: "qes",
  e: "wrd",
  r: "etf",
  t: "ryg",
  y: "tuh",
  u: "yij",
  i: "uok",
  o: "ipl",
  p: "ol",
  a: "qsz",
  s: "awdx",
  d: "serfc",
  f: "drgv",
  g: "fthb",
  h: "gyjn",
  j: "hukm",
  k: "jil",
  l: "kop",
  z: "asx",
  x: "zsc",
  c: "xdv",
  v: "cfb",
  b: "vgn",
  n: "bhm",
  m: "njk",
};
const LETTERS = Object.keys(NEIGHBOURS);
/** The telex keys of the tones: grave, acute, hook, tilde, dot below. */
const TONES: Readonly<Record<string, string>> = {
  "\u0300": "f",
  "\u0301": "s",
  "\u0309": "r",
  "\u0303": "x",
  "\u0323": "j",
};
const TONE = /[\u0300\u0301\u0309\u0303\u0323]/;
/** Telex keys of the other marks: circumflex (the vowel again), horn and breve. */
const CIRCUMFLEX = "\u0302";
const HORN_OR_BREVE = /[\u031B\u0306]/;
/** The keys of all of them in VNI, and of đ, which is no letter with a mark. */
const VNI: Readonly<Record<string, string>> = {
  "\u0301": "1",
  "\u0300": "2",
  "\u0309": "3",
  "\u0303": "4",
  "\u0323": "5",
  [CIRCUMFLEX]: "6",
  "\u031B": "7",
  "\u0306": "8",
  đ: "d9",
  Đ: "D9",
};
const LEAST = 3;
const WORD = /[\p{L}\p{M}]+/gu;

type Slip = (word: readonly string[], random: Seeded) => string;

const replaced = (word: readonly string[], at: number, letters: readonly string[], count = 1): string =>
  word.toSpliced(at, count, ...letters).join("");

/** The ways fingers slip; each takes the letters of a word with their marks. */
const SLIPS: readonly Slip[] = [
  (word, random) => replaced(word, random.below(word.length), []),
  (word, random) => replaced(word, random.below(word.length + 1), [random.pick(LETTERS)], 0),
  (word, random) => {
    const at = random.below(word.length);
    const near = NEIGHBOURS[bare(word[at] ?? "")] ?? LETTERS.join("");
    return replaced(word, at, [random.pick(near.split(""))]);
  },
  (word, random) => {
    const at = random.below(word.length - 1);
    return replaced(word, at, [word[at + 1] ?? "", word[at] ?? ""], 2);
  },
  (word, random) => {
    const at = random.below(word.length);
    return replaced(word, at, [word[at] ?? "", word[at] ?? ""]);
  },
  (word, random) => telexLeftover(word.join(""), random),
];

/** The question with one slip in one of its longer words; as it was, where it has none. */
export function misspell(question: string, random: Seeded): string {
  const text = question.normalize("NFC");
  const words = [...text.matchAll(WORD)].filter(([word]) => word.length >= LEAST);
  if (words.length === 0) return question;
  const { 0: word, index } = random.pick(words);
  const slip = random.pick(SLIPS);
  return text.slice(0, index) + slip(word.split(""), random) + text.slice(index + word.length);
}

/** A question as it is typed without marks. */
export function withoutMarks(question: string): string {
  return question
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll("đ", "d")
    .replaceAll("Đ", "D")
    .normalize("NFC");
}

/** A mark's key that the keyboard program did not take: "giấy" comes out as "giâys", "không" as "khongo". */
function telexLeftover(word: string, random: Seeded): string {
  const letters = word.normalize("NFD");
  const tone = TONE.exec(letters)?.[0];
  if (tone) return (letters.replace(tone, "") + (TONES[tone] ?? "")).normalize("NFC");
  const circumflex = letters.indexOf(CIRCUMFLEX);
  if (circumflex > 0)
    return letters.replace(CIRCUMFLEX, "").normalize("NFC") + letters.charAt(circumflex - 1);
  if (HORN_OR_BREVE.test(letters)) return `${letters.replace(HORN_OR_BREVE, "").normalize("NFC")}w`;
  if (word.toLowerCase().startsWith("đ")) return `d${word.slice(1)}d`;
  return word + random.pick(Object.values(TONES));
}

const bare = (letter: string): string => withoutMarks(letter).toLowerCase();

/** Ways to type Vietnamese (bộ gõ) on a keyboard without its letters. */
export type TypingSystem = "telex" | "vni";

/** What comes out when the typing system is off; the tone at the word's end, as most people type it. */
export function systemOff(text: string, system: TypingSystem): string {
  return text.replaceAll(/[\p{L}\p{M}]+/gu, (word) => {
    let [letters, tone] = ["", ""];
    for (const letter of word.normalize("NFD")) {
      if (TONE.test(letter)) tone = system === "telex" ? (TONES[letter] ?? "") : (VNI[letter] ?? "");
      else if (system === "vni") letters += VNI[letter] ?? letter;
      else if (letter === CIRCUMFLEX) letters += letters.at(-1) ?? "";
      else letters += HORN_OR_BREVE.test(letter) ? "w" : letter.replace("đ", "dd").replace("Đ", "DD");
    }
    return letters + tone;
  });
}
