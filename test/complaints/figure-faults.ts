import type { CaseFacts } from "../../src/complaints/figures.ts";
import { cellOf, isPublic, type PublicFigures } from "../../src/complaints/public-figures.ts";
import { groupBy } from "../../src/text/group.ts";

/** What is wrong with published figures, counted anew from the cases: a sentence each. */
export function figureFaults(
  published: PublicFigures,
  cases: readonly CaseFacts[],
  fewest: number,
): string[] {
  const counted = new Map(
    [...groupBy(cases.filter(isPublic), cellOf)].map(([cell, of]) => [cell, of.length]),
  );
  const rows = published.rows.flatMap((row) => {
    const count = counted.get(cellOf(row)) ?? 0;
    if (count < fewest) return [`${cellOf(row)} is published, but has only ${count} cases`];
    return count === row.filed ? [] : [`${cellOf(row)} is published as ${row.filed}, but has ${count} cases`];
  });
  const shown = new Set(published.rows.map(cellOf));
  const missing = [...counted].filter(([cell, count]) => count >= fewest && !shown.has(cell));
  const sum = published.rows.reduce((all, { filed }) => all + filed, 0);
  return [
    ...rows,
    ...missing.map(([cell]) => `${cell} is not published`),
    ...(sum === published.filed ? [] : [`the sum is published as ${published.filed}, but is ${sum}`]),
  ];
}
