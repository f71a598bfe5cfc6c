import { NotSaved } from "../store.ts";

/** What can share a transaction with others. */
export type Groupable = {
  /** Those that share a name take turns, in the order they came. */
  readonly locks: readonly string[];
  /** Shares its transaction with nobody. */
  readonly alone: boolean;
};

/** What became of one in a group: `busy` when somebody elsewhere holds one of its names. */
export type Outcome = "stored" | "busy" | { readonly fault: unknown };

/**
 * One transaction for all of a group. With `waits` it waits until it has all their names, else it leaves out those whose
 * names others have.
 * @throws NotSaved, or what may be the fault of one alone; nothing was stored then
 */
export type RunGroup<Work> = (group: readonly Work[], waits: boolean) => Promise<readonly Outcome[]>;

/** @property atOnce groups under way at a moment. @property most in one group */
export type Limits = { readonly atOnce: number; readonly most: number };

type Waiting<Work> = {
  readonly work: Work;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Lets work that comes while other work is under way share the next transaction: the server's part of a commit costs
 * nearly the same for several. Who comes alone starts at once.
 */
export function createGroups<Work extends Groupable>(
  run: RunGroup<Work>,
  { atOnce, most }: Limits,
): (work: Work) => Promise<void> {
  let queue: Waiting<Work>[] = [];
  const held = new Set<string>();
  let underWay = 0;

  const start = (): void => {
    while (underWay < atOnce) {
      const { group, rest } = takeGroup(queue, held, most);
      if (group.length === 0) return;
      queue = rest;
      underWay += 1;
      for (const { work } of group) for (const name of work.locks) held.add(name);
      void carryOut(group).finally(() => {
        underWay -= 1;
        start();
      });
    }
  };

  const carryOut = async (group: readonly Waiting<Work>[], waits = false): Promise<void> => {
    try {
      const outcomes = await run(
        group.map(({ work }) => work),
        waits,
      );
      for (const [index, one] of group.entries()) conclude(one, outcomes[index]);
    } catch (fault) {
      if (group.length === 1 || fault instanceof NotSaved) {
        for (const one of group) conclude(one, { fault });
        return;
      }
      // One of them may have caused it; the others must not bear that.
      for (const one of group) await carryOut([one]);
    }
  };

  const conclude = (one: Waiting<Work>, outcome: Outcome | undefined): void => {
    if (outcome === "busy") {
      // Beside the groups: nobody knows how long the others take, and waiting costs those that can go on nothing.
      void carryOut([one], true).finally(start);
      return;
    }
    for (const name of one.work.locks) held.delete(name);
    if (outcome === "stored") one.resolve();
    else one.reject(outcome?.fault);
  };

  return (work) =>
    new Promise((resolve, reject) => {
      queue.push({ work, resolve, reject });
      // Those of the same turn of the event loop share the first group too.
      queueMicrotask(start);
    });
}

/** The next to go, as many as touch nothing in common with each other, with whom they pass by, and with `held`. */
function takeGroup<Work extends Groupable>(
  queue: readonly Waiting<Work>[],
  held: ReadonlySet<string>,
  most: number,
): { readonly group: readonly Waiting<Work>[]; readonly rest: Waiting<Work>[] } {
  const before = new Set(held);
  const group: Waiting<Work>[] = [];
  const rest: Waiting<Work>[] = [];
  for (const [index, one] of queue.entries()) {
    if (group.length === most || group[0]?.work.alone)
      return { group, rest: [...rest, ...queue.slice(index)] };
    const { locks, alone } = one.work;
    const goes = !(alone && group.length > 0) && !locks.some((name) => before.has(name));
    (goes ? group : rest).push(one);
    for (const name of locks) before.add(name);
  }
  return { group, rest };
}
