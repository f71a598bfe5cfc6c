import { createHash } from "node:crypto";
import type { Entry } from "./entry.ts";

/** What a store holds, in a form that tells whether two hold the same. */
export type Tally = {
  readonly complaints: number;
  /** All entries; deliveries that were kept count one by one. */
  readonly entries: number;
  /** Over all entries as they are sealed, in whatever order they come. */
  readonly digest: string;
};

/** Counts entries as they pass. */
export type Counter = { add(entry: Entry): void; tally(): Tally };

const MODULUS = 1n << 256n;

export function createCounter(): Counter {
  let complaints = 0;
  let entries = 0;
  let sum = 0n;
  const count = (text: string): void => {
    entries += 1;
    sum = (sum + BigInt(`0x${createHash("sha256").update(text).digest("hex")}`)) % MODULUS;
  };
  return {
    add: (entry) => {
      if (entry.kind === "events" && entry.revision === 0) complaints += 1;
      if (entry.kind === "sent") for (const delivery of entry.deliveries) count(`sent ${delivery}`);
      else count(canonical(entry));
    },
    tally: () => ({ complaints, entries, digest: sum.toString(16).padStart(64, "0") }),
  };
}

/** Counts all that an iterable holds. */
export async function tallyOf(entries: Iterable<Entry> | AsyncIterable<Entry>): Promise<Tally> {
  const counter = createCounter();
  for await (const entry of entries) counter.add(entry);
  return counter.tally();
}

/** Entries as they pass, counted. */
export async function* counted(
  entries: Iterable<Entry> | AsyncIterable<Entry>,
  counter: Counter,
): AsyncGenerator<Entry> {
  for await (const entry of entries) {
    counter.add(entry);
    yield entry;
  }
}

export function isSame(one: Tally, other: Tally): boolean {
  return one.complaints === other.complaints && one.entries === other.entries && one.digest === other.digest;
}

function canonical(entry: Entry): string {
  return JSON.stringify(Object.entries(entry).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
