import { fold } from "../text/fold.ts";
import type { ImportedFee, ImportedProcedure } from "./imported-procedure.ts";
import type { Fee, Procedure, TimeLimit } from "./procedure.ts";

/** A fact that a curated record and the national catalogue tell differently. */
export type Difference = {
  readonly fact: Procedure["differs"][number]["fact"];
  readonly here: string;
  readonly there: string;
};

/**
 * What a curated record tells otherwise than the catalogue, without saying so in `differs`. What the catalogue does not
 * state contradicts nothing; papers are compared by a person, as their wording differs.
 */
export function differences(curated: Procedure, imported: ImportedProcedure): Difference[] {
  const meant = new Set(curated.differs.map(({ fact }) => fact));
  const pairs = [
    { fact: "name", here: [nameOf(curated.name)], there: [nameOf(imported.name)] },
    { fact: "level", here: curated.level, there: imported.level },
    { fact: "time", here: curated.time.flatMap(timeOf), there: imported.time.flatMap(timeOf) },
    { fact: "fees", here: curated.fees.flatMap(feeOf), there: imported.fees.flatMap(feeOf) },
  ] as const;
  return pairs.flatMap(({ fact, here, there }) => {
    // A record may tell more: what stands in the catalogue's text only.
    const known = new Set<string>(here);
    if (meant.has(fact) || there.every((thing) => known.has(thing))) return [];
    return [{ fact, here: told(here), there: told(there) }];
  });
}

function nameOf(name: string): string {
  return fold(name)
    .replace(/^thu tuc:?\s+/, "")
    .replaceAll(/[^a-z0-9]+/g, " ")
    .trim();
}

function told(things: readonly string[]): string {
  return [...new Set(things)].sort().join(", ") || "–";
}

function timeOf(limit: TimeLimit): string[] {
  if (limit.kind === "within") return [`${limit.amount} ${limit.unit}`];
  return limit.kind === "unknown" ? [] : [limit.kind];
}

function feeOf(fee: Fee | ImportedFee): string[] {
  if (fee.kind === "amount") {
    const sums = [fee.amount, ...(fee.upTo ? [fee.upTo] : [])];
    return sums.map((sum) => `${sum} ${fee.currency ?? "đồng"}`);
  }
  return fee.kind === "free" ? ["free"] : [];
}
