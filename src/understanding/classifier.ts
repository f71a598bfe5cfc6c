/** A text's features, as a classifier sees them. */
export type Features = readonly string[];

/** Tells how likely a text belongs to each label; the shares sum to 1. */
export type Classifier = { classify(features: Features): ReadonlyMap<string, number> };

export type Example = { readonly label: string; readonly features: Features };

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
export function learn(examples: readonly Example[]): Classifier {
  const labels = [...new Set(examples.map((example) => example.label))].sort();
  const index = new Map<string, number>();
  const counts: number[] = [];
  for (const { features } of examples) {
    for (const feature of new Set(features)) {
      const at = index.get(feature) ?? index.size;
      index.set(feature, at);
      counts[at] = (counts[at] ?? 0) + 1;
    }
  }
  const rarity = counts.map((count) => Math.log(1 + examples.length / count));
  const rows = examples.map(({ label, features }) => ({
    label: labels.indexOf(label),
    vector: vectorOf(features, index, rarity),
  }));
  const size = labels.map((_, label) => rows.filter((row) => row.label === label).length);
  const balance = size.map((count) => Math.sqrt(rows.length / labels.length / Math.max(1, count)));
  const weights = labels.map(() => new Float64Array(index.size));
  const bias = new Float64Array(labels.length);

  for (let round = 0; round < ROUNDS; round++) {
    const step = STEP * (1 - round / ROUNDS);
    for (const row of shuffled(rows, round)) {
      const shares = softmax(weights, bias, row.vector);
      shares.forEach((share, label) => {
        const pull = ((label === row.label ? 1 : 0) - share) * step * (balance[row.label] ?? 1);
        if (Math.abs(pull) < SETTLED) return;
        bias[label] = (bias[label] ?? 0) + pull * 0.1;
        const own = weights[label];
        if (own) for (const [at, value] of row.vector) own[at] = (own[at] ?? 0) + pull * value;
      });
    }
  }
  return {
    classify: (features) => {
      const shares = softmax(weights, bias, vectorOf(features, index, rarity));
      return new Map(labels.map((label, at) => [label, shares[at] ?? 0]));
    },
  };
}

type Vector = readonly (readonly [number, number])[];

/** Known features with their rarity, of length one. */
function vectorOf(features: Features, index: ReadonlyMap<string, number>, rarity: readonly number[]): Vector {
  const known = [...new Set(features)].flatMap((feature) => index.get(feature) ?? []);
  const length = Math.sqrt(known.reduce((sum, at) => sum + (rarity[at] ?? 0) ** 2, 0)) || 1;
  return known.map((at) => [at, (rarity[at] ?? 0) / length]);
}

function softmax(weights: readonly Float64Array[], bias: Float64Array, vector: Vector): number[] {
  const scores = weights.map((own, label) =>
    vector.reduce((sum, [at, value]) => sum + (own[at] ?? 0) * value, bias[label] ?? 0),
  );
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
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
