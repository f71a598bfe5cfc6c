import type { Brief, Catalogue } from "../../src/knowledge/catalogue.ts";
import type { Knowledge } from "../../src/knowledge/load.ts";
import type { Phrased } from "../../src/knowledge/phrasings.ts";
import { type Seeded, seeded } from "./seeded.ts";

export type Stock = { readonly knowledge: Knowledge; readonly catalogue: Catalogue };

const SEED = 2026;

/**
 * The catalogue with so many records: a sample of the real ones, or all of them and made-up ones, each with the first
 * half of one real name, of its papers and of its phrasings, and the second half of another's.
 */
export function resize({ knowledge, catalogue }: Stock, records: number): Stock {
  const random = seeded(SEED);
  const real = random.shuffle(catalogue.briefs);
  const briefs: Brief[] = real.slice(0, records);
  const phrasings = new Map(knowledge.phrasings);
  for (let number = 0; briefs.length < records; number++) {
    const [one, other] = [random.pick(real), random.pick(real)];
    const code = `9.${String(number).padStart(6, "0")}`;
    briefs.push(madeUp(code, one, other));
    const said = phrasedAs(knowledge.phrasings.get(one.code), knowledge.phrasings.get(other.code), random);
    if (said) phrasings.set(code, said);
  }
  return {
    knowledge: { ...knowledge, phrasings },
    catalogue: { briefs, facts: (code) => catalogue.facts(code) },
  };
}

function madeUp(code: string, one: Brief, other: Brief): Brief {
  return {
    ...one,
    code,
    name: crossed(one.name, other.name),
    result: [...one.result.slice(0, 1), ...other.result.slice(1)],
    documents: [...half(one.documents, 0), ...half(other.documents, 1)],
  };
}

function phrasedAs(
  one: Phrased | undefined,
  other: Phrased | undefined,
  random: Seeded,
): Phrased | undefined {
  if (!one || !other) return one ?? other;
  return { ...one, phrasings: one.phrasings.map((said) => crossed(said, random.pick(other.phrasings))) };
}

/** The first half of one text and the second half of another, in words. */
function crossed(one: string, other: string): string {
  return [...half(one.split(" "), 0), ...half(other.split(" "), 1)].join(" ");
}

function half<T>(items: readonly T[], which: 0 | 1): readonly T[] {
  const middle = Math.ceil(items.length / 2);
  return which === 0 ? items.slice(0, middle) : items.slice(middle);
}
