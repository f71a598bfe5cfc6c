import type { Guide } from "../conversation/guide.ts";
import type { EvidenceStore } from "../evidence/evidence.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/store.ts";

/** What the inbox works with. */
export type InboxParts = {
  readonly store: Store;
  readonly evidence: Pick<EvidenceStore, "put" | "touch" | "remove">;
  readonly guide: Guide;
  readonly clock: () => Date;
  /** Bytes from a cryptographic source. */
  readonly random: (bytes: number) => Uint8Array;
  /** Tells the outbox that there is something to deliver. */
  readonly nudge: () => void;
  readonly log: Log;
  /** Counts a message that was handled: its channel, what it was understood as, and the seconds it took. */
  readonly count?: (channel: string, intent: string, seconds: number) => void;
};
