import { describe, expect, it } from "vitest";
import { vietnamese } from "../../src/wording/citizen.ts";
import { type Said, type Talk, talk } from "./talk.ts";

const { complaint } = vietnamese;
const words = vietnamese.before.remind;
/** Told on Friday, 20 November 2026; the 27th is the next Friday. */
const EARLY = "Tôi nộp hồ sơ ở UBND xã Núi Thành, Đà Nẵng ngày 19/11, hẹn 27/11, sợ bị trễ hẹn nên báo trước";
const OFFER = words.offer("27/11/2026");

function toPreview(person: Talk, first: Said): Said {
  let said = first;
  while (person.draft().step !== "preview")
    said = person.types(person.draft().step === "person" ? complaint.noName : complaint.skip);
  return said;
}

function reminded(): Talk {
  const person = talk();
  toPreview(person, person.types(EARLY));
  person.presses(OFFER);
  return person;
}

describe("who is not late yet", () => {
  it("is told the day and offered a reminder at eight in the morning of that day, without filing anything", () => {
    const person = talk();
    const preview = toPreview(person, person.types(EARLY));
    expect(preview.text).toContain(vietnamese.lateness.notLate("27/11/2026"));
    const said = person.presses(OFFER);
    expect(said.text).toBe(words.set("27/11/2026", "08:00"));
    expect(person.mine()).toEqual([]);
    expect(person.session().draft).toBeUndefined();
    const [delivery, ...others] = person.deliveries();
    expect(others).toEqual([]);
    expect(delivery).toMatchObject({
      notBefore: "2026-11-27T01:00:00.000Z",
      to: { kind: "chat", conversation: "web:one" },
      content: { kind: "person", text: expect.stringContaining("27/11/2026") },
    });
    expect(delivery).not.toHaveProperty("complaint");
  });

  it("reports it late with the reminder's button, or its number, without telling it again", () => {
    for (const press of ["button", "number"] as const) {
      const person = reminded();
      person.passes(10);
      const [content] = person.deliveries().map((delivery) => delivery.content);
      if (content?.kind !== "person") throw new Error("no reminder");
      expect(content.choices.map(({ label }) => label)).toEqual([words.late, words.done]);
      const said = press === "button" ? person.chooses(content.choices[0]?.id ?? "") : person.types("1");
      expect(said.text).toContain(words.again);
      expect(said.text).toContain(vietnamese.lateness.late(1, "27/11/2026", true));
      expect(person.draft()).toMatchObject({ kind: "late", story: [EARLY], promisedDate: "2026-11-27" });
      toPreview(person, said);
      person.presses(complaint.send);
      expect(person.mine()[0]?.filing).toMatchObject({
        kind: "late",
        text: EARLY,
        lateness: { daysLate: 1 },
      });
      expect(person.session().reminders).toEqual([]);
    }
  });

  it("is told that files are not kept until then, and goes on without them", () => {
    const person = talk();
    person.types(EARLY);
    const { id: owner } = person.draft();
    const file = { id: "f", key: "k", type: "image/jpeg", size: 3 };
    toPreview(person, person.receives({ kind: "file", owner, file }));
    const said = person.presses(OFFER);
    expect(said.text).toContain(vietnamese.evidence.putAside);
    expect(said.outcome.unwanted).toEqual([owner]);
    person.passes(10);
    person.types("1");
    expect(person.draft()).toMatchObject({ story: [EARLY] });
    expect(person.draft()).not.toHaveProperty("evidence");
  });

  it("can say that the result has come", () => {
    const person = reminded();
    person.passes(8);
    expect(person.types("2").text).toBe(words.thanks);
    expect(person.session().reminders).toEqual([]);
  });

  it("can cancel, at once or later by typing", () => {
    const at = reminded().presses(words.cancel);
    expect(at.text).toBe(words.cancelled("27/11/2026"));
    const person = reminded();
    const list = person.types("nhắc hẹn");
    expect(list.text).toContain("27/11/2026");
    const { outcome } = person.presses(words.cancelDay("27/11/2026"));
    expect(outcome.cancelled).toEqual(person.deliveries().map(({ id }) => id));
    expect(person.types("nhắc hẹn").text).toBe(words.none);
  });

  it("has five at most", () => {
    const person = talk();
    for (let time = 0; time < 6; time++) {
      toPreview(person, person.types(EARLY));
      const said = person.presses(OFFER);
      if (time < 5) expect(said.text).toBe(words.set("27/11/2026", "08:00"));
      else expect(said.text.split("\n")[0]).toBe(words.full);
    }
    expect(person.deliveries()).toHaveLength(5);
  });

  it("loses nothing that was told when there are five already", () => {
    const person = talk();
    for (let time = 0; time < 5; time++) {
      toPreview(person, person.types(EARLY));
      person.presses(OFFER);
    }
    const first = person.types(`${EARLY}, mã hồ sơ 000.00.17.H17-231120-0012`);
    const { id: owner } = person.draft();
    const file = { id: "f", key: "k", type: "image/jpeg", size: 3 };
    toPreview(person, first);
    toPreview(person, person.receives({ kind: "file", owner, file }));
    const { story, dossierCode, evidence } = person.draft();
    expect(dossierCode).toBeDefined();
    expect(evidence).toHaveLength(1);
    const said = person.presses(OFFER);
    expect(person.draft()).toMatchObject({ step: "preview", story, dossierCode, evidence });
    expect(said.outcome.unwanted).toBeUndefined();
    const [cancel] = person.types("nhắc hẹn").choices;
    person.chooses(cancel?.id ?? "");
    expect(person.chooses("d:remind:2026-11-27").text).toContain(words.set("27/11/2026", "08:00"));
    expect(person.session().reminders?.at(-1)?.told).toMatchObject({ story, dossierCode });
  });

  it("is not thrown out of another complaint by an old button", () => {
    const person = reminded();
    person.passes(8);
    const [reminder] = person.session().reminders ?? [];
    person.types("phản ánh");
    const before = person.draft();
    expect(person.chooses(`r:late:${reminder?.id}`).text).toBe(complaint.stillOpen);
    expect(person.draft()).toEqual(before);
  });

  it("is not offered a day that is no due day of theirs, nor one that has passed", () => {
    const person = talk();
    toPreview(person, person.types(EARLY));
    person.chooses("d:remind:2026-12-31");
    expect(person.deliveries()).toEqual([]);
    person.passes(8);
    person.chooses("d:remind:2026-11-27");
    expect(person.deliveries()).toEqual([]);
    person.chooses("r:set:2026-11-27:1.001193:2026-11-19");
    expect(person.deliveries()).toEqual([]);
  });
});

describe("who asks when a result is due", () => {
  it("is offered a reminder of the day that was counted", () => {
    const person = talk();
    const said = person.types("Tôi nộp hồ sơ cấp đổi thẻ căn cước hôm 19/11 thì bao giờ có?");
    const offer = said.choices.find(({ id }) => id.startsWith("r:set:"));
    if (!offer) throw new Error(`no offer among ${JSON.stringify(said.choices)}`);
    person.chooses(offer.id);
    const [delivery] = person.deliveries();
    expect(delivery?.notBefore).toBe(`${offer.id.split(":")[2]}T01:00:00.000Z`);
    expect(person.session().reminders?.[0]?.told).toMatchObject({ kind: "late", submittedOn: "2026-11-19" });
  });
});
