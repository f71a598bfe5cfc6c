import Fuse from "fuse.js";
import { fold } from "../text/fold.ts";
import type { Hit } from "./search-index.ts";

/** Below this score the index is unsure and the fuzzy stage has a say. */
const UNSURE = 1.2;
/** How far a perfect fuzzy match lifts a candidate. */
const LIFT = 0.5;
/** A longer question is a story, which no name resembles as a whole. */
const LONGEST = 60;

/**
 * Re-ranks the index's candidates where it is unsure: fuse.js compares the question as a whole with their names, which
 * helps where single words are too broken for the index.
 */
export function refine(
  question: string,
  candidates: readonly Hit[],
  namesOf: (id: string) => readonly string[],
): readonly Hit[] {
  const best = candidates[0];
  if (!best || best.score >= UNSURE || question.length > LONGEST) return candidates;
  const fuse = new Fuse(
    candidates.flatMap((hit) => namesOf(hit.id).map((name) => ({ id: hit.id, name: fold(name) }))),
    { keys: ["name"], includeScore: true, ignoreLocation: true, threshold: 0.5, minMatchCharLength: 3 },
  );
  const lifts = new Map<string, number>();
  for (const { item, score = 1 } of fuse.search(fold(question))) {
    lifts.set(item.id, Math.max(lifts.get(item.id) ?? 0, LIFT * (1 - score)));
  }
  return candidates
    .map((hit) => ({ id: hit.id, score: hit.score + (lifts.get(hit.id) ?? 0) }))
    .toSorted((a, b) => b.score - a.score);
}
