import type { Aside } from "../complaints/draft.ts";
import { fold } from "../text/fold.ts";
import { legalPathIn } from "../understanding/legal-path.ts";
import type { Reading } from "../understanding/reader.ts";
import { intakeOff } from "./doors.ts";
import { isStory, placeNow } from "./facts.ts";
import type { Outcome } from "./guide.ts";
import { ask, begin, reopen } from "./intake.ts";
import { heardOf, pathChoices } from "./path-offer.ts";
import { type Turn, without } from "./turn.ts";
import { twoSaid, twoThingsIn } from "./two-things.ts";

/**
 * Begins a complaint with what the message tells, and asks the first thing that is missing.
 * @param known the words as typed, where they are more than the reading, and what is known from elsewhere
 */
export function startComplaint(
  whole: Reading | undefined,
  procedureCode: string | undefined,
  turn: Turn,
  known: Aside = { text: whole?.text ?? "" },
): Outcome {
  const off = intakeOff(turn);
  if (off) return off;
  const { session, world, guide, wording } = turn;
  const words = wording.complaint;
  const two = whole && isStory(whole) ? twoThingsIn(whole, guide, world.now) : undefined;
  const reading = two?.first ?? whole;
  const path = legalPathIn(fold(known.text));
  const begun = begin(reading, procedureCode, world, guide);
  const located = begun.place !== undefined || begun.placeChoices.length > 0;
  const sameUnit = !begun.about && known.about && (!located || begun.place?.code === known.place?.code);
  const draft = {
    ...begun,
    ...(path && { path }),
    ...(two && { aside: two.second.text }),
    ...(!located && known.place && { place: known.place }),
    ...(sameUnit && { about: known.about }),
    // A unit of its own has a dossier of its own.
    ...(!begun.about && !begun.dossierCode && known.dossierCode && { dossierCode: known.dossierCode }),
  };
  const before = [
    words.start,
    ...(two ? [twoSaid(two, wording)] : draft.kind ? [words.heard(wording.kinds[draft.kind])] : []),
    ...placeNow(reading?.place, draft, wording),
    ...heardOf(known.text, wording),
  ];
  const asked = reading
    ? reopen(draft, world, guide, wording, before)
    : ask(draft, world, guide, wording, before);
  // Under the preview they stand already.
  const offers = path && asked.draft.step !== "preview" ? pathChoices(draft, wording) : [];
  const reply = { ...asked.reply, choices: [...asked.reply.choices, ...offers] };
  // What was awaited for another case must not swallow the first answer of this one.
  return { session: { ...without(session, "expecting"), draft: asked.draft }, replies: [reply] };
}
