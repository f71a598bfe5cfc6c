import { applyEvent, type Complaint, isClosed, isConfidential } from "../complaints/complaint.ts";
import { agencyName, type Rules } from "../complaints/file.ts";
import { protect } from "../complaints/protect.ts";
import { mayResume, reopensUntil } from "../complaints/rights.ts";
import { resume, withdraw } from "../complaints/withdraw.ts";
import type { Choice } from "../messages/message.ts";
import { pressureIn } from "../understanding/threat.ts";
import { button, decided, expects, ownCase, tooLate } from "./case-outcome.ts";
import { forcedIn, wishIn } from "./case-words.ts";
import { askContacts, kindsIn, withoutContacts } from "./contacts.ts";
import type { Outcome } from "./guide.ts";
import type { Turn } from "./turn.ts";

/** Before a complaint is withdrawn the person is asked, privately, whether somebody forces them. */
export function askWithdrawal(complaint: Complaint, turn: Turn): Outcome {
  const { withdrawal } = turn.wording;
  if (isClosed(complaint.status)) return tooLate(turn);
  return expects(
    turn,
    { kind: "pressure", complaint: complaint.id },
    withdrawal.askPressure(complaint.trackingCode),
    pressureChoices(complaint, turn),
  );
}

function pressureChoices(complaint: Complaint, { wording: { withdrawal } }: Turn): Choice[] {
  return [
    button("forced", complaint, withdrawal.forced),
    button("free", complaint, withdrawal.free),
    button("keep", complaint, withdrawal.keep),
  ];
}

/** Nobody forces them: why, then? Said or not, the complaint is withdrawn after that. */
export function askReason(complaint: Complaint, turn: Turn): Outcome {
  const { withdrawal } = turn.wording;
  if (isClosed(complaint.status)) return tooLate(turn);
  return expects(
    turn,
    { kind: "withdrawal", complaint: complaint.id },
    withdrawal.askReason(complaint.trackingCode),
    [button("quit", complaint, withdrawal.quit), button("keep", complaint, withdrawal.keep)],
  );
}

/** What was typed at one of these two questions. */
export function hearWithdrawal(
  kind: "pressure" | "withdrawal",
  complaintId: string,
  text: string,
  turn: Turn,
): Outcome {
  const complaint = ownCase(complaintId, turn);
  if (!complaint || isClosed(complaint.status)) return tooLate(turn);
  if (wishIn(text) === "resume") return keep(complaint, turn);
  if (pressureIn(text)) return underPressure(complaint, text, turn);
  if (kind === "withdrawal") {
    // In confidence the reason is told to nobody.
    const asked = isConfidential(complaint) ? undefined : askContacts(kind, complaint, text, turn);
    return asked ?? withdrawn(complaint, text, turn);
  }
  const forced = forcedIn(text);
  if (forced === "yes") return underPressure(complaint, text, turn);
  return forced === "no" ? askReason(complaint, turn) : askWithdrawal(complaint, turn);
}

/** The complaint stays as it is. */
export function keep(complaint: Complaint, turn: Turn): Outcome {
  const kept = turn.wording.withdrawal.kept(complaint.trackingCode);
  return isClosed(complaint.status)
    ? tooLate(turn)
    : decided(complaint, { events: [], deliveries: [] }, turn, kept);
}

/** Withdrawn, with the way back. */
export function withdrawn(complaint: Complaint, reason: string | undefined, turn: Turn): Outcome {
  const { world, guide, wording } = turn;
  if (isClosed(complaint.status)) return tooLate(turn);
  const step = withdraw(complaint, reason, world.now, guide.rules);
  const until = reopensUntil(afterwards(complaint, step.events), guide.rules);
  const { withdrawal, standing } = wording;
  return decided(
    complaint,
    step,
    turn,
    withdrawal.done(complaint.trackingCode, wording.day(until ?? complaint.answerDue)),
    [button("resume", complaint, standing.resume)],
  );
}

/** The person undoes the withdrawal. */
export function resumed(complaint: Complaint, turn: Turn): Outcome {
  const { world, guide, wording } = turn;
  if (!mayResume(complaint, world.now, guide.rules)) return tooLate(turn);
  const step = resume(complaint, world.now, guide.rules);
  const { answerDue } = afterwards(complaint, step.events);
  const text = wording.withdrawal.resumed(complaint.trackingCode, wording.day(answerDue));
  return decided(complaint, step, turn, text);
}

/**
 * Under pressure nothing is withdrawn: the case goes to its custodian alone, and the person hears what to do. Nothing is
 * asked before that: who the person is stays out of the words, and can be added.
 */
export function underPressure(complaint: Complaint, cry: string | undefined, turn: Turn): Outcome {
  const { world, guide, wording } = turn;
  const { withdrawal } = wording;
  if (isClosed(complaint.status)) return tooLate(turn);
  const words = cry === undefined ? undefined : withoutContacts(cry);
  const kinds = cry === undefined ? undefined : kindsIn([cry], wording);
  const step = protect(complaint, words, world.now, guide.rules);
  const { trackingCode: code, filing } = complaint;
  const told = {
    usual: (): string =>
      withdrawal.protected(code, holdersOf(afterwards(complaint, step.events), guide.rules)),
    protected: (): string =>
      words === undefined ? withdrawal.alreadyProtected(code) : withdrawal.stillProtected(code),
  };
  const law = filing.kind === "bribe" ? [withdrawal.law] : [];
  const without = kinds ? [withdrawal.withoutContacts(kinds)] : [];
  const text = [told[complaint.lane](), ...without, withdrawal.advice, ...law].join("\n");
  return decided(complaint, step, turn, text);
}

function afterwards(complaint: Complaint, events: Complaint["events"]): Complaint {
  return events.reduce((before, event) => applyEvent(complaint.id, before, event), complaint);
}

function holdersOf({ holders }: Complaint, rules: Rules): string {
  return holders.map((id) => agencyName(id, rules.directory)).join(", ");
}
