import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Filing } from "../../src/complaints/complaint.ts";
import {
  type Lateness,
  latenessFiled,
  latenessOf,
  pauseOf,
  type Told,
} from "../../src/complaints/lateness.ts";
import { dueOn, hoursOf, type WorkingTime } from "../../src/complaints/working-time.ts";
import { dayInVietnam } from "../../src/knowledge/calendar.ts";
import type { TimeLimit } from "../../src/knowledge/procedure.ts";
import { knowledge } from "../fixtures/real-knowledge.ts";

const TIME: WorkingTime = { calendar: knowledge.calendar, officeHours: knowledge.officeHours };
const vn = (text: string): Date => new Date(`${text}:00+07:00`);
const within = (amount: number, unit: "working-day" | "day" | "working-hour", from?: string): TimeLimit => ({
  kind: "within",
  amount,
  unit,
  ...(from && { from }),
});
const FIVE = [within(5, "working-day")];

/** Told, limits, now, what comes out: worked out by hand with the calendar of 2026. */
type Row = readonly [string, Told, readonly TimeLimit[] | undefined, string, Partial<Lateness>];

const ROWS: readonly Row[] = [
  [
    "nine days after the slip's",
    { promisedOn: "2026-11-09" },
    undefined,
    "2026-11-20T09:00",
    { kind: "late", due: "2026-11-09", by: "slip", days: 9 },
  ],
  [
    "24 November is a holiday and no day late",
    { promisedOn: "2026-11-20" },
    undefined,
    "2026-11-25T09:00",
    { kind: "late", due: "2026-11-20", days: 2 },
  ],
  [
    "over the whole of Tết",
    { promisedOn: "2026-02-13" },
    undefined,
    "2026-02-23T08:00",
    { kind: "late", due: "2026-02-13", days: 1 },
  ],
  [
    "a swapped Saturday is a day late",
    { promisedOn: "2026-08-21" },
    undefined,
    "2026-08-22T08:00",
    { kind: "late", days: 1 },
  ],
  [
    "on the weekend after, no working day has begun",
    { promisedOn: "2026-11-13" },
    undefined,
    "2026-11-14T09:00",
    { kind: "late", days: 0 },
  ],
  [
    "on the day itself, while the office is open",
    { promisedOn: "2026-11-20" },
    undefined,
    "2026-11-20T16:59",
    { kind: "not-late", due: "2026-11-20", by: "slip" },
  ],
  [
    "on the day itself, when it has closed",
    { promisedOn: "2026-11-20" },
    undefined,
    "2026-11-20T17:01",
    { kind: "late", due: "2026-11-20", days: 0 },
  ],
  [
    "a slip for a Sunday means Monday",
    { promisedOn: "2026-11-15" },
    undefined,
    "2026-11-16T09:00",
    { kind: "not-late", due: "2026-11-16" },
  ],
  [
    "the slip's day prevails, the procedure's is told beside it",
    { submittedOn: "2026-11-02", promisedOn: "2026-11-12" },
    FIVE,
    "2026-11-20T09:00",
    { kind: "late", due: "2026-11-12", by: "slip", days: 6, lawful: "2026-11-09" },
  ],
  [
    "a slip that promises more than the limit allows",
    { submittedOn: "2026-11-16", promisedOn: "2026-12-16" },
    FIVE,
    "2026-11-20T09:00",
    { kind: "long-promise", due: "2026-12-16", lawful: "2026-11-23" },
  ],
  [
    "a slip within the limit",
    { submittedOn: "2026-11-16", promisedOn: "2026-11-23" },
    FIVE,
    "2026-11-20T09:00",
    { kind: "not-late", due: "2026-11-23", lawful: "2026-11-23" },
  ],
  [
    "without a slip the procedure's limit",
    { submittedOn: "2026-11-02" },
    FIVE,
    "2026-11-20T09:00",
    { kind: "late", due: "2026-11-09", by: "limit", days: 9 },
  ],
  [
    "a supplement starts the limit anew, whatever the old slip says",
    { submittedOn: "2026-11-02", promisedOn: "2026-11-09", supplementedOn: "2026-11-12" },
    FIVE,
    "2026-11-20T09:00",
    { kind: "late", due: "2026-11-19", by: "limit", days: 1 },
  ],
  [
    "a supplement makes what was late not late",
    { submittedOn: "2026-11-02", promisedOn: "2026-11-09", supplementedOn: "2026-11-16" },
    FIVE,
    "2026-11-20T09:00",
    { kind: "not-late", due: "2026-11-23", by: "limit" },
  ],
  [
    "a supplement counts without the first day, too",
    { supplementedOn: "2026-11-12" },
    FIVE,
    "2026-11-20T09:00",
    { kind: "late", due: "2026-11-19", by: "limit", days: 1 },
  ],
  [
    "a slip given after the supplement stands",
    { submittedOn: "2026-11-02", promisedOn: "2026-11-19", supplementedOn: "2026-11-06" },
    FIVE,
    "2026-11-20T09:00",
    { kind: "late", due: "2026-11-19", by: "slip", days: 1 },
  ],
  [
    "a supplement after the slip's day, without a known limit",
    { submittedOn: "2026-11-02", promisedOn: "2026-11-09", supplementedOn: "2026-11-12" },
    undefined,
    "2026-11-20T09:00",
    { kind: "unknown", why: "supplemented" },
  ],
  [
    "without a slip, still within it",
    { submittedOn: "2026-11-18" },
    FIVE,
    "2026-11-20T09:00",
    { kind: "not-late", due: "2026-11-26", by: "limit" },
  ],
  [
    "a same-day result handed in before the cut-off",
    { submittedOn: "2026-11-19", submittedAt: "09:30" },
    [{ kind: "same-day", cutoff: "15:00" }],
    "2026-11-20T09:00",
    { kind: "late", due: "2026-11-19", days: 1 },
  ],
  [
    "… after it",
    { submittedOn: "2026-11-19", submittedAt: "15:30" },
    [{ kind: "same-day", cutoff: "15:00" }],
    "2026-11-20T09:00",
    { kind: "not-late", due: "2026-11-20" },
  ],
  [
    "… and at a time that was not said: the later day, so that nobody is accused by a guess",
    { submittedOn: "2026-11-19" },
    [{ kind: "same-day", cutoff: "15:00" }],
    "2026-11-20T09:00",
    { kind: "not-late", due: "2026-11-20" },
  ],
  [
    "working hours",
    { submittedOn: "2026-11-19", submittedAt: "08:00" },
    [within(4, "working-hour")],
    "2026-11-19T14:30",
    { kind: "late", due: "2026-11-19", days: 0 },
  ],
  ["neither day", {}, FIVE, "2026-11-20T09:00", { kind: "unknown", why: "no-date" }],
  [
    "a day handed in and no known limit",
    { submittedOn: "2026-11-02" },
    undefined,
    "2026-11-20T09:00",
    { kind: "unknown", why: "no-limit" },
  ],
  [
    "a limit that nobody knows",
    { submittedOn: "2026-11-02" },
    [{ kind: "unknown" }],
    "2026-11-20T09:00",
    { kind: "unknown", why: "no-limit" },
  ],
  [
    "a limit that starts with a verification",
    { submittedOn: "2026-11-02" },
    [within(5, "working-day", "xác minh xong, đủ điều kiện")],
    "2026-11-20T09:00",
    { kind: "unknown", why: "no-limit" },
  ],
  [
    "a limit that says what the law says of all",
    { submittedOn: "2026-11-02" },
    [within(5, "working-day", "ngày nhận đủ hồ sơ hợp lệ")],
    "2026-11-20T09:00",
    { kind: "late", due: "2026-11-09" },
  ],
  [
    "several limits by case",
    { submittedOn: "2026-11-02" },
    [...FIVE, within(10, "working-day")],
    "2026-11-20T09:00",
    { kind: "unknown", why: "several-limits" },
  ],
  [
    "one limit for one case",
    { submittedOn: "2026-11-02" },
    [{ kind: "within", amount: 5, unit: "working-day", when: "phải xác minh" }],
    "2026-11-20T09:00",
    { kind: "unknown", why: "several-limits" },
  ],
  [
    "several limits do not matter to the slip's day",
    { submittedOn: "2026-11-02", promisedOn: "2026-11-12" },
    [...FIVE, within(10, "working-day")],
    "2026-11-20T09:00",
    { kind: "late", due: "2026-11-12", days: 6 },
  ],
  [
    "a year without a calendar",
    { promisedOn: "2031-01-09" },
    undefined,
    "2026-11-20T09:00",
    { kind: "unknown", why: "no-year", year: 2031 },
  ],
];

describe("is it really late?", () => {
  it.each(ROWS)("%s", (_why, told, limits, now, expected) => {
    expect(latenessOf(told, limits, vn(now), TIME)).toMatchObject(expected);
  });

  it("says which days were counted and which not, by name", () => {
    const late = latenessOf({ promisedOn: "2026-11-09" }, undefined, vn("2026-11-25T09:00"), TIME);
    expect(late).toMatchObject({
      days: 11,
      counted: { working: 11, weekend: 4, off: [{ day: "2026-11-24" }], worked: [] },
    });
  });

  it("goes by the hours of the agency, where they are known", () => {
    const own = {
      agency: "ubnd-x",
      sessions: [{ from: "08:00", to: "11:30" }],
      source: "thông báo",
      checked: "2026-11-20",
    };
    const time = hoursOf("ubnd-x", { ...TIME, officeHours: { ...TIME.officeHours, agencies: [own] } });
    const at = vn("2026-11-20T14:00");
    expect(latenessOf({ promisedOn: "2026-11-20" }, undefined, at, time).kind).toBe("late");
    expect(latenessOf({ promisedOn: "2026-11-20" }, undefined, at, TIME).kind).toBe("not-late");
  });

  it("once late it stays so, and the days never grow fewer", () => {
    const day = fc
      .integer({ min: 0, max: 600 })
      .map((count) => dayInVietnam(new Date(Date.UTC(2025, 2, 1 + count))));
    const minute = fc.integer({ min: 0, max: 700 * 1440 });
    fc.assert(
      fc.property(day, minute, fc.nat({ max: 60 * 1440 }), (promisedOn, at, later) => {
        const now = new Date(Date.UTC(2025, 0, 2) + at * 60_000);
        const [first, second] = [now, new Date(now.getTime() + later * 60_000)].map((each) =>
          latenessOf({ promisedOn }, undefined, each, TIME),
        );
        if (first?.kind !== "late" || second?.kind === "unknown") return;
        expect(second).toMatchObject({ kind: "late", due: first.due });
        expect(second?.kind === "late" && second.days).toBeGreaterThanOrEqual(first.days);
        const due = dueOn(promisedOn, TIME);
        expect(due.kind === "due" && due.day).toBe(first.due);
      }),
    );
  });
});

describe("what is filed of it", () => {
  const now = vn("2026-11-20T09:00");

  it("is the day, what set it, the days late, and the procedure's day where the slip's is later", () => {
    const filed = (told: Told): Filing["lateness"] => latenessFiled(latenessOf(told, FIVE, now, TIME), now);
    expect(filed({ submittedOn: "2026-11-02", promisedOn: "2026-11-12" })).toEqual({
      due: "2026-11-12",
      by: "slip",
      on: "2026-11-20",
      daysLate: 6,
      lawful: "2026-11-09",
    });
    expect(filed({ submittedOn: "2026-11-02", promisedOn: "2026-11-06" })).toEqual({
      due: "2026-11-06",
      by: "slip",
      on: "2026-11-20",
      daysLate: 10,
    });
    expect(filed({ submittedOn: "2026-11-16", promisedOn: "2026-12-16" })).toEqual({
      due: "2026-12-16",
      by: "slip",
      on: "2026-11-20",
      lawful: "2026-11-23",
    });
    expect(filed({ submittedOn: "2026-11-18" })).toEqual({
      due: "2026-11-26",
      by: "limit",
      on: "2026-11-20",
    });
    expect(filed({})).toBeUndefined();
  });

  it("is read back as it was written, and a filing from before it is read too", () => {
    const before = { kind: "late", text: "Trễ", promisedDate: "2026-11-09" } as const;
    expect(Filing.parse(before)).toEqual(before);
    const lateness = latenessFiled(latenessOf({ promisedOn: "2026-11-09" }, undefined, now, TIME), now);
    const filing = { ...before, lateness, apology: ["none", "twice"], reappointedOn: "2026-11-16" };
    expect(Filing.parse(JSON.parse(JSON.stringify(filing)))).toEqual(filing);
  });
});

describe("a possible pause", () => {
  it("is known for land, civil status and criminal records alone", () => {
    expect(["Đất đai", "Hộ tịch", "Lý lịch tư pháp", "Chứng thực", "Thuế"].map(pauseOf)).toEqual([
      "financial-duty",
      "verification",
      "exchange",
      undefined,
      undefined,
    ]);
  });
});
