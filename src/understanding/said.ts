import { syllables } from "../text/fold.ts";

/** Folded syllables → how they are typed, with marks, where they mean what is listened for. */
export type Meant = ReadonlyMap<string, readonly string[]>;

/** @param typed the syllables as typed with marks: "sợ" is meant, so that "sơ" and "số" are not */
export function meaning(...typed: readonly string[]): Meant {
  const meant = new Map<string, string[]>();
  for (const { folded, marked } of typed.flatMap(syllables))
    meant.set(folded, [...(meant.get(folded) ?? []), marked]);
  return meant;
}

/** Folded words, one space between; a dash for one that is typed with other marks than it is meant with. */
export function saidIn(text: string, meant: Meant): string {
  return syllables(text)
    .map(({ folded, marked }) =>
      marked !== folded && meant.get(folded)?.includes(marked) === false ? "-" : folded,
    )
    .join(" ");
}
