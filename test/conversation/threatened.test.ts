import { describe, expect, it } from "vitest";
import { vietnamese } from "../../src/wording/citizen.ts";
import { talk } from "./talk.ts";

const { complaint, before } = vietnamese;
const CUSTODIAN = "thanh-tra-tp-da-nang";

describe("threats told before anything is filed", () => {
  it.each([
    "Tôi bị cán bộ phường Hải Châu, Đà Nẵng đe dọa vì đã phản ánh",
    "Cán bộ phường Hải Châu, Đà Nẵng dọa sẽ không cho tôi làm giấy tờ nếu tôi khiếu nại",
    "can bo phuong hai chau da nang tra thu toi vi toi phan anh",
    "cán bộ phường Hải Châu, Đà Nẵng trù dập tôi vì tố cáo",
  ])("go to the custodian alone: %s", (text) => {
    const person = talk();
    person.types(text);
    if (!person.session().draft) person.types("phản ánh");
    for (let asked = 0; asked < 4 && person.draft().step !== "preview"; asked++)
      person.chooses(`d:skip:${person.draft().step}`);
    person.presses(complaint.send);
    expect(person.mine()[0]?.filing.threatened).toBe(true);
    expect(person.mine()[0]?.holders).toEqual([CUSTODIAN]);
  });

  it("are said in the preview, with 113", () => {
    const person = talk();
    const said = person.types("Tôi bị cán bộ phường Hải Châu, Đà Nẵng đe dọa vì đã phản ánh");
    expect(person.draft().step).toBe("preview");
    expect(said.text).toContain(before.lane("Thanh tra thành phố Đà Nẵng", false));
  });

  it.each([
    "UBND phường Hải Châu, Đà Nẵng hẹn 9/11 mà tới nay chưa trả thư xin lỗi, chưa trả hồ sơ cho tôi",
    "can bo phuong hai chau da nang hen 9/11 ma chua tra thu tuc dat dai cho toi",
    "Cán bộ phường Hải Châu, Đà Nẵng bắt ép tôi mua tờ khai mới cho nộp, tôi muốn phản ánh",
  ])("are not heard where there are none: %s", (text) => {
    const person = talk();
    person.types(text);
    expect(person.draft().threatened).toBeUndefined();
  });
});

describe("“tôi bị dọa” while a complaint is being told", () => {
  const STORY = "Cán bộ UBND phường Hải Châu, Đà Nẵng có thái độ hách dịch, quát tháo tôi khi nộp hồ sơ";

  it.each(["toi bi de doa tinh mang", "Tôi bị dọa", "I was threatened", "không, tôi bị dọa rồi"])(
    "guards it at the preview, and keeps the words: %s",
    (cry) => {
      const person = talk();
      person.types(STORY);
      expect(person.draft().step).toBe("preview");
      const said = person.types(cry);
      expect(said.text).toContain(before.threatened);
      expect(person.draft()).toMatchObject({ step: "preview", threatened: true, story: [STORY, cry] });
      person.presses(complaint.send);
      expect(person.mine()[0]?.holders).toEqual([CUSTODIAN]);
    },
  );

  it("names 113 first where life is in danger", () => {
    const person = talk();
    person.types(STORY);
    const { outcome } = person.types("toi bi de doa tinh mang");
    expect(outcome.replies[0]?.text).toBe(vietnamese.answers.crisis.police);
  });

  it.each(["place", "about", "promised"] as const)("guards it at the question of the %s", (step) => {
    const person = talk();
    const told = {
      place: STORY.replace(" phường Hải Châu, Đà Nẵng", " phường"),
      about: "Ở phường Hải Châu, Đà Nẵng tôi bị quát tháo, thái độ hách dịch",
      promised: "Tôi nộp hồ sơ ở UBND phường Hải Châu, Đà Nẵng mà trễ hẹn chưa trả",
    };
    person.types(told[step]);
    expect(person.draft().step).toBe(step);
    person.types("tôi bị dọa");
    expect(person.draft()).toMatchObject({ step, threatened: true });
  });

  it.each(["toi bi doa", "I was threatened"])("offers to protect the case sent before as well: %s", (cry) => {
    const person = talk();
    person.types(STORY);
    person.presses(complaint.send);
    person.types("phan anh");
    const said = person.types(cry);
    expect(person.draft().threatened).toBe(true);
    expect(said.text).toContain(vietnamese.withdrawal.fearToo);
    const { id = "" } = said.choices.find((choice) => choice.id.startsWith("c:fear:")) ?? {};
    person.chooses(id);
    expect(person.mine()[0]?.lane).toBe("protected");
    expect(person.draft().threatened).toBe(true);
  });
});
