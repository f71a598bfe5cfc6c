import { beforeEach, describe, expect, it } from "vitest";
import type { Complaint } from "../../src/complaints/complaint.ts";
import { pendingChoices, statusOf } from "../../src/conversation/status.ts";
import { day, vietnamese } from "../../src/wording/citizen.ts";
import { english } from "../../src/wording/citizen-en.ts";
import { guide, type Talk, talk } from "./talk.ts";

const { status: words, statuses, notices, standing, withdrawal } = vietnamese;
const SECRET = "Cán bộ Lê Văn Tám ở phòng đăng ký đòi tôi năm trăm nghìn mới chịu nhận hồ sơ";
const PERSON = "Trần Thị Hoa";
const PHONE = "0905123456";

/** A person who has filed one complaint, with name and e-mail. */
function filed(conversation: string): { person: Talk; complaint: Complaint } {
  const person = talk(conversation);
  person.types(SECRET);
  for (let turn = 0; turn < 12 && person.draft().step !== "preview"; turn++) {
    if (person.draft().step === "email") person.types("hoa@example.com");
    else person.types(person.draft().step === "place" ? "xã Núi Thành, Đà Nẵng" : "Bỏ qua");
  }
  person.presses(vietnamese.complaint.addName);
  person.types(`${PERSON}, ${PHONE}`);
  person.presses(vietnamese.complaint.send);
  const complaint = person.mine()[0];
  if (!complaint) throw new Error("nothing was filed");
  return { person, complaint };
}

describe("looking up a complaint", () => {
  let person: Talk;
  let complaint: Complaint;
  let code: string;
  beforeEach(() => {
    ({ person, complaint } = filed("web:hoa"));
    code = complaint.trackingCode;
  });

  it("shows the conversation that filed it its state, its days and who must answer", () => {
    const said = person.types(`tra cứu ${code}`).text;
    expect(said).toContain(words.head(code, statuses.registered));
    expect(said).toContain(words.filedOn("20/11/2026"));
    expect(said).toContain(words.due(day(complaint.answerDue)));
    expect(said).toContain(guide.rules.directory.agencies.get(complaint.holders[0] ?? "")?.name);
    expect(said).not.toContain(words.elsewhere);
  });

  it("shows anybody else state and days, never text, answers, names or the address", () => {
    person.agency({ action: "progress", text: "Đã mời bà Hoa lên làm việc" });
    person.agency({ action: "answer", text: "Đã xin lỗi bà Hoa" });
    const stranger = talk("web:stranger", person.mine());
    for (const typed of [`tra cứu ${code}`, code, `/tracuu ${code}`]) {
      const { text, choices } = stranger.types(typed);
      expect(text).toContain(words.head(code, statuses.answered));
      expect(text).toContain(words.elsewhere);
      for (const hidden of [SECRET, "Lê Văn Tám", PERSON, PHONE, "hoa@example.com", "bà Hoa"])
        expect(text).not.toContain(hidden);
      expect(choices).toEqual([]);
    }
    expect(stranger.session().menu).toEqual([]);
  });

  it("gives the same answer for a code in any case, with O for 0 or I for 1, with spaces or nothing between", () => {
    const asked = person.types(`tra cứu ${code}`).text;
    for (const typed of [
      code.toLowerCase(),
      code.replaceAll("0", "O").replaceAll("1", "I"),
      code.toLowerCase().replaceAll("0", "o").replaceAll("1", "l"),
      code.replaceAll("-", " "),
      code.replaceAll("-", ""),
    ]) {
      expect(person.types(`tra cuu ${typed}`).text, typed).toBe(asked);
      expect(person.types(typed).text, typed).toBe(asked);
    }
  });

  it("says that a code was mistyped when its last letter does not fit, and that it is unknown when it does", () => {
    const last = code.at(-1) === "0" ? "2" : "0";
    expect(person.types(`tra cứu ${code.slice(0, -1)}${last}`).text).toBe(words.wrong);
    expect(talk("web:nobody").types(`tra cứu ${code}`).text).toBe(words.none);
  });

  it("without a code lists the own ones, newest first, each with state and last day; nobody else's", () => {
    const list = person.types("tra cứu").text;
    expect(list).toContain(words.line(code, statuses.registered, day(complaint.answerDue)));
    const stranger = talk("web:stranger", person.mine()).types("tra cứu").text;
    expect(stranger).toContain(words.ask);
    expect(stranger).not.toContain(code);
  });

  it("shows a stranger no state of a case in the protected lane, and as little of one that was withdrawn", () => {
    const seenBy = (shown: Talk): string => talk("web:stranger", shown.mine()).types(code).text;
    const quits = person.fork();
    quits.types("rút đơn");
    quits.presses(withdrawal.free);
    quits.presses(withdrawal.quit);
    person.types("tôi bị dọa vì phản ánh");
    expect([person.mine()[0]?.lane, quits.mine()[0]?.status]).toEqual(["protected", "withdrawn"]);
    person.agency({ action: "progress", text: "Đang xác minh" });
    expect(seenBy(person)).toBe(seenBy(quits));
    expect(seenBy(person)).not.toContain(statuses.in_progress);
    expect(person.types(code).text).toContain(statuses.in_progress);
  });

  it("in front of others shows nothing of what the person told, though the conversation filed it", () => {
    person.agency({ action: "answer", text: "Đã xin lỗi bà Hoa" });
    const [own] = person.mine();
    const world = {
      now: new Date("2026-11-21T09:00:00+07:00"),
      fresh: { complaint: "x", trackingCode: "y" },
      conversation: "web:hoa",
      mine: person.mine(),
      found: own,
      privately: false,
    };
    const open = statusOf(guide.reader.read(code, world.now), world, guide, vietnamese);
    expect(open.text).toContain(words.elsewhere);
    expect(open.text).not.toContain("bà Hoa");
    expect(open.choices).toEqual([]);
    const list = statusOf(guide.reader.read("tra cứu", world.now), world, guide, vietnamese);
    expect(list.text).not.toContain(code);
  });

  it("shows what the agency wrote and the way on: the answer to a question, solved or not", () => {
    person.agency({ action: "ask", text: "Việc xảy ra lúc mấy giờ?" });
    const asked = person.types(code);
    expect(asked.text).toContain("Việc xảy ra lúc mấy giờ?");
    expect(asked.choices.map(({ label }) => label)).toEqual([notices.answerQuestion, standing.withdraw]);
    person.presses(notices.answerQuestion);
    person.types("Lúc chín giờ sáng");
    person.agency({ action: "answer", text: "Đã kiểm điểm." });
    const answered = person.types(code);
    expect(answered.text).toContain("Đã kiểm điểm.");
    expect(answered.choices.map(({ label }) => label)).toEqual([
      notices.solved,
      notices.notSolved,
      standing.addFacts,
      standing.withdraw,
    ]);
    person.presses(notices.solved);
    expect(person.types(code).text).toContain(statuses.closed_confirmed);
    // They may still find that it was not, and say so.
    expect(person.types(code).choices.map(({ label }) => label)).toEqual([
      notices.notSolved,
      standing.addFacts,
    ]);
  });

  it("is told in English to who reads English, the agency's words as they are", () => {
    person.agency({ action: "answer", text: "Đã kiểm điểm." });
    person.types("English");
    const said = person.types(code);
    expect(said.text).toContain(english.statuses.answered);
    expect(said.text).toContain("Đã kiểm điểm.");
    expect(said.choices.map(({ label }) => label)).toEqual([
      english.notices.solved,
      english.notices.notSolved,
      english.standing.addFacts,
      english.standing.withdraw,
    ]);
  });

  it("works in the midst of telling another complaint, which stays as it is", () => {
    person.types("phản ánh");
    person.types("1");
    const before = person.draft();
    expect(person.types(`tra cứu ${code}`).text).toContain(words.head(code, statuses.registered));
    expect(person.draft()).toEqual(before);
  });
});

describe("what a case waits for from its person", () => {
  it("is nothing but an answer to a question or a word on whether it is solved, each with an id that fits a button", () => {
    const { complaint } = filed("web:hoa");
    const now = new Date(complaint.filedAt);
    const fresh = { complaint: "case-2", trackingCode: "MC-7K4P-29QX-84MT" };
    const world = { now, fresh, conversation: "web:hoa", mine: [complaint], privately: true };
    const asking = { world, guide, wording: vietnamese };
    for (const status of [
      "registered",
      "delivered",
      "delivery_problem",
      "acknowledged",
      "in_progress",
    ] as const)
      expect(pendingChoices({ ...complaint, status }, asking)).toEqual([]);
    for (const status of ["disputed", "closed_confirmed"] as const)
      expect(pendingChoices({ ...complaint, status }, asking)).toEqual([]);
    for (const [status, count] of [
      ["needs_info", 1],
      ["answered", 2],
    ] as const) {
      const choices = pendingChoices({ ...complaint, id: "f".repeat(20), status }, asking);
      expect(choices).toHaveLength(count);
      for (const { id } of choices) expect(Buffer.byteLength(id)).toBeLessThanOrEqual(64);
    }
  });
});
