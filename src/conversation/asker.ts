import { chosen, type Understanding } from "../answers/answer.ts";
import { ownMember, provincesOf, type Subject } from "../answers/subjects.ts";
import type { Province } from "../knowledge/place.ts";
import type { Whereabouts } from "../understanding/places.ts";
import type { Reading } from "../understanding/reader.ts";
import { choose } from "./choose.ts";
import type { Guide, Outcome } from "./guide.ts";
import type { Session } from "./session.ts";
import { say, type Turn } from "./turn.ts";
import { placeAlone } from "./where.ts";

/** From this share on what a question finds is shown without asking again. */
const LIKELY = 0.5;

/** The session with what a message says of who asks: where they live, and whether for a business. */
export function withAsker({ place, business }: Reading, session: Session): Session {
  const asker = business === undefined ? session : { ...session, business };
  return place?.plain ? livingIn(place.plain.province, place.plain.commune?.code, asker) : asker;
}

function livingIn(province: Province, commune: string | undefined, session: Session): Session {
  const { commune: before, ...rest } = session;
  const kept = commune ?? (province.code === session.province ? before : undefined);
  return { ...rest, province: province.code, ...(kept !== undefined && { commune: kept }) };
}

/**
 * What is answered to a message that says only who asks: what they asked for, if that waited for it or was told without
 * it; else that it is noted.
 */
export function hearAsker(reading: Reading, turn: Turn): Outcome | undefined {
  const { session, guide } = turn;
  const waiting = provinceAsked(session, guide);
  const place = waiting && homeAnswered(reading, guide);
  if (waiting && place) {
    const living = { ...turn, session: livingIn(place.province, place.commune?.code, session) };
    return ofProvince(waiting.subject, waiting.aspect, place.province, living);
  }
  if (!reading.tellsAsker) return undefined;
  const [code] = session.topics;
  const topic = code === undefined ? undefined : guide.finder.subject(code);
  const province = reading.place?.plain?.province;
  if (topic && province && provincesOf(topic) > 0) return ofProvince(topic, "general", province, turn);
  const noted = notedOf(reading, turn);
  if (!topic || code === undefined)
    return { ...say(turn, `${noted} ${turn.wording.answers.whatNeeded}`), understood: NOTHING_ASKED };
  const shown = province
    ? choose(`p:${code}:where`, turn)
    : choose(`p:${forAsker(code, turn)}:general`, turn);
  const [answer, ...more] = shown.replies;
  if (!answer) return shown;
  return { ...shown, replies: [{ ...answer, text: `${noted}\n\n${answer.text}` }, ...more] };
}

/** Where the person says to be when they are asked; a bare name counts then, unless it may be an everyday word. */
function homeAnswered(reading: Reading, { reader }: Guide): Whereabouts["plain"] {
  if (reading.tellsAsker) return reading.place?.plain;
  const heard = placeAlone(reading.text, reader.gazetteer);
  const place = heard?.sure ? heard.place : undefined;
  if (!place?.province) return undefined;
  return { province: place.province, ...(place.commune && { commune: place.commune }) };
}

/** What a message is understood as that asks nothing yet. */
export const NOTHING_ASKED = {
  intent: "greeting",
  aspect: "general",
  procedures: [],
  rules: [],
  sure: false,
} as const satisfies Understanding;

function notedOf({ place, business }: Reading, { wording }: Turn): string {
  const { placeNoted, askerNoted } = wording.answers;
  if (!place?.plain) return askerNoted(business === true);
  const { commune, province } = place.plain;
  return placeNoted([commune?.name, province.name].filter(Boolean).join(", "));
}

/** What the last question finds now that it is known for whom, the topic unless something else is likely. */
function forAsker(topic: string, { session, guide }: Turn): string {
  const { asked, province, business } = session;
  if (asked === undefined) return topic;
  const [best] = guide.finder.find({ text: asked, offtopic: 0 }, { province, business }).procedures;
  return best && best.share >= LIKELY ? best.code : topic;
}

/** What the last answer asked the province for. */
function provinceAsked(
  { menu }: Session,
  { finder }: Guide,
): { readonly subject: Subject; readonly aspect: string } | undefined {
  const shown = menu.map(({ id }) => id.split(":"));
  const [, first = "", aspect = ""] = shown[0] ?? [];
  const subject = finder.subject(first);
  if (!subject || new Set(shown.map(([, code]) => code)).size < 2) return undefined;
  const isOne = shown.every(([area, code = ""]) => area === "p" && finder.subject(code) === subject);
  return isOne ? { subject, aspect } : undefined;
}

/** That province's own procedure, or that we have none of it. */
function ofProvince(subject: Subject, aspect: string, province: Province, turn: Turn): Outcome {
  const own = ownMember(subject, province.code);
  if (own) return choose(`p:${own.code}:${aspect}`, turn);
  const { asked } = turn.session;
  const gap = `${subject.title} (${province.name})`;
  return {
    ...say(turn, turn.wording.answers.gap(gap)),
    understood: { ...chosen(subject, subject.code, "general"), intent: "unclear", procedures: [], gap },
    ...(asked !== undefined && { unanswered: { question: asked, intent: "unclear" } }),
  };
}
