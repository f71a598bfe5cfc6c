import dayjs from "dayjs";
import utc from "dayjs/plugin/utc.js";
import { fold } from "../text/fold.ts";

dayjs.extend(utc);

/**
 * Days a person named: when the dossier was handed in (with the time of day, `HH:MM`, where it stands by the day), and
 * the promised day. ISO days; absent where indefinite.
 */
export type NamedDays = {
  readonly submitted?: string;
  readonly submittedAt?: string;
  readonly due?: string;
};

/** A date as it stands in a text; `year` only when typed. */
type Mention = {
  readonly at: number;
  readonly day: number;
  readonly month: number;
  readonly year?: number;
  readonly relative?: true;
};

const NUMERIC = /(?<![\d/.-])(\d{1,2})\s?[/.-]\s?(\d{1,2})(?:\s?[/.-]\s?(\d{4}|\d{2}))?(?![\d/-]|\.\d)/g;
const SPOKEN =
  /(?<!\d)(?:ngay |mung |mong )?(\d{1,2}) ?(?:thang|thg|th|t) ?(\d{1,2})(?:[ ,/]*(?:nam )?(\d{4}))?(?!\d)/g;
const RELATIVE: readonly (readonly [RegExp, number])[] = [
  [/\bhom nay\b|\bsang nay\b|\bchieu nay\b|\btoday\b/, 0],
  [/\bhom qua\b|\bhqua\b|\bchieu qua\b|\bsang qua\b|\byesterday\b/, -1],
  [/\bhom kia\b/, -2],
  [/\bngay mai\b|\btomorrow\b/, 1],
];
const WEEKDAYS: Readonly<Record<string, number>> = {
  "2": 1,
  hai: 1,
  "3": 2,
  ba: 2,
  "4": 3,
  tu: 3,
  "5": 4,
  nam: 4,
  "6": 5,
  sau: 5,
  "7": 6,
  bay: 6,
};
const MONTHS = "january february march april may june july august september october november december".split(
  " ",
);
const MONTH = `(${MONTHS.map((month) => `${month}|${month.slice(0, 3)}`).join("|")})`;
const ENGLISH = new RegExp(`\\b${MONTH}\\.? (\\d{1,2})(?!\\d)(?:st|nd|rd|th)?(?:,? (\\d{4}))?(?!\\d)`, "g");
const ENGLISH_DAY_FIRST = new RegExp(
  `(?<![\\d/.-])(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${MONTH}\\b(?:,? (\\d{4}))?(?!\\d)`,
  "g",
);
/** Months that are Vietnamese words as well ("xe máy 2 bánh", "sếp 5 người"): an English word must lead to them. */
const AMBIGUOUS = /^(?:may|sep)$/;
const ENGLISH_BEFORE = /\b(?:on|by|since|from|before|until|is|was|submitted|filed|promised) $/;
const ISO = /(?<![\d/.-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\d/-]|\.\d)/g;
const DUE_BEFORE =
  /(?:hen|han|han tra|tra|phieu hen|giay hen|den|toi|due|promised|ready|gh|dung ra|le ra|phai co)(?: (?:ngay|la|tra|ket qua|hom|vao|den|toi|lay|nhan|on|by|co|ghi|rang|luc|\d{1,2}(?:h| gio)\d{0,2}))*[ :,]*$|\bhen tra(?: [a-z]+){1,5} $/;
/** Without such a word a day is when something happened, not when a dossier was handed in. */
const SUBMITTING = /\b(?:nop|gui|xin|dang ki|dang ky|lam|nhan ho so|tiep nhan|tu|submitted|filed|applied)\b/;
/** A relative day needs a plainer word. */
const HANDED_IN = /\b(?:nop|gui ho so|submitted|applied)\b/;

/** Reads the days from a complaint told in one's own words, seen from `now`. */
export function readDays(text: string, now: Date): NamedDays {
  const folded = fold(text);
  const mentions = [...mentionsOf(folded), ...relativeOf(folded, now)].sort((a, b) => a.at - b.at);
  const due = mentions.find((mention) =>
    DUE_BEFORE.test(folded.slice(Math.max(0, mention.at - 40), mention.at)),
  );
  const rest = mentions.filter((mention) => mention !== due);
  const submitted = rest.find((mention) => (mention.relative ? HANDED_IN : SUBMITTING).test(folded));
  const submittedDay = submitted ? place(submitted, now, "past") : undefined;
  const dueDay = due
    ? place(due, submittedDay ? dayjs.utc(submittedDay).toDate() : now, submittedDay ? "future" : "near")
    : undefined;
  const submittedAt = submittedDay && submitted && clockBy(folded, submitted.at);
  return {
    ...(submittedDay && { submitted: submittedDay }),
    ...(submittedAt && { submittedAt }),
    ...(dueDay && { due: dueDay }),
  };
}

const CLOCK = "(\\d{1,2}) ?(?:h|g|gio|:)(?![a-z])(?: ?(\\d{2}))?(?: ?phut)?(?: (sang|trua|chieu|toi))?";
const CLOCK_BEFORE = new RegExp(`(?<!\\d)${CLOCK}(?: (?:ngay|hom))?[ ,]*$`);
const CLOCK_AFTER = new RegExp(`^[\\d/.-]+[ ,]+(?:luc |vao )?${CLOCK}(?![\\d/])`);

/** The time of day written just before or after the day that stands at `at`: "9h30 ngày 2/11", "2/11 lúc 2 giờ chiều". */
function clockBy(folded: string, at: number): string | undefined {
  const match =
    CLOCK_BEFORE.exec(folded.slice(Math.max(0, at - 30), at)) ?? CLOCK_AFTER.exec(folded.slice(at, at + 40));
  if (!match) return undefined;
  const [, typed = "", minute = "00", part] = match;
  const hour = Number(typed) + ((part === "chieu" || part === "toi") && Number(typed) < 12 ? 12 : 0);
  return hour < 24 && Number(minute) < 60 ? `${String(hour).padStart(2, "0")}:${minute}` : undefined;
}

/** The first day named in an answer to "which day?"; undefined when none is definite. */
export function readDay(text: string, now: Date, look: "past" | "near" = "near"): string | undefined {
  const folded = fold(text);
  const [first] = [...mentionsOf(folded), ...relativeOf(folded, now)].sort((a, b) => a.at - b.at);
  return first ? place(first, now, look) : undefined;
}

function mentionsOf(folded: string): Mention[] {
  // Nearly every question ends here.
  if (!/\d/.test(folded)) return [];
  const found: Mention[] = [];
  for (const pattern of [NUMERIC, SPOKEN]) {
    for (const match of folded.matchAll(pattern)) {
      const [, day, month, year] = match;
      const mention = {
        at: match.index,
        day: Number(day),
        month: Number(month),
        ...(year && { year: fullYear(year) }),
      };
      if (exists(mention)) found.push(mention);
    }
  }
  const add = (at: number, day: string, month: number, year: string | undefined): void => {
    const mention = { at, day: Number(day), month, ...(year && { year: Number(year) }) };
    if (exists(mention)) found.push(mention);
  };
  const numberOf = (name: string): number =>
    MONTHS.findIndex((full) => full.startsWith(name.slice(0, 3))) + 1;
  for (const { 0: whole, 1: name = "", 2: day = "", 3: year, index } of folded.matchAll(ENGLISH)) {
    const plain = whole === folded || ENGLISH_BEFORE.test(folded.slice(0, index));
    if (AMBIGUOUS.test(name) && !plain && !year) continue;
    add(index, day, numberOf(name), year);
  }
  for (const { 1: day = "", 2: name = "", 3: year, index } of folded.matchAll(ENGLISH_DAY_FIRST)) {
    if (AMBIGUOUS.test(name) && !year) continue;
    add(index, day, numberOf(name), year);
  }
  for (const { 1: year, 2: month = "", 3: day = "", index } of folded.matchAll(ISO)) {
    add(index, day, Number(month), year);
  }
  return found;
}

function relativeOf(folded: string, now: Date): Mention[] {
  const today = local(now);
  const found: Mention[] = [];
  for (const [pattern, days] of RELATIVE) {
    const match = pattern.exec(folded);
    if (match) found.push(mentionOf(match.index, today.add(days, "day")));
  }
  const weekday = /\bthu (2|3|4|5|6|7|hai|ba|tu|nam|sau|bay) tuan (truoc|roi|qua|nay|sau|toi)\b/.exec(folded);
  if (weekday?.[1]) {
    const monday = today.subtract((today.day() + 6) % 7, "day");
    const weeks = weekday[2] === "nay" ? 0 : /sau|toi/.test(weekday[2] ?? "") ? 1 : -1;
    const base = monday.add(weeks * 7, "day");
    found.push(mentionOf(weekday.index, base.add((WEEKDAYS[weekday[1]] ?? 1) - 1, "day")));
  }
  return found;
}

function mentionOf(at: number, day: dayjs.Dayjs): Mention {
  return { at, day: day.date(), month: day.month() + 1, year: day.year(), relative: true };
}

/** Gives a mention its year: the latest past one, the first coming one, or the nearest to `from`. */
function place(mention: Mention, from: Date, look: "past" | "future" | "near"): string | undefined {
  const origin = local(from);
  const years = mention.year ? [mention.year] : [origin.year() - 1, origin.year(), origin.year() + 1];
  const candidates = years
    .filter((year) => exists({ ...mention, year }))
    .map((year) => dayjs.utc(Date.UTC(year, mention.month - 1, mention.day)));
  const days = (day: dayjs.Dayjs): number =>
    day.startOf("day").diff(dayjs.utc(origin.format("YYYY-MM-DD")), "day");
  const fitting = candidates.filter((day) =>
    mention.year ? true : look === "past" ? days(day) <= 0 : look === "future" ? days(day) >= 0 : true,
  );
  const best = fitting.sort((a, b) => Math.abs(days(a)) - Math.abs(days(b)))[0];
  return best?.format("YYYY-MM-DD");
}

function exists({ day, month, year = 2024 }: { day: number; month: number; year?: number }): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return (
    year >= 1900 && month >= 1 && day >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  );
}

function fullYear(year: string): number {
  return year.length === 2 ? 2000 + Number(year) : Number(year);
}

function local(date: Date): dayjs.Dayjs {
  return dayjs.utc(date).utcOffset(7 * 60);
}
