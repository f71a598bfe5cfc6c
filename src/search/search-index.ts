import type { Lexicon } from "../text/lexicon.ts";
import { buildSpelling, type Spelling } from "./spelling.ts";

/** What is searched: an id and its texts; a text of weight 1 is an ordinary name. */
export type SearchDocument = {
  readonly id: string;
  readonly texts: readonly { readonly text: string; readonly weight: number }[];
};

/** A document found; `score` is comparable between questions, about 0 to 1. */
export type Hit = { readonly id: string; readonly score: number };

type Entry = { readonly features: ReadonlyMap<string, number>; readonly norm: number; readonly weight: number };
type Posting = { readonly document: number; readonly entry: number; readonly count: number };

export type SearchIndex = {
  search(question: string, limit: number): Hit[];
};

/** What counts: the nearest single text, what all texts together explain, what the document mostly speaks of. */
const BLEND = JSON.parse(process.env.BLEND ?? '{ "entry": 0.45, "union": 0.25, "centre": 0.3 }');
/** Weight of two neighbouring syllables against one: they are what makes a Vietnamese word. */
const PAIR = 1.15;
/** Weight of what an everyday name stands for, against words really typed. */
const MEANING = 0.8;

/**
 * Builds the index: postings of single syllables and of neighbouring pairs, weighted by rarity. A document's score
 * is the best cosine with one of its texts, blended with how much of the question all its texts together explain.
 */
export function buildSearchIndex(documents: readonly SearchDocument[], lexicon: Lexicon): SearchIndex {
  const raw = documents.map((document) =>
    document.texts.map(({ text, weight }) => ({ features: featuresOf(text, lexicon, undefined), weight })),
  );
  const rarity = rarities(raw.map((texts) => texts.map((entry) => entry.features)));
  const spelling = buildSpelling([...rarity.keys()].filter((feature) => !feature.includes(" ")));
  const entries: Entry[][] = raw.map((texts) =>
    texts.map(({ features, weight }) => ({ features, weight, norm: normOf(features, rarity.of) })),
  );
  const postings = postingsOf(entries);
  const centres = entries.map((texts) => centreOf(texts, rarity.of));
  const unions = entries.map((texts) => new Set(texts.flatMap((entry) => [...entry.features.keys()])));

  return {
    search: (question, limit) => {
      const features = featuresOf(question, lexicon, spelling);
      const norm = normOf(features, rarity.of);
      if (norm === 0) return [];
      const dots = dotProducts(features, postings, rarity.of);
      const hits: Hit[] = [];
      for (const [document, byEntry] of dots) {
        const texts = entries[document];
        const source = documents[document];
        if (!texts || !source) continue;
        let best = 0;
        for (const [entry, dot] of byEntry) {
          const text = texts[entry];
          if (text) best = Math.max(best, (dot / (Math.sqrt(norm) * Math.sqrt(text.norm))) * text.weight);
        }
        const union = coverage(features, unions[document] ?? new Set(), rarity.of);
        const centre = cosine(features, norm, centres[document], rarity.of);
        hits.push({ id: source.id, score: BLEND.entry * best + BLEND.union * union + BLEND.centre * centre });
      }
      return hits.sort((a, b) => b.score - a.score || a.id.localeCompare(b.id)).slice(0, limit);
    },
  };
}

/** Feature → weight in this text. Pairs are joined by a space. */
function featuresOf(text: string, lexicon: Lexicon, spelling: Spelling | undefined): Map<string, number> {
  const features = new Map<string, number>();
  const add = (list: readonly string[], weight: number): void => {
    list.forEach((word, index) => {
      if (!lexicon.stop.has(word)) raise(features, word, weight);
      const next = list[index + 1];
      if (next && !(lexicon.stop.has(word) && lexicon.stop.has(next))) raise(features, `${word} ${next}`, weight * PAIR);
    });
  };
  const plain = lexicon.plain(text).map((word) => spelling?.(word) ?? word);
  add(plain, 1);
  for (const meaning of lexicon.meanings(plain.join(" "))) add(meaning, MEANING);
  for (const meaning of lexicon.meanings(text)) add(meaning, MEANING);
  return features;
}

function raise(features: Map<string, number>, feature: string, weight: number): void {
  features.set(feature, Math.max(features.get(feature) ?? 0, weight));
}

/** Rarity (inverse document frequency) of each feature; unknown ones count as the rarest. */
function rarities(documents: readonly (readonly ReadonlyMap<string, number>[])[]): {
  keys(): Iterable<string>;
  of(feature: string): number;
} {
  const counts = new Map<string, number>();
  for (const texts of documents) {
    for (const feature of new Set(texts.flatMap((features) => [...features.keys()]))) {
      counts.set(feature, (counts.get(feature) ?? 0) + 1);
    }
  }
  const total = documents.length;
  const values = new Map([...counts].map(([feature, count]) => [feature, Math.max(0.05, Math.log((total + 1) / (count + Number(process.env.SM ?? 0.5))))]));
  const unknown = Math.log(1 + total) * Number(process.env.UNK ?? 0.6);
  return { keys: () => values.keys(), of: (feature) => values.get(feature) ?? (feature.includes(" ") ? 0 : unknown) };
}

function normOf(features: ReadonlyMap<string, number>, rarity: (feature: string) => number): number {
  let sum = 0;
  for (const [feature, weight] of features) sum += (weight * rarity(feature)) ** 2;
  return sum;
}

function postingsOf(entries: readonly (readonly Entry[])[]): Map<string, Posting[]> {
  const postings = new Map<string, Posting[]>();
  entries.forEach((texts, document) => {
    texts.forEach(({ features }, entry) => {
      for (const [feature, count] of features) {
        const list = postings.get(feature);
        if (list) list.push({ document, entry, count });
        else postings.set(feature, [{ document, entry, count }]);
      }
    });
  });
  return postings;
}

function dotProducts(
  question: ReadonlyMap<string, number>,
  postings: ReadonlyMap<string, readonly Posting[]>,
  rarity: (feature: string) => number,
): Map<number, Map<number, number>> {
  const dots = new Map<number, Map<number, number>>();
  for (const [feature, weight] of question) {
    const gain = weight * rarity(feature) ** 2;
    for (const { document, entry, count } of postings.get(feature) ?? []) {
      const byEntry = dots.get(document) ?? new Map<number, number>();
      dots.set(document, byEntry);
      byEntry.set(entry, (byEntry.get(entry) ?? 0) + gain * count);
    }
  }
  return dots;
}

type Centre = { readonly weights: ReadonlyMap<string, number>; readonly norm: number };

/** The sum of a document's texts, each of length one: what many of its texts say weighs most. */
function centreOf(texts: readonly Entry[], rarity: (feature: string) => number): Centre {
  const weights = new Map<string, number>();
  for (const { features, norm, weight } of texts) {
    for (const [feature, count] of features) {
      const share = (weight * count * rarity(feature)) / Math.sqrt(norm || 1);
      weights.set(feature, (weights.get(feature) ?? 0) + share);
    }
  }
  for (const [feature, value] of weights) weights.set(feature, Math.sqrt(value));
  let norm = 0;
  for (const value of weights.values()) norm += value ** 2;
  return { weights, norm };
}

function cosine(
  question: ReadonlyMap<string, number>,
  norm: number,
  centre: Centre | undefined,
  rarity: (feature: string) => number,
): number {
  if (!centre || centre.norm === 0) return 0;
  let dot = 0;
  for (const [feature, weight] of question) dot += weight * rarity(feature) * (centre.weights.get(feature) ?? 0);
  return dot / Math.sqrt(norm * centre.norm);
}

/** Share of the question's weight that the document's texts explain together. */
function coverage(
  question: ReadonlyMap<string, number>,
  known: ReadonlySet<string>,
  rarity: (feature: string) => number,
): number {
  let all = 0;
  let explained = 0;
  for (const [feature, weight] of question) {
    const value = weight * rarity(feature);
    all += value;
    if (known.has(feature)) explained += value;
  }
  return all === 0 ? 0 : explained / all;
}
