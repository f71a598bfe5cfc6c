import { type Syllable, syllables } from "./fold.ts";
import { sameTone, untoned } from "./tones.ts";

/**
 * Phrases with room in them, compiled for finding them in texts by whole syllables. A pattern is typed with its marks:
 * `dao` is a syllable, `rượt|đuổi` either, `<kin>` a phrase of the list of that name, `bị?` and `<kin?>` may be missing,
 * `…` is room for a few syllables, `0000` a year, `tư*` a syllable whose marks must be typed, `^` and `$` are the text's
 * ends; what stands behind `&` stands anywhere.
 */
export type Patterns<T> = { readonly byAnchor: ReadonlyMap<string, readonly Pattern<T>[]> };
type Pattern<T> = {
  readonly means: T;
  readonly steps: readonly Step[];
  /** How many syllables stand before the anchor, the step of the fewest words. */
  readonly before: Width;
  readonly also: readonly Patterns<undefined>[];
};
/** The phrases that may stand here, by their first syllable; or what is no syllable. */
type Step = Alternatives | typeof ROOM | typeof START | typeof END | typeof YEAR;
type Alternatives = ReadonlyMap<string, readonly (readonly Word[])[]>;
type Word = {
  readonly folded: string;
  readonly marked: string;
  readonly untoned: string;
  readonly must: boolean;
};

/** Fewest and most syllables. */
type Width = readonly [least: number, most: number];

/** Phrases that patterns may name. */
export type Lists = Readonly<Record<string, readonly string[]>>;

/** A text made ready for {@link findPatterns}. */
export type Heard = readonly HeardSyllable[];
type HeardSyllable = {
  readonly folded: string;
  readonly marked: string;
  /** Its marks may have been left out. */
  readonly bare: boolean;
};

/** What a pattern means and where it was found: from `at` up to but without `end`. */
export type Match<T = undefined> = { readonly means: T; readonly at: number; readonly end: number };

const ROOM = "…";
const START = "^";
const END = "$";
const YEAR = "0000";
const A_YEAR = /^(?:19|20)\d\d$/;
/** Most syllables in the room between two words. */
const MOST_ROOM = 4;
/** From this share of marked syllables on, a text is typed with marks: what is unmarked is so … */
const TYPED_WITH_MARKS = 0.4;
/** … but for what no Vietnamese syllable is without marks: "chet", "muon", "tien". */
const NEVER_PLAIN = /(?:ch|[cpt])$|ie.|uo./;
/** … and what none is without a tone: in "chêt" it was forgotten, "sông" is another word than "sống". */
const NEVER_LEVEL = /(?:ch|[cpt])$/;
/** A list's name may be of several words. */
const PARTS = /<[^>]+>\??|\S+/g;

/**
 * @param texts what the patterns mean → the patterns
 * @throws Error naming the pattern that names a list which nobody wrote, or holds no word
 */
export function compilePatterns<T>(
  texts: Iterable<readonly [means: T, patterns: readonly string[]]>,
  lists: Lists,
): Patterns<T> {
  const byAnchor = new Map<string, Pattern<T>[]>();
  for (const [means, patterns] of texts) {
    for (const text of patterns) {
      for (const { anchor, ...pattern } of compiled(text, lists)) {
        for (const folded of anchor.keys())
          byAnchor.set(folded, [...(byAnchor.get(folded) ?? []), { means, ...pattern }]);
      }
    }
  }
  return { byAnchor };
}

type Compiled = Omit<Pattern<undefined>, "means"> & { readonly anchor: Alternatives };

function compiled(text: string, lists: Lists): Compiled[] {
  const [start = "", ...rest] = text.split("&");
  const also = rest.map((part) => compilePatterns([[undefined, [part]]], lists));
  return variantsOf(start.match(PARTS) ?? [], lists).map((steps) => {
    const [anchor] = steps.filter((step) => typeof step !== "string").sort((a, b) => a.size - b.size);
    if (!anchor) throw new Error(`"${text}" holds no word`);
    return { steps, anchor, before: widthOf(steps.slice(0, steps.indexOf(anchor))), also };
  });
}

function widthOf(steps: readonly Step[]): Width {
  const widths = steps.map((step): Width => {
    if (step === ROOM) return [0, MOST_ROOM];
    if (typeof step === "string") return step === YEAR ? [1, 1] : [0, 0];
    const lengths = [...step.values()].flatMap((phrases) => phrases.map(({ length }) => length));
    return [Math.min(...lengths), Math.max(...lengths)];
  });
  return widths.reduce((all, one) => [all[0] + one[0], all[1] + one[1]], [0, 0]);
}

/** The steps of a pattern, once with and once without each part that may be missing. */
function variantsOf(parts: readonly string[], lists: Lists): Step[][] {
  return parts.reduce<Step[][]>(
    (variants, part) => {
      const step = stepOf(part.replaceAll("?", ""), lists);
      const longer = variants.map((steps) => [...steps, step]);
      return part.includes("?") ? variants.concat(longer) : longer;
    },
    [[]],
  );
}

/** Steps made of some lists: hundreds of patterns name the same ones. */
const STEPS = new WeakMap<Lists, Map<string, Step>>();

function stepOf(part: string, lists: Lists): Step {
  const made = STEPS.get(lists) ?? new Map<string, Step>();
  STEPS.set(lists, made);
  const step = made.get(part) ?? makeStep(part, lists);
  made.set(part, step);
  return step;
}

function makeStep(part: string, lists: Lists): Step {
  if (part === ROOM || part === START || part === END || part === YEAR) return part;
  const name = /^<(.+)>$/.exec(part)?.[1];
  const phrases = name === undefined ? part.split("|") : lists[name];
  if (!phrases) throw new Error(`there is no list "${name}"`);
  const step = new Map<string, (readonly Word[])[]>();
  for (const phrase of phrases) {
    const words = phrase.split(" ").flatMap(wordsOf);
    const first = words[0]?.folded ?? "";
    step.set(first, [...(step.get(first) ?? []), words]);
  }
  return step;
}

function wordsOf(typed: string): Word[] {
  return syllables(typed).map(({ folded, marked }) => {
    const same = sameTone(marked);
    return { folded, marked: same, untoned: untoned(same), must: typed.endsWith("*") };
  });
}

/** The same syllables, ready to be looked through many times. */
export function hear(parts: readonly Syllable[]): Heard {
  const marks = parts.filter(({ folded, marked }) => folded !== marked).length;
  const withMarks = marks >= parts.length * TYPED_WITH_MARKS;
  return parts.map(({ folded, marked }) => ({
    folded,
    marked: sameTone(marked),
    bare: folded === marked && (!withMarks || NEVER_PLAIN.test(folded)),
  }));
}

/** Every place where one of the patterns stands; the same place may be told twice. */
export function findPatterns<T>(patterns: Patterns<T>, heard: Heard): Match<T>[] {
  const found: Match<T>[] = [];
  heard.forEach(({ folded }, anchor) => {
    for (const { means, steps, before, also } of patterns.byAnchor.get(folded) ?? []) {
      for (let at = Math.max(0, anchor - before[1]); at <= anchor - before[0]; at++) {
        const end = endOf(steps, 0, heard, at);
        if (end !== undefined && also.every((other) => hasPattern(other, heard)))
          found.push({ means, at, end });
      }
    }
  });
  return found;
}

export function hasPattern<T>(patterns: Patterns<T>, heard: Heard): boolean {
  return findPatterns(patterns, heard).length > 0;
}

/** Where the steps from this one on end, when they stand here. */
function endOf(steps: readonly Step[], index: number, heard: Heard, at: number): number | undefined {
  const step = steps[index];
  if (step === undefined) return at;
  if (step === START) return at === 0 ? endOf(steps, index + 1, heard, at) : undefined;
  if (step === END) return at === heard.length ? endOf(steps, index + 1, heard, at) : undefined;
  if (step === YEAR)
    return A_YEAR.test(heard[at]?.folded ?? "") ? endOf(steps, index + 1, heard, at + 1) : undefined;
  if (step === ROOM) {
    for (let over = 0; over <= MOST_ROOM; over++) {
      const end = endOf(steps, index + 1, heard, at + over);
      if (end !== undefined) return end;
    }
    return undefined;
  }
  for (const words of step.get(heard[at]?.folded ?? "") ?? []) {
    if (!words.every((word, offset) => isHeard(word, heard[at + offset]))) continue;
    const end = endOf(steps, index + 1, heard, at + words.length);
    if (end !== undefined) return end;
  }
  return undefined;
}

/** Marks that were typed are those meant: "tư vấn" is no "tự vẫn". */
function isHeard(word: Word, typed: HeardSyllable | undefined): boolean {
  if (typed?.folded !== word.folded) return false;
  if (typed.marked === word.marked) return true;
  if (word.must) return false;
  return typed.bare || (typed.marked === word.untoned && NEVER_LEVEL.test(typed.folded));
}
