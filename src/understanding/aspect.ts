import type { AspectName } from "../knowledge/example.ts";
import type { Vocabulary } from "../knowledge/vocabulary.ts";
import type { Syllable } from "../text/fold.ts";
import { compileSets, type Found, findInSets } from "../text/phrases.ts";

/** What of a procedure a question asks for; `general` is the whole card. */
export type Aspect = AspectName;

/** What a message asks for, and what it would ask for if it did not ask for the whole. */
export type AspectRead = { readonly aspect: Aspect; readonly leaning?: Aspect };
/** @param learnt share of each aspect, as learnt from examples */
export type AspectReader = (text: readonly Syllable[], learnt: ReadonlyMap<string, number>) => AspectRead;

/** Aspects that are asked for in plain words; "được không", "thế nào" may as well ask for the whole. */
export const PLAIN: readonly Aspect[] = ["documents", "fee", "time", "where", "online"];

type Named = Exclude<Aspect, "general">;
/** When several aspects are equally likely, the more definite question wins. */
const ORDER: readonly Named[] = ["result", "fee", "time", "online", "documents", "where", "legal", "steps"];

/** "Được không" and "thế nào" end all sorts of questions; what else is asked counts more. */
const SHARE: Readonly<Record<Named, number>> = {
  result: 1,
  fee: 1,
  time: 1,
  online: 1,
  documents: 1,
  where: 1,
  legal: 0.7,
  steps: 0.8,
};
/** What cues add to the learnt share at most, and the weight at which they add half of it. */
const CUES = { most: 1.9, half: 3 };

/** The whole card is right for whoever asks for nothing of it: it takes this much more trust to tell one aspect. */
const GENERAL = 0.54;
/** Least trust in an aspect that a message leans to. */
const LEANING = 0.3;

/** Words that ask, wherever they stand; … */
const ASKS =
  /^(?:gi|j|chi|nao|sao|rang|dau|ai|may|bao|nhieu|nhiu|hay|ntn|ha|nhi|what|how|where|when|which|who|why|can|could|do|does|is|are|will|should|may)$/;
/** … those that ask at the end of a message alone … */
const ASKS_LAST = /^(?:khong|ko|k|hong|hok|hem|chua)$/;
/** … and what may follow them there: "được không vậy anh ơi". */
const ADDRESS =
  /^(?:a|ah|vay|the|z|v|nhe|nha|oi|ta|ad|mn|ae|anh|chi|em|co|chu|bac|ban|moi|nguoi|luat|su|thay|shop|admin)$/;
/**
 * "Nghỉ bao lâu thì rút được", "mấy tuổi mới được": asks for a condition, and not how long the agency takes, as "bao lâu thì
 * được nhận" and "nộp xong chừng mấy ngày thì lấy được" do.
 */
const CONDITION =
  /(?<!^(?:(?:vay|the|thi|da|roi) )?|\b(?:xong|nop|gui|cho|doi|chung|khoang|tam|ho so|thu tuc) )\b(?:bao lau|(?:may|bao nhieu) ngay) (?:thi|moi) (?:\S+ ){0,6}duoc\b|\b(?:may|bao nhieu) (?:nam|thang|tuoi) (?:thi|moi) (?:\S+ ){0,6}duoc\b/;
/** "Ra xã ký được chứ ạ", "xin ở bộ à": asks whether it is so. Without marks "chứ" is "chú" as well. */
const ASKS_WHETHER = /^(?:chứ|chớ|à)$/i;
/** A heading ("lệ phí làm hộ chiếu") names what it asks for among its first syllables. */
const HEADING = 2;

/** Builds the reader: what was learnt from examples, and the cues, of which a longer and a later one weighs more. */
export function buildAspectReader(vocabulary: Vocabulary): AspectReader {
  const cues = compileSets(ORDER.map((aspect) => vocabulary.aspects[aspect]));
  return (text, learnt) => {
    const found = findInSets(cues, text);
    if (!asks(text) && !found.some((all) => all.some(({ at }) => at < HEADING))) return { aspect: "general" };
    if (CONDITION.test(text.map(({ folded }) => folded).join(" "))) return { aspect: "legal" };
    let best: Named = "result";
    let most = 0;
    for (const [place, aspect] of ORDER.entries()) {
      const weight = SHARE[aspect] * weigh(found[place] ?? [], text.length);
      const trust = (learnt.get(aspect) ?? 0) + (CUES.most * weight) / (weight + CUES.half);
      if (trust > most) {
        best = aspect;
        most = trust;
      }
    }
    const general = most <= (learnt.get("general") ?? 0) + GENERAL;
    return { aspect: general ? "general" : best, ...(most >= LEANING && { leaning: best }) };
  };
}

/** Whether a message asks at all: who only tells what happened wants the whole. */
function asks(text: readonly Syllable[]): boolean {
  const last = text.findLast(({ folded }) => !ADDRESS.test(folded));
  return (
    text.some(({ folded }) => ASKS.test(folded)) ||
    (last !== undefined && ASKS_LAST.test(last.folded)) ||
    text.slice(-2).some(({ typed }) => ASKS_WHETHER.test(typed.normalize("NFC")))
  );
}

/** The question usually stands at the end of a story; cues inside a longer cue do not count again. */
function weigh(found: readonly Found[], length: number): number {
  const own = found.filter(
    (cue) => !found.some((other) => other !== cue && other.length > cue.length && covers(other, cue)),
  );
  return own.reduce(
    (sum, cue) => sum + cue.length * (0.6 + (0.4 * (cue.at + cue.length)) / Math.max(1, length)),
    0,
  );
}

function covers(outer: Found, inner: Found): boolean {
  return outer.at <= inner.at && outer.at + outer.length >= inner.at + inner.length;
}
