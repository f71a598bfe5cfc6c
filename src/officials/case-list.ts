import type { Complaint } from "../complaints/complaint.ts";
import type { Rules } from "../complaints/file.ts";
import { summaryOf } from "../complaints/notice.ts";
import { fold } from "../text/fold.ts";
import { desk } from "../wording/desk.ts";
import { maySee, type Who } from "./access.ts";
import { type CaseRow, FILTERS, type Filter, filtersOf, rowOf } from "./desk.ts";

/** What of the list is wanted. */
export type ListWish = {
  readonly filter: Filter;
  /** Words that must stand in the summary or the code, with or without accents; empty: all. */
  readonly typed: string;
  /** So many lines are there already. */
  readonly after: number;
};

/** A page of the list, and how many cases each filter holds. */
export type CaseList = {
  readonly filters: readonly { readonly id: Filter; readonly label: string; readonly count: number }[];
  readonly cases: readonly CaseRow[];
  /** Cases that fit, on all pages. */
  readonly total: number;
};

/** Lines of one page. */
const PAGE = 200;

/** The cases that an official may see, in the order given. */
export function listCases(
  held: readonly Complaint[],
  who: Who,
  { filter, typed, after }: ListWish,
  now: Date,
  rules: Rules,
): CaseList {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  const seen = held
    .filter((complaint) => maySee(complaint, who, rules) && holds(complaint, words))
    .map((complaint) => ({ complaint, filters: filtersOf(complaint, who, now, rules) }));
  const fitting = seen.filter(({ filters }) => filters.includes(filter));
  return {
    filters: FILTERS.map((id) => ({
      id,
      label: desk.filters[id],
      count: seen.filter(({ filters }) => filters.includes(id)).length,
    })),
    // Only what is shown is worked out to the full: an agency may hold thousands.
    cases: fitting.slice(after, after + PAGE).map(({ complaint }) => rowOf(complaint, who, now, rules)),
    total: fitting.length,
  };
}

function holds({ trackingCode, filing }: Complaint, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = fold(`${trackingCode} ${summaryOf(filing)}`);
  return words.every((word) => text.includes(word));
}
