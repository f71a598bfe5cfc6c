import { type CalendarYear, type OfficeHours, type SpecialDay, VIETNAM_MS } from "../knowledge/calendar.ts";
import type { TimeUnit } from "../knowledge/procedure.ts";

/** The days and hours that count, as data. */
export type WorkingTime = {
  readonly calendar: ReadonlyMap<number, CalendarYear>;
  readonly officeHours: OfficeHours;
};

/** The same days with the hours of one agency, where they are known. */
export function hoursOf(agency: string | undefined, time: WorkingTime): WorkingTime {
  const own = time.officeHours.agencies.find((one) => one.agency === agency);
  return own ? { ...time, officeHours: { ...time.officeHours, ...own } } : time;
}

/** How long, from an instant. */
export type Limit = { readonly amount: number; readonly unit: TimeUnit };

/** The calendar has no data for a year that the count reaches, so nothing is computed rather than guessed. */
export type UnknownYear = { readonly kind: "unknown-year"; readonly year: number };

/** When a limit ends. */
export type Due =
  | { readonly kind: "due"; readonly day: string; readonly at: Date; readonly explanation: readonly string[] }
  | UnknownYear;

/** The days after one day up to another, told apart. */
export type DaysCounted = {
  readonly working: number;
  /** Saturdays and Sundays that do not count. */
  readonly weekend: number;
  /** Public holidays and swapped days off that fall on no weekend. */
  readonly off: readonly SpecialDay[];
  /** Saturdays and Sundays worked instead, and days that nobody has decided on: they count. */
  readonly worked: readonly SpecialDay[];
};

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Where a count ends: the number of a day, counted from 1 January 1970 in Viet Nam, and the instant in ms. */
type End = { readonly kind: "due"; readonly day: number; readonly at: number } | UnknownYear;

/**
 * Counts a limit from `from`. The day of the start is not counted; a working day is Monday to Friday less public
 * holidays plus swapped Saturdays; the last day of a calendar count that falls on a rest day moves to the next
 * working day. Working hours run only within office hours.
 */
export function dueAfter(from: Date, limit: Limit, time: WorkingTime): Due {
  const start = dayNumber(from.getTime());
  return explained(count(from, limit, time), (end) => {
    switch (limit.unit) {
      case "working-day":
        return explainWorkingDays(start, end, limit.amount, time);
      case "day":
        return [
          `${limit.amount} ngày kể từ hôm sau`,
          ...explainMove(start + limit.amount, end, openCalendar(time)),
        ];
      case "month":
        return [
          `${limit.amount} tháng`,
          ...explainMove(addMonths(start, limit.amount), end, openCalendar(time)),
        ];
      case "hour":
        return [`${limit.amount} giờ liên tục`];
      case "working-hour":
        return [`${limit.amount} giờ làm việc, chỉ tính giờ hành chính`];
    }
  });
}

/** The ISO day on which {@link dueAfter} ends, without its explanation: for counting many. */
export function dueDay(
  from: Date,
  limit: Limit,
  time: WorkingTime,
): { readonly kind: "due"; readonly day: string } | UnknownYear {
  const end = count(from, limit, time);
  return end.kind === "due" ? { kind: "due", day: iso(end.day) } : end;
}

/**
 * A same-day result: the day of reception when that is a working day and not later than the cut-off (without one:
 * the end of office hours), else the next working day.
 */
export function dueSameDay(from: Date, cutoff: string | undefined, time: WorkingTime): Due {
  const start = dayNumber(from.getTime());
  const calendar = openCalendar(time);
  const works = calendar.works(start);
  if (works === undefined) return unknownYear(start);
  const last = cutoff ?? closingHour(time);
  const late = minuteOfDay(from) > minutes(last);
  if (works && !late) return explained(closing(start, time), () => ["trả trong ngày làm việc"]);
  const why = works
    ? `nhận sau ${last}`
    : `${show(start)} là ${calendar.special(start)?.name ?? "ngày cuối tuần"}`;
  return explained(countWorkingDays(start, 1, time), (end) => [
    `${why}: trả vào ngày làm việc tiếp theo`,
    ...explainWorkingDays(start, end, 1, time),
  ]);
}

/**
 * A day promised in writing: when its office hours end, or those of the next working day where it is a rest day, when
 * no counter is open.
 */
export function dueOn(day: string, time: WorkingTime): Due {
  const planned = dayOfIso(day);
  return explained(endOn(planned, time), (end) => explainMove(planned, end, openCalendar(time)));
}

/** When offices open on an ISO day. */
export function opensOn(day: string, time: WorkingTime): Date {
  return new Date(instant(dayOfIso(day), time.officeHours.sessions[0]?.from ?? "07:30"));
}

/** When offices close on an ISO day. */
export function closesOn(day: string, time: WorkingTime): Date {
  return new Date(instant(dayOfIso(day), closingHour(time)));
}

/** The ISO day that lies this many working days before another. */
export function workingDaysBefore(day: string, amount: number, time: WorkingTime): string {
  const calendar = openCalendar(time);
  let before = dayOfIso(day);
  for (let counted = 0; counted < amount; ) if (mayWork(--before, calendar)) counted++;
  return iso(before);
}

/** Working days after the day of `from` up to the day of `to`. */
export function workingDaysBetween(from: Date, to: Date, time: WorkingTime): number {
  const calendar = openCalendar(time);
  const last = dayNumber(to.getTime());
  let counted = 0;
  for (let day = dayNumber(from.getTime()) + 1; day <= last; day++) if (mayWork(day, calendar)) counted++;
  return counted;
}

/** Hours of offices between two instants; 0 where `to` is not later. */
export function workingHoursBetween(from: Date, to: Date, time: WorkingTime): number {
  const calendar = openCalendar(time);
  const sessions = time.officeHours.sessions.map(
    (one) => [instant(0, one.from), instant(0, one.to)] as const,
  );
  const [start, end] = [from.getTime(), to.getTime()];
  const last = dayNumber(end);
  let ms = 0;
  for (let day = dayNumber(start); day <= last; day++) {
    if (!mayWork(day, calendar)) continue;
    for (const [opens, closes] of sessions)
      ms += Math.max(0, Math.min(day * DAY + closes, end) - Math.max(day * DAY + opens, start));
  }
  return ms / (60 * MINUTE);
}

/**
 * The closing hour this many working days later. A clock must not stop where the calendar ends: there it goes on by
 * plain days, rather too many than too few.
 */
export function afterWorkingDays(from: Date, amount: number, time: WorkingTime): Date {
  const start = dayNumber(from.getTime());
  const end = countWorkingDays(start, amount, time);
  const day = end.kind === "due" ? end.day : start + PLAIN_DAYS * amount;
  return new Date(instant(day, closingHour(time)));
}

/** Plain days for a working day where the holidays are not known. */
const PLAIN_DAYS = 3;

/** Where the holidays of the year are not known, every weekday. */
function mayWork(day: number, calendar: Calendar): boolean {
  return calendar.works(day) ?? !isWeekend(day);
}

/** Tells apart the days after `after` up to and with `until`, both ISO days; none where `until` is not later. */
export function countDays(after: string, until: string, time: WorkingTime): DaysCounted | UnknownYear {
  const calendar = openCalendar(time);
  const [first, last] = [dayOfIso(after) + 1, dayOfIso(until)];
  const found = { working: 0, weekend: 0, off: [] as SpecialDay[], worked: [] as SpecialDay[] };
  for (let day = first; day <= last; day++) {
    const works = calendar.works(day);
    if (works === undefined) return unknownYear(day);
    const special = calendar.special(day);
    if (works) found.working++;
    if (works && special) found.worked.push(special);
    if (!works && isWeekend(day)) found.weekend++;
    else if (!works && special) found.off.push(special);
  }
  return found;
}

/** The one place where limits are counted. */
function count(from: Date, { amount, unit }: Limit, time: WorkingTime): End {
  const start = dayNumber(from.getTime());
  switch (unit) {
    case "working-day":
      return countWorkingDays(start, amount, time);
    case "day":
      return endOn(start + amount, time);
    case "month":
      return endOn(addMonths(start, amount), time);
    case "hour": {
      const at = from.getTime() + amount * 60 * MINUTE;
      return { kind: "due", day: dayNumber(at), at };
    }
    case "working-hour":
      return countHours(from.getTime(), amount, time);
  }
}

function countWorkingDays(start: number, amount: number, time: WorkingTime): End {
  const calendar = openCalendar(time);
  let day = start;
  for (let counted = 0; counted < amount; ) {
    const works = calendar.works(++day);
    if (works === undefined) return unknownYear(day);
    if (works) counted++;
  }
  return closing(day, time);
}

/** A calendar count ends on `planned`, or on the next working day: at the latest with the calendar. */
function endOn(planned: number, time: WorkingTime): End {
  const calendar = openCalendar(time);
  for (let day = planned; ; day++) {
    const works = calendar.works(day);
    if (works === undefined) return unknownYear(day);
    if (works) return closing(day, time);
  }
}

/** Ends at the latest with the calendar. */
function countHours(from: number, hours: number, time: WorkingTime): End {
  const calendar = openCalendar(time);
  let left = hours * 60;
  for (let day = dayNumber(from); ; day++) {
    const works = calendar.works(day);
    if (works === undefined) return unknownYear(day);
    if (!works) continue;
    for (const session of time.officeHours.sessions) {
      const start = Math.max(instant(day, session.from), from);
      const room = Math.trunc((instant(day, session.to) - start) / MINUTE);
      if (room <= 0) continue;
      if (left <= room) return { kind: "due", day, at: start + left * MINUTE };
      left -= room;
    }
  }
}

const closing = (day: number, time: WorkingTime): End => ({
  kind: "due",
  day,
  at: instant(day, closingHour(time)),
});

function explained(end: End, explain: (end: number) => readonly string[]): Due {
  if (end.kind === "unknown-year") return end;
  return { kind: "due", day: iso(end.day), at: new Date(end.at), explanation: explain(end.day) };
}

function explainWorkingDays(start: number, end: number, amount: number, time: WorkingTime): string[] {
  const days = countDays(iso(start), iso(end), time);
  const special =
    "kind" in days ? [] : [...days.off, ...days.worked].sort((a, b) => (a.day < b.day ? -1 : 1));
  const weekend = "kind" in days ? 0 : days.weekend;
  return [
    ...special.map((one) => `${show(dayOfIso(one.day))}: ${one.name}${REMARKS[one.kind]}`),
    ...(weekend > 0 ? [`${weekend} ngày cuối tuần (không tính)`] : []),
    `${amount} ngày làm việc, tính từ ngày làm việc sau ${show(start)}`,
  ];
}

const REMARKS: Readonly<Record<SpecialDay["kind"], string>> = {
  off: " (không tính)",
  work: "",
  undecided: "; chưa có quyết định nên vẫn tính là ngày làm việc",
};

/** The rest days for which a planned end moved. */
function explainMove(planned: number, end: number, calendar: Calendar): string[] {
  return Array.from({ length: end - planned }, (_, index) => planned + index).map(
    (day) => `${show(day)}: ${calendar.special(day)?.name ?? "cuối tuần"}, chuyển sang ngày sau`,
  );
}

/** One year's days, ready for looking up by number. */
type Year = {
  readonly first: number;
  /** By day of the year: 1 for a working day. */
  readonly works: Uint8Array;
  readonly special: ReadonlyMap<number, SpecialDay>;
};

/** Years are data and never change, so each is laid out once. */
const laidOut = new WeakMap<CalendarYear, Year>();

function layOut(year: CalendarYear): Year {
  const known = laidOut.get(year);
  if (known) return known;
  const first = Date.UTC(year.year, 0, 1) / DAY;
  const special = new Map(year.days.map((one) => [dayOfIso(one.day), one]));
  const works = Uint8Array.from({ length: Date.UTC(year.year + 1, 0, 1) / DAY - first }, (_, index) => {
    const kind = special.get(first + index)?.kind;
    return kind === "work" || (kind !== "off" && !isWeekend(first + index)) ? 1 : 0;
  });
  const laid = { first, works, special };
  laidOut.set(year, laid);
  return laid;
}

type Calendar = {
  /** Undefined where the calendar does not know the day's year. */
  works(day: number): boolean | undefined;
  special(day: number): SpecialDay | undefined;
};

/** The calendar for one count, which mostly stays within a year. */
function openCalendar(time: WorkingTime): Calendar {
  let year: Year | undefined;
  const turnTo = (day: number): Year | undefined => {
    if (year && day >= year.first && day < year.first + year.works.length) return year;
    const data = time.calendar.get(yearOf(day));
    year = data && layOut(data);
    return year;
  };
  return {
    works: (day) => {
      const known = turnTo(day);
      return known && known.works[day - known.first] === 1;
    },
    special: (day) => turnTo(day)?.special.get(day),
  };
}

const unknownYear = (day: number): UnknownYear => ({ kind: "unknown-year", year: yearOf(day) });
const yearOf = (day: number): number => new Date(day * DAY).getUTCFullYear();
const dayNumber = (at: number): number => Math.floor((at + VIETNAM_MS) / DAY);
const minuteOfDay = (at: Date): number => Math.floor((at.getTime() + VIETNAM_MS) / MINUTE) % (DAY / MINUTE);
/** The first of January 1970, day 0, was a Thursday. */
const isWeekend = (day: number): boolean => (day + 4) % 7 === 0 || (day + 4) % 7 === 6;
const dayOfIso = (day: string): number => Date.parse(day) / DAY;
const iso = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);
const show = (day: number): string => iso(day).split("-").toReversed().join("/");
const closingHour = (time: WorkingTime): string => time.officeHours.sessions.at(-1)?.to ?? "17:00";
const instant = (day: number, clock: string): number => day * DAY - VIETNAM_MS + minutes(clock) * MINUTE;

/** "07:30" → 450. */
function minutes(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
}

/** The same day of a later month, or that month's last. */
function addMonths(day: number, months: number): number {
  const date = new Date(day * DAY);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), last)) / DAY;
}
