import { describe, expect, it } from "vitest";
import type { Complaint, ComplaintEvent } from "../../src/complaints/complaint.ts";
import {
  mayRate,
  rate,
  ratingOf,
  satisfactionOf,
  satisfiedShare,
} from "../../src/complaints/satisfaction.ts";
import { after, CITY, COMMUNE, file, NOW } from "./case.ts";

const AT = NOW.toISOString();
const answeredBy = (agency: string): ComplaintEvent => ({
  type: "answered",
  at: AT,
  by: { agency, via: "chat" },
  text: "Đã giải quyết",
});
const CONFIRMED: ComplaintEvent = { type: "confirmed", at: AT };
const DISPUTED: ComplaintEvent = { type: "disputed", at: AT, reason: "Chưa", to: [CITY] };
const lived = (...events: ComplaintEvent[]): Complaint => after(file().complaint, events);
const result = (score: 1 | 2 | 3 | 4 | 5): ComplaintEvent => ({ type: "rated", at: AT, result: score });
const conduct = (score: 1 | 2 | 3 | 4 | 5): ComplaintEvent => ({ type: "rated", at: AT, conduct: score });

describe("what people said of the answers", () => {
  it("is counted by question and level for the agency that answered last", () => {
    const figures = satisfactionOf([
      lived(answeredBy(COMMUNE), CONFIRMED, result(5), conduct(4)),
      lived(answeredBy(COMMUNE), CONFIRMED, result(1)),
      lived(answeredBy(COMMUNE), DISPUTED, answeredBy(CITY), CONFIRMED, conduct(3)),
      lived(answeredBy(COMMUNE), CONFIRMED),
      lived(),
    ]);
    expect(Object.fromEntries(figures)).toEqual({
      [COMMUNE]: { rated: 2, result: [1, 0, 0, 0, 1], conduct: [0, 0, 0, 1, 0] },
      [CITY]: { rated: 1, result: [0, 0, 0, 0, 0], conduct: [0, 0, 1, 0, 0] },
    });
  });

  it("does not count any more when the person finds that it was not solved, until they rate the next answer", () => {
    const again = lived(answeredBy(COMMUNE), CONFIRMED, result(5), DISPUTED);
    expect(satisfactionOf([again])).toEqual(new Map());
    const next = after(again, [answeredBy(COMMUNE), CONFIRMED, result(2)]);
    expect(satisfactionOf([next]).get(COMMUNE)?.result).toEqual([0, 1, 0, 0, 0]);
  });

  it("is asked once a question, of a case that its person calls solved", () => {
    const confirmed = lived(answeredBy(COMMUNE), CONFIRMED);
    expect(mayRate(confirmed, "result")).toBe(true);
    const once = after(confirmed, rate("result", 4, NOW).events);
    expect([mayRate(once, "result"), mayRate(once, "conduct")]).toEqual([false, true]);
    expect(ratingOf(once.events)).toEqual({ result: 4 });
    expect(mayRate(lived(answeredBy(COMMUNE)), "result")).toBe(false);
    expect(rate("conduct", 1, NOW).deliveries).toEqual([]);
  });

  it("as a share is that of the two upper levels; nothing where nobody said anything", () => {
    expect(satisfiedShare([1, 0, 1, 1, 1])).toBe(0.5);
    expect(satisfiedShare([0, 0, 0, 0, 0])).toBeUndefined();
  });
});
