import { type Syllable, syllables } from "./fold.ts";

/** A set of phrases compiled for finding them in texts by whole syllables. */
export type Phrases = { readonly byFirst: ReadonlyMap<string, readonly Phrase[]> };
type Phrase = { readonly text: string; readonly parts: readonly Syllable[] };

/** A phrase found: where it starts, how many syllables it takes. */
export type Found = { readonly text: string; readonly at: number; readonly length: number };

export function compilePhrases(texts: Iterable<string>): Phrases {
  const byFirst = new Map<string, Phrase[]>();
  for (const text of texts) {
    const parts = syllables(text);
    const first = parts[0];
    if (!first) continue;
    const list = byFirst.get(first.folded) ?? [];
    list.push({ text, parts });
    byFirst.set(first.folded, list);
  }
  for (const list of byFirst.values()) list.sort((a, b) => b.parts.length - a.parts.length);
  return { byFirst };
}

/**
 * All phrases in the text, longest first at each place. Several syllables match folded, so that typed-off marks
 * do no harm. A single syllable must carry the same marks ("cò" is not "có"); typed without any marks it counts
 * only when it is four letters or longer, as short ones collide.
 */
export function findPhrases(phrases: Phrases, text: readonly Syllable[]): Found[] {
  const found: Found[] = [];
  text.forEach((syllable, at) => {
    for (const phrase of phrases.byFirst.get(syllable.folded) ?? []) {
      if (matches(phrase.parts, text, at)) found.push({ text: phrase.text, at, length: phrase.parts.length });
    }
  });
  return found;
}

export function hasPhrase(phrases: Phrases, text: readonly Syllable[]): boolean {
  return text.some(({ folded }, at) =>
    phrases.byFirst.get(folded)?.some(({ parts }) => matches(parts, text, at)),
  );
}

/** Whether a phrase whose first syllable stands there does so as a whole. */
function matches(parts: readonly Syllable[], text: readonly Syllable[], at: number): boolean {
  const [only] = parts;
  const typed = text[at];
  if (parts.length === 1 && only && typed) {
    const unmarked = typed.marked === typed.folded;
    return typed.marked === only.marked || (unmarked && typed.folded.length >= 4);
  }
  for (let index = 1; index < parts.length; index++)
    if (text[at + index]?.folded !== parts[index]?.folded) return false;
  return true;
}
