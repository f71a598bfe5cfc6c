import { foldInPlace, syllables } from "../text/fold.ts";
import type { Reading } from "../understanding/reader.ts";
import type { Context } from "./answer.ts";
import type { Finder, FoundProcedure } from "./finder.ts";

/** Where one need ends and the next may begin, folded; typed without marks, "con" may be a child. */
const BREAK =
  /[.?!;\n]+|\s(?:va ca|voi lai|voi ca|ngoai ra|dong thoi|san tien|tien the|con nua|roi con|them nua|also)\s|,\s*(?:va|roi|voi)\s/gu;
const BREAK_MARKED = /,\s*còn\s/iu;
/** A shorter message holds one need. */
const LEAST_WORDS = 10;
/** A shorter part is no need of its own. */
const PART_WORDS = 4;
/** Parts looked at. */
const MOST_PARTS = 3;
/** How sure a part must be of its own subject. */
const SURE = { answerable: 0.8, share: 0.6 } as const;

/** The parts of a message that may be needs of their own, as typed. */
export function partsOf(text: string): string[] {
  return pieces(text.normalize("NFC"))
    .flatMap((part) => part.split(BREAK_MARKED))
    .filter((part) => syllables(part).length >= PART_WORDS);
}

function pieces(text: string): string[] {
  const breaks = [...foldInPlace(text).matchAll(BREAK)];
  const starts = [0, ...breaks.map(({ index, 0: { length } }) => index + length)];
  return starts.map((from, at) => text.slice(from, breaks[at]?.index));
}

/** "Làm khai sinh ở đâu, với lại nhập hộ khẩu cho cháu cần gì": what the message asks for beside its best answer. */
export function secondNeed(
  reading: Reading,
  best: FoundProcedure,
  { province, business }: Pick<Context, "province" | "business">,
  finder: Finder,
): FoundProcedure | undefined {
  if (reading.syllables.length < LEAST_WORDS) return undefined;
  const parts = partsOf(reading.text);
  if (parts.length < 2) return undefined;
  const sure = parts.slice(-MOST_PARTS).flatMap((text) => {
    const found = finder.find({ text, offtopic: 0 }, province, business);
    const [first] = found.procedures;
    return first && found.answerable >= SURE.answerable && first.share >= SURE.share ? [first] : [];
  });
  // Only where one of the parts is the answer itself: a story's other sentences are about its circumstances.
  if (!sure.some(({ code }) => code === best.code)) return undefined;
  return sure.find(
    ({ code, subject }) => code !== best.code && !best.subject.variants.includes(subject.code),
  );
}
