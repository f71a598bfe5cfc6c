import { type Draft, forget, type Step } from "../complaints/draft.ts";
import { fold } from "../text/fold.ts";
import { namesNoBody } from "../understanding/body.ts";
import { phoneIn } from "../understanding/codes.ts";
import { asksForMoney } from "../understanding/money.ts";
import type { Whereabouts } from "../understanding/places.ts";
import type { Reading } from "../understanding/reader.ts";
import { pressureIn, threatIn } from "../understanding/threat.ts";
import type { Wording } from "../wording/citizen.ts";

/** Fewer words than this are a heading, not a story: "tôi bị vòi tiền". */
const STORY_WORDS = 7;
/** Longest name taken for a name. */
export const NAME_LENGTH = 80;
/** Answers to "your name?" that are no name. */
const NOT_A_NAME =
  /^(?:co|dong y|ok|oke|yes|u|uh|skip|bo qua|thoi|ko|k|toi|em|minh)$|\b(?:khong|muon|phan anh|ho so|bao nhieu|tai sao|tru dap|goi|lien he)\b/;
/** What is said before a number is no part of the name. */
const PHONE_WORDS = /(?<!\p{L})(?:số\s+)?(?:điện\s+thoại|dien\s+thoai|sđt|đt|sdt|phone|số)(?!\p{L})/giu;
/** Words of the longest name. */
const NAME_WORDS = 6;
/** A body of a commune: its province alone does not say which one, so the place is asked. */
const COMMUNE_BODY =
  /\b(?:xa(?! hoi\b)|(?<!dia )phuong(?! (?:tien|an|phap|thuc)\b)|thi tran|mot cua|commune|ward)\b/;
/** Places offered for choice. */
const MOST_PLACES = 8;

/** Tells what happened, rather than only naming it. */
export function isStory(reading: Reading): boolean {
  return reading.syllables.length >= STORY_WORDS;
}

/** Facts that any message may carry, whatever was asked: place, body, dossier code, days. What is known stays. */
export function withFacts(draft: Draft, reading: Reading): Draft {
  const about = draft.about ?? unitIn(reading);
  const placed = reading.place ? withPlace({ ...draft, about }, reading.place, reading.text) : draft;
  const supplements = placed.supplements ?? reading.supplements;
  // "Nộp bổ sung ngày 10/11" is not the day of the first handing in.
  const { days } = reading;
  const submitted = days.submitted === reading.supplements?.lastOn ? undefined : days.submitted;
  const told = {
    ...placed,
    about,
    dossierCode: placed.dossierCode ?? reading.dossierCode,
    submittedOn: placed.submittedOn ?? submitted,
    submittedAt: placed.submittedOn ? placed.submittedAt : submitted && reading.days.submittedAt,
    ...(supplements && { supplements: { ...supplements } }),
    promisedDate: placed.promisedDate ?? reading.days.due,
    ...((isViolence(reading) || tellsOfThreat(reading)) && { threatened: true }),
    apology: placed.apology ?? (reading.apology && [...reading.apology]),
  };
  return withMoney(told, reading);
}

/** A demand for money leads over whatever else was heard, or the case would go to who may have made it. */
function withMoney(draft: Draft, { text }: Reading): Draft {
  const { kind, noMoney } = draft;
  if (noMoney || kind === "bribe" || !asksForMoney(text)) return draft;
  return { ...draft, kind: "bribe", ...(kind && { kindBefore: kind }) };
}

/** Somebody suffers violence now, and who does it may be who would read the case. */
export function isViolence({ crisis }: Reading): boolean {
  return crisis === "police" || crisis === "child";
}

/**
 * Threats, revenge or fear of them: what makes a case guarded while it is told and protected once it is filed. Mere
 * pressure and fear are heard in a short cry; a story may say "ép" of much else.
 */
export function tellsOfThreat(reading: Reading): boolean {
  return threatIn(reading.text) || (!isStory(reading) && pressureIn(reading.text));
}

/** The unit that a message names; who names a person or a level alone is asked of which unit. */
function unitIn({ grievance: { body } }: Reading): Draft["about"] {
  return body === undefined || namesNoBody(body) ? undefined : { name: body };
}

/** A story told anew corrects what was read off the former one; what was answered when asked stays. */
export function withoutCorrected(draft: Draft, reading: Reading): Draft {
  const { place, dossierCode, days, apology, supplements } = reading;
  const corrected = (step: Step, told: unknown): boolean => Boolean(told) && !draft.done.includes(step);
  const located = place && (place.commune ?? place.choices.length > 1);
  return {
    ...draft,
    ...(corrected("place", located) && { place: undefined }),
    ...(corrected("about", unitIn(reading)) && { about: undefined }),
    ...(corrected("dossier", dossierCode) && { dossierCode: undefined }),
    ...(days.submitted && { submittedOn: undefined, submittedAt: undefined }),
    ...(corrected("promised", days.due) && { promisedDate: undefined }),
    ...(corrected("supplements", supplements) && { supplements: undefined }),
    ...(corrected("apology", apology) && { apology: undefined }),
  };
}

/**
 * The place told, or those to choose from, where none is known yet. A body of a commune needs its commune; of any other
 * the province is enough, and nobody is asked which commune of a former district it was.
 */
export function withPlace(draft: Draft, place: Whereabouts, told: string): Draft {
  if (draft.place) return draft;
  const { commune, province, choices, text } = place;
  if (commune && province) {
    const name = `${commune.name}, ${province.name}`;
    return { ...draft, place: { code: commune.code, name }, placeChoices: [] };
  }
  const local = COMMUNE_BODY.test(fold(`${draft.about?.name ?? ""} ${told}`));
  const region = province && {
    code: province.code,
    name: choices.length > 0 ? `${text} (${province.name})` : province.name,
  };
  // Communes offered already are chosen from first.
  if (region && !local && draft.placeChoices.length === 0) return { ...draft, place: region };
  const few = choices.length > 1 && choices.length <= MOST_PLACES;
  const placeChoices = few ? choices.map(({ code }) => code) : draft.placeChoices;
  return { ...draft, ...(region && { region }), placeChoices };
}

/** The draft without its place, and without the unit that was chosen among those there. */
export function withoutPlace(draft: Draft): Draft {
  const gone: readonly Step[] = draft.about?.id === undefined ? ["place"] : ["place", "about"];
  return { ...gone.reduce(forget, draft), done: draft.done.filter((step) => !gone.includes(step)) };
}

/** Says what an old commune is called now. A former district became several: nothing is said of it. */
export function placeNow(place: Whereabouts | undefined, draft: Draft, { complaint }: Wording): string[] {
  if (!place?.former || !place.commune || draft.place?.code !== place.commune.code) return [];
  return [complaint.placeNow(place.former, draft.place.name)];
}

/** "Nguyễn Văn A, 0901234567": up to six words make a name; the phone is left out when absent. */
export function readPerson(text: string): { name: string; phone?: string } | undefined {
  const phone = phoneIn(text);
  const name = text
    .normalize("NFC")
    .replace(/^\s*(?:dạ\s+)?(?:(?:tôi|em|mình|con|tui)\s+)?tên(?:\s+(?:tôi|em))?(?:\s+là)?\s+/i, "")
    .replaceAll(/\S+@\S+/g, " ")
    .replaceAll(PHONE_WORDS, " ")
    .replaceAll(/[\d+().,;:–-]+/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim()
    .slice(0, NAME_LENGTH);
  if (!/\p{L}{2}/u.test(name) || name.split(" ").length > NAME_WORDS || NOT_A_NAME.test(fold(name)))
    return undefined;
  return { name, ...(phone && { phone }) };
}
