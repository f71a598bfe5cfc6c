import { createHash } from "node:crypto";

/** Held, shared, by everybody who has the store open; alone by who replaces all of it. */
export const IN_USE = "store in use";

/** The number that stands for a name among the server's advisory locks. */
export function lockKey(name: string): bigint {
  return createHash("sha256").update(`motcua ${name}`).digest().readBigInt64BE();
}

/** A process whose connection beside the pool was lost holds nothing else that tells it is there. */
export const SHARING = `select pg_advisory_xact_lock_shared(${lockKey(IN_USE)}); `;

/** Waits for the names, in one order everywhere, so that no two acts wait for each other; until the transaction is over. */
export function taking(names: Iterable<string>): string {
  const keys = [...new Set(Array.from(names, lockKey))].toSorted((one, other) => (one < other ? -1 : 1));
  return keys.length === 0 ? "" : `select pg_advisory_xact_lock(key) from ${listOf(keys)}; `;
}

/**
 * Takes of the names what can be had at once.
 * @returns a statement that answers with the keys, as `busy`, that others hold, and `among`, which tells their names
 */
export function trying(names: Iterable<string>): {
  readonly statement: string;
  among(busy: readonly string[]): ReadonlySet<string>;
} {
  const byKey = new Map(Array.from(names, (name) => [String(lockKey(name)), name]));
  return {
    statement: `select key as busy from ${listOf(byKey.keys())} where not pg_try_advisory_xact_lock(key); `,
    among: (busy) => new Set(busy.flatMap((key) => byKey.get(key) ?? [])),
  };
}

function listOf(keys: Iterable<bigint | string>): string {
  return `unnest('{${[...keys].join(",")}}'::bigint[]) key`;
}
