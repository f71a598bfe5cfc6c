import { foldInPlace, syllables, words } from "../text/fold.ts";
import type { Reading } from "../understanding/reader.ts";
import type { Context } from "./answer.ts";
import type { Finder, Findings, FoundProcedure } from "./finder.ts";
import { DONE } from "./follow-up.ts";

/** Where one need ends and the next may begin, folded; typed without marks, "con" may be a child. */
const BREAK =
  /[.?!;\n]+|\s(?:va ca|voi lai|voi ca|ngoai ra|dong thoi|san tien|tien the|con nua|roi con|them nua|also)\s|,\s*(?:va|roi|voi(?: lai)?)\s/gu;
const BREAK_MARKED = /,\s*còn\s/iu;
/** A shorter message holds one need. */
const LEAST_WORDS = 5;
/** A shorter part is no need of its own. */
const PART_WORDS = 4;
/** Parts looked at. */
const MOST_PARTS = 3;
/** How sure a part must be of its own subject. */
const SURE = { answerable: 0.6, share: 0.6 } as const;

/** Words that join two needs as well as two words for one ("đất và nhà ở"), folded; in a longer message they join all kinds of things. */
const LINK = /\s(?:va|voi|cung voi|and)\s|,\s*/gu;
/** `list`: in a longer message a comma joins sentences. */
const LINKED = { words: 18, list: 10, part: 2, links: 3, answerable: 0.5, sure: 0.5 } as const;
/** What is done to the first thing, and so to the second where nothing else is said of it: "mất căn cước và bằng lái". */
const VERB =
  /^(?:(?:em|toi|minh|con|chau|tui|can|muon|cho|hoi|gio|bi|da|vua|moi|xin|thang|dua) )*(?<verb>(?:bi )?mat|lam lai|cap lai|cap doi|gia han|doi|sua|lam|dang ky|dk|cap|xoa)\s/;
/** "Với người Lào", "và con": whom it is done with or for. */
const WHOM = /^(?:nguoi|vo|chong|con|chau|cha|me|bo|ba|ma|ong|anh|chi|em|co|chu|ban|nha|ben)\b/;
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

/** Two needs of one message, the one that it speaks of most first. */
export type TwoNeeds = readonly [FoundProcedure, FoundProcedure];

/** "Làm khai sinh ở đâu, với lại nhập hộ khẩu cho cháu cần gì", "làm căn cước và hộ chiếu". */
export function twoNeeds(
  reading: Reading,
  best: FoundProcedure,
  { province, business }: Pick<Context, "province" | "business">,
  finder: Finder,
): TwoNeeds | undefined {
  if (reading.syllables.length < LEAST_WORDS) return undefined;
  const find = (text: string): Findings => finder.find({ text, offtopic: 0 }, { province, business });
  return apart(reading, best, find) ?? linked(reading, best, find);
}

function apart(reading: Reading, best: FoundProcedure, find: Find): TwoNeeds | undefined {
  const parts = partsOf(reading.text);
  if (parts.length < 2) return undefined;
  const sure = parts.slice(-MOST_PARTS).flatMap((text) => {
    const found = find(text);
    const [first] = found.procedures;
    return first && found.answerable >= SURE.answerable && first.share >= SURE.share ? [first] : [];
  });
  // Only where one of the parts is the answer itself: a story's other sentences are about its circumstances.
  if (!sure.some(({ code }) => code === best.code)) return undefined;
  const second = sure.find((one) => one.code !== best.code && isTwo(best, one));
  return second && [best, second];
}

type Find = (text: string) => Findings;

/** What stands before and after one of the joining words, where each names a subject of its own for sure. */
function linked(reading: Reading, best: FoundProcedure, find: Find): TwoNeeds | undefined {
  if (reading.syllables.length > LINKED.words) return undefined;
  const text = reading.text.normalize("NFC");
  for (const link of [...foldInPlace(text).matchAll(LINK)].slice(0, LINKED.links)) {
    const [before, after] = [text.slice(0, link.index), text.slice(link.index + link[0].length)];
    if (link[0].startsWith(",") && reading.syllables.length > LINKED.list) continue;
    if (WHOM.test(foldInPlace(after))) continue;
    if ([before, after].some((part) => syllables(part).length < LINKED.part)) continue;
    const one = find(before.replace(DONE, ""));
    const [first] = one.procedures;
    if (!first || !isSure(one)) continue;
    const other = find(withVerbOf(before, after));
    const [second] = other.procedures;
    if (!second || !isSure(other) || !isTwo(first, second)) continue;
    if (first.code === best.code || second.code === best.code)
      return first.code === best.code ? [first, second] : [second, first];
    // One procedure may be for both at once ("khai sinh và thẻ bảo hiểm y tế").
    if (![before, after].every((part) => names(best, part))) return [first, second];
  }
  return undefined;
}

function isSure({ procedures, answerable }: Findings): boolean {
  const [first] = procedures;
  return first !== undefined && answerable >= LINKED.answerable && first.share * answerable >= LINKED.sure;
}

/** Whether a procedure's name has most words of a part. */
function names({ subject }: FoundProcedure, part: string): boolean {
  const name = words(subject.name);
  const said = words(part);
  return 2 * said.filter((word) => name.includes(word)).length >= said.length;
}

function isTwo(one: FoundProcedure, other: FoundProcedure): boolean {
  if (one.subject === other.subject || isVariant(one, other.code) || isVariant(other, one.code)) return false;
  // "Đăng ký kết hôn với người Lào" is none beside "đăng ký kết hôn".
  const [less = [], more = []] = [one, other]
    .map(({ subject }) => words(subject.title))
    .toSorted((a, b) => a.length - b.length);
  return !less.every((word) => more.includes(word));
}

function isVariant({ subject }: FoundProcedure, code: string): boolean {
  return subject.variants.includes(code);
}

function withVerbOf(before: string, after: string): string {
  const verb = VERB.exec(foldInPlace(before))?.groups?.["verb"];
  if (verb === undefined || VERB.test(foldInPlace(after))) return after;
  const at = foldInPlace(before).indexOf(verb);
  return `${before.slice(at, at + verb.length)} ${after}`;
}
