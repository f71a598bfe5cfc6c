import { words } from "../text/fold.ts";
import { hash } from "../text/hash.ts";

/** The pairs of neighbouring folded words of a text, as sorted numbers: what two texts are compared by. */
export type Shingles = Uint32Array;

/** Without marks, case, punctuation and spaces; a text of one word counts as that word. */
export function shinglesOf(text: string): Shingles {
  const all = words(text);
  const pairs = all.length < 2 ? all : all.slice(1).map((word, index) => `${all[index] ?? ""} ${word}`);
  return Uint32Array.from(new Set(pairs.map(hash))).toSorted();
}

/** How alike two texts are, from 0 to 1: the pairs that both have, of all pairs. */
export function likeness(one: Shingles, other: Shingles): number {
  let both = 0;
  for (let at = 0, beside = 0; at < one.length && beside < other.length; ) {
    const [mine = 0, theirs = 0] = [one[at], other[beside]];
    if (mine === theirs) both++;
    if (mine <= theirs) at++;
    if (theirs <= mine) beside++;
  }
  const all = one.length + other.length - both;
  return all === 0 ? 1 : both / all;
}

/** Finds texts that are nearly the same without comparing each with each. */
export type Alike<T> = {
  add(shingles: Shingles, item: T): void;
  remove(shingles: Shingles, item: T): void;
  /** Those added that are like this one; of a great many, some of the latest. */
  near(shingles: Shingles): readonly T[];
};

/** Rows a band: texts that agree in one band are compared. At a likeness of 0.6 one in a thousand is overlooked. */
const ROWS = 2;
const BANDS = 16;
/** Kept of those that share a band: of texts that are sent by thousands the latest are enough. */
const MOST_NEAR = 20;

/** @param atLeast the likeness from which texts are near */
export function createAlike<T>(atLeast: number): Alike<T> {
  type Kept = { readonly shingles: Shingles; readonly item: T };
  const bands = new Map<number, Kept[]>();
  return {
    add: (shingles, item) => {
      const kept = { shingles, item };
      for (const band of bandsOf(shingles)) {
        const sharing = bands.get(band);
        if (!sharing) bands.set(band, [kept]);
        else if (sharing.push(kept) > MOST_NEAR) sharing.shift();
      }
    },
    remove: (shingles, item) => {
      for (const band of bandsOf(shingles)) {
        const sharing = bands.get(band) ?? [];
        // What is removed is mostly the oldest, which stands first.
        const found = sharing.findIndex((kept) => kept.item === item);
        if (found >= 0) sharing.splice(found, 1);
        if (sharing.length === 0) bands.delete(band);
      }
    },
    near: (shingles) => {
      const sharing = new Set<Kept>();
      for (const band of bandsOf(shingles)) {
        for (const kept of bands.get(band) ?? []) sharing.add(kept);
      }
      const near: T[] = [];
      for (const kept of sharing) if (likeness(kept.shingles, shingles) >= atLeast) near.push(kept.item);
      return near;
    },
  };
}

/** A text's bands: each the least of its pairs in a few mixed orders (MinHash). */
function bandsOf(shingles: Shingles): number[] {
  return Array.from({ length: BANDS }, (_, band) => {
    let key = band + 1;
    for (let row = 0; row < ROWS; row++) key = mix(key ^ least(shingles, band * ROWS + row + 1));
    // Signed: as a key of a map it needs no memory of its own then.
    return key | 0;
  });
}

function least(shingles: Shingles, order: number): number {
  let found = 0xffffffff;
  for (const shingle of shingles) {
    const mixed = mix(shingle ^ Math.imul(order, 0x9e3779b1));
    if (mixed < found) found = mixed;
  }
  return found;
}

/** 32 bits well mixed (MurmurHash3's finish). */
function mix(number: number): number {
  let mixed = number;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
