import { type Complaint, isClosed } from "../complaints/complaint.ts";
import { ComplaintKind } from "../knowledge/complaint-kind.ts";
import { desk as words } from "../wording/desk.ts";

/** How many cases of one kind, or of all, stand where; nothing tells of a single case. */
export type FigureRow = {
  readonly kind: string;
  readonly total: number;
  /** New, taken or disputed: the agency's turn. */
  readonly open: number;
  /** Of these, told to be late. */
  readonly overdue: number;
  readonly waiting: number;
  readonly answered: number;
  /** Closed by the person's own word. */
  readonly solved: number;
  /** Closed by the person's silence. */
  readonly lapsed: number;
};

type Counts = { -readonly [field in keyof Omit<FigureRow, "kind">]: FigureRow[field] };

/** Counts the cases that an agency holds or held to their end, one by one as they are read. */
export function countFigures(agency: string): {
  add(complaint: Complaint): void;
  rows(): readonly FigureRow[];
} {
  const byKind = new Map<ComplaintKind, Counts>();
  return {
    add: (complaint) => {
      if (!complaint.holders.includes(agency)) return;
      const { kind } = complaint.filing;
      const counts = byKind.get(kind) ?? nothing();
      byKind.set(kind, counts);
      counts.total++;
      counts[placeOf(complaint)]++;
      if (placeOf(complaint) === "open" && complaint.overdue > 0) counts.overdue++;
    },
    rows: () =>
      ComplaintKind.options.flatMap((kind) => {
        const counts = byKind.get(kind);
        return counts ? [{ kind: words.kinds[kind], ...counts }] : [];
      }),
  };
}

const nothing = (): Counts => ({
  total: 0,
  open: 0,
  overdue: 0,
  waiting: 0,
  answered: 0,
  solved: 0,
  lapsed: 0,
});

function placeOf({ status }: Complaint): "open" | "waiting" | "answered" | "solved" | "lapsed" {
  if (status === "needs_info") return "waiting";
  if (status === "answered") return "answered";
  if (!isClosed(status)) return "open";
  return status === "closed_confirmed" ? "solved" : "lapsed";
}
