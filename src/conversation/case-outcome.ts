import type { Complaint } from "../complaints/complaint.ts";
import type { Step } from "../complaints/tell.ts";
import type { Choice } from "../messages/message.ts";
import type { Outcome } from "./guide.ts";
import type { Expecting } from "./session.ts";
import { say, type Turn, without } from "./turn.ts";

/** A button of this case. */
export function button(action: string, { id }: Pick<Complaint, "id">, label: string): Choice {
  return { id: `c:${action}:${id}`, label };
}

/** What was decided on a case happens, and is told; nothing is awaited any more. */
export function decided(
  complaint: Complaint,
  step: Step,
  turn: Turn,
  text: string,
  choices: readonly Choice[] = [],
): Outcome {
  return {
    session: without(turn.session, "expecting"),
    replies: [{ text, choices }],
    ...(step.events.length > 0 && {
      complaints: [
        {
          id: complaint.id,
          revision: complaint.revision,
          events: step.events,
          ...(step.identity && { identity: step.identity }),
        },
      ],
      deliveries: step.deliveries,
    }),
  };
}

/** Asks something about a case, and waits for the answer. */
export function expects(
  turn: Turn,
  expecting: Expecting,
  text: string,
  choices: readonly Choice[] = [],
): Outcome {
  return { session: { ...turn.session, expecting }, replies: [{ text, choices }] };
}

/** The case has moved on: what was pressed or typed fits it no more. */
export function tooLate(turn: Turn): Outcome {
  return say({ ...turn, session: without(turn.session, "expecting") }, turn.wording.after.tooLate);
}

/** The person's own case; undefined for anybody else's. */
export function ownCase(id: string, { world }: Turn): Complaint | undefined {
  return world.mine.find((own) => own.id === id);
}
