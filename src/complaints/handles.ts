import { barredFrom } from "./accused.ts";
import { type Complaint, isConfidential } from "./complaint.ts";
import { ownWays, type Rules } from "./file.ts";
import { COORDINATOR } from "./route.ts";

/**
 * Whether an agency handles a case now: it holds it, or, as the coordinator, looks after it. Never one that may not
 * hear of it.
 */
export function handles(complaint: Complaint, agency: string, rules: Reach): boolean {
  if (barredFrom(complaint, rules.directory).has(agency)) return false;
  if (complaint.holders.includes(agency)) return true;
  return agency === COORDINATOR && (!isConfidential(complaint) || standsIn(complaint, rules));
}

/**
 * Whether the coordinator acts in a holder's place: nobody can be reached there, so that its notices come to the
 * coordinator, or nobody there can put the second signature under an answer.
 */
export function standsIn(complaint: Complaint, rules: Reach): boolean {
  const barred = barredFrom(complaint, rules.directory);
  if (barred.has(COORDINATOR)) return false;
  return (
    complaint.proposal?.signer === COORDINATOR ||
    complaint.holders.some((holder) => ownWays(holder, barred, rules).length === 0)
  );
}

/**
 * Whether what was told in a case may be opened for an agency: it holds the case or, as the coordinator, acts in a
 * holder's place.
 */
export function opensTo(complaint: Complaint, agency: string, rules: Reach): boolean {
  return (
    handles(complaint, agency, rules) && (complaint.holders.includes(agency) || standsIn(complaint, rules))
  );
}

type Reach = Pick<Rules, "directory" | "contactsOf">;
