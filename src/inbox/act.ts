import type { Actor, Complaint } from "../complaints/complaint.ts";
import { type Act, act, type RefusalDetails, type Refused } from "../complaints/progress.ts";
import type { Step } from "../complaints/tell.ts";
import type { Guide } from "../conversation/guide.ts";
import { withSignature } from "../officials/signature.ts";
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
export type Acted = Changed<Refused["refused"]>;

/** What became of a decision: `complaint` is the case as it was decided on. */
export type Changed<No> =
  | { readonly kind: "done"; readonly complaint: Complaint; readonly step: Step }
  | ({ readonly kind: "refused"; readonly refusal: No } & RefusalDetails)
  | { readonly kind: "unknown" };

/**
 * Does an official's act on the case that `find` gives. What `also` gives for the step is stored in the same commit.
 * @throws NotSaved
 */
export async function performAct(
  find: () => Promise<Complaint | undefined>,
  by: Actor,
  deed: Act,
  parts: CaseParts & { readonly store: Pick<Store, "commit" | "officials"> },
  also: (step: Step) => Change = () => ({}),
): Promise<Acted> {
  // A person reads these words: no control or direction marks, from whatever way they came.
  const said = cleaned(deed);
  const { rules, wordings } = parts.guide;
  const signs = deed.action === "answer" || deed.action === "return";
  const officials = signs ? await parts.store.officials() : [];
  return changeCase(
    find,
    (complaint) => {
      const step = act(complaint, by, said, parts.clock(), rules, wordings[complaint.language]);
      return "refused" in step ? step : withSignature(complaint, step, officials, rules);
    },
    parts,
    also,
  );
}

function cleaned(deed: Act): Act {
  if (!("text" in deed)) return deed;
  const said = { ...deed, text: clean(deed.text) };
  return said.action === "extend" && said.apology ? { ...said, apology: clean(said.apology) } : said;
}

/**
 * Decides on the case that `find` gives: events and notices in one commit, decided again when the case moved on
 * meanwhile.
 * @throws NotSaved; Conflict when the case keeps moving on
 */
export async function changeCase<No>(
  find: () => Promise<Complaint | undefined>,
  decide: (complaint: Complaint) => Step | ({ readonly refused: No } & RefusalDetails),
  parts: Pick<CaseParts, "store" | "nudge">,
  also: (step: Step) => Change = () => ({}),
): Promise<Changed<No>> {
  for (let attempt = 1; ; attempt++) {
    const complaint = await find();
    if (!complaint) return { kind: "unknown" };
    const step = decide(complaint);
    if ("refused" in step) {
      const { refused, ...details } = step;
      return { kind: "refused", refusal: refused, ...details };
    }
    try {
      await parts.store.commit({
        ...also(step),
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
