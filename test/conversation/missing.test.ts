import { describe, expect, it } from "vitest";
import { Session } from "../../src/conversation/session.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { english } from "../../src/wording/citizen-en.ts";
import { notices, type Talk, talk } from "./talk.ts";

const words = vietnamese.complaint;
/** Tells neither place nor body nor day. */
const VAGUE = "Hồ sơ của tôi trễ hẹn lâu lắm rồi mà vẫn chưa trả";
/** Lacks nothing but what is added under the preview, and the apology. */
const REFUSED = "Một cửa xã Núi Thành, Đà Nẵng không nhận hồ sơ khai sinh của tôi, không nói lý do";
const BRIBE = "Cán bộ tư pháp phường Hải Châu đòi tôi năm trăm nghìn mới chịu nhận hồ sơ";
const DOSSIER = "H17.25-261102-0012";
const NAME = "Trần Thị Hoa";
const PHONE = "0905123456";
const EMAIL = "hoa@example.com";
const PREVIEW = "XEM TRƯỚC";

/** Who has told this first. */
function after(opening: string): Talk {
  const person = talk();
  person.types(opening);
  return person;
}

describe("what is missing, asked for in one message", () => {
  it("names each fact that is missing and no other, in both languages", () => {
    const person = talk();
    expect(person.types(VAGUE).text).toContain(words.askMissing(["place", "about", "promised"]));
    expect(person.types("English").text).toContain(
      english.complaint.askMissing(["place", "about", "promised"]),
    );
    const located = after("Hồ sơ của tôi nộp ở Đà Nẵng trễ hẹn lâu lắm rồi mà vẫn chưa trả");
    expect(located.types("phản ánh").text).toContain(words.askMissing(["about", "promised"]));
  });

  it.each([
    "UBND xã Núi Thành, Đà Nẵng, hẹn ngày 9/11",
    "xã Núi Thành, Đà Nẵng; một cửa xã; 9/11",
    "hẹn 9/11\nbộ phận một cửa xã Núi Thành\nĐà Nẵng",
  ])("takes an answer to all of it: %s", (answer) => {
    const person = after(VAGUE);
    person.types(answer);
    expect(person.draft()).toMatchObject({
      step: "apology",
      story: [VAGUE],
      place: { name: "Xã Núi Thành, Thành phố Đà Nẵng" },
      about: { name: expect.stringMatching(/UBND xã|một cửa xã/) },
      promisedDate: "2026-11-09",
    });
  });

  it.each([
    ["ở Đà Nẵng nha", { place: { name: "Thành phố Đà Nẵng" } }],
    ["Bộ phận một cửa", { about: { name: "Bộ phận một cửa" } }],
    ["hẹn 9/11", { promisedDate: "2026-11-09" }],
    ["không nhớ, ở xã Núi Thành", { place: { code: "20965" } }],
    ["Thới Bình, Cà Mau", { place: { name: "Thới Bình, Cà Mau (Tỉnh Cà Mau)" } }],
    [
      "Ban quản lý dự án số 2, Vĩnh Long",
      { about: { name: "Ban quản lý dự án số 2" }, place: { code: "86" } },
    ],
  ])("takes an answer to a part of it, and asks none of it again: %s", (answer, known) => {
    const person = after(VAGUE);
    const said = person.types(answer);
    expect(person.draft()).toMatchObject({ step: "apology", ...known });
    expect(said.text).toContain(vietnamese.lateness.askApology);
    const facts = ["place", "about", "promisedDate"] as const;
    for (const fact of facts) if (!(fact in known)) expect(person.draft()[fact], fact).toBeUndefined();
  });

  it("says what a commune of old is called now, but not that a district is called something else", () => {
    const commune = after(VAGUE).types("UBND xã Tam Quang, huyện Núi Thành, Quảng Nam");
    expect(commune.text).toContain("nay thuộc Xã Núi Thành, Thành phố Đà Nẵng");
    expect(after(VAGUE).types("Công an huyện Núi Thành, Quảng Nam").text).not.toContain("nay thuộc");
  });

  it.each(["không", "không nhớ", "bỏ qua", "thôi"])("goes on without it after “%s”", (answer) => {
    const person = after(VAGUE);
    person.types(answer);
    expect(person.draft()).toMatchObject({ step: "apology", story: [VAGUE], placeChoices: [] });
    for (const fact of ["place", "about", "promisedDate"] as const)
      expect(person.draft()[fact], fact).toBeUndefined();
  });

  it.each(["...", "77", "👍"])("asks again what it could not read: %s", (answer) => {
    const person = after(VAGUE);
    const before = person.draft();
    const said = person.types(answer);
    expect(said.text).toBe(words.missingUnclear);
    expect(person.draft()).toEqual(before);
  });

  it("keeps a tale of what happened as part of the story, takes no office from it, and asks on", () => {
    const person = after(VAGUE);
    const more = "họ hẹn tôi hết lần này tới lần khác rồi còn quát mắng tôi nữa";
    const said = person.types(more);
    expect(said.text).toContain(words.askMissing(["place", "about", "promised"]));
    expect(person.draft()).toMatchObject({ step: "missing", story: [VAGUE, more] });
    expect(person.draft().about).toBeUndefined();
  });

  it("keeps a dossier code and the day of filing typed there, takes neither for an office or a promise, and asks on", () => {
    const person = after(VAGUE);
    person.types(DOSSIER);
    person.types("nộp ngày 2/11");
    expect(person.draft()).toMatchObject({
      step: "missing",
      dossierCode: DOSSIER,
      submittedOn: "2026-11-02",
    });
    for (const fact of ["about", "promisedDate"] as const) expect(person.draft()[fact], fact).toBeUndefined();
  });

  it("lets the person choose where the commune told is not the only one, also after “Bỏ qua”", () => {
    const person = after(VAGUE);
    const said = person.types("phường An Phú, công an phường, hẹn 9/11");
    expect(person.draft().step).toBe("place");
    expect(said.text).toContain(words.placeChoose);
    const { placeChoices } = person.draft();
    expect(placeChoices.length).toBeGreaterThan(1);
    const draft = { ...after(VAGUE).draft(), placeChoices };
    const skipped = talk("web:skips", [], { ...talk().session(), draft });
    skipped.types("phản ánh");
    skipped.types(words.skip);
    expect(skipped.draft()).toMatchObject({ step: "place", placeChoices });
  });

  it("gives back all of the answer after “quay lại”, and nothing that the story told", () => {
    const person = after("Hồ sơ của tôi nộp ở Đà Nẵng trễ hẹn lâu lắm rồi mà vẫn chưa trả");
    const before = person.draft();
    expect(before).toMatchObject({ step: "missing", place: { name: "Thành phố Đà Nẵng" } });
    person.types("Sở Xây dựng, hẹn 9/11");
    expect(person.draft()).toMatchObject({ step: "apology", promisedDate: "2026-11-09" });
    person.types("quay lại");
    expect(person.draft()).toEqual(before);
  });
});

describe("the place", () => {
  it("is the province where the body is none of a commune, and nobody is asked for a commune", () => {
    const person = after(
      "Công an huyện Núi Thành, Quảng Nam không nhận hồ sơ căn cước của tôi, không nói lý do",
    );
    expect(person.draft()).toMatchObject({
      step: "preview",
      place: { name: expect.stringContaining("Đà Nẵng") },
    });
    expect(person.draft().placeChoices).toEqual([]);
  });

  it("is asked for where a commune's body was told with its province alone, and is the province when nobody knows more", () => {
    for (const answer of [words.skip, "Đà Nẵng"]) {
      const person = after("Bộ phận một cửa xã ở Đà Nẵng không nhận hồ sơ của tôi, không nói lý do");
      expect(person.draft(), answer).toMatchObject({ step: "place", region: { name: "Thành phố Đà Nẵng" } });
      expect(person.draft().place).toBeUndefined();
      person.types(answer);
      expect(person.draft().step, answer).toBe("preview");
      person.presses(words.send);
      expect(person.mine()[0]?.filing.place?.name, answer).toBe("Thành phố Đà Nẵng");
    }
  });

  it("is not asked for because of words that only sound like a commune", () => {
    for (const story of [
      "Bảo hiểm xã hội Đà Nẵng không nhận hồ sơ của tôi, không nói lý do",
      "Sở Xây dựng Đà Nẵng không nhận hồ sơ đăng ký phương tiện của tôi, không nói lý do",
    ])
      expect(after(story).draft().step, story).toBe("preview");
  });
});

describe("what is added under the preview", () => {
  it.each([
    ["dossier", words.addDossier, DOSSIER, { dossierCode: DOSSIER }],
    ["person", words.addName, NAME, { person: { name: NAME } }],
    ["email", words.addEmail, `gửi cho ${EMAIL} nhé`, { email: EMAIL }],
  ] as const)("comes by its button: %s", (step, button, answer, known) => {
    const person = after(REFUSED);
    person.presses(button);
    expect(person.draft().step).toBe(step);
    expect(person.types(answer).text).toContain(PREVIEW);
    expect(person.draft()).toMatchObject({ step: "preview", ...known });
  });

  it.each([
    [DOSSIER, { dossierCode: DOSSIER }],
    [`${NAME}, ${PHONE}`, { person: { name: NAME, phone: PHONE } }],
    [`tôi tên là ${NAME}, số điện thoại ${PHONE}`, { person: { name: NAME, phone: PHONE } }],
    [EMAIL, { email: EMAIL }],
    [
      `${DOSSIER}, ${NAME}, ${PHONE}, ${EMAIL}`,
      { dossierCode: DOSSIER, person: { name: NAME, phone: PHONE }, email: EMAIL },
    ],
  ])("comes by typing it: %s", (typed, known) => {
    const person = after(REFUSED);
    const said = person.types(typed);
    expect(said.text).toContain(words.added);
    expect(said.text).toContain(PREVIEW);
    expect(person.draft()).toMatchObject({ step: "preview", ...known });
    person.types("quay lại");
    expect(person.draft().step).not.toBe("preview");
  });

  it.each(["77", PHONE, `gọi tôi số ${PHONE} nhé`, `số tôi ${PHONE}`, NAME, "không rõ nữa bạn ơi"])(
    "is nothing of this, and nothing is taken: %s",
    (typed) => {
      const person = after(REFUSED);
      const before = person.draft();
      person.types(typed);
      // Kept beside, for the person to add or not.
      const { typed: _kept, ...draft } = person.draft();
      expect(draft).toEqual(before);
      expect(person.mine()).toEqual([]);
    },
  );

  it("is asked for where the dossier is hard to find, until code or name is there", () => {
    const person = talk();
    expect(person.types(REFUSED).text).toContain(words.findBy);
    expect(person.types(DOSSIER).text).not.toContain(words.findBy);
    expect(talk().types(BRIBE).text).not.toContain(words.findBy);
  });

  it("can be taken out again, and the address never reaches an agency", () => {
    const person = after(REFUSED);
    person.types(`${NAME}, ${PHONE}, ${EMAIL}`);
    const kept = person.fork();
    kept.presses(words.send);
    expect(kept.mine()[0]?.mailed).toBe(true);
    expect(JSON.stringify(notices(kept.deliveries()))).not.toContain(EMAIL);
    person.presses(words.removeName);
    person.presses(words.removeEmail);
    person.presses(words.send);
    expect(person.mine()[0]?.mailed).toBeUndefined();
    expect(JSON.stringify(person.deliveries())).not.toContain(NAME);
  });

  it("is a name only after a warning where names are kept out", () => {
    const person = after(BRIBE);
    expect(person.types(`${NAME}, ${PHONE}`).text).toContain(words.insistPerson);
    expect(person.draft().person).toBeUndefined();
    const back = person.fork();
    expect(back.types("quay lại").text).toContain(PREVIEW);
    person.types(`${NAME}, ${PHONE}`);
    expect(person.draft()).toMatchObject({ step: "preview", person: { name: NAME, phone: PHONE } });
  });
});

describe("a draft stored in the former order", () => {
  it.each(["dossier", "person", "email"] as const)(
    "that was being asked for the %s goes on to its preview",
    (step) => {
      const former = ["kind", "story", "place", "about", "dossier", "promised", "person", "email"] as const;
      const known = after(
        "Hồ sơ của tôi nộp ở UBND xã Núi Thành, Đà Nẵng trễ hẹn 9/11 mà vẫn chưa trả",
      ).draft();
      const done = former.slice(0, former.indexOf(step));
      const session = Session.parse({ ...talk().session(), draft: { ...known, shown: 0, done, step } });
      const person = talk("web:former", [], session);
      person.types(words.skip);
      expect(person.draft().step).toBe("apology");
      expect(person.types(words.skip).text).toContain(PREVIEW);
      person.types("quay lại");
      person.types("quay lại");
      expect(person.draft().step).toBe(step);
    },
  );
});

/** Openings as people write them, of every kind; none is known from elsewhere. */
const OPENINGS = [
  "Tôi nộp hồ sơ đăng ký khai sinh ở UBND xã Tam Quang, huyện Núi Thành, Quảng Nam ngày 2/11, hẹn 9/11 mà tới nay vẫn chưa trả",
  "Cán bộ tư pháp phường Hải Châu đòi tôi năm trăm nghìn mới chịu nhận hồ sơ",
  "Cán bộ một cửa xã Núi Thành hành tôi đi lại bảy lần, lần nào cũng bắt về làm lại",
  "Một cửa xã Núi Thành không nhận hồ sơ của tôi, đùn đẩy sang chỗ khác",
  "Chứng thực mấy tờ giấy mà cán bộ một cửa xã Núi Thành thu của tôi 200.000 đồng, cao hơn mức quy định",
  "Khen ngợi cán bộ tư pháp phường Hải Châu Đà Nẵng nhiệt tình, chu đáo",
  "Chi nhánh văn phòng đăng ký đất đai Đà Nẵng đòi tôi 2 triệu mới đo đất hôm 5/11",
  "can bo phong tu phap phuong son tra da nang quat mang toi truoc mat moi nguoi",
  "Công an huyện Núi Thành, Quảng Nam không nhận hồ sơ căn cước của tôi, không nói lý do",
  "Nhân viên một cửa phường Thanh Khê bắt tôi nộp thêm giấy xác nhận không có trong quy định",
  "Cán bộ địa chính gợi ý quà mới chịu làm sổ đỏ cho tôi",
  "Tôi bị cán bộ quát mắng khi đi làm giấy tờ, không ai xin lỗi",
] as const;

describe("from an opening to the preview", () => {
  it.each(OPENINGS)("one question at most: %s", (opening) => {
    const person = after(opening);
    let questions = 0;
    for (; person.draft().step !== "preview"; questions++) {
      expect(questions, person.draft().step).toBeLessThan(2);
      person.types(words.skip);
    }
    expect(questions).toBeLessThanOrEqual(1);
  });
});
