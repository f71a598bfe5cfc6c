import type { Lexicon } from "../text/lexicon.ts";
import { ABSENT, emptyTable, type NumberTable, numberAt, setNumber } from "../text/number-table.ts";

/** What a text is compared by: its words, neighbouring pairs, and pairs with one word between; each has a number. */
export type Feature = number;
/** Features with their weights, each feature once. */
export type Bag = { readonly features: readonly Feature[]; readonly weights: readonly number[] };

/** Weight of a pair with one syllable between, against neighbours. */
const APART = 0.5;
/** Weight of what an everyday name stands for, against words really typed. */
const MEANING = 0.8;
/** Two numbers of words make one key: a small whole number, which is looked up quickest, while both are below the first. */
const FEW = 2 ** 15;
const MANY = 2 ** 22;
/** Number given to what the space does not know. */
export const UNKNOWN: Feature = ABSENT;

/** The numbers given to the words and pairs of all texts, as plain data that can be kept. */
export type Numbering = {
  readonly words: Map<string, number>;
  /** By a word's number: whether it carries no subject, and its feature. */
  readonly stop: boolean[];
  readonly ofWord: Feature[];
  /** By two words' numbers and their distance. */
  readonly pairs: NumberTable;
  /** By feature: is it a word? */
  readonly isWord: boolean[];
};

export function emptyNumbering(): Numbering {
  return { words: new Map(), stop: [], ofWord: [], pairs: emptyTable(), isWord: [] };
}

/** Turns texts into features by a numbering, which grows while texts are learnt. */
export type FeatureSpace = {
  /** The features of a text that is indexed; new ones are numbered. `pairs` false: its words only. */
  learn(text: string, pairs?: boolean): Bag;
  /** The features of a question's words; unknown words are counted apart, unknown pairs left out. */
  read(
    words: readonly string[],
    meanings: readonly (readonly string[])[],
  ): Bag & { readonly unknown: number };
  /** Feature of one word; {@link UNKNOWN} when no text has it. */
  word(word: string): Feature;
  /** Feature of two neighbours; {@link UNKNOWN} when no text has them side by side. */
  pair(first: string, second: string): Feature;
};

export function openFeatureSpace(numbering: Numbering, lexicon: Lexicon): FeatureSpace {
  const { words, stop: stops, ofWord, pairs, isWord } = numbering;
  const { stop } = lexicon;

  const numberOf = (word: string, learning: boolean): number => {
    const known = words.get(word);
    if (known !== undefined || !learning) return known ?? UNKNOWN;
    const made = words.size;
    words.set(word, made);
    stops.push(stop.has(word));
    ofWord.push(UNKNOWN);
    return made;
  };
  const next = (word: boolean): Feature => isWord.push(word) - 1;
  const wordFeature = (number: number, learning: boolean): Feature => {
    const known = ofWord[number] ?? UNKNOWN;
    if (known !== UNKNOWN || !learning) return known;
    const made = next(true);
    ofWord[number] = made;
    return made;
  };
  const pairFeature = (a: number, b: number, apart: boolean, learning: boolean): Feature => {
    const key = keyOf(a, b) * 2 + (apart ? 1 : 0);
    const known = numberAt(pairs, key);
    if (known !== UNKNOWN || !learning) return known;
    const made = next(false);
    setNumber(pairs, key, made);
    return made;
  };
  const bags = createBags();

  /** Adds a run of words to the open bag; gives the number of words that no text has. */
  const collect = (run: readonly string[], weight: number, learning: boolean, withPairs: boolean): number => {
    let unknown = 0;
    // The numbers of the word before, and of the one before that.
    let [before, first] = [UNKNOWN, UNKNOWN];
    for (const word of run) {
      const number = numberOf(word, learning);
      const isStop = number === UNKNOWN ? stop.has(word) : stops[number] === true;
      if (!isStop) {
        const feature = wordFeature(number, learning);
        if (feature === UNKNOWN) unknown++;
        else bags.raise(feature, weight);
      }
      if (withPairs && number !== UNKNOWN) {
        if (before !== UNKNOWN && !(isStop && stops[before])) {
          const feature = pairFeature(before, number, false, learning);
          if (feature !== UNKNOWN) bags.raise(feature, weight);
        }
        if (first !== UNKNOWN && !isStop && !stops[first]) {
          const feature = pairFeature(first, number, true, learning);
          if (feature !== UNKNOWN) bags.raise(feature, weight * APART);
        }
      }
      first = before;
      before = number;
    }
    return unknown;
  };

  return {
    learn: (text, withPairs = true) => {
      bags.open();
      const read = lexicon.read(text);
      collect(read.words, 1, true, withPairs);
      for (const meaning of read.meanings) collect(meaning, MEANING, true, withPairs);
      return bags.close();
    },
    read: (run, meanings) => {
      bags.open();
      const unknown = collect(run, 1, false, true);
      for (const meaning of meanings) collect(meaning, MEANING, false, true);
      return { ...bags.close(), unknown };
    },
    word: (word) => wordFeature(numberOf(word, false), false),
    pair: (one, other) => {
      const [a, b] = [numberOf(one, false), numberOf(other, false)];
      return a === UNKNOWN || b === UNKNOWN ? UNKNOWN : pairFeature(a, b, false, false);
    },
  };
}

function keyOf(a: number, b: number): number {
  return a < FEW && b < FEW ? a * FEW + b : FEW * FEW + a * MANY + b;
}

/** Makes one bag at a time; of a feature raised twice the greater weight counts. */
function createBags(): { open(): void; raise(feature: Feature, weight: number): void; close(): Bag } {
  /** By feature: the bag it was last in, and its place there. */
  const lastIn: number[] = [];
  const place: number[] = [];
  let bag = 0;
  let features: Feature[] = [];
  let weights: number[] = [];
  return {
    open: () => {
      bag++;
      features = [];
      weights = [];
    },
    raise: (feature, weight) => {
      if (lastIn[feature] === bag) {
        const at = place[feature] ?? 0;
        if ((weights[at] ?? 0) < weight) weights[at] = weight;
        return;
      }
      lastIn[feature] = bag;
      place[feature] = features.push(feature) - 1;
      weights.push(weight);
    },
    close: () => ({ features, weights }),
  };
}
