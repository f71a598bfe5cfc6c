import { describe, expect, it } from "vitest";
import { vietnamese } from "../../src/wording/citizen.ts";
import { history, notices, type Said, type Talk, talk } from "./talk.ts";

const { complaint: words, dossier, answers } = vietnamese;
const CODE = "H17.12-261102-0005";
const STORY = "Cán bộ UBND phường Hải Châu, Đà Nẵng có thái độ hách dịch, quát tháo tôi khi nộp hồ sơ";
const labels = (said: Said): string[] => said.choices.map(({ label }) => label);

function filed(story = STORY): Talk {
  const person = talk();
  person.types(story);
  for (let asked = 0; asked < 5 && person.draft().step !== "preview"; asked++)
    person.chooses(`d:skip:${person.draft().step}`);
  person.presses(words.send);
  return person;
}

describe("a dossier's code on its own", () => {
  it.each([
    [CODE, CODE, "02/11/2026"],
    [`mã hồ sơ ${CODE} nhé`, CODE, "02/11/2026"],
    [`hồ sơ ${CODE} của tôi đến đâu rồi`, CODE, "02/11/2026"],
    ["h17.77-261030-0123", "H17.77-261030-0123", "30/10/2026"],
    ["G01.899.104-261102-0001", "G01.899.104-261102-0001", "02/11/2026"],
    // A day to come, and none at all.
    ["H17.12-271102-0005", "H17.12-271102-0005", undefined],
    ["H17.12-269902-0005", "H17.12-269902-0005", undefined],
  ])("“%s” is known for what it is, and what it is sent for is asked", (text, code, day) => {
    const said = talk().types(text);
    expect(said.text).toBe(dossier.what(code, day));
    expect(labels(said)).toEqual([dossier.late, dossier.look]);
  });

  it("is reported as late with one press", () => {
    const person = talk();
    person.types(CODE);
    const said = person.presses(dossier.late);
    expect(said.text).toContain(words.askStory);
    expect(person.draft()).toMatchObject({ kind: "late", dossierCode: CODE, story: [] });
    expect(person.chooses(`h:late:${CODE}`).text).toBe(words.stillOpen);
  });

  it("is added to an open case that has none, once, and shows the case that has it", () => {
    const person = filed();
    const { trackingCode } = person.mine()[0] ?? { trackingCode: "" };
    expect(labels(person.types(CODE))).toEqual([dossier.late, dossier.add(trackingCode), dossier.look]);
    const said = person.presses(dossier.add(trackingCode));
    expect(notices(said.outcome.deliveries ?? [])[0]?.text).toBe(dossier.isIt(CODE));
    expect(history(person.mine()[0]).at(-1)).toBe("informed");
    expect(labels(person.types(CODE))).toEqual([dossier.late, dossier.look]);
    const late = filed(`Hồ sơ ${CODE} tôi nộp ở UBND phường Hải Châu, Đà Nẵng hẹn 9/11 mà chưa trả`);
    expect(late.types(`mã hồ sơ ${CODE}`).text).toContain(late.mine()[0]?.trackingCode);
  });

  it("is told where dossiers are looked up", () => {
    const person = talk();
    person.types(CODE);
    expect(person.presses(dossier.look).text).toContain("Cổng Dịch vụ công quốc gia");
  });

  it("answers an agency's question beside which it is typed", () => {
    const person = filed();
    person.agency({ action: "ask", text: "Mã hồ sơ là gì?" });
    person.types(CODE);
    person.presses(words.send);
    expect(person.mine()[0]?.events.at(-1)).toMatchObject({ type: "informed", text: CODE });
  });

  it("in a story or a question is no such thing, and foreign buttons do nothing", () => {
    const person = talk();
    expect(
      person.types(`Hồ sơ ${CODE} tôi nộp ở UBND phường Hải Châu, Đà Nẵng hẹn 9/11 mà chưa trả`).text,
    ).not.toContain(dossier.what(CODE, "02/11/2026"));
    for (const id of ["h:late:abc", "h:add:abc:x", "h:other", "h:add"])
      expect(talk().chooses(id).text).toBe(answers.staleChoice);
    expect(talk().chooses(`h:add:${CODE}:strange`).text).toBe(vietnamese.after.tooLate);
  });
});
