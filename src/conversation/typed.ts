import { type Complaint, isClosed, waitsForPerson } from "../complaints/complaint.ts";
import { agencyName } from "../complaints/file.ts";
import { dispute, inform } from "../complaints/progress.ts";
import { mayDispute, mayInform } from "../complaints/rights.ts";
import { button, decided, expects, ownCase, tooLate } from "./case-outcome.ts";
import { isDone } from "./case-words.ts";
import { askContacts, type Typed, withoutContacts } from "./contacts.ts";
import { finished } from "./evidence-turns.ts";
import type { Outcome } from "./guide.ts";
import { saysNo, saysYes } from "./preview.ts";
import type { Expecting } from "./session.ts";
import { say, type Turn, without } from "./turn.ts";
import { withdrawn } from "./withdrawal.ts";

/** Not solved: asks why, for the agency. */
export function askWhyNot(complaint: Complaint, turn: Turn): Outcome {
  const { world, guide, wording } = turn;
  return mayDispute(complaint, world.now, guide.rules)
    ? expects(turn, { kind: "dispute", complaint: complaint.id }, wording.after.askReason)
    : tooLate(turn);
}

/** Asks for the answer to an agency's question, or for what the person wants to add. */
export function askFacts(complaint: Complaint, turn: Turn): Outcome {
  const { world, guide, wording } = turn;
  if (!mayInform(complaint, world.now, guide.rules)) return tooLate(turn);
  const { after, relay } = wording;
  const ask = waitsForPerson(complaint.status) ? after.askInformation : relay.askFacts;
  return expects(turn, { kind: "information", complaint: complaint.id }, ask(complaint.trackingCode));
}

/** The person says why it is not solved. */
export function disputed(complaintId: string, reason: string, turn: Turn): Outcome {
  const { world, guide } = turn;
  const complaint = ownCase(complaintId, turn);
  if (!complaint || !mayDispute(complaint, world.now, guide.rules)) return tooLate(turn);
  return askContacts("dispute", complaint, reason, turn) ?? sendDispute(complaint, reason, turn);
}

function sendDispute(complaint: Complaint, reason: string, turn: Turn): Outcome {
  const { world, guide, wording } = turn;
  if (!mayDispute(complaint, world.now, guide.rules)) return tooLate(turn);
  const step = dispute(complaint, reason, world.now, guide.rules);
  const agencies = step.to.map((id) => agencyName(id, guide.rules.directory)).join(", ");
  return decided(complaint, step, turn, wording.after.disputed(complaint.trackingCode, agencies));
}

/** The person's answer, or what they add, goes to those who hold the case. */
export function informed(complaintId: string, text: string, turn: Turn): Outcome {
  const { world, guide } = turn;
  const complaint = ownCase(complaintId, turn);
  if (!complaint || !mayInform(complaint, world.now, guide.rules)) return tooLate(turn);
  return askContacts("information", complaint, text, turn) ?? sendFacts(complaint, text, turn);
}

/** What was typed where facts or a reason were asked for: it goes out, unless it only says that there is no more to tell. */
export function hearTyped(kind: "information" | "dispute", id: string, text: string, turn: Turn): Outcome {
  const complaint = ownCase(id, turn);
  const done = isDone(text);
  if (kind === "dispute") {
    const mere = complaint && done && mayDispute(complaint, turn.world.now, turn.guide.rules);
    return mere ? askedAgain(complaint, turn) : disputed(id, text, turn);
  }
  // To an agency's question "rồi" may be the answer.
  if (complaint && waitsForPerson(complaint.status))
    return done === "thanks" ? askFacts(complaint, turn) : informed(id, text, turn);
  return complaint && (done || saysNo(text)) ? finished(complaint, turn) : informed(id, text, turn);
}

/** Asks once more whether it is solved, with its two buttons. */
export function askedAgain(complaint: Complaint, turn: Turn): Outcome {
  const { session, wording } = turn;
  const text = wording.after.askVerdict(complaint.trackingCode);
  const choices = [
    ...(complaint.status === "closed_confirmed" ? [] : [button("yes", complaint, wording.notices.solved)]),
    button("no", complaint, wording.notices.notSolved),
  ];
  return { session: without(session, "expecting"), replies: [{ text, choices }] };
}

/** What was typed unasked while an agency's question is open may be the answer: it goes out after a yes. */
export function offerFacts(complaint: Complaint, text: string, turn: Turn): Outcome {
  const { after, complaint: words } = turn.wording;
  const offer = after.sendInformation(complaint.trackingCode);
  return (
    askContacts("information", complaint, text, turn, [offer]) ??
    expects(turn, { kind: "information", complaint: complaint.id, text }, offer, [
      button("send", complaint, words.send),
      { id: "c:drop", label: words.cancel },
    ])
  );
}

function sendFacts(complaint: Complaint, text: string, turn: Turn): Outcome {
  const { world, guide, wording } = turn;
  const { rules } = guide;
  const { after, relay, notices } = wording;
  const { trackingCode: code, status } = complaint;
  if (!mayInform(complaint, world.now, rules)) return tooLate(turn);
  const step = inform(complaint, text, world.now, rules);
  if (waitsForPerson(status)) return decided(complaint, step, turn, after.informed(code));
  if (status === "quarantined") return decided(complaint, step, turn, relay.sentHeldBack(code));
  if (!isClosed(status)) return decided(complaint, step, turn, relay.sent(code));
  return decided(complaint, step, turn, relay.sentClosed(code), [button("no", complaint, notices.notSolved)]);
}

/** What was typed and waits for a yes goes out, as it is or without what tells who the person is. */
export function sendTyped(complaint: Complaint, strip: boolean, turn: Turn): Outcome {
  const { session, wording } = turn;
  const { expecting } = session;
  const typed =
    expecting && isTyped(expecting) && expecting.complaint === complaint.id ? expecting : undefined;
  if (typed?.text === undefined) return say(turn, wording.answers.staleChoice);
  const text = strip ? withoutContacts(typed.text) : typed.text;
  switch (typed.kind) {
    case "dispute":
      return sendDispute(complaint, text, turn);
    case "information":
      return sendFacts(complaint, text, turn);
    case "withdrawal":
      return withdrawn(complaint, text, turn);
  }
}

function isTyped(expecting: Expecting): expecting is Typed {
  const { kind } = expecting;
  return kind === "information" || kind === "dispute" || kind === "withdrawal";
}

/** A typed yes or no to what waits for one; a yes asks again where it is still open how it goes. Undefined for neither. */
export function hearConsent(
  { kind, complaint: id, text }: Typed,
  said: string,
  turn: Turn,
): Outcome | undefined {
  if (text === undefined) return undefined;
  if (saysNo(said)) return dropped(turn);
  if (!saysYes(said)) return undefined;
  const complaint = ownCase(id, turn);
  if (!complaint) return tooLate(turn);
  return askContacts(kind, complaint, text, turn) ?? sendTyped(complaint, false, turn);
}

export function dropped({ session, wording }: Turn): Outcome {
  return { session: without(session, "expecting"), replies: [{ text: wording.menu.cancelled, choices: [] }] };
}
