/** Turns weights into a measure of signals, which stand in the order of their names; those without a weight count nothing. */
export function weigher(
  names: readonly string[],
  weights: Readonly<Record<string, number>>,
): (signals: readonly number[]) => number {
  const byPlace = Float64Array.from(names, (name) => weights[name] ?? 0);
  return (signals) => {
    let sum = 0;
    for (let at = 0; at < byPlace.length; at++) sum += (byPlace[at] ?? 0) * (signals[at] ?? 0);
    return sum;
  };
}

/** What is found, its signals, and their measure. */
export type Weighed = {
  readonly id: string;
  readonly signals: readonly number[];
  readonly score: number;
};

/** Best first, each with its share of all (softmax): what the weights were fitted to. */
export function shared(weighed: readonly Weighed[]): (Weighed & { readonly share: number })[] {
  const ranked = weighed.toSorted((a, b) => b.score - a.score);
  const highest = ranked[0]?.score ?? 0;
  const total = ranked.reduce((sum, { score }) => sum + Math.exp(score - highest), 0);
  // Field by field: some hundred are made for each question, and a spread takes several times as long.
  return ranked.map(({ id, signals, score }) => ({
    id,
    signals,
    score,
    share: Math.exp(score - highest) / total,
  }));
}
