import { describe, expect, it } from "vitest";
import { openNotice } from "../../src/messages/delivery.ts";
import { day, vietnamese } from "../../src/wording/citizen.ts";
import { english } from "../../src/wording/citizen-en.ts";
import { noticeFacts, TAKEN_OUT } from "../../src/wording/official.ts";
import { notices, type Said, type Talk, talk } from "./talk.ts";

const { lateness: words, complaint, personal } = vietnamese;
/** Told on Friday, 20 November 2026; Tuesday the 24th is a public holiday. */
const WHERE = "ở UBND xã Núi Thành, Đà Nẵng";

/** What is said from the first message until this step is asked or the preview is shown, everything else skipped. */
function until(step: string, story: string): { person: Talk; said: Said } {
  const person = talk();
  let said = person.types(story);
  while (person.draft().step !== step && person.draft().step !== "preview")
    said = person.types(complaint.skip);
  return { person, said };
}

/** Skips what is left and hands back the preview. */
function onward(person: Talk, last: Said): Said {
  let said = last;
  while (person.draft().step !== "preview") said = person.types(complaint.skip);
  return said;
}

const noticeOf = (person: Talk) => {
  const [notice] = notices(person.deliveries());
  if (!notice) throw new Error("no notice left");
  return notice;
};

describe("a late dossier", () => {
  const LATE = `Tôi nộp hồ sơ ${WHERE} ngày 2/11, hẹn 9/11 mà tới nay vẫn chưa trả`;

  it("is told how many working days late it is, how they were counted, and asked once for the apology", () => {
    const { person, said } = until("apology", LATE);
    expect(said.text).toContain(words.late(9, "09/11/2026", true));
    expect(said.text).toContain("10/11–20/11/2026");
    expect(said.text).toContain("không tính 2 ngày cuối tuần");
    expect(said.text).toContain(words.askApology);
    expect(said.choices.map(({ label }) => label)).toEqual([...Object.values(words.apology), complaint.skip]);
    const preview = onward(person, said);
    // Said once; the fact stands among what the agency sees.
    expect(preview.text).not.toContain(words.late(9, "09/11/2026", true));
    expect(preview.text).toContain("Trễ 9 ngày làm việc");
  });

  it("files what was worked out, and the agency reads it as previewed", () => {
    const { person } = until("apology", LATE);
    const preview = onward(person, person.presses(words.apology.none));
    person.presses(complaint.send);
    expect(person.mine()[0]?.filing).toMatchObject({
      lateness: { due: "2026-11-09", by: "slip", on: "2026-11-20", daysLate: 9 },
      apology: ["none"],
    });
    const notice = noticeOf(person);
    expect(preview.text).toContain(noticeFacts(openNotice(notice, undefined)));
    expect(notice.summary).toContain("trễ 9 ngày làm việc");
    expect(noticeFacts(openNotice(notice, undefined))).toContain("khoản 6 Điều 19 Nghị định 118/2025/NĐ-CP");
  });

  it.each([
    ["none", "none", "Không nhận được văn bản xin lỗi"],
    ["too_late", "too_late", "muộn hơn 1 ngày trước hạn"],
    ["twice", "twice", "hai lần trở lên"],
  ] as const)("each breach is a fact with its article: %s", (answer, filed, line) => {
    const { person } = until("apology", LATE);
    const preview = onward(person, person.presses(words.apology[answer]));
    expect(preview.text).toContain(line);
    expect(preview.text).toContain("khoản 6 Điều 19");
    person.presses(complaint.send);
    expect(person.mine()[0]?.filing.apology).toEqual([filed]);
  });

  it("skipping the question files nothing of it", () => {
    const { person, said } = until("apology", LATE);
    onward(person, said);
    person.presses(complaint.send);
    expect(person.mine()[0]?.filing).not.toHaveProperty("apology");
    expect(noticeFacts(openNotice(noticeOf(person), undefined))).not.toContain("xin lỗi");
  });

  it.each([
    ["không", ["none"]],
    ["chưa nhận được gì", ["none"]],
    ["không thấy giấy xin lỗi nào hết", ["none"]],
    ["có xin lỗi gì đâu", ["none"]],
    ["họ có xin lỗi đâu", ["none"]],
    ["họ hẹn lại lần thứ hai rồi", ["twice"]],
    ["không nhớ nữa", []],
  ])("takes a typed answer: %s", (typed, told) => {
    const { person } = until("apology", LATE);
    person.types(typed);
    expect(person.draft().apology).toEqual(told);
    expect(person.draft().step).toBe("preview");
  });

  it("is told the rule when the person asks for it, and is asked again for the apology", () => {
    const { person } = until("apology", LATE);
    const said = person.types("họ có phải xin lỗi không");
    expect(said.text).toContain("Trễ hẹn thì cơ quan có phải xin lỗi không?");
    expect(said.choices.map(({ label }) => label)).toEqual(
      expect.arrayContaining(Object.values(words.apology)),
    );
    expect(person.draft()).toMatchObject({ step: "apology" });
    expect(person.draft().apology).toBeUndefined();
  });

  it("is not asked what the story tells: no apology, a second new date", () => {
    const told = `${LATE}, hẹn lại lần hai mà không thấy giấy xin lỗi`;
    const { person, said } = until("apology", told);
    expect(person.draft().step).toBe("preview");
    expect(said.text).not.toContain(words.askApology);
    // Nobody has said it before, so the preview does.
    expect(said.text).toContain(words.late(9, "09/11/2026", true));
    person.presses(complaint.send);
    expect(person.mine()[0]?.filing.apology).toEqual(["none", "twice"]);
  });

  it("counts from the new day where the apology came in time", () => {
    const { person } = until("apology", LATE);
    const asked = person.presses(words.apology.in_time);
    expect(asked.text).toContain(words.askReappointed);
    const preview = onward(person, person.types("16/11"));
    expect(preview.text).toContain(words.late(4, "16/11/2026", true));
    person.presses(complaint.send);
    expect(person.mine()[0]?.filing).toMatchObject({
      promisedDate: "2026-11-09",
      reappointedOn: "2026-11-16",
      apology: ["in_time"],
      lateness: { due: "2026-11-16", daysLate: 4 },
    });
    expect(noticeFacts(openNotice(noticeOf(person), undefined))).not.toContain("khoản 6 Điều 19");
  });

  it("is told the procedure's own limit beside the slip's day, of which procedure, and what may have paused it", () => {
    const story = `Tôi nộp hồ sơ đăng ký khai sinh ${WHERE} ngày 2/11, hẹn 9/11 mà tới nay vẫn chưa trả`;
    const { person, said } = until("apology", story);
    expect(person.draft().procedureCode).toBe("1.001193");
    expect(said.text).toContain(words.late(9, "09/11/2026", true));
    expect(said.text).toContain(words.lawful("03/11/2026"));
    expect(said.text).toContain("khai sinh");
    expect(said.text).toContain(words.pauses.verification);
    onward(person, said);
    person.presses(complaint.send);
    expect(person.mine()[0]?.filing.lateness).toMatchObject({ lawful: "2026-11-03" });
    expect(noticeFacts(openNotice(noticeOf(person), undefined))).toContain(`đến ${day("2026-11-03")}`);
  });

  it("is told why the day is not the promised one, where that is a day off", () => {
    const { said } = until("apology", `Tôi nộp hồ sơ ${WHERE} ngày 2/11, hẹn 14/11 mà tới nay vẫn chưa trả`);
    expect(said.text).toContain(words.late(4, "16/11/2026", true));
    expect(said.text).toContain(words.moved("14/11/2026"));
  });

  it("is told that nothing can be worked out where no day is known, asked all the same, and sent", () => {
    const { person, said } = until("apology", `Hồ sơ của tôi ${WHERE} bị trễ hẹn lâu lắm rồi chưa trả`);
    expect(said.text).toContain(words.unknown["no-date"]);
    onward(person, said);
    person.presses(complaint.send);
    expect(person.mine()[0]?.filing).not.toHaveProperty("lateness");
  });

  it("is told in English to who speaks English", () => {
    const { person } = until("apology", LATE);
    const said = person.types("English");
    expect(said.text).toContain(english.lateness.late(9, "09/11/2026", true));
    expect(said.text).toContain("Counted: 10/11/2026 to 20/11/2026 has 9 working days");
  });
});

describe("a dossier that is not late yet", () => {
  const EARLY = `Tôi nộp hồ sơ ${WHERE} ngày 16/11, hẹn 25/11 mà tới nay vẫn chưa trả, trễ hẹn quá`;

  it("is told its day, is not asked for an apology, and can be sent all the same or not", () => {
    const { person, said } = until("apology", EARLY);
    expect(person.draft().step).toBe("preview");
    expect(said.text).toContain(words.notLate("25/11/2026"));
    expect(said.text).not.toContain(words.askApology);
    const labels = said.choices.map(({ label }) => label);
    expect(labels).toContain(complaint.sendAnyway);
    expect(labels).toContain(complaint.cancel);
    person.presses(complaint.sendAnyway);
    expect(person.mine()[0]?.filing.lateness).toEqual({ due: "2026-11-25", by: "slip", on: "2026-11-20" });
    expect(noticeOf(person).summary).toContain("chưa quá hạn");
  });

  it("files no breach that cannot be one yet", () => {
    const { person } = until("apology", `${EARLY}, không thấy giấy xin lỗi`);
    person.presses(complaint.sendAnyway);
    expect(person.mine()[0]?.filing).not.toHaveProperty("apology");
  });

  it("goes by typed words too, and back from the preview to what was asked before it", () => {
    const { person } = until("apology", EARLY.replace(WHERE, ""));
    const back = person.fork();
    back.types("quay lại");
    expect(back.draft().step).toBe("missing");
    person.types("đồng ý");
    expect(person.mine()).toHaveLength(1);
  });

  it("is told when the slip promises more than the limit allows", () => {
    const story = `Tôi nộp hồ sơ đăng ký khai sinh ${WHERE} ngày 16/11, hẹn 16/12 mà tới nay vẫn chưa trả`;
    const { person, said } = until("apology", story);
    expect(said.text).toContain(words.longPromise("16/12/2026", "17/11/2026"));
    person.presses(complaint.send);
    expect(person.mine()[0]?.filing.lateness).toEqual({
      due: "2026-12-16",
      by: "slip",
      on: "2026-11-20",
      lawful: "2026-11-17",
    });
  });
});

describe("complaints of another kind", () => {
  it("are told and filed nothing of lateness", () => {
    const { person, said } = until(
      "apology",
      `Cán bộ ${WHERE} đòi tôi năm trăm nghìn mới chịu nhận hồ sơ ngày 2/11`,
    );
    expect(person.draft().kind).toBe("bribe");
    expect(said.text).not.toContain(words.unknown["no-date"]);
    person.presses(complaint.send);
    expect(person.mine()[0]?.filing).not.toHaveProperty("lateness");
    expect(noticeOf(person)).not.toHaveProperty("lateness");
  });
});

describe("personal data in the story", () => {
  const STORY = `Cán bộ ${WHERE} đòi tôi năm trăm nghìn, CCCD 048190001234, gọi tôi số 0905 123 456, hồ sơ H17.25-261102-0012`;

  it("is pointed out in the preview and taken out on one press, codes left alone", () => {
    const { person, said } = until("preview", STORY);
    const kinds = `${personal.identity}, ${personal.phone}`;
    expect(said.text).toContain(personal.found(kinds));
    const cleaned = person.presses(personal.takeOut(kinds));
    expect(cleaned.text).toContain(`CCCD ${TAKEN_OUT}, gọi tôi số ${TAKEN_OUT}, hồ sơ H17.25-261102-0012`);
    expect(cleaned.text).not.toContain(personal.found(kinds));
    person.presses(complaint.send);
    const sent = JSON.stringify(person.deliveries());
    expect(sent).not.toContain("048190001234");
    expect(sent).not.toContain("0905 123 456");
  });

  it("is sent where the person leaves it in", () => {
    const { person } = until("preview", STORY);
    person.presses(complaint.send);
    expect(person.mine()[0]?.filing.text).toBe(STORY);
  });

  it("is not spoken of where there is none, and its button does nothing before a preview", () => {
    const { person, said } = until("preview", `Cán bộ ${WHERE} đòi tôi năm trăm nghìn mới chịu nhận hồ sơ`);
    expect(said.choices.some(({ id }) => id === "d:strip")).toBe(false);
    expect(person.mine()).toEqual([]);
    const early = talk();
    early.types(STORY.replace(WHERE, ""));
    expect(early.draft().step).toBe("missing");
    const before = early.draft();
    early.chooses("d:strip");
    expect(early.draft().story).toEqual(before.story);
  });
});

describe("a dossier sent back to be supplemented", () => {
  const { supplements } = vietnamese.before;
  const STORY = `Tôi nộp hồ sơ khai sinh ${WHERE} ngày 2/11, hẹn 9/11, bị bắt bổ sung 3 lần mà tới nay vẫn chưa trả`;

  it("is asked how often and how, then when; each becomes a fact with its article, as the agency reads it", () => {
    const { person, said } = until("supplements", STORY);
    // Three is told; whether on a form is not.
    expect(person.draft().supplements).toEqual({ times: 3 });
    expect(said.text).toContain(supplements.ask);
    const day = person.types("chỉ nói miệng");
    expect(person.draft().supplements).toEqual({ times: 3, inWriting: false });
    expect(day.text).toContain(supplements.askDay);
    const counted = person.types("16/11");
    expect(counted.text).toContain(supplements.restarted("16/11/2026"));
    const preview = onward(person, counted);
    expect(preview.text).toContain("Bị yêu cầu bổ sung hồ sơ 3 lần");
    expect(preview.text).toContain("khoản 3 Điều 16 Nghị định 118/2025/NĐ-CP");
    expect(preview.text).toContain("không có Phiếu yêu cầu bổ sung");
    expect(preview.text).toContain("khoản 5 Điều 19 Nghị định 118/2025/NĐ-CP");
    person.types("đồng ý");
    expect(person.mine()[0]?.filing.supplements).toEqual({
      times: 3,
      inWriting: false,
      lastOn: "2026-11-16",
    });
    expect(preview.text).toContain(noticeFacts(openNotice(noticeOf(person), undefined)));
  });

  it("is told that the old slip does not count, where the limit is not known", () => {
    const { person, said } = until("apology", `${STORY}, có phiếu yêu cầu, nộp bổ sung ngày 10/11`);
    expect(said.text).not.toContain("Hồ sơ đã");
    expect(said.text).toContain(words.unknown.supplemented);
    expect(person.draft()).toMatchObject({ submittedOn: "2026-11-02", promisedDate: "2026-11-09" });
  });

  it("takes buttons, which take back nothing of what was told", () => {
    const { person } = until("supplements", STORY);
    person.presses(supplements.answers["2:spoken"]);
    expect(person.draft().supplements).toMatchObject({ times: 3, inWriting: false });
  });
});
