import { describe, expect, it } from "vitest";
import { vietnamese } from "../../src/wording/citizen.ts";
import { talk } from "./talk.ts";

const { before, complaint, kinds } = vietnamese;
const LATE = "Tôi nộp hồ sơ khai sinh ở UBND xã Núi Thành, Đà Nẵng ngày 2/11 hẹn 9/11 chưa trả";

describe("a demand for money in a story of something else", () => {
  it.each([
    `${LATE}, cán bộ đòi 500 nghìn mới trả`,
    "toi nop ho so khai sinh o ubnd xa nui thanh da nang ngay 2/11 hen 9/11 chua tra, can bo vi vinh doi tien",
    `${LATE}, họ nói cho xin 500k mới trả hồ sơ`,
  ])("leads: %s", (text) => {
    const person = talk();
    const said = person.types(text);
    expect(person.draft()).toMatchObject({ kind: "bribe", step: "preview" });
    expect(said.text).toContain("đường kín");
    person.presses(complaint.send);
    expect(person.mine()[0]?.holders).toEqual(["thanh-tra-tp-da-nang"]);
  });

  it("leads over the kind chosen before the story", () => {
    const person = talk();
    person.types("phản ánh");
    person.presses(kinds.late);
    person.types(`${LATE}, cán bộ đòi 500 nghìn mới trả`);
    expect(person.draft()).toMatchObject({ kind: "bribe", kindBefore: "late" });
  });

  it("is taken back with one press, and asked no more", () => {
    const person = talk();
    person.types("phản ánh");
    person.presses(kinds.late);
    person.types(`${LATE}, cán bộ đòi 500 nghìn mới trả`);
    person.presses(before.notMoney(kinds.late));
    expect(person.draft().kind).toBe("late");
    person.chooses("d:skip:apology");
    expect(person.draft()).toMatchObject({ kind: "late", step: "preview" });
    person.presses(complaint.send);
    expect(person.mine()[0]?.filing.kind).toBe("late");
  });

  it("does not outlast a story told anew", () => {
    const person = talk();
    person.types("phản ánh");
    person.presses(kinds.late);
    person.types(`${LATE}, cán bộ đòi 500 nghìn mới trả`);
    person.presses(complaint.editStory);
    person.types(LATE);
    expect(person.draft().kind).toBe("late");
  });

  it("is not heard where it is denied", () => {
    const person = talk();
    person.types(`${LATE}, nhưng cán bộ không đòi tiền gì cả`);
    expect(person.draft().kind).toBe("late");
  });
});

describe("a few words about a demand for money", () => {
  it.each([
    "bi vòi tiền",
    "ho doi tien",
    "can bo doi tien toi o phuong hai chau",
    "can bo xa doi tien",
    "can bo dat dai doi tien",
    "phai lot tay 500k moi xong ho so o xa nui thanh",
    "toi bi voi vinh",
    "can bo xa nui thanh voi vinh toi",
    "bi doi hoi lo",
  ])("begin a complaint of that kind: %s", (text) => {
    const person = talk();
    person.types(text);
    expect(person.draft().kind).toBe("bribe");
  });

  it.each([
    ["toi bi doa", "threatened", true],
    ["bị đòi hối lộ thì báo ở đâu", "kind", "bribe"],
    ["công chức vòi vĩnh thì bị phạt thế nào", "kind", "bribe"],
  ])(
    "asked as a question, or of threats, are answered, and what was said is kept: %s",
    (text, fact, told) => {
      const person = talk();
      const { choices } = person.types(text);
      const offers = choices.filter(({ label }) => label === vietnamese.answers.complainNow);
      expect(offers).toHaveLength(1);
      person.presses(vietnamese.answers.complainNow);
      expect(person.draft()).toMatchObject({ [fact]: told });
    },
  );

  it("told in danger of life begin one once the person is safe", () => {
    const person = talk();
    const said = person.types("toi bi de doa tinh mang");
    expect(said.text).toContain("113");
    person.presses(before.aside.guarded);
    expect(person.draft().threatened).toBe(true);
  });

  it("are not heard in questions about money that is owed", () => {
    const person = talk();
    person.types("đòi tiền bồi thường đất thì làm thế nào");
    expect(person.session().draft).toBeUndefined();
  });
});
