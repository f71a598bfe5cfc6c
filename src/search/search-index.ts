import type { Lexicon } from "../text/lexicon.ts";
import { buildSpelling, type Spelling } from "./spelling.ts";

/** What is searched: an id and its texts (names, phrasings). */
export type SearchDocument = { readonly id: string; readonly texts: readonly string[] };

/** A document found; `score` is comparable between questions, 0 to about 3: below 0.8 mostly chance, above 1.5 mostly right. */
export type Hit = { readonly id: string; readonly score: number };

export type SearchIndex = { search(question: string, limit: number): Hit[] };

/** Feature (a syllable, two neighbours, or two with one between) → its weight in one text. */
type Features = ReadonlyMap<string, number>;
type Entry = { readonly features: Features; readonly norm: number };
type Posting = { readonly document: number; readonly entry: number; readonly weight: number };
/** How often a feature occurs in one document's texts. */
type Count = { readonly document: number; readonly count: number };

/*
 * Settings, found on the development questions; a plateau: neighbours of these values do as well.
 */
/** The nearest texts of a document and how much each counts. */
const NEAREST = [0.6, 0.25, 0.15] as const;
/** Weight of the likelihood beside the nearest texts. */
const LIKELIHOOD = 0.1;
/** Share of the price that a feature unknown to a document costs it: stories hold much that is beside the point. */
const ABSENT = 0.3;
/** Texts' worth of background that each document is mixed with, so that few texts are not over-trusted. */
const BACKGROUND = 1.5;
/** Weight of a pair with one syllable between, against neighbours. */
const APART = 0.5;
/** Weight of what an everyday name stands for, against words really typed. */
const MEANING = 0.8;
/** Share of the greatest rarity that a word unknown to the index has. */
const UNKNOWN = 0.6;

/**
 * Builds the index. A document's score has two parts: the cosine of the question with its nearest texts (features
 * weighted by rarity), and the likelihood that these features come from this document rather than from any.
 */
export function buildSearchIndex(documents: readonly SearchDocument[], lexicon: Lexicon): SearchIndex {
  const texts = documents.map((document) =>
    document.texts.map((text) => featuresOf(text, lexicon, undefined)),
  );
  const rarity = raritiesOf(texts);
  const entries = texts.map((list) =>
    list.map((features): Entry => ({ features, norm: normOf(features, rarity.of) })),
  );
  const postings = postingsOf(entries);
  const counts = countsOf(texts);
  const sizes = texts.map((list) => list.length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const spelling = buildSpelling([...new Set([...rarity.words, ...lexicon.stop])]);

  return {
    search: (question, limit) => {
      const features = featuresOf(question, lexicon, spelling);
      const norm = normOf(features, rarity.of);
      if (norm === 0) return [];
      const likelihoods = likelihoodsOf(features, counts, sizes, total);
      return [...cosinesOf(features, postings, entries, norm, rarity.of)]
        .flatMap(([document, cosines]) => {
          const source = documents[document];
          if (!source) return [];
          const near = NEAREST.reduce((sum, share, rank) => sum + share * (cosines[rank] ?? 0), 0);
          return [{ id: source.id, score: near + LIKELIHOOD * likelihoods(document) }];
        })
        .sort((a, b) => b.score - a.score || a.id.localeCompare(b.id))
        .slice(0, limit);
    },
  };
}

function featuresOf(text: string, lexicon: Lexicon, spelling: Spelling | undefined): Map<string, number> {
  const { stop } = lexicon;
  const features = new Map<string, number>();
  const raise = (feature: string, weight: number): void => {
    features.set(feature, Math.max(features.get(feature) ?? 0, weight));
  };
  const add = (list: readonly string[], weight: number): void => {
    list.forEach((word, index) => {
      const next = list[index + 1];
      const afterNext = list[index + 2];
      if (!stop.has(word)) raise(word, weight);
      if (next && !(stop.has(word) && stop.has(next))) raise(`${word} ${next}`, weight);
      if (afterNext && !stop.has(word) && !stop.has(afterNext))
        raise(`${word} _ ${afterNext}`, weight * APART);
    });
  };
  const plain = lexicon.open(text).map(({ folded }) => spelling?.(folded) ?? folded);
  add(plain, 1);
  for (const meaning of lexicon.meanings(text)) add(meaning, MEANING);
  // A question may be misspelt or shortened: what it was mended to can be an everyday name as well.
  if (spelling) for (const meaning of lexicon.meanings(plain.join(" "))) add(meaning, MEANING);
  return features;
}

/** Rarity (inverse document frequency) of each feature; an unknown pair says nothing, an unknown word something. */
function raritiesOf(documents: readonly (readonly Features[])[]): {
  words: string[];
  of(feature: string): number;
} {
  const counts = new Map<string, number>();
  for (const texts of documents) {
    for (const feature of new Set(texts.flatMap((features) => [...features.keys()]))) {
      counts.set(feature, (counts.get(feature) ?? 0) + 1);
    }
  }
  const total = documents.length;
  const values = new Map(
    [...counts].map(([feature, count]) => [feature, Math.max(0.05, Math.log((total + 1) / (count + 0.5)))]),
  );
  const unknown = Math.log(total + 1) * UNKNOWN;
  return {
    words: [...new Set([...values.keys()].flatMap((feature) => feature.split(" ")))].filter(
      (word) => word !== "_",
    ),
    of: (feature) => values.get(feature) ?? (feature.includes(" ") ? 0 : unknown),
  };
}

/** Length of a text's vector. */
function normOf(features: Features, rarity: (feature: string) => number): number {
  let sum = 0;
  for (const [feature, weight] of features) sum += (weight * rarity(feature)) ** 2;
  return Math.sqrt(sum);
}

function postingsOf(entries: readonly (readonly Entry[])[]): Map<string, Posting[]> {
  const postings = new Map<string, Posting[]>();
  entries.forEach((texts, document) => {
    texts.forEach(({ features }, entry) => {
      for (const [feature, weight] of features) append(postings, feature, { document, entry, weight });
    });
  });
  return postings;
}

function countsOf(documents: readonly (readonly Features[])[]): Map<string, Count[]> {
  const counts = new Map<string, Count[]>();
  documents.forEach((texts, document) => {
    const own = new Map<string, number>();
    for (const features of texts) {
      for (const [feature, weight] of features) own.set(feature, (own.get(feature) ?? 0) + weight);
    }
    for (const [feature, count] of own) append(counts, feature, { document, count });
  });
  return counts;
}

function append<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** Document → cosines of the question with its texts, greatest first. */
function cosinesOf(
  question: Features,
  postings: ReadonlyMap<string, readonly Posting[]>,
  entries: readonly (readonly Entry[])[],
  norm: number,
  rarity: (feature: string) => number,
): Map<number, number[]> {
  const dots = new Map<number, Map<number, number>>();
  for (const [feature, asked] of question) {
    const gain = asked * rarity(feature) ** 2;
    for (const { document, entry, weight } of postings.get(feature) ?? []) {
      const byEntry = dots.get(document) ?? new Map<number, number>();
      dots.set(document, byEntry);
      byEntry.set(entry, (byEntry.get(entry) ?? 0) + gain * weight);
    }
  }
  return new Map(
    [...dots].map(([document, byEntry]) => [
      document,
      [...byEntry]
        .map(([entry, dot]) => dot / (norm * (entries[document]?.[entry]?.norm || 1)))
        .sort((a, b) => b - a),
    ]),
  );
}

/**
 * Log likelihood ratio of the question's features for a document against all texts together, over the root of their
 * number: evidence grows with the question's length, chance only with its root.
 */
function likelihoodsOf(
  question: Features,
  counts: ReadonlyMap<string, readonly Count[]>,
  sizes: readonly number[],
  total: number,
): (document: number) => number {
  let weights = 0;
  const gains = new Map<number, number>();
  for (const [feature, weight] of question) {
    const occurrences = counts.get(feature);
    if (!occurrences) continue;
    weights += weight;
    const expected = occurrences.reduce((sum, { count }) => sum + count, 0) / total;
    for (const { document, count } of occurrences) {
      const gain = weight * Math.log(1 + count / (BACKGROUND * expected));
      gains.set(document, (gains.get(document) ?? 0) + gain);
    }
  }
  return (document) => {
    const absent = ABSENT * Math.log(BACKGROUND / ((sizes[document] ?? 0) + BACKGROUND));
    return weights === 0 ? 0 : ((gains.get(document) ?? 0) + absent * weights) / Math.sqrt(weights);
  };
}
