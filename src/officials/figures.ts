import type { Complaint } from "../complaints/complaint.ts";
import { type CaseFacts, factsOf, holdersOf, type Tally, tally } from "../complaints/figures.ts";
import type { WorkingTime } from "../complaints/working-time.ts";
import { ComplaintKind } from "../knowledge/complaint-kind.ts";
import { desk } from "../wording/desk.ts";
import { report } from "../wording/report.ts";

/** Of the columns of the operator's report, those that concern an agency and can be summed. */
const SHOWN = [
  "filed",
  "inTime",
  "late",
  "overdue",
  "open",
  "answered",
  "confirmed",
  "unconfirmed",
  "noReply",
  "thanked",
  "withdrawn",
  "disputed",
] as const satisfies readonly (keyof Tally)[];

/** A table of counts; nothing tells of a single case. */
export type FigureTable = {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly kind: string; readonly counts: readonly number[] }[];
};

/**
 * What a case adds to the figures of an agency that holds it or held it to its end; undefined for all others.
 * @param today ISO day in Viet Nam
 */
export function factsFor(
  agency: string,
  complaint: Complaint,
  today: string,
  time: WorkingTime,
): CaseFacts | undefined {
  return holdersOf(complaint).includes(agency) ? factsOf(complaint, today, time) : undefined;
}

/** Counted by kind as the operator's report counts. */
export function figureTable(cases: readonly CaseFacts[]): FigureTable {
  return {
    columns: SHOWN.map((column) => report.columns[column]),
    rows: ComplaintKind.options.flatMap((kind) => {
      const counts = tally(cases.filter((facts) => facts.kind === kind));
      return counts.filed > 0
        ? [{ kind: desk.kinds[kind], counts: SHOWN.map((column) => counts[column]) }]
        : [];
    }),
  };
}
