import { syllables } from "../text/fold.ts";
import type { Reading } from "../understanding/reader.ts";
import type { Context } from "./answer.ts";
import type { Finder, Findings } from "./finder.ts";
import type { Subject } from "./subjects.ts";

/** How much trust of its own (share × likelihood, 0 to 1) something else needs to take the topic's place. */
const SWITCH = { variant: 0.25, sector: 0.4, other: 0.55 } as const;
/** … and how much when it is asked for together with the topic's name, where the topic has the advantage. */
const BESIDE = { share: 0.5 } as const;
/** Words in a message that may still be a follow-up. */
const FOLLOW_UP_WORDS = 16;
/** "Không, ý tôi là …": the topic was the wrong one. */
const CORRECTION =
  /^(?:a |ua |da )?(?:khong(?: phai)?|nham(?: roi)?|sai roi)?[ ,]*(?:y (?:toi|em|minh|tui|con|chau) (?:la|noi)|toi hoi|em hoi|minh hoi|i mean)\b|^khong phai\b/;
const BACK = /\b(?:quay lai|tro lai|quay ve)\b/;

/**
 * "thế phí bao nhiêu?", "nếu chồng là người nước ngoài thì sao": a short message in a conversation speaks of the topic at
 * hand, unless it names something else well enough, alone or together with the topic; "quay lại …" returns to an
 * earlier topic. Undefined: the message stands for itself.
 */
export function followUp(
  reading: Reading,
  { topics, province }: Context,
  alone: Findings,
  finder: Finder,
): Subject | undefined {
  const earlier = topics.flatMap((code) => finder.subject(code) ?? []);
  const [topic] = earlier;
  if (!topic || reading.syllables.length > FOLLOW_UP_WORDS) return undefined;
  if (CORRECTION.test(reading.folded)) return undefined;
  if (BACK.test(reading.folded)) {
    const before = earlier.slice(1);
    return alone.procedures.find(({ subject }) => before.includes(subject))?.subject ?? before[0] ?? topic;
  }
  if (reading.offtopic >= 0.5) return undefined;
  const trust = (share: number): number => share * alone.answerable;
  const bar = (subject: Subject): number =>
    topic.variants.includes(subject.code)
      ? SWITCH.variant
      : subject.sector === topic.sector
        ? SWITCH.sector
        : SWITCH.other;
  const [best] = alone.procedures;
  if (best && best.subject !== topic && trust(best.share) >= bar(best.subject)) return best.subject;
  const text = `${topic.title} ${reading.text}`;
  const [beside] = finder.find({ text, syllables: syllables(text), offtopic: 0 }, province).procedures;
  if (beside && beside.subject !== topic && beside.share >= BESIDE.share) return beside.subject;
  return topic;
}
