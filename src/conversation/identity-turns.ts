import { type Complaint, isClosed } from "../complaints/complaint.ts";
import { consent, refuse } from "../complaints/consent.ts";
import { agencyName } from "../complaints/file.ts";
import { waitsForConsent } from "../complaints/identity.ts";
import type { Person } from "../complaints/person.ts";
import { decided, expects, ownCase, tooLate } from "./case-outcome.ts";
import { readPerson } from "./facts.ts";
import type { Outcome } from "./guide.ts";
import type { Turn } from "./turn.ts";

/** The person agrees that the agency that asked may know who they are; a name not told before is asked for. */
export function askConsent(complaint: Complaint, turn: Turn): Outcome {
  if (!waitsForConsent(complaint) || isClosed(complaint.status)) return tooLate(turn);
  if (complaint.filing.named) return opened(complaint, undefined, turn);
  return expects(turn, { kind: "identity", complaint: complaint.id }, turn.wording.identity.askName);
}

/** The name that was asked for. */
export function hearName(complaintId: string, text: string, turn: Turn): Outcome {
  const complaint = ownCase(complaintId, turn);
  if (!complaint || isClosed(complaint.status)) return tooLate(turn);
  const person = readPerson(text);
  if (person) return opened(complaint, person, turn);
  const again = turn.wording.identity.askName;
  return expects(turn, { kind: "identity", complaint: complaint.id }, again);
}

function opened(complaint: Complaint, given: Person | undefined, turn: Turn): Outcome {
  const { world, guide, wording } = turn;
  const step = consent(complaint, given, world.now, guide.rules);
  if (!step) return tooLate(turn);
  const name = agencyName(step.agency, guide.rules.directory);
  return decided(complaint, step, turn, wording.identity.opened(complaint.trackingCode, name));
}

/** The person does not agree; the name stays sealed. */
export function refuseConsent(complaint: Complaint, turn: Turn): Outcome {
  const { world, guide, wording } = turn;
  const step = isClosed(complaint.status) ? undefined : refuse(complaint, world.now, guide.rules);
  if (!step) return tooLate(turn);
  return decided(complaint, step, turn, wording.identity.refused(complaint.trackingCode));
}
