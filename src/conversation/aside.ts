import { startComplaint } from "./begin.ts";
import { intakeOff } from "./doors.ts";
import type { Outcome } from "./guide.ts";
import type { Session } from "./session.ts";
import { say, type Turn } from "./turn.ts";

/** Goes on with what was told beside something else; the name is asked anew, as it is given for one case only. */
export function tellAside(turn: Turn): Outcome {
  const { session, world, guide, wording } = turn;
  const { aside } = session;
  if (!aside) return say(turn, wording.answers.staleChoice);
  if (session.draft) return say(turn, wording.complaint.stillOpen);
  // What was told stays for the time when complaints are taken again.
  const off = intakeOff(turn);
  if (off) return off;
  const reading = guide.reader.read(aside.text, world.now);
  return startComplaint(reading, aside.procedureCode, { ...turn, session: withoutAside(session) }, aside);
}

function withoutAside({ aside: _told, ...rest }: Session): Session {
  return rest;
}
