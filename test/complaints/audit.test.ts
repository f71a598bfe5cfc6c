import { describe, expect, it } from "vitest";
import { faultsOf } from "../../src/complaints/audit.ts";
import type { Complaint, ComplaintEvent } from "../../src/complaints/complaint.ts";
import { factsOf } from "../../src/complaints/figures.ts";
import { protect } from "../../src/complaints/protect.ts";
import { publicFigures } from "../../src/complaints/public-figures.ts";
import { after, CENTRE, CITY, COMMUNE, file, filing, NOW, rules } from "./case.ts";
import { figureFaults } from "./figure-faults.ts";
import { folded, guarded, newCase } from "./guarded.ts";

const AT = NOW.toISOString();
const by = { agency: COMMUNE, via: "chat" } as const;
const start = file().complaint;
const faults = (...events: readonly ComplaintEvent[]): string[] => faultsOf(after(start, events), rules);

describe("the audit of a stored case", () => {
  it("finds nothing in sound cases: new, held back, answered, closed", () => {
    expect(faults()).toEqual([]);
    expect(
      faultsOf(folded(guarded(newCase("c", filing(), "web:a", NOW), { suspicion: "words" })), rules),
    ).toEqual([]);
    expect(faults({ type: "answered", at: AT, by, text: "x" }, { type: "confirmed", at: AT })).toEqual([]);
    expect(faults({ type: "extended", at: AT, by, until: "2026-12-15", reason: "x" })).toEqual([]);
  });

  it("finds a state that its events do not make", () => {
    expect(faultsOf({ ...start, status: "answered" }, rules)).toEqual([
      "its state is not what its events make it",
    ]);
    expect(faultsOf({ ...start, answerDue: "2027-01-01" }, rules)).toEqual([
      "its state is not what its events make it",
    ]);
  });

  it("finds events that cannot follow each other", () => {
    const [filed] = start.events;
    if (!filed) throw new Error("no event");
    expect(faultsOf({ ...start, revision: 2, events: [filed, filed] }, rules)).toEqual([
      "its events cannot follow each other",
    ]);
  });

  it("finds the accused among those it reached, also where they hold it no more", () => {
    const handed = { type: "transferred", at: AT, by, to: CENTRE, reason: "x" } as const;
    const back = { type: "transferred", at: AT, by, to: CITY, reason: "x" } as const;
    expect(faults(handed, back)).toEqual([`it reached the accused: ${CENTRE}`]);
    expect(faults({ type: "clustered", at: AT, size: 3, to: CENTRE })).toEqual([
      `it reached the accused: ${CENTRE}`,
    ]);
  });

  it("finds who knew of a case before it was put under protection, where they hear of it again", () => {
    const safe = protect(start, "Họ dọa tôi", NOW, rules).events;
    expect(faults(...safe)).toEqual([]);
    const praise = file(filing({ kind: "praise" })).complaint;
    expect(faultsOf(after(praise, protect(praise, undefined, NOW, rules).events), rules)).toEqual([]);
    const again = {
      type: "transferred",
      at: AT,
      by: { ...by, agency: CITY },
      to: COMMUNE,
      reason: "x",
    } as const;
    expect(faults(...safe, again)).toEqual([`it reached the accused: ${COMMUNE}`]);
  });

  it("finds an open case that lies", () => {
    const steps = ["overdue", "superior", "next-level"] as const;
    const done = steps.map(
      (step): ComplaintEvent =>
        step === "overdue"
          ? { type: "reminded", at: AT, clock: "answer", step, round: 0 }
          : { type: "escalated", at: AT, clock: "answer", step, round: 0, to: [] },
    );
    const reminded = (["remind-1", "remind-2"] as const).map(
      (step): ComplaintEvent => ({ type: "reminded", at: AT, clock: "answer", step, round: 0 }),
    );
    const taken: ComplaintEvent = { type: "acknowledged", at: AT, by };
    const all = after(start, [taken, ...reminded, ...done]);
    // As far up as it goes, it stands in the operator's list.
    expect(faultsOf(all, rules)).toEqual([]);
    const lost: Complaint = { ...all, overdue: 0 };
    expect(faultsOf(lost, rules)).toContain(
      "it is open (acknowledged), but no clock runs and no list shows it",
    );
  });
});

describe("the audit of published figures", () => {
  const facts = Array.from({ length: 6 }, () => factsOf(start, "2026-11-22", rules.workingTime));
  const published = publicFigures(facts, 5);

  it("counts the cases again", () => {
    expect(figureFaults(published, facts, 5)).toEqual([]);
    expect(figureFaults(published, facts.slice(1), 5)).toEqual([
      `${COMMUNE} attitude is published as 6, but has 5 cases`,
    ]);
    expect(figureFaults(published, facts.slice(2), 5)).toEqual([
      `${COMMUNE} attitude is published, but has only 4 cases`,
    ]);
    expect(figureFaults({ ...published, filed: 7 }, facts, 5)).toEqual([
      "the sum is published as 7, but is 6",
    ]);
    expect(figureFaults({ rows: [], filed: 0, months: [], satisfaction: [] }, facts, 5)).toEqual([
      `${COMMUNE} attitude is not published`,
    ]);
  });
});
