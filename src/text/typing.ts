/*
 * What comes out when the keyboard's typing system (bộ gõ) is off: "giaays khai sinh" (Telex), "gia61y khai sinh" (VNI).
 * Whoever types so sees it too late, or does not know how to mend it; what they meant is certain.
 */
import { rememberTexts } from "./remember.ts";

/** Words remembered, and texts: one message is looked at in many ways. */
const WORDS = 4_000;
const TEXTS = 500;

const ONSETS = new Set(" b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split(" "));
/** Vowels with what follows them (vần), the tone taken away. */
const RIMES = new Set(
  (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et " +
    "ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang " +
    "oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn " +
    "ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt " +
    "uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu"
  ).split(" "),
);
const BARE_RIMES = new Set([...RIMES].map(bare));

const [GRAVE, ACUTE, HOOK, TILDE, DOT] = ["\u0300", "\u0301", "\u0309", "\u0303", "\u0323"];
/** Tone marks by their letter in Telex and their digit in VNI; no letter of the one is a key of the other. */
const TONES: Readonly<Record<string, string>> = {
  s: ACUTE,
  f: GRAVE,
  r: HOOK,
  x: TILDE,
  j: DOT,
  1: ACUTE,
  2: GRAVE,
  3: HOOK,
  4: TILDE,
  5: DOT,
};
const HAT: Readonly<Record<string, string>> = { a: "â", e: "ê", o: "ô" };
const HORN: Readonly<Record<string, string>> = { o: "ơ", u: "ư" };

/** English words, and those Vietnamese borrows, that would be syllables in Telex: "visa" is no "vía". */
const NOT_TELEX = new Set(
  (
    "as bar bars been best born boss box bus car cars cost does door down ex gas goes has her here hers his how if is " +
    "its last list lose lost max mix momo more most must nose noon now of or own past per poor post rest room row see seen " +
    "sex sir soon sos sure tax taxi term test the there these this those too town tree turn us use visa was were"
  ).split(" "),
);
/** Hardly a text without any of these was typed so; most have none, and need not be looked at word by word. */
const HINT = /aa|ee|oo|dd|w|[aeiouy][a-z]*[sfrxj](?![\p{L}\d])|[a-z][1-9]/iu;
/** A word that is no part of an address or a code: in "hoas.mais@…" and "MC-ba2n-ca3o" each letter counts. */
const WORD = /(?<![\p{L}\p{M}\d@_]|[\p{L}\d][-./])[\p{L}\p{M}\d]+(?![\p{L}\p{M}\d@_]|[-./][\p{L}\d])/gu;
const PLAIN = /^[a-z]+$/;
/** "B2", "a1" are classes and kinds of something. */
const WITH_DIGITS = /^(?![a-e]\d$)[a-z]+[1-9][a-z1-9]*$/;
/** A number stands behind a word ("quan1", "ngo2"), a mark's digit also within. */
const WITHIN = /\d[a-z]/;
const VOWEL = /[aeiouy]/;
/** Of letters without any that Telex writes, three are a word of another language or a slip. */
const LONG = 3;
/** One word may be a name ("Ea Kar") or a slip: two are no chance. */
const LEAST = 2;

/** The text as it was meant, where the typing system was off for all or some of it; else the same. */
export const asMeant = rememberTexts(TEXTS, (text): string => {
  if (!HINT.test(text)) return text;
  const words = new Set(text.toLowerCase().match(WORD));
  let [telex, vni, within, foreign] = [0, 0, 0, 0];
  for (const word of words) {
    if (WITH_DIGITS.test(word)) {
      if (!fromVni(word)) continue;
      vni++;
      if (WITHIN.test(word)) within++;
    } else if (!PLAIN.test(word) || isBare(word)) continue;
    else if (!NOT_TELEX.has(word) && fromTelex(word)) telex++;
    else if (word.length >= LONG && VOWEL.test(word)) foreign++;
  }
  const isTelex = telex >= LEAST && telex > 2 * foreign;
  const isVni = vni >= LEAST && within > 0;
  if (!isTelex && !isVni) return text;
  return text.replaceAll(WORD, (word) => {
    const lower = word.toLowerCase();
    const meant =
      (isTelex && PLAIN.test(lower) && fromTelex(lower)) ||
      (isVni && WITH_DIGITS.test(lower) && fromVni(lower));
    return meant ? inCaseOf(word, meant) : word;
  });
});

const isBare = rememberTexts(WORDS, (word): boolean => {
  const { onset, rest } = parted(word);
  return ONSETS.has(onset) && BARE_RIMES.has(rest);
});

/** What one word stands for in Telex; undefined where it is no such syllable, or the same. */
const fromTelex = rememberTexts(WORDS, (word) => composed(word, telexSign));
const fromVni = rememberTexts(WORDS, (word) => composed(word, vniSign));

/** What a letter or digit does to the syllable so far. */
type Sign = "tone" | "hat" | "horn" | "breve" | "bar" | "letter";
type SignOf = (letter: string, syllable: { readonly onset: string; readonly rime: string }) => Sign;

function telexSign(letter: string, { onset, rime }: { onset: string; rime: string }): Sign {
  if (TONES[letter]) return "tone";
  // "Hoặc" has its w on the a, "mưa" on the u.
  if (letter === "w") return /^o?a/.test(rime) ? "breve" : "horn";
  if (letter === "d" && onset.startsWith("d") && rime !== "") return "bar";
  return HAT[letter] && rime.includes(letter) ? "hat" : "letter";
}

function vniSign(letter: string): Sign {
  if (TONES[letter]) return "tone";
  return ({ 6: "hat", 7: "horn", 8: "breve", 9: "bar" } as const)[letter] ?? "letter";
}

function composed(word: string, signOf: SignOf): string | undefined {
  const parts = parted(word);
  let { onset } = parts;
  let [rime, tone] = ["", ""];
  for (const letter of parts.rest) {
    const sign = signOf(letter, { onset, rime });
    if (sign === "letter") rime += letter;
    else if (sign === "tone") {
      if (tone !== "" || rime === "") return undefined;
      tone = TONES[letter] ?? "";
    } else if (sign === "bar") {
      if (!onset.startsWith("d")) return undefined;
      onset = "đ";
    } else {
      const changed = changedBy(sign, rime, PLAIN.test(letter) ? letter : undefined);
      if (changed === undefined) return undefined;
      rime = changed;
    }
  }
  // "Giếng" is g and iêng, "gieo" gi and eo.
  if (onset === "gi" && rime.startsWith("ê")) [onset, rime] = ["g", `i${rime}`];
  if (!ONSETS.has(onset) || !RIMES.has(rime)) return undefined;
  // A syllable that ends so has one of two tones.
  if (/(?:c|ch|p|t)$/.test(rime) && tone !== ACUTE && tone !== DOT) return undefined;
  const meant = onset + toned(rime, tone);
  return meant === word ? undefined : meant;
}

/** Consonants that begin the syllable, and all that follows; "qu" and "gi" are such where a vowel comes after. */
function parted(word: string): { onset: string; rest: string } {
  const [typed = ""] = /^(?:qu(?=[aeiouy])|gi(?=[aeouw])|[^aeiouyw]*)/.exec(word) ?? [];
  return { onset: typed.replace("dd", "đ").replace("d9", "đ"), rest: word.slice(typed.length) };
}

/** The rime with the last letter changed that can be; undefined where none can. */
function changedBy(
  sign: "hat" | "horn" | "breve",
  rime: string,
  letter: string | undefined,
): string | undefined {
  if (sign === "breve") return rime.includes("a") ? rime.replace("a", "ă") : undefined;
  if (sign === "hat") {
    const at = letter ? rime.lastIndexOf(letter) : rime.search(/[aeo]/);
    return at < 0 ? undefined : rime.slice(0, at) + (HAT[rime[at] ?? ""] ?? "") + rime.slice(at + 1);
  }
  if (/u[oơ]|ưo/.test(rime)) return rime.replace(/u[oơ]|ưo/, "ươ");
  const at = rime.search(/[ou]/);
  // "Nwowcs": the letter itself, where none can bear it.
  if (at < 0) return letter ? `${rime}ư` : undefined;
  return rime.slice(0, at) + (HORN[rime[at] ?? ""] ?? "") + rime.slice(at + 1);
}

/** The tone stands on the letter with a mark, else before the last of two open vowels, else on the last vowel. */
function toned(rime: string, tone: string): string {
  if (tone === "") return rime;
  const vowels = /^[^cghmnpt]+/.exec(rime)?.[0] ?? rime;
  const marked = Math.max(...["ă", "â", "ê", "ô", "ơ", "ư"].map((letter) => vowels.lastIndexOf(letter)));
  const isOpen = vowels.length === rime.length;
  let at = vowels.length - 1;
  if (vowels.includes("ươ")) at = vowels.indexOf("ơ");
  else if (marked >= 0) at = marked;
  else if (vowels.length === 3) at = 1;
  else if (isOpen && vowels.length === 2) at = 0;
  return (rime.slice(0, at + 1) + tone + rime.slice(at + 1)).normalize("NFC");
}

function bare(rime: string): string {
  return rime.normalize("NFD").replaceAll(/\p{M}/gu, "");
}

/** As the word was typed: small, capital, or all capitals. */
function inCaseOf(word: string, meant: string): string {
  if (word.length > 1 && word === word.toUpperCase()) return meant.toUpperCase();
  const [first = ""] = word;
  return first === first.toUpperCase() ? meant.charAt(0).toUpperCase() + meant.slice(1) : meant;
}
