import { words } from "../text/fold.ts";
import { hash } from "../text/hash.ts";

/** The pairs of neighbouring folded words of a text, as sorted numbers: what two texts are compared by. */
export type Shingles = Uint16Array;

/** Of a longer text so many pairs are kept, the least by their numbers: they are as good as drawn by lot. */
const MOST_PAIRS = 48;

/** Without marks, case, punctuation and spaces; a text of one word counts as that word. Of a long text the least ones. */
export function shinglesOf(text: string): Shingles {
  const all = words(text);
  const pairs = all.length < 2 ? all : all.slice(1).map((word, index) => `${all[index] ?? ""} ${word}`);
  const least = Uint32Array.from(new Set(pairs.map(hash)))
    .toSorted()
    .slice(0, MOST_PAIRS);
  // The upper half tells few dozen pairs apart well enough.
  return Uint16Array.from(least, (pair) => pair >>> 16);
}

/** How alike two texts are, from 0 to 1: the pairs that both have, of all pairs; of long texts by a sample of those. */
export function likeness(one: Shingles, other: Shingles): number {
  // Of a long text it is not known which greater ones it has.
  const until = Math.min(knownUntil(one), knownUntil(other));
  let [both, all] = [0, 0];
  for (let at = 0, beside = 0; ; all++) {
    const [mine = BEYOND, theirs = BEYOND] = [one[at], other[beside]];
    if (Math.min(mine, theirs) > until) break;
    if (mine === theirs) both++;
    if (mine <= theirs) at++;
    if (theirs <= mine) beside++;
  }
  return all === 0 ? 1 : both / all;
}

/** More than any pair. */
const BEYOND = 2 ** 16;

function knownUntil(shingles: Shingles): number {
  return shingles.length < MOST_PAIRS ? BEYOND - 1 : (shingles[MOST_PAIRS - 1] ?? 0);
}

/** Finds texts that are nearly the same without comparing each with each. Each lies at a place, a number. */
export type Alike = {
  /** Instead of what lay there. */
  put(place: number, shingles: Shingles): void;
  clear(place: number): void;
  /** Where those lie that are like this one; of a great many, some of the latest. */
  near(shingles: Shingles): readonly number[];
};

/** Rows a band: texts that agree in one band are compared. At a likeness of 0.6 one in a thousand is overlooked. */
const ROWS = 2;
const BANDS = 16;
/** Looked at of those that share a band: of texts that are sent by thousands the latest are enough. */
const MOST_NEAR = 20;
/** Stands for no place: they are counted from one where one points to another. */
const NONE = 0;
/** More pairs than are kept of a text. */
const EMPTY = 255;

/**
 * Keeps all in tables of numbers that are made once: what is put in takes no more memory.
 * @param atLeast the likeness from which texts are near
 * @param places how many there are, from 0 on
 */
export function createAlike(atLeast: number, places: number): Alike {
  const pairs = new Uint16Array(places * MOST_PAIRS).fill(NONE);
  const counts = new Uint8Array(places).fill(EMPTY);
  // In each band a text hangs on the thread of one bucket, the latest first.
  const buckets = 2 ** Math.ceil(Math.log2(places));
  const latest = pointers(buckets * BANDS, places);
  const older = pointers(places * BANDS, places);
  const newer = pointers(places * BANDS, places);

  const kept = (place: number): Shingles =>
    pairs.subarray(place * MOST_PAIRS, place * MOST_PAIRS + (counts[place] ?? 0));
  /** For each band where its thread begins. */
  const threadsOf = (shingles: Shingles): number[] =>
    bandsOf(shingles).map((key, band) => band * buckets + (key & (buckets - 1)));
  const knot = (pointer: number, band: number): number => (pointer - 1) * BANDS + band;
  const clear = (place: number): void => {
    if (counts[place] === EMPTY) return;
    for (const [band, thread] of threadsOf(kept(place)).entries()) {
      const own = knot(place + 1, band);
      const [before = NONE, after = NONE] = [older[own], newer[own]];
      if (before !== NONE) newer[knot(before, band)] = after;
      if (after !== NONE) older[knot(after, band)] = before;
      else latest[thread] = before;
    }
    counts[place] = EMPTY;
  };

  return {
    put: (place, shingles) => {
      clear(place);
      counts[place] = shingles.length;
      pairs.set(shingles, place * MOST_PAIRS);
      for (const [band, thread] of threadsOf(shingles).entries()) {
        const own = knot(place + 1, band);
        const before = latest[thread] ?? NONE;
        older[own] = before;
        newer[own] = NONE;
        if (before !== NONE) newer[knot(before, band)] = place + 1;
        latest[thread] = place + 1;
      }
    },
    clear,
    near: (shingles) => {
      const found = new Set<number>();
      for (const [band, thread] of threadsOf(shingles).entries()) {
        let pointer = latest[thread] ?? NONE;
        for (let seen = 0; pointer !== NONE && seen < MOST_NEAR; seen++) {
          found.add(pointer - 1);
          pointer = older[knot(pointer, band)] ?? NONE;
        }
      }
      return [...found].filter((place) => likeness(kept(place), shingles) >= atLeast);
    },
  };
}

/** Room for so many pointers to one of the places; written once, so that its memory is taken now and not little by little. */
function pointers(length: number, places: number): Uint16Array | Uint32Array {
  return (places < 2 ** 16 ? new Uint16Array(length) : new Uint32Array(length)).fill(NONE);
}

/** A text's bands: each the least of its pairs in a few mixed orders (MinHash). */
function bandsOf(shingles: Shingles): number[] {
  return Array.from({ length: BANDS }, (_, band) => {
    let key = band + 1;
    for (let row = 0; row < ROWS; row++) key = mix(key ^ least(shingles, band * ROWS + row + 1));
    return key;
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
