import { agencyName } from "../complaints/file.ts";
import type { Act } from "../complaints/progress.ts";
import type { Directory } from "../complaints/route.ts";
import type { Step } from "../complaints/tell.ts";
import { official as words } from "../wording/official.ts";

/** The sentence an official reads when an act is done; of an answer that waits for its signature, that it does. */
export function doneText(deed: Act, step: Step, code: string, directory: Directory): string {
  switch (deed.action) {
    case "transfer":
      return words.done.transfer(code, agencyName(deed.to, directory));
    case "extend":
      return words.done.extend(code, deed.until);
    case "answer":
      return isProposal(step) ? words.done.propose(code) : words.done.answer(code);
    case "approve-identity": {
      const opened = step.events.find((event) => event.type === "identity-opened");
      return opened
        ? words.done.openIdentity(code, agencyName(opened.agency, directory))
        : words.done["approve-identity"](code);
    }
    default:
      return words.done[deed.action](code);
  }
}

/** Whether an answer was given only to be signed. */
export function isProposal({ events }: Step): boolean {
  return events.some(({ type }) => type === "proposed");
}
