import { describe, expect, it } from "vitest";
import type { Complaint } from "../../src/complaints/complaint.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { history, type Talk, talk } from "./talk.ts";

const { after, complaint: words, relay } = vietnamese;
const STORY = "Cán bộ UBND phường Hải Châu, Đà Nẵng có thái độ hách dịch, quát tháo tôi khi nộp hồ sơ";

function filed(person = talk(), story = STORY): Talk {
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
const WAYS = ["mở lại phản ánh", "tôi muốn mở lại phản ánh", "mở lại vụ MC", "mở lại"];
const said = (way: string, person: Talk): string => way.replace("MC", own(person).trackingCode);

describe("“mở lại”", () => {
  it.each(WAYS)("“%s” takes up again what was closed, by silence or as solved, within its days", (way) => {
    for (const closes of ["silence", "solved"]) {
      const person = filed();
      person.agency({ action: "answer", text: "Đã nhắc nhở cán bộ" });
      if (closes === "solved") person.chooses(`c:yes:${own(person).id}`);
      person.passes(20);
      expect(own(person).status).toMatch(/^closed/);
      const late = person.fork();
      expect(person.types(said(way, person)).text).toBe(after.askReason);
      person.types("Vẫn quát như cũ");
      expect(own(person).status).toBe("disputed");
      late.passes(15);
      expect(late.types(said(way, late)).text).not.toBe(after.askReason);
      expect(own(late).status).toMatch(/^closed/);
    }
  });

  it.each(WAYS)("“%s” goes on with what was withdrawn", (way) => {
    const person = filed();
    person.types("rút phản ánh");
    person.types("không");
    person.types("Thôi");
    expect(own(person).status).toBe("withdrawn");
    person.types(said(way, person));
    expect(history(own(person)).at(-1)).toBe("reopened");
  });

  it("asks the question again over which a case was closed", () => {
    const person = filed();
    person.agency({ action: "ask", text: "Quầy số mấy?" });
    person.passes(20);
    expect(own(person).status).toBe("closed_no_reply");
    expect(person.types("mở lại").text).toBe(after.askInformation(own(person).trackingCode));
    person.types("Quầy số 3");
    expect(own(person).status).toBe("in_progress");
  });

  it("asks which where there are several", () => {
    const person = filed(filed(), STORY.replace("Hải Châu", "Hòa Cường"));
    for (const complaint of person.mine())
      person.agency(
        { action: "answer", text: `Đã nhắc nhở cán bộ của ${complaint.trackingCode}` },
        complaint,
      );
    person.passes(20);
    const which = person.types("mở lại");
    expect(which.text).toBe(relay.which);
    expect(person.chooses(which.choices[1]?.id ?? "").text).toBe(after.askReason);
    person.types("Vẫn quát như cũ");
    expect(person.mine().map(({ status }) => status)).toEqual(["closed_unconfirmed", "disputed"]);
  });

  it("alone means something only where a case can be taken up again", () => {
    const person = filed();
    expect(person.types("mở lại phản ánh").text).toBe(relay.none);
    expect(person.types("mở lại").text).not.toBe(relay.none);
    expect(person.types("mở lại").text).toBe(talk().types("mở lại").text);
  });
});
