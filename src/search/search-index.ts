import type { Lexicon } from "../text/lexicon.ts";
import {
  type Bag,
  emptyNumbering,
  type Feature,
  type Numbering,
  openFeatureSpace,
  UNKNOWN,
} from "./features.ts";
import { invert, type Postings } from "./postings.ts";
import type { SenseReader } from "./sense.ts";
import { buildSpelling, type Spelling } from "./spelling.ts";
import { createTally, type Texts } from "./tally.ts";

/** What is searched: an id, its names and phrasings, and what is said around it (sector, results, papers). */
export type SearchDocument = {
  readonly id: string;
  readonly names: readonly string[];
  readonly phrasings: readonly string[];
  readonly context: readonly string[];
};

/**
 * A document found; `place` is its place among all, `rough` the measure by which candidates are chosen, `beside` says that
 * it is told for being named besides alone, `signs` are those of {@link SIGNS}.
 */
export type Hit = {
  readonly id: string;
  readonly place: number;
  readonly rough: number;
  readonly beside: boolean;
  readonly signs: readonly number[];
};

export type SearchIndex = {
  /**
   * The documents that may be meant, likeliest first by the rough measure; the caller weighs their signs. Those `besides`
   * are told in any case, if any word is known, the last.
   */
  search(question: string, limit: number, besides?: readonly string[]): Hit[];
  /** How alike (-1 to 1) two documents are by what their texts speak of; 0 where it is not known. */
  likeness(one: string, other: string): number;
};

/** Weight of the likelihood beside the nearest texts in the rough measure. */
const LIKELIHOOD = 0.1;
/** Share of the price that a feature unknown to a document costs it: stories hold much that is beside the point. */
const ABSENT = 0.3;
/** Texts' worth of background that each document is mixed with, so that few texts are not over-trusted. */
const BACKGROUND = 1.5;
/** Weight of a feature that only stands around a document, in its sector, results and papers; as the lists keep it. */
const AROUND = Math.fround(0.3);
/** Share of the greatest rarity that a word unknown to the index has. */
const UNSEEN = 0.6;
/** Least rarity: what stands in nearly every document still counts a little. */
const COMMON = 0.05;
/** Of a longer story its beginning and its end are compared, in words: there it says who and what for. */
const STORY = { begin: 40, end: 60 } as const;
/** How common a word that carries no subject is for the spelling; the index does not count such words. */
const STOP_WORD_USE = 30;

/** So many of the question's rarest words a document should hold, whatever else: "bán rượu lẻ" is not about any shop. */
const FEW = 3;

/** One text of a document. */
type Entry = { readonly document: number; readonly isName: boolean; readonly bag: Bag };

/**
 * The index as plain data, which can be kept: an inverted list from each feature to the texts that hold it, for the
 * cosines, and one from each feature to the documents that hold it, for the likelihoods and shares.
 */
export type IndexData = {
  readonly ids: readonly string[];
  readonly numbering: Numbering;
  readonly rarity: Float32Array;
  /** Feature → texts. */
  readonly postings: Postings;
  readonly texts: Texts;
  /** Feature → documents; in a weight below {@link AROUND} the feature only stands around. */
  readonly holders: Postings;
  /** For each holder, what the feature says for it. */
  readonly gains: Float32Array;
  /** For each document, what a feature that it lacks says against it. */
  readonly lacks: Float32Array;
  /** What each document's names and phrasings speak of, one vector after the other. */
  readonly senses: Float32Array;
};

/** Works the index out; the whole catalogue takes about a second. */
export function indexDocuments(
  documents: readonly SearchDocument[],
  lexicon: Lexicon,
  sense: SenseReader,
): IndexData {
  const numbering = emptyNumbering();
  const space = openFeatureSpace(numbering, lexicon);
  const entries: Entry[] = [];
  const held = documents.map((document, number) => {
    const own = new Map<Feature, number>();
    const add = (texts: readonly string[], isName: boolean): void => {
      for (const text of texts) {
        const bag = space.learn(text);
        entries.push({ document: number, isName, bag });
        bag.features.forEach((feature, at) => {
          own.set(feature, (own.get(feature) ?? 0) + (bag.weights[at] ?? 0));
        });
      }
    };
    add(document.names, true);
    add(document.phrasings, false);
    for (const feature of space.learn(document.context.join("\n"), false).features)
      if (!own.has(feature)) own.set(feature, AROUND);
    return { features: [...own.keys()], weights: [...own.values()] };
  });
  const size = numbering.isWord.length;
  const holders = invert(held, size);
  const rarity = raritiesOf(holders, documents.length);
  const sizes = Float32Array.from(documents, ({ names, phrasings }) => names.length + phrasings.length);
  return {
    ids: documents.map(({ id }) => id),
    numbering,
    rarity,
    postings: invert(
      entries.map(({ bag }) => bag),
      size,
    ),
    texts: measure(entries, rarity, numbering.isWord),
    holders,
    gains: gainsOf(holders, sizes),
    lacks: sizes.map((count) => ABSENT * Math.log(BACKGROUND / (count + BACKGROUND))),
    senses: sensesOf(documents, lexicon, sense),
  };
}

export function openSearchIndex(data: IndexData, lexicon: Lexicon, sense: SenseReader): SearchIndex {
  const { ids, numbering, rarity, postings, texts, holders, gains, lacks, senses } = data;
  const space = openFeatureSpace(numbering, lexicon);
  const spelling = buildSpelling({
    has: (word) => numbering.words.has(word) || lexicon.stop.has(word),
    all: () => [...numbering.words.keys(), ...lexicon.stop],
    count: (word) => {
      const feature = space.word(word);
      if (feature === UNKNOWN) return lexicon.stop.has(word) ? STOP_WORD_USE : 0;
      return (holders.start[feature + 1] ?? 0) - (holders.start[feature] ?? 0);
    },
    together: (first, second) => space.pair(first, second) !== UNKNOWN,
  });
  const unseen = Math.log(ids.length + 1) * UNSEEN;
  const numberOf = new Map(ids.map((id, number) => [id, number]));
  const tally = createTally(texts.document.length, ids.length, AROUND);

  return {
    search: (question, limit, besides = []) => {
      const read = lexicon.read(question);
      const words = ends(read.words);
      const mended = mend(words, spelling);
      // What a misspelt word was mended to can be an everyday name as well.
      const meanings = mended ? [...read.meanings, ...lexicon.meanings(mended)] : read.meanings;
      const { features, weights: asked, unknown } = space.read(mended ?? words, meanings);
      let [norm, askedWords, askedPairs, weights] = [unknown * unseen ** 2, unknown * unseen, 0, 0];
      const parts = features.map((feature, at) => {
        const weight = asked[at] ?? 0;
        const rare = rarity[feature] ?? 0;
        const isWord = numbering.isWord[feature] ?? false;
        norm += (weight * rare) ** 2;
        weights += weight;
        if (isWord) askedWords += weight * rare;
        else askedPairs += weight * rare;
        return { feature, weight, rare, isWord };
      });
      if (weights === 0) return [];
      parts.sort((a, b) => b.rare - a.rare);
      for (const { feature, weight, rare, isWord } of parts) {
        tally.addTexts(postings, feature, (weight * rare * rare) / Math.sqrt(norm), isWord ? rare : 0);
        const share = (weight * rare) / (isWord ? askedWords : askedPairs);
        tally.addDocuments(holders, gains, feature, weight, { share, isWord });
      }
      const rarest = parts
        .flatMap(({ feature, weight, isWord }) => (weight === 1 && isWord ? [feature] : []))
        .slice(0, FEW);
      // Evidence grows with the question's length, chance only with its root.
      const root = Math.sqrt(weights);
      const measured = { share: LIKELIHOOD / root, price: weights, lacks };
      const named = besides.flatMap((id) => numberOf.get(id) ?? []);
      const spoken = sense.of(mended ?? words);
      return tally.best(texts, measured, limit, named).map(({ document, rough, beside, signs }) => {
        signs.push(shareHeld(rarest, holders, rarity, document), nearness(spoken, senses, document));
        return { id: ids[document] ?? "", place: document, rough, beside, signs };
      });
    },
    likeness: (one, other) => {
      const [first, second] = [numberOf.get(one), numberOf.get(other)];
      if (first === undefined || second === undefined) return 0;
      const { dimensions } = sense;
      return nearness(senses.subarray(first * dimensions, (first + 1) * dimensions), senses, second);
    },
  };
}

function ends(words: readonly string[]): readonly string[] {
  if (words.length <= STORY.begin + STORY.end) return words;
  return [...words.slice(0, STORY.begin), ...words.slice(-STORY.end)];
}

/** The words with misspelt ones mended; undefined when there are none. */
function mend(words: readonly string[], spelling: Spelling): string[] | undefined {
  let mended: string[] | undefined;
  words.forEach((word, at) => {
    const meant = spelling(word, mended?.[at - 1] ?? words[at - 1], words[at + 1]);
    if (meant === undefined) return;
    mended ??= [...words];
    mended[at] = meant;
  });
  return mended;
}

/** Rarity (inverse document frequency) of each feature. */
function raritiesOf({ start }: Postings, documents: number): Float32Array {
  return Float32Array.from({ length: start.length - 1 }, (_, feature) => {
    const count = (start[feature + 1] ?? 0) - (start[feature] ?? 0);
    return Math.max(COMMON, Math.log((documents + 1) / (count + 0.5)));
  });
}

/** Lengths of the texts, and of the names the rarity of their words. */
function measure(entries: readonly Entry[], rarity: Float32Array, isWord: readonly boolean[]): Texts {
  const sum = ({ features, weights }: Bag, part: (feature: Feature, weight: number) => number): number => {
    let total = 0;
    for (let at = 0; at < features.length; at++) total += part(features[at] ?? 0, weights[at] ?? 0);
    return total;
  };
  return {
    document: Int32Array.from(entries, ({ document }) => document),
    norm: Float32Array.from(entries, ({ bag }) =>
      Math.sqrt(sum(bag, (feature, weight) => (weight * (rarity[feature] ?? 0)) ** 2)),
    ),
    name: Float32Array.from(entries, ({ bag, isName }) =>
      isName ? sum(bag, (feature) => (isWord[feature] ? (rarity[feature] ?? 0) : 0)) : 0,
    ),
  };
}

/** For each feature and holder, the log likelihood ratio that it comes from there rather than from any document. */
function gainsOf({ start, item, weight }: Postings, sizes: Float32Array): Float32Array {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const gains = new Float32Array(item.length);
  for (let feature = 0; feature + 1 < start.length; feature++) {
    const [from, to] = [start[feature] ?? 0, start[feature + 1] ?? 0];
    let count = 0;
    for (let at = from; at < to; at++) count += weight[at] ?? 0;
    const expected = BACKGROUND * (count / total);
    for (let at = from; at < to; at++) gains[at] = Math.log(1 + (weight[at] ?? 0) / expected);
  }
  return gains;
}

function sensesOf(
  documents: readonly SearchDocument[],
  lexicon: Lexicon,
  { dimensions, ofTexts }: SenseReader,
): Float32Array {
  const all = new Float32Array(documents.length * dimensions);
  documents.forEach(({ names, phrasings }, number) => {
    const texts = [...names, ...phrasings].map((text) => lexicon.read(text).words);
    all.set(ofTexts(texts), number * dimensions);
  });
  return all;
}

/** What is asked along what a document's texts speak of. */
function nearness(spoken: Float32Array, senses: Float32Array, document: number): number {
  let sum = 0;
  for (let at = 0; at < spoken.length; at++)
    sum += (spoken[at] ?? 0) * (senses[document * spoken.length + at] ?? 0);
  return sum;
}

/** The share, by rarity, of these features that a document holds. */
function shareHeld(
  features: readonly Feature[],
  { start, item }: Postings,
  rarity: Float32Array,
  document: number,
): number {
  let [held, all] = [0, 0];
  for (const feature of features) {
    const rare = rarity[feature] ?? 0;
    all += rare;
    // Holders stand in the documents' order.
    let [low, high] = [start[feature] ?? 0, (start[feature + 1] ?? 0) - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((item[middle] ?? 0) < document) low = middle + 1;
      else high = middle;
    }
    if (item[low] === document) held += rare;
  }
  return all === 0 ? 1 : held / all;
}
