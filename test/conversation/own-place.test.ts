import { describe, expect, it } from "vitest";
import { buildFinder } from "../../src/answers/finder.ts";
import { answerOne, takeTurn, worldFor } from "../../src/commands/ask.ts";
import { buildGuide } from "../../src/conversation/guide.ts";
import { respond } from "../../src/conversation/respond.ts";
import { newSession, Session } from "../../src/conversation/session.ts";
import { catalogueOf, imported } from "../fixtures/imported.ts";
import { NOW, reader } from "../fixtures/real-guide.ts";
import { curated, knowledge } from "../fixtures/real-knowledge.ts";

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

/** Says these one after the other; the codes that each was answered with, and the session in the end. */
function says(...texts: readonly string[]): { codes: (string | undefined)[]; session: Session } {
  let session = newSession();
  const codes = texts.map((text) => {
    const taken = takeTurn(text, session, guide, NOW);
    session = Session.parse(JSON.parse(JSON.stringify(taken.session)));
    return taken.described.results[0]?.code;
  });
  return { codes, session };
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
    const choices = [`p:${HERE}:documents`, `p:${THERE}:documents`];
    for (const text of [
      "em quê Nghệ An giờ sống ở Đà Nẵng, hỗ trợ nuôi chim yến cần gì",
      "anh em thống nhất xin hỗ trợ nuôi chim yến cần gì",
    ]) {
      const { replies, session } = respond(newSession(), { kind: "text", text }, worldFor(NOW), guide);
      expect(replies[0]?.choices.map(({ id }) => id)).toEqual(choices);
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
