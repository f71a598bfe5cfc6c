import { beforeAll, describe, expect, it } from "vitest";
import { type Complaint, ComplaintEvent } from "../../src/complaints/complaint.ts";
import { ratingOf } from "../../src/complaints/satisfaction.ts";
import { wholeTimeline } from "../../src/conversation/status.ts";
import { timelineOf } from "../../src/conversation/timeline.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { english } from "../../src/wording/citizen-en.ts";
import { after as afterEvents, CITY, COMMUNE, file, INSPECTORATE, rules } from "../complaints/case.ts";
import { guide, history, notices, type Talk, talk } from "./talk.ts";

const { after, identity, notices: told, relay, standing, survey, timeline, withdrawal } = vietnamese;
const STORY = "Cán bộ một cửa xã Núi Thành quát mắng tôi khi tôi hỏi lại";
const ANSWERS: Readonly<Record<string, string>> = {
  place: "xã Núi Thành, Đà Nẵng",
  about: "Trung tâm Phục vụ hành chính công xã Núi Thành",
};
const COORDINATOR_NAME = guide.rules.directory.agencies.get("dieu-phoi")?.name ?? "";

/** Tells one more complaint, without a name. */
function files(person: Talk, story = STORY): void {
  person.types(story);
  for (let turn = 0; turn < 12 && person.draft().step !== "preview"; turn++)
    person.types(ANSWERS[person.draft().step] ?? "Bỏ qua");
  person.presses(vietnamese.complaint.send);
}

let filedOnce: Talk;
beforeAll(() => {
  filedOnce = talk("web:after");
  files(filedOnce);
});
const filed = (): Talk => filedOnce.fork();
function own(person: Talk): Complaint {
  const [complaint] = person.mine();
  if (!complaint) throw new Error("nothing was filed");
  return complaint;
}
const labels = (said: { readonly choices: readonly { readonly label: string }[] }): string[] =>
  said.choices.map(({ label }) => label);
const look = (person: Talk) => person.types(`tra cứu ${own(person).trackingCode}`);

describe("the status of a case", () => {
  it("says who holds it and why, what comes next and when, and what the person can do", () => {
    const person = filed();
    const said = look(person);
    expect(said.text).toContain(vietnamese.status.holders("Ủy ban nhân dân xã Núi Thành"));
    expect(said.text).toContain("Vì sao: Nơi xảy ra");
    expect(said.text).toContain(standing.next.acknowledge("25/11/2026"));
    expect(labels(said)).toEqual([standing.addFacts, standing.withdraw]);
    person.agency({ action: "acknowledge" });
    expect(look(person).text).toContain(standing.next.answer("30/11/2026"));
    person.passes(6);
    expect(labels(look(person))).toEqual([standing.addFacts, standing.nudge, standing.withdraw]);
    person.agency({ action: "ask", text: "Lúc mấy giờ?" });
    expect(look(person).text).toContain(standing.next.question("10/12/2026"));
    person.types("Trả lời câu hỏi");
    person.types("Chín giờ sáng");
    person.agency({ action: "answer", text: "Đã nhắc nhở" });
    const answered = look(person);
    expect(answered.text).toContain(standing.next.confirm("10/12/2026"));
    expect(labels(answered)).toEqual([told.solved, told.notSolved, standing.addFacts, standing.withdraw]);
  });

  it("is a button away in the list of one's own cases", () => {
    const person = filed();
    files(person, "Cán bộ một cửa xã Núi Thành bắt tôi nộp thêm giấy tờ không có trong quy định");
    expect(labels(person.types("tra cứu"))).toEqual(person.mine().map(({ trackingCode }) => trackingCode));
    const older = person.types("2");
    expect(older.text).toContain(vietnamese.status.head(person.mine()[1]?.trackingCode ?? "", "").trim());
    expect(older.text).toContain(timeline.heading);
  });

  it("says when a case that nobody takes goes up, and that a person follows it when it can go no further", () => {
    const person = filed();
    // Nobody has acknowledged it, and the day of the answer is still ahead.
    person.passes(6);
    expect(look(person).text).toContain(standing.why(standing.escalated.acknowledge));
    expect(look(person).text).not.toContain("quá hạn");
    person.passes(6);
    expect(look(person).text).toContain(standing.next.escalate("02/12/2026"));
    person.passes(20);
    expect(look(person).text).toContain(standing.next.human);
  });

  it("says that a level above takes part because it is overdue, where that is why", () => {
    const person = filed();
    person.agency({ action: "acknowledge" });
    person.passes(16);
    expect(look(person).text).toContain(standing.why(standing.escalated.answer));
  });

  it("has a line for everything that can happen, in both languages", () => {
    const start = file().complaint;
    const by = { agency: COMMUNE, via: "chat" } as const;
    const at = "2026-11-23T03:00:00.000Z";
    const clock = { clock: "answer", step: "overdue", round: 0 } as const;
    const events: ComplaintEvent[] = [
      { type: "delivered", at, agency: COMMUNE },
      { type: "undeliverable", at, agency: COMMUNE, problem: "refused" },
      { type: "acknowledged", at, by },
      { type: "progress", at, by, text: "Đang xác minh" },
      { type: "asked", at, by, text: "Quầy số mấy?" },
      { type: "informed", at, text: "Quầy số 3" },
      { type: "transferred", at, by, to: CITY, reason: "Đúng thẩm quyền" },
      { type: "extended", at, by, until: "2026-12-15", reason: "Phải xác minh thêm" },
      { type: "answered", at, by, text: "Đã nhắc nhở" },
      { type: "confirmed", at },
      { type: "disputed", at, reason: "Vẫn quát", to: [CITY] },
      { type: "reminded", at, ...clock },
      { type: "reminded", at, clock: "confirm", step: "remind-1", round: 0 },
      { type: "escalated", at, ...clock, to: [CITY] },
      { type: "escalated", at, ...clock, to: [] },
      { type: "closed", at, ...clock, reason: "unconfirmed" },
      { type: "withdrawn", at, reason: "Đã xong" },
      { type: "withdrawn", at },
      { type: "reopened", at },
      { type: "protected", at, to: [INSPECTORATE], seen: [COMMUNE], answerDue: "2026-12-15" },
      { type: "nudged", at },
      { type: "rated", at, result: 1 },
      { type: "identity-asked", at, by, reason: "Để tìm hồ sơ" },
      { type: "identity-refused", at },
      { type: "identity-approved", at, by, reason: "Để tìm hồ sơ" },
      { type: "identity-opened", at, agency: COMMUNE, basis: "two-persons" },
      {
        type: "evidence-added",
        at,
        files: [{ id: "f", key: "k", name: "anh-2.jpg", type: "image/jpeg", size: 3 }],
      },
      { type: "held", at, reason: "Tòa án đang cần" },
      { type: "unheld", at },
      { type: "expiring", at },
      { type: "quarantined", at, suspicion: "words", lane: "coordinator" },
      { type: "rejected", at, by, reason: "Không có sự việc" },
      { type: "objected", at },
      { type: "released", at, by, answerDue: "2026-12-15" },
    ];
    // What others filed, or were told of several cases, is not the person's; nor is an answer before it is signed.
    const others: ComplaintEvent[] = [
      { type: "linked", at, to: "case-0", others: 2 },
      { type: "clustered", at, size: 3, to: CITY },
      { type: "reviewed", at, month: "2026-10", agency: COMMUNE, to: CITY },
      { type: "proposed", at, by, text: "Đã nhắc nhở" },
      { type: "returned", at, by, reason: "Chưa rõ" },
    ];
    const complaint = afterEvents(start, events);
    const types = new Set([...complaint.events, ...others].map(({ type }) => type));
    // All that remains of an erased case stands in no line.
    const unheard = ComplaintEvent.options
      .map(({ shape }) => shape.type.value)
      .filter((type) => !types.has(type));
    expect(unheard).toEqual(["erased"]);
    for (const wording of [vietnamese, english]) {
      const { lines } = timelineOf(complaint, { rules, wording }, true);
      expect(lines).toHaveLength(complaint.events.length);
      expect(timelineOf(afterEvents(complaint, others), { rules, wording }, true).lines).toEqual(lines);
      for (const line of lines)
        expect(line).toMatch(/^– \d\d\/\d\d\/\d{4}: \S.{8,}[.”?)]$|Lý do: \S|Reason: \S/);
      expect(lines.join("\n")).not.toMatch(/undefined|\[object|ubnd-|\b1\b/);
    }
  });

  it("shows the newest lines shortened, and on “xem thêm” everything in messages that fit a chat", () => {
    const person = filed();
    const long = "Đã mời các bên làm việc và lập biên bản. ".repeat(60).trim();
    for (let day = 1; day <= 9; day++) person.agency({ action: "progress", text: `Ngày ${day}. ${long}` });
    const said = look(person);
    expect(said.text).toContain(timeline.earlier(2));
    expect(said.text.length).toBeLessThan(4000);
    expect(said.text.indexOf("Ngày 8.")).toBeLessThan(said.text.indexOf("Ngày 9."));
    expect(labels(said).at(-1)).toBe(timeline.more);
    const whole = person.presses(timeline.more);
    for (let day = 1; day <= 9; day++) expect(whole.text).toContain(`Ngày ${day}. ${long}`);
    for (const { text } of whole.outcome.replies) expect(text.length).toBeLessThan(4000);
    expect(labels(whole)).toEqual([standing.addFacts, standing.withdraw]);
    const short = filed();
    expect(labels(look(short))).not.toContain(timeline.more);
    const world = { now: new Date(), fresh: { complaint: "", trackingCode: "" } };
    const asking = {
      world: { ...world, conversation: "", mine: [], privately: true },
      guide,
      wording: vietnamese,
    };
    expect(wholeTimeline(own(short), asking)).toHaveLength(1);
  });
});

describe("adding to a case", () => {
  it("is possible at any time while it is open, by word or button, and reaches those who hold it", () => {
    for (const how of ["bổ sung", "tôi muốn bổ sung thông tin"]) {
      const person = filed();
      expect(person.types(how).text).toBe(relay.askFacts(own(person).trackingCode));
      const said = person.types("Người quát đeo thẻ số 7");
      expect(said.text).toBe(relay.sent(own(person).trackingCode));
      expect(notices(said.outcome.deliveries ?? [])).toMatchObject([
        { event: "information", text: "Người quát đeo thẻ số 7", agency: { id: COMMUNE } },
      ]);
      expect(own(person).status).toBe("registered");
    }
  });

  it("points out a phone number, an e-mail or an identity number before the agency sees it", () => {
    const person = filed();
    const words = "Gọi em 0905 222 333 hoặc hoa@example.com";
    person.types("bổ sung");
    const asked = person.types(words);
    expect(asked.text).toBe(relay.contacts("số điện thoại, địa chỉ e-mail"));
    expect(asked.outcome.deliveries).toBeUndefined();
    const cautious = person.fork();
    const said = cautious.presses(relay.sendWithout("số điện thoại, địa chỉ e-mail"));
    expect(notices(said.outcome.deliveries ?? [])[0]?.text).toBe("Gọi em [đã bỏ] hoặc [đã bỏ]");
    const open = person.fork();
    expect(notices(open.presses(relay.sendAsIs).outcome.deliveries ?? [])[0]?.text).toBe(words);
    expect(open.chooses(`c:send:${own(open).id}`).text).toBe(vietnamese.answers.staleChoice);
    person.presses(vietnamese.complaint.cancel);
    expect(history(own(person))).toEqual(["filed"]);
  });

  it("does so as well for why it is not solved", () => {
    const person = filed();
    person.agency({ action: "answer", text: "Đã nhắc nhở" });
    person.types("chưa giải quyết");
    expect(person.types("Gọi tôi 0905222333 thì rõ").text).toBe(relay.contacts("số điện thoại"));
    const said = person.types("1");
    expect(notices(said.outcome.deliveries ?? [])).toMatchObject([
      { event: "disputed", text: "Gọi tôi [đã bỏ] thì rõ" },
    ]);
  });

  it("asks which case is meant where there are several", () => {
    const person = filed();
    files(person, "Cán bộ một cửa xã Núi Thành bắt tôi nộp thêm giấy tờ không có trong quy định");
    const [newer, older] = person.mine();
    const asked = person.types("bổ sung");
    expect(asked.text).toBe(relay.which);
    expect(labels(asked)[0]).toContain(newer?.trackingCode);
    person.types("2");
    person.types("Người quát đeo thẻ số 7");
    expect(history(older)).toEqual(["filed"]);
    expect(history(person.mine()[1])).toEqual(["filed", "informed"]);
    const named = person.types(`bổ sung ${newer?.trackingCode}`);
    expect(named.text).toBe(relay.askFacts(newer?.trackingCode ?? ""));
  });

  it("says so when no case can take it, and is no such wish for who has none", () => {
    const person = filed();
    person.agency({ action: "answer", text: "Đã nhắc nhở" });
    person.chooses(`c:yes:${own(person).id}`);
    person.passes(40);
    expect(person.types("bổ sung").text).toBe(relay.none);
    expect(talk("web:nobody").types("bổ sung").text).not.toBe(relay.none);
  });

  it("waits until the complaint being told is told", () => {
    const person = filed();
    person.types("phản ánh");
    person.types("bổ sung");
    expect(person.session().expecting).toBeUndefined();
  });
});

describe("taking a case back", () => {
  it("asks privately whether somebody forces them, then why, and says until when it can be undone", () => {
    const person = filed();
    const { trackingCode: code } = own(person);
    const asked = person.types("rút phản ánh");
    expect(asked.text).toBe(withdrawal.askPressure(code));
    expect(labels(asked)).toEqual([withdrawal.forced, withdrawal.free, withdrawal.keep]);
    person.presses(withdrawal.free);
    const said = person.presses(withdrawal.quit);
    expect(said.text).toBe(withdrawal.done(code, "20/12/2026"));
    expect(own(person).status).toBe("withdrawn");
    expect(notices(said.outcome.deliveries ?? [])).toMatchObject([{ event: "withdrawn" }]);
    expect(labels(look(person))).toEqual([standing.resume]);
    person.passes(20);
    const back = person.types("tiếp tục phản ánh");
    // The weeks in between are not the agency's.
    expect(back.text).toBe(withdrawal.resumed(code, vietnamese.day(own(person).answerDue)));
    expect(own(person).answerDue > "2026-12-10").toBe(true);
    expect(own(person).status).toBe("registered");
    expect(notices(back.outcome.deliveries ?? [])).toMatchObject([{ event: "reopened" }]);
  });

  it("cannot be undone after thirty days, and not twice", () => {
    const person = filed();
    person.types("rút phản ánh");
    person.types("không");
    person.types("Đã xong rồi");
    expect(own(person).events.at(-1)).toMatchObject({ type: "withdrawn", reason: "Đã xong rồi" });
    const { id } = own(person);
    const late = person.fork();
    late.passes(31);
    expect(late.chooses(`c:resume:${id}`).text).toBe(after.tooLate);
    expect(late.types("tiếp tục phản ánh").text).toBe(relay.none);
    person.chooses(`c:resume:${id}`);
    expect(person.chooses(`c:resume:${id}`).text).toBe(after.tooLate);
  });

  it("can be thought better of at each question, and asks again what it did not understand", () => {
    for (const steps of [[], ["không ai ép"]]) {
      const person = filed();
      person.types("rút phản ánh");
      for (const text of steps) person.types(text);
      expect(person.types("không rút nữa").text).toBe(withdrawal.kept(own(person).trackingCode));
      expect(history(own(person))).toEqual(["filed"]);
      expect(person.session().expecting).toBeUndefined();
    }
    const person = filed();
    person.types("rút phản ánh");
    expect(person.types("hôm nay trời đẹp").text).toBe(withdrawal.askPressure(own(person).trackingCode));
    person.types("hủy");
    expect(history(own(person))).toEqual(["filed"]);
  });

  it("tells agencies of a bribe case only that it ended", () => {
    const person = talk("web:bribe");
    files(person, "Cán bộ địa chính xã Núi Thành đòi tôi 5 triệu mới ký giấy tách thửa");
    expect(own(person).filing.kind).toBe("bribe");
    person.types("rút phản ánh");
    person.types("không");
    const said = person.types("Tôi ngại phiền");
    const [notice] = notices(said.outcome.deliveries ?? []);
    expect(notice).toMatchObject({ event: "ended", person: null });
    expect(JSON.stringify(notice)).not.toMatch(/rút|ngại/);
  });
});

describe("a person under pressure", () => {
  it("withdraws nothing: the case goes to its custodian alone, with advice and numbers to call", () => {
    for (const yes of [withdrawal.forced, "có", "1", "dạ họ dọa em"]) {
      const person = filed();
      person.types("rút phản ánh");
      const said = person.types(yes);
      const { lane, holders, status } = own(person);
      expect([yes, lane, holders, status]).toEqual([yes, "protected", [INSPECTORATE], "registered"]);
      expect(said.text).toContain("113");
      expect(said.text).toContain("Thanh tra thành phố Đà Nẵng");
      expect(notices(said.outcome.deliveries ?? []).map(({ event, agency }) => [event, agency.id])).toEqual([
        ["protected", INSPECTORATE],
        ["ended", COMMUNE],
      ]);
    }
  });

  it("is heard at any moment, also where the agency's question or a reason was awaited", () => {
    const cry = "cán bộ vừa gọi điện dọa tôi vì phản ánh";
    const ways: readonly ((person: Talk) => void)[] = [
      () => undefined,
      (person) => person.agency({ action: "ask", text: "Ai quát?" }),
      (person) => {
        person.agency({ action: "ask", text: "Ai quát?" });
        person.types("Trả lời câu hỏi");
      },
      (person) => {
        person.agency({ action: "answer", text: "Đã nhắc nhở" });
        person.chooses(`c:no:${own(person).id}`);
      },
      (person) => {
        person.types("rút phản ánh");
        person.types("không");
      },
    ];
    for (const way of ways) {
      const person = filed();
      way(person);
      const said = person.types(cry);
      expect(own(person).lane).toBe("protected");
      const toUnit = notices(said.outcome.deliveries ?? []).filter(({ agency }) => agency.id === COMMUNE);
      expect(JSON.stringify(toUnit)).not.toContain("dọa");
      expect(own(person).events.at(-1)).toMatchObject({ type: "protected", words: cry, seen: [COMMUNE] });
    }
  });

  it("who says it again is heard by the custodian", () => {
    const person = filed();
    person.types("tôi sợ lắm");
    const said = person.types("họ lại dọa tôi");
    expect(said.text).toContain(withdrawal.stillProtected(own(person).trackingCode));
    expect(notices(said.outcome.deliveries ?? [])).toMatchObject([
      { event: "information", agency: { id: INSPECTORATE }, text: "họ lại dọa tôi", person: null },
    ]);
    const again = person.types("rút phản ánh");
    expect(labels(again)[0]).toBe(withdrawal.forced);
    expect(person.presses(withdrawal.forced).text).toContain(
      withdrawal.alreadyProtected(own(person).trackingCode),
    );
  });

  it("chooses the case where several are open, and hears the advice at once", () => {
    const person = filed();
    files(person, "Cán bộ một cửa xã Núi Thành bắt tôi nộp thêm giấy tờ không có trong quy định");
    const asked = person.types("tôi bị dọa");
    expect(asked.text).toContain("113");
    person.types("2");
    expect(person.mine().map(({ lane }) => lane)).toEqual(["usual", "protected"]);
  });

  it("of a complaint that is still being told tells it, and of a closed one is answered as before", () => {
    const telling = filed();
    telling.types("phản ánh");
    telling.types("Họ dọa tôi");
    expect(own(telling).lane).toBe("usual");
    const closed = filed();
    closed.agency({ action: "answer", text: "Đã nhắc nhở" });
    closed.chooses(`c:yes:${own(closed).id}`);
    closed.types("tôi sợ");
    expect(own(closed).status).toBe("closed_confirmed");
    expect(closed.chooses(`c:forced:${own(closed).id}`).text).toBe(after.tooLate);
  });

  it("climbs no higher than the coordinator, and a second “not solved” goes there too", () => {
    const person = filed();
    person.types("tôi sợ bị trả thù");
    person.passes(40);
    expect(own(person).holders).toEqual([INSPECTORATE, "dieu-phoi"]);
    expect(look(person).text).toContain(COORDINATOR_NAME);
    for (const reason of ["Vẫn dọa", "Vẫn thế"]) {
      person.agency({ action: "answer", text: "Đã xử lý" });
      person.chooses(`c:no:${own(person).id}`);
      person.types(reason);
    }
    expect(own(person).holders).toEqual(["dieu-phoi"]);
  });
});

describe("the survey", () => {
  const confirmed = (): Talk => {
    const person = filed();
    person.agency({ action: "answer", text: "Đã nhắc nhở" });
    person.chooses(`c:yes:${own(person).id}`);
    return person;
  };

  it("asks two questions after “solved”, answered by number or button", () => {
    const person = filed();
    person.agency({ action: "answer", text: "Đã nhắc nhở" });
    const said = person.chooses(`c:yes:${own(person).id}`);
    expect(said.text).toContain(survey.result(own(person).trackingCode));
    expect(labels(said)).toEqual([...Object.values(survey.levels), survey.skip]);
    expect(person.types("2").text).toBe(survey.conduct);
    expect(person.presses(survey.levels[5]).text).toBe(survey.thanks);
    expect(ratingOf(own(person).events)).toEqual({ result: 2, conduct: 5 });
  });

  it("may be skipped in whole or in part, promises nothing to anybody, and counts a question once", () => {
    const person = confirmed();
    const before = person.deliveries().length;
    person.presses(survey.skip);
    person.presses(survey.levels[3]);
    expect(ratingOf(own(person).events)).toEqual({ conduct: 3 });
    expect(person.chooses(`c:k1:${own(person).id}`).text).toBe(after.tooLate);
    person.chooses(`c:r4:${own(person).id}`);
    expect(ratingOf(own(person).events)).toEqual({ result: 4, conduct: 3 });
    expect(person.deliveries()).toHaveLength(before);
  });

  it("does not swallow what is typed next", () => {
    const person = confirmed();
    expect(person.types("làm khai sinh cho con cần giấy tờ gì").text).toMatch(/khai sinh/i);
    expect(ratingOf(own(person).events)).toEqual({});
  });

  it("ends with the word that it was not solved, which is heard for thirty days after the answer", () => {
    const person = confirmed();
    person.types("5");
    person.passes(29);
    const late = person.fork();
    expect(person.types("vẫn chưa giải quyết").text).toBe(after.askReason);
    person.types("Hôm nay lại quát");
    expect(own(person).status).toBe("disputed");
    expect(ratingOf(own(person).events)).toEqual({});
    late.passes(2);
    late.types("vẫn chưa giải quyết");
    expect(late.chooses(`c:no:${own(late).id}`).text).toBe(after.tooLate);
    expect(own(late).status).toBe("closed_confirmed");
  });
});

describe("a name that is asked for", () => {
  const asked = (): Talk => {
    const person = filed();
    person.agency({ action: "ask-identity", text: "Để tìm hồ sơ" });
    return person;
  };

  it("is given by who agrees, to that agency alone and in no later notice", () => {
    const person = asked();
    expect(person.types("1").text).toBe(identity.askName);
    expect(person.types("12345").text).toBe(identity.askName);
    const said = person.types("Trần Thị Hoa, 0905123456");
    expect(notices(said.outcome.deliveries ?? [])).toMatchObject([
      { event: "identity", agency: { id: COMMUNE }, person: { toldBy: 2 } },
    ]);
    expect(said.outcome.complaints?.[0]?.identity).toEqual({
      person: { name: "Trần Thị Hoa", phone: "0905123456" },
    });
    person.types("bổ sung");
    const later = person.types("Người quát đeo thẻ số 7");
    expect(notices(later.outcome.deliveries ?? [])[0]?.person).toBeNull();
    expect(person.chooses(`c:idyes:${own(person).id}`).text).toBe(after.tooLate);
  });

  it("stays sealed for who refuses, changes their mind, or comes under pressure", () => {
    const refuses = asked();
    refuses.types("2");
    expect(history(own(refuses)).at(-1)).toBe("identity-refused");
    expect(refuses.chooses(`c:idyes:${own(refuses).id}`).text).toBe(after.tooLate);
    const wavers = asked();
    wavers.types("1");
    wavers.types("hủy");
    expect(history(own(wavers)).at(-1)).toBe("identity-asked");
    expect(labels(look(wavers))).toContain(identity.consent);
    const feared = asked();
    feared.types("tôi sợ");
    expect(feared.chooses(`c:idyes:${own(feared).id}`).text).toBe(after.tooLate);
  });
});

describe("reminding those who must answer", () => {
  it("is done once in two working days, and told", () => {
    const person = filed();
    expect(person.types("nhắc giúp tôi").text).toBe(relay.nudgedTooSoon(own(person).trackingCode, 2));
    person.agency({ action: "acknowledge" });
    person.passes(6);
    const said = person.types("nhắc giúp tôi");
    expect(notices(said.outcome.deliveries ?? [])).toMatchObject([{ event: "reminder" }]);
    expect(person.types("nhắc cơ quan").text).toBe(relay.nudgedTooSoon(own(person).trackingCode, 2));
  });
});

describe("a person who reads English", () => {
  it("withdraws, is asked about pressure and undoes it in English", () => {
    const person = filed();
    person.types("English");
    const { trackingCode: code } = own(person);
    expect(person.types("withdraw").text).toBe(english.withdrawal.askPressure(code));
    person.types("no");
    expect(person.presses(english.withdrawal.quit).text).toBe(english.withdrawal.done(code, "20/12/2026"));
    expect(person.presses(english.standing.resume).text).toContain(code);
    expect(person.types("I am threatened because of this complaint").text).toContain("113");
    expect(own(person).lane).toBe("protected");
  });
});
