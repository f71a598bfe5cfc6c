/** A text's features, as a classifier sees them. */
export type Features = readonly string[];

/** What was learnt, as plain data that can be kept. */
export type Learnt = {
  readonly labels: readonly string[];
  /** Feature → its number. */
  readonly index: ReadonlyMap<string, number>;
  readonly rarity: Float64Array;
  /** By label, then by feature. */
  readonly weights: readonly Float64Array[];
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
 */
export function learn(examples: readonly Example[]): Learnt {
  const labels = [...new Set(examples.map((example) => example.label))].sort();
  const occurrences = new Map<string, number>();
  for (const { features } of examples)
    for (const feature of new Set(features)) occurrences.set(feature, (occurrences.get(feature) ?? 0) + 1);
  const index = new Map<string, number>();
  const counts: number[] = [];
  for (const [feature, count] of occurrences) {
    if (count < LEAST) continue;
    index.set(feature, index.size);
    counts.push(count);
  }
  const rarity = Float64Array.from(counts, (count) => Math.log(1 + examples.length / count));
  const vectorOf = vectors(index, rarity);
  const rows = examples.map(({ label, features }) => ({
    label: labels.indexOf(label),
    vector: vectorOf(features),
  }));
  const size = labels.map((_, label) => rows.filter((row) => row.label === label).length);
  const balance = size.map((count) => Math.sqrt(rows.length / labels.length / Math.max(1, count)));
  const weights = labels.map(() => new Float64Array(index.size));
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
        const own = weights[other];
        if (own) add(own, vector, pull);
      }
    }
  }
  return { labels, index, rarity, weights, bias };
}

export function openClassifier({ labels, index, rarity, weights, bias }: Learnt): Classifier {
  const vectorOf = vectors(index, rarity);
  return {
    classify: (features) => {
      const shares = new Float64Array(labels.length);
      softmax(weights, bias, vectorOf(features), shares);
      return new Map(labels.map((label, at) => [label, shares[at] ?? 0]));
    },
  };
}

/** Numbers of known features, and their rarity, of length one. */
type Vector = { readonly at: readonly number[]; readonly value: Float64Array };

/** Gives the function that turns features into their vector, in which each counts once. */
function vectors(index: ReadonlyMap<string, number>, rarity: Float64Array): (features: Features) => Vector {
  /** By feature: the vector it was last in. */
  const lastIn = new Uint32Array(rarity.length);
  let vector = 0;
  return (features) => {
    vector++;
    const at: number[] = [];
    let length = 0;
    for (const feature of features) {
      const number = index.get(feature);
      if (number === undefined || lastIn[number] === vector) continue;
      lastIn[number] = vector;
      at.push(number);
      length += (rarity[number] ?? 0) ** 2;
    }
    const value = new Float64Array(at.length);
    const root = Math.sqrt(length) || 1;
    for (let place = 0; place < at.length; place++) value[place] = (rarity[at[place] ?? 0] ?? 0) / root;
    return { at, value };
  };
}

function add(weights: Float64Array, { at, value }: Vector, factor: number): void {
  for (let index = 0; index < at.length; index++) {
    const feature = at[index] ?? 0;
    weights[feature] = (weights[feature] ?? 0) + factor * (value[index] ?? 0);
  }
}

/** Each label's share of the trust, into `shares`. */
function softmax(
  weights: readonly Float64Array[],
  bias: Float64Array,
  { at, value }: Vector,
  shares: Float64Array,
): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (let label = 0; label < shares.length; label++) {
    const own = weights[label];
    let score = bias[label] ?? 0;
    for (let index = 0; index < at.length; index++)
      score += (own?.[at[index] ?? 0] ?? 0) * (value[index] ?? 0);
    shares[label] = score;
    if (score > highest) highest = score;
  }
  let total = 0;
  for (let label = 0; label < shares.length; label++) {
    const power = Math.exp((shares[label] ?? 0) - highest);
    shares[label] = power;
    total += power;
  }
  for (let label = 0; label < shares.length; label++) shares[label] = (shares[label] ?? 0) / total;
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
