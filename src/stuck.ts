import { NO_CONTACT } from "./outbox/attempt.ts";
import type { Figures, Store } from "./store/store.ts";
import type { LostCount } from "./watch/promises.ts";

/** Why something stands in the list of `motcua stuck`. */
const STUCK = ["held-back", "no-route", "overdue", "no-contact", "undelivered", "lost"] as const;
/** `oldestAt`: ISO instant since when the oldest of them waits. */
export type StuckCount = {
  readonly why: (typeof STUCK)[number];
  readonly count: number;
  readonly oldestAt?: string;
};

export type StuckParts = {
  readonly store: Pick<Store, "stuck">;
  readonly lost: () => readonly LostCount[];
  readonly clock: () => Date;
};

type Row = { readonly why: string; readonly count: number; readonly oldestAt: string };

/** How long the deliveries that need a human are remembered: whoever asks more often gets the same. */
const FRESH_MS = 60_000;

/**
 * Counts what `motcua stuck` lists, every reason among it, without reading a case: the store knows those that stand
 * still from the last pass of the clocks.
 */
export function createStuckCounts(parts: StuckParts): (figures: Figures) => Promise<readonly StuckCount[]> {
  const { store, lost, clock } = parts;
  let known: { readonly at: number; readonly rows: readonly Row[] } | undefined;

  const undelivered = async ({ dead }: Figures): Promise<readonly Row[]> => {
    if (dead === 0) return [];
    const at = clock().getTime();
    if (known && at - known.at < FRESH_MS) return known.rows;
    const rows = (await store.stuck()).map(({ problem, createdAt }): Row => {
      return { why: problem === NO_CONTACT ? "no-contact" : "undelivered", count: 1, oldestAt: createdAt };
    });
    known = { at, rows };
    return rows;
  };

  return async (figures) => {
    const rows: readonly Row[] = [
      ...figures.standing,
      ...(await undelivered(figures)),
      ...lost().map(({ count, oldestAt }) => ({ why: "lost", count, oldestAt })),
    ];
    return STUCK.map((why) =>
      countOf(
        why,
        rows.filter((row) => row.why === why),
      ),
    );
  };
}

function countOf(why: StuckCount["why"], rows: readonly Row[]): StuckCount {
  const count = rows.reduce((sum, row) => sum + row.count, 0);
  const [oldestAt] = rows.map((row) => row.oldestAt).toSorted();
  return { why, count, ...(oldestAt !== undefined && { oldestAt }) };
}
