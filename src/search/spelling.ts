/**
 * Gives the known word that a misspelt one most likely stands for, seen between its neighbours; undefined when it is
 * known or nothing is near.
 */
export type Spelling = (word: string, before?: string, after?: string) => string | undefined;

/** The words that are known, how often each occurs, and which stand side by side. */
export type KnownWords = {
  has(word: string): boolean;
  all(): Iterable<string>;
  count(word: string): number;
  together(first: string, second: string): boolean;
};

/** How much a neighbour that the candidate is known with counts, against how common the candidate is. */
const TOGETHER = 6;
/** A slip of the ear, or of the typing system, is likelier than any other letter. */
const ALIKE = 3;

/**
 * Candidate look-up for the slips Vietnamese writers make: telex and vni leftovers, s/x, ch/tr, d/gi/r, n/l, final
 * n/ng and c/t, doubled, missing or swapped letters.
 */
export function buildSpelling(known: KnownWords): Spelling {
  // Made at the first misspelt word: a start need not wait for it.
  let tables: Tables | undefined;
  return (word, before, after) => {
    if (known.has(word) || word.length < 2 || /^\d+$/.test(word)) return undefined;
    const telex = untelex(word);
    if (known.has(telex)) return telex;
    tables ??= tablesOf(known.all());
    const { bySound, byDeletion } = tables;
    const alike = bySound.get(sound(telex)) ?? [];
    const near =
      word.length < 3
        ? []
        : [word, ...deletions(word)]
            .flatMap((key) => byDeletion.get(key) ?? [])
            .filter((candidate) => distanceIsOne(word, candidate));
    const candidates = [...new Set([...alike, ...near])].sort();
    const likely = (candidate: string): number =>
      (alike.includes(candidate) ? ALIKE : 0) +
      Math.log(1 + known.count(candidate)) +
      (before && known.together(before, candidate) ? TOGETHER : 0) +
      (after && known.together(candidate, after) ? TOGETHER : 0);
    let best: string | undefined;
    let score = Number.NEGATIVE_INFINITY;
    for (const candidate of candidates) {
      const own = likely(candidate);
      if (own > score) {
        best = candidate;
        score = own;
      }
    }
    return best;
  };
}

type Tables = {
  readonly bySound: ReadonlyMap<string, readonly string[]>;
  readonly byDeletion: ReadonlyMap<string, readonly string[]>;
};

function tablesOf(words: Iterable<string>): Tables {
  const known = [...new Set(words)];
  return {
    bySound: group(known, (word) => [sound(word)]),
    byDeletion: group(
      known.filter((word) => word.length >= 3),
      deletions,
    ),
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
function sound(word: string): string {
  return word
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
