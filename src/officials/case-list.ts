import type { Complaint } from "../complaints/complaint.ts";
import type { Rules } from "../complaints/file.ts";
import { fold } from "../text/fold.ts";
import { desk as words } from "../wording/desk.ts";
import { maySee, type Who } from "./access.ts";
import { type CaseRow, FILTERS, type Filter, rowOf } from "./desk.ts";

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
  const wanted = fold(typed).split(/\s+/).filter(Boolean);
  const rows = held
    .filter((complaint) => maySee(complaint, who, rules.directory))
    .map((complaint) => rowOf(complaint, who, now, rules))
    .filter(({ code, summary }) => {
      const text = fold(`${code} ${summary}`);
      return wanted.every((word) => text.includes(word));
    });
  const fitting = rows.filter(({ filters }) => filters.includes(filter));
  return {
    filters: FILTERS.map((id) => ({
      id,
      label: words.filters[id],
      count: rows.filter(({ filters }) => filters.includes(id)).length,
    })),
    cases: fitting.slice(after, after + PAGE),
    total: fitting.length,
  };
}
