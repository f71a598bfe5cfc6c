import type { Entry } from "../../src/store/entry.ts";
import { type OwnerKey, type Sealer, unseal } from "../../src/store/seal.ts";
import { ownerOf } from "../../src/store/seal-entry.ts";

/** Everything that is sealed under the keys of these owners, as text. */
export async function sealedUnder(
  sealer: Sealer,
  entries: AsyncIterable<Entry>,
  isOwner: (owner: string) => boolean,
): Promise<string> {
  const keys = new Map<string, OwnerKey>();
  const texts: string[] = [];
  for await (const entry of entries) {
    if (entry.kind === "key") {
      const { owner, kek, key } = entry;
      if (isOwner(owner)) keys.set(owner, sealer.ownerKey(owner, { kek, key }));
      continue;
    }
    const owner = ownerOf(entry) ?? "";
    const key = keys.get(owner);
    if (key && "sealed" in entry && entry.sealed !== undefined)
      texts.push(unseal(key, owner, fieldOf(entry), entry.sealed));
  }
  return texts.join("\n");
}

function fieldOf(entry: Entry): string {
  switch (entry.kind) {
    case "events":
      return `events ${entry.revision}`;
    case "identity":
      return `identity ${entry.event}`;
    case "delivery":
      return `delivery ${entry.delivery}`;
    case "failed":
      return `failed ${entry.delivery} ${entry.attempts}`;
    default:
      throw new Error(`${entry.kind} is of no case`);
  }
}
