import type { Vocabulary } from "../knowledge/vocabulary.ts";
import type { Syllable } from "../text/fold.ts";
import { compilePhrases, type Found, findPhrases, type Phrases } from "../text/phrases.ts";

/** What of a procedure a question asks for; `general` is the whole card. */
export type Aspect =
  | "documents"
  | "time"
  | "fee"
  | "where"
  | "online"
  | "steps"
  | "legal"
  | "result"
  | "general";

export type AspectReader = (text: readonly Syllable[]) => Aspect;

type Named = Exclude<Aspect, "general">;
/** When cues of several aspects are equally strong, the more definite question wins. */
const ORDER: readonly Named[] = ["result", "fee", "time", "online", "documents", "where", "legal", "steps"];

/** "Được không" and "thế nào" end all sorts of questions; what else is asked counts more. */
const SHARE: Readonly<Record<Named, number>> = {
  result: 1,
  fee: 1,
  time: 1,
  online: 1,
  documents: 1,
  where: 1,
  legal: 0.6,
  steps: 0.8,
};

/** Builds the reader: the aspect whose cues weigh most, where a longer and a later cue weighs more. */
export function buildAspectReader(vocabulary: Vocabulary): AspectReader {
  const cues: readonly (readonly [Named, Phrases])[] = ORDER.map((aspect) => [
    aspect,
    compilePhrases(vocabulary.aspects[aspect]),
  ]);
  return (text) => {
    let best: Aspect = "general";
    let weight = 0;
    for (const [aspect, phrases] of cues) {
      const score = SHARE[aspect] * weigh(findPhrases(phrases, text), text.length);
      if (score > weight) {
        best = aspect;
        weight = score;
      }
    }
    return best;
  };
}

/** The question usually stands at the end of a story; cues inside a longer cue do not count again. */
function weigh(found: readonly Found[], length: number): number {
  const own = found.filter(
    (cue) => !found.some((other) => other !== cue && other.length > cue.length && covers(other, cue)),
  );
  return own.reduce(
    (sum, cue) => sum + cue.length * (0.6 + (0.4 * (cue.at + cue.length)) / Math.max(1, length)),
    0,
  );
}

function covers(outer: Found, inner: Found): boolean {
  return outer.at <= inner.at && outer.at + outer.length >= inner.at + inner.length;
}
