import { tellCluster } from "../complaints/cluster.ts";
import type { Complaint } from "../complaints/complaint.ts";
import { monthOf, sortedBy } from "../complaints/figures.ts";
import type { Rules } from "../complaints/file.ts";
import type { RecentFilings } from "../complaints/recent-filings.ts";
import { createReview, type DoubtfulAnswer, tellReview, toldKey } from "../complaints/review.ts";
import type { Step } from "../complaints/tell.ts";
import { changeCase } from "../inbox/act.ts";
import { dayInVietnam } from "../knowledge/calendar.ts";
import type { Log } from "../log.ts";
import { passDamaged, type Store } from "../store/store.ts";

/** What looks over many cases at once: clusters, and the month's answers. */
export type Rounds = {
  /**
   * One round: what was filed before this program started or by another process is remembered, heads are told of
   * clusters, and after a month's end superiors of its answers.
   */
  go(): Promise<void>;
};

export type RoundsParts = {
  readonly store: Pick<Store, "commit" | "complaint" | "complaints" | "filedSince">;
  readonly recent: RecentFilings;
  readonly rules: Rules;
  readonly clock: () => Date;
  readonly nudge: () => void;
  readonly log: Log;
};

const DAY_MS = 86_400_000;
/** A case is seen at most this long after it was filed, whatever the clocks of other processes show. */
const OVERLAP_MS = 600_000;
/** After so many cases looked at, messages that wait are let in. */
const BREATH = 200;

export function createRounds(parts: RoundsParts): Rounds {
  const { store, recent, rules, clock, log } = parts;
  /** The month whose answers were gone through. */
  let reviewed: string | undefined;
  /** Until when it is remembered what was filed. */
  let remembered: number | undefined;

  const change = async (id: string, decide: (complaint: Complaint) => Step): Promise<void> => {
    const changed = await changeCase<"nothing-to-tell">(
      () => passDamaged(store.complaint(id)),
      (complaint) => {
        const step = decide(complaint);
        return step.events.length > 0 ? step : { refused: "nothing-to-tell" };
      },
      parts,
    );
    if (changed.kind !== "done") return;
    for (const event of changed.step.events) log("info", "guard", { complaint: id, kind: event.type });
  };

  const tellClusters = async (): Promise<void> => {
    for (const cluster of recent.clusters(clock())) {
      const found = await Promise.all(cluster.cases.map((id) => passDamaged(store.complaint(id))));
      const cases = found.filter((complaint) => complaint !== undefined);
      await change(cluster.newest, (complaint) => tellCluster(complaint, cluster, cases, clock(), rules));
    }
  };

  const review = async (month: string): Promise<void> => {
    const gone = createReview(month, rules.guards, rules.directory);
    for await (const complaint of slowly(store.complaints())) gone.take(complaint);
    const told = gone.told();
    for (const [key, answers] of sortedBy(gone.doubtful(), listOf)) {
      const [first] = answers;
      if (!first?.to || told.has(key)) continue;
      const { complaint: id, agency, to } = first;
      await change(id, (complaint) => tellReview(complaint, { month, agency, to }, answers, clock(), rules));
    }
  };

  /** At first all of the time that the guards look back on; later what another process filed meanwhile. */
  const remember = async (): Promise<void> => {
    const now = clock().getTime();
    const oldest = now - rules.guards.cluster.withinCalendarDays * DAY_MS;
    const since = remembered === undefined ? oldest : Math.max(oldest, remembered - OVERLAP_MS);
    for await (const complaint of slowly(store.filedSince(new Date(since), recent.has)))
      recent.see(complaint);
    remembered = now;
  };

  return {
    go: async () => {
      await remember();
      await tellClusters();
      const month = monthBefore(clock());
      if (reviewed === month) return;
      await review(month);
      reviewed = month;
    },
  };
}

function listOf({ agency, to = "" }: DoubtfulAnswer): string {
  return toldKey({ agency, to });
}

/** `2026-10` in November. */
function monthBefore(now: Date): string {
  const first = `${dayInVietnam(now).slice(0, 7)}-01T00:00:00Z`;
  return monthOf(new Date(Date.parse(first) - DAY_MS));
}

/** All of them, with a pause now and then, so that nobody waits for it. */
export async function* slowly(complaints: AsyncIterable<Complaint>): AsyncGenerator<Complaint> {
  let seen = 0;
  for await (const complaint of complaints) {
    if (++seen % BREATH === 0) await new Promise<void>((resolve) => void setImmediate(resolve));
    yield complaint;
  }
}
