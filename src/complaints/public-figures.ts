import type { ComplaintKind } from "../knowledge/complaint-kind.ts";
import { isProtected } from "./complaint.ts";
import { type CaseFacts, sortedBy, tally } from "./figures.ts";
import { type SurveyQuestion, satisfactionIn } from "./satisfaction.ts";

/** A count; undefined where it is hidden. */
export type Shown = number | undefined;

/** Cases of one kind at one agency: the smallest thing that is published. */
export type PublicRow = {
  readonly agency: string;
  readonly kind: ComplaintKind;
  readonly filed: number;
  readonly inTime: Shown;
  readonly late: Shown;
  readonly overdue: Shown;
  /** Waiting within their time, or closed without an answer. */
  readonly rest: Shown;
  /** Median hours of offices until the first answer. */
  readonly hoursToAnswer: Shown;
};

/** Answers to one question of the survey about one agency, in the rows shown. */
export type PublicSatisfaction = {
  readonly agency: string;
  readonly question: SurveyQuestion;
  readonly rated: number;
  /** On the two upper levels, and below. */
  readonly satisfied: number;
  readonly others: number;
};

/** What may be told to everybody. All sums are over the rows shown, so that they tell nothing of what is hidden. */
export type PublicFigures = {
  readonly rows: readonly PublicRow[];
  readonly filed: number;
  readonly months: readonly { readonly month: string; readonly filed: Shown }[];
  readonly satisfaction: readonly PublicSatisfaction[];
};

/** Cases that are published at all: never of a protected kind or with a custodian, nor what was held back or not passed on. */
export function isPublic({
  kind,
  withCustodian,
  status,
}: Pick<CaseFacts, "kind" | "withCustodian" | "status">): boolean {
  return !isProtected(kind) && !withCustodian && status !== "quarantined" && status !== "rejected";
}

/** @param fewest smaller counts are hidden, and with them what they could be worked out from */
export function publicFigures(cases: readonly CaseFacts[], fewest: number): PublicFigures {
  const cells = sortedBy(cases.filter(isPublic), cellOf).filter(([, cell]) => cell.length >= fewest);
  const shown = cells.flatMap(([, cell]) => cell);
  const months = sortedBy(shown, ({ month }) => month);
  const hidden = hide(
    months.map(([, of]) => of.length),
    fewest,
  );
  return {
    rows: cells.flatMap(([, cell]) => rowOf(cell, fewest) ?? []),
    filed: shown.length,
    months: months.map(([month], index) => ({ month, filed: hidden[index] })),
    satisfaction: sortedBy(shown, ({ agency }) => agency).flatMap(([agency, of]) =>
      publicSatisfaction(agency, of, fewest),
    ),
  };
}

/** Only where it tells of nobody how they judged, nor whether they did. */
function publicSatisfaction(
  agency: string,
  cases: readonly CaseFacts[],
  fewest: number,
): PublicSatisfaction[] {
  const figures = satisfactionIn(cases).get(agency);
  return (["result", "conduct"] as const).flatMap((question) => {
    const levels = figures?.[question] ?? [];
    const all = levels.reduce((sum, count) => sum + count, 0);
    const upper = levels.slice(3).reduce((sum, count) => sum + count, 0);
    const [silent, rated] = hide([cases.length - all, all], fewest);
    const [others, satisfied] = hide([all - upper, upper], fewest);
    const isShown = silent !== undefined && rated !== undefined;
    return isShown && satisfied !== undefined && others !== undefined
      ? { agency, question, rated, satisfied, others }
      : [];
  });
}

/** Which cell a case stands in. */
export function cellOf({ agency, kind }: Pick<CaseFacts, "agency" | "kind">): string {
  return `${agency} ${kind}`;
}

function rowOf(cell: readonly CaseFacts[], fewest: number): PublicRow | undefined {
  const [first] = cell;
  if (!first) return undefined;
  const all = tally(cell);
  const { filed } = all;
  const parts = [filed - all.inTime - all.late - all.overdue, all.inTime, all.overdue, all.late];
  const [rest, inTime, overdue, late] = hide(parts, fewest);
  const measured = cell.filter(({ hoursToAnswer }) => hoursToAnswer !== undefined).length;
  const hoursToAnswer = measured >= fewest ? all.hoursToAnswer : undefined;
  return { agency: first.agency, kind: first.kind, filed, inTime, late, overdue, rest, hoursToAnswer };
}

/**
 * Parts of a sum that is known. Parts below `fewest` are hidden; then others too, until what is hidden is more than so
 * many small parts can come to: one of them may be anything, so each may be anything small. Which others are hidden goes
 * by their place alone, first things first: if it went by their size, it would tell of it.
 */
export function hide(parts: readonly number[], fewest: number): readonly Shown[] {
  const hidden = new Set(parts.flatMap((count, index) => (count < fewest ? [index] : [])));
  let sum = [...hidden].reduce((all, index) => all + (parts[index] ?? 0), 0);
  for (const [index, count] of parts.entries()) {
    if (hidden.size === 0 || sum > (fewest - 1) * hidden.size) break;
    if (hidden.has(index)) continue;
    hidden.add(index);
    sum += count;
  }
  return parts.map((count, index) => (hidden.has(index) ? undefined : count));
}
