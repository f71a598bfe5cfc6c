import { describe, expect, it } from "vitest";
import { vietnamese } from "../../src/wording/citizen.ts";
import { type Talk, talk } from "./talk.ts";

const { complaint, relay, answers } = vietnamese;
const STORY = "Cán bộ UBND phường Hải Châu, Đà Nẵng có thái độ hách dịch, quát tháo tôi khi nộp hồ sơ";

function filed(): Talk {
  const person = talk();
  person.types(STORY);
  person.presses(complaint.send);
  return person;
}

describe("words about one's own case after filing", () => {
  it.each([
    "tinh trang",
    "bao gio co ket qua",
    "tinh hinh sao roi",
    "phan anh cua toi den dau roi",
    "da giai quyet chua",
  ])("“%s” shows how it stands", (text) => {
    const person = filed();
    const said = person.types(text);
    expect(said.text).toContain(person.mine()[0]?.trackingCode);
    expect(person.session().draft).toBeUndefined();
  });

  it("ask which, where there are several", () => {
    const person = filed();
    person.types(STORY.replace("Hải Châu", "Hòa Cường"));
    person.presses(complaint.send);
    const said = person.types("den dau roi");
    expect(said.text).toContain(relay.which);
    person.chooses(said.choices[0]?.id ?? "");
    expect(said.choices).toHaveLength(2);
  });

  it("keep what is to be added until it is said to which, and not longer than that is asked", () => {
    const person = filed();
    person.types(STORY.replace("Hải Châu", "Hòa Cường"));
    person.presses(complaint.send);
    const told = "có thêm anh Nam chứng kiến";
    const asked = person.types(`bổ sung: ${told}`);
    expect(asked.text).toContain(relay.which);
    const [first] = asked.choices;
    person.chooses(first?.id ?? "");
    const added = person.mine().filter(({ events }) => events.some((event) => event.type === "informed"));
    expect(added.map(({ events }) => events.at(-1))).toMatchObject([{ type: "informed", text: told }]);
    expect(first?.label).toContain(added[0]?.trackingCode);
    // The same button again asks; it adds nothing a second time.
    expect(person.chooses(first?.id ?? "").text).toBe(relay.askFacts(added[0]?.trackingCode ?? ""));
    expect(
      person.mine().flatMap(({ events }) => events.filter(({ type }) => type === "informed")),
    ).toHaveLength(1);
  });

  it("mean the procedure just spoken of, unless they name what was reported", () => {
    const person = filed();
    person.types("làm khai sinh cần giấy tờ gì");
    const code = person.mine()[0]?.trackingCode ?? "";
    expect(person.types("bao giờ có kết quả").text).not.toContain(code);
    person.types("làm khai sinh cần giấy tờ gì");
    expect(person.types("phản ánh của tôi đến đâu rồi").text).toContain(code);
  });

  it("mean nothing of the kind where there is no case", () => {
    expect(talk().types("tình trạng hôn nhân").text).not.toContain("MC-");
    expect(talk().types("đến đâu rồi").text).not.toContain(answers.staleChoice);
  });

  it.each(["bổ sung: có thêm anh Nam chứng kiến", "bo sung : co them anh Nam chung kien"])(
    "“%s” adds the rest",
    (text) => {
      const person = filed();
      const said = person.types(text);
      expect(said.text).toBe(relay.sent(person.mine()[0]?.trackingCode ?? ""));
      const informed = person.mine()[0]?.events.at(-1);
      expect(informed).toMatchObject({ type: "informed" });
      expect(JSON.stringify(informed)).toMatch(/"c[óo] th[êe]m anh Nam ch[ứu]ng ki[ếe]n"/);
    },
  );

  it("a question about papers to be added adds nothing", () => {
    const person = filed();
    const { events } = person.mine()[0] ?? {};
    person.types("bổ sung hồ sơ khai sinh: cần giấy gì");
    expect(person.mine()[0]?.events).toEqual(events);
  });
});
