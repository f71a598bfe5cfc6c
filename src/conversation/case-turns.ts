import { mayInform, mayJudge } from "../complaints/clocks.ts";
import type { Complaint } from "../complaints/complaint.ts";
import { agencyName } from "../complaints/file.ts";
import { confirm, dispute, inform } from "../complaints/progress.ts";
import { mayObject, object } from "../complaints/quarantine.ts";
import type { Outcome } from "./guide.ts";
import { say, type Turn, without } from "./turn.ts";

/** A button of a complaint that was filed: solved or not, the answer to a question. */
export function chooseInCase(action: string, complaintId: string, turn: Turn): Outcome {
  const { session, world, guide, wording } = turn;
  if (action === "drop")
    return {
      session: without(session, "expecting"),
      replies: [{ text: wording.menu.cancelled, choices: [] }],
    };
  const complaint = world.mine.find((own) => own.id === complaintId);
  if (action === "object" && complaint && mayObject(complaint, world.now, guide.rules))
    return {
      ...changed(complaint, object(world.now)),
      session,
      replies: [{ text: wording.after.objected(complaint.trackingCode), choices: [] }],
    };
  const judges = complaint && mayJudge(complaint, world.now, guide.rules);
  if (!complaint || !(judges || mayInform(complaint, world.now, guide.rules)))
    return say(turn, wording.after.tooLate);
  switch (action) {
    case "yes": {
      if (!judges) return say(turn, wording.after.tooLate);
      const step = confirm(complaint, world.now, guide.rules);
      return {
        ...changed(complaint, step),
        session,
        replies: [{ text: wording.after.confirmed(complaint.trackingCode), choices: [] }],
      };
    }
    case "no":
      if (!judges) return say(turn, wording.after.tooLate);
      return {
        session: { ...session, expecting: { kind: "dispute", complaint: complaint.id } },
        replies: [{ text: wording.after.askReason, choices: [] }],
      };
    case "info":
      return {
        session: { ...session, expecting: { kind: "information", complaint: complaint.id } },
        replies: [{ text: wording.after.askInformation(complaint.trackingCode), choices: [] }],
      };
    case "send": {
      const waiting = session.expecting?.kind === "information" ? session.expecting : undefined;
      const typed = waiting?.complaint === complaint.id ? waiting.text : undefined;
      return typed ? informed(complaint.id, typed, turn) : say(turn, wording.answers.staleChoice);
    }
    default:
      return say(turn, wording.answers.staleChoice);
  }
}

/** The person says why it is not solved. */
export function disputed(complaintId: string, reason: string, turn: Turn): Outcome {
  const { world, guide, wording } = turn;
  const session = without(turn.session, "expecting");
  const complaint = world.mine.find((own) => own.id === complaintId);
  if (!complaint || !mayJudge(complaint, world.now, guide.rules))
    return { session, replies: [{ text: wording.after.tooLate, choices: [] }] };
  const step = dispute(complaint, reason, world.now, guide.rules);
  const agencies = step.to.map((id) => agencyName(id, guide.rules.directory)).join(", ");
  return {
    ...changed(complaint, step),
    session,
    replies: [{ text: wording.after.disputed(complaint.trackingCode, agencies), choices: [] }],
  };
}

/** The person's answer goes to the agency. */
export function informed(complaintId: string, text: string, turn: Turn): Outcome {
  const { world, guide, wording } = turn;
  const session = without(turn.session, "expecting");
  const complaint = world.mine.find((own) => own.id === complaintId);
  if (!complaint || !mayInform(complaint, world.now, guide.rules))
    return { session, replies: [{ text: wording.after.tooLate, choices: [] }] };
  const step = inform(complaint, text, world.now, guide.rules);
  return {
    ...changed(complaint, step),
    session,
    replies: [{ text: wording.after.informed(complaint.trackingCode), choices: [] }],
  };
}

function changed(
  complaint: Complaint,
  step: ReturnType<typeof confirm>,
): Pick<Outcome, "complaints" | "deliveries"> {
  return {
    complaints: [{ id: complaint.id, revision: complaint.revision, events: step.events }],
    deliveries: step.deliveries,
  };
}
