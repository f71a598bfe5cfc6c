import { beforeEach, describe, expect, it } from "vitest";
import type { Complaint } from "../../src/complaints/complaint.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { history, notices, type Talk, talk } from "./talk.ts";

const { after, notices: told, overdue, status: words, statuses } = vietnamese;

/** A person who filed a complaint and keeps silent. */
function silent(): { person: Talk; complaint(): Complaint } {
  const person = talk("web:silent");
  person.types("Cán bộ Trung tâm Phục vụ hành chính công xã Núi Thành quát mắng tôi");
  for (let turn = 0; turn < 12 && person.draft().step !== "preview"; turn++)
    person.types(person.draft().step === "place" ? "xã Núi Thành, Đà Nẵng" : "Bỏ qua");
  person.presses(vietnamese.complaint.send);
  return {
    person,
    complaint: () => {
      const [complaint] = person.mine();
      if (!complaint) throw new Error("nothing was filed");
      return complaint;
    },
  };
}

describe("a person who said nothing for weeks", () => {
  let person: Talk;
  let complaint: () => Complaint;
  beforeEach(() => {
    ({ person, complaint } = silent());
  });
  const status = (): string => person.types(`tra cứu ${complaint().trackingCode}`).text;

  it("reads how far a late case went up, and whom it was told", () => {
    person.passes(12);
    expect(status()).toContain(overdue[1]);
    person.passes(12);
    const text = status();
    expect(text).toContain(overdue[3]);
    expect(text).toContain(words.escalated("Thanh tra thành phố Đà Nẵng"));
    person.agency({ action: "answer", text: "Đã nhắc nhở cán bộ" });
    expect(status()).not.toContain(overdue[3]);
  });

  it.each(["Chưa giải quyết", "2", "vẫn chưa giải quyết gì cả"])(
    "reopens a case that their silence closed by typing “%s”",
    (typed) => {
      person.agency({ action: "answer", text: "Đã nhắc nhở cán bộ" });
      person.passes(20);
      expect(complaint().status).toBe("closed_unconfirmed");
      person.types(typed);
      if (person.session().expecting?.kind !== "dispute") person.presses(told.notSolved);
      const reply = person.types("Vẫn quát như cũ");
      expect(reply.text).toContain(after.disputed(complaint().trackingCode, "").slice(0, 30));
      expect(complaint().status).toBe("disputed");
      expect(notices(reply.outcome.deliveries ?? [])).toMatchObject([
        { event: "disputed", text: "Vẫn quát như cũ" },
      ]);
    },
  );

  it("sees in the status of such a case until when, and the buttons", () => {
    person.agency({ action: "answer", text: "Đã nhắc nhở cán bộ" });
    person.passes(20);
    const said = person.types(`tra cứu ${complaint().trackingCode}`);
    expect(said.text).toContain(statuses.closed_unconfirmed);
    expect(said.text).toContain(words.reopens("20/12/2026"));
    expect(said.choices.map(({ label }) => label)).toEqual([
      told.solved,
      told.notSolved,
      vietnamese.standing.addFacts,
    ]);
    person.presses(told.solved);
    expect(complaint().status).toBe("closed_confirmed");
  });

  it("cannot reopen it after thirty days from the answer, by an old button or by words", () => {
    person.agency({ action: "answer", text: "Đã nhắc nhở cán bộ" });
    person.passes(31);
    const id = complaint().id;
    expect(person.chooses(`c:no:${id}`).text).toBe(after.tooLate);
    expect(person.chooses(`c:yes:${id}`).text).toBe(after.tooLate);
    person.types("chưa giải quyết");
    expect(complaint().status).toBe("closed_unconfirmed");
    expect(person.types(`tra cứu ${complaint().trackingCode}`).choices).toEqual([]);
  });

  it("does not reopen a case whose time ran out while they typed the reason", () => {
    person.agency({ action: "answer", text: "Đã nhắc nhở cán bộ" });
    person.passes(30);
    expect(person.chooses(`c:no:${complaint().id}`).text).toBe(after.askReason);
    person.passes(1);
    person.types("Vẫn quát như cũ");
    expect(complaint().status).toBe("closed_unconfirmed");
  });

  it("takes a case up again by answering the question that it was closed over", () => {
    person.agency({ action: "ask", text: "Quầy số mấy?" });
    person.passes(20);
    expect(complaint().status).toBe("closed_no_reply");
    expect(person.types(`tra cứu ${complaint().trackingCode}`).text).toContain(statuses.closed_no_reply);
    person.presses(told.answerQuestion);
    person.types("Quầy số 3");
    expect(complaint().status).toBe("in_progress");
    expect(history(complaint()).at(-1)).toBe("informed");
    // The weeks of silence are not the agency's.
    expect(complaint().answerDue > "2026-12-10").toBe(true);
  });

  it("is not taken to mean an old case when they ask something new", () => {
    person.agency({ action: "answer", text: "Đã nhắc nhở cán bộ" });
    person.passes(20);
    person.types("cảm ơn");
    const said = person.types("không có giấy chứng sinh có khai sinh được không");
    expect(said.text).not.toContain(complaint().trackingCode);
  });
});
