import { type Senses, STEPS } from "../knowledge/senses.ts";

/** Tells by learnt vectors how near what is asked is to what is told, also where they share no word. */
export type SenseReader = {
  /** Numbers in a vector. */
  readonly dimensions: number;
  /** What these folded words speak of together, the longer the surer; all 0 where none of them is known. */
  of(words: readonly string[]): Float32Array;
  /** What several texts of one thing speak of, as a vector of length 1; all 0 where no word of them is known. */
  ofTexts(texts: readonly (readonly string[])[]): Float32Array;
};

/** The words and neighbouring pairs that have vectors; what carries no subject counts as well: "lấy lại" is not "lấy". */
export function termsOf(words: readonly string[]): string[] {
  return [...words, ...words.slice(1).map((second, at) => `${words[at]} ${second}`)];
}

export function openSenses({ dimensions, rows, vectors }: Senses): SenseReader {
  const of = (words: readonly string[]): Float32Array => {
    const steps = new Int32Array(dimensions);
    let known = 0;
    for (const term of termsOf(words)) {
      const row = rows.get(term);
      if (row === undefined) continue;
      known++;
      const from = row * dimensions;
      for (let at = 0; at < dimensions; at++) steps[at] = (steps[at] ?? 0) + (vectors[from + at] ?? 0);
    }
    // What many words say is surer than what one says, but not so many times.
    const whole = STEPS * Math.sqrt(Math.max(1, known));
    const sum = new Float32Array(dimensions);
    for (let at = 0; at < dimensions; at++) sum[at] = (steps[at] ?? 0) / whole;
    return sum;
  };
  return {
    dimensions,
    of,
    ofTexts: (texts) => {
      const sum = new Float32Array(dimensions);
      for (const text of texts)
        of(text).forEach((number, at) => {
          sum[at] = (sum[at] ?? 0) + number;
        });
      const length = Math.hypot(...sum);
      return length === 0 ? sum : sum.map((number) => number / length);
    },
  };
}
