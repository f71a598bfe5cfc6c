import { describe, expect, it } from "vitest";
import { advance } from "../../src/complaints/advance.ts";
import { awaited, nextStepAt, stepsDue, waitsForHuman } from "../../src/complaints/clocks.ts";
import { applyEvent, type Complaint, type ComplaintEvent } from "../../src/complaints/complaint.ts";
import { act, confirm, dispute, inform, noteUndeliverable } from "../../src/complaints/progress.ts";
import { protect } from "../../src/complaints/protect.ts";
import {
  mayDispute,
  mayInform,
  mayJudge,
  mayNudge,
  mayResume,
  reopensUntil,
} from "../../src/complaints/rights.ts";
import { COORDINATOR } from "../../src/complaints/route.ts";
import type { Step } from "../../src/complaints/tell.ts";
import { nudge, resume, withdraw } from "../../src/complaints/withdraw.ts";
import { openNotice } from "../../src/messages/delivery.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { english } from "../../src/wording/citizen-en.ts";
import { officialText } from "../../src/wording/official.ts";
import {
  after,
  CENTRE,
  CITY,
  COMMUNE,
  COMMUNE_POLICE,
  directory,
  file,
  filing,
  INSPECTORATE,
  noticesOf,
  rules,
  toldOf,
} from "./case.ts";

const { notices, day } = vietnamese;
const CODE = "MC-7K4P-29QX-84MT";
const nameOf = (id: string): string => directory.agencies.get(id)?.name ?? "";
/** A moment in Viet Nam. */
const vn = (text: string): Date => new Date(`${text.replace(" ", "T")}:00+07:00`);

/** Filed on Saturday 21 November 2026 about the centre, held by the commune; the 24th is a holiday, due on the 30th. */
const filed = file().complaint;
const by = { agency: COMMUNE, via: "chat" } as const;
const done = (complaint: Complaint, deed: Parameters<typeof act>[2], at: string): Complaint => {
  const step = act(complaint, by, deed, vn(at), rules, vietnamese);
  if ("refused" in step) throw new Error(`refused: ${step.refused}`);
  return after(complaint, step.events);
};
const acknowledged = done(filed, { action: "acknowledge" }, "2026-11-23 09:00");
const answered = done(acknowledged, { action: "answer", text: "Đã nhắc nhở" }, "2026-11-26 10:00");

/** The case at this moment, and what its clocks did since. */
function at(complaint: Complaint, moment: string): Step & { readonly complaint: Complaint } {
  const step = advance(complaint, vn(moment), rules, vietnamese) ?? { events: [], deliveries: [] };
  return { ...step, complaint: after(complaint, step.events) };
}
/** Clock and step of events, as the tests name them. */
const stepsOf = (step: Pick<Step, "events">): string[] =>
  step.events.map((event) => ("clock" in event ? `${event.clock} ${event.step}` : event.type));
const toldAgencies = (step: Pick<Step, "deliveries">): string[] =>
  noticesOf(step).map(({ agency, event }) => `${agency.id} ${event}`);
/** The moments at which something happens, if nobody else does anything, as "day hour step". */
function lifeOf(complaint: Complaint): string[] {
  const moments: string[] = [];
  let current = complaint;
  for (let next = nextStepAt(current, rules); next; next = nextStepAt(current, rules)) {
    const step = advance(current, next, rules, vietnamese);
    if (!step) throw new Error("what is next is not due");
    const local = new Date(next.getTime() + 7 * 3_600_000).toISOString();
    moments.push(...stepsOf(step).map((name) => `${local.slice(5, 10)} ${local.slice(11, 16)} ${name}`));
    current = after(current, step.events);
  }
  return moments;
}

describe("a case that nobody takes", () => {
  it("goes up step by step on the working days of the calendar, over 24 November", () => {
    expect(lifeOf(filed)).toEqual([
      "11-25 17:00 acknowledge superior",
      "11-27 07:30 answer remind-1",
      "11-30 07:30 answer remind-2",
      "11-30 17:00 answer overdue",
      "12-02 17:00 answer superior",
      "12-07 17:00 answer next-level",
    ]);
  });

  it("goes up over Tết without counting it", () => {
    const [first] = filed.events;
    if (first?.type !== "filed") throw new Error("not filed");
    // Friday 13 February 2026; offices are closed from the 16th to the 20th.
    const event = { ...first, at: "2026-02-13T02:00:00Z", answerDue: "2026-02-27" };
    expect(lifeOf(applyEvent("case-1", undefined, event))).toEqual([
      "02-24 17:00 acknowledge superior",
      "02-26 07:30 answer remind-1",
      "02-27 07:30 answer remind-2",
      "02-27 17:00 answer overdue",
      "03-03 17:00 answer superior",
      "03-06 17:00 answer next-level",
    ]);
  });

  it("goes on where the calendar ends, later rather than never", () => {
    const [first] = filed.events;
    if (first?.type !== "filed") throw new Error("not filed");
    const far = { ...first, at: "2031-03-03T02:00:00Z", answerDue: "2031-03-17" };
    expect(lifeOf(applyEvent("case-1", undefined, far))).toEqual([
      "03-09 17:00 acknowledge superior",
      "03-14 07:30 answer remind-1",
      "03-17 07:30 answer remind-2",
      "03-17 17:00 answer overdue",
      "03-23 17:00 answer superior",
      "04-01 17:00 answer next-level",
    ]);
  });

  it("goes up all the same while the person writes to it every hour, and when notes are made on it", () => {
    const write = (complaint: Complaint): Complaint => {
      let current = complaint;
      for (let hour = 0; hour < 48; hour++)
        current = after(
          current,
          inform(current, "Sao rồi?", new Date(vn("2026-11-23 00:00").getTime() + hour * 3_600_000), rules)
            .events,
        );
      return current;
    };
    expect(write(filed).status).toBe("registered");
    expect(lifeOf(write(filed))).toEqual(lifeOf(filed));
    const noted = done(acknowledged, { action: "progress", text: "Đang xem" }, "2026-11-26 09:00");
    expect(lifeOf(noted)).toEqual(lifeOf(acknowledged));
  });

  it("asks in the superior although nobody was ever assigned, and tells everyone once", () => {
    const step = at(filed, "2026-11-25 17:00");
    expect(step.complaint.holders).toEqual([COMMUNE, CITY]);
    expect(toldAgencies(step)).toEqual([`${COMMUNE} unacknowledged`, `${CITY} unacknowledged`]);
    expect(toldOf(step)).toEqual([notices.unacknowledged(CODE, nameOf(CITY))]);
    expect(advance(filed, vn("2026-11-25 16:59"), rules, vietnamese)).toBeUndefined();
    expect(at(step.complaint, "2026-11-26 16:00").events).toEqual([]);
  });

  it("goes on up when it went up already: the coordinator where no superior is left, then the inspectorate", () => {
    const up = at(filed, "2026-11-25 17:00").complaint;
    const late = at(at(up, "2026-11-30 18:00").complaint, "2026-12-02 18:00");
    expect(late.complaint.holders).toEqual([COMMUNE, CITY, COORDINATOR]);
    const last = at(late.complaint, "2026-12-07 18:00");
    expect(last.complaint.holders).toEqual([COMMUNE, CITY, COORDINATOR, INSPECTORATE]);
    expect(toldOf(last)).toEqual([notices.escalatedFurther(CODE, nameOf(INSPECTORATE))]);
    expect(waitsForHuman(last.complaint)).toBe(true);
    expect(nextStepAt(last.complaint, rules)).toBeUndefined();
  });

  it("starts again at two working days where it is handed on, and those brought in stay", () => {
    const up = at(filed, "2026-11-25 17:00").complaint;
    const moved = done(up, { action: "transfer", to: INSPECTORATE, text: "Đúng việc" }, "2026-11-26 09:00");
    expect(moved.holders).toEqual([INSPECTORATE, CITY]);
    const again = lifeOf(moved).find((moment) => moment.includes("acknowledge"));
    expect(again).toBe("11-30 17:00 acknowledge superior");
  });

  it("never brings in the accused: a superior that may not handle it is passed over for the coordinator", () => {
    // The commune's police is complained about; its superior answers, and what is below is barred.
    const { complaint } = file(filing({ about: { id: COMMUNE_POLICE, name: nameOf(COMMUNE_POLICE) } }));
    let current = complaint;
    for (let next = nextStepAt(current, rules); next; next = nextStepAt(current, rules))
      current = after(current, advance(current, next, rules, vietnamese)?.events ?? []);
    expect(current.holders).not.toContain(COMMUNE_POLICE);
    const accusedAbove = { ...filed, filing: filing({ about: { id: CITY, name: nameOf(CITY) } }) };
    const step = at(accusedAbove, "2026-11-25 17:00");
    expect(step.complaint.holders).toEqual([COMMUNE, COORDINATOR]);
    expect(toldAgencies(step)).toEqual([`${COORDINATOR} unacknowledged`]);
  });
});

describe("a case that was taken", () => {
  it("is recalled to its holders a working day before and on the day, without a word to the person", () => {
    const before = at(acknowledged, "2026-11-27 07:30");
    const onTheDay = at(before.complaint, "2026-11-30 07:30");
    expect([before, onTheDay].map(stepsOf)).toEqual([["answer remind-1"], ["answer remind-2"]]);
    for (const step of [before, onTheDay]) {
      expect(toldAgencies(step)).toEqual([`${COMMUNE} reminder`]);
      expect(toldOf(step)).toEqual([]);
    }
  });

  it("tells holders and person when the day has passed", () => {
    const before = at(acknowledged, "2026-11-30 08:00").complaint;
    const step = at(before, "2026-11-30 17:00");
    expect(stepsOf(step)).toEqual(["answer overdue"]);
    expect(toldAgencies(step)).toEqual([`${COMMUNE} overdue`]);
    expect(toldOf(step)).toEqual([notices.overdue(CODE, day("2026-11-30"), nameOf(COMMUNE))]);
    expect(step.complaint.overdue).toBe(1);
  });

  it("catches up once after a time without the program: all recorded in order, one notice a person", () => {
    const step = at(acknowledged, "2026-12-20 09:00");
    expect(stepsOf(step)).toEqual([
      "answer remind-1",
      "answer remind-2",
      "answer overdue",
      "answer superior",
      "answer next-level",
    ]);
    expect(toldAgencies(step)).toEqual([COMMUNE, CITY, INSPECTORATE].map((id) => `${id} escalated`));
    expect(toldOf(step)).toEqual([notices.escalatedFurther(CODE, nameOf(INSPECTORATE))]);
    expect(at(step.complaint, "2026-12-20 09:00").events).toEqual([]);
  });

  it("does not hide behind a reminder that it went up, when both come at once", () => {
    const step = at(filed, "2026-11-27 09:00");
    expect(stepsOf(step)).toEqual(["acknowledge superior", "answer remind-1"]);
    expect(toldAgencies(step)).toEqual([`${COMMUNE} unacknowledged`, `${CITY} unacknowledged`]);
  });

  it("has new reminders and a new ladder after an extension", () => {
    const late = at(acknowledged, "2026-12-01 09:00").complaint;
    const extended = done(
      late,
      { action: "extend", until: "2026-12-08", text: "Xác minh" },
      "2026-12-01 10:00",
    );
    expect(extended).toMatchObject({ overdue: 0, lateSince: "2026-11-30" });
    expect(lifeOf(extended)).toEqual([
      "12-07 07:30 answer remind-1",
      "12-08 07:30 answer remind-2",
      "12-08 17:00 answer overdue",
      "12-10 17:00 answer superior",
      "12-15 17:00 answer next-level",
    ]);
  });

  it("keeps the name of a person from those who are brought in", () => {
    const named = file(filing({ named: true })).complaint;
    const people = noticesOf(at(named, "2026-11-25 17:00")).map(({ person }) => person);
    expect(people).toEqual([{ toldBy: 0 }, null]);
  });
});

describe("a question to the person", () => {
  const asked = done(acknowledged, { action: "ask", text: "Quầy số mấy?" }, "2026-11-25 09:00");

  it("is repeated after three and five working days and closes the case after ten; the answer waits meanwhile", () => {
    expect(lifeOf(asked)).toEqual([
      "11-30 17:00 question remind-1",
      "12-02 17:00 question remind-2",
      "12-09 17:00 question close",
    ]);
    const step = at(asked, "2026-11-30 17:00");
    const text = notices.questionReminder(CODE, nameOf(COMMUNE), "Quầy số mấy?", day("2026-12-09"));
    expect(toldOf(step)).toEqual([text]);
    expect(toldAgencies(step)).toEqual([]);
  });

  it("cannot be followed by another while it stands open", () => {
    const again = act(
      asked,
      by,
      { action: "ask", text: "Mấy giờ?" },
      vn("2026-11-26 09:00"),
      rules,
      vietnamese,
    );
    expect(again).toMatchObject({ refused: "already-asked" });
  });

  it("moves the day of the answer by the working days that it stood open", () => {
    const step = inform(asked, "Quầy 3", vn("2026-11-27 15:00"), rules);
    const informed = after(asked, step.events);
    expect(informed.answerDue).toBe("2026-12-02");
    expect(noticesOf(step)).toHaveLength(1);
    const sameDay = after(asked, inform(asked, "Quầy 3", vn("2026-11-25 16:00"), rules).events);
    expect(sameDay.answerDue).toBe("2026-11-30");
    // A word that nobody asked for moves nothing.
    expect(inform(informed, "Còn nữa", vn("2026-12-01 09:00"), rules).events).toEqual([
      { type: "informed", at: vn("2026-12-01 09:00").toISOString(), text: "Còn nữa" },
    ]);
  });

  it("does not make good a lateness: the same working days remain", () => {
    const late = at(acknowledged, "2026-12-01 09:00").complaint;
    const asking = done(late, { action: "ask", text: "Quầy nào?" }, "2026-12-01 10:00");
    const informed = after(asking, inform(asking, "Quầy 3", vn("2026-12-03 10:00"), rules).events);
    expect(informed.answerDue).toBe("2026-12-02");
    expect(lifeOf(informed)).toEqual(["12-04 17:00 answer superior", "12-09 17:00 answer next-level"]);
  });

  it("closes nothing that the person was not reminded of, as after a time without the program", () => {
    const back = at(asked, "2026-12-20 09:00");
    expect(stepsOf(back)).toEqual(["question remind-1", "question remind-2"]);
    expect(toldOf(back)).toHaveLength(1);
    expect(lifeOf(back.complaint)).toEqual(["12-25 17:00 question close"]);
  });

  it("can be answered for thirty days after the case was closed, which reopens it", () => {
    let current: Complaint = asked;
    for (const moment of ["2026-11-30 18:00", "2026-12-02 18:00", "2026-12-09 18:00"])
      current = at(current, moment).complaint;
    expect(current.status).toBe("closed_no_reply");
    expect(mayInform(current, vn("2027-01-08 23:00"), rules)).toBe(true);
    expect(mayInform(current, vn("2027-01-09 00:10"), rules)).toBe(false);
    const informed = after(current, inform(current, "Quầy 3", vn("2026-12-14 09:00"), rules).events);
    expect(informed.status).toBe("in_progress");
    expect(nextStepAt(informed, rules)?.getTime()).toBeGreaterThan(vn("2026-12-14 09:00").getTime());
  });
});

describe("an answer that the person does not judge", () => {
  it("is recalled after three and seven working days and closed after ten", () => {
    expect(lifeOf(answered)).toEqual([
      "12-01 17:00 confirm remind-1",
      "12-07 17:00 confirm remind-2",
      "12-10 17:00 confirm close",
    ]);
  });

  it("tells how long it can be reopened: thirty days from the answer", () => {
    const closing = at(at(answered, "2026-12-07 18:00").complaint, "2026-12-10 17:00");
    expect(closing.complaint.status).toBe("closed_unconfirmed");
    expect(toldOf(closing)).toEqual([notices.closedUnconfirmed(CODE, day("2026-12-26"))]);
    expect(toldAgencies(closing)).toEqual([`${COMMUNE} lapsed`]);
    const read = noticesOf(closing).map((notice) => officialText(openNotice(notice, undefined)).text);
    expect(read).toEqual([expect.stringContaining("Đóng vì người dân không phản hồi")]);
    for (const text of read) expect(text).not.toMatch(/Hạn trả lời|\/traloi/);
    const { content } = closing.deliveries.at(-1) ?? {};
    expect(content).toMatchObject({ choices: [{ id: "c:yes:case-1" }, { id: "c:no:case-1" }] });
    expect(mayJudge(closing.complaint, vn("2026-12-26 23:00"), rules)).toBe(true);
    expect(mayJudge(closing.complaint, vn("2026-12-27 00:30"), rules)).toBe(false);
    const confirmed = after(
      closing.complaint,
      confirm(closing.complaint, vn("2026-12-20 09:00"), rules).events,
    );
    expect(confirmed.status).toBe("closed_confirmed");
  });

  it("offers nothing that is over already, after a long time without the program", () => {
    const reminded = at(answered, "2027-01-20 09:00").complaint;
    const closing = at(reminded, "2027-02-01 09:00");
    expect(toldOf(closing)).toEqual([notices.closedUnconfirmed(CODE, undefined)]);
    expect(closing.deliveries.at(-1)?.content).toMatchObject({ choices: [] });
  });

  it("is refused to officials once closed, and open to them when the person reopens it", () => {
    const closed = at(at(answered, "2026-12-07 18:00").complaint, "2026-12-10 17:00").complaint;
    const ask = { action: "progress", text: "Đang làm" } as const;
    const now = vn("2026-12-15 09:00");
    expect(act(closed, by, ask, now, rules, vietnamese)).toEqual({ refused: "closed" });
    const reopened = after(closed, dispute(closed, "Vẫn quát", now, rules).events);
    expect(reopened.status).toBe("disputed");
    expect(act(reopened, by, ask, now, rules, vietnamese)).toHaveProperty("events");
    expect(lifeOf(reopened)).toEqual(["12-18 17:00 repair superior", "12-25 17:00 repair next-level"]);
  });
});

describe("a disputed answer", () => {
  const disputed = after(answered, dispute(answered, "Vẫn quát", vn("2026-12-01 09:00"), rules).events);

  it("has three working days, then the superior takes part, later the next level", () => {
    expect(lifeOf(disputed)).toEqual(["12-04 17:00 repair superior", "12-11 17:00 repair next-level"]);
    const step = at(disputed, "2026-12-04 17:00");
    expect(step.complaint).toMatchObject({ holders: [COMMUNE, CITY], overdue: 2 });
    expect(toldOf(step)).toEqual([notices.escalated(CODE, nameOf(CITY))]);
  });

  it("has the whole of the first limit where the answer came early", () => {
    const early = done(acknowledged, { action: "answer", text: "Đã xong" }, "2026-11-23 10:00");
    const again = after(early, dispute(early, "Chưa", vn("2026-11-23 11:00"), rules).events);
    expect(lifeOf(again)[0]).toBe("11-30 17:00 repair superior");
  });

  it("keeps its clock when it is taken, and stops it while the person is asked", () => {
    const taken = done(disputed, { action: "progress", text: "Đang làm lại" }, "2026-12-02 09:00");
    expect(lifeOf(taken)).toEqual(lifeOf(disputed));
    const asked = done(taken, { action: "ask", text: "Ai quát?" }, "2026-12-02 10:00");
    const informed = after(asked, inform(asked, "Anh A", vn("2026-12-07 10:00"), rules).events);
    expect(lifeOf(informed)[0]).toBe("12-09 17:00 repair superior");
  });
});

describe("a notice that does not arrive", () => {
  const failed = (complaint: Complaint, agency: string, moment: string): Complaint =>
    after(complaint, noteUndeliverable(complaint, agency, "refused", vn(moment), vietnamese)?.events ?? []);

  it("brings in the coordinator after a working day", () => {
    const step = at(failed(filed, COMMUNE, "2026-11-21 10:00"), "2026-11-23 17:00");
    expect(stepsOf(step)).toEqual(["delivery coordinator"]);
    expect(step.complaint.holders).toEqual([COMMUNE, COORDINATOR]);
    expect(toldAgencies(step)).toEqual([`${COORDINATOR} undelivered`]);
    expect(toldOf(step)).toEqual([]);
  });

  it("does not where it arrived since", () => {
    const problem = failed(filed, COMMUNE, "2026-11-21 10:00");
    const arrived: ComplaintEvent = {
      type: "delivered",
      at: vn("2026-11-21 12:00").toISOString(),
      agency: COMMUNE,
    };
    expect(stepsDue(after(problem, [arrived]), vn("2026-11-24 09:00"), rules)).toEqual([]);
  });

  it("does so for an agency that was brought in later, too", () => {
    const up = failed(at(filed, "2026-11-25 17:00").complaint, CITY, "2026-11-25 18:00");
    expect(stepsOf(at(up, "2026-11-26 17:00"))).toEqual(["delivery coordinator"]);
  });
});

describe("a step", () => {
  it("is known by case, clock, the event it started from, and its name", () => {
    const keys = stepsDue(filed, vn("2027-01-10 09:00"), rules).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys[0]).toBe("case-1.acknowledge.0.superior");
  });

  it("is told in the language of the person", () => {
    const step = advance(acknowledged, vn("2026-11-30 17:00"), rules, english);
    expect(toldOf(step ?? { deliveries: [] })).toEqual([
      english.notices.overdue(CODE, english.day("2026-11-30"), nameOf(COMMUNE)),
    ]);
  });

  it("reaches the address for notices too", () => {
    const { complaint } = file(filing({ about: { id: CENTRE, name: nameOf(CENTRE) } }), true);
    const { deliveries } = at(complaint, "2026-11-25 17:00");
    expect(deliveries.map(({ to }) => to.kind)).toEqual(["agency", "agency", "chat", "email"]);
  });
});

describe("what a person's own acts do to the clocks", () => {
  it("reminds at their wish once in two working days, while somebody must answer", () => {
    // Filed on Saturday; the 24th is a holiday.
    expect(mayNudge(filed, vn("2026-11-25 16:00"), rules)).toBe(false);
    expect(mayNudge(filed, vn("2026-11-25 17:01"), rules)).toBe(true);
    const step = nudge(filed, vn("2026-11-26 09:00"), rules);
    expect(toldAgencies(step)).toEqual([`${COMMUNE} reminder`]);
    const nudged = after(filed, step.events);
    expect(mayNudge(nudged, vn("2026-11-27 09:00"), rules)).toBe(false);
    expect(mayNudge(nudged, vn("2026-11-30 17:01"), rules)).toBe(true);
    const asked = done(acknowledged, { action: "ask", text: "Quầy số mấy?" }, "2026-11-25 09:00");
    const praise = file(filing({ kind: "praise" })).complaint;
    for (const complaint of [asked, answered, praise])
      expect(mayNudge(complaint, vn("2026-12-15 09:00"), rules)).toBe(false);
  });

  it("hold still while it is withdrawn, and go on where they were", () => {
    const gone = after(filed, withdraw(filed, undefined, vn("2026-11-23 09:00"), rules).events);
    expect(lifeOf(gone)).toEqual([]);
    const back = after(gone, resume(gone, vn("2026-12-07 09:00"), rules).events);
    const step = awaited(back, rules);
    expect([step?.clock, step?.step]).toEqual(["acknowledge", "superior"]);
    expect(step && step.at > vn("2026-12-07 17:00")).toBe(true);
    const disputed = after(answered, dispute(answered, "Vẫn quát", vn("2026-11-26 15:00"), rules).events);
    const left = after(disputed, withdraw(disputed, undefined, vn("2026-11-27 09:00"), rules).events);
    const repaired = after(left, resume(left, vn("2026-12-25 09:00"), rules).events);
    expect(stepsDue(repaired, vn("2026-12-25 09:00"), rules)).toEqual([]);
    expect(repaired.status).toBe("disputed");
  });

  it("give a person who withdrew at “solved?” the rest of their time to answer it", () => {
    const gone = after(answered, withdraw(answered, undefined, vn("2026-11-27 09:00"), rules).events);
    const back = after(gone, resume(gone, vn("2026-12-18 09:00"), rules).events);
    expect(back.status).toBe("answered");
    expect(stepsDue(back, vn("2026-12-18 09:00"), rules)).toEqual([]);
  });

  it("leave thirty days from the answer to say that “solved” was wrong, and from a withdrawal to undo it", () => {
    const confirmed = after(answered, confirm(answered, vn("2026-11-30 09:00"), rules).events);
    expect(reopensUntil(confirmed, rules)).toBe("2026-12-26");
    expect(mayJudge(confirmed, vn("2026-12-01 09:00"), rules)).toBe(false);
    expect(mayDispute(confirmed, vn("2026-12-26 23:00"), rules)).toBe(true);
    expect(mayInform(confirmed, vn("2026-12-26 23:00"), rules)).toBe(true);
    expect(mayDispute(confirmed, vn("2026-12-27 01:00"), rules)).toBe(false);
    expect(mayInform(confirmed, vn("2026-12-27 01:00"), rules)).toBe(false);
    const gone = after(filed, withdraw(filed, undefined, vn("2026-11-23 09:00"), rules).events);
    expect(mayInform(gone, vn("2026-11-24 09:00"), rules)).toBe(false);
    expect(mayResume(gone, vn("2026-12-23 23:00"), rules)).toBe(true);
    expect(mayResume(gone, vn("2026-12-24 01:00"), rules)).toBe(false);
    expect(mayResume(confirmed, vn("2026-12-01 09:00"), rules)).toBe(false);
  });

  it("begin anew for the custodian of the protected lane, who hands up to the coordinator alone", () => {
    const safe = after(filed, protect(filed, "Họ dọa tôi", vn("2026-11-23 09:00"), rules).events);
    const end = at(safe, "2027-01-15 09:00").complaint;
    expect(end.holders).toEqual([INSPECTORATE, COORDINATOR]);
    expect(waitsForHuman(end)).toBe(true);
  });

  it("begin anew for the custodian, and never bring back the coordinator who knew when the pressure came", () => {
    const late = at(filed, "2026-12-03 09:00").complaint;
    expect(late.overdue).toBe(2);
    const safe = after(late, protect(late, "Họ dọa tôi", vn("2026-12-03 09:00"), rules).events);
    expect(stepsDue(safe, vn("2026-12-03 09:00"), rules)).toEqual([]);
    const end = at(safe, "2027-01-15 09:00").complaint;
    expect(end.holders).toEqual([INSPECTORATE]);
    expect(waitsForHuman(end)).toBe(true);
  });

  it("never hurry anybody over praise: on the last day it closes with thanks", () => {
    const praise = file(filing({ kind: "praise" })).complaint;
    expect(lifeOf(praise)).toEqual(["12-07 17:00 answer close"]);
    const unsent = at(praise, "2026-12-10 09:00");
    expect(unsent.complaint.status).toBe("closed_thanked");
    expect(noticesOf(unsent)).toEqual([]);
    // Nobody is told that it arrived unless it did.
    expect(toldOf(unsent)).toEqual([notices.praiseClosed(CODE, "")]);
    const sent = after(praise, [{ type: "delivered", at: "2026-11-21T03:00:00Z", agency: CENTRE }]);
    expect(toldOf(at(sent, "2026-12-10 09:00"))).toEqual([notices.praiseClosed(CODE, nameOf(CENTRE))]);
    expect(reopensUntil(unsent.complaint, rules)).toBeUndefined();
  });
});
