import { describe, expect, it } from "vitest";
import { vietnamese } from "../../src/wording/citizen.ts";
import { type Talk, talk } from "./talk.ts";

const { before, complaint } = vietnamese;
const STORY = "Cán bộ UBND phường Hải Châu, Đà Nẵng có thái độ hách dịch, quát tháo tôi khi nộp hồ sơ";

function atPreview(): Talk {
  const person = talk();
  person.types(STORY);
  expect(person.draft().step).toBe("preview");
  return person;
}

describe("what is typed under the preview", () => {
  it("goes into the story where it tells more, and kind and way are read again", () => {
    const person = atPreview();
    const said = person.types("con nua ho doi toi 2 trieu");
    expect(person.draft()).toMatchObject({
      kind: "bribe",
      story: [STORY, "con nua ho doi toi 2 trieu"],
    });
    expect(said.text).toContain(complaint.added);
    expect(said.text).toContain("đường kín");
  });

  it("goes into the story where the person is afraid", () => {
    const person = atPreview();
    person.types("toi so");
    expect(person.draft().threatened).toBe(true);
  });

  it("is answered where it asks who gets it", () => {
    const person = atPreview();
    const said = person.types("gui cho ai vay");
    expect(said.text).toContain("Ủy ban nhân dân thành phố Đà Nẵng");
    expect(person.draft().story).toEqual([STORY]);
    expect(said.choices.map(({ label }) => label)).toContain(complaint.send);
  });

  it("is kept where it may be anything, and added with one press", () => {
    const person = atPreview();
    const said = person.types("hôm đó là sáng thứ hai");
    expect(said.text).toBe(before.keepWords("hôm đó là sáng thứ hai"));
    const other = person.fork();
    person.presses(before.addWords);
    expect(person.draft().story).toEqual([STORY, "hôm đó là sáng thứ hai"]);
    expect(person.draft().typed).toBeUndefined();
    other.presses(complaint.send);
    expect(other.mine()[0]?.filing.text).toBe(STORY);
  });

  it.each([
    "nhận tin qua email",
    "nhan tin qua e-mail",
    "gửi email cho tôi",
    "tôi muốn nhận qua gmail nhé",
    "email",
  ])("asks for the address where “%s” wants news by mail, and shows it back", (text) => {
    const person = atPreview();
    expect(person.types(text).text).toContain(complaint.askEmail);
    expect(person.types("hoa.tran@example.com").text).toContain(complaint.emailTo("hoa.tran@example.com"));
    expect(person.draft().email).toBe("hoa.tran@example.com");
    expect(person.presses(complaint.removeEmail).text).not.toContain("hoa.tran@example.com");
  });

  it("is no wish for mail where mail was part of what happened", () => {
    const person = atPreview();
    person.types("hôm đó tôi gửi email cho xã rồi");
    expect(person.draft().step).toBe("preview");
  });

  it.each(["không phải vậy đâu, họ còn bắt tôi chờ cả buổi", "đúng rồi"])(
    "is no cancelling where it is more than a no: %s",
    (text) => {
      const person = atPreview();
      const { choices } = person.types(text);
      expect(choices.some(({ id }) => id.startsWith("d:drop:"))).toBe(false);
    },
  );

  it.each(["không", "thôi không gửi nữa", "đừng gửi"])(
    "asks whether to drop it where it is a no: %s",
    (text) => {
      const { choices } = atPreview().types(text);
      expect(choices.some(({ id }) => id.startsWith("d:drop:"))).toBe(true);
    },
  );
});
