/**
 * Whole numbers (below 2³¹ − 1) by whole numbers, none below 0. Kept in two arrays: a third of a map's memory, and read from a file as
 * they are.
 */
export type NumberTable = { keys: Float64Array; values: Int32Array; size: number };

/** Told where a key stands for nothing. */
export const ABSENT = -1;

const FEWEST = 16;
/** Of so many places each key has one at least. */
const ROOM = 1.5;
/** 2³² by the golden ratio: neighbouring keys come to lie far apart. */
const SPREAD = 0x9e3779b1;
const HIGH = 2 ** 32;

export function emptyTable(): NumberTable {
  return { keys: new Float64Array(FEWEST), values: new Int32Array(FEWEST), size: 0 };
}

/** What the key stands for, or {@link ABSENT}. */
export function numberAt(table: NumberTable, key: number): number {
  return (table.values[placeOf(table, key)] ?? 0) - 1;
}

export function setNumber(table: NumberTable, key: number, value: number): void {
  if ((table.size + 1) * ROOM > table.keys.length) grow(table);
  const place = placeOf(table, key);
  if (table.values[place] === 0) table.size++;
  table.keys[place] = key;
  table.values[place] = value + 1;
}

/** The place of the key, or the empty one where it would stand. */
function placeOf({ keys, values }: NumberTable, key: number): number {
  const last = keys.length - 1;
  const mixed = Math.imul((key >>> 0) ^ Math.imul((key / HIGH) >>> 0, SPREAD), SPREAD);
  let place = (mixed ^ (mixed >>> 15)) & last;
  while (values[place] !== 0 && keys[place] !== key) place = (place + 1) & last;
  return place;
}

function grow(table: NumberTable): void {
  const { keys, values } = table;
  table.keys = new Float64Array(keys.length * 2);
  table.values = new Int32Array(keys.length * 2);
  for (let at = 0; at < keys.length; at++) {
    if (values[at] === 0) continue;
    const place = placeOf(table, keys[at] ?? 0);
    table.keys[place] = keys[at] ?? 0;
    table.values[place] = values[at] ?? 0;
  }
}
