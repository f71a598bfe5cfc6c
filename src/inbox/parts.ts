import type { RecentFilings } from "../complaints/recent-filings.ts";
import type { Guide } from "../conversation/guide.ts";
import type { EvidenceStore } from "../evidence/evidence.ts";
import type { Log } from "../log.ts";
import type { Switches } from "../messages/switches.ts";
import type { Store } from "../store/store.ts";

/** What the inbox works with. */
export type InboxParts = {
  readonly store: Store;
  readonly evidence: Pick<EvidenceStore, "hasRoom" | "put" | "touch" | "keep" | "discard" | "remove">;
  readonly guide: Guide;
  readonly clock: () => Date;
  /** What was filed lately, for the guards. */
  readonly recent: RecentFilings;
  /** Bytes from a cryptographic source. */
  readonly random: (bytes: number) => Uint8Array;
  /** Tells the outbox that there is something to deliver. */
  readonly nudge: () => void;
  readonly log: Log;
  /** What the operator has turned off now; absent: nothing. */
  readonly switches?: () => Switches;
  /** Called when somebody looked up a tracking code that nobody has. */
  readonly missed?: () => void;
  /** Counts a message that was handled: its channel, what it was understood as, and the seconds it took. */
  readonly count?: (channel: string, intent: string, seconds: number) => void;
  /** Address of the page with the paper of a conversation; undefined where the person has no way to it. */
  readonly paperLink?: (
    conversation: string,
    way: "complaint" | "denunciation",
    now: Date,
  ) => string | undefined;
};
