import { describe, expect, it } from "vitest";
import { missingYear } from "../../src/knowledge/calendar.ts";
import type { Knowledge } from "../../src/knowledge/load.ts";
import type { Procedure } from "../../src/knowledge/procedure.ts";
import { type Review, review } from "../../src/knowledge/review.ts";
import { catalogueOf, imported } from "../fixtures/imported.ts";
import { curated, knowledge } from "../fixtures/real-knowledge.ts";

const BIRTH = curated("1.001193");
const [RULE] = knowledge.rules;
/** Soon after all records were checked. */
const NOW = new Date("2026-11-27T09:00+07:00");

function reviewed(
  record: Partial<Procedure>,
  more: Partial<Knowledge> = {},
  now = NOW,
  there?: Readonly<Record<string, unknown>>,
): Review {
  const procedures = [{ ...BIRTH, sameAs: [], differs: [], ...record }];
  const catalogue = there && catalogueOf([imported({ code: BIRTH.code, name: BIRTH.name, ...there })]);
  return review({ ...knowledge, procedures, rules: [], ...more }, catalogue, now);
}
const told = ({ faults }: Review): string => faults.map(({ problem }) => problem).join("\n");

describe("a record", () => {
  it("is in order when the catalogue tells the same", () => {
    const there = { time: BIRTH.time, fees: BIRTH.fees, level: BIRTH.level };
    expect(reviewed({}, {}, NOW, there)).toEqual({ faults: [], remarks: [] });
  });

  it("may tell more than the catalogue, and what the catalogue does not know", () => {
    const time: Procedure["time"] = [
      { kind: "within", amount: 3, unit: "working-day" },
      { kind: "within", amount: 8, unit: "working-day", when: "phải xác minh" },
    ];
    expect(told(reviewed({ time }, {}, NOW, { time: time.slice(0, 1), level: BIRTH.level }))).toBe("");
    expect(told(reviewed({ time }, {}, NOW, { time: [{ kind: "unknown" }] }))).toBe("");
  });

  it.each<
    [Procedure["differs"][number]["fact"], Partial<Procedure>, Readonly<Record<string, unknown>>, RegExp]
  >([
    [
      "time",
      { time: [{ kind: "within", amount: 3, unit: "working-day" }] },
      { time: [{ kind: "within", amount: 3, unit: "day" }] },
      /time: 3 working-day here, 3 day in the national catalogue/,
    ],
    [
      "fees",
      { fees: [{ kind: "amount", amount: 8000 }] },
      { fees: [{ kind: "amount", amount: 10_000 }] },
      /fees: 8000 đồng here, 10000 đồng/,
    ],
    [
      "fees",
      { fees: [{ kind: "amount", amount: 10, currency: "USD" }] },
      { fees: [{ kind: "free", basis: "Không" }] },
      /fees: 10 USD here, free/,
    ],
    ["level", { level: ["province"] }, { level: ["commune"] }, /level: province here, commune/],
    ["name", {}, { name: "Thủ tục đăng ký khai tử" }, /name: dang ky khai sinh here, dang ky khai tu/],
  ])("that tells another %s is told, unless it says that it means to", (fact, here, there, problem) => {
    expect(told(reviewed(here, {}, NOW, there))).toMatch(problem);
    expect(told(reviewed({ ...here, differs: [{ fact, why: "vì" }] }, {}, NOW, there))).toBe("");
  });

  it("whose code the catalogue has no more is told", () => {
    expect(told(reviewed({ sameAs: ["1.999999"] }, {}, NOW, {}))).toContain("has no 1.999999 any more");
  });

  it("that nobody looked at for long is told, and is a fault once its facts are not told any more", () => {
    const { warnAfterDays, hideAfterDays } = knowledge.limits.freshness.curated;
    const after = (days: number): Date => new Date(Date.parse(BIRTH.checked) + days * 86_400_000);
    const { calendar } = knowledge;
    const years = new Map([2026, 2027, 2028, 2029].map((year) => [year, calendar.get(2026)!]));
    const at = (days: number): Review => reviewed({}, { calendar: years }, after(days));
    expect(at(warnAfterDays)).toEqual({ faults: [], remarks: [] });
    expect(at(warnAfterDays + 1)).toMatchObject({ faults: [], remarks: [{ line: expect.any(Number) }] });
    expect(at(hideAfterDays + 1)).toMatchObject({ faults: [{}], remarks: [] });
  });
});

describe("a rule", () => {
  it("that rests on a replaced text is told with the text that took its place", () => {
    const rules = RULE ? [{ ...RULE, legalBasis: [{ number: "61/2018/NĐ-CP" }] }] : [];
    expect(told(reviewed({}, { rules }))).toMatch(
      /61\/2018\/NĐ-CP was replaced by 118\/2025\/NĐ-CP on 2025-07-01/,
    );
    expect(told(reviewed({}, { rules: knowledge.rules }))).toBe("");
  });
});

describe("the calendar", () => {
  const only2026 = new Map([[2026, knowledge.calendar.get(2026)!]]);

  it.each([
    ["2026-09-30T23:59+07:00", undefined],
    ["2026-10-01T00:00+07:00", 2027],
    ["2026-12-31T23:59+07:00", 2027],
    ["2027-01-01T00:00+07:00", 2027],
  ])("is needed to the end of next year from October: at %s %s is missing", (now, year) => {
    expect(missingYear(only2026, new Date(now))).toBe(year);
  });

  it("that ends too soon is a fault", () => {
    expect(told(reviewed({}, { calendar: only2026 }))).toContain("the holidays of 2027 are missing");
  });
});
