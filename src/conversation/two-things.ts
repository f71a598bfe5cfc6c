import { partsOf } from "../answers/second-need.ts";
import { concernedUnit } from "../complaints/route.ts";
import { foldInPlace } from "../text/fold.ts";
import type { Reading } from "../understanding/reader.ts";
import type { Wording } from "../wording/citizen.ts";
import type { Guide } from "./guide.ts";
import { LIKELY } from "./likely.ts";

/** Two grievances told in one message: each becomes a case of its own. */
export type TwoThings = { readonly first: Reading; readonly second: Reading };

/** Words that begin something else, folded. */
const TURN =
  /[.;,!\n]*\s(?:ngoai ra|con nua|con (?:mot |1 )?(?:viec|chuyen)(?: khac| nua)?|them nua|voi lai|viec thu (?:hai|2)|chuyen thu (?:hai|2)|(?:mot|1) (?:viec|chuyen) (?:khac|nua)|besides|another thing is)[\s,:]+/u;
const SENTENCE = /[.;!?\n]+\s*/u;
/** Ends of sentences at which a second grievance is looked for: each costs two readings of the whole. */
const MOST_CUTS = 16;

/** A question beside a complaint asks in so many words. */
const ASKS =
  /\b(?:can (?:giay to )?gi|can nhung gi|giay to gi|bao nhieu|o dau|bao lau|may ngay|the nao|lam sao|lam gi|thu tuc gi|duoc khong|what|how|where)\b/;

/**
 * Tells two grievances apart: of different kinds where words say that something else begins; else only about different
 * units or dossiers, as one trouble is often told of many sides.
 */
export function twoThingsIn(reading: Reading, guide: Guide, now: Date): TwoThings | undefined {
  const read = (text: string): Reading => guide.reader.read(text, now);
  const turned = cut(reading.text, TURN);
  if (turned) {
    const [first, second] = [read(turned[0]), read(turned[1])];
    const apart = first.grievance.kind !== second.grievance.kind || differ(first, second, reading, guide);
    if (apart && isGrievance(first) && isGrievance(second)) return { first, second };
  }
  const sentences = reading.text.split(SENTENCE).filter(Boolean);
  for (let at = 1; at < sentences.length && at <= MOST_CUTS; at++) {
    const first = read(sentences.slice(0, at).join(". "));
    const second = read(sentences.slice(at).join(". "));
    if (isGrievance(first) && isGrievance(second) && differ(first, second, reading, guide))
      return { first, second };
  }
  return undefined;
}

function cut(told: string, at: RegExp): readonly [string, string] | undefined {
  const text = told.normalize("NFC");
  const found = at.exec(foldInPlace(text));
  if (!found || found.index === 0) return undefined;
  return [text.slice(0, found.index).trim(), text.slice(found.index + found[0].length).trim()];
}

function isGrievance({ grievance }: Reading): boolean {
  return grievance.cued && grievance.plain && grievance.likelihood >= LIKELY;
}

/** About different dossiers, or units of different kinds, both named. */
function differ(first: Reading, second: Reading, whole: Reading, { rules }: Guide): boolean {
  if (first.dossierCode && second.dossierCode) return first.dossierCode !== second.dossierCode;
  const place = whole.place?.commune?.code ?? whole.place?.province?.code;
  const unit = ({ text, grievance }: Reading): string | undefined =>
    concernedUnit({ kind: grievance.kind, about: { name: text }, place }, rules.directory)?.kind?.kind;
  const [one, other] = [unit(first), unit(second)];
  return one !== undefined && other !== undefined && one !== other;
}

/** Says that two grievances were heard, each for a case of its own. */
export function twoSaid({ first, second }: TwoThings, { before, kinds }: Wording): string {
  return before.aside.two(kinds[first.grievance.kind], kinds[second.grievance.kind]);
}

/** A question beside a complaint, and the rest of the message; undefined where there is none. */
export function questionBeside(
  reading: Reading,
  guide: Guide,
  now: Date,
): { readonly question: Reading; readonly rest: Reading } | undefined {
  const parts = partsOf(reading.text);
  if (parts.length < 2) return undefined;
  const asked = parts
    .map((part) => guide.reader.read(part, now))
    .find(({ grievance, folded }) => !grievance.cued && ASKS.test(folded));
  if (!asked) return undefined;
  const rest = parts.filter((part) => part.trim() !== asked.text.trim()).join(". ");
  return { question: asked, rest: guide.reader.read(rest, now) };
}

/** From here on what is told of officials beside a question is begun, not merely offered. */
const OUTRIGHT = 0.8;

/** Whether a complaint beside a question is told so plainly that nobody need ask whether it is meant. */
export function isOutright({ grievance }: Reading): boolean {
  return grievance.cued && grievance.ofOfficials && grievance.likelihood >= OUTRIGHT;
}

/** A complaint beside a question; undefined where there is none. */
export function complaintBeside(reading: Reading, guide: Guide, now: Date): Reading | undefined {
  const parts = partsOf(reading.text);
  if (parts.length < 2) return undefined;
  return parts
    .map((part) => guide.reader.read(part, now))
    .find((part) => isGrievance(part) && !ASKS.test(part.folded));
}
