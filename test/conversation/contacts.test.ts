import { describe, expect, it } from "vitest";
import type { Complaint } from "../../src/complaints/complaint.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { history, notices, type Said, type Talk, talk } from "./talk.ts";

const { after, complaint: words, identity, personal, relay, withdrawal } = vietnamese;
const RUDE = "Cán bộ UBND phường Hải Châu, Đà Nẵng có thái độ hách dịch, quát tháo tôi khi nộp hồ sơ";
const BRIBE = "Cán bộ UBND phường Hải Châu, Đà Nẵng đòi tôi 500 ngàn mới nhận hồ sơ";
const ANSWER = "9 giờ sáng, gọi tôi 0912345678";
const PHONE = "số điện thoại";

function filed(story = BRIBE): Talk {
  const person = talk();
  person.types(story);
  for (let asked = 0; asked < 4 && person.draft().step !== "preview"; asked++)
    person.chooses(`d:skip:${person.draft().step}`);
  person.presses(words.send);
  return person;
}
const own = (person: Talk): Complaint => {
  const [complaint] = person.mine();
  if (!complaint) throw new Error("nothing was filed");
  return complaint;
};
const sent = (said: Said): (string | null | undefined)[] =>
  notices(said.outcome.deliveries ?? []).map(({ text }) => text);

describe("the name in the story", () => {
  const preview = (story: string): { person: Talk; said: Said } => {
    const person = talk();
    let said = person.types(story);
    for (let asked = 0; asked < 4 && person.draft().step !== "preview"; asked++)
      said = person.chooses(`d:skip:${person.draft().step}`);
    return { person, said };
  };

  it("is pointed out in the preview, which promises no more than it keeps, and taken out with the rest", () => {
    const { person, said } = preview(`${BRIBE}. Tôi tên Trần Thị Lan sđt 0912345678 xe 92A-123.45`);
    const kinds = [personal.name, personal.phone, personal.plate].join(", ");
    expect(said.text).toContain(personal.found(kinds));
    expect(said.text).toContain("KHÔNG gửi, trừ điều anh/chị viết trong nội dung");
    const cleaned = person.presses(personal.takeOut(kinds));
    expect(cleaned.text).toContain("Tôi tên [đã bỏ] sđt [đã bỏ] xe [đã bỏ]");
    person.presses(words.send);
    expect(JSON.stringify(person.deliveries())).not.toMatch(/Lan|0912345678|123\.45/);
  });

  it("is pointed out alone, and the official's stays", () => {
    const { person, said } = preview(
      "tôi là Phạm Văn Tèo, cán bộ tên Nguyễn Văn B ở UBND phường Hải Châu, Đà Nẵng đòi tôi 300 ngàn",
    );
    expect(said.text).toContain(personal.found(personal.name));
    const cleaned = person.presses(personal.takeOut(personal.name));
    expect(cleaned.text).not.toContain("Tèo");
    expect(cleaned.text).toContain("cán bộ tên Nguyễn Văn B");
  });

  it("is pointed out in what is added after filing", () => {
    const person = filed();
    const said = person.types("bổ sung: em tên là Trần Thị Lan, lúc đó có anh Nam chứng kiến");
    expect(said.text).toBe(relay.contacts(personal.name));
  });
});

describe("who the person is, in words that go to an agency after filing", () => {
  it.each(["", "Trả lời câu hỏi", "bổ sung"])(
    "is pointed out in the answer to a question of the protected lane, typed after “%s”",
    (before) => {
      const person = filed();
      person.agency({ action: "ask", text: "Lúc mấy giờ?" });
      if (before) person.types(before);
      const asked = person.types(ANSWER);
      expect(asked.text).toContain(relay.contacts(PHONE));
      expect(asked.outcome.deliveries).toBeUndefined();
      for (const yes of ["Đồng ý gửi", "ok"]) {
        const again = person.fork().types(yes);
        expect(again.text).toContain(relay.contacts(PHONE));
        expect(again.outcome.deliveries).toBeUndefined();
      }
      expect(sent(person.fork().presses(relay.sendAsIs))).toEqual([ANSWER]);
      expect(sent(person.presses(relay.sendWithout(PHONE)))).toEqual(["9 giờ sáng, gọi tôi [đã bỏ]"]);
      expect(own(person).events.at(-1)).toMatchObject({ text: "9 giờ sáng, gọi tôi [đã bỏ]" });
    },
  );

  it("an answer without it goes out by a typed yes, and not by a typed no", () => {
    const person = filed();
    person.agency({ action: "ask", text: "Lúc mấy giờ?" });
    expect(person.types("9 giờ sáng").text).toBe(after.sendInformation(own(person).trackingCode));
    const refuses = person.fork();
    refuses.types("thôi không gửi");
    expect(history(own(refuses)).at(-1)).toBe("asked");
    expect(refuses.session().expecting).toBeUndefined();
    expect(sent(person.types("gửi đi"))).toEqual(["9 giờ sáng"]);
  });

  it("is pointed out in the reason of a withdrawal, where it is told to anybody", () => {
    const person = filed(RUDE);
    person.types("rút phản ánh");
    person.types("không");
    const asked = person.types("Xong rồi, cần thì gọi 0912345678");
    expect(asked.text).toBe(relay.contacts(PHONE));
    expect(own(person).status).not.toBe("withdrawn");
    const said = person.presses(relay.sendWithout(PHONE));
    expect(sent(said)).toEqual(["Xong rồi, cần thì gọi [đã bỏ]"]);
    expect(own(person).status).toBe("withdrawn");
    const secret = filed();
    secret.types("rút phản ánh");
    secret.types("không");
    const ended = secret.types("Xong rồi, cần thì gọi 0912345678");
    expect(own(secret).status).toBe("withdrawn");
    expect(JSON.stringify(ended.outcome.deliveries)).not.toContain("0912345678");
  });

  it("stays out of a cry for help, which waits for no answer, and can be added", () => {
    for (const story of [RUDE, BRIBE]) {
      const person = filed(story);
      const said = person.types("họ dọa tôi, gọi tôi 0912345678");
      expect(own(person).lane).toBe("protected");
      expect(said.text).toContain(withdrawal.withoutContacts(PHONE));
      expect(JSON.stringify(said.outcome.deliveries)).toContain("họ dọa tôi, gọi tôi [đã bỏ]");
      expect(JSON.stringify(said.outcome.deliveries)).not.toContain("0912345678");
      expect(JSON.stringify(own(person).events)).not.toContain("0912345678");
    }
  });

  it("is pointed out when it goes up to somebody who was not told it", () => {
    const person = talk();
    person.types("Tôi nộp hồ sơ khai sinh ở UBND phường Hải Châu, Đà Nẵng hẹn 9/11 mà chưa trả");
    for (let asked = 0; asked < 4 && person.draft().step !== "preview"; asked++)
      person.chooses(`d:skip:${person.draft().step}`);
    person.chooses("d:name");
    person.types("Trần Thị Hoa, 0905123456");
    person.presses(words.send);
    const reason = "Vẫn chưa trả, gọi tôi 0912345678";
    for (const [answered, asks] of [
      ["Đã tìm thấy hồ sơ", false],
      ["Đã trả kết quả hôm nay", true],
    ] as const) {
      person.agency({ action: "answer", text: answered });
      person.chooses(`c:no:${own(person).id}`);
      expect(person.types(reason).text.includes(relay.contacts(PHONE))).toBe(asks);
    }
  });

  it("an e-mail address beside a name that an agency may know is no part of the name", () => {
    const person = filed(RUDE);
    person.agency({ action: "ask-identity", text: "Để tìm hồ sơ" });
    expect(person.types("1").text).toBe(identity.askName);
    const said = person.types("Trần Thị Hoa, 0905123456, hoa@example.com");
    expect(said.outcome.complaints?.[0]?.identity).toEqual({
      person: { name: "Trần Thị Hoa", phone: "0905123456" },
    });
    expect(notices(said.outcome.deliveries ?? [])[0]?.person).toEqual({ toldBy: 2 });
  });
});
