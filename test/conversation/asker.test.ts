import { describe, expect, it } from "vitest";
import { askedAnew, meantIn } from "../../src/answers/correction.ts";
import { buildFinder } from "../../src/answers/finder.ts";
import { answerOne, takeTurn, worldFor } from "../../src/commands/ask.ts";
import { buildGuide } from "../../src/conversation/guide.ts";
import { respond } from "../../src/conversation/respond.ts";
import { newSession, Session } from "../../src/conversation/session.ts";
import { fold } from "../../src/text/fold.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { catalogueOf, imported } from "../fixtures/imported.ts";
import { NOW, reader } from "../fixtures/real-guide.ts";
import { curated, knowledge } from "../fixtures/real-knowledge.ts";
import { talk } from "./talk.ts";

const DA_NANG = "48";
const NGHE_AN = "40";
const NAME = "Hỗ trợ nuôi chim yến";
const HERE = "1.900001";
const THERE = "1.900002";
const catalogue = catalogueOf([
  imported({ code: HERE, name: NAME, province: "Thành phố Đà Nẵng" }),
  imported({ code: THERE, name: NAME, province: "Tỉnh Nghệ An" }),
]);
const few = {
  ...knowledge,
  procedures: knowledge.procedures.slice(0, 12).concat(curated("1.001193")),
  gaps: [],
  phrasings: new Map(),
};
const guide = buildGuide(knowledge, () => [], {}, { reader, finder: buildFinder(few, catalogue) });

/** Says these one after the other: the codes that each was answered with, what became of the last, and the session then. */
function says(first: string, ...texts: readonly string[]) {
  const take = (text: string, before: Session) => ({
    outcome: respond(before, { kind: "text", text }, worldFor(NOW), guide),
    last: takeTurn(text, before, guide, NOW).described,
  });
  let taken = take(first, newSession());
  const codes = [taken.last.results[0]?.code];
  for (const text of texts) {
    taken = take(text, Session.parse(JSON.parse(JSON.stringify(taken.outcome.session))));
    codes.push(taken.last.results[0]?.code);
  }
  return { ...taken, codes, session: taken.outcome.session };
}

describe("the province named in a question", () => {
  it.each([
    ["hỗ trợ nuôi chim yến ở Nghệ An cần gì", THERE],
    ["ho tro nuoi chim yen o Nghe An can gi", THERE],
    ["em ở TP Vinh, hỗ trợ nuôi chim yến cần gì", THERE],
    ["hỗ trợ nuôi chim yến ở Quảng Nam cần gì", HERE],
    ["hỗ trợ nuôi chim yến ở phường Hải Châu cần gì", HERE],
  ])("chooses among the procedures of provinces for that very question: %s", (text, code) => {
    expect(answerOne(text, guide, NOW).results[0]?.code).toBe(code);
    const [reply] = respond(newSession(), { kind: "text", text }, worldFor(NOW), guide).replies;
    expect(reply?.choices.map(({ id }) => id)).toContain(`p:${code}:fee`);
  });

  it("is asked for where two are named, or none but by chance", () => {
    for (const text of [
      "em quê Nghệ An giờ sống ở Đà Nẵng, hỗ trợ nuôi chim yến cần gì",
      "anh em thống nhất xin hỗ trợ nuôi chim yến cần gì",
    ]) {
      const { replies, session } = respond(newSession(), { kind: "text", text }, worldFor(NOW), guide);
      expect(replies[0]?.choices.map(({ id }) => id.split(":")[1])).toEqual([HERE, THERE]);
      expect(session.province).toBeUndefined();
    }
  });

  it("holds for what follows, until another is named", () => {
    const { codes } = says(
      "hỗ trợ nuôi chim yến ở Nghệ An cần gì",
      "phí bao nhiêu",
      "còn ở Đà Nẵng thì sao",
      "phí bao nhiêu",
    );
    expect(codes).toEqual([THERE, THERE, HERE, HERE]);
  });

  it("is told by the procedure chosen of those that each province has", () => {
    const { codes, session } = says("hỗ trợ nuôi chim yến cần gì", "Tỉnh Nghệ An", "phí bao nhiêu");
    expect(codes.slice(1)).toEqual([THERE, THERE]);
    expect(session.province).toBe(NGHE_AN);
  });

  it("is not the person's where a complaint tells of it", () => {
    const { session } = says(
      "tôi ở Đà Nẵng, hỗ trợ nuôi chim yến cần gì",
      "tôi bị cán bộ UBND phường ở Nghệ An vòi tiền",
    );
    expect(session.draft).toBeDefined();
    expect(session.province).toBe(DA_NANG);
  });
});

describe("who asks, told by itself", () => {
  const HOA_VANG = "tôi ở xã Hòa Vang, Đà Nẵng";
  const BIRTH = "1.001193";

  it("is noted in one line and asked on, and names the office from then on, until it is erased", () => {
    const person = talk();
    const { text, choices } = person.types(HOA_VANG);
    expect(text).toBe(
      `${vietnamese.answers.placeNoted("Xã Hòa Vang, Thành phố Đà Nẵng")} ${vietnamese.answers.whatNeeded}`,
    );
    expect(choices).toEqual([]);
    const desk = vietnamese.card.near("Xã Hòa Vang", "Trung tâm Phục vụ hành chính công xã Hòa Vang");
    expect(person.types("làm khai sinh cho con ở đâu").text).toContain(desk);
    expect(person.types("đăng ký tạm trú ở đâu").text).toContain(
      vietnamese.card.near("Xã Hòa Vang", "Công an xã Hòa Vang"),
    );
    // Handed in at the province.
    expect(person.types("cấp lại giấy phép lái xe ở đâu").text).not.toContain("Hòa Vang");
    person.types("tôi chuyển sang Nghệ An, làm khai sinh cho con ở đâu");
    expect(person.session()).toMatchObject({ province: NGHE_AN });
    expect(person.session().commune).toBeUndefined();
    person.types("/xoadulieu");
    expect(person.chooses("x:yes").outcome.erase).toBe(true);
  });

  it("adds to what was asked just before", () => {
    const person = talk();
    person.types("làm khai sinh cho con cần gì");
    const { text } = person.types("em ở phường Hải Châu, Đà Nẵng");
    expect(text).toContain(curated(BIRTH).where);
    expect(text).toContain("Trung tâm Phục vụ hành chính công phường Hải Châu");
    expect(person.session().topics).toEqual([BIRTH]);
  });

  it("answers the question for the province in the aspect that was asked for, by any place in it", () => {
    for (const place of ["Nghệ An", "Vinh", "em ở Vinh, Nghệ An", "tôi ở Nam Đàn", "tôi ở Nghệ An"]) {
      const { last } = says("hỗ trợ nuôi chim yến cần giấy tờ gì", place);
      expect([last.results[0]?.code, last.aspect], place).toEqual([THERE, "documents"]);
    }
  });

  it("is read for what it says, not for names that its other words resemble", () => {
    const { session } = says("hỗ trợ nuôi chim yến cần giấy tờ gì", "tôi ở Lâm Đồng");
    expect([session.province, session.commune]).toEqual(["68", undefined]);
  });

  it("says so where the province has none, and keeps the question", () => {
    const question = "hỗ trợ nuôi chim yến cần giấy tờ gì";
    const { outcome } = says(question, "tôi ở Cà Mau");
    expect(outcome.replies[0]?.text).toBe(vietnamese.answers.gap(`${NAME} (Tỉnh Cà Mau)`));
    expect(outcome.unanswered).toEqual({ question, intent: "unclear" });
  });

  it("is kept for the conversation when it is a business", () => {
    const person = talk();
    const COMPANY = "2.001583";
    person.types("đăng ký hộ kinh doanh cần gì");
    person.types("công ty chứ không phải hộ kinh doanh");
    for (const next of ["online được không", "lệ phí bao nhiêu"]) {
      person.types(next);
      expect(person.session().topics[0]).toBe(COMPANY);
    }
    expect(person.session().business).toBe(true);
    const tax = talk();
    expect(tax.types("bên em là công ty").text).toContain(vietnamese.answers.askerNoted(true));
    tax.types("xin mã số thuế lần đầu");
    expect(tax.session().topics[0]).toBe("2.002225");
    tax.types("giờ mình hỏi cho cá nhân thôi");
    expect(tax.session().business).toBe(false);
  });
});

describe("a correction", () => {
  it.each([
    "công ty chứ không phải hộ kinh doanh",
    "cong ty chu ko phai ho kinh doanh",
    "không phải hộ kinh doanh mà là công ty",
  ])("puts what is meant in the place of what is not: %s", (text) => {
    const { meant, denied } = meantIn(text);
    expect(askedAnew("đăng ký hộ kinh doanh cần gì", meant, denied)).toBe(`đăng ký ${meant} cần gì`);
    expect(fold(meant)).toBe("cong ty");
  });
});
