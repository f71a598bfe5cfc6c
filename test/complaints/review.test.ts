import { describe, expect, it } from "vitest";
import type { Complaint, ComplaintEvent, Filing } from "../../src/complaints/complaint.ts";
import { createReview, type DoubtfulAnswer, tellReview } from "../../src/complaints/review.ts";
import { COORDINATOR } from "../../src/complaints/route.ts";
import { after, CITY, COMMUNE, directory, filing, INSPECTORATE, NOW, noticesOf, rules } from "./case.ts";
import { folded, guarded, newCase } from "./guarded.ts";

const minutes = (count: number): string => new Date(NOW.getTime() + count * 60_000).toISOString();
const STOCK = "Trung tâm đã tiếp thu ý kiến và chấn chỉnh đội ngũ cán bộ, mong ông bà thông cảm";

/** A case that was taken and, so many minutes later, answered. */
function answered(
  id: string,
  text: string,
  later: number,
  told?: Partial<Filing>,
  more: readonly ComplaintEvent[] = [],
): Complaint {
  const complaint = folded(guarded(newCase(id, filing(told), `web:${id}`, NOW)));
  const by = { agency: complaint.holders[0] ?? "", via: "chat" } as const;
  return after(complaint, [
    { type: "acknowledged", at: minutes(1), by },
    { type: "answered", at: minutes(1 + later), by, text },
    ...more,
  ]);
}

function doubtful(...cases: readonly Complaint[]): readonly DoubtfulAnswer[] {
  const review = createReview("2026-11", rules.guards, directory);
  for (const complaint of cases) review.take(complaint);
  return review.doubtful();
}
const faults = (...cases: readonly Complaint[]) =>
  doubtful(...cases).map(({ complaint, faults: why, like }) => [complaint, why, like]);

describe("answers that a superior should look at", () => {
  it("are those that came within minutes of taking the case", () => {
    expect(faults(answered("a", "Đã gọi điện xin lỗi", 30), answered("b", "Đã gặp và xin lỗi", 31))).toEqual([
      ["a", ["quick"], []],
    ]);
  });

  it("are those that another case got nearly word for word from the same agency, both of them", () => {
    const cases = [
      answered("a", `${STOCK}.`, 600),
      answered("b", `${STOCK.toUpperCase()} nhé`, 700),
      answered(
        "c",
        "Đã xem camera ngày 20/11, anh Bình nói lớn tiếng, đã phê bình trước toàn trung tâm",
        800,
      ),
      answered("d", STOCK, 900, { kind: "bribe" }),
    ];
    expect(faults(...cases)).toEqual([
      ["a", ["copied"], ["MC-b"]],
      ["b", ["copied"], ["MC-a"]],
    ]);
  });

  it("name no case like them that whoever is told may not hear of", () => {
    const feared: ComplaintEvent = {
      type: "protected",
      at: minutes(800),
      to: [INSPECTORATE],
      seen: [COMMUNE],
      answerDue: "2026-12-15",
    };
    expect(doubtful(answered("a", STOCK, 600), answered("b", STOCK, 700, {}, [feared]))).toMatchObject([
      { complaint: "a", to: CITY, faults: ["copied"], like: [] },
      { complaint: "b", to: COORDINATOR, faults: ["copied"], like: ["MC-a"] },
    ]);
  });

  it("are not short ones that cannot but be alike", () => {
    expect(faults(answered("a", "Đã xử lý xong", 600), answered("b", "Đã xử lý xong", 700))).toEqual([]);
  });

  it("are those that the person said do not solve it", () => {
    const disputed: ComplaintEvent = { type: "disputed", at: minutes(2000), reason: "Chưa", to: [COMMUNE] };
    expect(faults(answered("a", "Đã nhắc nhở", 600, {}, [disputed]))).toEqual([["a", ["disputed"], []]]);
  });

  it("are of their month alone", () => {
    const review = createReview("2026-10", rules.guards, directory);
    review.take(answered("a", "Đã nhắc", 5));
    expect(review.doubtful()).toEqual([]);
  });

  it("are told of to the superior of who answered, of protected kinds to the coordinator alone", () => {
    const to = (told: Partial<Filing>) =>
      doubtful(answered("a", "Đã nhắc", 5, told)).map((one) => [one.agency, one.to]);
    expect(to({})).toEqual([[COMMUNE, CITY]]);
    expect(to({ kind: "bribe" })).toEqual([[INSPECTORATE, COORDINATOR]]);
  });

  it("are listed in one notice without what anybody told, recorded on the first of them", () => {
    const cases = [answered("a", "Đã nhắc", 5, { text: "Chuyện riêng" }), answered("b", "Đã nhắc", 6)];
    const list = doubtful(...cases);
    const [first] = cases;
    if (!first) throw new Error("no case");
    const step = tellReview(first, { month: "2026-11", agency: COMMUNE, to: CITY }, list, NOW, rules);
    expect(step.events).toMatchObject([{ type: "reviewed", month: "2026-11", agency: COMMUNE, to: CITY }]);
    const [notice] = noticesOf(step);
    expect(notice).toMatchObject({ event: "review", agency: { id: CITY } });
    expect(notice?.text).toMatch(/11\/2026.*: 2\.\n– MC-a: .*\n– MC-b: /s);
    expect(JSON.stringify(step)).not.toContain("Chuyện riêng");
    const again = createReview("2026-11", rules.guards, directory);
    again.take(after(first, step.events));
    expect([...again.told()]).toEqual([`${COMMUNE} ${CITY}`]);
  });
});
