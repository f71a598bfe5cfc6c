import { describe, expect, it } from "vitest";
import type { Draft } from "../../src/complaints/draft.ts";
import type { Outcome, World } from "../../src/conversation/guide.ts";
import { respond } from "../../src/conversation/respond.ts";
import { newSession, type Session } from "../../src/conversation/session.ts";
import type { InboundBody } from "../../src/messages/message.ts";
import { ALL_ON, type Switches } from "../../src/messages/switches.ts";
import { makeTrackingCode } from "../../src/understanding/codes.ts";
import { clockTime, vietnamese } from "../../src/wording/citizen.ts";
import { english } from "../../src/wording/citizen-en.ts";
import { guide, type Talk, talk, talkAt } from "./talk.ts";

const { doors, complaint: words, answers, before } = vietnamese;
const NOW = new Date("2026-11-26T03:00:00Z");
const REASON = "Đang sửa dữ liệu.";

/** A question told beside a complaint, and a complaint beside a question. */
const QUESTION_BESIDE =
  "Làm khai sinh cho con cần giấy tờ gì, với lại cán bộ tư pháp xã Núi Thành Đà Nẵng quát mắng tôi hôm qua";
const COMPLAINT_BESIDE =
  "Cho hỏi cấp đổi thẻ căn cước ở Đà Nẵng cần giấy tờ gì và lệ phí bao nhiêu tiền. Lần trước phải đưa tiền nước";

/** What a message leads to where these switches are set. */
function turn(session: Session, body: InboundBody, given: Partial<Switches>): Outcome {
  const fresh = { complaint: "c1", trackingCode: "MC-1" };
  const switches = { ...ALL_ON, ...given };
  const world: World = { now: NOW, fresh, conversation: "web:a", mine: [], privately: true, switches };
  return respond(session, body, world, guide);
}

/** One message to a conversation where these switches are set. */
function says(text: string, given: Partial<Switches>, session = newSession()): string {
  const { replies } = turn(session, { kind: "text", text }, given);
  return replies.map((reply) => reply.text).join("\n");
}

const ANSWERS = {
  kind: "3",
  story: "Cứ bị khất hết lần này đến lần khác mà không ai cho biết vì sao",
  place: "xã Núi Thành, Đà Nẵng",
  about: "UBND xã Núi Thành",
  dossier: "H17.25-261102-0012",
  missing: "UBND xã Núi Thành, xã Núi Thành, Đà Nẵng, hẹn 09/11/2026",
  promised: "09/11/2026",
  supplements: "3 lần, chỉ nói miệng",
  supplemented: "06/11/2026",
  apology: "2",
  reappointed: "16/11/2026",
  person: "Không ghi tên",
  email: "Bỏ qua",
};

/** Files one complaint, or is told why not; hands back what was said. */
function files(person: Talk): string {
  talkAt("preview", ANSWERS, person);
  return person.presses(words.send).text;
}

describe("answers turned off", () => {
  it.each(["làm khai sinh cần giấy tờ gì", "nộp hồ sơ rồi có được đòi thêm giấy không", "asdf qwer zxcv"])(
    "“%s” is answered with the reason and another way",
    (text) => {
      expect(says(text, { answers: REASON })).toBe(doors.answersOff(REASON));
    },
  );

  it("danger is answered all the same, and complaints are taken", () => {
    expect(says("cứu tôi với có người đang đánh tôi, gọi công an giúp", { answers: REASON })).toContain(
      answers.crisis.police,
    );
    expect(says("phản ánh", { answers: REASON })).toContain(words.start);
  });

  it("a complaint told beside a question is taken all the same, or offered", () => {
    const told = says(QUESTION_BESIDE, { answers: REASON });
    expect(told).toContain(doors.answersOff(REASON));
    expect(told).toContain(words.start);
    const { replies, session } = turn(
      newSession(),
      { kind: "text", text: COMPLAINT_BESIDE },
      { answers: REASON },
    );
    expect(replies.map(({ text }) => text)).toEqual([doors.answersOff(REASON)]);
    expect(replies[0]?.choices[0]?.label).toBe(before.aside.offer(vietnamese.kinds.bribe));
    const begun = turn(
      session,
      { kind: "choice", id: replies[0]?.choices[0]?.id ?? "" },
      { answers: REASON },
    );
    expect(begun.session.draft?.kind).toBe("bribe");
  });

  it("a button of an old answer is told so too", () => {
    const person = talk();
    const card = person.types("làm khai sinh cần giấy tờ gì");
    const button = card.choices.find(({ id }) => id.startsWith("p:"))?.id ?? "";
    expect(button).not.toBe("");
    const world: World = {
      now: NOW,
      fresh: { complaint: "c1", trackingCode: "MC-1" },
      conversation: "web:one",
      mine: [],
      privately: true,
      switches: { ...ALL_ON, answers: REASON },
    };
    const { replies } = respond(person.session(), { kind: "choice", id: button }, world, guide);
    expect(replies[0]?.text).toBe(doors.answersOff(REASON));
  });
});

describe("intake turned off", () => {
  it("tells why, whom to turn to, and what to do in danger; answers go on", () => {
    const said = says("phản ánh", { intake: REASON });
    expect(said).toContain(REASON);
    expect(said).toContain("1022");
    expect(said).toContain("113");
    expect(says("làm khai sinh cần giấy tờ gì", { intake: REASON })).toContain("khai sinh");
  });

  it("what was told beside something else stays until complaints are taken again", () => {
    const tell = { kind: "choice", id: "a:tell" } as const;
    const session = { ...newSession(), aside: { text: "Cán bộ đòi tôi năm trăm nghìn mới chịu nhận hồ sơ" } };
    const off = turn(session, tell, { intake: REASON });
    expect(off.replies[0]?.text).toContain(REASON);
    expect(off.session.draft).toBeUndefined();
    expect(turn(off.session, tell, {}).session.draft?.kind).toBe("bribe");
  });

  it("a reminder's “late” stays until complaints are taken again", () => {
    const told: Draft = {
      id: "d1",
      shown: 0,
      kind: "late",
      story: [],
      placeChoices: [],
      done: [],
      step: "story",
    };
    const reminder = { id: "remind.d1.2026-11-25", at: "2026-11-25T01:00:00.000Z", day: "2026-11-25", told };
    const late = { kind: "choice", id: `r:late:${reminder.id}` } as const;
    const off = turn({ ...newSession(), reminders: [reminder] }, late, { intake: REASON });
    expect(off.replies[0]?.text).toContain(REASON);
    expect(off.session).toMatchObject({ reminders: [reminder] });
    expect(off.session.draft).toBeUndefined();
    expect(turn(off.session, late, {}).session.draft?.kind).toBe("late");
  });

  it("a complaint told to its end is kept, and the same button sends it later", () => {
    const person = talkAt("preview", ANSWERS, talk("web:kept"));
    const send = `d:send:${person.draft().id}:${person.draft().shown}`;
    const world = (switches: Switches): World => ({
      now: NOW,
      fresh: { complaint: "c1", trackingCode: makeTrackingCode(new Uint8Array(11)) },
      conversation: "web:kept",
      mine: [],
      privately: true,
      switches,
    });
    const off = respond(
      person.session(),
      { kind: "choice", id: send },
      world({ ...ALL_ON, intake: REASON }),
      guide,
    );
    expect(off.complaints).toBeUndefined();
    expect(off.session.draft?.step).toBe("preview");
    expect(off.replies[0]?.text).toContain(REASON);
    expect(off.replies[0]?.choices[0]).toEqual({ id: send, label: words.send });
    const on = respond(off.session, { kind: "choice", id: send }, world(ALL_ON), guide);
    expect(on.complaints).toHaveLength(1);
    const holder = on.deliveries?.flatMap(({ to }) => (to.kind === "agency" ? [to.agency] : []))[0] ?? "";
    const shut = world({ ...ALL_ON, agencies: new Map([[holder, REASON]]) });
    const waits = respond(off.session, { kind: "choice", id: send }, shut, guide);
    expect(waits.complaints).toHaveLength(1);
    expect(waits.replies[0]?.text).toContain(
      doors.agencyOff(guide.rules.directory.agencies.get(holder)?.name ?? "", REASON),
    );
  });
});

describe("too many complaints from one conversation", () => {
  it("the sixth in an hour waits, is kept, and is told when it works and where to call", () => {
    const before = talk("web:before");
    files(before);
    const [filed] = before.mine();
    if (!filed) throw new Error("nothing was filed");
    const minutes = (count: number): string => new Date(NOW.getTime() - count * 60_000).toISOString();
    const mine = [1, 2, 3, 4, 50].map((count) => ({ ...filed, id: `c${count}`, filedAt: minutes(count) }));
    const person = talkAt("preview", ANSWERS, talk("web:many"));
    const send = `d:send:${person.draft().id}:${person.draft().shown}`;
    const at = (now: Date): World => ({
      now,
      fresh: { complaint: "c9", trackingCode: makeTrackingCode(new Uint8Array(11)) },
      conversation: "web:many",
      mine,
      privately: true,
    });
    const waits = respond(person.session(), { kind: "choice", id: send }, at(NOW), guide);
    expect(waits.complaints).toBeUndefined();
    const said = waits.replies[0]?.text ?? "";
    expect(said).toContain("10:10 ngày 26/11/2026");
    expect(said).toContain("1022");
    const typed = respond(waits.session, { kind: "text", text: "đồng ý" }, at(NOW), guide);
    expect(typed.complaints).toBeUndefined();
    const later = at(new Date(NOW.getTime() + 10 * 60_000));
    expect(respond(typed.session, { kind: "choice", id: send }, later, guide).complaints).toHaveLength(1);
  });
});

describe("codes that nobody has", () => {
  const code = (seed: number): string =>
    makeTrackingCode(Uint8Array.from({ length: 11 }, (_, index) => (seed * 31 + index * 7) % 256));

  it("after ten in a minute nothing is looked up any more, not even a code that somebody has; one's own is", () => {
    const other = talk("web:other");
    files(other);
    const theirs = other.mine()[0];
    let session = newSession();
    const ask = (text: string, isTheirs: boolean, mine = "web:a"): string => {
      const world: World = {
        now: NOW,
        fresh: { complaint: "c1", trackingCode: "MC-1" },
        conversation: mine,
        mine: [],
        found: isTheirs ? theirs : undefined,
        privately: true,
      };
      const outcome = respond(session, { kind: "text", text }, world, guide);
      session = outcome.session;
      return outcome.replies.map((reply) => reply.text).join("\n");
    };
    const known = `tra cứu ${theirs?.trackingCode}`;
    expect(ask(known, true)).toContain(theirs?.trackingCode);
    for (let count = 0; count < 10; count += 1)
      expect(ask(`tra cứu ${code(count)}`, false)).toBe(vietnamese.status.none);
    const shut = doors.tooManyLookUps(vietnamese.moment(new Date(NOW.getTime() + 60_000)));
    expect(ask(known, true)).toBe(shut);
    expect(ask(`tra cứu ${code(99)}`, false)).toBe(shut);
    expect(ask(known, true, "web:other")).toContain(theirs?.trackingCode);
  });
});

describe("the sentences", () => {
  it("tell the moment on Viet Nam's clocks, the minute rounded up", () => {
    expect(clockTime(new Date("2026-11-26T16:59:01Z"))).toEqual({ time: "00:00", day: "27/11/2026" });
    expect(vietnamese.moment(new Date("2026-11-26T03:00:00Z"))).toBe("10:00 ngày 26/11/2026");
    expect(english.moment(new Date("2026-11-26T03:00:00Z"))).toBe("10:00 on 26/11/2026");
  });

  it("name the button as the button is labelled", () => {
    for (const wording of [vietnamese, english]) {
      expect(wording.doors.sendingOff("", "")).toContain(`“${wording.complaint.send}”`);
      expect(wording.doors.tooManyFiled("", "")).toContain(`“${wording.complaint.send}”`);
    }
  });
});
