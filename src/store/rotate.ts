import type { Entry } from "./entry.ts";
import { type OwnerKey, ROOTS, type Sealer } from "./seal.ts";
import { rootOwner } from "./seal-entry.ts";

type KeyEntry = Extract<Entry, { kind: "key" }>;

/** The secrets that outlive the identity key, wrapped by the new one. */
export function rootEntries(from: Sealer, to: Sealer): KeyEntry[] {
  return ROOTS.map((name) => {
    const owner = rootOwner(name);
    return { kind: "key", owner, ...to.wrap(owner, from.root(name)) };
  });
}

/** A data key under the new identity key; what it seals is not touched. */
export function rewrapped(owner: string, key: OwnerKey, to: Sealer): KeyEntry {
  return { kind: "key", owner, ...to.wrap(owner, key.plain()) };
}
