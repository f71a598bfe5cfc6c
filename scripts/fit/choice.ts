/** One thing to be chosen among several: what speaks for each, and whether it is right. */
export type Choice = {
  readonly candidates: readonly { readonly signals: readonly number[]; readonly right: boolean }[];
};

const ROUNDS = 1000;
const RATE = 0.05;
const DECAY = 1e-3;

/** Softmax over each choice's candidates, by gradient descent on signals of equal spread. */
export function fitChoices(rows: readonly Choice[], size: number): number[] {
  const usable = rows.filter((row) => row.candidates.some(({ right }) => right));
  const spread = spreadOf(
    usable.flatMap((row) => row.candidates.map(({ signals }) => signals)),
    size,
  );
  const scaled = usable.map((row) => ({
    right: row.candidates.map((candidate) => candidate.right),
    // Flat, since this is gone through some hundred million times.
    values: Float64Array.from(
      row.candidates.flatMap(({ signals }) => Array.from(signals, (value, at) => value / (spread[at] ?? 1))),
    ),
  }));
  const weights = descend(size, (own, gradient) => {
    for (const { right, values } of scaled) {
      const shares = softmax(
        right.map((_, candidate) => {
          let score = 0;
          for (let at = 0; at < size; at++) score += (own[at] ?? 0) * (values[candidate * size + at] ?? 0);
          return score;
        }),
      );
      const rights = shares.reduce((sum, share, at) => sum + (right[at] ? share : 0), 0);
      for (let candidate = 0; candidate < right.length; candidate++) {
        const share = shares[candidate] ?? 0;
        const pull = ((right[candidate] ? share / rights : 0) - share) / scaled.length;
        if (Math.abs(pull) < 1e-9) continue;
        for (let at = 0; at < size; at++)
          gradient[at] = (gradient[at] ?? 0) + pull * (values[candidate * size + at] ?? 0);
      }
    }
  });
  return weights.map((weight, at) => weight / (spread[at] ?? 1));
}

/** The candidate that weighs most. */
export function heaviest<T extends { readonly signals: readonly number[] }>(
  candidates: readonly T[],
  weights: readonly number[],
): T | undefined {
  return candidates.toSorted((a, b) => dot(weights, b.signals) - dot(weights, a.signals))[0];
}

/** Weights by gradient descent (Adam); `addGradient` adds up what pulls each upwards. */
function descend(
  size: number,
  addGradient: (weights: readonly number[], gradient: number[]) => void,
): number[] {
  const weights = Array.from({ length: size }, () => 0);
  const momentum = new Float64Array(size);
  const squares = new Float64Array(size);
  for (let round = 1; round <= ROUNDS; round++) {
    const gradient = Array.from({ length: size }, () => 0);
    addGradient(weights, gradient);
    const rate = RATE * (1 - round / (ROUNDS + 1));
    gradient.forEach((value, at) => {
      const pull = value - DECAY * (weights[at] ?? 0);
      momentum[at] = 0.9 * (momentum[at] ?? 0) + 0.1 * pull;
      squares[at] = 0.99 * (squares[at] ?? 0) + 0.01 * pull * pull;
      const step = (momentum[at] ?? 0) / (1 - 0.9 ** round);
      weights[at] =
        (weights[at] ?? 0) + (rate * step) / (Math.sqrt((squares[at] ?? 0) / (1 - 0.99 ** round)) + 1e-8);
    });
  }
  return weights;
}

function softmax(scores: readonly number[]): number[] {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** How far each signal spreads (standard deviation); 1 for what is always the same. */
export function spreadOf(all: readonly (readonly number[])[], size: number): number[] {
  return Array.from({ length: size }, (_, at) => {
    const mean = all.reduce((sum, signals) => sum + (signals[at] ?? 0), 0) / all.length;
    const variance = all.reduce((sum, signals) => sum + ((signals[at] ?? 0) - mean) ** 2, 0) / all.length;
    return Math.sqrt(variance) || 1;
  });
}

/** Whether something is so: the evidence, in which a last 1 may stand for the bias, and what it counts of all. */
export type Verdict = {
  readonly evidence: ArrayLike<number>;
  readonly yes: boolean;
  readonly weight: number;
};

/** Logistic regression. */
export function fitVerdicts(verdicts: readonly Verdict[], size: number): number[] {
  return descend(size, (own, gradient) => {
    for (const { evidence, yes, weight } of verdicts) {
      const pull = weight * (Number(yes) - 1 / (1 + Math.exp(-dot(own, evidence))));
      for (let at = 0; at < size; at++) gradient[at] = (gradient[at] ?? 0) + pull * (evidence[at] ?? 0);
    }
  });
}

export function dot(weights: readonly number[], values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < weights.length; at++) sum += (weights[at] ?? 0) * (values[at] ?? 0);
  return sum;
}
