import type { Reading } from "../understanding/reader.ts";
import type { Finder, Findings } from "./finder.ts";

/**
 * What speaks for a message being a complaint (phản ánh), praise or suggestion, or against it. How much each counts is
 * fitted by `scripts/fit-complaints.ts`.
 */
export const COMPLAINT_SIGNS = [
  "always",
  /** What the examples teach, as log odds. */
  "learnt",
  "offtopic",
  /** Points of the words that say its kind, and whether there are any to speak of. */
  "cues",
  "cued",
  "officials",
  /** Words that ask, in a message about officials. */
  "officialsAsked",
  /** Both days are named: handed in, and promised. */
  "bothDays",
  "length",
  /** No particular thing is asked for; or how to go about it. */
  "general",
  "steps",
  /** Short, and nothing but such words. */
  "bare",
  /** How likely something answers it. */
  "answerable",
] as const;
type ComplaintSign = (typeof COMPLAINT_SIGNS)[number];

/** Points beyond these say no more. */
const MOST_POINTS = 6;
/** From so many on there is a phrase that says the kind. */
const CUED = 2;
/** Shares nearer to 0 or 1 than this are taken for this near. */
const CLOSEST = 1e-3;
/** Words in a message that tells no story … */
const FEW_WORDS = 14;
/** … and complains only where a word of it says so, or it is learnt to be one: this well of officials, so well of others. */
const LEARNT = { ofOfficials: 0.5, ofOthers: 0.95 } as const;

/** Signs of one message in the order of their names. */
export function complaintSigns(
  { grievance, offtopic, days, syllables, aspect }: Reading,
  { answerable }: Pick<Findings, "answerable">,
): readonly number[] {
  const { learnt, points, asking, ofOfficials, bare } = grievance;
  const signs: Record<ComplaintSign, number> = {
    always: 1,
    learnt: logOdds(learnt),
    offtopic: logOdds(offtopic),
    cues: Math.min(MOST_POINTS, points),
    cued: Number(points >= CUED),
    officials: Number(ofOfficials),
    officialsAsked: ofOfficials ? asking : 0,
    bothDays: Number(days.submitted !== undefined && days.due !== undefined),
    length: Math.log(1 + syllables.length),
    general: Number(aspect === "general"),
    steps: Number(aspect === "steps"),
    bare: Number(bare),
    answerable,
  };
  return COMPLAINT_SIGNS.map((sign) => signs[sign]);
}

/** Whether a message is likelier a complaint, praise or suggestion than anything else. */
export function isComplaint(reading: Reading, found: Findings, finder: Finder): boolean {
  const { cued, ofOfficials, resolved, learnt } = reading.grievance;
  if (resolved) return true;
  // "Rút bhxh 1 lần": a few words name what they want, or say that they complain.
  const says = cued || learnt >= (ofOfficials ? LEARNT.ofOfficials : LEARNT.ofOthers);
  if (reading.syllables.length <= FEW_WORDS && !says) return false;
  return finder.weighComplaint(complaintSigns(reading, found)) > 0;
}

function logOdds(share: number): number {
  const held = Math.min(1 - CLOSEST, Math.max(CLOSEST, share));
  return Math.log(held / (1 - held));
}
