import { describe, expect, it } from "vitest";
import type { Complaint } from "../../src/complaints/complaint.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { english } from "../../src/wording/citizen-en.ts";
import { knowledge } from "../fixtures/real-knowledge.ts";
import { history, notices, type Talk, talk } from "./talk.ts";

const { after, before, complaint: words, notices: told, relay } = vietnamese;
const STORY = "Cán bộ UBND phường Hải Châu, Đà Nẵng có thái độ hách dịch, quát tháo tôi khi nộp hồ sơ";

function files(person: Talk, story = STORY): void {
  person.types(story);
  for (let asked = 0; asked < 4 && person.draft().step !== "preview"; asked++)
    person.chooses(`d:skip:${person.draft().step}`);
  person.presses(words.send);
}
function answered(): Talk {
  const person = talk();
  files(person);
  person.agency({ action: "answer", text: "Đã giải quyết xong việc này" });
  return person;
}
const own = (person: Talk): Complaint => {
  const [complaint] = person.mine();
  if (!complaint) throw new Error("nothing was filed");
  return complaint;
};

describe("“is it solved?” answered in one's own words", () => {
  it.each(["đã nhận được giấy rồi", "nhận rồi", "rồi", "da xong"])("“%s” is a yes", (text) => {
    const person = answered();
    expect(person.types(text).text).toContain(after.confirmed(own(person).trackingCode));
    expect(own(person).status).toBe("closed_confirmed");
  });

  it.each([
    "họ nói dối, tôi chưa nhận được gì",
    "tôi lên hỏi thì chưa có kết quả",
    "họ chưa trả tiền cho tôi",
    "chua ai lien lac voi toi",
    "cán bộ vẫn quát tôi",
  ])("“%s” goes to the agency as the reason, with one press", (text) => {
    const person = answered();
    const said = person.types(text);
    expect(said.text).toBe(after.offerDispute(own(person).trackingCode, text));
    expect(own(person).status).toBe("answered");
    const sent = person.presses(after.sendDispute);
    expect(notices(sent.outcome.deliveries ?? [])).toMatchObject([{ event: "disputed", text }]);
    expect(own(person).status).toBe("disputed");
  });

  it("a bare no asks why, and what is said then goes out", () => {
    for (const no of ["chưa xong", "chưa"]) {
      const person = answered();
      expect(person.types(no).text).toBe(after.askReason);
      const sent = person.types("họ chưa trả tiền cho tôi");
      expect(notices(sent.outcome.deliveries ?? [])).toMatchObject([{ text: "họ chưa trả tiền cho tôi" }]);
    }
  });

  it("a reason told in two messages goes out whole, and a typed yes sends it", () => {
    const person = answered();
    person.types("họ nói dối");
    person.types("tôi chưa nhận được gì");
    const sent = person.types("gửi đi");
    expect(notices(sent.outcome.deliveries ?? [])[0]?.text).toBe("họ nói dối\ntôi chưa nhận được gì");
  });

  it("who the person is is pointed out before", () => {
    const person = answered();
    const said = person.types("họ chưa trả tiền cho tôi, gọi tôi 0912345678");
    expect(said.text).toContain(relay.contacts("số điện thoại"));
    const sent = person.presses(relay.sendWithout("số điện thoại"));
    expect(notices(sent.outcome.deliveries ?? [])[0]?.text).toBe("họ chưa trả tiền cho tôi, gọi tôi [đã bỏ]");
  });

  it.each(["họ có gọi cho tôi", "ok", "nó nói tuần sau mới có"])(
    "“%s” is asked about with two buttons",
    (text) => {
      const person = answered();
      const said = person.types(text);
      expect(said.text).toBe(after.askVerdict(own(person).trackingCode));
      expect(said.choices.map(({ label }) => label)).toEqual([told.solved, told.notSolved]);
    },
  );

  it.each([
    "khai sinh cần gì",
    "không có giấy chứng sinh thì làm khai sinh được không",
    "con tôi chưa có giấy chứng sinh",
    "làm căn cước",
    "đăng ký kết hôn với người nước ngoài",
    "hôm nay trời đẹp",
    "cảm ơn nhé",
  ])("“%s” is answered for itself", (text) => {
    const person = answered();
    const said = person.types(text);
    expect(said.text).not.toContain(own(person).trackingCode);
    expect(said.text).toBe(talk().types(text).text);
  });

  it("of questions that the knowledge knows hardly one is taken for an answer, however it is put", () => {
    const person = answered();
    const code = own(person).trackingCode;
    const asked = knowledge.procedures
      .flatMap(({ phrasings }) => phrasings)
      .filter((_, index) => index % 40 === 0);
    expect(asked.length).toBeGreaterThan(80);
    const taken = asked.filter((text) => person.fork().types(text).text.includes(code));
    expect(taken.length).toBeLessThanOrEqual(Math.ceil(asked.length / 50));
  });

  it("a plain question is no reason, and the reason is still heard after it", () => {
    const person = answered();
    person.types("chưa");
    expect(person.types("khai sinh cần gì").text).toMatch(/khai sinh/i);
    expect(history(own(person)).at(-1)).toBe("answered");
    person.types("họ chưa xin lỗi tôi");
    expect(own(person).status).toBe("disputed");
  });

  it.each([
    "Cán bộ xã Núi Thành, Đà Nẵng quát mắng tôi, chưa nhận hồ sơ",
    "cán bộ vẫn đòi tôi 2 triệu",
    "tôi nộp hồ sơ khai sinh ngày 2/11 hẹn 9/11 mà chưa trả",
  ])("“%s” is a complaint of its own, and not told to those who hold this one", (text) => {
    const person = answered();
    person.types(text);
    expect(person.session().draft?.story).toEqual([text]);
    expect(own(person).status).toBe("answered");
  });

  it("what was meant as another matter becomes a new complaint with one press", () => {
    const person = answered();
    person.types("hồ sơ đất của tôi trễ hẹn chưa trả");
    person.presses(before.aside.anotherMatter);
    expect(person.draft().story).toEqual(["hồ sơ đất của tôi trễ hẹn chưa trả"]);
    expect(own(person).status).toBe("answered");
  });

  it.each(["được rồi", "chưa", "rồi cảm ơn"])(
    "“%s” after a question in between may be about that",
    (text) => {
      const person = answered();
      person.types("khai sinh cần gì");
      expect(person.types(text).text).toBe(after.askVerdict(own(person).trackingCode));
      expect(own(person).status).toBe("answered");
      person.presses(told.solved);
      expect(own(person).status).toBe("closed_confirmed");
    },
  );

  it("of several answered cases it is asked which is meant, and the words are kept", () => {
    const person = talk();
    files(person);
    files(person, STORY.replace("Hải Châu", "Hòa Cường"));
    for (const complaint of person.mine())
      person.agency(
        { action: "answer", text: `Đã giải quyết xong việc ${complaint.trackingCode}` },
        complaint,
      );
    const text = "họ nói dối, tôi chưa nhận được gì";
    const said = person.types(text);
    expect(said.text).toBe(relay.which);
    expect(said.choices).toHaveLength(2);
    const sent = person.chooses(said.choices[1]?.id ?? "");
    expect(notices(sent.outcome.deliveries ?? [])).toMatchObject([{ event: "disputed", text }]);
    expect(person.mine().map(({ status }) => status)).toEqual(["answered", "disputed"]);
  });

  it("is heard in English", () => {
    const person = answered();
    person.types("English");
    const said = person.types("they lied, I got nothing");
    expect(said.text).toBe(english.after.offerDispute(own(person).trackingCode, "they lied, I got nothing"));
  });
});
