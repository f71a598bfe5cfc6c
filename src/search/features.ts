import type { Lexicon } from "../text/lexicon.ts";

/** What a text is compared by: its words, neighbouring pairs, and pairs with one word between; each has a number. */
export type Feature = number;

/** Weight of a pair with one syllable between, against neighbours. */
const APART = 0.5;
/** Weight of what an everyday name stands for, against words really typed. */
const MEANING = 0.8;
/** More words than any language has: two numbers below it make one key. */
const MANY = 2 ** 22;
/** Number given to what the space does not know. */
export const UNKNOWN: Feature = -1;

/** Numbers the words and pairs of all texts, so that an index counts in arrays instead of names. */
export type FeatureSpace = {
  /** The features of a text that is indexed, each with its weight; new ones are numbered. */
  learn(text: string): Map<Feature, number>;
  /** The features of a question's words; unknown words are counted apart, unknown pairs left out. */
  read(
    words: readonly string[],
    meanings: readonly (readonly string[])[],
  ): { known: Map<Feature, number>; unknown: number };
  /** Feature of one word; {@link UNKNOWN} when no text has it. */
  word(word: string): Feature;
  /** Feature of two neighbours; {@link UNKNOWN} when no text has them side by side. */
  pair(first: string, second: string): Feature;
  isWord(feature: Feature): boolean;
  isStop(word: string): boolean;
  size(): number;
  words(): Iterable<string>;
};

export function createFeatureSpace(lexicon: Lexicon): FeatureSpace {
  const { stop } = lexicon;
  const numbers = new Map<string, number>();
  const pairs = new Map<number, Feature>();
  const ofWord: Feature[] = [];
  const kinds: boolean[] = [];

  const numberOf = (word: string, learning: boolean): number => {
    const known = numbers.get(word);
    if (known !== undefined || !learning) return known ?? UNKNOWN;
    numbers.set(word, numbers.size);
    return numbers.size - 1;
  };
  const next = (isWord: boolean): Feature => {
    kinds.push(isWord);
    return kinds.length - 1;
  };
  const wordFeature = (number: number, learning: boolean): Feature => {
    const known = ofWord[number];
    if (known !== undefined || !learning || number === UNKNOWN) return known ?? UNKNOWN;
    const made = next(true);
    ofWord[number] = made;
    return made;
  };
  const pairFeature = (a: number, b: number, apart: boolean, learning: boolean): Feature => {
    if (a === UNKNOWN || b === UNKNOWN) return UNKNOWN;
    const key = (a * MANY + b) * 2 + (apart ? 1 : 0);
    const known = pairs.get(key);
    if (known !== undefined || !learning) return known ?? UNKNOWN;
    const made = next(false);
    pairs.set(key, made);
    return made;
  };

  const collect = (
    words: readonly string[],
    weight: number,
    learning: boolean,
    raise: (feature: Feature, weight: number) => void,
  ): void => {
    const ids = words.map((word) => numberOf(word, learning));
    const stops = words.map((word) => stop.has(word));
    for (let at = 0; at < ids.length; at++) {
      const id = ids[at] ?? UNKNOWN;
      const after = ids[at + 1];
      const later = ids[at + 2];
      if (!stops[at]) raise(wordFeature(id, learning), weight);
      if (after !== undefined && !(stops[at] && stops[at + 1])) {
        const pair = pairFeature(id, after, false, learning);
        if (pair !== UNKNOWN) raise(pair, weight);
      }
      if (later !== undefined && !stops[at] && !stops[at + 2]) {
        const pair = pairFeature(id, later, true, learning);
        if (pair !== UNKNOWN) raise(pair, weight * APART);
      }
    }
  };

  return {
    learn: (text) => {
      const features = new Map<Feature, number>();
      const raise = raiserOf(features);
      collect(
        lexicon.open(text).map(({ folded }) => folded),
        1,
        true,
        raise,
      );
      for (const meaning of lexicon.meanings(text)) collect(meaning, MEANING, true, raise);
      return features;
    },
    read: (words, meanings) => {
      const known = new Map<Feature, number>();
      const raise = raiserOf(known);
      let unknown = 0;
      collect(words, 1, false, (feature, weight) => {
        if (feature === UNKNOWN) unknown++;
        else raise(feature, weight);
      });
      for (const meaning of meanings) {
        collect(meaning, MEANING, false, (feature, weight) => {
          if (feature !== UNKNOWN) raise(feature, weight);
        });
      }
      return { known, unknown };
    },
    word: (word) => wordFeature(numberOf(word, false), false),
    pair: (first, second) => pairFeature(numberOf(first, false), numberOf(second, false), false, false),
    isWord: (feature) => kinds[feature] ?? false,
    isStop: (word) => stop.has(word),
    size: () => kinds.length,
    words: () => numbers.keys(),
  };
}

function raiserOf(features: Map<Feature, number>): (feature: Feature, weight: number) => void {
  return (feature, weight) => {
    const had = features.get(feature);
    if (had === undefined || had < weight) features.set(feature, weight);
  };
}
