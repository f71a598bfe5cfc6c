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
