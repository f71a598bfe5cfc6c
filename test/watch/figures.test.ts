import { describe, expect, it } from "vitest";
import type { Complaint, Filing } from "../../src/complaints/complaint.ts";
import { factsOf } from "../../src/complaints/figures.ts";
import { createPublicView, MonthReport, monthReport } from "../../src/watch/figures.ts";
import { after, COMMUNE, file, filing, NOW, rules } from "../complaints/case.ts";
import { figureFaults } from "../complaints/figure-faults.ts";

const by = { agency: COMMUNE, via: "chat" } as const;
const AT = NOW.toISOString();

function caseOf(id: string, told: Partial<Filing> = {}, days = 0): Complaint {
  const filedAt = new Date(NOW.getTime() - days * 86_400_000).toISOString();
  return { ...file(filing(told)).complaint, id, trackingCode: `MC-${id}`, filedAt };
}

function viewOf(cases: readonly Complaint[]) {
  let now = NOW;
  let reads = 0;
  const store = {
    complaints: async function* () {
      reads++;
      yield* cases;
    },
  };
  const parts = { store, rules, clock: () => now, publicId: (id: string) => `public-${id}` };
  return {
    view: createPublicView(parts),
    parts,
    reads: () => reads,
    later: (minutes: number): void => {
      now = new Date(now.getTime() + minutes * 60_000);
    },
  };
}

const many = (count: number, told: Partial<Filing> = {}): Complaint[] =>
  Array.from({ length: count }, (_, number) => caseOf(`${told.kind ?? "attitude"}${number}`, told));

describe("the public view", () => {
  it("is worked out once in ten minutes, however many ask", async () => {
    const { view, reads, later } = viewOf(many(6));
    const [one, other] = await Promise.all([view(), view()]);
    expect(one).toBe(other);
    later(9);
    expect(await view()).toBe(one);
    expect(reads()).toBe(1);
    later(2);
    expect(await view()).not.toBe(one);
    expect(reads()).toBe(2);
  });

  it("is asked for again after a failure", async () => {
    let fails = true;
    const store = {
      complaints: async function* () {
        if (fails) throw new Error("down");
        yield* many(5);
      },
    };
    const view = createPublicView({ store, rules, clock: () => NOW, publicId: (id) => id });
    await expect(view()).rejects.toThrow("down");
    fails = false;
    expect((await view()).figures.filed).toBe(5);
  });

  it("shows cases in groups of five or more that nothing tells apart, and of protected kinds none", async () => {
    const answered = many(4, { kind: "refusal" }).map((complaint) =>
      after(complaint, [{ type: "answered", at: AT, by, text: "x" }]),
    );
    const cases = [
      ...many(5),
      ...answered,
      ...many(9, { kind: "bribe" }),
      ...many(9, { kind: "harassment" }),
    ];
    const { cases: shown, figures } = await viewOf(cases).view();
    expect(shown.map(({ kind }) => kind)).toEqual(Array.from({ length: 5 }, () => "attitude"));
    expect(new Set(shown.map(({ id: _id, ...rest }) => JSON.stringify(rest))).size).toBe(1);
    expect(JSON.stringify({ shown, figures })).not.toMatch(/MC-|bribe|harassment|quát/);
  });

  it("of 50,000 cases agrees with counting them and lets others in between", async () => {
    const cases = Array.from({ length: 50_000 }, (_, number) =>
      caseOf(String(number), { kind: number % 3 === 0 ? "attitude" : "refusal" }, number % 300),
    );
    const { view, parts } = viewOf(cases);
    let turns = 0;
    let watching = true;
    const watch = (): void => {
      turns++;
      if (watching) setImmediate(watch);
    };
    watch();
    const { figures } = await view();
    watching = false;
    // A turn of the loop for every 200 cases.
    expect(turns).toBeGreaterThanOrEqual(250);
    const facts = cases.map((complaint) => factsOf(complaint, "2026-11-21", parts.rules.workingTime));
    expect(figureFaults(figures, facts, 5)).toEqual([]);
    expect(figures.filed).toBe(50_000);
  }, 60_000);
});

describe("the report of a month", () => {
  it("has every case of the month once in each table, and passes the way from a running program", async () => {
    const cases = [...many(3), ...many(2, { kind: "bribe" }), caseOf("old", {}, 40)];
    const { parts } = viewOf(cases);
    const report = await monthReport("2026-11", parts);
    expect(report.total.filed).toBe(5);
    for (const rows of [report.agencies, report.kinds, report.cells])
      expect(rows.reduce((sum, { filed }) => sum + filed, 0)).toBe(5);
    expect(MonthReport.parse(JSON.parse(JSON.stringify(report)))).toEqual(JSON.parse(JSON.stringify(report)));
  });

  it("lists clusters told of and answers to look at", async () => {
    const told = after(caseOf("a"), [
      { type: "clustered", at: AT, size: 3, to: COMMUNE },
      { type: "acknowledged", at: AT, by },
      { type: "answered", at: AT, by, text: "Đã nhắc" },
    ]);
    const report = await monthReport("2026-11", viewOf([told]).parts);
    expect(report.clusters).toMatchObject([{ size: 3, unit: expect.stringContaining("Núi Thành") }]);
    expect(report.answers).toMatchObject([{ trackingCode: "MC-a", faults: ["quick"] }]);
  });
});
