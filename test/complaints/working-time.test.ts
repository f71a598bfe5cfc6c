import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  afterWorkingDays,
  closesOn,
  countDays,
  type Due,
  dueAfter,
  dueDay,
  dueOn,
  dueSameDay,
  hoursOf,
  type Limit,
  opensOn,
  type WorkingTime,
  workingDaysBefore,
  workingDaysBetween,
} from "../../src/complaints/working-time.ts";
import type { CalendarYear, SpecialDay } from "../../src/knowledge/calendar.ts";
import { dayInVietnam } from "../../src/knowledge/calendar.ts";
import { TimeUnit } from "../../src/knowledge/procedure.ts";
import { knowledge } from "../fixtures/real-knowledge.ts";

const REAL: WorkingTime = { calendar: knowledge.calendar, officeHours: knowledge.officeHours };
const CLOSING = "17:00";

/** A Vietnamese time. */
const vn = (text: string): Date => new Date(`${text}:00+07:00`);
const shown = (due: Due): string =>
  due.kind === "due"
    ? new Date(due.at.getTime() + 7 * 3_600_000).toISOString().slice(0, 16)
    : `the calendar of ${due.year} is missing`;

/** Start, limit ("wd" working days, "d" days, "m" months, "h" hours, "wh" working hours), end: worked out by hand. */
type Row = readonly [from: string, limit: string, end: string, why: string];

const WORKING_DAYS: readonly Row[] = [
  ["2026-03-02T09:30", "1wd", "2026-03-03", "the day of the start is not counted"],
  ["2026-03-06T09:30", "1wd", "2026-03-09", "Friday to Monday"],
  ["2026-03-06T23:59", "1wd", "2026-03-09", "late on Friday is still Friday"],
  ["2026-03-07T10:00", "1wd", "2026-03-09", "handed in on a Saturday"],
  ["2026-06-01T08:00", "30wd", "2026-07-13", "six plain weeks"],
  ["2026-03-31T10:00", "20wd", "2026-04-29", "a month's end, and Monday 27 April off for the Hùng Kings"],
  ["2026-02-10T09:30", "5wd", "2026-02-24", "over the whole of Tết 2026"],
  ["2026-02-13T16:00", "1wd", "2026-02-23", "the last working day before Tết"],
  ["2026-02-14T10:00", "1wd", "2026-02-23", "the Saturday before Tết"],
  ["2026-02-17T08:00", "3wd", "2026-02-25", "handed in on the first day of Tết"],
  ["2026-02-22T23:59", "1wd", "2026-02-23", "one minute before the first Monday"],
  ["2026-02-23T00:00", "1wd", "2026-02-24", "the first minute of that Monday"],
  ["2026-01-01T09:00", "5wd", "2026-01-09", "New Year's Day and its swapped Friday"],
  ["2025-12-31T10:00", "1wd", "2026-01-05", "over the turn of the year"],
  ["2026-01-08T09:00", "2wd", "2026-01-10", "ends on the worked Saturday 10 January"],
  ["2026-01-09T09:00", "1wd", "2026-01-10", "the next day is the worked Saturday"],
  ["2026-01-09T09:00", "2wd", "2026-01-12", "the worked Saturday counts, the Sunday does not"],
  ["2026-01-10T09:00", "1wd", "2026-01-12", "handed in on the worked Saturday"],
  ["2026-04-24T10:00", "1wd", "2026-04-28", "the Hùng Kings' day fell on a Sunday, so Monday is off"],
  ["2026-04-24T10:00", "3wd", "2026-05-04", "the Hùng Kings, 30 April and 1 May"],
  ["2026-04-29T14:00", "1wd", "2026-05-04", "the eve of 30 April"],
  ["2026-04-28T14:00", "10wd", "2026-05-14", "ten days round 30 April and 1 May"],
  ["2026-08-21T09:00", "1wd", "2026-08-22", "the Saturday swapped for 31 August"],
  ["2026-08-20T09:00", "5wd", "2026-08-26", "a week with a sixth working day"],
  ["2026-08-28T09:00", "1wd", "2026-09-03", "31 August to 2 September are off"],
  ["2026-08-27T09:00", "3wd", "2026-09-04", "round National Day"],
  ["2026-11-20T09:00", "5wd", "2026-11-30", "24 November is off, 23 November is not"],
  ["2026-11-23T09:00", "1wd", "2026-11-25", "the eve of 24 November"],
  ["2026-11-21T09:00", "2wd", "2026-11-25", "a Saturday before 24 November"],
  ["2026-12-30T09:00", "2wd", "2027-01-04", "New Year's Day 2027 is a Friday"],
  ["2025-01-24T09:00", "1wd", "2025-02-03", "Tết 2025"],
  ["2025-04-25T09:00", "2wd", "2025-04-28", "the worked Saturday 26 April 2025"],
  ["2025-04-29T09:00", "1wd", "2025-05-05", "2 May 2025 was swapped"],
  ["2025-08-29T09:00", "1wd", "2025-09-03", "National Day 2025"],
];

const CALENDAR_COUNTS: readonly Row[] = [
  ["2026-03-02T09:00", "10d", "2026-03-12", "plain days"],
  ["2026-03-02T23:30", "10d", "2026-03-12", "the hour of the start does not matter"],
  ["2026-11-06T09:00", "15d", "2026-11-23", "ends on a Saturday, moves to Monday"],
  ["2026-11-09T09:00", "15d", "2026-11-25", "ends on 24 November, a holiday"],
  ["2026-02-10T09:00", "5d", "2026-02-23", "ends on the Sunday before Tết, moves over the whole of it"],
  ["2025-12-27T09:00", "14d", "2026-01-10", "ends on a worked Saturday and stays there"],
  ["2026-08-07T09:00", "15d", "2026-08-22", "ends on the swapped Saturday and stays there"],
  ["2026-08-16T09:00", "15d", "2026-09-03", "ends on 31 August"],
  ["2026-12-17T09:00", "15d", "2027-01-04", "ends on New Year's Day 2027"],
  ["2026-01-31T09:00", "1m", "2026-03-02", "there is no 31 February; the 28th is a Saturday"],
  ["2026-01-31T00:30", "1m", "2026-03-02", "the same where it is still the 30th in London"],
  ["2026-01-30T09:00", "1m", "2026-03-02", "there is no 30 February either"],
  ["2026-03-31T09:00", "1m", "2026-05-04", "30 April is off"],
  ["2026-05-31T09:00", "1m", "2026-06-30", "there is no 31 June"],
  ["2026-07-22T09:00", "1m", "2026-08-22", "ends on the swapped Saturday"],
  ["2026-10-24T09:00", "1m", "2026-11-25", "ends on 24 November"],
  ["2026-08-31T09:00", "6m", "2027-03-01", "28 February 2027 is a Sunday"],
  ["2025-02-28T09:00", "12m", "2026-03-02", "a year later is a Saturday"],
];

/** Office hours are 07:30–11:30 and 13:30–17:00: seven and a half hours a day. */
const HOURS: readonly Row[] = [
  ["2026-02-13T16:00", "24h", "2026-02-14T16:00", "plain hours run through the night and Tết"],
  ["2026-12-31T20:00", "8h", "2027-01-01T04:00", "plain hours run over the turn of the year"],
  ["2026-03-10T08:00", "2wh", "2026-03-10T10:00", "within the morning"],
  ["2026-03-10T05:00", "4wh", "2026-03-10T11:30", "before opening; ends as the morning does"],
  ["2026-03-10T10:30", "2wh", "2026-03-10T14:30", "lunch does not count"],
  ["2026-03-10T12:00", "1wh", "2026-03-10T14:30", "handed in at lunch"],
  ["2026-03-10T13:30", "3wh", "2026-03-10T16:30", "within the afternoon"],
  ["2026-03-10T11:30", "4wh", "2026-03-11T08:00", "from the end of the morning into the next day"],
  ["2026-03-10T08:00", "8wh", "2026-03-11T08:30", "eight hours are more than a day"],
  ["2026-03-10T19:00", "8wh", "2026-03-12T08:00", "in the evening the clock does not run"],
  ["2026-03-13T16:00", "8wh", "2026-03-16T16:30", "over a weekend"],
  ["2026-03-14T09:00", "8wh", "2026-03-17T08:00", "handed in on a Saturday"],
  ["2026-02-13T15:00", "8wh", "2026-02-23T15:30", "over Tết"],
  ["2026-08-21T15:00", "8wh", "2026-08-22T15:30", "into the swapped Saturday"],
  ["2026-11-23T16:30", "1wh", "2026-11-25T08:00", "over 24 November"],
];

/** Start, cut-off ("-": none), day. */
const SAME_DAY: readonly Row[] = [
  ["2026-03-10T08:00", "15:00", "2026-03-10", "in the morning"],
  ["2026-03-10T15:00", "15:00", "2026-03-10", "at the cut-off is not after it"],
  ["2026-03-10T15:01", "15:00", "2026-03-11", "a minute late"],
  ["2026-03-13T15:30", "15:00", "2026-03-16", "late on Friday"],
  ["2026-02-13T15:30", "15:00", "2026-02-23", "late on the eve of Tết"],
  ["2026-08-21T15:30", "15:00", "2026-08-22", "late on the eve of the swapped Saturday"],
  ["2026-08-22T10:00", "15:00", "2026-08-22", "on the swapped Saturday"],
  ["2026-11-24T10:00", "15:00", "2026-11-25", "on a holiday"],
  ["2026-03-14T10:00", "-", "2026-03-16", "on a Saturday"],
  ["2026-03-10T16:59", "-", "2026-03-10", "just before closing"],
  ["2026-03-10T20:00", "-", "2026-03-11", "when the office has closed"],
];

const UNITS: Readonly<Record<string, TimeUnit>> = {
  wd: "working-day",
  d: "day",
  m: "month",
  h: "hour",
  wh: "working-hour",
};

function limitOf(text: string): Limit {
  const [, amount = "", unit = ""] = /^(\d+)(\w+)$/.exec(text) ?? [];
  return { amount: Number(amount), unit: TimeUnit.parse(UNITS[unit]) };
}

describe("when a limit ends", () => {
  it.each([...WORKING_DAYS, ...CALENDAR_COUNTS])("%s and %s: %s, %s", (from, limit, end) => {
    const due = dueAfter(vn(from), limitOf(limit), REAL);
    expect(shown(due)).toBe(`${end}T${CLOSING}`);
    expect(due).toMatchObject({ day: end });
  });

  it.each(HOURS)("%s and %s: %s, %s", (from, limit, end) => {
    const due = dueAfter(vn(from), limitOf(limit), REAL);
    expect(shown(due)).toBe(end);
    expect(due).toMatchObject({ day: end.slice(0, 10) });
  });

  it.each(SAME_DAY)("handed in at %s, cut-off %s: %s, %s", (from, cutoff, end) => {
    const due = dueSameDay(vn(from), cutoff === "-" ? undefined : cutoff, REAL);
    expect(shown(due)).toBe(`${end}T${CLOSING}`);
    expect(due).toMatchObject({ day: end });
  });

  it("names the holidays it went round and the Saturdays it used, so that an official can check it", () => {
    const over = (from: string, limit: string): string => {
      const due = dueAfter(vn(from), limitOf(limit), REAL);
      return due.kind === "due" ? due.explanation.join("\n") : "";
    };
    for (const day of ["16/02/2026", "17/02/2026", "18/02/2026", "19/02/2026", "20/02/2026"])
      expect(over("2026-02-10T09:30", "5wd")).toContain(day);
    expect(over("2026-08-20T09:00", "5wd")).toContain("22/08/2026");
    expect(over("2026-11-09T09:00", "15d")).toContain("24/11/2026");
    expect(over("2026-03-02T09:30", "3wd")).not.toMatch(/Tết|nghỉ/);
  });

  it("counts a day that nobody has decided yet as a working day and says so", () => {
    const undecided = special("2026-03-04", "undecided");
    const due = dueAfter(vn("2026-03-02T09:00"), limitOf("3wd"), withDays([undecided]));
    expect(due).toMatchObject({ day: "2026-03-05" });
    expect(due.kind === "due" && due.explanation.join("\n")).toContain("04/03/2026");
  });

  it("is the same wherever the computer thinks it stands", () => {
    const rows = [...WORKING_DAYS, ...CALENDAR_COUNTS, ...HOURS];
    const module = new URL("../../src/complaints/working-time.ts", import.meta.url).href;
    const script = `
      const { dueAfter, dueSameDay } = await import(${JSON.stringify(module)});
      const chunks = [];
      for await (const chunk of process.stdin) chunks.push(chunk);
      const { limits, sameDay, calendar, officeHours } = JSON.parse(Buffer.concat(chunks).toString());
      const time = { calendar: new Map(calendar), officeHours };
      const result = [
        ...limits.map(([from, limit]) => dueAfter(new Date(from), limit, time)),
        ...sameDay.map(([from, cutoff]) => dueSameDay(new Date(from), cutoff, time)),
      ];
      console.log(JSON.stringify({ zone: new Date(0).getTimezoneOffset(), days: result.map((due) => due.day) }));
    `;
    const input = JSON.stringify({
      limits: rows.map(([from, limit]) => [vn(from), limitOf(limit)]),
      sameDay: SAME_DAY.map(([from, cutoff]) => (cutoff === "-" ? [vn(from)] : [vn(from), cutoff])),
      calendar: [...REAL.calendar],
      officeHours: REAL.officeHours,
    });
    const expected = [...rows, ...SAME_DAY].map(([, , end]) => end.slice(0, 10));
    const zones = { "America/Los_Angeles": 480, "Pacific/Kiritimati": 640 };
    for (const [zone, offset] of Object.entries(zones)) {
      const out = execFileSync(
        process.execPath,
        ["--import", "tsx", "--input-type=module", "--eval", script],
        { input, env: { ...process.env, TZ: zone }, encoding: "utf8" },
      );
      // The zone really was another one.
      expect(JSON.parse(out)).toEqual({ zone: offset, days: expected });
    }
  });
});

describe("a year that the calendar does not know", () => {
  const only2026: WorkingTime = {
    calendar: new Map([...REAL.calendar].filter(([year]) => year === 2026)),
    officeHours: REAL.officeHours,
  };

  it.each([
    ["2026-12-30T09:00", "2wd"],
    ["2026-12-17T09:00", "15d"],
    ["2026-12-01T09:00", "1m"],
    ["2026-12-31T16:00", "2wh"],
  ])("is told and nothing is computed: %s and %s", (from, limit) => {
    const due = dueAfter(vn(from), limitOf(limit), only2026);
    expect(due).toEqual({ kind: "unknown-year", year: 2027 });
  });

  it("is told for a same-day result too", () => {
    expect(dueSameDay(vn("2027-01-04T09:00"), undefined, only2026)).toEqual({
      kind: "unknown-year",
      year: 2027,
    });
    expect(dueSameDay(vn("2026-12-31T16:00"), "15:00", only2026)).toEqual({
      kind: "unknown-year",
      year: 2027,
    });
  });

  it("is told however long the limit is, never answered with a count of another kind", () => {
    const last = Math.max(...REAL.calendar.keys());
    for (const limit of ["1001wd", "9999wd", "9999wh", "9999d", "999m"])
      expect(shown(dueAfter(vn("2025-01-02T09:00"), limitOf(limit), REAL)), limit).toMatch(/missing$/);
    for (const limit of ["1001wd", "9999wd", "9999wh"])
      expect(dueAfter(vn("2025-01-02T09:00"), limitOf(limit), REAL), limit).toMatchObject({ year: last + 1 });
  });

  it("never lets a day through that lies in it", () => {
    fc.assert(
      fc.property(
        instants(2026, 2026),
        limits(["working-day", "day", "month", "working-hour"], 400),
        (from, limit) => {
          const due = dueAfter(from, limit, only2026);
          if (due.kind === "due") expect(due.day.slice(0, 4)).toBe("2026");
          else expect(due.year).toBeGreaterThan(2026);
        },
      ),
    );
  });
});

const DAY = 86_400_000;
const isoDay = (at: number): string => new Date(at + 7 * 3_600_000).toISOString().slice(0, 10);

function special(day: string, kind: SpecialDay["kind"]): SpecialDay {
  return { day, kind, name: kind, source: "made up for a test", status: "computed" };
}

/** A calendar of 2025 to 2030 with these special days. */
function withDays(days: readonly SpecialDay[]): WorkingTime {
  const year = (number: number): CalendarYear => ({
    year: number,
    days: days.filter(({ day }) => day.startsWith(String(number))),
    checked: "2026-11-21",
    notes: [],
  });
  return {
    calendar: new Map([2025, 2026, 2027, 2028, 2029, 2030].map((number) => [number, year(number)])),
    officeHours: REAL.officeHours,
  };
}

/** The tests' own idea of a working day. */
function works(day: string, time: WorkingTime): boolean {
  const entry = time.calendar.get(Number(day.slice(0, 4)))?.days.find((other) => other.day === day);
  if (entry?.kind === "off") return false;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return entry?.kind === "work" || (weekday !== 0 && weekday !== 6);
}

/** Instants to the second, of these years in Viet Nam. */
function instants(first: number, last: number): fc.Arbitrary<Date> {
  const min = Date.parse(`${first}-01-01T00:00:00+07:00`) / 1000;
  const max = Date.parse(`${last}-12-31T23:59:59+07:00`) / 1000;
  return fc.integer({ min, max }).map((seconds) => new Date(seconds * 1000));
}

const days = (first: number, last: number): fc.Arbitrary<string> =>
  instants(first, last).map((at) => isoDay(at.getTime()));

const AMOUNT: Readonly<Record<TimeUnit, number>> = {
  "working-day": 60,
  day: 90,
  "working-hour": 100,
  hour: 200,
  month: 6,
};

function limits(units: readonly TimeUnit[] = TimeUnit.options, most?: number): fc.Arbitrary<Limit> {
  return fc
    .constantFrom(...units)
    .chain((unit) =>
      fc.record({ amount: fc.integer({ min: 1, max: most ?? AMOUNT[unit] }), unit: fc.constant(unit) }),
    );
}

/** Years full of holidays and worked weekends, far more than any real one. */
const calendars: fc.Arbitrary<SpecialDay[]> = fc
  .uniqueArray(days(2026, 2027), { maxLength: 60 })
  .chain((chosen) =>
    fc.tuple(
      ...chosen.map((day) =>
        fc.constantFrom<SpecialDay["kind"]>("off", "work", "undecided").map((kind) => special(day, kind)),
      ),
    ),
  );

/** A limit of any unit or a same-day result, as a function of start and calendar. */
type Count = (from: Date, time: WorkingTime) => Due;
const countsIn = (units: readonly TimeUnit[]): fc.Arbitrary<Count> =>
  fc.oneof(
    {
      arbitrary: limits(units).map(
        (limit): Count =>
          (from, time) =>
            dueAfter(from, limit, time),
      ),
      weight: 5,
    },
    {
      arbitrary: fc.constantFrom(undefined, "10:00", "15:00").map(
        (cutoff): Count =>
          (from, time) =>
            dueSameDay(from, cutoff, time),
      ),
      weight: 1,
    },
  );
const counts = countsIn(TimeUnit.options);
const dayCounts = countsIn(["working-day", "day", "month"]);

function endOf(due: Due): number {
  if (due.kind !== "due") throw new Error(`no calendar of ${due.year}`);
  return due.at.getTime();
}

const RUNS = { numRuns: 500 };

describe("whatever the calendar", () => {
  it("a later start never gives an earlier end", () => {
    fc.assert(
      fc.property(
        calendars,
        counts,
        instants(2026, 2027),
        fc.integer({ min: 0, max: 14 * 86_400 }),
        (special, count, from, later) => {
          const time = withDays(special);
          const second = new Date(from.getTime() + later * 1000);
          expect(endOf(count(second, time))).toBeGreaterThanOrEqual(endOf(count(from, time)));
        },
      ),
      RUNS,
    );
  });

  it("nothing ends before it starts", () => {
    fc.assert(
      fc.property(calendars, counts, instants(2026, 2027), (special, count, from) => {
        // Cut-offs and office hours are read to the minute.
        expect(endOf(count(from, withDays(special)))).toBeGreaterThan(from.getTime() - 60_000);
      }),
      RUNS,
    );
  });

  it("a longer limit never ends earlier", () => {
    fc.assert(
      fc.property(
        calendars,
        limits(),
        fc.nat({ max: 20 }),
        instants(2026, 2027),
        (special, limit, more, from) => {
          const time = withDays(special);
          const longer = { ...limit, amount: limit.amount + more };
          expect(endOf(dueAfter(from, longer, time))).toBeGreaterThanOrEqual(
            endOf(dueAfter(from, limit, time)),
          );
        },
      ),
      RUNS,
    );
  });

  it("one more holiday never makes it earlier, one more worked day never later", () => {
    const changes = fc.record({
      ahead: fc.integer({ min: 0, max: 40 }),
      kind: fc.constantFrom("off", "work"),
    });
    fc.assert(
      fc.property(
        calendars,
        counts,
        instants(2026, 2026),
        changes,
        (special_, count, from, { ahead, kind }) => {
          const day = isoDay(from.getTime() + ahead * DAY);
          const rest = special_.filter((entry) => entry.day !== day);
          const before = endOf(count(from, withDays(rest)));
          const after = endOf(count(from, withDays([...rest, special(day, kind)])));
          if (kind === "off") expect(after).toBeGreaterThanOrEqual(before);
          else expect(after).toBeLessThanOrEqual(before);
        },
      ),
      RUNS,
    );
  });

  it("a count of days or months ends on a working day, as the office closes", () => {
    fc.assert(
      fc.property(calendars, dayCounts, instants(2026, 2027), (special, count, from) => {
        const time = withDays(special);
        const end = shown(count(from, time));
        expect(works(end.slice(0, 10), time)).toBe(true);
        expect(end.slice(11)).toBe(CLOSING);
      }),
      RUNS,
    );
  });

  it("exactly the promised number of working days lies between start and end", () => {
    fc.assert(
      fc.property(
        calendars,
        fc.integer({ min: 1, max: 60 }),
        instants(2026, 2027),
        (special, amount, from) => {
          const time = withDays(special);
          const due = dueAfter(from, { amount, unit: "working-day" }, time);
          const between: string[] = [];
          const end = due.kind === "due" ? due.day : "";
          for (let at = from.getTime() + DAY; isoDay(at) <= end; at += DAY) between.push(isoDay(at));
          expect(between.filter((day) => works(day, time))).toHaveLength(amount);
        },
      ),
      RUNS,
    );
  });

  it("exactly the promised number of office hours lies between start and end", () => {
    const sessions = REAL.officeHours.sessions;
    const minutes = fc.integer({ min: 0, max: 365 * 24 * 60 - 1 });
    fc.assert(
      fc.property(calendars, fc.integer({ min: 1, max: 40 }), minutes, (special, amount, minute) => {
        const time = withDays(special);
        const from = new Date(vn("2026-01-01T00:00").getTime() + minute * 60_000);
        const end = endOf(dueAfter(from, { amount, unit: "working-hour" }, time));
        let open = 0;
        for (let at = from.getTime(); isoDay(at) <= isoDay(end); at += DAY) {
          const day = isoDay(at);
          if (!works(day, time)) continue;
          for (const session of sessions) {
            const opens = Math.max(vn(`${day}T${session.from}`).getTime(), from.getTime());
            const closes = Math.min(vn(`${day}T${session.to}`).getTime(), end);
            open += Math.max(0, closes - opens);
          }
        }
        expect(open / 3_600_000).toBe(amount);
      }),
      RUNS,
    );
  });
});

describe("the hours of an agency", () => {
  const own = {
    agency: "ubnd-x",
    sessions: [{ from: "08:00", to: "12:00" }],
    source: "thông báo",
    checked: "2026-11-20",
  };
  const time = { ...REAL, officeHours: { ...REAL.officeHours, agencies: [own] } };

  it("count for it where they are known, else those of all", () => {
    const from = new Date("2026-11-20T11:00+07:00");
    const limit = { amount: 2, unit: "working-hour" } as const;
    const at = (agency: string | undefined): string => {
      const due = dueAfter(from, limit, hoursOf(agency, time));
      return due.kind === "due" ? due.at.toISOString() : "";
    };
    // Friday: one hour until noon; the other on Monday morning, as they close in the afternoon.
    expect(at("ubnd-x")).toBe("2026-11-23T02:00:00.000Z");
    expect(at("ubnd-y")).toBe("2026-11-20T08:00:00.000Z");
    expect(at(undefined)).toBe("2026-11-20T08:00:00.000Z");
  });
});

describe("the day alone, without its explanation", () => {
  it("is the day of the full count, whatever the calendar", () => {
    const years = fc.constantFrom<readonly number[]>(
      [2026],
      [2026, 2027],
      [2025, 2026, 2027, 2028, 2029, 2030],
    );
    fc.assert(
      fc.property(calendars, years, limits(), instants(2026, 2027), (special, known, limit, from) => {
        const all = withDays(special);
        const time = {
          ...all,
          calendar: new Map([...all.calendar].filter(([year]) => known.includes(year))),
        };
        const slow = dueAfter(from, limit, time);
        const expected = slow.kind === "due" ? { kind: "due", day: slow.day } : slow;
        expect(dueDay(from, limit, time)).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it("is never earlier for a later start or a longer limit", () => {
    const more = fc.record({ later: fc.nat({ max: 14 * 86_400 }), longer: fc.nat({ max: 20 }) });
    fc.assert(
      fc.property(
        calendars,
        limits(),
        instants(2026, 2027),
        more,
        (special, limit, from, { later, longer }) => {
          const time = withDays(special);
          const dayOf = (start: Date, amount: number): string => {
            const due = dueDay(start, { ...limit, amount }, time);
            return due.kind === "due" ? due.day : "9999";
          };
          const day = dayOf(from, limit.amount);
          expect(dayOf(new Date(from.getTime() + later * 1000), limit.amount) >= day).toBe(true);
          expect(dayOf(from, limit.amount + longer) >= day).toBe(true);
        },
      ),
      RUNS,
    );
  });

  it("comes fast enough to count every open case of a country again at once", () => {
    const starts = Array.from(
      { length: 365 },
      (_, index) => new Date(Date.UTC(2026, 0, 1 + index, index % 24)),
    );
    const usual: readonly Limit[] = ["3wd", "10wd", "20wd", "30wd", "15d", "1m", "8wh"].map(limitOf);
    const once = (): number => {
      let counted = 0;
      for (const from of starts)
        for (const limit of usual) if (dueDay(from, limit, REAL).kind === "due") counted++;
      return counted;
    };
    once();
    const began = performance.now();
    let done = 0;
    for (let round = 0; round < 20; round++) {
      once();
      done += starts.length * usual.length;
    }
    const perSecond = Math.round((done * 1000) / (performance.now() - began));
    process.stdout.write(`dueDay: ${perSecond.toLocaleString("en")} a second\n`);
    // The aim is 100,000 on a core of one's own; a busy machine is no reason to fail.
    expect(perSecond).toBeGreaterThan(30_000);
  });
});

describe("a promised day", () => {
  it.each([
    ["2026-11-09", "2026-11-09", "a Monday stays"],
    ["2026-11-15", "2026-11-16", "a Sunday moves to Monday"],
    ["2026-11-24", "2026-11-25", "a public holiday moves on"],
    ["2026-08-22", "2026-08-22", "a worked Saturday stays"],
  ])("%s: %s, %s", (promised, day) => {
    expect(shown(dueOn(promised, REAL))).toBe(`${day}T${CLOSING}`);
  });
});

describe("the days between two days", () => {
  it("are told apart: worked, weekend, holidays and swapped days by name", () => {
    expect(countDays("2026-11-20", "2026-11-30", REAL)).toMatchObject({
      working: 5,
      weekend: 4,
      off: [{ day: "2026-11-24" }],
      worked: [],
    });
    expect(countDays("2026-08-20", "2026-08-24", REAL)).toMatchObject({
      working: 3,
      weekend: 1,
      worked: [{ day: "2026-08-22" }],
    });
    expect(countDays("2026-12-30", "2028-01-03", REAL)).toEqual({ kind: "unknown-year", year: 2028 });
  });

  it("are none where the second is not later", () => {
    const none = { working: 0, weekend: 0, off: [], worked: [] };
    expect(countDays("2026-11-20", "2026-11-20", REAL)).toEqual(none);
    expect(countDays("2026-11-20", "2026-11-10", REAL)).toEqual(none);
  });

  it("number as many working days as a limit that ends there", () => {
    fc.assert(
      fc.property(
        calendars,
        fc.integer({ min: 1, max: 60 }),
        instants(2026, 2027),
        (special, amount, from) => {
          const time = withDays(special);
          const due = dueDay(from, { amount, unit: "working-day" }, time);
          const end = due.kind === "due" ? due.day : "";
          const counted = countDays(isoDay(from.getTime()), end, time);
          expect(counted).toMatchObject({ working: amount });
        },
      ),
      RUNS,
    );
  });
});

describe("the days that clocks count", () => {
  const instants = fc.date({
    min: vn("2025-01-06T00:00"),
    max: vn("2027-10-01T00:00"),
    noInvalidDate: true,
  });

  it("are those of a limit, forwards", () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 20 }), (from, amount) => {
        const due = dueAfter(from, { amount, unit: "working-day" }, REAL);
        expect(due).toMatchObject({ kind: "due", at: afterWorkingDays(from, amount, REAL) });
      }),
    );
  });

  it("are counted back, and between two days, as they are forwards", () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 20 }), (from, amount) => {
        const end = afterWorkingDays(from, amount, REAL);
        expect(workingDaysBetween(from, end, REAL)).toBe(amount);
        const back = workingDaysBefore(dayInVietnam(end), amount, REAL);
        expect(workingDaysBetween(closesOn(back, REAL), end, REAL)).toBe(amount);
      }),
    );
    expect(workingDaysBefore("2026-11-25", 1, REAL)).toBe("2026-11-23");
    expect(workingDaysBefore("2026-02-23", 1, REAL)).toBe("2026-02-13");
    expect(workingDaysBefore("2026-11-25", 0, REAL)).toBe("2026-11-25");
    expect(workingDaysBetween(vn("2026-11-23T09:00"), vn("2026-11-24T17:00"), REAL)).toBe(0);
    expect(workingDaysBetween(vn("2026-11-25T09:00"), vn("2026-11-23T17:00"), REAL)).toBe(0);
  });

  it("begin and end with the office hours of Viet Nam", () => {
    expect(opensOn("2026-11-25", REAL)).toEqual(vn("2026-11-25T07:30"));
    expect(closesOn("2026-11-25", REAL)).toEqual(vn("2026-11-25T17:00"));
    expect(dayInVietnam(vn("2026-11-25T00:30"))).toBe("2026-11-25");
    expect(dayInVietnam("2026-11-25T17:00:00Z")).toBe("2026-11-26");
  });

  it("go on where no calendar reaches: forwards by plain days, back and between by weekdays", () => {
    expect(afterWorkingDays(vn("2031-03-03T09:00"), 2, REAL)).toEqual(vn("2031-03-09T17:00"));
    expect(workingDaysBefore("2031-03-10", 1, REAL)).toBe("2031-03-07");
    expect(workingDaysBetween(vn("2031-03-07T09:00"), vn("2031-03-10T09:00"), REAL)).toBe(1);
  });
});
