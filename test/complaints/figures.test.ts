import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ComplaintEvent, Filing } from "../../src/complaints/complaint.ts";
import { erase } from "../../src/complaints/erase.ts";
import { type CaseFacts, factsOf, tally } from "../../src/complaints/figures.ts";
import { hide, isPublic, publicFigures } from "../../src/complaints/public-figures.ts";
import { workingHoursBetween } from "../../src/complaints/working-time.ts";
import { ComplaintKind } from "../../src/knowledge/complaint-kind.ts";
import { after, CITY, COMMUNE, file, filing, NOW, rules } from "./case.ts";

const by = { agency: COMMUNE, via: "chat" } as const;
/** An ISO instant of a time of day in Viet Nam. */
const on = (day: string, time = "09:00"): string => new Date(`${day}T${time}:00+07:00`).toISOString();
const TODAY = "2026-12-20";

/** Filed on Saturday 21 November 2026 and due on 30 November. */
function facts(events: readonly ComplaintEvent[], told?: Filing, today = TODAY): CaseFacts {
  return factsOf(after(file(told).complaint, events), today, rules.workingTime);
}
const answered = (at: string): ComplaintEvent => ({ type: "answered", at, by, text: "Đã nhắc nhở" });

describe("what a case adds to the figures", () => {
  it("is answered in time on its last day, late on the next, and overdue without an answer", () => {
    expect(facts([answered(on("2026-11-30", "16:59"))]).answer).toBe("in-time");
    expect(facts([answered(on("2026-12-01"))]).answer).toBe("late");
    expect(facts([], filing(), "2026-11-30").answer).toBe("waiting");
    expect(facts([], filing(), "2026-12-01").answer).toBe("overdue");
  });

  it("keeps to a day that was put off in time, and stays late where it was put off too late", () => {
    const extended = {
      type: "extended",
      at: on("2026-11-29"),
      by,
      until: "2026-12-10",
      reason: "x",
    } as const;
    expect(facts([extended, answered(on("2026-12-10"))]).answer).toBe("in-time");
    const overdue = {
      type: "reminded",
      at: on("2026-11-30", "17:00"),
      clock: "answer",
      step: "overdue",
      round: 0,
    } as const;
    expect(facts([overdue, { ...extended, at: on("2026-12-01") }, answered(on("2026-12-02"))]).answer).toBe(
      "late",
    );
  });

  it("is the first answer, also where it was disputed", () => {
    const disputed: ComplaintEvent = { type: "disputed", at: on("2026-11-26"), reason: "x", to: [COMMUNE] };
    const found = facts([answered(on("2026-11-25")), disputed, answered(on("2026-12-15"))]);
    expect(found).toMatchObject({ answer: "in-time", disputed: true });
  });

  it("still counts by how it had ended when it is erased, and stays out of what is published where it was", () => {
    const ended = (events: readonly ComplaintEvent[], told?: Filing): CaseFacts => {
      const { complaint } = file(told);
      const over = after(complaint, events);
      const gone = erase(over, "request", new Date(on("2027-06-01")), rules);
      return factsOf(after(over, gone.events), TODAY, rules.workingTime);
    };
    const solved: ComplaintEvent[] = [
      answered(on("2026-11-30", "16:59")),
      { type: "confirmed", at: on("2026-12-01") },
    ];
    expect(ended(solved)).toMatchObject({
      agency: COMMUNE,
      month: "2026-11",
      status: "closed_confirmed",
      answer: "in-time",
      withCustodian: false,
    });
    expect(ended([{ type: "withdrawn", at: on("2026-11-24") }])).toMatchObject({
      status: "withdrawn",
      answer: "waiting",
    });
    const lane: ComplaintEvent = {
      type: "protected",
      at: on("2026-11-24"),
      to: [CITY],
      seen: [COMMUNE],
      answerDue: "2026-12-10",
    };
    expect(isPublic(ended([lane, ...solved]))).toBe(false);
    const unwanted: ComplaintEvent = { type: "rejected", at: on("2026-11-25"), by, reason: "x" };
    const held: ComplaintEvent = {
      type: "quarantined",
      at: on("2026-11-23"),
      suspicion: "words",
      lane: "coordinator",
    };
    expect(isPublic(ended([held, unwanted]))).toBe(false);
  });

  it("is the same after it is erased: answered by another than it was filed with, disputed, rated, withdrawn after an answer", () => {
    const moved: ComplaintEvent = { type: "transferred", at: on("2026-11-23"), by, to: CITY, reason: "x" };
    const byCity: ComplaintEvent = {
      type: "answered",
      at: on("2026-11-25"),
      by: { agency: CITY, via: "chat" },
      text: "x",
    };
    const disputed: ComplaintEvent = { type: "disputed", at: on("2026-11-26"), reason: "x", to: [CITY] };
    const confirmed: ComplaintEvent = { type: "confirmed", at: on("2026-11-28") };
    const withdrawn: ComplaintEvent = { type: "withdrawn", at: on("2026-11-28") };
    const late = filing({
      kind: "late",
      lateness: { due: "2026-11-10", by: "slip", on: "2026-11-21", daysLate: 9 },
      apology: ["none"],
    });
    const lives: readonly (readonly ComplaintEvent[])[] = [
      [moved, byCity, confirmed, { type: "rated", at: on("2026-11-29"), result: 2, conduct: 5 }],
      [moved, byCity, disputed, { ...byCity, at: on("2026-11-27") }, confirmed],
      [moved, byCity, disputed, withdrawn],
      [withdrawn],
    ];
    for (const events of lives) {
      const live = after(file(late).complaint, events);
      const gone = after(live, erase(live, "retention", new Date(on("2029-01-01")), rules).events);
      const [before, since] = [live, gone].map((one) => factsOf(one, TODAY, rules.workingTime));
      expect(since).toEqual(before);
    }
  });

  it("is told as near as can be where it was erased before its facts were kept", () => {
    const live = after(file().complaint, [
      answered(on("2026-11-25")),
      { type: "confirmed", at: on("2026-11-26") },
    ]);
    const [event] = erase(live, "request", new Date(on("2027-06-01")), rules).events;
    if (event?.type !== "erased") throw new Error("not erased");
    const { facts: _facts, ...old } = event;
    expect(factsOf(after(live, [old]), TODAY, rules.workingTime)).toMatchObject({
      agency: COMMUNE,
      answer: "in-time",
      disputed: false,
    });
  });

  it("is measured in hours of offices, from the release where it was held back", () => {
    // Monday 23 November, 7:30 to 11:30 and 13:30 to 17:00.
    const taken = { type: "acknowledged", at: on("2026-11-23", "09:30"), by } as const;
    expect(facts([taken, answered(on("2026-11-23", "14:30"))])).toMatchObject({
      hoursToTake: 2,
      hoursToAnswer: 5,
    });
    const released = { type: "released", at: on("2026-11-23", "13:30"), answerDue: "2026-12-01" } as const;
    expect(facts([released, answered(on("2026-11-23", "14:30"))]).hoursToAnswer).toBe(1);
  });

  it("belongs to who answered, else to who must, and not to a superior that a clock brought in", () => {
    const up: ComplaintEvent = {
      type: "escalated",
      at: on("2026-12-03"),
      clock: "answer",
      step: "superior",
      round: 0,
      to: [CITY],
    };
    expect(facts([up]).agency).toBe(COMMUNE);
    expect(
      facts([up, { ...answered(on("2026-12-04")), by: { ...by, agency: CITY } } as ComplaintEvent]).agency,
    ).toBe(CITY);
  });

  it("tells whether a late result was late, and whether the apology was as the law wants it", () => {
    const lateness = { due: "2026-11-10", by: "slip", on: "2026-11-21" } as const;
    const late = (more: Partial<Filing>): CaseFacts => facts([], filing({ kind: "late", ...more }));
    expect(late({ lateness: { ...lateness, daysLate: 9 } }).foundLate).toBe(true);
    expect(late({ lateness }).foundLate).toBe(false);
    expect(late({}).foundLate).toBeUndefined();
    expect(late({ apology: ["none"] }).apologyBreach).toBe(true);
    expect(late({ apology: ["in_time"] }).apologyBreach).toBe(false);
  });
});

describe("a tally", () => {
  const any: fc.Arbitrary<CaseFacts> = fc.record({
    agency: fc.constantFrom("a", "b", "c"),
    kind: fc.constantFrom(...ComplaintKind.options),
    month: fc.constantFrom("2026-09", "2026-10", "2026-11"),
    status: fc.constantFrom(
      "registered",
      "answered",
      "closed_confirmed",
      "closed_unconfirmed",
      "closed_no_reply",
      "needs_info",
      "quarantined",
      "rejected",
      "closed_thanked",
      "withdrawn",
    ),
    withCustodian: fc.constantFrom(false, false, true),
    rating: fc.record(
      { result: fc.constantFrom(1, 3, 4, 5), conduct: fc.constantFrom(2, 5) },
      { requiredKeys: [] },
    ),
    answer: fc.constantFrom("in-time", "late", "overdue", "waiting"),
    disputed: fc.boolean(),
    hoursToTake: fc.option(fc.nat(100), { nil: undefined }),
    hoursToAnswer: fc.option(fc.nat(100), { nil: undefined }),
    foundLate: fc.option(fc.boolean(), { nil: undefined }),
    apologyBreach: fc.boolean(),
  });

  it("is the sum of the tallies of its parts, medians apart", () => {
    fc.assert(
      fc.property(fc.array(any), fc.array(any), (one, other) => {
        const [a, b, both] = [tally(one), tally(other), tally([...one, ...other])];
        for (const key of Object.keys(both) as (keyof typeof both)[]) {
          if (key === "hoursToTake" || key === "hoursToAnswer") continue;
          expect(both[key]).toBe((a[key] ?? 0) + (b[key] ?? 0));
        }
      }),
    );
  });

  it("counts each case where it stands once", () => {
    fc.assert(
      fc.property(fc.array(any), (cases) => {
        const {
          open,
          answered,
          confirmed,
          unconfirmed,
          noReply,
          thanked,
          withdrawn,
          heldBack,
          rejected,
          filed,
        } = tally(cases);
        const closed = confirmed + unconfirmed + noReply + thanked + withdrawn + rejected;
        expect(open + answered + heldBack + closed).toBe(filed);
      }),
    );
  });

  it("has the median between the half below and the half above", () => {
    const hours = (...all: number[]) => all.map((hoursToAnswer) => ({ ...facts([]), hoursToAnswer }));
    expect(tally(hours(9, 1, 5)).hoursToAnswer).toBe(5);
    expect(tally(hours(1, 2, 4, 100)).hoursToAnswer).toBe(3);
    expect(tally([]).hoursToAnswer).toBeUndefined();
  });

  it("published shows no count below five, no protected kind, and sums that the shown rows give", () => {
    fc.assert(
      fc.property(fc.array(any, { maxLength: 200 }), (cases) => {
        const { rows, filed, months, satisfaction } = publicFigures(cases, 5);
        for (const { rated, satisfied, others } of satisfaction) {
          expect(Math.min(satisfied, others)).toBeGreaterThanOrEqual(5);
          expect(satisfied + others).toBe(rated);
        }
        for (const { kind, hoursToAnswer: _hours, agency: _agency, ...counts } of rows) {
          expect(["bribe", "harassment"]).not.toContain(kind);
          for (const count of Object.values(counts))
            if (count !== undefined) expect(count).toBeGreaterThanOrEqual(5);
          expect(counts.filed).toBe(
            cases.filter(
              (one) =>
                one.kind === kind &&
                one.agency === _agency &&
                !one.withCustodian &&
                !["quarantined", "rejected"].includes(one.status),
            ).length,
          );
        }
        expect(rows.reduce((sum, row) => sum + row.filed, 0)).toBe(filed);
        for (const month of months)
          if (month.filed !== undefined) expect(month.filed).toBeGreaterThanOrEqual(5);
      }),
    );
  });
});

describe("what is hidden of a sum that is known", () => {
  it("can be anything small, as far as anybody can work out who knows how it is hidden", () => {
    // All ways to split small sums in three and four, by what is shown of them.
    for (const parts of [3, 4]) {
      const worlds = new Map<string, number[][]>();
      for (const world of splits(parts, MOST_OF_SUM)) {
        const sum = world.reduce((all, one) => all + one, 0);
        const shown = hide(world, 3);
        for (const count of shown) if (count !== undefined) expect(count).toBeGreaterThanOrEqual(3);
        const seen = `${sum} ${JSON.stringify(shown.map((count) => count ?? null))}`;
        worlds.set(seen, [...(worlds.get(seen) ?? []), world]);
      }
      for (const [seen, possible] of worlds) {
        const [first = []] = possible;
        const sum = first.reduce((all, one) => all + one, 0);
        // Larger sums are not split in all ways here; smaller ones are not told.
        if (sum < 3 || sum >= MOST_OF_SUM) continue;
        for (const index of first.keys()) {
          const values = new Set(possible.map((world) => world[index]));
          const isHidden = hide(first, 3)[index] === undefined;
          if (isHidden)
            expect(`${seen} part ${index}: ${values.size > 1 ? "open" : "derived"}`).toBe(
              `${seen} part ${index}: open`,
            );
        }
      }
    }
  });

  it("is nothing where all parts are large enough", () => {
    expect(hide([5, 6, 100], 5)).toEqual([5, 6, 100]);
  });
});

const MOST_OF_SUM = 13;

function splits(parts: number, most: number): number[][] {
  if (parts === 0) return [[]];
  return Array.from({ length: most }, (_, count) => count).flatMap((count) =>
    splits(parts - 1, most).map((rest) => [count, ...rest]),
  );
}

describe("hours of offices", () => {
  it("are none over a weekend and a holiday, and add up over any instant between", () => {
    const hours = (from: string, to: string): number =>
      workingHoursBetween(new Date(from), new Date(to), rules.workingTime);
    expect(hours(on("2026-11-20", "17:00"), on("2026-11-23", "07:30"))).toBe(0);
    expect(hours(on("2026-11-23", "08:00"), on("2026-11-23", "07:00"))).toBe(0);
    const minutes = fc.integer({ min: 0, max: 60 * 24 * 30 });
    fc.assert(
      fc.property(minutes, minutes, minutes, (...all) => {
        const [a = NOW, b = NOW, c = NOW] = all
          .toSorted((one, other) => one - other)
          .map((minute) => new Date(NOW.getTime() + minute * 60_000));
        const between = (from: Date, to: Date): number => workingHoursBetween(from, to, rules.workingTime);
        expect(between(a, b) + between(b, c)).toBeCloseTo(between(a, c), 6);
      }),
    );
  });
});
