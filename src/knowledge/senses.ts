import type { Fault } from "./read-yaml.ts";

/**
 * What words and pairs of neighbouring words, folded, speak of: a vector each, near to those of words that people use for
 * the same procedures. Learnt by `scripts/fit-senses.ts` from the knowledge's names and phrasings, not by hand.
 */
export type Senses = {
  /** Numbers in a vector; 0 where nothing was learnt. */
  readonly dimensions: number;
  /** By word, or pair with one space between: which vector is its own. */
  readonly rows: ReadonlyMap<string, number>;
  /** All vectors, one after the other, in steps of 1/127 of the largest number. */
  readonly vectors: Int8Array;
};

/** Largest number of a vector as it is kept. */
export const STEPS = 127;

export const NO_SENSES: Senses = { dimensions: 0, rows: new Map(), vectors: new Int8Array() };

/** One line a word or pair: itself, a tab, the numbers of its vector in base64. */
export function writeSenses({ dimensions, rows, vectors }: Senses): string {
  const bytes = Buffer.from(vectors.buffer, vectors.byteOffset, vectors.length);
  return [...rows]
    .map(([term, row]) => {
      const from = row * dimensions;
      return `${term}\t${bytes.subarray(from, from + dimensions).toString("base64")}\n`;
    })
    .join("");
}

/** Reads what {@link writeSenses} wrote; a fault where a line is none, or another long than the first. */
export function readSenses(text: string, file: string, faults: Fault[]): Senses {
  const lines = text.split("\n").filter((line) => line !== "");
  if (lines.length === 0)
    faults.push({ file, line: 1, problem: "is empty; write it with scripts/fit-senses.ts, or delete it" });
  const dimensions = vectorOf(lines[0] ?? "").length;
  const rows = new Map<string, number>();
  const vectors = new Int8Array(lines.length * dimensions);
  lines.forEach((line, row) => {
    const vector = vectorOf(line);
    if (vector.length === 0 || vector.length !== dimensions) {
      const problem = "is no word with its vector; write the file anew with scripts/fit-senses.ts";
      faults.push({ file, line: row + 1, problem });
      return;
    }
    rows.set(line.slice(0, line.indexOf("\t")), row);
    vectors.set(vector, row * dimensions);
  });
  return { dimensions, rows, vectors };
}

function vectorOf(line: string): Int8Array {
  const tab = line.indexOf("\t");
  return new Int8Array(tab < 1 ? [] : Buffer.from(line.slice(tab + 1), "base64"));
}
