import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  applyEvent,
  type Complaint,
  ComplaintError,
  ComplaintEvent,
  isClosed,
  isProtected,
  type Status,
} from "../../src/complaints/complaint.ts";
import { ComplaintKind } from "../../src/knowledge/complaint-kind.ts";
import { after, CITY, COMMUNE, file, filing, INSPECTORATE } from "./case.ts";

const AT = "2026-11-23T03:00:00.000Z";
const BY = { agency: COMMUNE, via: "chat" } as const;

const start = file().complaint;

type Later = Exclude<ComplaintEvent, { type: "filed" | "erased" }>;
const events = {
  delivered: { type: "delivered", at: AT, agency: COMMUNE },
  undeliverable: { type: "undeliverable", at: AT, agency: COMMUNE, problem: "refused" },
  acknowledged: { type: "acknowledged", at: AT, by: BY },
  progress: { type: "progress", at: AT, by: BY, text: "Đang xác minh" },
  asked: { type: "asked", at: AT, by: BY, text: "Quầy số mấy?" },
  informed: { type: "informed", at: AT, text: "Quầy số 3" },
  transferred: { type: "transferred", at: AT, by: BY, to: INSPECTORATE, reason: "Đúng thẩm quyền" },
  extended: { type: "extended", at: AT, by: BY, until: "2026-12-15", reason: "Phải xác minh thêm" },
  proposed: { type: "proposed", at: AT, by: BY, text: "Đã nhắc nhở cán bộ" },
  returned: { type: "returned", at: AT, by: { ...BY, role: "head" }, reason: "Chưa nêu căn cứ" },
  answered: { type: "answered", at: AT, by: BY, text: "Đã nhắc nhở cán bộ" },
  confirmed: { type: "confirmed", at: AT },
  disputed: { type: "disputed", at: AT, reason: "Vẫn quát", to: [CITY] },
  reminded: { type: "reminded", at: AT, clock: "answer", step: "overdue", round: 0 },
  escalated: { type: "escalated", at: AT, clock: "answer", step: "superior", round: 0, to: [CITY] },
  closed: { type: "closed", at: AT, clock: "confirm", step: "close", round: 1, reason: "unconfirmed" },
  withdrawn: { type: "withdrawn", at: AT, reason: "Đã xong" },
  reopened: { type: "reopened", at: AT },
  protected: {
    type: "protected",
    at: AT,
    to: [INSPECTORATE],
    seen: [COMMUNE],
    answerDue: start.answerDue,
    words: "Họ dọa tôi",
  },
  nudged: { type: "nudged", at: AT },
  rated: { type: "rated", at: AT, result: 5, conduct: 4 },
  "identity-asked": { type: "identity-asked", at: AT, by: BY, reason: "Để tìm hồ sơ" },
  "identity-refused": { type: "identity-refused", at: AT },
  "identity-approved": { type: "identity-approved", at: AT, by: BY, reason: "Để tìm hồ sơ" },
  "evidence-added": {
    type: "evidence-added",
    at: AT,
    files: [{ id: "f1", key: "k", name: "anh-1.jpg", type: "image/jpeg", size: 3 }],
  },
  held: { type: "held", at: AT, reason: "Thanh tra đang cần" },
  unheld: { type: "unheld", at: AT },
  expiring: { type: "expiring", at: AT },
  "identity-opened": { type: "identity-opened", at: AT, agency: COMMUNE, basis: "consent" },
  linked: { type: "linked", at: AT, to: "case-0", others: 2 },
  quarantined: { type: "quarantined", at: AT, suspicion: "words", lane: "coordinator" },
  released: { type: "released", at: AT, by: BY, answerDue: "2026-12-04" },
  rejected: { type: "rejected", at: AT, by: BY, reason: "Trùng lặp" },
  objected: { type: "objected", at: AT },
  clustered: { type: "clustered", at: AT, size: 3, to: CITY },
  reviewed: { type: "reviewed", at: AT, month: "2026-10", agency: COMMUNE, to: CITY },
} as const satisfies Record<Later["type"], Later>;

const ERASED: ComplaintEvent = {
  type: "erased",
  at: AT,
  reason: "request",
  revision: 2,
  trackingCode: start.trackingCode,
  language: "vi",
  kind: "attitude",
  filedAt: start.filedAt,
  closedAt: AT,
  ended: "closed_confirmed",
  answerDue: start.answerDue,
  agencies: [COMMUNE],
};
const [filed] = start.events;
const afterTypes = (...types: Later["type"][]): Complaint =>
  after(
    start,
    types.map((type) => events[type] as Later),
  );

describe("a complaint as its events made it", () => {
  it("is registered with those who must answer and the day of the answer as soon as it is filed", () => {
    expect(start).toMatchObject({ status: "registered", revision: 1, holders: [COMMUNE] });
    // Five working days from Saturday: 23, 25, 26, 27 and 30 November; the 24th is a holiday.
    expect(start.answerDue).toBe("2026-11-30");
  });

  it.each<readonly [Status, readonly Later["type"][]]>([
    ["delivered", ["delivered"]],
    ["delivery_problem", ["undeliverable"]],
    ["delivered", ["undeliverable", "delivered"]],
    ["delivered", ["delivered", "undeliverable"]],
    ["acknowledged", ["delivered", "acknowledged"]],
    ["acknowledged", ["acknowledged", "delivered"]],
    ["quarantined", ["quarantined"]],
    ["registered", ["quarantined", "released"]],
    ["rejected", ["quarantined", "rejected"]],
    ["quarantined", ["quarantined", "rejected", "objected"]],
    ["acknowledged", ["acknowledged", "linked", "clustered", "reviewed"]],
    ["acknowledged", ["acknowledged", "undeliverable"]],
    ["in_progress", ["acknowledged", "progress"]],
    ["needs_info", ["acknowledged", "asked"]],
    ["needs_info", ["asked", "delivered"]],
    ["in_progress", ["asked", "informed"]],
    ["registered", ["acknowledged", "transferred"]],
    ["delivered", ["transferred", "delivered"]],
    ["acknowledged", ["acknowledged", "extended"]],
    ["answered", ["acknowledged", "answered"]],
    ["answered", ["answered", "delivered"]],
    ["closed_confirmed", ["answered", "confirmed"]],
    ["closed_confirmed", ["answered", "confirmed", "delivered"]],
    ["disputed", ["answered", "disputed"]],
    ["disputed", ["answered", "disputed", "delivered"]],
    ["answered", ["answered", "disputed", "answered"]],
    ["withdrawn", ["acknowledged", "withdrawn"]],
    ["acknowledged", ["acknowledged", "withdrawn", "reopened"]],
    ["needs_info", ["asked", "withdrawn", "reopened"]],
    ["answered", ["answered", "withdrawn", "reopened"]],
    ["delivered", ["withdrawn", "delivered", "reopened"]],
    ["acknowledged", ["withdrawn", "reopened", "acknowledged", "withdrawn", "reopened"]],
    ["registered", ["acknowledged", "protected"]],
    ["registered", ["answered", "protected"]],
    ["closed_confirmed", ["answered", "confirmed", "rated"]],
    ["disputed", ["answered", "confirmed", "rated", "disputed"]],
    ["in_progress", ["progress", "nudged"]],
    ["acknowledged", ["acknowledged", "identity-asked", "identity-refused", "identity-approved"]],
    ["acknowledged", ["acknowledged", "identity-asked", "identity-opened"]],
    ["acknowledged", ["acknowledged", "evidence-added"]],
    ["withdrawn", ["withdrawn", "held", "unheld"]],
    ["withdrawn", ["withdrawn", "expiring"]],
  ])("stands at %s after %j", (status, types) => {
    expect(afterTypes(...types).status).toBe(status);
  });

  it("is held by the agency it was transferred to, and by those it was disputed to", () => {
    expect(afterTypes("transferred").holders).toEqual([INSPECTORATE]);
    expect(afterTypes("transferred", "answered", "disputed").holders).toEqual([CITY]);
  });

  it("is held by those a clock brought in as well, who stay when the others hand it on", () => {
    expect(afterTypes("escalated").holders).toEqual([COMMUNE, CITY]);
    expect(afterTypes("escalated", "transferred").holders).toEqual([INSPECTORATE, CITY]);
    expect(afterTypes("escalated", "transferred", "escalated").holders).toEqual([INSPECTORATE, CITY]);
    const byCity = { ...events.transferred, by: { ...BY, agency: CITY } };
    expect(after(afterTypes("escalated"), [byCity]).holders).toEqual([INSPECTORATE]);
  });

  it("is late as far as it went up, until a new day is set or the person disputes the answer", () => {
    expect(start.overdue).toBe(0);
    expect(afterTypes("reminded").overdue).toBe(1);
    expect(afterTypes("reminded", "escalated").overdue).toBe(2);
    for (const type of ["extended", "disputed"] as const)
      expect(afterTypes("reminded", "escalated", type).overdue).toBe(0);
  });

  it("stays late in the record when more time is given after its day, and not when it was given before", () => {
    const after5 = { ...events.extended, at: "2026-12-01T01:00:00.000Z" };
    expect(after(start, [after5]).lateSince).toBe("2026-11-30");
    expect(afterTypes("reminded", "extended").lateSince).toBe("2026-11-30");
    expect(afterTypes("extended").lateSince).toBeUndefined();
    expect(after(afterTypes("asked"), [after5]).lateSince).toBeUndefined();
    const twice = { ...events.reminded, round: 2 };
    expect(after(afterTypes("reminded", "extended"), [twice]).lateSince).toBe("2026-11-30");
  });

  it("holds a proposed answer until it is signed, sent back or handed on; the day of the answer stays", () => {
    const proposed = afterTypes("acknowledged", "proposed");
    expect(proposed).toMatchObject({ status: "in_progress", answerDue: start.answerDue });
    expect(proposed.proposal?.text).toBe("Đã nhắc nhở cán bộ");
    expect(afterTypes("asked", "proposed").status).toBe("needs_info");
    for (const type of ["answered", "returned", "transferred"] as const)
      expect(after(proposed, [events[type] as Later]).proposal, type).toBeUndefined();
    expect(after(proposed, [events.progress]).proposal).toBeDefined();
  });

  it("is due on another day after an extension, a release, or when the person was asked and answered", () => {
    const informed = { ...events.informed, answerDue: "2026-12-03" };
    expect(after(start, [events.asked, informed]).answerDue).toBe("2026-12-03");
    expect(after(start, [events.quarantined, events.released]).answerDue).toBe("2026-12-04");
    const others = Object.values(events).filter(({ type }) => type !== "extended" && type !== "released");
    for (const event of others) expect(after(start, [event]).answerDue).toBe(start.answerDue);
  });

  it.each([
    ["closed_unconfirmed", "informed", "closed_unconfirmed"],
    ["closed_unconfirmed", "disputed", "disputed"],
    ["closed_unconfirmed", "confirmed", "closed_confirmed"],
    ["closed_no_reply", "informed", "in_progress"],
    ["closed_confirmed", "informed", "closed_confirmed"],
  ] as const)("%s and then %s is %s", (status, type, next) => {
    expect(after({ ...start, status }, [events[type] as Later]).status).toBe(next);
  });

  it("is closed by the person's word, by their silence, or as part of a flood alone", () => {
    const closing = Object.keys(events).filter((type) => isClosed(afterTypes(type as Later["type"]).status));
    expect(closing).toEqual(["confirmed", "closed", "withdrawn", "rejected"]);
  });

  it("needs no word of anybody to close praise that was answered", () => {
    const praise = file(filing({ kind: "praise" })).complaint;
    expect(after(praise, [events.answered]).status).toBe("closed_thanked");
  });

  it("is held in the protected lane by its custodian alone, late from then on only anew", () => {
    const complaint = afterTypes("escalated", "protected");
    expect(complaint).toMatchObject({ lane: "protected", holders: [INSPECTORATE], overdue: 0 });
    expect(complaint.escalatedTo).toEqual([]);
    expect(start.lane).toBe("usual");
  });

  it("cannot be filed twice", () => {
    expect(() => applyEvent("case-1", start, filed as ComplaintEvent)).toThrow(ComplaintError);
    expect(() => applyEvent("case-1", start, filed as ComplaintEvent)).toThrow(/case-1.*twice/);
  });

  it.each(Object.values(events))("cannot begin with $type", (event) => {
    expect(() => applyEvent("case-1", undefined, event)).toThrow(ComplaintError);
  });

  it("comes out the same when its stored events are read and folded again, whatever they are", () => {
    const histories = fc.array(fc.constantFrom<Later>(...Object.values(events)), { maxLength: 30 });
    fc.assert(
      fc.property(histories, (history) => {
        const complaint = after(start, history);
        const stored = JSON.parse(JSON.stringify(complaint.events)) as unknown[];
        let again: Complaint | undefined;
        for (const event of stored) again = applyEvent("case-1", again, ComplaintEvent.parse(event));
        expect(again).toEqual(complaint);
      }),
    );
  });

  it("keeps every event and what was filed, and its revision counts them", () => {
    const held = ["quarantined", "released", "objected"];
    const said = Object.values(events).filter(({ type }) => type !== "escalated" && !held.includes(type));
    const histories = fc.array(fc.constantFrom<Later>(...said), { maxLength: 30 });
    fc.assert(
      fc.property(histories, (history) => {
        const before = JSON.stringify(start);
        const complaint = after(start, history);
        expect(JSON.stringify(start)).toBe(before);
        expect(complaint.events).toEqual([filed, ...history]);
        expect(complaint.revision).toBe(history.length + 1);
        const { filing, route, trackingCode, conversation, filedAt } = start;
        expect(complaint).toMatchObject({ filing, route, trackingCode, conversation, filedAt });
        const due = history.findLast(({ type }) => type === "extended" || type === "protected");
        expect(complaint.answerDue).toBe(due?.type === "extended" ? events.extended.until : start.answerDue);
        const moved = history.findLast(
          ({ type }) => type === "transferred" || type === "disputed" || type === "protected",
        );
        const holders = moved ? (moved.type === "disputed" ? [CITY] : [INSPECTORATE]) : [COMMUNE];
        expect(complaint.holders).toEqual(holders);
      }),
    );
  });

  it("keeps one event alone when it is erased, the same whether folded on the case or read again", () => {
    const over = afterTypes("withdrawn");
    const erased = applyEvent("case-1", over, ERASED);
    expect(erased).toMatchObject({
      status: "erased",
      revision: 3,
      trackingCode: start.trackingCode,
      filing: { kind: "attitude", text: "" },
      holders: [],
      conversation: "",
    });
    expect(erased.events).toEqual([ERASED]);
    expect(applyEvent("case-1", undefined, ERASED)).toEqual(erased);
    expect(JSON.stringify(erased)).not.toContain(start.conversation);
    expect(isClosed(erased.status)).toBe(true);
  });

  it("is not erased while it is open, nor by a decision made before something else happened", () => {
    expect(() => applyEvent("case-1", afterTypes("acknowledged"), ERASED)).toThrow(ComplaintError);
    expect(() => applyEvent("case-1", afterTypes("withdrawn", "held"), ERASED)).toThrow(ComplaintError);
  });

  it("hides the person for harassment and money demands alone", () => {
    expect(ComplaintKind.options.filter(isProtected)).toEqual(["harassment", "bribe"]);
  });
});
