import { type Syllable, syllables, words } from "./fold.ts";

/** Turns a text into search words: short forms opened, everyday names accompanied by official ones. */
export type Lexicon = {
  /** The text's syllables, short forms of one syllable opened ("ko" → "không"). */
  open(text: string): Syllable[];
  /** What the everyday names and English phrases in the text stand for, one list of syllables each. */
  meanings(text: string): string[][];
  readonly stop: ReadonlySet<string>;
};

/** The vocabulary's tables; keys are matched folded. */
export type LexiconTables = {
  readonly expand: Readonly<Record<string, string>>;
  readonly short: Readonly<Record<string, string>>;
  readonly english: Readonly<Record<string, string>>;
  readonly stop: readonly string[];
};

/** An abbreviation this short is no word of its own: it is replaced, not accompanied. */
const ABBREVIATION = 3;

export function buildLexicon(tables: LexiconTables): Lexicon {
  const short = new Map<string, Syllable[]>();
  const names = new Map<string, string[]>();
  for (const [key, value] of [...Object.entries(tables.expand), ...Object.entries(tables.english)]) {
    const from = words(key);
    names.set(from.join(" "), words(value));
    if (from.length === 1 && from[0] && from[0].length <= ABBREVIATION) short.set(from[0], syllables(value));
  }
  for (const [key, value] of Object.entries(tables.short)) short.set(words(key)[0] ?? "", syllables(value));
  const longest = Math.max(1, ...[...names.keys()].map((key) => key.split(" ").length));
  return {
    open: (text) => opened(syllables(text), short),
    meanings: (text) => meanings(words(text), names, longest),
    stop: new Set(tables.stop.flatMap(words)),
  };
}

/** Opens one-syllable short forms ("ko" → không), but only where the writer put no marks on them ("kí" stays). */
function opened(text: readonly Syllable[], short: ReadonlyMap<string, Syllable[]>): Syllable[] {
  return text.flatMap((syllable) => {
    const bare = syllable.marked === syllable.folded || syllable.marked.startsWith("đ");
    return (bare ? short.get(syllable.folded) : undefined) ?? [syllable];
  });
}

function meanings(
  text: readonly string[],
  names: ReadonlyMap<string, string[]>,
  longest: number,
): string[][] {
  const found: string[][] = [];
  let at = 0;
  while (at < text.length) {
    let taken = 1;
    for (let length = Math.min(longest, text.length - at); length > 0; length--) {
      const value = names.get(text.slice(at, at + length).join(" "));
      if (!value) continue;
      found.push(value);
      taken = length;
      break;
    }
    at += taken;
  }
  return found;
}
