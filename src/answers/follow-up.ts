import { syllables } from "../text/fold.ts";
import { PLAIN } from "../understanding/aspect.ts";
import type { Reading } from "../understanding/reader.ts";
import type { Context } from "./answer.ts";
import { askedAnew, isCorrection, meantIn } from "./correction.ts";
import type { Finder, Findings, FoundBoth } from "./finder.ts";
import { namedBy, type Subject } from "./subjects.ts";

/**
 * What speaks for or against each subject that a message in a conversation may be about, and for none of them, in this
 * order. How much each counts is fitted by `scripts/fit-follow-ups.ts`.
 */
export const LINKS = [
  /** Logarithms of its share of the trust: by the message alone, … */
  "alone",
  /** … with the topic's name before it, with the question before it. */
  "withTopic",
  "withQuestion",
  /** Confused with the topic or done beside it, as much as the message alone speaks of it among these. */
  "near",
  /** Of the topic's sector; how alike it is to the topic, and to what was spoken of before, by what their texts speak of. */
  "sector",
  "alike",
  "alikeEarlier",
  /** Share of the message's words that its name has; how sure it is by itself, if it has all and the topic's name none. */
  "named",
  "namedAnew",
  /** Special cases in its name that the message speaks of. */
  "said",
  /** It is the topic at hand, … */
  "topic",
  /** … and the message has one word that carries a subject, or four and more, … */
  "topicOneWord",
  "topicManyWords",
  /** … asks plainly for one thing, or whether a paper is needed, … */
  "topicPlain",
  "topicNeeded",
  /** … names nothing but a place, … */
  "topicPlace",
  /** … asks what of another case, goes on with "còn", "thế", "nếu", tells of something to be done. */
  "topicCase",
  "topicGoesOn",
  "topicActs",
  /** It was spoken of before the topic; its name has words of the message. */
  "earlier",
  "earlierNamed",
  /** None of all: it stands for itself. More where it tells something that is not ours, or a rule or what has no record is meant. */
  "none",
  "noneOfftopic",
  "noneApart",
] as const;
type Link = (typeof LINKS)[number];

/** A subject that a message may be about, or undefined for none, and what speaks for it in the order of {@link LINKS}. */
export type Linked = { readonly subject: Subject | undefined; readonly links: readonly number[] };

/** Share of what a reading does not find at all. */
const FLOOR = 0.00005;
/** Words in a message that may still be a follow-up. */
const FOLLOW_UP_WORDS = 21;
/** A message with this trust in its own subject, of so many words, is clear. */
const CLEAR = { trust: 0.85, words: 2 } as const;
/** With less trust than this a neighbour of the topic is not spoken of. */
const NEAR_LEAST = 0.03;
/** What was meant, where it is this sure of its own subject, is not the topic. */
const MEANT = 0.3;
/** An earlier topic with this share of the trust is the one that the person comes back to. */
const RETURNED = 0.3;
const NOISE = { words: 3, answerable: 0.3 } as const;
/** From so many words on that carry a subject a message may as well speak of another. */
const MANY_WORDS = 4;
/** "Lên thổ cư rồi thì xin phép xây nhà nữa hả": what is done is told first, what is asked for after it. */
export const DONE =
  /^.*?\b(?:xong|rồi)(?: xuôi)?(?:,| thì| giờ| bây giờ| em| tôi| mình| muốn| có)* (?=.{4})/iu;
/** "Cần sổ gốc ko", "bản vẽ phải có dấu không": asks whether a paper is needed, not how to get it. */
const NEEDED =
  /\b(?:can|phai co|mang|dem|kem|nop) (?!.*\b(?:xin|lam|dang ky|khai|doi|cap)\b).*\b(?:khong|ko|k|hong|hok|hem)(?: a| vay| nhi| anh| chi| ad)?$/;
/** "Ủa mà quay lại vụ thi bằng", "quay lại: phí bao nhiêu"; but "phải quay lại mấy lần" is of the topic, "trở lại quốc tịch" a thing of its own. */
const BACK =
  /^(?:\S+ ){0,4}?(?<!\bphai )(?:quay lai|tro lai|quay ve)\b(?! (?:may|nop|lam|lay|nhan|ky|hoc|quoc tich|hoat dong|kinh doanh)\b)|\bback to\b/;
const CASE = /\bthi (?:sao|the nao|rang|lam sao)\b|^what (?:about|if)\b/;
const GOES_ON =
  /^(?:a |ua |da |u |vay |ok |oke )*(?:the (?!fee|cost|price|form|paper|document|time)|vay|con (?!toi|em|chau|minh|muon|hoi|trai|gai|nho|be|\d)|neu|lo|ma|roi|va|nhung|hay|what if)\b/;
/** Words of something to be done. */
export const ACTS =
  /\b(?:xin|lam(?! sao| the| gi)|dang ky|dk|dky|doi|cap|gia han|mua|mo|thanh lap|muon|bao(?! nhieu| lau| gio| hiem| ve)|khai|tach|sang ten|rut|apply|register|renew)\b/;

/**
 * "thế phí bao nhiêu?", "nếu chồng là người nước ngoài thì sao": a short message in a conversation speaks of the topic at
 * hand, unless it names something else well enough, alone or together with the topic; "quay lại …" returns to an
 * earlier topic. Undefined: the message stands for itself.
 */
export function followUp(
  reading: Reading,
  context: Context,
  found: FoundBoth,
  finder: Finder,
): Subject | undefined {
  let best: Subject | undefined;
  let highest = Number.NEGATIVE_INFINITY;
  for (const { subject, links } of linkedWith(reading, context, found, finder)) {
    const score = finder.weighLinks(links);
    if (score <= highest) continue;
    best = subject;
    highest = score;
  }
  return best;
}

/** What was spoken of (a subject is one topic, whichever of its codes it was answered by), and what is near the topic. */
type Spoken = {
  readonly topic: Subject;
  readonly earlier: readonly Subject[];
  readonly near: ReadonlySet<Subject>;
};

function spokenOf({ topics }: Context, finder: Finder): Spoken | undefined {
  const [topic, ...earlier] = new Set(topics.flatMap((code) => finder.subject(code) ?? []));
  if (!topic) return undefined;
  const near = new Set([...topic.variants, ...topic.related].flatMap((code) => finder.subject(code) ?? []));
  return { topic, earlier, near };
}

/** Ids of what a message in this conversation may be about, whatever it says. */
export function idsSpokenOf(context: Context, finder: Finder): string[] {
  const spoken = spokenOf(context, finder);
  return spoken ? [spoken.topic, ...spoken.earlier, ...spoken.near].map(({ code }) => code) : [];
}

/**
 * All that a message may be about, what was spoken of before it considered; nothing where it is the first, or long.
 * @param found by the message alone: as if nothing had been spoken of, and with what {@link idsSpokenOf} names besides
 */
export function linkedWith(
  reading: Reading,
  context: Context,
  { byItself, beside }: FoundBoth,
  finder: Finder,
): Linked[] {
  const spoken = spokenOf(context, finder);
  if (!spoken || reading.syllables.length > FOLLOW_UP_WORDS) return [];
  const { topic, earlier, near } = spoken;
  const { asked, province, business } = context;
  const corrects = isCorrection(reading);
  const comesBack = BACK.test(reading.folded) && earlier.length > 0;
  if (comesBack) return [{ subject: returnedTo(earlier, reading, byItself), links: inOrder({}) }];
  if (!corrects) {
    // Most messages need no more looking up: "phí bao nhiêu", or a question that is clear whatever was spoken of.
    if (reading.content === 0) return [{ subject: topic, links: inOrder({ topic: 1 }) }];
    const clear = DONE.test(reading.text) ? undefined : clearIn(byItself, reading);
    if (clear && clear.sector !== topic.sector && !near.has(clear))
      return [{ subject: clear, links: inOrder({}) }];
  }
  const besides = idsSpokenOf(context, finder);
  const find = (text: string): Findings =>
    (text === reading.text && beside) || finder.find({ text, offtopic: 0 }, { province, business, besides });
  const { meant, denied } = corrects ? meantIn(reading.text) : { meant: reading.text.replace(DONE, "") };
  const said = corrects ? meant : reading.text;
  const alone = find(meant);
  const withTopic = find(`${topic.title} ${said}`);
  // "Bằng tốt nghiệp" alone does not say that it was lost; the question before does.
  const before = asked && (corrects ? askedAnew(asked, meant, denied) : `${asked} ${said}`);
  const withQuestion = before ? find(before) : withTopic;

  if (isNoise(reading, alone)) return [];

  const [likeliest] = alone.procedures;
  const trust = (likeliest?.share ?? 0) * alone.answerable;
  // "Khai tử chứ không phải khai sinh", "ý tôi là khai tử"; but "ý em là làm ở quê vợ được không" is of the topic.
  const denies = denied !== undefined || (corrects && likeliest?.subject !== topic && trust >= MEANT);
  const ofTopic = topicLinks(reading);
  const shareNear = [topic, ...near].reduce((sum, subject) => sum + shareOf(subject, alone), 0);
  const topicNamed = shareNamed(topic, reading) > 0;
  const linksOf = (subject: Subject): Partial<Record<Link, number>> => {
    const named = shareNamed(subject, reading);
    const isEarlier = earlier.includes(subject);
    const { share: own = 0, said = 0 } = alone.procedures.find((one) => one.subject === subject) ?? {};
    const ofNear = near.has(subject) && own >= NEAR_LEAST ? own / (shareNear || 1) : 0;
    return {
      alone: Math.log(own * alone.answerable + FLOOR),
      withTopic: Math.log(shareOf(subject, withTopic) + FLOOR),
      withQuestion: Math.log(shareOf(subject, withQuestion) + FLOOR),
      named,
      namedAnew: named === 1 && !topicNamed ? own * alone.answerable : 0,
      said,
      ...(subject === topic
        ? ofTopic
        : {
            near: ofNear,
            sector: Number(subject.sector === topic.sector),
            alike: finder.likeness(topic, subject),
            alikeEarlier: isEarlier ? 0 : Math.max(0, ...earlier.map((one) => finder.likeness(one, subject))),
          }),
      ...(isEarlier && { earlier: 1, earlierNamed: named }),
    };
  };
  const linked = (subject: Subject): Linked => ({ subject, links: inOrder(linksOf(subject)) });
  const found = [alone, withTopic, withQuestion].flatMap(({ procedures }) => procedures);
  const subjects = new Set([topic, ...earlier, ...found.map(({ subject }) => subject)]);
  if (denies) subjects.delete(topic);
  const tells = reading.aspect === "general";
  const apart = Math.max(byItself.rules[0]?.share ?? 0, byItself.gap?.share ?? 0);
  return [
    ...[...subjects].map(linked),
    {
      subject: undefined,
      links: inOrder({
        none: 1,
        noneOfftopic: tells ? reading.offtopic : 0,
        noneApart: apart * byItself.answerable,
      }),
    },
  ];
}

function inOrder(links: Partial<Record<Link, number>>): readonly number[] {
  return LINKS.map((link) => links[link] ?? 0);
}

/** "Quay lại vụ thi bằng": the earlier topic that is found, or whose title has most of the words; else the last one. */
function returnedTo(
  earlier: readonly Subject[],
  { folded }: Reading,
  { procedures }: Findings,
): Subject | undefined {
  const found = procedures.find(({ subject, share }) => earlier.includes(subject) && share >= RETURNED);
  if (found) return found.subject;
  const said = new Set(folded.replace(BACK, "").split(" "));
  const shared = ({ title }: Subject): number =>
    syllables(title).filter((syllable) => said.has(syllable.folded)).length;
  return earlier.toSorted((one, other) => shared(other) - shared(one))[0];
}

/** What a message is about for sure by itself. */
function clearIn({ procedures, answerable }: Findings, { content }: Reading): Subject | undefined {
  const [likeliest] = procedures;
  const isClear = likeliest && content >= CLEAR.words && likeliest.share * answerable >= CLEAR.trust;
  return isClear ? likeliest.subject : undefined;
}

/** Nothing that any text has, or so many words and none that holds a sentence together. */
export function isNoise(
  { aspect, content, syllables: all }: Reading,
  { procedures, answerable }: Findings,
): boolean {
  if (procedures.length === 0) return content > 1;
  const isBroken = content >= NOISE.words && content === all.length && aspect === "general";
  return isBroken && answerable < NOISE.answerable;
}

/** What of a message speaks for the topic at hand, whatever that is. */
function topicLinks(reading: Reading): Partial<Record<Link, number>> {
  const { content, folded } = reading;
  return {
    topic: 1,
    topicOneWord: Number(content === 1),
    topicManyWords: Number(content >= MANY_WORDS),
    topicPlain: Number(PLAIN.includes(reading.aspect)),
    topicNeeded: Number(reading.aspect === "documents" && NEEDED.test(folded)),
    topicPlace: Number(namesOnlyPlace(reading)),
    topicCase: Number(CASE.test(folded)),
    topicGoesOn: Number(GOES_ON.test(folded) && !CASE.test(folded)),
    topicActs: Number(ACTS.test(folded)),
  };
}

function shareOf(subject: Subject, { procedures }: Findings): number {
  return procedures.find((one) => one.subject === subject)?.share ?? 0;
}

/** The share (0 to 1) of a message's words that the subject's name has. */
function shareNamed(subject: Subject, { words }: Reading): number {
  if (words.length === 0) return 0;
  const own = namedBy(subject);
  return words.filter((word) => own.has(word)).length / words.length;
}

/** "Còn ở Đà Nẵng thì sao". */
function namesOnlyPlace({ place, words }: Reading): boolean {
  const said = new Set(place && syllables(place.text).map(({ folded }) => folded));
  return place !== undefined && words.every((word) => said.has(word));
}
