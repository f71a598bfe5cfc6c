import type { Refusal } from "../complaints/progress.ts";
import { official } from "../wording/official.ts";

/** The sentence an official reads when an act is refused. */
export function refusalText(refusal: Refusal, agency: string): string {
  switch (refusal) {
    case "not-yours":
      return official.unknownCase;
    case "closed":
      return official.closed;
    case "already-answered":
      return official.alreadyAnswered;
    case "already-acknowledged":
      return official.alreadyAcknowledged;
    case "already-asked":
      return official.alreadyAsked;
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
      return official.tooFar;
    case "extended-once":
      return official.extendedOnce;
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
