import { ABSENT, emptyTable, type NumberTable, numberAt, setNumber } from "../text/number-table.ts";

/**
 * What a text is told by: runs of words, of which the words and the neighbouring pairs count, and tags, which stand for
 * themselves. The same word in another run is another feature.
 */
export type Features = {
  readonly runs: readonly (readonly string[])[];
  readonly tags: readonly string[];
};
type Feature = number;

/** The numbers of what was learnt. Those of words are the lowest: two of them make one small key, which is looked up quickest. */
type Numbering = {
  /** Of all runs together. */
  readonly wordCount: number;
  /** For each run. */
  readonly words: readonly ReadonlyMap<string, Feature>[];
  /** By the numbers of both words. */
  readonly pairs: NumberTable;
  readonly tags: ReadonlyMap<string, Feature>;
};

/** What was learnt, as plain data that can be kept. */
export type Learnt = {
  readonly labels: readonly string[];
  readonly numbering: Numbering;
  readonly rarity: Float32Array;
  /** By feature, then by label: those of one feature are looked at together. */
  readonly weights: Float32Array;
  readonly bias: Float64Array;
};

/** Tells how likely a text belongs to each label; the shares sum to 1. */
export type Classifier = { classify(features: Features): ReadonlyMap<string, number> };

export type Example = { readonly label: string; readonly features: Features };

/** What stands in fewer examples is taken for chance; it would be most of what there is to remember. */
const LEAST = 2;
/** Rounds over all examples; more changes nothing that can be seen. */
const ROUNDS = 8;
/** First step of the descent; it falls to nothing over the rounds. */
const STEP = 2.5;
/** Steps smaller than this are not taken: the example is understood. */
const SETTLED = 0.002;

/**
 * Learns from examples by logistic regression (softmax, stochastic descent): deterministic, so that the same examples
 * always give the same answers. Labels with few examples weigh as much in all as those with many, by the square root.
 * @param leastPairs in how many examples two neighbouring words stand that count; of many examples most pairs are in two
 */
export function learn(examples: readonly Example[], leastPairs = LEAST): Learnt {
  const labels = [...new Set(examples.map((example) => example.label))].sort();
  const { numbering, counts } = numberFeatures(examples, leastPairs);
  const rarity = Float32Array.from(counts, (count) => Math.log(1 + examples.length / count));
  const vectorOf = vectors(numbering, rarity);
  const rows = examples.map(({ label, features }) => ({
    label: labels.indexOf(label),
    vector: vectorOf(features),
  }));
  const size = labels.map((_, label) => rows.filter((row) => row.label === label).length);
  const balance = size.map((count) => Math.sqrt(rows.length / labels.length / Math.max(1, count)));
  const weights = new Float32Array(labels.length * rarity.length);
  const bias = new Float64Array(labels.length);
  const shares = new Float64Array(labels.length);

  for (let round = 0; round < ROUNDS; round++) {
    const step = STEP * (1 - round / ROUNDS);
    for (const { label, vector } of shuffled(rows, round)) {
      softmax(weights, bias, vector, shares);
      for (let other = 0; other < shares.length; other++) {
        const pull = ((other === label ? 1 : 0) - (shares[other] ?? 0)) * step * (balance[label] ?? 1);
        if (Math.abs(pull) < SETTLED) continue;
        bias[other] = (bias[other] ?? 0) + pull * 0.1;
        add(weights, labels.length, other, vector, pull);
      }
    }
  }
  return { labels, numbering, rarity, weights, bias };
}

/** Numbers what stands in enough examples, and tells in how many. */
function numberFeatures(
  examples: readonly Example[],
  leastPairs: number,
): { numbering: Numbering; counts: number[] } {
  const runs = Math.max(0, ...examples.map(({ features }) => features.runs.length));
  const counts: number[] = [];
  const numbersOf = (of: (features: Features) => readonly string[], least: number): Map<string, Feature> => {
    const occurrences = new Map<string, number>();
    for (const { features } of examples)
      for (const one of new Set(of(features))) occurrences.set(one, (occurrences.get(one) ?? 0) + 1);
    const often = [...occurrences].filter(([, count]) => count >= least);
    return new Map(often.map(([one, count]) => [one, counts.push(count) - 1]));
  };
  const words = Array.from({ length: runs }, (_, run) => numbersOf(({ runs }) => runs[run] ?? [], LEAST));
  const wordCount = counts.length;
  const tags = numbersOf((features) => features.tags, LEAST);
  const pairs = emptyTable();
  for (const [run, numbers] of words.entries()) {
    const known = numbersOf(({ runs }) => pairsOf(runs[run] ?? []), leastPairs);
    for (const [pair, feature] of known) {
      const [first = "", second = ""] = pair.split(" ");
      setNumber(pairs, (numbers.get(first) ?? 0) * wordCount + (numbers.get(second) ?? 0), feature);
    }
  }
  return { numbering: { wordCount, words, pairs, tags }, counts };
}

function pairsOf(words: readonly string[]): string[] {
  return words.slice(1).map((word, index) => `${words[index] ?? ""} ${word}`);
}

export function openClassifier({ labels, numbering, rarity, weights, bias }: Learnt): Classifier {
  const vectorOf = vectors(numbering, rarity);
  return {
    classify: (features) => {
      const shares = new Float64Array(labels.length);
      softmax(weights, bias, vectorOf(features), shares);
      return new Map(labels.map((label, at) => [label, shares[at] ?? 0]));
    },
  };
}

/** Numbers of known features, and their rarity, of length one. */
type Vector = { readonly at: readonly Feature[]; readonly value: Float64Array };

/** Gives the function that turns features into their vector, in which each counts once. */
function vectors(
  { wordCount, words, pairs, tags }: Numbering,
  rarity: Float32Array,
): (features: Features) => Vector {
  /** By feature: the vector it was last in. */
  const lastIn = new Uint32Array(rarity.length);
  let vector = 0;
  let at: Feature[] = [];
  let length = 0;
  const take = (feature: Feature): void => {
    if (feature === ABSENT || lastIn[feature] === vector) return;
    lastIn[feature] = vector;
    at.push(feature);
    length += (rarity[feature] ?? 0) ** 2;
  };
  return (features) => {
    vector++;
    at = [];
    length = 0;
    for (let run = 0; run < words.length; run++) {
      const numbers = words[run];
      let before: Feature = ABSENT;
      for (const word of features.runs[run] ?? []) {
        const feature = numbers?.get(word) ?? ABSENT;
        take(feature);
        if (before !== ABSENT && feature !== ABSENT) take(numberAt(pairs, before * wordCount + feature));
        before = feature;
      }
    }
    // Of words that nothing was learnt of, how many they are says nothing.
    if (at.length > 0) for (const tag of features.tags) take(tags.get(tag) ?? ABSENT);
    const value = new Float64Array(at.length);
    const root = Math.sqrt(length) || 1;
    for (let place = 0; place < at.length; place++) value[place] = (rarity[at[place] ?? 0] ?? 0) / root;
    return { at, value };
  };
}

/** Moves the weights of a vector's features for one of so many labels. */
function add(
  weights: Float32Array,
  labels: number,
  label: number,
  { at, value }: Vector,
  factor: number,
): void {
  for (let index = 0; index < at.length; index++) {
    const place = (at[index] ?? 0) * labels + label;
    weights[place] = (weights[place] ?? 0) + factor * (value[index] ?? 0);
  }
}

/** Each label's share of the trust, into `shares`. */
function softmax(
  weights: Float32Array,
  bias: Float64Array,
  { at, value }: Vector,
  shares: Float64Array,
): void {
  const labels = shares.length;
  shares.set(bias);
  for (let index = 0; index < at.length; index++) {
    const from = (at[index] ?? 0) * labels;
    const much = value[index] ?? 0;
    for (let label = 0; label < labels; label++)
      shares[label] = (shares[label] ?? 0) + (weights[from + label] ?? 0) * much;
  }
  const highest = shares.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  let total = 0;
  for (let label = 0; label < labels; label++) {
    const power = Math.exp((shares[label] ?? 0) - highest);
    shares[label] = power;
    total += power;
  }
  for (let label = 0; label < labels; label++) shares[label] = (shares[label] ?? 0) / total;
}

/** The same order for the same round, whatever the machine: a linear congruential shuffle. */
function shuffled<T>(rows: readonly T[], round: number): T[] {
  const order = [...rows];
  let state = 12_345 + round;
  for (let at = order.length - 1; at > 0; at--) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const other = Math.floor((state / 2_147_483_648) * (at + 1));
    const [a, b] = [order[at], order[other]];
    if (a !== undefined && b !== undefined) {
      order[at] = b;
      order[other] = a;
    }
  }
  return order;
}
