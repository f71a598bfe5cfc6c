import type { Lexicon } from "../text/lexicon.ts";
import { createFeatureSpace, type Feature, UNKNOWN } from "./features.ts";
import { invert, type Postings } from "./postings.ts";
import { buildSpelling, type Spelling } from "./spelling.ts";
import { createTally, type Texts } from "./tally.ts";

/** What is searched: an id, its names and phrasings, and what is said around it (sector, results, papers). */
export type SearchDocument = {
  readonly id: string;
  readonly names: readonly string[];
  readonly phrasings: readonly string[];
  readonly context: readonly string[];
};

/** A document found; `rough` is the measure by which candidates are chosen, `signs` are those of {@link SIGNS}. */
export type Hit = { readonly id: string; readonly rough: number; readonly signs: Float64Array };

export type SearchIndex = {
  /** The documents that may be meant, likeliest first by the rough measure; the caller weighs their signs. */
  search(question: string, limit: number): Hit[];
};

/** Weight of the likelihood beside the nearest texts in the rough measure. */
const LIKELIHOOD = 0.1;
/** Share of the price that a feature unknown to a document costs it: stories hold much that is beside the point. */
const ABSENT = 0.3;
/** Texts' worth of background that each document is mixed with, so that few texts are not over-trusted. */
const BACKGROUND = 1.5;
/** Weight of a feature that only stands around a document, in its sector, results and papers. */
const AROUND = 0.3;
/** Share of the greatest rarity that a word unknown to the index has. */
const UNSEEN = 0.6;
/** Least rarity: what stands in nearly every document still counts a little. */
const COMMON = 0.05;
/** Longest question compared, in words; the rest of a long story adds more noise than sense. */
const LONGEST = 120;
/** How common a word that carries no subject is for the spelling; the index does not count such words. */
const STOP_WORD_USE = 30;

/** One text of a document. */
type Entry = {
  readonly document: number;
  readonly isName: boolean;
  readonly features: ReadonlyMap<Feature, number>;
};

/**
 * Builds the index: an inverted list from each feature to the texts that hold it, for the cosines, and one from each
 * feature to the documents that hold it, for the likelihoods and shares.
 */
export function buildSearchIndex(documents: readonly SearchDocument[], lexicon: Lexicon): SearchIndex {
  const space = createFeatureSpace(lexicon);
  const entries: Entry[] = [];
  const held = documents.map((document, number) => {
    const own = new Map<Feature, number>();
    const add = (texts: readonly string[], isName: boolean): void => {
      for (const text of texts) {
        const features = space.learn(text);
        entries.push({ document: number, isName, features });
        for (const [feature, weight] of features) own.set(feature, (own.get(feature) ?? 0) + weight);
      }
    };
    add(document.names, true);
    add(document.phrasings, false);
    for (const text of document.context)
      for (const feature of space.learn(text).keys()) if (!own.has(feature)) own.set(feature, AROUND);
    return own;
  });
  const holders = invert(held, space.size());
  const rarity = raritiesOf(holders, documents.length);
  const postings = invert(
    entries.map(({ features }) => features),
    space.size(),
  );
  const sizes = Float32Array.from(documents, ({ names, phrasings }) => names.length + phrasings.length);
  const gains = gainsOf(holders, sizes);
  const lacks = sizes.map((size) => ABSENT * Math.log(BACKGROUND / (size + BACKGROUND)));
  const texts = measure(entries, rarity, space.isWord);
  const spelling = buildSpelling([...new Set([...space.words(), ...lexicon.stop])], {
    count: (word) => {
      const feature = space.word(word);
      if (feature === UNKNOWN) return lexicon.stop.has(word) ? STOP_WORD_USE : 0;
      return (holders.start[feature + 1] ?? 0) - (holders.start[feature] ?? 0);
    },
    together: (first, second) => space.pair(first, second) !== UNKNOWN,
  });
  const unseen = Math.log(documents.length + 1) * UNSEEN;
  const tally = createTally(entries.length, documents.length, AROUND);

  return {
    search: (question, limit) => {
      const words = lexicon
        .open(question)
        .slice(0, LONGEST)
        .map(({ folded }) => folded);
      const mended = mend(words, spelling);
      // What a misspelt word was mended to can be an everyday name as well.
      const meanings = [...lexicon.meanings(question), ...(mended ? lexicon.meanings(mended) : [])];
      const { known, unknown } = space.read(mended ?? words, meanings);
      let [norm, askedWords, askedPairs, weights] = [unknown * unseen ** 2, unknown * unseen, 0, 0];
      for (const [feature, weight] of known) {
        const part = weight * (rarity[feature] ?? 0);
        norm += part ** 2;
        weights += weight;
        if (space.isWord(feature)) askedWords += part;
        else askedPairs += part;
      }
      if (weights === 0) return [];
      const rarestFirst = [...known].sort(([a], [b]) => (rarity[b] ?? 0) - (rarity[a] ?? 0));
      for (const [feature, weight] of rarestFirst) {
        const rare = rarity[feature] ?? 0;
        const isWord = space.isWord(feature);
        tally.addTexts(postings, feature, (weight * rare * rare) / Math.sqrt(norm), isWord ? rare : 0);
        const share = (weight * rare) / (isWord ? askedWords : askedPairs);
        tally.addDocuments(holders, gains, feature, weight, { share, isWord });
      }
      // Evidence grows with the question's length, chance only with its root.
      const root = Math.sqrt(weights);
      const measure = { share: LIKELIHOOD / root, price: weights, lacks };
      return tally
        .best(texts, measure, limit)
        .map(({ document, rough, signs }) => ({ id: documents[document]?.id ?? "", rough, signs }));
    },
  };
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
function measure(
  entries: readonly Entry[],
  rarity: Float32Array,
  isWord: (feature: Feature) => boolean,
): Texts {
  const sum = (entry: Entry, part: (feature: Feature, weight: number) => number): number => {
    let total = 0;
    for (const [feature, weight] of entry.features) total += part(feature, weight);
    return total;
  };
  return {
    document: Int32Array.from(entries, ({ document }) => document),
    norm: Float32Array.from(entries, (entry) =>
      Math.sqrt(sum(entry, (feature, weight) => (weight * (rarity[feature] ?? 0)) ** 2)),
    ),
    name: Float32Array.from(entries, (entry) =>
      entry.isName ? sum(entry, (feature) => (isWord(feature) ? (rarity[feature] ?? 0) : 0)) : 0,
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
