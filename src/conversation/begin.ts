import type { Reading } from "../understanding/reader.ts";
import { intakeOff } from "./doors.ts";
import type { Outcome } from "./guide.ts";
import { ask, begin } from "./intake.ts";
import { type Turn, without } from "./turn.ts";

/** Begins a complaint with what the message tells, and asks the first thing that is missing. */
export function startComplaint(
  reading: Reading | undefined,
  procedureCode: string | undefined,
  turn: Turn,
): Outcome {
  const off = intakeOff(turn);
  if (off) return off;
  const { session, world, guide, wording } = turn;
  const words = wording.complaint;
  const draft = begin(reading, procedureCode, world, guide);
  const heard = draft.kind ? [words.heard(wording.kinds[draft.kind])] : [];
  const former =
    reading?.place?.former && draft.place ? [words.placeNow(reading.place.former, draft.place.name)] : [];
  const denounces =
    reading && /\bto cao\b/.test(reading.syllables.map((s) => s.folded).join(" ")) ? [words.denounce] : [];
  const asked = ask(draft, world, guide, wording, [words.start, ...heard, ...former, ...denounces]);
  // What was awaited for another case must not swallow the first answer of this one.
  return { session: { ...without(session, "expecting"), draft: asked.draft }, replies: [asked.reply] };
}
