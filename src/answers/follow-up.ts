import { type Syllable, syllables } from "../text/fold.ts";
import type { Reading } from "../understanding/reader.ts";
import type { Context } from "./answer.ts";
import { askedAnew, isCorrection, meantIn } from "./correction.ts";
import type { Finder, Findings, FoundProcedure } from "./finder.ts";
import type { Subject } from "./subjects.ts";

/*
 * How much the trust of each reading counts (logarithms of shares): the message alone, with the topic's name before it,
 * with the question before it. Found on the dialogues written for development; a plateau.
 */
const WEIGHT = { alone: 1, withTopic: 0.7, withQuestion: 0.85 } as const;
/**
 * What a subject costs that is not the topic, its neighbour, in its sector; more where the message says next to nothing.
 * After a correction the topic costs as well: it may be the one that was meant, asked about in another way.
 */
const SWITCH = { other: 3.7, sector: 0.2, neighbour: 0.5, fewWords: 0.5, corrected: 1.5 } as const;
/**
 * What a neighbour of the topic (confused with it, or done beside it) gains when the message by itself speaks of it rather
 * than of the topic and its other neighbours: together with the topic's name, everything sounds like the topic. Not
 * below a share of the trust, nor where one thing is asked for plainly ("phí bao nhiêu"): that is the topic's.
 */
const NEIGHBOUR = { gain: 8, least: 0.03 } as const;
/** What a special case in its name that the message speaks of adds to a subject. */
const SAID = 1.3;
/** A message this sure of its own subject needs no topic to be understood. */
const CLEAR = { trust: 0.75, words: 2 } as const;
/** A correction this sure of its own subject needs no question before it. */
const MEANT = 0.3;
/** An earlier topic found with this share is the one returned to. */
const RETURNED = 0.3;
/** Trust in what a reading does not find at all. */
const FLOOR = 0.005;
/** Words in a message that may still be a follow-up. */
const FOLLOW_UP_WORDS = 21;
/**
 * Below this likelihood no subject answers a message. It is idle if it sounds so, less surely when it tells than when it
 * asks, or if it is so many words and none that holds a sentence together.
 */
const IDLE = { answerable: 0.3, noise: 0.3, tells: 0.75, asks: 0.9, words: 3 } as const;
/** "Lên thổ cư rồi thì xin phép xây nhà nữa hả": what is done is told first, what is asked for after it. */
export const DONE =
  /^.*?\b(?:xong|rồi)(?: xuôi)?(?:,| thì| giờ| bây giờ| em| tôi| mình| muốn| có)* (?=.{4})/iu;
/** "Cần sổ gốc ko", "bản vẽ phải có dấu không": asks whether a paper is needed, not how to get it. */
const NEEDED =
  /\b(?:can|phai co|mang|dem|kem|nop) (?!.*\b(?:xin|lam|dang ky|khai|doi|cap)\b).*\b(?:khong|ko|k|hong|hok|hem)(?: a| vay| nhi| anh| chi| ad)?$/;
const BACK = /\b(?:quay lai|tro lai|quay ve|back to)\b/;

/**
 * "thế phí bao nhiêu?", "nếu chồng là người nước ngoài thì sao": a short message in a conversation speaks of the topic at
 * hand, unless it names something else well enough, alone or together with the topic; "quay lại …" returns to an
 * earlier topic. Undefined: the message stands for itself.
 */
export function followUp(
  reading: Reading,
  { topics, asked, province, business }: Context,
  alone: Findings,
  finder: Finder,
): Subject | undefined {
  const earlier = topics.flatMap((code) => finder.subject(code) ?? []);
  const [topic] = earlier;
  if (!topic || reading.syllables.length > FOLLOW_UP_WORDS) return undefined;
  const find = (text: string): Findings => finder.find({ text, offtopic: 0 }, province, business);
  if (isCorrection(reading)) return corrected(reading, topic, asked, find);
  if (BACK.test(reading.folded)) return returned(reading, earlier, alone);
  const words = reading.content;
  if (words === 0 || asksWhetherNeeded(reading) || namesOnlyPlace(reading)) return topic;
  if (isIdle(reading, alone)) return undefined;
  const next = reading.text.replace(DONE, "");
  const own = next === reading.text ? alone : find(next);
  const [clear] = own.procedures;
  if (clear && words >= CLEAR.words && clear.share * own.answerable >= CLEAR.trust) return clear.subject;
  const recalled = recalledBy(reading, earlier);
  if (recalled) return recalled;
  const isOpen = reading.aspect === "general" || own !== alone;
  return likeliest(topic, words, {
    own,
    withTopic: find(`${topic.title} ${reading.text}`),
    withQuestion: asked ? find(`${asked} ${reading.text}`) : undefined,
    // "Nếu bạn trai quốc tịch Hàn thì cần thêm giấy gì" asks for one thing, but of another case.
    meant: neighbourMeant(topic, own, ({ said }) => isOpen || (said > 0 && words >= CLEAR.words)),
    topicCost: 0,
  });
}

type Readings = {
  readonly own: Findings;
  readonly withTopic: Findings;
  readonly withQuestion: Findings | undefined;
  /** See {@link neighbourMeant}. */
  readonly meant: ReadonlyMap<Subject, number>;
  readonly topicCost: number;
};

/** What all readings of a message of so many words speak of together, the topic or something else. */
function likeliest(
  topic: Subject,
  words: number,
  { own, withTopic, withQuestion, meant, topicCost }: Readings,
): Subject {
  const readings = [
    { found: own.procedures, weight: WEIGHT.alone, trust: own.answerable },
    { found: withTopic.procedures, weight: WEIGHT.withTopic, trust: 1 },
    { found: withQuestion?.procedures ?? [], weight: WEIGHT.withQuestion, trust: 1 },
  ];
  const subjects = new Set([topic, ...readings.flatMap(({ found }) => found.map(({ subject }) => subject))]);
  let best = topic;
  let highest = Number.NEGATIVE_INFINITY;
  for (const subject of subjects) {
    const trust = readings.reduce((sum, { found, weight, trust: whole }) => {
      const share = found.find((one) => one.subject === subject)?.share ?? 0;
      return sum + weight * Math.log(share * whole + FLOOR);
    }, 0);
    const cost = subject === topic ? topicCost : costOf(subject, topic) + (words === 1 ? SWITCH.fewWords : 0);
    // "Nếu chồng là người nước ngoài thì sao": the case that the message speaks of and the topic does not.
    const said = Math.max(
      0,
      ...readings.flatMap(({ found }) => found.find((one) => one.subject === subject)?.said ?? 0),
    );
    const total = trust - cost + SAID * Math.min(1, said) + NEIGHBOUR.gain * (meant.get(subject) ?? 0);
    if (total > highest) {
      best = subject;
      highest = total;
    }
  }
  return best;
}

/** "Quay lại vụ thi bằng": the earlier topic that is found or whose title has most of the words, else the last one. */
function returned(
  reading: Reading,
  [topic, ...before]: readonly Subject[],
  alone: Findings,
): Subject | undefined {
  const found = alone.procedures.find(({ subject, share }) => before.includes(subject) && share >= RETURNED);
  if (found) return found.subject;
  const said = new Set(reading.folded.replace(BACK, "").split(" "));
  const shared = ({ title }: Subject): number =>
    syllables(title).filter(({ folded }) => said.has(folded)).length;
  return before.toSorted((one, other) => shared(other) - shared(one))[0] ?? topic;
}

/**
 * "Không khai có bị phạt không" after the visa that ran out: the latest earlier topic that has more of the message's words,
 * and of those that stand together, in its name than the one at hand and all others.
 */
function recalledBy(reading: Reading, [topic, ...before]: readonly Subject[]): Subject | undefined {
  const said = runsOf(reading.syllables).filter((run) => reading.words.some((word) => run.includes(word)));
  const shared = (subject: Subject | undefined): number => {
    const name = new Set(runsOf(syllables(subject?.name ?? "")));
    const both = new Set(said.filter((run) => name.has(run)));
    return [...both].reduce((sum, run) => sum + run.split(" ").length, 0);
  };
  const most = Math.max(0, ...before.map(shared));
  return most > shared(topic) ? before.find((subject) => shared(subject) === most) : undefined;
}

/** All syllables, and all pairs of them that stand together. */
function runsOf(parts: readonly Syllable[]): string[] {
  const folded = parts.map((part) => part.folded);
  return [...folded, ...folded.slice(1).map((second, index) => `${folded[index]} ${second}`)];
}

/** Among the topic and its neighbours, the share (0 to 1) of each neighbour that the message by itself may speak of. */
function neighbourMeant(
  topic: Subject,
  { procedures }: Findings,
  may: (found: FoundProcedure) => boolean,
): Map<Subject, number> {
  const near = new Set([...topic.variants, ...topic.related]);
  const found = procedures.filter(({ subject }) => subject === topic || near.has(subject.code));
  const whole = found.reduce((sum, { share }) => sum + share, 0);
  return new Map(
    found
      .filter((one) => one.subject !== topic && one.share >= NEIGHBOUR.least && may(one))
      .map(({ subject, share }) => [subject, share / whole]),
  );
}

/** Small talk, or nothing that any text has: neither is about the topic. */
function isIdle(reading: Reading, alone: Findings): boolean {
  if (alone.procedures.length === 0) return reading.content > 1;
  const tells = reading.aspect === "general";
  const isNoise = reading.content >= IDLE.words && reading.content === reading.syllables.length;
  if (tells && isNoise && alone.answerable < IDLE.noise) return true;
  if (alone.answerable >= IDLE.answerable) return false;
  return tells ? reading.offtopic >= IDLE.tells : reading.aspect === "legal" && reading.offtopic >= IDLE.asks;
}

/** "Còn ở Đà Nẵng thì sao". */
function namesOnlyPlace({ place, words }: Reading): boolean {
  const said = new Set(place && syllables(place.text).map(({ folded }) => folded));
  return place !== undefined && words.every((word) => said.has(word));
}

function asksWhetherNeeded({ aspect, folded }: Reading): boolean {
  return aspect === "documents" && NEEDED.test(folded);
}

function costOf(subject: Subject, topic: Subject): number {
  if ([...topic.variants, ...topic.related].includes(subject.code)) return SWITCH.neighbour;
  return subject.sector === topic.sector ? SWITCH.sector : SWITCH.other;
}

/**
 * "Mất bằng lái" – "không, ý tôi là bằng tốt nghiệp": what was meant, not the topic that it was not. "Không, ý em là làm ở
 * quê vợ được không" names nothing else: it may correct how the topic was answered.
 */
function corrected(
  reading: Reading,
  topic: Subject,
  asked: string | undefined,
  find: (text: string) => Findings,
): Subject | undefined {
  const { meant, denied } = meantIn(reading.text);
  const own = find(meant);
  if ((own.procedures[0]?.share ?? 0) * own.answerable >= MEANT)
    return own.procedures.find(({ subject }) => subject !== topic)?.subject;
  return likeliest(topic, reading.content, {
    own,
    withTopic: find(`${topic.title} ${meant}`),
    // "Bằng tốt nghiệp" alone does not say that it was lost; the question before does.
    withQuestion: asked ? find(askedAnew(asked, meant, denied)) : undefined,
    meant: neighbourMeant(topic, own, () => true),
    topicCost: SWITCH.corrected,
  });
}
