import type { Refusal, RefusalDetails } from "../complaints/progress.ts";
import type { VerdictRefusal } from "../complaints/quarantine.ts";
import { official } from "../wording/official.ts";

/**
 * The sentence an official reads when an act is refused: what stands in the way, and by whom and when where somebody
 * was first. `agency` is the target that was named.
 */
export function refusalText(refusal: Refusal, agency: string, details: RefusalDetails = {}): string {
  const sentence = sentenceOf(refusal, agency, details);
  const { last } = details;
  return last ? `${sentence} ${official.doneBy(last.agency, last.at)}` : sentence;
}

function sentenceOf(refusal: Refusal, agency: string, { blank = "", latest = "" }: RefusalDetails): string {
  switch (refusal) {
    case "not-yours":
      return official.unknownCase;
    case "held-back":
      return official.heldBack;
    case "closed":
      return official.closed;
    case "already-answered":
      return official.alreadyAnswered;
    case "already-acknowledged":
      return official.alreadyAcknowledged;
    case "already-asked":
      return official.alreadyAsked;
    case "already-proposed":
      return official.alreadyProposed;
    case "no-proposal":
      return official.noProposal;
    case "not-signer":
      return official.notSigner;
    case "handed-on":
      return official.handedOn;
    case "too-short":
      return official.tooShort;
    case "blank-left":
      return official.blankLeft(blank);
    case "template-only":
      return official.templateOnly;
    case "empty":
      return official.empty;
    case "unknown-agency":
      return official.unknownAgency(agency);
    case "to-accused":
      return official.transferToAccused;
    case "back":
      return official.transferBack;
    case "past-day":
      return official.pastDay;
    case "too-far":
      return official.tooFar(latest);
    case "extended-once":
      return official.extendedOnce;
    case "extended-twice":
      return official.extendedTwice;
    case "identity-known":
    case "identity-asked":
    case "identity-refused":
    case "identity-not-asked":
    case "identity-unknown":
    case "identity-wait":
    case "identity-second":
      return official.identity[refusal];
  }
}

/** Why a decision on what is held back is refused, in a sentence. */
export function verdictRefusalText(refusal: VerdictRefusal): string {
  switch (refusal) {
    case "unknown":
      return official.unknownCase;
    case "not-held-back":
      return official.guards.notHeldBack;
    case "own-rejection":
      return official.guards.ownRejection;
    case "empty":
      return official.empty;
  }
}
