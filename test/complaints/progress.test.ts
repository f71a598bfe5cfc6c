import { describe, expect, it } from "vitest";
import { advance } from "../../src/complaints/advance.ts";
import { type AnswerForm, composeAnswer } from "../../src/complaints/answer-form.ts";
import type { Actor, Complaint, ComplaintEvent } from "../../src/complaints/complaint.ts";
import { consent } from "../../src/complaints/consent.ts";
import { handles } from "../../src/complaints/handles.ts";
import {
  type Act,
  act,
  confirm,
  dispute,
  inform,
  noteDelivered,
  noteUndeliverable,
  type Refusal,
  type Refused,
} from "../../src/complaints/progress.ts";
import { protect } from "../../src/complaints/protect.ts";
import { templatesFor } from "../../src/complaints/reply-templates.ts";
import { COORDINATOR } from "../../src/complaints/route.ts";
import { type Step, waysOpen } from "../../src/complaints/tell.ts";
import { withdraw } from "../../src/complaints/withdraw.ts";
import { type Delivery, openNotice } from "../../src/messages/delivery.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { officialText } from "../../src/wording/official.ts";
import {
  after,
  CENTRE,
  CITY,
  CITY_POLICE,
  COMMUNE,
  COMMUNE_POLICE,
  directory,
  file,
  filing,
  INSPECTORATE,
  NOW,
  noticesOf,
  rules,
  toldOf,
} from "./case.ts";

const { notices } = vietnamese;
const AT = NOW.toISOString();
const CODE = "MC-7K4P-29QX-84MT";
const DUE = "2026-11-30";

const person = (agency: string): Actor => ({ agency, via: "chat" });
const nameOf = (id: string): string => directory.agencies.get(id)?.name ?? "";
const decide = (complaint: Complaint, by: string, deed: Act, now = NOW): Step | Refused =>
  act(complaint, person(by), deed, now, rules, vietnamese);
const first = (refused: Refusal, by: string): Refused => ({ refused, last: { agency: nameOf(by), at: AT } });

function done(
  complaint: Complaint,
  by: string,
  deed: Act,
  now = NOW,
): Step & { readonly complaint: Complaint } {
  const step = decide(complaint, by, deed, now);
  if ("refused" in step) throw new Error(`refused: ${step.refused}`);
  return { ...step, complaint: after(complaint, step.events) };
}

/** About the centre of xã Núi Thành; held by the commune's committee. */
const filed = file().complaint;
const answered = done(filed, COMMUNE, { action: "answer", text: "Đã nhắc nhở" }).complaint;
const closed = after(answered, [{ type: "confirmed", at: AT }]);

const ACTS: readonly Act[] = [
  { action: "acknowledge" },
  { action: "progress", text: "Đang xác minh" },
  { action: "ask", text: "Quầy số mấy?" },
  { action: "answer", text: "Đã nhắc nhở" },
  { action: "transfer", to: CITY, text: "Đúng thẩm quyền" },
  { action: "extend", until: "2026-12-07", text: "Phải xác minh thêm" },
];

describe("an official's act", () => {
  it.each(ACTS)(
    "$action is open to the agency that must answer and to the coordinator, and to nobody else",
    (deed) => {
      for (const by of [COMMUNE, COORDINATOR]) expect(decide(filed, by, deed), by).toHaveProperty("events");
      for (const by of [CENTRE, CITY, CITY_POLICE, COMMUNE_POLICE, INSPECTORATE, "no-such-agency", ""])
        expect(decide(filed, by, deed), by).toEqual({ refused: "not-yours" });
    },
  );

  it.each(ACTS)("$action is over once the case was transferred, and is the new agency's", (deed) => {
    const moved = done(filed, COMMUNE, {
      action: "transfer",
      to: INSPECTORATE,
      text: "Đúng thẩm quyền",
    }).complaint;
    expect(decide(moved, COMMUNE, deed)).toEqual(first("handed-on", COMMUNE));
    expect(decide(moved, INSPECTORATE, deed)).toHaveProperty("events");
  });

  it.each(ACTS)("$action is refused when the case is closed, to the coordinator too", (deed) => {
    for (const by of [COMMUNE, COORDINATOR]) expect(decide(closed, by, deed)).toEqual({ refused: "closed" });
  });

  it.each(ACTS)(
    "$action is refused while the person has an answer to judge, and open again when it is disputed",
    (deed) => {
      expect(decide(answered, COMMUNE, deed)).toEqual(first("already-answered", COMMUNE));
      const disputed = after(answered, dispute(answered, "Vẫn quát", NOW, rules).events);
      expect(decide(disputed, COMMUNE, deed)).toHaveProperty("events");
    },
  );

  it.each(ACTS.filter((deed) => "text" in deed))(
    "$action says something to the person: blanks are refused",
    (deed) => {
      for (const text of ["", "  \n\t "])
        expect(decide(filed, COMMUNE, { ...deed, text })).toEqual({ refused: "empty" });
    },
  );

  it("answers with words: a few letters are refused, whatever they are", () => {
    for (const text of ["ok", "Xong", "1234567890", "......"])
      expect(decide(filed, COMMUNE, { action: "answer", text })).toEqual({ refused: "too-short" });
    expect(decide(filed, COMMUNE, { action: "answer", text: "Đã xử lý" })).toHaveProperty("events");
  });

  it("answers with words of its own: headings of parts count for nothing, and each part that is needed says something", () => {
    const answer = (form: AnswerForm) =>
      decide(filed, COMMUNE, { action: "answer", text: composeAnswer(form) });
    for (const form of [
      { found: "a", done: "b" },
      { found: "…", done: "Đã xin lỗi, trả kết quả" },
      { found: "Cán bộ có quát dân", done: "1." },
      { found: "ok", done: "xg", next: "." },
    ])
      expect(answer(form)).toEqual({ refused: "too-short" });
    expect(answer({ found: "Có\n", done: "\nĐã nhắc nhở" })).toHaveProperty("events");
  });

  it.each(ACTS.filter((deed) => "text" in deed))(
    "$action tells the person nothing while a place of a template is left to fill in",
    (deed) => {
      const refused = (text: string) => decide(filed, COMMUNE, { ...deed, text });
      const left = (blank: string) => ({ refused: "blank-left", blank });
      expect(refused("Hồ sơ trễ do [điền: nguyên nhân]. Xin lỗi.")).toEqual(left("[điền: nguyên nhân]"));
      expect(refused("Hồ sơ trễ do [Điền : lý do".normalize("NFD"))).toEqual(left("[Điền : lý do"));
      expect(refused("Đã xử lý, mời bà [điềm tĩnh] chờ")).not.toHaveProperty("blank");
    },
  );

  it("nor in an apology for more time", () => {
    const deed = { action: "extend", until: "2026-12-01", text: "Chờ xác minh" } as const;
    expect(decide(filed, COMMUNE, { ...deed, apology: "Xin lỗi [điền: tên]" })).toEqual({
      refused: "blank-left",
      blank: "[điền: tên]",
    });
  });

  it("does not answer with a template word for word, by whatever way it comes", () => {
    const praised = file(filing({ kind: "praise" })).complaint;
    const template = templatesFor(praised, CENTRE, rules).find(({ id }) => id === "khen");
    const parts = template && "parts" in template ? template.parts : {};
    for (const form of [parts, { ...parts, done: parts.done?.toUpperCase().replaceAll(" ", "  ") ?? "" }])
      expect(decide(praised, CENTRE, { action: "answer", text: composeAnswer(form) })).toEqual({
        refused: "template-only",
      });
    const own = composeAnswer({ ...parts, next: "Chị Lan gửi lời cảm ơn." });
    expect(decide(praised, CENTRE, { action: "answer", text: own })).toHaveProperty("events");
  });

  it("acknowledging is done once by each agency", () => {
    const known = done(filed, COMMUNE, { action: "acknowledge" }).complaint;
    expect(decide(known, COMMUNE, { action: "acknowledge" })).toEqual(first("already-acknowledged", COMMUNE));
    const moved = done(known, COMMUNE, { action: "transfer", to: CITY, text: "Đúng thẩm quyền" }).complaint;
    expect(decide(moved, CITY, { action: "acknowledge" })).toHaveProperty("events");
  });

  it.each<readonly [Act, string]>([
    [{ action: "acknowledge" }, notices.acknowledged(CODE, nameOf(COMMUNE), vietnamese.day(DUE))],
    [{ action: "progress", text: "Đang xác minh" }, notices.progress(CODE, nameOf(COMMUNE), "Đang xác minh")],
    [{ action: "ask", text: "Quầy nào?" }, notices.asked(CODE, nameOf(COMMUNE), "Quầy nào?")],
    [{ action: "answer", text: "Đã nhắc" }, notices.answered(CODE, nameOf(COMMUNE), "Đã nhắc")],
    [{ action: "transfer", to: CITY, text: "Lý do" }, notices.transferred(CODE, nameOf(CITY), "Lý do")],
    [
      { action: "extend", until: "2026-12-07", text: "Lý do", apology: "Mong bà thông cảm" },
      notices.extended(CODE, nameOf(COMMUNE), vietnamese.day("2026-12-07"), "Lý do", "Mong bà thông cảm"),
    ],
  ])("tells the person who did what: %j", (deed, text) => {
    expect(toldOf(done(filed, COMMUNE, deed))).toEqual([text]);
  });

  it("reaches the chat that filed, and the address for notices where one was left", () => {
    const { complaint } = file(filing(), true);
    const { deliveries } = done(complaint, COMMUNE, { action: "answer", text: "Đã nhắc" });
    expect(deliveries.map(({ to }) => to)).toEqual([
      { kind: "chat", conversation: complaint.conversation },
      { kind: "email" },
    ]);
    expect(new Set(deliveries.map(({ id }) => id)).size).toBe(2);
  });

  it("gives the person buttons: solved or not after an answer, a reply after a question", () => {
    const buttons = (deed: Act): string[][] =>
      done(filed, COMMUNE, deed).deliveries.map(({ content }) =>
        content.kind === "person" ? content.choices.map(({ id }) => id) : [],
      );
    expect(buttons({ action: "answer", text: "Đã nhắc" })).toEqual([["c:yes:case-1", "c:no:case-1"]]);
    expect(buttons({ action: "ask", text: "Quầy nào?" })).toEqual([["c:info:case-1"]]);
    expect(buttons({ action: "progress", text: "Đang xem" })).toEqual([[]]);
  });

  it("makes promises that are never mistaken for those of another event of the case", () => {
    const { complaint, deliveries } = file(filing(), true);
    const first = done(complaint, COMMUNE, { action: "progress", text: "Một" });
    const second = done(first.complaint, COMMUNE, { action: "progress", text: "Một" });
    const third = done(second.complaint, COMMUNE, { action: "transfer", to: CITY, text: "Lý do" });
    const ids = [deliveries, first.deliveries, second.deliveries, third.deliveries]
      .flat()
      .map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("a transfer", () => {
  const to = (agency: string, complaint = filed): Step | Refused =>
    decide(complaint, complaint.holders[0] ?? "", {
      action: "transfer",
      to: agency,
      text: "Đúng thẩm quyền",
    });

  it("makes the new agency answer, by the same day, and tells it what was filed", () => {
    const step = done(filed, COMMUNE, { action: "transfer", to: INSPECTORATE, text: "Đúng thẩm quyền" });
    expect(step.complaint).toMatchObject({ holders: [INSPECTORATE], answerDue: DUE, status: "registered" });
    expect(noticesOf(step)).toMatchObject([
      { event: "transferred", case: CODE, agency: { id: INSPECTORATE }, text: filing().text, due: DUE },
    ]);
  });

  it("never goes to the accused, nor to anything below it: every agency of the directory", () => {
    // About the commune's committee, held by the city's: the centre answers to the accused.
    const aboutCommune = file(filing({ about: { id: COMMUNE, name: nameOf(COMMUNE) } })).complaint;
    expect(aboutCommune.holders).toEqual([CITY]);
    const refused = (complaint: Complaint, refusal: Refusal): string[] =>
      [...directory.agencies.keys()].filter((agency) => {
        const step = to(agency, complaint);
        return "refused" in step && step.refused === refusal;
      });
    expect(refused(aboutCommune, "to-accused").toSorted()).toEqual([CENTRE, COMMUNE].toSorted());
    expect(refused(filed, "to-accused")).toEqual([CENTRE]);
    expect(refused(filed, "back")).toEqual([COMMUNE]);
  });

  it("never goes to the accused when the person only named it, nor when it is the one that handles the procedure", () => {
    const { about: _, ...nobody } = filing();
    const named = file({ ...nobody, about: { name: "Công an xã Núi Thành" } }).complaint;
    expect(to(COMMUNE_POLICE, named)).toEqual({ refused: "to-accused" });
    const handled = file({ ...nobody, kind: "late", agencyKind: "commune-committee" }).complaint;
    expect(to(COMMUNE, handled)).toEqual({ refused: "to-accused" });
    expect(to(CENTRE, handled)).toEqual({ refused: "to-accused" });
  });

  it("of a case whose accused is known by its kind alone never goes to any of that kind", () => {
    const { about: _, place: __, ...nowhere } = filing();
    const vague = file({ ...nowhere, about: { name: "công an phường" } }).complaint;
    expect(vague.holders).toEqual([COORDINATOR]);
    expect(to(COMMUNE_POLICE, vague)).toEqual({ refused: "to-accused" });
    expect(to(CITY_POLICE, vague)).toHaveProperty("events");
  });

  it("of praise may go to the praised", () => {
    const praise = file(filing({ kind: "praise" })).complaint;
    expect(praise.holders).toEqual([CENTRE]);
    expect(to(COMMUNE, praise)).toHaveProperty("events");
  });

  it("does not go back to who has held the case, so that it cannot wander between two", () => {
    const moved = done(filed, COMMUNE, { action: "transfer", to: CITY, text: "Thuộc thành phố" }).complaint;
    expect(moved.holders).toEqual([CITY]);
    expect(
      act(
        moved,
        { agency: CITY, via: "webhook" },
        { action: "transfer", to: COMMUNE, text: "x" },
        NOW,
        rules,
        vietnamese,
      ),
    ).toEqual({
      refused: "back",
    });
  });

  it("goes to agencies of the directory alone", () => {
    for (const agency of ["", "no-such-agency", "UBND xã Núi Thành"])
      expect(to(agency)).toEqual({ refused: "unknown-agency" });
  });
});

describe("more time to answer", () => {
  const until = (day: string, complaint = filed, now = NOW): Step | Refused =>
    decide(complaint, COMMUNE, { action: "extend", until: day, text: "Phải xác minh thêm" }, now);

  it("moves the day of the answer", () => {
    expect(
      done(filed, COMMUNE, { action: "extend", until: "2026-12-01", text: "Lý do" }).complaint.answerDue,
    ).toBe("2026-12-01");
  });

  it("is given once by an officer, even after a transfer and to the coordinator", () => {
    const later = done(filed, COMMUNE, { action: "extend", until: "2026-12-07", text: "Lý do" }).complaint;
    expect(until("2026-12-10", later)).toEqual(first("extended-once", COMMUNE));
    const moved = done(later, COMMUNE, { action: "transfer", to: CITY, text: "Lý do" }).complaint;
    const again = { action: "extend", until: "2026-12-10", text: "Lý do" } as const;
    for (const by of [CITY, COORDINATOR])
      expect(decide(moved, by, again)).toEqual(first("extended-once", COMMUNE));
  });

  it("is given a second time by the head alone, and never a third", () => {
    let complaint = done(filed, COMMUNE, { action: "extend", until: "2026-12-07", text: "Lý do" }).complaint;
    const head: Actor = { ...person(COMMUNE), role: "head" };
    const by = (actor: Actor, day: string): Step | Refused =>
      act(complaint, actor, { action: "extend", until: day, text: "Lý do" }, NOW, rules, vietnamese);
    for (const role of ["officer", "coordinator", "custodian"] as const)
      expect(by({ ...head, role }, "2026-12-10")).toMatchObject({ refused: "extended-once" });
    const step = by(head, "2026-12-10");
    if ("refused" in step) throw new Error(step.refused);
    complaint = after(complaint, step.events);
    expect(complaint.answerDue).toBe("2026-12-10");
    expect(by(head, "2026-12-14")).toEqual(first("extended-twice", COMMUNE));
  });

  it("is at most as long as the first limit: five working days after the day of the answer, or after today", () => {
    expect(until("2026-12-07")).toHaveProperty("events");
    expect(until("2026-12-08")).toEqual({ refused: "too-far", latest: "2026-12-07" });
    const late = new Date("2026-12-10T02:00:00Z");
    expect(until("2026-12-17", filed, late)).toHaveProperty("events");
    expect(until("2026-12-18", filed, late)).toEqual({ refused: "too-far", latest: "2026-12-17" });
  });

  it("leaves a case late whose day had passed", () => {
    const late = new Date("2026-12-01T02:00:00Z");
    const { complaint } = done(
      filed,
      COMMUNE,
      { action: "extend", until: "2026-12-07", text: "Lý do" },
      late,
    );
    expect(complaint).toMatchObject({ lateSince: "2026-11-30", answerDue: "2026-12-07" });
  });

  it.each([
    "2026-11-30",
    "2026-11-29",
    "2025-12-15",
    "2026-11-31",
    "2026-02-30",
    "2026-13-01",
    "15/12/2026",
    "2026-12-1",
    "mai",
    "",
  ])("is refused until “%s”: not after the old day, or no day", (day) => {
    expect(until(day)).toEqual({ refused: "past-day" });
  });

  it("lies in the future of Viet Nam, not of Greenwich", () => {
    // Already 16 December in Viet Nam.
    const night = new Date("2026-12-15T18:00:00Z");
    expect(until("2026-12-16", filed, night)).toEqual({ refused: "past-day" });
    expect(until("2026-12-17", filed, night)).toHaveProperty("events");
  });
});

describe("the person's word on the answer", () => {
  it("solved closes the case and tells those who held it", () => {
    const step = confirm(answered, NOW, rules);
    expect(after(answered, step.events).status).toBe("closed_confirmed");
    expect(noticesOf(step)).toMatchObject([{ event: "closed", agency: { id: COMMUNE } }]);
  });

  it("not solved goes back to the same agency first, one level up from then on, and at last to the coordinator", () => {
    const path: (readonly string[])[] = [];
    let complaint = answered;
    for (let count = 0; count < 4; count++) {
      const step = dispute(complaint, "Vẫn quát", NOW, rules);
      complaint = after(complaint, step.events);
      expect(complaint).toMatchObject({ status: "disputed", holders: step.to });
      expect(noticesOf(step).filter(({ event }) => event !== "moved")).toMatchObject([
        { event: "disputed", text: "Vẫn quát", agency: { id: step.to[0] } },
      ]);
      path.push(step.to);
      complaint = done(complaint, step.to[0] ?? "", { action: "answer", text: "Vẫn thế" }).complaint;
    }
    expect(path).toEqual([[COMMUNE], [CITY], [COORDINATOR], [COORDINATOR]]);
  });

  it("not solved never climbs into the hands of the accused: every unit of the directory", () => {
    const faults: string[] = [];
    for (const agency of directory.agencies.values()) {
      if (agency.id === COORDINATOR) continue;
      const about = { id: agency.id, name: agency.name };
      let { complaint } = file(filing({ about, kind: "bribe" }));
      for (let count = 0; count < 4; count++) {
        const { events, to } = dispute(complaint, "Chưa xong", NOW, rules);
        complaint = after(complaint, events);
        if (to.length === 0 || to.includes(agency.id)) faults.push(`${agency.id}: ${to.join()}`);
      }
    }
    expect(faults).toEqual([]);
  });

  it("an answer to the agency's question reaches it word by word", () => {
    const asked = done(filed, COMMUNE, { action: "ask", text: "Quầy nào?" }).complaint;
    const step = inform(asked, "Quầy số 3", NOW, rules);
    expect(after(asked, step.events).status).toBe("in_progress");
    expect(noticesOf(step)).toMatchObject([
      { event: "information", text: "Quầy số 3", agency: { id: COMMUNE } },
    ]);
  });
});

describe("a letter to the person", () => {
  const letters = (of: Complaint, deed: Act): unknown[] => {
    const step = decide({ ...of, mailed: true }, of.holders[0] ?? "", deed);
    return "refused" in step
      ? []
      : step.deliveries.flatMap(({ to, content }) => (to.kind === "email" ? [content] : []));
  };

  it("says where to answer, for a letter is not answered, and names the case in its subject", () => {
    const [letter] = letters(filed, { action: "ask", text: "Quầy nào?" });
    expect(letter).toMatchObject({ code: CODE, text: expect.stringContaining(notices.typeThere) });
    expect(letter).not.toMatchObject({ text: expect.stringContaining(notices.typeHere) });
    const [chat] = toldOf(done(filed, COMMUNE, { action: "ask", text: "Quầy nào?" }));
    expect(chat).toContain(notices.typeHere);
  });

  it.each(["harassment", "bribe"] as const)("names nothing in its subject for %s", (kind) => {
    const [letter] = letters(file(filing({ kind })).complaint, { action: "ask", text: "Quầy nào?" });
    expect(letter).toHaveProperty("text");
    expect(letter).not.toHaveProperty("code");
  });
});

describe("what became of a notice", () => {
  const told = (complaint: Complaint, step: Step | undefined): Complaint =>
    after(complaint, step?.events ?? []);

  it("is told to the person once, however often it arrives", () => {
    const step = noteDelivered(filed, COMMUNE, NOW, rules, vietnamese);
    expect(step && toldOf(step)).toEqual([notices.delivered(CODE, nameOf(COMMUNE))]);
    expect(noteDelivered(told(filed, step), COMMUNE, NOW, rules, vietnamese)).toBeUndefined();
  });

  it("is told once when it cannot arrive, and again when it does after all", () => {
    const step = noteUndeliverable(filed, COMMUNE, "no answer", NOW, vietnamese);
    expect(step && toldOf(step)).toEqual([notices.undeliverable(CODE)]);
    const waiting = told(filed, step);
    expect(waiting.status).toBe("delivery_problem");
    expect(noteUndeliverable(waiting, COMMUNE, "no answer", NOW, vietnamese)).toBeUndefined();
    const arrived = noteDelivered(waiting, COMMUNE, NOW, rules, vietnamese);
    expect(told(waiting, arrived).status).toBe("delivered");
  });

  it("does not say that a notice is lost which has arrived", () => {
    const arrived: ComplaintEvent = { type: "delivered", at: AT, agency: COMMUNE };
    expect(noteUndeliverable(after(filed, [arrived]), COMMUNE, "no answer", NOW, vietnamese)).toBeUndefined();
  });
});

describe("an agency nobody has told how to reach", () => {
  it("gets its case through the coordinator, and says who must answer", () => {
    const only = { ...rules, contactsOf: (agency: string) => (agency === COORDINATOR ? ["webhook:0"] : []) };
    const step = dispute(answered, "Vẫn quát", NOW, only);
    expect(step.deliveries.map(({ to }) => to)).toEqual([
      { kind: "agency", agency: COORDINATOR, contact: "webhook:0" },
    ]);
    expect(noticesOf(step)).toMatchObject([{ agency: { id: COMMUNE, name: nameOf(COMMUNE) } }]);
  });

  it("keeps its notice waiting for a human when there is no coordinator either: nothing is dropped", () => {
    const step = dispute(answered, "Vẫn quát", NOW, { ...rules, contactsOf: () => [] });
    expect(step.deliveries).toMatchObject([{ to: { kind: "agency", agency: COMMUNE } }]);
  });

  it("is told in every way when there are several, each with its own key", () => {
    const step = dispute(answered, "Vẫn quát", NOW, {
      ...rules,
      contactsOf: (id) => ["webhook:0", `email:${id}`],
    });
    expect(step.deliveries.map(({ to }) => to.kind === "agency" && to.contact)).toEqual([
      "webhook:0",
      `email:${answered.holders[0]}`,
    ]);
    expect(new Set(step.deliveries.map(({ id }) => id)).size).toBe(2);
  });
});

describe("a mailbox or chat that the accused read too", () => {
  const shared = {
    ...rules,
    contactsOf: (id: string) =>
      id === CENTRE ? ["email:Chung"] : [`email:${id === COMMUNE ? "chung" : id}`, "webhook:0"],
  };
  const ways = ({ deliveries }: Pick<Step, "deliveries">): unknown[] =>
    deliveries.flatMap(({ to }) => (to.kind === "agency" ? [[to.agency, to.contact]] : []));

  it("is no way to those who answer for them; a system, which tells its users apart, is", () => {
    expect(ways(dispute(answered, "Vẫn quát", NOW, shared))).toEqual([[COMMUNE, "webhook:0"]]);
  });

  it("leaves the coordinator, where there is no other way, and nobody where the coordinator reads it too", () => {
    const letters = (more: string) => ({
      ...rules,
      contactsOf: (id: string) => (id === COORDINATOR ? [more] : ["email:chung"]),
    });
    expect(ways(dispute(answered, "Vẫn quát", NOW, letters("email:rieng")))).toEqual([
      [COORDINATOR, "email:rieng"],
    ]);
    const none = dispute(answered, "Vẫn quát", NOW, letters("email:chung"));
    expect(ways(none)).toEqual([[COMMUNE, "none"]]);
    const open = (by: typeof rules): unknown[] => none.deliveries.map((one) => waysOpen(answered, one, by));
    // Nor when it is sent, until there is a way of its own.
    expect(open(letters("email:chung"))).toEqual([[]]);
    expect(open({ ...rules, contactsOf: (id) => [`email:${id}`] })).toEqual([[`email:${COMMUNE}`]]);
  });

  it("is no way for the person's name, even where nobody may stand in", () => {
    const by = person(COMMUNE);
    const step = act(filed, by, { action: "ask-identity", text: "Để xác minh" }, NOW, shared, vietnamese);
    if ("refused" in step) throw new Error(step.refused);
    const asked = after(filed, step.events);
    const told = (contactsOf: typeof rules.contactsOf): unknown[] =>
      ways(consent(asked, { name: "Hoa" }, NOW, { ...rules, contactsOf }) ?? { deliveries: [] });
    expect(told(shared.contactsOf)).toEqual([[COMMUNE, "webhook:0"]]);
    expect(told((id) => (id === COORDINATOR ? ["email:rieng"] : ["email:chung"]))).toEqual([
      [COMMUNE, "none"],
    ]);
    // What the coordinator reads too is not told to one alone.
    expect(told((id) => (id === CENTRE ? [] : ["email:chung"]))).toEqual([[COMMUNE, "none"]]);
    expect(told((id) => [`email:${id}`])).toEqual([[COMMUNE, `email:${COMMUNE}`]]);
  });
});

describe("a holder who may not hear of the case", () => {
  const ways = (deliveries: readonly Delivery[], complaint: Complaint): unknown[] =>
    deliveries.flatMap((one) =>
      one.to.kind === "agency" ? [[one.to.agency, one.to.contact, waysOpen(complaint, one, rules)]] : [],
    );

  it("is told nothing, even as the last that there is: what is promised to the coordinator of itself waits for a human", () => {
    const about = { id: COORDINATOR, name: nameOf(COORDINATOR) };
    const { place: _nowhere, ...told } = filing({ kind: "harassment", about });
    const { complaint, deliveries } = file(told);
    expect(complaint.holders).toEqual([COORDINATOR]);
    const later = [
      inform(complaint, "Thêm", NOW, rules),
      withdraw(complaint, undefined, NOW, rules),
      protect(complaint, "Họ dọa tôi", NOW, rules),
    ].flatMap((step) => step.deliveries);
    const all = ways([...deliveries, ...later], complaint);
    expect(all).toEqual(Array.from({ length: 4 }, () => [COORDINATOR, "none", []]));
    expect(handles(complaint, COORDINATOR, rules)).toBe(false);
    expect(
      advance(complaint, new Date("2027-03-01T02:00:00Z"), rules, vietnamese)?.events.at(-1),
    ).toMatchObject({
      type: "escalated",
      to: [],
    });
  });

  it("is stood in for by the coordinator, where it holds it from before it was known", () => {
    const unknown = filing({ kind: "harassment", about: { name: "cán bộ" } });
    const by = person(COORDINATOR);
    const held = after(file(unknown).complaint, [
      { type: "transferred", at: AT, by, to: COMMUNE, reason: "Đúng nơi" },
    ]);
    expect(handles(held, COMMUNE, rules)).toBe(false);
    expect(handles(held, COORDINATOR, rules)).toBe(true);
    expect(ways(inform(held, "Thêm", NOW, rules).deliveries, held)).toEqual([
      [COORDINATOR, `webhook:${COORDINATOR}`, [`webhook:${COORDINATOR}`]],
    ]);
  });
});

describe("the second signature in the protected lane", () => {
  const bribe = file(filing({ kind: "bribe" })).complaint;
  const [holder = ""] = bribe.holders;
  const text = "Đã đình chỉ cán bộ";
  const by = (role?: Actor["role"], agency = holder): Actor => ({ ...person(agency), ...(role && { role }) });
  const does = (complaint: Complaint, actor: Actor, deed: Act): Step | Refused =>
    act(complaint, actor, deed, NOW, rules, vietnamese);
  const then = (complaint: Complaint, actor: Actor, deed: Act): Step & { complaint: Complaint } => {
    const step = does(complaint, actor, deed);
    if ("refused" in step) throw new Error(step.refused);
    return { ...step, complaint: after(complaint, step.events) };
  };
  const proposed = then(bribe, by("officer"), { action: "answer", text });

  it("keeps an officer's answer from the person, and a link's, but no other act and no other kind of case", () => {
    expect(toldOf(proposed)).toEqual([]);
    expect(proposed.complaint).toMatchObject({ status: "in_progress", answerDue: bribe.answerDue });
    expect(then(bribe, by(), { action: "answer", text }).events[0]?.type).toBe("proposed");
    expect(toldOf(then(bribe, by("officer"), { action: "progress", text }))).toHaveLength(1);
    const open = then(filed, { ...person(COMMUNE), role: "officer" }, { action: "answer", text });
    expect(open.events[0]?.type).toBe("answered");
  });

  it.each(["head", "custodian"] as const)("the %s answers alone, or signs what the officer wrote", (role) => {
    expect(then(bribe, by(role), { action: "answer", text }).events[0]?.type).toBe("answered");
    const signed = then(proposed.complaint, by(role), { action: "sign" });
    expect(signed.events).toEqual([
      { type: "answered", at: AT, by: by("officer"), text, signedBy: by(role) },
    ]);
    expect(toldOf(signed)).toEqual([notices.answered(CODE, nameOf(holder), text)]);
    expect(signed.complaint).toMatchObject({ status: "answered", proposal: undefined });
  });

  it("the coordinator signs where nobody of the holder can; nobody else does", () => {
    const signs = (complaint: Complaint): Step | Refused =>
      does(complaint, person(COORDINATOR), { action: "sign" });
    const [put] = proposed.events;
    if (put?.type !== "proposed") throw new Error("nothing was put forward");
    expect(signs(after(bribe, [{ ...put, signer: COORDINATOR }]))).toHaveProperty("events");
    expect(signs(proposed.complaint)).toEqual({ refused: "not-yours" });
    for (const deed of [{ action: "sign" }, { action: "return", text: "Sửa lại" }] as const) {
      expect(does(proposed.complaint, by("officer"), deed)).toEqual({ refused: "not-signer" });
      expect(does(proposed.complaint, by(), deed)).toEqual({ refused: "not-signer" });
      expect(does(proposed.complaint, by("head", COMMUNE), deed)).toEqual({ refused: "not-yours" });
      expect(does(bribe, by("head"), deed)).toEqual({ refused: "no-proposal" });
    }
  });

  it("is all that is missing, say the notices that press for the answer", () => {
    const late = advance(proposed.complaint, new Date("2026-12-01T02:00:00Z"), rules, vietnamese);
    const [notice] = noticesOf(late ?? { deliveries: [] });
    expect(notice).toMatchObject({ event: "overdue", waitsFor: "signature", agency: { id: holder } });
    const links = { reply: "https://bot.example/reply/c.a#t", desk: "https://bot.example/desk" };
    const letter = notice ? officialText(openNotice(notice, undefined), links).text : "";
    expect(letter).toContain("chỉ còn chờ ký");
    expect(letter).toContain(links.desk);
    const usual = advance(bribe, new Date("2026-12-01T02:00:00Z"), rules, vietnamese);
    expect(noticesOf(usual ?? { deliveries: [] })[0]).not.toHaveProperty("waitsFor");
  });

  it("sends it back with a reason, and the officer writes anew; two at once are not put forward", () => {
    const again = { action: "answer", text } as const;
    expect(does(proposed.complaint, by("officer"), again)).toEqual(first("already-proposed", holder));
    const returned = then(proposed.complaint, by("head"), { action: "return", text: "Nêu căn cứ" });
    expect(toldOf(returned)).toEqual([]);
    expect(does(returned.complaint, by("officer"), again)).toHaveProperty("events");
  });
});
