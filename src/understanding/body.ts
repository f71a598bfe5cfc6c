import type { Agency, AgencyKind } from "../knowledge/agency.ts";
import type { Vocabulary } from "../knowledge/vocabulary.ts";
import { foldedOf, type Syllable, syllables, words } from "../text/fold.ts";
import { compilePhrases, type Found, findPhrases } from "../text/phrases.ts";

/** Reads the body (cơ quan, đơn vị) that a message speaks of, as typed: "cán bộ văn phòng đất đai". */
export type BodyReader = (text: readonly Syllable[]) => string | undefined;

/** They say who, but not of which body. */
const PERSON =
  /^(?:can bo|cong chuc|vien chuc|nhan vien|chuyen vien|lanh dao|giam doc|chu tich|pho chu tich|bao ve|co quan|officer|official|staff|clerk|chi nhanh|phong|so|cuc|chi cuc|trung tam|quay|truong)$/;
/** What a body's name ends in: of which level it is. */
const LEVEL = /^(?:xa|phuong|thi tran|huyen|quan|thi xa|tinh|thanh pho|tp|khu vuc|co so|dac khu)$/;
/** How people speak of one of its people. */
const TITLE = /^(?:chi|anh|co|ong|ba|nhan vien)$/;
/** People and counters, alone or together, and a level alone: of which body they are is not said. */
const NO_BODY =
  /^(?:(?:anh|chi|co|ong|ba|may|nhung|nguoi|can bo|cong chuc|vien chuc|nhan vien|chuyen vien|lanh dao|giam doc|chu tich|pho chu tich|bao ve|to truong(?: dan pho)?|truong (?:thon|ap|khu pho)|co quan|don vi|bo phan|tiep nhan|quay|phong|ban|so|cuc|chi nhanh|trung tam|(?:the |an )?(?:officer|official|staff|clerk|ward|commune)|\d+)(?: |$))+$|^(?:xa|phuong|thi tran|huyen|quan|thi xa|tinh|thanh pho|tp|dac khu|uy ban|uy ban nhan dan|ubnd)$/;
/** Weight of a word that tells no body apart; a name weighs as many as it has syllables. */
const NO_NAME = 0.5;
/** What is left of the weight of a phrase typed with other marks. */
const OTHER_MARKS = 0.2;

/** One stretch of the text: phrases that overlap, or follow each other as "cán bộ" + "thuế" + "xã" do. */
type Run = { readonly from: number; readonly to: number; readonly weight: number };

/** @param directory kinds and agencies, whose names and everyday names are bodies too */
export function buildBodyReader(
  { officials, bodies }: Pick<Vocabulary, "officials" | "bodies">,
  directory: Iterable<Pick<AgencyKind | Agency, "name" | "says">>,
): BodyReader {
  const named = [...directory].flatMap(({ name, says }) => [name, ...says]);
  const phrases = compilePhrases(new Set([...officials, ...bodies, ...named]));
  return (text) => {
    const runs = runsOf(findPhrases(phrases, text), text);
    const [best] = runs.toSorted((one, other) => other.weight - one.weight || one.from - other.from);
    if (!best) return undefined;
    return text
      .slice(withTitle(best.from, text), best.to)
      .map(({ typed }) => typed)
      .join(" ");
  };
}

/** Whether words say who or of which level, but of no body: "cán bộ", "xã", "tổ trưởng dân phố"; not "cán bộ xã". */
export function namesNoBody(text: string): boolean {
  return NO_BODY.test(words(text).join(" "));
}

function runsOf(found: readonly Found[], text: readonly Syllable[]): Run[] {
  const runs: Run[] = [];
  let last = "";
  for (const { text: phrase, at, length } of found.toSorted(
    (one, other) => one.at - other.at || other.length - one.length,
  )) {
    const folded = foldedOf(text, at, at + length);
    const weight = weightOf(folded, length) * (asMeant(phrase, text, at) ? 1 : OTHER_MARKS);
    const before = runs.at(-1);
    const to = at + length;
    const follows = before !== undefined && at === before.to && (PERSON.test(last) || LEVEL.test(folded));
    if (before && (at < before.to || follows)) {
      if (to > before.to) last = folded;
      const joined = { from: before.from, to: Math.max(to, before.to) };
      runs[runs.length - 1] = { ...joined, weight: Math.max(weight, before.weight) };
    } else {
      runs.push({ from: at, to, weight });
      last = folded;
    }
  }
  return runs;
}

/** The more of a name, the surer that it is the body meant. */
function weightOf(folded: string, length: number): number {
  return PERSON.test(folded) || LEVEL.test(folded) ? NO_NAME : length;
}

/** Typed with marks, yet with others than the phrase has: "một của" is hardly "một cửa". */
function asMeant(phrase: string, text: readonly Syllable[], at: number): boolean {
  return syllables(phrase).every(({ marked }, index) => {
    const typed = text[at + index];
    return typed === undefined || typed.marked === marked || typed.marked === typed.folded;
  });
}

/** "Chị ở quầy số 3" begins with the title; one word of it is enough. */
function withTitle(from: number, text: readonly Syllable[]): number {
  return TITLE.test(text[from - 1]?.folded ?? "") ? from - 1 : from;
}
