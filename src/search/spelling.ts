/** Gives the known word that a misspelt one most likely stands for; undefined when it is known or nothing is near. */
export type Spelling = (word: string) => string | undefined;

/**
 * Candidate look-up for the slips Vietnamese writers make: telex and vni leftovers, s/x, ch/tr, d/gi/r, n/l, final
 * n/ng and c/t, doubled, missing or swapped letters.
 */
export function buildSpelling(known: readonly string[]): Spelling {
  const words = new Set(known);
  const bySound = group(known, sound);
  const byDeletion = group(
    known.filter((word) => word.length >= 3),
    deletions,
  );
  return (word) => {
    if (words.has(word) || word.length < 2 || /^\d+$/.test(word)) return undefined;
    const telex = untelex(word);
    if (words.has(telex)) return telex;
    const alike = bySound.get(sound(telex)[0] ?? "");
    if (alike?.length === 1) return alike[0];
    if (word.length < 4) return alike?.[0];
    const near = new Set([word, ...deletions(word)].flatMap((key) => byDeletion.get(key) ?? []));
    const candidates = [...near].filter((candidate) => distanceIsOne(word, candidate));
    return candidates.length > 0 ? candidates.sort()[0] : alike?.[0];
  };
}

/** Telex and vni leftovers: doubled vowels, w, dd, a tone letter or digit at the end. */
function untelex(word: string): string {
  return word
    .replaceAll(/([a-z])\1+/g, "$1")
    .replaceAll("w", "")
    .replace(/([aeiouy](?:[cmnpt]|ch|ng|nh)?)[sfrxj]$/, "$1")
    .replaceAll(/(?<=[a-z])[0-9]{1,2}/g, "");
}

/** A key that words sounding alike share. */
function sound(word: string): string[] {
  const key = word
    .replace(/^(?:gi|r|d)/, "d")
    .replace(/^tr/, "ch")
    .replace(/^x/, "s")
    .replace(/^(?:ngh)/, "ng")
    .replace(/^gh/, "g")
    .replace(/^(?:k|q)/, "c")
    .replace(/^n(?!g|h)/, "l")
    .replace(/ng$/, "n")
    .replace(/[ct]$/, "c")
    .replaceAll("y", "i");
  return [key];
}

/** The word with each one letter left out. */
function deletions(word: string): string[] {
  return Array.from(word, (_, index) => word.slice(0, index) + word.slice(index + 1));
}

function group(words: readonly string[], keysOf: (word: string) => string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const word of words) {
    for (const key of new Set([...keysOf(word), word])) {
      const list = groups.get(key);
      if (list) list.push(word);
      else groups.set(key, [word]);
    }
  }
  return groups;
}

/** One letter more, less, other, or two neighbours swapped. */
function distanceIsOne(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  const swapped = left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
  return swapped || (left.length <= 1 && right.length <= 1);
}
