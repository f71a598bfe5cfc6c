import type { AspectName } from "../knowledge/example.ts";
import type { Vocabulary } from "../knowledge/vocabulary.ts";
import type { Syllable } from "../text/fold.ts";
import { compilePhrases, type Found, findPhrases, type Phrases } from "../text/phrases.ts";

/** What of a procedure a question asks for; `general` is the whole card. */
export type Aspect = AspectName;

/** @param learnt share of each aspect, as learnt from examples */
export type AspectReader = (text: readonly Syllable[], learnt: ReadonlyMap<string, number>) => Aspect;

type Named = Exclude<Aspect, "general">;
/** When several aspects are equally likely, the more definite question wins. */
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
/** What cues add to the learnt share at most, and the weight at which they add half of it. */
const CUES = { most: 1.6, half: 3 };

/** The whole card is right for whoever asks for nothing of it: it takes this much more trust to tell one aspect. */
const GENERAL = 0.45;

/** Builds the reader: what was learnt from examples, and the cues, of which a longer and a later one weighs more. */
export function buildAspectReader(vocabulary: Vocabulary): AspectReader {
  const cues: readonly (readonly [Named, Phrases])[] = ORDER.map((aspect) => [
    aspect,
    compilePhrases(vocabulary.aspects[aspect]),
  ]);
  return (text, learnt) => {
    let best: Aspect = "general";
    let most = (learnt.get("general") ?? 0) + GENERAL;
    for (const [aspect, phrases] of cues) {
      const weight = SHARE[aspect] * weigh(findPhrases(phrases, text), text.length);
      const trust = (learnt.get(aspect) ?? 0) + (CUES.most * weight) / (weight + CUES.half);
      if (trust > most) {
        best = aspect;
        most = trust;
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
