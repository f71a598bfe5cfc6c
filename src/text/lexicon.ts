import { foldedOf, type Syllable, syllables, words } from "./fold.ts";
import { isSaid } from "./phrases.ts";

/** Turns a text into search words: short forms opened, everyday names accompanied by official ones. */
export type Lexicon = {
  /** The text's syllables, short forms of one syllable opened ("ko" → "không"). */
  open(text: string): Syllable[];
  /** What the everyday names and English phrases in these folded words stand for, one list of syllables each. */
  meanings(words: readonly string[]): readonly (readonly string[])[];
  /** The opened words of a text, folded, and what the names in it stand for. */
  read(text: string): {
    readonly words: readonly string[];
    readonly meanings: readonly (readonly string[])[];
  };
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

/** An everyday name and what it stands for, in folded syllables. */
type Name = { readonly from: readonly Syllable[]; readonly to: readonly string[] };

export function buildLexicon(tables: LexiconTables): Lexicon {
  const stop = new Set(tables.stop.flatMap(words));
  const short = new Map<string, readonly Syllable[]>();
  const names = new Map<string, Name>();
  for (const [key, value] of [...Object.entries(tables.expand), ...Object.entries(tables.english)]) {
    const typed = syllables(key);
    const [only] = typed.length === 1 ? typed : [];
    names.set(foldedOf(typed), { from: typed, to: words(value) });
    if (only && only.folded.length <= ABBREVIATION && !hasMarks(only))
      short.set(only.folded, syllables(value));
  }
  for (const [key, value] of Object.entries(tables.short)) short.set(words(key)[0] ?? "", syllables(value));
  const byFirst = new Map<string, Name[]>();
  for (const name of names.values()) {
    const first = name.from[0]?.folded ?? "";
    byFirst.set(
      first,
      [...(byFirst.get(first) ?? []), name].sort((a, b) => b.from.length - a.from.length),
    );
  }
  return {
    open: (text) => opened(syllables(text), short),
    meanings: (run) =>
      meanings(
        run.map((folded) => ({ folded, marked: folded, typed: folded })),
        byFirst,
        stop,
      ),
    read: (text) => {
      const typed = syllables(text);
      return {
        words: opened(typed, short).map(({ folded }) => folded),
        meanings: meanings(typed, byFirst, stop),
      };
    },
    stop,
  };
}

/** Whether any other mark is written than the bar of đ: "đtm" has none. */
function hasMarks({ folded, marked }: Pick<Syllable, "folded" | "marked">): boolean {
  return marked.replaceAll("đ", "d") !== folded;
}

/** Opens one-syllable short forms ("ko" → không), but only where the writer put no marks on them ("kí" stays). */
function opened(text: readonly Syllable[], short: ReadonlyMap<string, readonly Syllable[]>): Syllable[] {
  const open: Syllable[] = [];
  for (const syllable of text) {
    const meant = short.get(syllable.folded);
    const bare = meant && (syllable.marked === syllable.folded || syllable.marked.startsWith("đ"));
    if (bare) open.push(...meant);
    else open.push(syllable);
  }
  return open;
}

/** The longest name at each place. */
function meanings(
  text: readonly Syllable[],
  byFirst: ReadonlyMap<string, readonly Name[]>,
  stop: ReadonlySet<string>,
): (readonly string[])[] {
  const found: (readonly string[])[] = [];
  let at = 0;
  while (at < text.length) {
    const start = at;
    const name = byFirst
      .get(text[at]?.folded ?? "")
      ?.find(
        ({ from }) =>
          from.every(({ folded }, index) => text[start + index]?.folded === folded) &&
          isMeant(from, text, start, stop),
      );
    if (name) found.push(name.to);
    at += name?.from.length ?? 1;
  }
  return found;
}

/**
 * By the marks that were typed: "cuối năm" is no "cưới", "sơ đồ" no "sổ đỏ". A syllable without its marks counts where
 * they are missing, unless it is a common word then ("de").
 */
function isMeant(
  from: readonly Syllable[],
  text: readonly Syllable[],
  at: number,
  stop: ReadonlySet<string>,
): boolean {
  const [meant] = from;
  const typed = text[at];
  if (from.length > 1 || !meant || !typed) return isSaid(from, text, at);
  if (typed.marked === meant.marked || meant.marked === typed.folded) return true;
  return !hasMarks(typed) && !stop.has(typed.folded);
}
