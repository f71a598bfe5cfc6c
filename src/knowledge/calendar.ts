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

/** Office hours, policy unless a source is named. Minutes are those of the day in Vietnam. */
export const OfficeHours = z.strictObject({
  sessions: z
    .array(z.strictObject({ from: z.string().regex(/^\d{2}:\d{2}$/), to: z.string().regex(/^\d{2}:\d{2}$/) }))
    .min(1),
  source: Text,
});
export type OfficeHours = z.infer<typeof OfficeHours>;
