import type { Actor, Complaint } from "../complaints/complaint.ts";
import { type Act, act, type Refusal } from "../complaints/progress.ts";
import type { Guide } from "../conversation/guide.ts";
import { type Change, Conflict, type Store } from "../store/store.ts";
import { clean } from "../text/clean.ts";

/** Tries against another commit on the same case. */
const TRIES = 5;

/** What became of an official's act. */
export type Acted =
  | { readonly kind: "done"; readonly complaint: Complaint }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  | { readonly kind: "unknown" };

/**
 * Does an official's act on the case that `find` gives: events and notices in one commit, decided again when the case
 * moved on meanwhile. `with` is stored in the same commit.
 * @throws NotSaved
 */
export async function performAct(
  find: () => Promise<Complaint | undefined>,
  by: Actor,
  deed: Act,
  parts: {
    readonly store: Store;
    readonly guide: Guide;
    readonly clock: () => Date;
    readonly nudge: () => void;
  },
  also: Change = {},
): Promise<Acted> {
  // A person reads these words: no control or direction marks, from whatever way they came.
  const said: Act = "text" in deed ? { ...deed, text: clean(deed.text) } : deed;
  for (let attempt = 1; ; attempt++) {
    const complaint = await find();
    if (!complaint) return { kind: "unknown" };
    const step = act(
      complaint,
      by,
      said,
      parts.clock(),
      parts.guide.rules,
      parts.guide.wordings[complaint.language],
    );
    if ("refused" in step) return { kind: "refused", refusal: step.refused };
    try {
      await parts.store.commit({
        ...also,
        complaints: [{ id: complaint.id, revision: complaint.revision, events: step.events }],
        deliveries: step.deliveries,
      });
      parts.nudge();
      return { kind: "done", complaint };
    } catch (error) {
      if (!(error instanceof Conflict) || attempt >= TRIES) throw error;
    }
  }
}
