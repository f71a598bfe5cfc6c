import type { Bag } from "./features.ts";

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
export function invert(items: readonly Bag[], features: number): Postings {
  const start = new Int32Array(features + 1);
  for (const held of items)
    for (const feature of held.features) start[feature + 1] = (start[feature + 1] ?? 0) + 1;
  for (let feature = 0; feature < features; feature++)
    start[feature + 1] = (start[feature + 1] ?? 0) + (start[feature] ?? 0);
  const next = start.slice();
  const item = new Int32Array(start[features] ?? 0);
  const weight = new Float32Array(item.length);
  for (let index = 0; index < items.length; index++) {
    const held = items[index];
    if (!held) continue;
    for (let place = 0; place < held.features.length; place++) {
      const feature = held.features[place] ?? 0;
      const at = next[feature] ?? 0;
      item[at] = index;
      weight[at] = held.weights[place] ?? 0;
      next[feature] = at + 1;
    }
  }
  return { start, item, weight };
}
