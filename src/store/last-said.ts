import type { Session } from "../conversation/session.ts";
import type { Kept } from "./entry.ts";

/** Conversations whose session stays opened: who was just answered writes again soon. */
const MOST = 500;

/** The sessions last stored, as they were before they were sealed. */
export type LastSaid = {
  keep(conversation: string, sealed: Kept, session: Session): void;
  /** What was kept for this very seal; undefined for any other. */
  of(conversation: string, sealed: Kept): Session | undefined;
  drop(conversation: string): void;
};

export function createLastSaid(): LastSaid {
  const kept = new Map<string, { readonly sealed: Kept; readonly session: Session }>();
  return {
    keep: (conversation, sealed, session) => {
      // A map keeps the order of insertion, so the first is the one that has not written for the longest.
      kept.delete(conversation);
      kept.set(conversation, { sealed, session });
      const [oldest = ""] = kept.keys();
      if (kept.size > MOST) kept.delete(oldest);
    },
    of: (conversation, sealed) => {
      const last = kept.get(conversation);
      return last?.sealed === sealed ? last.session : undefined;
    },
    drop: (conversation) => void kept.delete(conversation),
  };
}
