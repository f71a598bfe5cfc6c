/*
 * Names as people mistype them. Folded names are compared: what sounds alike in one part of the country or another
 * (s/x, tr/ch, d/gi/r, l/n, y/i, final n/ng and t/c), and one letter too many, missing, wrong or swapped in one syllable.
 */

const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/^(?:ngh)/, "ng"],
  [/^gh/, "g"],
  [/^(?:gi|r|d)(?=[aeiouy])/, "z"],
  [/^tr/, "ch"],
  [/^s/, "x"],
  [/^n(?=[aeiouy])/, "l"],
  [/^[kq](?!h)/, "c"],
  [/^cu(?=[aeiy])/, "co"],
  [/y/g, "i"],
  [/ng$/, "n"],
  [/c$/, "t"],
];

/** More names than this are no slip of one. */
const MOST = 6;

/** Letters of a syllable in which a slip is seen within a sentence: shorter ones are other words ("mới Hải", "Mỹ Hải"). */
const LONG = 4;

/**
 * @param names folded, syllables apart
 * @returns the names that a folded one may be a slip of; `strict`: it stands in a sentence, and may be no name at all
 */
export function buildMisspelt(names: Iterable<string>): (key: string, strict: boolean) => readonly string[] {
  const all = [...names];
  let table: Table | undefined;
  return (key, strict) => {
    // Most messages name no place, or name it right.
    table ??= tabulate(all);
    const { alike, gaps } = table;
    const parts = key.split(" ");
    const likely = new Set(alike.get(soundOf(parts)));
    if (likely.size > 0) return [...likely].slice(0, MOST);
    for (const [at, part] of parts.entries()) {
      if (strict && part.length < LONG) continue;
      for (const name of gaps.get(gapOf(parts, at)) ?? []) {
        if (isSlip(part, name.split(" ")[at] ?? "")) likely.add(name);
      }
    }
    return likely.size > MOST ? [] : [...likely];
  };
}

type Table = {
  /** By how they sound. */
  readonly alike: ReadonlyMap<string, readonly string[]>;
  /** By what they are with one syllable left out. */
  readonly gaps: ReadonlyMap<string, readonly string[]>;
};

function tabulate(names: readonly string[]): Table {
  const alike = new Map<string, string[]>();
  const gaps = new Map<string, string[]>();
  const add = (map: Map<string, string[]>, key: string, name: string): void => {
    const list = map.get(key);
    if (list) list.push(name);
    else map.set(key, [name]);
  };
  for (const name of names) {
    const parts = name.split(" ");
    if (parts.length < 2 || /\d/.test(name)) continue;
    add(alike, soundOf(parts), name);
    for (const at of parts.keys()) add(gaps, gapOf(parts, at), name);
  }
  return { alike, gaps };
}

function soundOf(parts: readonly string[]): string {
  return parts.map((part) => SOUNDS.reduce((sound, [from, to]) => sound.replace(from, to), part)).join(" ");
}

function gapOf(parts: readonly string[], at: number): string {
  return parts.map((part, index) => (index === at ? "*" : part)).join(" ");
}

/** Whether one letter was added, left out, mistaken or swapped with its neighbour; never the only two letters. */
function isSlip(typed: string, name: string): boolean {
  if (Math.abs(typed.length - name.length) > 1 || Math.max(typed.length, name.length) < 3) return false;
  let start = 0;
  while (start < typed.length && typed[start] === name[start]) start++;
  const end = (shift: number, skip: number): boolean =>
    typed.slice(start + shift) === name.slice(start + skip);
  const swapped = typed[start] === name[start + 1] && typed[start + 1] === name[start] && end(2, 2);
  return end(1, 1) || end(1, 0) || end(0, 1) || swapped;
}
