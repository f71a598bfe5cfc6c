import { type Syllable, syllables } from "./fold.ts";
import { groupBy } from "./group.ts";
import { sameTone, toneOf, untoned } from "./tones.ts";

/** A set of phrases compiled for finding them in texts by whole syllables. */
export type Phrases = { readonly byFirst: Beginnings<Phrase> };
type Phrase = { readonly text: string; readonly parts: readonly Syllable[] };

/** By the first syllable, folded, then by the second: what may stand there, the longest first; else those of one syllable. */
type Beginnings<T extends Phrase> = ReadonlyMap<
  string,
  { readonly bySecond: ReadonlyMap<string, readonly T[]>; readonly alone: readonly T[] }
>;

/** A phrase found: where it starts, how many syllables it takes. */
export type Found = { readonly text: string; readonly at: number; readonly length: number };

export function compilePhrases(texts: Iterable<string>): Phrases {
  return { byFirst: byFirstSyllable(phrasesOf(texts)) };
}

/** Several sets compiled for finding the phrases of all of them in one pass over a text. */
export type PhraseSets = { readonly size: number; readonly byFirst: Beginnings<OfSet> };
type OfSet = Phrase & { readonly set: number };

export function compileSets(sets: readonly Iterable<string>[]): PhraseSets {
  const phrases = sets.flatMap((texts, set) => phrasesOf(texts).map((phrase) => ({ ...phrase, set })));
  return { size: sets.length, byFirst: byFirstSyllable(phrases) };
}

function phrasesOf(texts: Iterable<string>): Phrase[] {
  return Array.from(texts, (text) => ({ text, parts: syllables(text) }));
}

function byFirstSyllable<T extends Phrase>(phrases: readonly T[]): Beginnings<T> {
  const longestFirst = phrases.toSorted((a, b) => b.parts.length - a.parts.length);
  const byFirst = groupBy(longestFirst, ({ parts }) => parts[0]?.folded ?? "");
  return new Map(
    [...byFirst].flatMap(([first, of]) => {
      if (first === "") return [];
      const alone = of.filter(({ parts }) => parts.length === 1);
      const longer = groupBy(of.slice(0, of.length - alone.length), ({ parts }) => parts[1]?.folded ?? "");
      const bySecond = new Map([...longer].map(([second, these]) => [second, [...these, ...alone]]));
      return [[first, { bySecond, alone }]];
    }),
  );
}

/** The phrases that begin as the text does there, the longest first. */
function beginningAt<T extends Phrase>(
  byFirst: Beginnings<T>,
  text: readonly Syllable[],
  at: number,
): readonly T[] {
  const begun = byFirst.get(text[at]?.folded ?? "");
  return begun ? (begun.bySecond.get(text[at + 1]?.folded ?? "") ?? begun.alone) : [];
}

/**
 * All phrases in the text, longest first at each place. Several syllables match folded, so that typed-off marks
 * do no harm, unless several are marked and all otherwise: "chứng chỉ" is no "chung chi". A single syllable must carry
 * the same marks ("cò" is not "có"); typed without any marks it counts only when it is four letters or longer, as short
 * ones collide.
 */
export function findPhrases({ byFirst }: Phrases, text: readonly Syllable[]): Found[] {
  const found: Found[] = [];
  for (let at = 0; at < text.length; at++) {
    for (const { text: phrase, parts } of beginningAt(byFirst, text, at))
      if (matches(parts, text, at)) found.push({ text: phrase, at, length: parts.length });
  }
  return found;
}

export function hasPhrase({ byFirst }: Phrases, text: readonly Syllable[]): boolean {
  return text.some((_, at) => beginningAt(byFirst, text, at).some(({ parts }) => matches(parts, text, at)));
}

/** What {@link findPhrases} finds of each of the sets. */
export function findInSets({ size, byFirst }: PhraseSets, text: readonly Syllable[]): Found[][] {
  const found: Found[][] = Array.from({ length: size }, () => []);
  for (let at = 0; at < text.length; at++) {
    for (const { text: phrase, parts, set } of beginningAt(byFirst, text, at))
      if (matches(parts, text, at)) found[set]?.push({ text: phrase, at, length: parts.length });
  }
  return found;
}

/** For each of the sets: whether a phrase of it stands in the text. */
export function heldSets({ size, byFirst }: PhraseSets, text: readonly Syllable[]): boolean[] {
  const held = Array.from({ length: size }, () => false);
  for (let at = 0; at < text.length; at++) {
    for (const { parts, set } of beginningAt(byFirst, text, at))
      if (!held[set] && matches(parts, text, at)) held[set] = true;
  }
  return held;
}

/** Whether a phrase that {@link beginningAt} gives stands there as a whole. */
function matches(parts: readonly Syllable[], text: readonly Syllable[], at: number): boolean {
  const [only] = parts;
  const typed = text[at];
  if (parts.length === 1 && only && typed) {
    const unmarked = typed.marked === typed.folded;
    return typed.marked === only.marked || (unmarked && typed.folded.length >= 4);
  }
  for (let index = 2; index < parts.length; index++)
    if (text[at + index]?.folded !== parts[index]?.folded) return false;
  return isSaid(parts, text, at);
}

/** So many syllables marked otherwise are another phrase; one is soon marked wrong. */
const OTHERWISE = 2;

/** Of several syllables typed with marks one at least is marked as the phrase's, or nearly. */
export function isSaid(parts: readonly Syllable[], text: readonly Syllable[], at: number): boolean {
  let otherwise = 0;
  for (let index = 0; index < parts.length; index++) {
    const [meant, typed] = [parts[index], text[at + index]];
    if (!meant || !typed || typed.marked === typed.folded) continue;
    if (isNearly(sameTone(typed.marked), sameTone(meant.marked))) return true;
    otherwise++;
  }
  return otherwise < OTHERWISE;
}

/** The same marks, or those of the letters without a tone ("đoi", "tiên"), or the tone without these ("bòi"). */
function isNearly(typed: string, meant: string): boolean {
  return (
    typed === meant || typed === untoned(meant) || (toneOf(typed) !== "" && toneOf(typed) === toneOf(meant))
  );
}

/** The places of the syllables that stand in any of these phrases. */
export function coveredBy(found: readonly Found[]): Set<number> {
  const covered = new Set<number>();
  for (const { at, length } of found) for (let place = at; place < at + length; place++) covered.add(place);
  return covered;
}
