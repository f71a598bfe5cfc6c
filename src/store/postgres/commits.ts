import type { Complaint } from "../../complaints/complaint.ts";
import type { Decided, Entry } from "../entry.ts";
import type { Sealer } from "../seal.ts";
import { sealCommit } from "../seal-entry.ts";
import { apply, type State } from "../state.ts";
import type { Change } from "../store.ts";
import type { Remembered } from "./complaints.ts";
import type { Database, Queryable } from "./database.ts";
import { createGroups, type Groupable, type Outcome } from "./group.ts";
import { allOf, loadState, type Needed } from "./load.ts";
import { writeEntries } from "./write.ts";

/** A change, or the outcome of an attempt, on its way into the database. */
export type Commit = Groupable & {
  readonly needed: Needed;
  /** What it records, decided on what is stored. @throws Conflict when that is no longer what it was made for */
  decideOn(state: State<Complaint>): readonly Decided[];
};

/** Two, so that one that takes long does not stop the others; more gained nothing. */
const LIMITS = { atOnce: 2, most: 16 } as const;

/** Erasing goes through many rows: nobody else's transaction shall wait for that. */
export function isSlow({ erase, complaints = [] }: Change): boolean {
  return erase !== undefined || complaints.some(({ events }) => events.some(({ type }) => type === "erased"));
}

/**
 * Stores commits, those that come at the same time in one transaction.
 * @param onStored told of each, when it is stored
 * @throws NotSaved, Conflict and what else deciding one throws, for that one alone
 */
export function createCommits(
  db: Database,
  sealer: Sealer,
  remembered: Remembered,
  onStored: (commit: Commit) => void,
): (commit: Commit) => Promise<void> {
  const store = async (tx: Queryable, group: readonly Commit[], busy: ReadonlySet<string>) => {
    const free = new Set(group.filter(({ locks }) => !locks.some((name) => busy.has(name))));
    const needed = allOf(Array.from(free, (commit) => commit.needed));
    const { state, heads, filling } = await loadState(tx, sealer, needed, remembered);
    const entries: Entry[] = [];
    const outcomes = group.map((commit): Outcome => {
      if (!free.has(commit)) return "busy";
      const sealed = sealedOf(sealer, state, commit);
      if ("fault" in sealed) return sealed;
      for (const fact of sealed.opened) apply(state, fact);
      entries.push(...sealed.entries);
      return "stored";
    });
    if (entries.length > 0) await writeEntries(tx, sealer, entries, state, heads);
    return { outcomes, complaints: state.complaints.values(), filling };
  };

  return createGroups<Commit>(async (group, waits) => {
    const names = group.flatMap(({ locks }) => locks);
    const { outcomes, complaints, filling } = await (waits
      ? db.transaction(names, (tx) => store(tx, group, new Set()))
      : db.promptTransaction(names, (tx, busy) => store(tx, group, busy)));
    for (const complaint of complaints) remembered.put(complaint, filling);
    for (const [index, commit] of group.entries()) if (outcomes[index] === "stored") onStored(commit);
    return outcomes;
  }, LIMITS);
}

/** A fault is told, not thrown: it is of this one alone, and nothing of it is in the state yet. */
function sealedOf(
  sealer: Sealer,
  state: State<Complaint>,
  commit: Commit,
): ReturnType<typeof sealCommit> | { readonly fault: unknown } {
  try {
    return sealCommit(sealer, state.keys, commit.decideOn(state));
  } catch (fault) {
    return { fault };
  }
}
