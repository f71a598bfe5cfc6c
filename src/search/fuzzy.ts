import Fuse from "fuse.js";
import { fold } from "../text/fold.ts";

/** How far a perfect fuzzy match lifts a candidate, in the measure of its score. */
const LIFT = 0.4;
/** A longer question is a story, which no name resembles as a whole. */
const LONGEST = 60;
/** Names compared of one candidate, the shortest first: they are what people misspell. */
const NAMES = 4;

/** Of a candidate's names those that are compared, folded. */
export function comparable(names: readonly string[]): string[] {
  return names
    .filter((name) => name.length <= LONGEST * 2)
    .toSorted((a, b) => a.length - b.length)
    .slice(0, NAMES)
    .map(fold);
}

/**
 * Re-ranks candidates where the index is unsure: fuse.js compares the question as a whole with their names, which
 * helps where single words are too broken for the index. `namesOf` gives names as {@link comparable} makes them.
 */
export function refine<T extends { readonly id: string; readonly score: number }>(
  question: string,
  candidates: readonly T[],
  namesOf: (id: string) => readonly string[],
): T[] {
  if (question.length > LONGEST) return [...candidates];
  const names = candidates.flatMap(({ id }) => namesOf(id).map((name) => ({ id, name })));
  const fuse = new Fuse(names, {
    keys: ["name"],
    includeScore: true,
    ignoreLocation: true,
    threshold: 0.5,
    minMatchCharLength: 3,
  });
  const lifts = new Map<string, number>();
  for (const { item, score = 1 } of fuse.search(fold(question)))
    lifts.set(item.id, Math.max(lifts.get(item.id) ?? 0, LIFT * (1 - score)));
  return candidates
    .map((one) => ({ ...one, score: one.score + (lifts.get(one.id) ?? 0) }))
    .sort((a, b) => b.score - a.score);
}
