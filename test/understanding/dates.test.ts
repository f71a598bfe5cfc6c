import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDay, readDays } from "../../src/understanding/dates.ts";

/** Friday, 20 November 2026, nine in the morning in Viet Nam. */
const NOW = new Date("2026-11-20T09:00:00+07:00");
const at = (text: string): Date => new Date(`${text}+07:00`);

function exists(day: string): boolean {
  const parsed = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().slice(0, 10) === day;
}

describe("the day in an answer to which day", () => {
  it.each([
    "5/11",
    "05/11",
    "5/11/2026",
    "05/11/26",
    "5-11-2026",
    "5.11.2026",
    "05 / 11 / 2026",
    "ngày 5/11",
    "10h30 ngày 5/11",
    "ngày 5 tháng 11",
    "ngay 5 thang 11 nam 2026",
    "mùng 5 tháng 11",
    "mồng 5 tháng 11 năm 2026",
    "ngày 05 tháng 11 năm 2026",
    "5 thg 11",
    "5t11",
    "5 th 11",
    "hình như là 5/11 thì phải",
    "2026-11-05",
    "Nov 5",
    "nov. 5th",
    "November 5, 2026",
    "5 November 2026",
    "5th of November",
    "5 Nov",
    "NGÀY 5 THÁNG 11".normalize("NFD"),
  ])("reads 5 November in %j", (typed) => {
    expect(readDay(typed, NOW)).toBe("2026-11-05");
  });

  it.each([
    ["hôm nay", "2026-11-20"],
    ["sáng nay", "2026-11-20"],
    ["hom qua", "2026-11-19"],
    ["chiều qua", "2026-11-19"],
    ["hôm kia", "2026-11-18"],
    ["ngày mai", "2026-11-21"],
    ["thứ 3 tuần trước", "2026-11-10"],
    ["thứ ba tuần rồi", "2026-11-10"],
    ["thứ hai tuần này", "2026-11-16"],
    ["thứ sáu tuần này", "2026-11-20"],
    ["thứ bảy tuần qua", "2026-11-14"],
    ["thứ tư tuần sau", "2026-11-25"],
    ["yesterday", "2026-11-19"],
    ["tomorrow", "2026-11-21"],
  ])("counts %j from today", (typed, day) => {
    expect(readDay(typed, NOW)).toBe(day);
  });

  it("counts from the day it is in Viet Nam, not in Greenwich", () => {
    const justAfterMidnight = at("2026-12-01T00:10:00");
    expect(readDay("hôm nay", justAfterMidnight)).toBe("2026-12-01");
    expect(readDay("hôm qua", justAfterMidnight)).toBe("2026-11-30");
    expect(readDay("hôm qua", at("2027-01-01T00:10:00"))).toBe("2026-12-31");
    expect(readDay("thứ hai tuần này", at("2026-11-22T23:50:00"))).toBe("2026-11-16");
  });

  it.each([
    "31/11",
    "30/2",
    "29/2",
    "29/2/2026",
    "31 tháng 4",
    "ngày 31 tháng 6 năm 2026",
    "0/5",
    "5/0",
    "32/1",
    "12/13",
    "99/99/9999",
    "February 30",
    "2026-02-30",
    "5/11/0000",
  ])("takes no day from %j, which does not exist", (typed) => {
    expect(readDay(typed, NOW)).toBeUndefined();
  });

  it("takes 29 February where its year has one", () => {
    expect(readDay("29/2/2028", NOW)).toBe("2028-02-29");
    expect(readDay("29/2", at("2028-03-10T09:00:00"))).toBe("2028-02-29");
    expect(readDay("29/2", at("2027-12-10T09:00:00"))).toBe("2028-02-29");
  });

  it.each([
    "",
    "không nhớ",
    "tuần trước",
    "đầu tháng 11",
    "tháng trước",
    "xe máy 2 bánh",
    "sếp 5 người",
    "2/3/4/5",
    "1.001193",
    "H26.19-261106-0042",
    "0905-12-34-56",
    "quyết định 118/2025/NĐ-CP",
    "192.168.1.1",
  ])("takes no day from %j, which names none for certain", (typed) => {
    expect(readDay(typed, NOW)).toBeUndefined();
  });

  it("takes May and Sep for months where they cannot be Vietnamese words", () => {
    expect(readDay("May 5", NOW)).toBe("2027-05-05");
    expect(readDay("since May 5th, 2026", NOW)).toBe("2026-05-05");
    expect(readDay("on Sep 5", NOW)).toBe("2026-09-05");
    expect(readDay("5 May 2026", NOW)).toBe("2026-05-05");
    expect(readDay("September 5", NOW)).toBe("2026-09-05");
  });

  it("takes the first of several", () => {
    expect(readDay("5/11 chứ không phải 6/11", NOW)).toBe("2026-11-05");
    expect(readDay("hôm qua, tức 19/11", NOW)).toBe("2026-11-19");
  });
});

describe("the year that was not said", () => {
  it("is the nearest around new year", () => {
    expect(readDay("2/1", at("2026-12-30T09:00:00"))).toBe("2027-01-02");
    expect(readDay("30/12", at("2027-01-02T09:00:00"))).toBe("2026-12-30");
    expect(readDay("31/12", at("2026-12-31T23:59:00"))).toBe("2026-12-31");
    expect(readDay("1/1", at("2027-01-01T00:01:00"))).toBe("2027-01-01");
  });

  it("is a past one for what has happened, even when a coming day is nearer", () => {
    expect(readDay("2/1", at("2026-12-30T09:00:00"), "past")).toBe("2026-01-02");
    expect(readDay("30/12", at("2027-01-02T09:00:00"), "past")).toBe("2026-12-30");
    expect(readDay("20/11", NOW, "past")).toBe("2026-11-20");
  });

  it("is never changed where it was said", () => {
    expect(readDay("5/11/2024", NOW)).toBe("2024-11-05");
    expect(readDay("2/1/2026", at("2026-12-30T09:00:00"))).toBe("2026-01-02");
    expect(readDay("30/12/2027", NOW, "past")).toBe("2027-12-30");
  });
});

describe("the days in a story", () => {
  it.each([
    ["nộp hồ sơ 5/10 hẹn 20/10 mà chưa có", { submitted: "2026-10-05", due: "2026-10-20" }],
    ["hẹn ngày 15/11 trả kết quả, nộp từ 1/11", { submitted: "2026-11-01", due: "2026-11-15" }],
    ["giấy hẹn ghi 10/11/2026 mà nay chưa trả", { due: "2026-11-10" }],
    ["hẹn trả kết quả vào ngày 10 tháng 11", { due: "2026-11-10" }],
    ["nộp hôm 1/10 bảo 15 ngày", { submitted: "2026-10-01" }],
    ["tôi nộp hồ sơ thứ 3 tuần trước, hẹn hôm qua", { submitted: "2026-11-10", due: "2026-11-19" }],
    ["nop ho so 5/10 hen 20/10", { submitted: "2026-10-05", due: "2026-10-20" }],
    ["submitted on Oct 5, promised on Oct 20", { submitted: "2026-10-05", due: "2026-10-20" }],
    ["submitted 5 October 2026, promised 20 October", { submitted: "2026-10-05", due: "2026-10-20" }],
    ["sáng nay nộp hồ sơ, hẹn thứ 6 tuần sau", { submitted: "2026-11-20", due: "2026-11-27" }],
    [
      "nộp lúc 9h30 ngày 5/10 hẹn 16h ngày 20/10",
      { submitted: "2026-10-05", submittedAt: "09:30", due: "2026-10-20" },
    ],
    [
      "nop 5/10 luc 2 gio chieu, hen 20/10",
      { submitted: "2026-10-05", submittedAt: "14:00", due: "2026-10-20" },
    ],
    ["nộp ngày 5/10, 15:20", { submitted: "2026-10-05", submittedAt: "15:20" }],
    ["nộp ngày 5/10 hẹn 16h ngày 20/10", { submitted: "2026-10-05", due: "2026-10-20" }],
    ["nộp 25h ngày 5/10", { submitted: "2026-10-05" }],
    ["hôm qua cán bộ quát tôi", {}],
    ["đăng ký xe máy 2 bánh", {}],
    ["hồ sơ nộp ngày 31/11", {}],
    ["", {}],
  ])("reads %j", (text, days) => {
    expect(readDays(text, NOW)).toEqual(days);
  });

  it("puts the promised day after the day of filing, over new year as well", () => {
    const text = "nộp 28/12 hẹn 5/1";
    expect(readDays(text, at("2027-01-10T09:00:00"))).toEqual({ submitted: "2026-12-28", due: "2027-01-05" });
    expect(readDays(text, at("2026-12-30T09:00:00"))).toEqual({ submitted: "2026-12-28", due: "2027-01-05" });
    expect(readDays(text, NOW)).toEqual({ submitted: "2025-12-28", due: "2026-01-05" });
  });
});

describe("whatever is typed", () => {
  const number = fc.integer({ min: 0, max: 99 });
  const year = fc.oneof(fc.constant(""), fc.integer({ min: 0, max: 9999 }).map(String));
  const written = fc
    .tuple(number, number, year, fc.constantFrom("/", "-", ".", " tháng ", "t"))
    .map(
      ([day, month, year, by]) =>
        `nộp ${day}${by}${month}${year ? (by === " tháng " ? " năm " : by === "t" ? " " : by) + year : ""}`,
    );
  const word = fc.constantFrom(
    "nộp",
    "hẹn",
    "ngày",
    "tháng",
    "năm",
    "5",
    "31",
    "/",
    "2/",
    "11",
    "2026",
    "Feb",
    "may",
    "thứ 3 tuần sau",
    "hôm qua",
    ",",
  );
  const anything = fc.oneof(
    written,
    fc.array(word, { maxLength: 10 }).map((words) => words.join(" ")),
    fc.string({ unit: "binary" }),
  );
  const moment = fc.date({ min: new Date("2024-01-01"), max: new Date("2032-12-31"), noInvalidDate: true });

  it("never yields a day that does not exist", () => {
    fc.assert(
      fc.property(anything, moment, fc.constantFrom("past" as const, "near" as const), (text, now, look) => {
        const { submitted, due } = readDays(text, now);
        for (const day of [submitted, due, readDay(text, now, look)]) {
          if (day !== undefined) expect(exists(day), `${text} → ${day}`).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("reads back every day of these years, with its year", () => {
    const day = fc.date({ min: new Date("2020-01-01"), max: new Date("2030-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(day, moment, (date, now) => {
        const iso = date.toISOString().slice(0, 10);
        const [year, month, dayOfMonth] = iso.split("-").map(Number);
        expect(readDay(`${dayOfMonth}/${month}/${year}`, now)).toBe(iso);
        expect(readDay(`ngày ${dayOfMonth} tháng ${month} năm ${year}`, now)).toBe(iso);
        expect(readDay(iso, now)).toBe(iso);
      }),
    );
  });

  it("never puts a past day without a year into the future", () => {
    const day = fc.tuple(fc.integer({ min: 1, max: 31 }), fc.integer({ min: 1, max: 12 }));
    fc.assert(
      fc.property(day, moment, ([dayOfMonth, month], now) => {
        const read = readDay(`${dayOfMonth}/${month}`, now, "past");
        const today = new Date(now.getTime() + 7 * 3_600_000).toISOString().slice(0, 10);
        if (read !== undefined) expect(read <= today, `${read} from ${today}`).toBe(true);
      }),
    );
  });
});
