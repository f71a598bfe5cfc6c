import { z } from "zod";
import { Day, Text } from "./source.ts";

/**
 * One special day. `off`: public holiday or swapped day off; `work`: a Saturday or Sunday worked instead
 * (ngày làm bù); `undecided`: announced or expected but not decided, so a count over it says so.
 */
const SpecialDay = z.strictObject({
  day: Day,
  kind: z.enum(["off", "work", "undecided"]),
  name: Text,
  source: Text,
  status: z.enum(["official", "secondary", "computed", "proposed"]),
});
export type SpecialDay = z.infer<typeof SpecialDay>;

/** The holidays of one year, `knowledge/calendar/YEAR.yaml`. */
export const CalendarYear = z.strictObject({
  year: z.int().min(2020).max(2100),
  days: z.array(SpecialDay),
  checked: Day,
  notes: z.array(Text).default([]),
});
export type CalendarYear = z.infer<typeof CalendarYear>;

/** Morning and afternoon, with the lunch break between them. Minutes are those of the day in Vietnam. */
const Sessions = z
  .array(z.strictObject({ from: z.string().regex(/^\d{2}:\d{2}$/), to: z.string().regex(/^\d{2}:\d{2}$/) }))
  .min(1);

/** Office hours (giờ làm việc): this service's policy for all, and those of an agency where they are confirmed. */
export const OfficeHours = z.strictObject({
  sessions: Sessions,
  source: Text,
  agencies: z
    .array(z.strictObject({ agency: Text, sessions: Sessions, source: Text, checked: Day }))
    .default([]),
});
export type OfficeHours = z.infer<typeof OfficeHours>;

/** Viet Nam is east of UTC by seven hours and has no summer time. */
export const VIETNAM_MS = 7 * 3_600_000;

/** The ISO day in Viet Nam at an instant. */
export function dayInVietnam(at: Date | string | number): string {
  return new Date(new Date(at).getTime() + VIETNAM_MS).toISOString().slice(0, 10);
}

/**
 * The year whose holidays are missing although they are needed soon: this one, or from 1 October on the next. Undefined
 * when all is there.
 */
export function missingYear(calendar: ReadonlyMap<number, CalendarYear>, now: Date): number | undefined {
  const [year = 0, month = 0] = dayInVietnam(now).split("-").map(Number);
  const needed = month >= NEXT_YEAR_FROM ? [year, year + 1] : [year];
  return needed.find((each) => !calendar.has(each));
}

/** October: the Government decides on Tết in the autumn. */
const NEXT_YEAR_FROM = 10;
