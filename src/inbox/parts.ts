import type { RecentFilings } from "../complaints/recent-filings.ts";
import type { Guide } from "../conversation/guide.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/store.ts";

/** What the inbox works with. */
export type InboxParts = {
  readonly store: Store;
  readonly guide: Guide;
  readonly clock: () => Date;
  /** What was filed lately, for the guards. */
  readonly recent: RecentFilings;
  /** Bytes from a cryptographic source. */
  readonly random: (bytes: number) => Uint8Array;
  /** Tells the outbox that there is something to deliver. */
  readonly nudge: () => void;
  readonly log: Log;
};
