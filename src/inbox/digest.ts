import { createHash } from "node:crypto";
import type { Log } from "../log.ts";
import { digestDay, digests } from "../officials/digest.ts";
import type { Store } from "../store/store.ts";
import type { CaseParts } from "./act.ts";

export type DigestParts = Omit<CaseParts, "store"> & {
  readonly store: Pick<Store, "commit" | "openComplaints" | "officials">;
  readonly log: Log;
};

/**
 * Gives what sends the morning's lists to officials: once a day to each chat, however often it is called and however
 * often the program starts. Resolves with the number of chats that the lists were made for.
 */
export function createMorning({ store, guide, clock, nudge, log }: DigestParts): () => Promise<number> {
  let last: string | undefined;
  return async () => {
    const now = clock();
    const day = digestDay(now, guide.rules);
    if (day === undefined || day === last) return 0;
    const lists = digests(await store.openComplaints(), await store.officials(), now, guide.rules);
    if (lists.length > 0) {
      await store.commit({
        deliveries: lists.map(({ conversation, complaint, text, choices }) => ({
          id: `digest.${day}.${nameless(conversation)}`,
          complaint,
          to: { kind: "chat", conversation },
          content: { kind: "official", text, choices },
        })),
      });
      nudge();
      log("info", "digest", { count: lists.length });
    }
    last = day;
    return lists.length;
  };
}

/** A chat in an id that stands in the log. */
function nameless(conversation: string): string {
  return createHash("sha256").update(conversation).digest("hex").slice(0, 24);
}
