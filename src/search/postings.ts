import type { Feature } from "./features.ts";

/**
 * An inverted list laid out flat: what holds feature `f` is `item[start[f]]` to `item[start[f + 1] - 1]`, each with its
 * weight. Arrays of numbers, since a question runs over some ten thousand of them.
 */
export type Postings = {
  readonly start: Int32Array;
  readonly item: Int32Array;
  readonly weight: Float32Array;
};

/** Turns items with their features round: feature → items, in the items' order. */
export function invert(items: readonly ReadonlyMap<Feature, number>[], features: number): Postings {
  const start = new Int32Array(features + 1);
  for (const held of items) for (const feature of held.keys()) start[feature + 1] = (start[feature + 1] ?? 0) + 1;
  for (let feature = 0; feature < features; feature++)
    start[feature + 1] = (start[feature + 1] ?? 0) + (start[feature] ?? 0);
  const next = start.slice();
  const item = new Int32Array(start[features] ?? 0);
  const weight = new Float32Array(item.length);
  items.forEach((held, index) => {
    for (const [feature, value] of held) {
      const at = next[feature] ?? 0;
      item[at] = index;
      weight[at] = value;
      next[feature] = at + 1;
    }
  });
  return { start, item, weight };
}
