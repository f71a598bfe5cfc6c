import { type Complaint, isClosed, waitsForPerson } from "../complaints/complaint.ts";
import { agencyName } from "../complaints/file.ts";
import { confirm, dispute, inform } from "../complaints/progress.ts";
import { mayObject, object } from "../complaints/quarantine.ts";
import { mayDispute, mayInform, mayJudge, mayNudge } from "../complaints/rights.ts";
import { nudge } from "../complaints/withdraw.ts";
import { button, decided, expects, ownCase, tooLate } from "./case-outcome.ts";
import { askContacts, type Typed, withoutContacts } from "./contacts.ts";
import type { Outcome } from "./guide.ts";
import { askConsent, refuseConsent } from "./identity-turns.ts";
import { saysNo, saysYes } from "./preview.ts";
import type { Expecting } from "./session.ts";
import { statusCard, wholeTimeline } from "./status.ts";
import { answerSurvey, surveyAfter } from "./survey.ts";
import { say, type Turn, without } from "./turn.ts";
import { askReason, askWithdrawal, keep, resumed, underPressure, withdrawn } from "./withdrawal.ts";

/** A button of a complaint that was filed. */
export function chooseInCase(action: string, complaintId: string, turn: Turn): Outcome {
  const { session, wording } = turn;
  if (action === "drop") return dropped(turn);
  const complaint = ownCase(complaintId, turn);
  if (!complaint) return tooLate(turn);
  switch (action) {
    case "object":
      return objected(complaint, turn);
    case "yes":
      return solved(complaint, turn);
    case "no":
      return askWhyNot(complaint, turn);
    case "info":
    case "add":
      return askFacts(complaint, turn);
    case "addto":
      return session.expecting?.kind === "addition"
        ? informed(complaint.id, session.expecting.text, turn)
        : askFacts(complaint, turn);
    case "noto":
      return session.expecting?.kind === "addition"
        ? disputed(complaint.id, session.expecting.text, turn)
        : askWhyNot(complaint, turn);
    case "send":
    case "strip":
      return sendTyped(complaint, action === "strip", turn);
    case "nudge":
      return nudged(complaint, turn);
    case "show":
      return { session, replies: [statusCard(complaint, turn)] };
    case "more":
      return { session, replies: wholeTimeline(complaint, turn) };
    case "withdraw":
      return askWithdrawal(complaint, turn);
    case "forced":
    case "fear":
      return underPressure(complaint, undefined, turn);
    case "free":
      return askReason(complaint, turn);
    case "quit":
      return withdrawn(complaint, undefined, turn);
    case "keep":
      return keep(complaint, turn);
    case "reopen":
      return reopened(complaint, turn);
    case "resume":
      return resumed(complaint, turn);
    case "idyes":
      return askConsent(complaint, turn);
    case "idno":
      return refuseConsent(complaint, turn);
    default:
      return answerSurvey(action, complaint, turn) ?? say(turn, wording.answers.staleChoice);
  }
}

export function solved(complaint: Complaint, turn: Turn): Outcome {
  const { world, guide, wording } = turn;
  if (!mayJudge(complaint, world.now, guide.rules)) return tooLate(turn);
  const step = confirm(complaint, world.now, guide.rules);
  const done = decided(complaint, step, turn, wording.after.confirmed(complaint.trackingCode));
  return { ...done, replies: [...done.replies, surveyAfter(complaint, wording)] };
}

/** The person does not accept that the case is not passed on: somebody else looks at it. */
function objected(complaint: Complaint, turn: Turn): Outcome {
  const { world, guide, wording } = turn;
  if (!mayObject(complaint, world.now, guide.rules)) return tooLate(turn);
  return decided(complaint, object(world.now), turn, wording.after.objected(complaint.trackingCode));
}

/** Not solved: asks why, for the agency. */
export function askWhyNot(complaint: Complaint, turn: Turn): Outcome {
  const { world, guide, wording } = turn;
  return mayDispute(complaint, world.now, guide.rules)
    ? expects(turn, { kind: "dispute", complaint: complaint.id }, wording.after.askReason)
    : tooLate(turn);
}

/** Taken up again: what was withdrawn at once, what was closed with what is still missing. */
export function reopened(complaint: Complaint, turn: Turn): Outcome {
  if (complaint.status === "withdrawn") return resumed(complaint, turn);
  return waitsForPerson(complaint.status) ? askFacts(complaint, turn) : askWhyNot(complaint, turn);
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
function sendTyped(complaint: Complaint, strip: boolean, turn: Turn): Outcome {
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

function dropped({ session, wording }: Turn): Outcome {
  return { session: without(session, "expecting"), replies: [{ text: wording.menu.cancelled, choices: [] }] };
}

/** The person has those reminded who must answer. */
export function nudged(complaint: Complaint, turn: Turn): Outcome {
  const { world, guide, wording } = turn;
  const { rules } = guide;
  const { trackingCode: code } = complaint;
  if (isClosed(complaint.status)) return tooLate(turn);
  if (!mayNudge(complaint, world.now, rules))
    return say(turn, wording.relay.nudgedTooSoon(code, rules.clocks.nudge.every));
  const names = complaint.holders.map((id) => agencyName(id, rules.directory)).join(", ");
  return decided(complaint, nudge(complaint, world.now, rules), turn, wording.relay.nudged(code, names));
}
