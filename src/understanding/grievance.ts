import type { ComplaintKind } from "../knowledge/complaint-kind.ts";
import type { Vocabulary } from "../knowledge/vocabulary.ts";
import type { Syllable } from "../text/fold.ts";
import { compilePhrases, type Found, findPhrases, hasPhrase, type Phrases } from "../text/phrases.ts";
import type { MessageClass } from "./message-class.ts";

/** How much a message sounds like a complaint, praise or suggestion, and of which kind. */
export type Grievance = {
  readonly kind: ComplaintKind;
  /** About 0 to 1.3: what was learnt from examples and the cues together; compare with the thresholds of the caller. */
  readonly likelihood: number;
  /** It says so itself: "tôi muốn phản ánh". */
  readonly declared: boolean;
  /** The official body as typed, "cán bộ phường". */
  readonly body?: string;
};

export type GrievanceReader = (text: readonly Syllable[], learnt: MessageClass) => Grievance;

/** What one point of cues adds to the learnt share, and between which points they count. */
const CUE = { share: 0.12, least: -2, most: 5, kind: 0.1 };
/** When kinds weigh the same, the graver one leads. */
const ORDER: readonly ComplaintKind[] = [
  "bribe",
  "extra_documents",
  "overcharge",
  "refusal",
  "late",
  "attitude",
  "harassment",
  "praise",
  "suggestion",
  "other",
];
/** A cue of one syllable says little, a phrase much. */
const BY_LENGTH = [0, 1, 2, 2.6, 3] as const;
/** Something that happened to the person, against a question in general. */
const HAPPENED = compilePhrases([
  "tôi nộp",
  "em nộp",
  "mình nộp",
  "tui nộp",
  "nộp từ",
  "nộp ngày",
  "nộp hôm",
  "nộp hồ sơ",
  "hẹn ngày",
  "giấy hẹn",
  "hôm qua",
  "hôm nay",
  "sáng nay",
  "chiều nay",
  "tuần trước",
  "tháng trước",
  "hôm",
  "đến nay",
  "tới nay",
  "tới giờ",
  "đến giờ",
  "giờ vẫn",
  "bắt",
  "bảo",
  "kêu",
  "nói",
  "đòi",
  "yesterday",
  "last week",
  "asked me",
  "told me",
  "he",
  "she",
  "refused",
]);
/** A question in general, in the person's own interest. */
const ASKING = compilePhrases([
  "có được không",
  "được không",
  "thế nào",
  "như thế nào",
  "làm sao",
  "ở đâu",
  "bao nhiêu",
  "cần gì",
  "cần những gì",
  "giấy tờ gì",
  "bao lâu",
  "mấy ngày",
  "có phải",
  "có bị phạt không",
  "thủ tục",
  "thì sao",
  "có cần",
  "phải làm gì",
  "xin ở đâu",
  "làm ở đâu",
  "where",
  "how do i",
  "how much",
  "what documents",
]);

/** Builds the reader from the cues in the vocabulary. */
export function buildGrievanceReader(vocabulary: Vocabulary): GrievanceReader {
  const kinds: readonly (readonly [ComplaintKind, Phrases])[] = ORDER.map((kind) => [
    kind,
    compilePhrases(vocabulary.complaints[kind]),
  ]);
  const complain = compilePhrases(vocabulary.complain);
  const officials = compilePhrases(vocabulary.officials);
  return (text, learnt) => {
    const cues = kinds.map(([kind, phrases]) => ({ kind, points: weigh(findPhrases(phrases, text)) }));
    const most = Math.max(...cues.map(({ points }) => points));
    const { kind } = cues
      .map((cue) => ({ kind: cue.kind, score: (learnt.kinds.get(cue.kind) ?? 0) + CUE.kind * cue.points }))
      .reduce((a, b) => (b.score > a.score ? b : a));
    const declared = hasPhrase(complain, text);
    const body = bodyIn(text, findPhrases(officials, text));
    const happened = Math.min(2, findPhrases(HAPPENED, text).length) * 0.5;
    const asking = Math.min(2, findPhrases(ASKING, text).length) * 1.2;
    const points = most + (declared ? 2.5 : 0) + (body ? 0.8 : 0) + (most > 0 ? happened : 0) - asking;
    const likelihood = learnt.complaint + CUE.share * Math.max(CUE.least, Math.min(CUE.most, points));
    return { kind, likelihood, declared, ...(body && { body }) };
  };
}

function weigh(found: readonly Found[]): number {
  const own = found.filter(
    (cue) =>
      !found.some(
        (other) =>
          other !== cue &&
          other.length > cue.length &&
          other.at <= cue.at &&
          other.at + other.length >= cue.at + cue.length,
      ),
  );
  return own.reduce((sum, cue) => sum + (BY_LENGTH[Math.min(cue.length, 4)] ?? 3), 0);
}

/** The body named: the official words and what follows them, up to six syllables. */
function bodyIn(text: readonly Syllable[], found: readonly Found[]): string | undefined {
  const first = found.toSorted((a, b) => b.length - a.length || a.at - b.at)[0];
  if (!first) return undefined;
  let from = first.at;
  let to = first.at + first.length;
  for (const cue of found.toSorted((a, b) => a.at - b.at)) {
    if (cue.at <= to && cue.at >= from) to = Math.max(to, cue.at + cue.length);
  }
  while (
    from > 0 &&
    /^(?:chi|anh|co|ong|ba|mot|van phong|nhan vien)$/.test(text[from - 1]?.folded ?? "") &&
    first.at - from < 2
  )
    from--;
  return text
    .slice(from, to)
    .map((syllable) => syllable.marked.normalize("NFC"))
    .join(" ");
}
