import { describe, expect, it } from "vitest";
import { advance } from "../../src/complaints/advance.ts";
import { waitsForHuman } from "../../src/complaints/clocks.ts";
import {
  type ClockName,
  type ClockStepName,
  type Complaint,
  type ComplaintEvent,
  type Filing,
  isClosed,
} from "../../src/complaints/complaint.ts";
import { erase } from "../../src/complaints/erase.ts";
import { protect } from "../../src/complaints/protect.ts";
import { COORDINATOR } from "../../src/complaints/route.ts";
import type { DeliveryState } from "../../src/messages/delivery.ts";
import { maySee, type Who } from "../../src/officials/access.ts";
import { type ListWish, listCases } from "../../src/officials/case-list.ts";
import { caseList, isOverdue } from "../../src/officials/cases.ts";
import { coordinationOf } from "../../src/officials/coordination.ts";
import { rowOf, viewOf } from "../../src/officials/desk.ts";
import { factsFor, figureTable } from "../../src/officials/figures.ts";
import { timeLine } from "../../src/officials/time-line.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import {
  after,
  CENTRE,
  CITY,
  COMMUNE,
  directory,
  file,
  filing,
  INSPECTORATE,
  NOW,
  PLACE,
  rules,
} from "../complaints/case.ts";
import { knowledge } from "../fixtures/real-knowledge.ts";

const at = NOW.toISOString();
const by = { agency: COMMUNE, via: "desk", person: "desk:one" } as const;
const officer: Who = { sender: "desk:one", agency: COMMUNE, role: "officer" };
const coordinator = { sender: "desk:c", agency: COORDINATOR, role: "coordinator" } as const;
const later = (days: number): Date => new Date(NOW.getTime() + days * 86_400_000);
const step = (clock: ClockName, name: ClockStepName) => ({ clock, step: name, round: 0 });
const { complaint } = file();

describe("a line of the list", () => {
  it("tells the days left, the day itself, the days late, and how far it was told up", () => {
    // Filed on Saturday 21 November, due on Monday 30 November at five: the 24th is a holiday.
    const seen = (days: number) => rowOf(complaint, officer, later(days), rules);
    expect(seen(0)).toMatchObject({ due: "30/11/2026", urgency: "calm", timing: "Còn 5 ngày làm việc" });
    expect(seen(8)).toMatchObject({ urgency: "soon", timing: "Còn 1 ngày làm việc" });
    expect(seen(9)).toMatchObject({ urgency: "soon", timing: "Hạn hôm nay", filters: ["todo", "all"] });
    expect(seen(9.4)).toMatchObject({ urgency: "late", timing: "Vừa quá hạn" });
    expect(seen(11)).toMatchObject({
      urgency: "late",
      timing: "Quá hạn 2 ngày làm việc",
      filters: ["todo", "overdue", "all"],
    });
    const up = after(complaint, [{ type: "escalated", at, ...step("answer", "superior"), to: [CITY] }]);
    expect(rowOf(up, officer, later(11), rules).timing).toBe("Quá hạn 2 ngày làm việc, đã báo cấp trên");
  });

  it("says nothing of the limit while only the person is waited for, and counts anew after a dispute", () => {
    const asked = after(complaint, [{ type: "asked", at, by, text: "?" }]);
    expect(rowOf(asked, officer, later(30), rules)).toMatchObject({
      urgency: "calm",
      timing: "",
      filters: ["waiting", "mine", "all"],
    });
    const disputedAt = later(9).toISOString();
    const disputed = after(complaint, [
      { type: "answered", at, by, text: "Xong" },
      { type: "disputed", at: disputedAt, reason: "Chưa", to: [COMMUNE] },
    ]);
    // Three working days to repair, although the first limit is over.
    expect(rowOf(disputed, officer, later(10), rules)).toMatchObject({
      due: "03/12/2026",
      timing: "Còn 2 ngày làm việc",
      urgency: "calm",
      filters: ["todo", "mine", "all"],
    });
    expect(rowOf(disputed, officer, later(14), rules).urgency).toBe("late");
  });
});

describe("the desk and the chat", () => {
  const disputed = after(complaint, [
    { type: "answered", at, by, text: "Xong" },
    { type: "disputed", at: later(9).toISOString(), reason: "Chưa", to: [COMMUNE] },
  ]);
  const asked = after(complaint, [{ type: "asked", at, by, text: "?" }]);

  it("tell the same day, and agree every hour on what is overdue: from when the office closes on that day", () => {
    for (const one of [complaint, disputed, asked])
      for (let hour = 0; hour < 24 * 20; hour++) {
        const now = later(hour / 24);
        const showing = { who: { ...officer, sender: "telegram:1" }, privately: false, now, rules } as const;
        const { due, filters, code } = rowOf(one, officer, now, rules);
        expect(caseList([one], "all", showing).text).toContain(due);
        expect(caseList([one], "overdue", showing).text.includes(code), now.toISOString()).toBe(
          filters.includes("overdue"),
        );
      }
    const evening = new Date("2026-11-30T11:30:00Z");
    expect([isOverdue(complaint, evening, rules), isOverdue(complaint, later(9), rules)]).toEqual([
      true,
      false,
    ]);
  });
});

describe("the list", () => {
  const many = Array.from({ length: 450 }, (_, index) => ({
    ...complaint,
    trackingCode: `MC-${String(index).padStart(4, "0")}-0000-0000`,
  }));
  const list = (more: Partial<ListWish>, who = officer) =>
    listCases(many, who, { filter: "all", typed: "", after: 0, ...more }, later(9.4), rules);

  it("comes in pages that hold every case once, and counts all of them", () => {
    const pages = [0, 200, 400].map((after) => list({ after }));
    expect(pages.map(({ cases, total }) => [cases.length, total])).toEqual([
      [200, 450],
      [200, 450],
      [50, 450],
    ]);
    expect(new Set(pages.flatMap(({ cases }) => cases.map(({ code }) => code))).size).toBe(450);
    expect(list({ after: 450 }).cases).toEqual([]);
    const counts = Object.fromEntries(list({}).filters.map(({ id, count }) => [id, count]));
    expect(counts).toEqual({ all: 450, todo: 450, overdue: 450, waiting: 0, answered: 0, mine: 0 });
    expect(list({ filter: "waiting" })).toMatchObject({ cases: [], total: 0 });
  });

  it("is searched by code or words with or without accents, and holds nothing that may not be seen", () => {
    expect(list({ typed: "mc-0007" }).cases.map(({ code }) => code)).toEqual(["MC-0007-0000-0000"]);
    expect(list({ typed: "trung tam nui thanh" }).total).toBe(450);
    expect(list({ typed: "Núi Thành đà lạt" }).total).toBe(0);
    expect(list({}, { ...officer, agency: CENTRE })).toMatchObject({ cases: [], total: 0 });
  });
});

describe("one case at the desk", () => {
  const PERSON = { name: "Nguyễn Thị Lan", phone: "0901234567" };
  const view = (who = officer, told: Partial<Filing> = {}) =>
    viewOf(file(filing(told)).complaint, PERSON, who, NOW, rules);

  it("shows what the agency was told, and the person's name only to those whom the person let have it", () => {
    expect(view(officer, { named: true }).facts).toContain("Nguyễn Thị Lan, 0901234567");
    const handedOn = after(file(filing({ named: true })).complaint, [
      { type: "transferred", at, by, to: INSPECTORATE, reason: "Đúng nơi" },
    ]);
    const other = { ...officer, agency: INSPECTORATE };
    const seen = JSON.stringify(viewOf(handedOn, PERSON, other, NOW, rules));
    expect(seen).toContain("giấu tên");
    expect(seen).not.toMatch(/Lan|0901234567|web:session/);
  });

  it("offers only what can be done, and the templates of its kind with its own facts", () => {
    expect(view().deeds).toEqual([
      "acknowledge",
      "answer",
      "ask",
      "progress",
      "extend",
      "transfer",
      "ask-identity",
    ]);
    const { templates, code } = view();
    expect(templates.map(({ id }) => id)).toContain("thai-do");
    expect(templates.map(({ id }) => id)).not.toContain("doi-tien");
    expect(JSON.stringify(templates)).not.toMatch(/\{\w+\}/);
    expect(JSON.stringify(templates)).toContain(code);
    const procedure = { code: "1.001193", name: "Đăng ký khai sinh" };
    const late = JSON.stringify(view(officer, { kind: "late", procedure, dossierCode: "H17.1" }).templates);
    expect(late).toContain("thủ tục “Đăng ký khai sinh”");
    expect(late).toContain("Hồ sơ mã H17.1");
    const closed = after(complaint, [
      { type: "answered", at, by, text: "Xong" },
      { type: "confirmed", at },
    ]);
    expect(viewOf(closed, undefined, officer, NOW, rules)).toMatchObject({
      deeds: [],
      templates: [],
    });
  });
});

describe("the time line", () => {
  it("tells every kind of event in a sentence, without who wrote it from where", () => {
    const events: readonly ComplaintEvent[] = [
      ...complaint.events,
      { type: "delivered", at, agency: COMMUNE },
      { type: "undeliverable", at, agency: COMMUNE, problem: "503" },
      { type: "acknowledged", at, by },
      { type: "progress", at, by, text: "Đang xem" },
      { type: "asked", at, by, text: "Quầy nào?" },
      { type: "informed", at, text: "Quầy 3", answerDue: "2026-12-02" },
      { type: "transferred", at, by, to: CITY, reason: "Đúng nơi" },
      { type: "extended", at, by, until: "2026-12-04", reason: "Cần thêm" },
      { type: "answered", at, by, text: "Xong" },
      { type: "disputed", at, reason: "Chưa", to: [CITY] },
      { type: "reminded", at, ...step("answer", "remind-1") },
      { type: "reminded", at, ...step("answer", "overdue") },
      { type: "reminded", at, ...step("confirm", "remind-1") },
      { type: "escalated", at, ...step("answer", "superior"), to: [CITY] },
      { type: "escalated", at, ...step("answer", "next-level"), to: [] },
      { type: "confirmed", at },
      { type: "closed", at, ...step("confirm", "close"), reason: "unconfirmed" },
    ];
    const told = timeLine(events, directory);
    expect(told.map(({ what }) => what)).toEqual([
      "Người dân gửi phản ánh, giao Ủy ban nhân dân xã Núi Thành",
      "Đã đến Ủy ban nhân dân xã Núi Thành",
      "Chưa gửi được đến Ủy ban nhân dân xã Núi Thành",
      "Ủy ban nhân dân xã Núi Thành tiếp nhận",
      "Ủy ban nhân dân xã Núi Thành báo tiến độ",
      "Ủy ban nhân dân xã Núi Thành hỏi người dân",
      "Người dân viết thêm; hạn trả lời lùi đến 02/12/2026",
      "Ủy ban nhân dân xã Núi Thành chuyển đến Ủy ban nhân dân thành phố Đà Nẵng",
      "Ủy ban nhân dân xã Núi Thành gia hạn đến 04/12/2026",
      "Ủy ban nhân dân xã Núi Thành trả lời",
      "Người dân báo chưa giải quyết, giao Ủy ban nhân dân thành phố Đà Nẵng",
      "Đã nhắc hạn trả lời",
      "Đã quá hạn trả lời, đã nhắc",
      "Đã nhắc người dân",
      "Báo Ủy ban nhân dân thành phố Đà Nẵng cùng giải quyết",
      "Không còn cấp trên nào để báo, chờ người điều phối",
      "Người dân xác nhận đã giải quyết",
      "Đóng vì người dân không xác nhận",
    ]);
    expect(JSON.stringify(told)).not.toMatch(/desk:one|web:session/);
  });
});

describe("what waits for the coordinator", () => {
  const sections = (events: readonly ComplaintEvent[], told: Partial<Filing> = {}) => {
    const one = after(file(filing(told)).complaint, events);
    return coordinationOf([one], [], coordinator, rules).filter(({ rows }) => rows.length > 0);
  };
  const ids = (...given: Parameters<typeof sections>) => sections(...given).map(({ id }) => id);

  it("is told apart: no route, a conflict, an answer that the person does not accept, not delivered, neglected by all", () => {
    expect(ids([])).toEqual([]);
    expect(ids([], { about: { name: "cán bộ" } })).toEqual(["unrouted"]);
    // Above the city's committee the directory knows nobody.
    expect(ids([], { about: { id: CITY, name: "UBND thành phố" } })).toEqual(["conflicts"]);
    const answered = { type: "answered", at, by, text: "Xong" } as const;
    const disputed: ComplaintEvent = { type: "disputed", at, reason: "Chưa", to: [COORDINATOR] };
    expect(ids([answered, disputed])).toEqual(["disputed"]);
    const failed = { type: "undeliverable", at, agency: COMMUNE, problem: "503" } as const;
    expect(ids([failed])).toEqual(["undelivered"]);
    const called: ComplaintEvent = {
      type: "escalated",
      at,
      ...step("delivery", "coordinator"),
      to: [COORDINATOR],
    };
    expect(ids([failed, called])).toEqual(["undelivered"]);
    const late: ComplaintEvent = {
      type: "escalated",
      at,
      ...step("answer", "next-level"),
      to: [COORDINATOR],
    };
    expect(ids([late])).toEqual(["neglected"]);
    expect(ids([late, answered])).toEqual([]);
    const handed = { type: "transferred", at, by, to: COORDINATOR, reason: "Không biết nơi nào" } as const;
    expect(ids([handed])).toEqual(["unrouted"]);
  });

  it("shows what is held back, one line for those of the very same text, until it is decided on", () => {
    const held: ComplaintEvent = { type: "quarantined", at, suspicion: "words", lane: "coordinator" };
    const one = after(file().complaint, [held]);
    const other = { ...one, id: "case-2", trackingCode: "MC-2" };
    const rowsFor = (cases: readonly Complaint[], who = coordinator) =>
      coordinationOf(cases, [], who, rules).find(({ id }) => id === "quarantined")?.rows;
    expect(rowsFor([one, other])).toMatchObject([
      {
        code: one.trackingCode,
        opens: true,
        detail: "tự chuyển sau ngày 25/11/2026; còn 1 phản ánh cùng nội dung",
      },
    ]);
    expect(viewOf(one, undefined, coordinator, NOW, rules).deeds).toEqual(["release", "reject"]);
    // Not for the agency that it would go to, nor for a coordinator of the unit complained about.
    expect(maySee(one, officer, rules)).toBe(false);
    expect(maySee(one, { ...coordinator, agency: CENTRE }, rules)).toBe(false);
    const decided = { agency: COORDINATOR, via: "desk", person: coordinator.sender } as const;
    const rejected: ComplaintEvent = { type: "rejected", at, by: decided, reason: "Trùng" };
    expect(rowsFor([after(one, [rejected])])).toEqual([]);
    // Whoever rejected it does not decide on the objection.
    expect(
      viewOf(after(one, [rejected, { type: "objected", at }]), undefined, coordinator, NOW, rules).deeds,
    ).toEqual([]);
  });

  it("names nothing of a protected case that others hold", () => {
    const late: ComplaintEvent = { type: "escalated", at, ...step("answer", "next-level"), to: [] };
    const [section] = sections([late], { kind: "bribe" });
    expect(section).toMatchObject({
      id: "neglected",
      rows: [{ opens: false, what: "Vụ cần giữ kín", detail: knowledge.agencies.get(INSPECTORATE)?.name }],
    });
    expect(JSON.stringify(section)).not.toContain("Trung tâm");
  });

  it("is nothing of a case whose end they were told when it was taken out of their sight, nor of one about them", () => {
    const up: ComplaintEvent = { type: "escalated", at, ...step("answer", "next-level"), to: [] };
    const known = after(complaint, [{ type: "delivered", at, agency: COORDINATOR }]);
    const taken = after(known, [...protect(known, "Họ dọa tôi", NOW, rules).events, up]);
    const { place: _nowhere, ...told } = filing({ about: { id: COORDINATOR, name: "Điều phối viên" } });
    const state: DeliveryState = {
      delivery: {
        id: "d",
        complaint: complaint.id,
        to: { kind: "agency", agency: INSPECTORATE, contact: "none" },
        content: { kind: "person", text: "", choices: [] },
      },
      status: "dead",
      attempts: 1,
      createdAt: at,
    };
    for (const one of [taken, after(file(told).complaint, [up])]) {
      const shown = coordinationOf([one], [[state, one]], coordinator, rules);
      expect(shown.flatMap(({ rows }) => rows)).toEqual([]);
      expect(waitsForHuman(one)).toBe(true);
    }
  });

  it("lists deliveries that are stuck, by recipient and never by address", () => {
    const delivery = (to: DeliveryState["delivery"]["to"]): DeliveryState => ({
      delivery: {
        id: "d",
        complaint: complaint.id,
        to,
        content: { kind: "person", text: "kín", choices: [] },
      },
      status: "dead",
      attempts: 24,
      createdAt: at,
      problem: "no contact in the contacts file",
    });
    const stuck = [
      delivery({ kind: "agency", agency: COMMUNE, contact: "webhook:http://secret" }),
      delivery({ kind: "email" }),
    ].map((state) => [state, complaint] as const);
    const section = coordinationOf([], stuck, coordinator, rules).find(({ id }) => id === "stuck");
    expect(section?.rows.map(({ what }) => what)).toEqual(["Ủy ban nhân dân xã Núi Thành", "người dân"]);
    expect(section?.rows[0]).toMatchObject({
      opens: false,
      since: "từ 21/11/2026",
      detail: "đã thử 24 lần: chưa có cách liên lạc trong danh bạ",
    });
    expect(JSON.stringify(section)).not.toMatch(/secret|kín/);
  });
});

describe("figures", () => {
  const answered = { type: "answered", at, by, text: "Xong" } as const;
  const late = { type: "reminded", at, ...step("answer", "overdue") } as const;
  const silent = { type: "closed", at, ...step("confirm", "close"), reason: "unconfirmed" } as const;
  const praise = file(filing({ kind: "praise" })).complaint;
  const lives = [
    ...[
      [],
      [late],
      [{ type: "asked", at, by, text: "?" } as const],
      [answered],
      [answered, { type: "confirmed", at } as const],
      [late, answered, silent],
      [{ type: "withdrawn", at } as const],
    ].map((events: readonly ComplaintEvent[]) => after(complaint, events)),
    after(praise, [{ type: "answered", at, by: { ...by, agency: CENTRE }, text: "Cảm ơn" }]),
    file(filing({ about: { id: COMMUNE, name: "UBND xã" } })).complaint,
    // Taken from who had answered it: it counts no more there.
    after(file(filing({ kind: "other" })).complaint, [
      answered,
      { type: "protected", at, to: [INSPECTORATE], seen: [COMMUNE], answerDue: "2026-12-05" },
      { type: "withdrawn", at },
    ]),
  ];
  const tableOf = (agency: string, cases: readonly Complaint[]) =>
    figureTable(cases.flatMap((one) => factsFor(agency, one, "2026-11-22", rules.workingTime) ?? []));
  const counted = (agency: string, cases = lives) => {
    const { columns, rows } = tableOf(agency, cases);
    return rows.map(({ kind, counts }) => [
      kind,
      Object.fromEntries(columns.flatMap((label, index) => (counts[index] ? [[label, counts[index]]] : []))),
    ]);
  };

  it("count what an agency holds, by kind and where it stands, as the operator's report does", () => {
    expect(counted(COMMUNE)).toEqual([
      [
        "Thái độ phục vụ",
        {
          Nhận: 7,
          "Trả lời đúng hạn": 2,
          "Trả lời trễ": 1,
          "Quá hạn chưa trả lời": 1,
          "Đang giải quyết": 3,
          "Đã trả lời, chờ xác nhận": 1,
          "Người dân xác nhận xong": 1,
          "Đóng, chưa xác nhận": 1,
          "Người dân rút": 1,
        },
      ],
    ]);
    expect(counted(CENTRE)).toEqual([
      ["Khen ngợi", { Nhận: 1, "Trả lời đúng hạn": 1, "Lời khen đã chuyển": 1 }],
    ]);
  });

  it("count a case taken into the protected lane for its custodian alone", () => {
    expect(counted(INSPECTORATE)).toEqual([
      ["Việc khác", { Nhận: 1, "Trả lời đúng hạn": 1, "Người dân rút": 1 }],
    ]);
  });

  it("are the same after cases were erased", () => {
    const erased = lives.map((one) =>
      isClosed(one.status) ? after(one, erase(one, "request", NOW, rules).events) : one,
    );
    expect(erased.filter(({ status }) => status === "erased")).toHaveLength(5);
    for (const agency of [COMMUNE, CENTRE, CITY, INSPECTORATE])
      expect(counted(agency, erased)).toEqual(counted(agency));
  });
});

describe("the unit complained about", () => {
  it("never sees a case about it or about what is above it, for every agency of a province, whatever the clocks do", () => {
    const units = [...knowledge.agencies.values()].filter(({ id }) => id.endsWith("da-nang"));
    expect(units.length).toBeGreaterThan(100);
    for (const { id, name, area = PLACE.code } of units) {
      const place = { code: area, name: "nơi xảy ra" };
      let one = file(filing({ about: { id, name }, place })).complaint;
      for (let day = 1; day < 40; day += 3) {
        const next = advance(one, later(day), rules, vietnamese);
        if (next) one = after(one, next.events);
        for (const role of ["officer", "head", "coordinator", "custodian"] as const)
          expect(maySee(one, { sender: "desk:x", agency: id, role }, rules), `${id} ${role}`).toBe(false);
      }
    }
    expect(maySee(complaint, { ...officer, agency: CENTRE }, rules)).toBe(false);
  });
});
