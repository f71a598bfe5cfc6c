import type { Vocabulary } from "../knowledge/vocabulary.ts";
import { syllables } from "../text/fold.ts";
import { compilePhrases, type Found, findPhrases } from "../text/phrases.ts";

/** A message that begins by saying that something is asked besides (`away`: instead of the topic), and what it asks. */
export type Turned = { readonly away: boolean; readonly rest: string };

/** The words that say so stand after so many syllables at most ("thôi cho em …"). */
const BEFORE = 5;
/** What may stand between these words and the question. */
const FILLER = new Set("nha nhe nhi a di nay ne la ve thi voi dum giup ad oi please".split(" "));

/** Builds the reader of such beginnings. */
export function buildTurnedReader({
  another,
}: Pick<Vocabulary, "another">): (text: string) => Turned | undefined {
  const away = compilePhrases(another.away);
  const besides = compilePhrases(another.besides);
  return (text) => {
    const parts = syllables(text);
    const last = (found: readonly Found[]): number =>
      Math.max(0, ...found.filter(({ at }) => at <= BEFORE).map(({ at, length }) => at + length));
    const head = parts.slice(0, 2 * BEFORE);
    const turns = last(findPhrases(away, head));
    let from = Math.max(turns, last(findPhrases(besides, head)));
    if (from === 0) return undefined;
    while (FILLER.has(parts[from]?.folded ?? "")) from++;
    const composed = text.normalize("NFC");
    const runs = [...composed.matchAll(/[\p{L}\p{M}\p{N}]+/gu)];
    return { away: turns > 0, rest: composed.slice(runs[from]?.index ?? composed.length) };
  };
}
