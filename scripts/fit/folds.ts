import { readFileSync } from "node:fs";
import type { Examples } from "../../src/knowledge/example.ts";
import type { Knowledge } from "../../src/knowledge/load.ts";

/** Parts of the labelled lines; what is fitted to all parts but one is tried on that one. */
export const FOLDS = 5;

/** A text's part: the same wherever the text stands. */
export const foldOf = (text: string): number => Math.floor(number(text) * FOLDS);

/** The same number from 0 to 1 for the same text, whatever the machine (FNV-1a). */
function number(text: string): number {
  let hash = 2_166_136_261;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619);
  return (hash >>> 0) / 2 ** 32;
}

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** The lines of a file that say something. */
export function linesOf(file: string): string[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");
}

/** The knowledge without one fold of its examples of these classes (all, where none are named), and what was taken. */
export function heldOut(
  knowledge: Knowledge,
  fold: number,
  classes?: readonly Examples["class"][],
): {
  readonly left: Knowledge;
  readonly held: { readonly text: string; readonly class: Examples["class"] }[];
} {
  const isHeld = (own: Examples["class"], text: string): boolean =>
    (!classes || classes.includes(own)) && foldOf(text) === fold;
  return {
    left: {
      ...knowledge,
      examples: knowledge.examples.map((one) => ({
        ...one,
        texts: one.texts.filter((text) => !isHeld(one.class, text)),
      })),
    },
    held: knowledge.examples.flatMap((one) =>
      one.texts.filter((text) => isHeld(one.class, text)).map((text) => ({ text, class: one.class })),
    ),
  };
}
