import { type Complaint, isClosed, waitsForPerson } from "../complaints/complaint.ts";
import { agencyName } from "../complaints/file.ts";
import { confirm } from "../complaints/progress.ts";
import { mayObject, object } from "../complaints/quarantine.ts";
import { mayJudge, mayNudge } from "../complaints/rights.ts";
import { nudge } from "../complaints/withdraw.ts";
import { decided, ownCase, tooLate } from "./case-outcome.ts";
import { finished } from "./evidence-turns.ts";
import type { Outcome } from "./guide.ts";
import { askConsent, refuseConsent } from "./identity-turns.ts";
import { statusCard, wholeTimeline } from "./status.ts";
import { answerSurvey, surveyAfter } from "./survey.ts";
import { say, type Turn } from "./turn.ts";
import { askedAgain, askFacts, askWhyNot, disputed, dropped, informed, sendTyped } from "./typed.ts";
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
    case "done":
      return session.expecting?.kind === "dispute" ? askedAgain(complaint, turn) : finished(complaint, turn);
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

/** Taken up again: what was withdrawn at once, what was closed with what is still missing. */
export function reopened(complaint: Complaint, turn: Turn): Outcome {
  if (complaint.status === "withdrawn") return resumed(complaint, turn);
  return waitsForPerson(complaint.status) ? askFacts(complaint, turn) : askWhyNot(complaint, turn);
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
