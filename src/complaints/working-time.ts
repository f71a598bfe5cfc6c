import dayjs from "dayjs";
import utc from "dayjs/plugin/utc.js";
import type { CalendarYear, OfficeHours } from "../knowledge/calendar.ts";
import type { TimeUnit } from "../knowledge/procedure.ts";

dayjs.extend(utc);

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

/**
 * When a limit ends. `unknown-year`: the calendar has no data for a year that the count reaches, so nothing is
 * computed rather than guessed.
 */
export type Due =
  | { readonly kind: "due"; readonly day: string; readonly at: Date; readonly explanation: readonly string[] }
  | { readonly kind: "unknown-year"; readonly year: number };

/** Minutes east of UTC in Viet Nam, which has no summer time. */
const OFFSET = 7 * 60;

type DayKind = { readonly works: boolean; readonly why?: string };

/**
 * Counts a limit from `from`. The day of the start is not counted; a working day is Monday to Friday less public
 * holidays plus swapped Saturdays; the last day of a calendar count that falls on a rest day moves to the next
 * working day. Working hours run only within office hours.
 */
export function dueAfter(from: Date, limit: Limit, time: WorkingTime): Due {
  switch (limit.unit) {
    case "working-day":
      return countDays(from, limit.amount, time);
    case "day":
      return endOn(local(from).add(limit.amount, "day"), time, [`${limit.amount} ngày kể từ hôm sau`]);
    case "month":
      return endOn(local(from).add(limit.amount, "month"), time, [`${limit.amount} tháng`]);
    case "hour": {
      const end = local(from).add(limit.amount, "hour");
      return { kind: "due", day: iso(end), at: end.toDate(), explanation: [`${limit.amount} giờ liên tục`] };
    }
    case "working-hour":
      return countHours(from, limit.amount, time);
  }
}

/**
 * A same-day result: the day of reception when that is a working day and not later than the cut-off (without one:
 * the end of office hours), else the next working day.
 */
export function dueSameDay(from: Date, cutoff: string | undefined, time: WorkingTime): Due {
  const start = local(from);
  const kind = dayKind(start, time);
  if (typeof kind === "number") return { kind: "unknown-year", year: kind };
  const last = cutoff ?? closingHour(time);
  const late = start.format("HH:mm") > last;
  if (kind.works && !late) return closing(start, time, ["trả trong ngày làm việc"]);
  const why = kind.works ? `nhận sau ${last}` : `${show(start)} là ${kind.why ?? "ngày nghỉ"}`;
  return countDays(from, 1, time, [`${why}: trả vào ngày làm việc tiếp theo`]);
}

/** ISO day in Viet Nam of an instant. */
export function localDay(at: Date | string): string {
  return new Date(new Date(at).getTime() + OFFSET * 60_000).toISOString().slice(0, 10);
}

/** When offices open on an ISO day. */
export function opensOn(day: string, time: WorkingTime): Date {
  return atHour(day, time.officeHours.sessions[0]?.from ?? "07:30");
}

/** When offices close on an ISO day. */
export function closesOn(day: string, time: WorkingTime): Date {
  return atHour(day, closingHour(time));
}

const atHour = (day: string, clock: string): Date => new Date(`${day}T${clock}:00+07:00`);

/** The ISO day that lies this many working days before another. */
export function workingDaysBefore(day: string, amount: number, time: WorkingTime): string {
  return remembered(`${day} -${amount}`, time, () => {
    let before = local(atHour(day, NOON));
    for (let counted = 0; counted < amount; ) {
      before = before.subtract(1, "day");
      if (mayWork(before, time)) counted++;
    }
    return iso(before);
  });
}

/** Working days after the day of `from` up to the day of `to`. */
export function workingDaysBetween(from: Date, to: Date, time: WorkingTime): number {
  const last = localDay(to);
  let counted = 0;
  for (let day = local(from).add(1, "day"); iso(day) <= last; day = day.add(1, "day"))
    if (mayWork(day, time)) counted++;
  return counted;
}

/**
 * The closing hour this many working days later. A clock must not stop where the calendar ends: there it goes on by
 * plain days, rather too many than too few.
 */
export function afterWorkingDays(from: Date, amount: number, time: WorkingTime): Date {
  const start = localDay(from);
  const day = remembered(`${start} +${amount}`, time, () => {
    const noon = atHour(start, NOON);
    const due = dueAfter(noon, { amount, unit: "working-day" }, time);
    return due.kind === "due" ? due.day : iso(local(noon).add(PLAIN_DAYS * amount, "day"));
  });
  return closesOn(day, time);
}

/** Days counted before: ten thousand cases share a few of them, and a calendar never changes. */
const COUNTED = new WeakMap<WorkingTime, Map<string, string>>();

function remembered(key: string, time: WorkingTime, count: () => string): string {
  const known = COUNTED.get(time) ?? new Map<string, string>();
  COUNTED.set(time, known);
  const day = known.get(key) ?? count();
  known.set(key, day);
  return day;
}

/** Any hour of a day stands for the day. */
const NOON = "12:00";

/** Plain days for a working day where the holidays are not known. */
const PLAIN_DAYS = 3;

/** Where the holidays of the year are not known, every weekday. */
function mayWork(day: dayjs.Dayjs, time: WorkingTime): boolean {
  const kind = dayKind(day, time);
  return typeof kind === "number" ? !isWeekend(day) : kind.works;
}

function countDays(from: Date, amount: number, time: WorkingTime, before: readonly string[] = []): Due {
  let day = local(from);
  let counted = 0;
  const explanation = [...before];
  while (counted < amount) {
    day = day.add(1, "day");
    const kind = dayKind(day, time);
    if (typeof kind === "number") return { kind: "unknown-year", year: kind };
    if (kind.works) counted++;
    if (kind.why && !(isWeekend(day) && !kind.works)) {
      explanation.push(`${show(day)}: ${kind.why}${kind.works ? "" : " (không tính)"}`);
    }
  }
  explanation.push(`${amount} ngày làm việc, tính từ ngày làm việc sau ${show(local(from))}`);
  return closing(day, time, explanation);
}

/** A calendar count ends on `day`, or on the next working day. */
function endOn(day: dayjs.Dayjs, time: WorkingTime, explanation: readonly string[]): Due {
  let end = day;
  const notes = [...explanation];
  for (let moved = 0; moved < 30; moved++) {
    const kind = dayKind(end, time);
    if (typeof kind === "number") return { kind: "unknown-year", year: kind };
    if (kind.works) return closing(end, time, notes);
    notes.push(`${show(end)}: ${kind.why ?? "ngày nghỉ"}, chuyển sang ngày sau`);
    end = end.add(1, "day");
  }
  return closing(end, time, notes);
}

function countHours(from: Date, hours: number, time: WorkingTime): Due {
  let left = hours * 60;
  let moment = local(from);
  // Ends at the latest with the calendar.
  for (;;) {
    const kind = dayKind(moment, time);
    if (typeof kind === "number") return { kind: "unknown-year", year: kind };
    if (kind.works) {
      for (const session of time.officeHours.sessions) {
        const opens = at(moment, session.from);
        const closes = at(moment, session.to);
        const start = moment.isAfter(opens) ? moment : opens;
        const room = closes.diff(start, "minute");
        if (room <= 0) continue;
        if (left <= room) {
          const end = start.add(left, "minute");
          return {
            kind: "due",
            day: iso(end),
            at: end.toDate(),
            explanation: [`${hours} giờ làm việc, chỉ tính giờ hành chính`],
          };
        }
        left -= room;
      }
    }
    moment = moment.add(1, "day").startOf("day");
  }
}

function closing(day: dayjs.Dayjs, time: WorkingTime, explanation: readonly string[]): Due {
  return { kind: "due", day: iso(day), at: at(day, closingHour(time)).toDate(), explanation };
}

/** What a day is; the bare year when the calendar does not know it. */
function dayKind(day: dayjs.Dayjs, time: WorkingTime): DayKind | number {
  const year = time.calendar.get(day.year());
  if (!year) return day.year();
  const special = year.days.find((entry) => entry.day === iso(day));
  if (special?.kind === "off") return { works: false, why: special.name };
  if (special?.kind === "work") return { works: true, why: special.name };
  if (isWeekend(day)) return { works: false, why: "cuối tuần" };
  if (special)
    return { works: true, why: `${special.name}; chưa có quyết định nên vẫn tính là ngày làm việc` };
  return { works: true };
}

const closingHour = (time: WorkingTime): string => time.officeHours.sessions.at(-1)?.to ?? "17:00";
const isWeekend = (day: dayjs.Dayjs): boolean => day.day() === 0 || day.day() === 6;
const local = (date: Date): dayjs.Dayjs => dayjs.utc(date).utcOffset(OFFSET);
const iso = (day: dayjs.Dayjs): string => day.format("YYYY-MM-DD");
const show = (day: dayjs.Dayjs): string => day.format("DD/MM/YYYY");

function at(day: dayjs.Dayjs, clock: string): dayjs.Dayjs {
  const [hour = "0", minute = "0"] = clock.split(":");
  return dayjs
    .utc(`${iso(day)}T00:00:00Z`)
    .utcOffset(OFFSET)
    .startOf("day")
    .hour(Number(hour))
    .minute(Number(minute));
}
