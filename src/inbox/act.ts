import type { Actor, Complaint } from "../complaints/complaint.ts";
import { type Act, act, type Refusal } from "../complaints/progress.ts";
import type { Step } from "../complaints/tell.ts";
import type { Guide } from "../conversation/guide.ts";
import { type Change, Conflict, type Store } from "../store/store.ts";
import { clean } from "../text/clean.ts";

/** Tries against another commit on the same case. */
const TRIES = 5;

/** What deciding on a case needs. */
export type CaseParts = {
  readonly store: Pick<Store, "commit">;
  readonly guide: Pick<Guide, "rules" | "wordings">;
  readonly clock: () => Date;
  readonly nudge: () => void;
};

/** What became of an official's act. */
export type Acted = Changed<Refusal>;

/** What became of a decision: `complaint` is the case as it was decided on. */
export type Changed<No> =
  | { readonly kind: "done"; readonly complaint: Complaint; readonly step: Step }
  | { readonly kind: "refused"; readonly refusal: No }
  | { readonly kind: "unknown" };

/**
 * Does an official's act on the case that `find` gives. `also` is stored in the same commit.
 * @throws NotSaved
 */
export function performAct(
  find: () => Promise<Complaint | undefined>,
  by: Actor,
  deed: Act,
  parts: CaseParts,
  also: Change = {},
): Promise<Acted> {
  // A person reads these words: no control or direction marks, from whatever way they came.
  const said: Act = "text" in deed ? { ...deed, text: clean(deed.text) } : deed;
  const { rules, wordings } = parts.guide;
  return changeCase(
    find,
    (complaint) => act(complaint, by, said, parts.clock(), rules, wordings[complaint.language]),
    parts,
    also,
  );
}

/**
 * Decides on the case that `find` gives: events and notices in one commit, decided again when the case moved on
 * meanwhile.
 * @throws NotSaved; Conflict when the case keeps moving on
 */
export async function changeCase<No>(
  find: () => Promise<Complaint | undefined>,
  decide: (complaint: Complaint) => Step | { readonly refused: No },
  parts: Pick<CaseParts, "store" | "nudge">,
  also: Change = {},
): Promise<Changed<No>> {
  for (let attempt = 1; ; attempt++) {
    const complaint = await find();
    if (!complaint) return { kind: "unknown" };
    const step = decide(complaint);
    if ("refused" in step) return { kind: "refused", refusal: step.refused };
    try {
      await parts.store.commit({
        ...also,
        complaints: [{ id: complaint.id, revision: complaint.revision, events: step.events }],
        deliveries: step.deliveries,
      });
      parts.nudge();
      return { kind: "done", complaint, step };
    } catch (error) {
      if (!(error instanceof Conflict) || attempt >= TRIES) throw error;
    }
  }
}
