import type { ComplaintKind } from "../knowledge/complaint-kind.ts";
import type { Vocabulary } from "../knowledge/vocabulary.ts";
import { foldedOf, type Syllable } from "../text/fold.ts";
import { compileSets, type Found, findInSets } from "../text/phrases.ts";
import type { BodyReader } from "./body.ts";
import { legalPathIn } from "./legal-path.ts";
import type { MessageClass } from "./message-class.ts";

/** How much a message sounds like a complaint, praise or suggestion, and of which kind. */
export type Grievance = {
  readonly kind: ComplaintKind;
  /** A word says this kind. */
  readonly said: boolean;
  /** … or it is learnt well enough not to be asked; of praise both. */
  readonly plain: boolean;
  /** About 0 to 1.3: what was learnt from examples and the cues together; compare with the thresholds of the caller. */
  readonly likelihood: number;
  /** What was learnt from examples alone, 0 to 1. */
  readonly learnt: number;
  /** Points of the words in it that say the plainest kind. */
  readonly points: number;
  /** Points of the words in it that ask. */
  readonly asking: number;
  /** A word in it says a kind of complaint or that it is one. */
  readonly cued: boolean;
  /** It says so itself: "tôi muốn phản ánh". */
  readonly declared: boolean;
  /** … and asks nothing: it is no question how one complains. */
  readonly resolved: boolean;
  /** Short and nothing but a cue: "tôi bị vòi tiền". Too little to learn from, yet plain. */
  readonly bare: boolean;
  /** The official body as typed, "cán bộ phường". */
  readonly body?: string;
  /** It speaks of officials, whether or not their body is told apart. */
  readonly ofOfficials: boolean;
  /** Where it does: the message without the words for them, which name no procedure ("cán bộ xã"). */
  readonly besideOfficials?: string;
};

/** @param asTyped the same without short forms opened, for reading the body off it */
export type GrievanceReader = (
  text: readonly Syllable[],
  learnt: MessageClass,
  asTyped?: readonly Syllable[],
) => Grievance;

/** What one point of cues adds to the learnt share, and between which points they count. */
const CUE = { share: 0.12, least: -2, most: 7, kind: 0.15 };
/** Below this learnt share, and without a cue, a message is no complaint. */
const FAINT = 0.05;
/** From this learnt share on a kind is plain without a word that says it. */
const PLAIN = 0.25;
/** From this learnt share on it may be praise without such a word; the person is asked, since praise goes to the unit itself. */
const PRAISED = 0.75;
/** … and even with such a word, below this share: who is bitter praises too ("chị ở quầy dễ thương lắm, dặn em lần sau …"). */
const PRAISED_PLAINLY = 0.97;
/** Points beside those of the kinds' cues. */
const POINTS = { declared: 2.5, resolved: 6, ownCase: 5.5, body: 0.8, money: 3 };
/** "Đòi tôi 500k", "phải có 5 triệu": a sum that is asked for. */
const MONEY_ASKED =
  /\b(?:doi|voi|goi y|phai co|phai dua|bat dua|chung)(?: [a-z]+){0,3} \d+(?: \d{3})*(?:k|tr|trieu| k| tr| trieu| nghin| ngan| dong| cu| chai)\b/;
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
/** A message of more syllables tells a story, which cues alone do not decide. */
const BARE = 6;
/** A cue of one syllable says little, a phrase much. */
const BY_LENGTH = [0, 1, 2, 2.6, 3] as const;
/** Something that happened to the person, against a question in general. */
const HAPPENED = [
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
] as const;
/** The person speaks of their own case, however short: "tôi bị vòi tiền". */
const OWN_CASE = [
  "tôi bị",
  "em bị",
  "mình bị",
  "tui bị",
  "chúng tôi bị",
  "tụi tôi bị",
  "nhà tôi bị",
  "mẹ tôi bị",
  "ba tôi bị",
  "con tôi bị",
  "bị cán bộ",
  "bị công an",
  "bị vòi",
  "hồ sơ của tôi",
  "hồ sơ tôi",
  "hồ sơ em",
  "hồ sơ mình",
  "hồ sơ trễ hẹn",
  "hồ sơ bị trễ",
  "hồ sơ quá hạn",
  "hồ sơ bị ngâm",
  "i was asked",
  "they asked me",
] as const;
/** The person says that they complain, not that they wonder how. */
const RESOLVED = [
  "tôi muốn phản ánh",
  "tôi muốn tố cáo",
  "tôi muốn khiếu nại",
  "em muốn phản ánh",
  "em muốn tố cáo",
  "em muốn khiếu nại",
  "mình muốn phản ánh",
  "mình muốn tố cáo",
  "tui muốn phản ánh",
  "tui muốn tố cáo",
  "tôi muốn kiện",
  "em muốn kiện",
  "tui muốn kiện",
  "tôi xin phản ánh",
  "tôi phản ánh",
  "tôi tố cáo",
  "tôi khiếu nại",
  "xin phản ánh",
  "cho tôi phản ánh",
  "cho em phản ánh",
  "i want to complain",
  "i want to report",
] as const;
/** A question in general, in the person's own interest. */
const ASKING = [
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
] as const;

/** Builds the reader from the cues in the vocabulary. */
export function buildGrievanceReader(vocabulary: Vocabulary, readBody: BodyReader): GrievanceReader {
  const phrases = compileSets([
    vocabulary.complain,
    vocabulary.officials,
    HAPPENED,
    ASKING,
    OWN_CASE,
    RESOLVED,
    ...ORDER.map((kind) => vocabulary.complaints[kind]),
  ]);
  return (text, learnt, asTyped = text) => {
    const folded = foldedOf(text);
    const money = MONEY_ASKED.test(folded) ? POINTS.money : 0;
    const [
      complain = [],
      named = [],
      happenings = [],
      questions = [],
      owned = [],
      resolves = [],
      ...ofKinds
    ] = findInSets(phrases, text);
    const cues = ORDER.map((kind, place) => ({
      kind,
      points: weigh(ofKinds[place] ?? []) + (kind === "bribe" ? money : 0),
    }));
    const declared = complain.length > 0;
    const formal = legalPathIn(folded) !== undefined;
    // Of what is no complaint the kind does not matter.
    const shares =
      learnt.complaint >= FAINT || declared || cues.some(({ points }) => points > 0)
        ? learnt.kinds()
        : new Map<string, number>();
    // Never praise beside "phản ánh" or "tố cáo"; nor a suggestion.
    const praises = (points: number): boolean =>
      !declared && (points > 0 || (shares.get("praise") ?? 0) >= PRAISED);
    const possible = cues.filter(
      ({ kind, points }) => (kind !== "praise" || praises(points)) && (kind !== "suggestion" || !formal),
    );
    const plainest = possible.reduce((a, b) => (b.points > a.points ? b : a));
    const most = plainest.points;
    const likeliest = possible
      .map((cue) => ({ kind: cue.kind, score: (shares.get(cue.kind) ?? 0) + CUE.kind * cue.points }))
      .reduce((a, b) => (b.score > a.score ? b : a));
    const body = readBody(asTyped);
    const ofOfficials = named.length > 0;
    const happened = Math.min(2, happenings.length) * 0.5;
    const asking = Math.min(2, questions.length) * 1.2;
    const own = most > 0 && owned.length > 0 ? POINTS.ownCase : 0;
    const resolved = resolves.length > 0 ? POINTS.resolved : declared ? POINTS.declared : 0;
    const bare = text.length <= BARE && most >= 2 && asking === 0;
    const { kind } = bare ? plainest : likeliest;
    const said = possible.some((cue) => cue.kind === kind && cue.points > 0);
    const share = shares.get(kind) ?? 0;
    const plain = kind === "praise" ? said && share >= PRAISED_PLAINLY : said || share >= PLAIN;
    const points =
      most + resolved + own + (ofOfficials ? POINTS.body : 0) + (most > 0 ? happened : 0) - asking;
    const likelihood = learnt.complaint + CUE.share * Math.max(CUE.least, Math.min(CUE.most, points));
    return {
      kind,
      said,
      plain,
      learnt: learnt.complaint,
      points: most,
      asking,
      cued: most > 0 || declared,
      likelihood,
      declared,
      resolved: resolves.length > 0 && asking === 0,
      bare,
      ofOfficials,
      ...(ofOfficials && { besideOfficials: without(named, text) }),
      ...(body && { body }),
    };
  };
}

function without(found: readonly Found[], text: readonly Syllable[]): string {
  const isNamed = (place: number): boolean =>
    found.some(({ at, length }) => place >= at && place < at + length);
  return text.flatMap(({ typed }, place) => (isNamed(place) ? [] : [typed])).join(" ");
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
