import { describe, expect, it } from "vitest";
import { applyEvent, type Complaint, type ComplaintEvent } from "../../src/complaints/complaint.ts";
import { promisedIn, reconcile } from "../../src/officials/reconcile.ts";

const at = "2026-11-22T02:00:00Z";
const by = { agency: "so", via: "chat", role: "head" } as const;

function caseOf(id: string, to: readonly string[], ...later: readonly ComplaintEvent[]): Complaint {
  const filed: ComplaintEvent = {
    type: "filed",
    // Already the 21st in Vietnam.
    at: "2026-11-20T18:00:00Z",
    trackingCode: `MC-${id}`,
    conversation: `web:${id}`,
    language: "vi",
    filing: { kind: "late", text: "Trễ hẹn." },
    route: { to: [...to], copy: [], why: [] },
    answerDue: "2026-12-01",
  };
  let complaint = applyEvent(id, undefined, filed);
  for (const event of later) complaint = applyEvent(id, complaint, event);
  return complaint;
}
const rowsOf = (...complaints: readonly Complaint[]) => reconcile(complaints.flatMap(promisedIn));
const arrived = (agency: string): ComplaintEvent => ({
  type: "delivered",
  at: "2026-11-21T03:00:00Z",
  agency,
});
const failed = (agency: string): ComplaintEvent => ({
  type: "undeliverable",
  at: "2026-11-21T02:00:00Z",
  agency,
  problem: "answered 403",
});

describe("the daily reconciliation", () => {
  it("adds up a day and agency: promised is what arrived, what a human has and what is on its way", () => {
    expect(
      rowsOf(
        caseOf("a", ["so"], arrived("so")),
        caseOf("b", ["so"], failed("so")),
        caseOf("c", ["so"]),
        caseOf("d", ["so", "xa"], failed("so"), arrived("so")),
      ),
    ).toEqual([
      { day: "2026-11-21", agency: "so", promised: 4, delivered: 2, dead: 1, waiting: 1 },
      { day: "2026-11-21", agency: "xa", promised: 1, delivered: 0, dead: 0, waiting: 1 },
    ]);
  });

  it("counts a transfer on its own day, an agency once a case, and lists the latest day first", () => {
    const moved: ComplaintEvent = {
      type: "transferred",
      at: "2026-11-23T02:00:00Z",
      by,
      to: "xa",
      reason: "không thuộc thẩm quyền",
    };
    expect(rowsOf(caseOf("a", ["so"], arrived("so"), moved))).toEqual([
      { day: "2026-11-23", agency: "xa", promised: 1, delivered: 0, dead: 0, waiting: 1 },
      { day: "2026-11-21", agency: "so", promised: 1, delivered: 1, dead: 0, waiting: 0 },
    ]);
  });

  it("names the day and the agency of one notice in 500 that was dropped on its way", () => {
    const cases = Array.from({ length: 500 }, (_, index) =>
      caseOf(`c${index}`, ["so"], ...(index === 321 ? [] : [arrived("so")])),
    );
    expect(rowsOf(...cases)).toEqual([
      { day: "2026-11-21", agency: "so", promised: 500, delivered: 499, dead: 0, waiting: 1 },
    ]);
  });

  const held: ComplaintEvent = { type: "quarantined", at, suspicion: "words", lane: "coordinator" };
  const withdrawn: ComplaintEvent = { type: "withdrawn", at };

  it("counts what is held back from the day it is let go", () => {
    expect(rowsOf(caseOf("a", ["so"], held))).toEqual([]);
    expect(rowsOf(caseOf("a", ["so"], held, { type: "rejected", at, by, reason: "spam" }))).toEqual([]);
    const released: ComplaintEvent = {
      type: "released",
      at: "2026-11-24T02:00:00Z",
      answerDue: "2026-12-05",
    };
    expect(rowsOf(caseOf("a", ["so"], held, released))).toEqual([
      { day: "2026-11-24", agency: "so", promised: 1, delivered: 0, dead: 0, waiting: 1 },
    ]);
  });

  it("waits for nothing that the person took back before it arrived, but counts what had arrived", () => {
    expect(rowsOf(caseOf("a", ["so"], withdrawn))).toEqual([]);
    expect(rowsOf(caseOf("a", ["so", "xa"], arrived("so"), withdrawn))).toEqual([
      { day: "2026-11-21", agency: "so", promised: 1, delivered: 1, dead: 0, waiting: 0 },
    ]);
    expect(rowsOf(caseOf("a", ["so"], withdrawn, { type: "reopened", at }))).toMatchObject([{ waiting: 1 }]);
  });

  it("shows a notice to the custodian that was dropped, and misses none of those it was taken from", () => {
    const safe: ComplaintEvent = {
      type: "protected",
      at: "2026-11-24T02:00:00Z",
      to: ["thanh-tra"],
      seen: ["so"],
      answerDue: "2026-12-05",
    };
    expect(rowsOf(caseOf("a", ["so"], safe))).toEqual([
      { day: "2026-11-24", agency: "thanh-tra", promised: 1, delivered: 0, dead: 0, waiting: 1 },
    ]);
    expect(rowsOf(caseOf("a", ["so"], held, { ...safe, seen: [] }))).toMatchObject([{ agency: "thanh-tra" }]);
  });

  it("does not wait for the word of an arrival that is never recorded, of an answer put to the coordinator", () => {
    const put: ComplaintEvent = { type: "proposed", at, by, text: "Xong", signer: "dieu-phoi" };
    expect(rowsOf(caseOf("a", ["so"], put)).map(({ agency }) => agency)).toEqual(["so"]);
  });

  it("promises nothing to one who received it in another's place", () => {
    expect(rowsOf(caseOf("a", ["so"], arrived("dieu-phoi"))).map(({ agency }) => agency)).toEqual(["so"]);
  });
});
