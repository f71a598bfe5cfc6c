import type { Procedure } from "../knowledge/procedure.ts";
import type { Vocabulary } from "../knowledge/vocabulary.ts";
import { foldedOf, type Syllable } from "../text/fold.ts";
import type { Lexicon } from "../text/lexicon.ts";
import { compilePhrases, coveredBy, findPhrases } from "../text/phrases.ts";

/** A longer message says more than a name. */
const LONGEST = 16;

/**
 * Gives the code of the record that a message calls by its title or everyday name and says nothing of besides: what asks
 * for an aspect ("mất bao lâu") and words without a subject around the name ("cho em hỏi … ạ") count as nothing.
 */
export function buildNameReader(
  procedures: readonly Procedure[],
  vocabulary: Pick<Vocabulary, "aspects">,
  lexicon: Lexicon,
): (text: readonly Syllable[]) => string | undefined {
  const asking = compilePhrases(Object.values(vocabulary.aspects).flat());
  const codes = new Map<string, string | undefined>();
  for (const { code, title, says } of procedures)
    for (const key of new Set([title, ...says].map((name) => foldedOf(lexicon.open(name)))))
      codes.set(key, codes.has(key) ? undefined : code);
  return (text) => {
    if (text.length > LONGEST) return undefined;
    const asked = coveredBy(findPhrases(asking, text));
    const words = text.filter((_, at) => !asked.has(at)).map(({ folded }) => folded);
    const first = words.findIndex((word) => !lexicon.stop.has(word));
    const last = words.findLastIndex((word) => !lexicon.stop.has(word));
    // A name may begin and end with such a word itself ("làm hộ chiếu").
    for (let from = 0; from <= first; from++) {
      for (let end = words.length; end > last; end--) {
        const code = codes.get(words.slice(from, end).join(" "));
        if (code !== undefined) return code;
      }
    }
    return undefined;
  };
}
