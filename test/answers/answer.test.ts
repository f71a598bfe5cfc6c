import { describe, expect, it } from "vitest";
import { renderAnswer, type Understanding, understand } from "../../src/answers/answer.ts";
import { buildFinder } from "../../src/answers/finder.ts";
import { buildReader } from "../../src/understanding/reader.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { english } from "../../src/wording/citizen-en.ts";
import { knowledge } from "../fixtures/real-knowledge.ts";

const NOW = new Date("2026-11-20T09:00:00+07:00");
const finder = buildFinder(knowledge);
const reader = buildReader(knowledge);
const wants = (text: string, topics: readonly string[] = []): Understanding =>
  understand(reader.read(text, NOW), topics, finder);
const codes = (understood: Understanding): string[] =>
  understood.procedures.map(({ procedure }) => procedure.code);
const BIRTH = "1.001193";
const COPY = "2.000815";

describe("what a message wants", () => {
  it.each([
    ["làm giấy khai sinh cho con cần gì", BIRTH],
    ["lam giay khai sinh cho con can gi", BIRTH],
    ["sao y giấy tờ mất bao nhiêu tiền", COPY],
    ["mã thủ tục 1.001193", BIRTH],
  ])("%j asks for procedure %s", (text, code) => {
    const understood = wants(text);
    expect(understood.intent).toBe("procedure");
    expect(codes(understood)[0]).toBe(code);
  });

  it.each([
    ["trễ hẹn thì có được xin lỗi không", "rule"],
    ["tôi bị vòi tiền", "complaint"],
    ["tôi nộp hồ sơ từ 5/10 hẹn 20/10 mà tới giờ chưa có kết quả", "complaint"],
    ["tra cứu MC-0000-0000-0000", "status"],
    ["tra cứu MC-1234-5678-9999", "status"],
    ["xin chào", "greeting"],
    ["cháy nhà rồi cứu với", "crisis"],
    ["hôm nay trời mưa không", "offtopic"],
    ["giá vàng hôm nay", "offtopic"],
    ["", "unclear"],
    ["😀😀😀", "unclear"],
    ["asdf qwer zxcv", "unclear"],
  ])("%j is %s, and never a procedure", (text, intent) => {
    const understood = wants(text);
    expect(understood.intent).toBe(intent);
    if (intent !== "complaint") expect(understood.procedures).toEqual([]);
  });

  it("is the day of the result where the person says when they filed and asks when", () => {
    const understood = wants("tôi nộp làm hộ chiếu ngày 5/11 thì bao giờ có");
    expect(understood.intent).toBe("deadline");
    expect(understood.procedures[0]?.procedure.title).toMatch(/hộ chiếu/i);
  });

  it("finds a procedure by its older codes as well", () => {
    for (const { code, sameAs } of knowledge.procedures) {
      for (const known of [code, ...sameAs]) expect(codes(wants(`thủ tục ${known}`))).toEqual([code]);
    }
  });
});

describe("a follow-up", () => {
  it.each([
    "thế phí bao nhiêu?",
    "phí bao nhiêu",
    "bao nhiêu tiền",
    "mất bao lâu",
    "nộp ở đâu",
    "vậy cần giấy tờ gì",
    "nộp online được không",
  ])("%j keeps the topic", (text) => {
    for (const topic of [BIRTH, COPY]) {
      const understood = wants(text, [topic]);
      expect(understood.intent).toBe("procedure");
      expect(codes(understood)[0]).toBe(topic);
      expect(understood.sure).toBe(true);
    }
  });

  it("asks for the fee of the topic, and hears it is not known where it is not", () => {
    const understood = wants("thế phí bao nhiêu?", [BIRTH]);
    expect(understood.aspect).toBe("fee");
    const { text } = renderAnswer(understood, vietnamese, false);
    const birth = finder.byCode(BIRTH);
    for (const fee of birth?.fees ?? []) expect(text).toContain(vietnamese.fee(fee));
  });

  it("leaves the topic for another procedure that is named", () => {
    expect(codes(wants("sao y giấy tờ mất bao nhiêu tiền", [BIRTH]))[0]).toBe(COPY);
    expect(codes(wants("đăng ký kết hôn cần giấy tờ gì", [BIRTH]))[0]).not.toBe(BIRTH);
  });

  it("is none without a topic: nothing is guessed", () => {
    const understood = wants("thế phí bao nhiêu?");
    expect(understood.procedures).toEqual([]);
  });

  it("is not taken for one when it is about something else altogether", () => {
    expect(wants("hôm nay trời mưa không", [BIRTH]).intent).toBe("offtopic");
    expect(wants("tôi bị vòi tiền", [BIRTH]).intent).toBe("complaint");
  });
});

describe("the answer", () => {
  const questions = knowledge.procedures.flatMap((procedure) => [
    procedure.title,
    ...procedure.says,
    ...procedure.phrasings.filter((_, index) => index % 5 === 0),
  ]);

  it("offers at most five procedures to choose from, and none of them", () => {
    let offered = 0;
    for (const question of questions) {
      const understood = wants(question);
      expect(understood.procedures.length).toBeLessThanOrEqual(5);
      if (understood.intent !== "procedure" || understood.sure || understood.procedures.length < 2) continue;
      offered++;
      for (const [wording, inEnglish] of [
        [vietnamese, false],
        [english, true],
      ] as const) {
        const { text, choices } = renderAnswer(understood, wording, inEnglish);
        const chosen = choices.filter(({ id }) => id.startsWith("p:"));
        expect(text).toBe(wording.answers.choose);
        expect(chosen.length, question).toBeLessThanOrEqual(5);
        expect(new Set(chosen.map(({ id }) => id)).size).toBe(chosen.length);
        expect(choices.at(-1)).toEqual({ id: "none", label: wording.answers.noneOfThese });
        expect(choices.length).toBe(chosen.length + 1);
      }
    }
    expect(offered).toBeGreaterThan(0);
  });

  it("shows the one that stands out, with near ones beside it under their own buttons", () => {
    const understood = wants("làm giấy khai sinh cho con cần gì");
    const { text, choices } = renderAnswer(understood, vietnamese, false);
    expect(text).toContain(finder.byCode(BIRTH)?.title);
    for (const { id } of choices) expect(id).toMatch(/^p:\d\.\d{6}:[a-z]+$/);
  });

  it("declines honestly where nothing is good enough", () => {
    for (const text of ["asdf qwer zxcv", "chim bay về núi"]) {
      const understood = wants(text);
      expect(understood.procedures).toEqual([]);
      expect(renderAnswer(understood, vietnamese, false).text).toBe(vietnamese.answers.unknown);
      expect(renderAnswer(understood, english, true).text).toBe(english.answers.unknown);
    }
  });

  it("is a rule's own text with its article, and a way to complain where it is broken", () => {
    const understood = wants("trễ hẹn thì có được xin lỗi không");
    const { text, choices } = renderAnswer(understood, vietnamese, false);
    const rule = understood.rules[0]?.rule;
    expect(text).toContain(rule?.answer);
    for (const { number } of rule?.legalBasis ?? []) expect(text).toContain(number);
    expect(choices.map(({ id }) => id)).toEqual(rule?.remedy ? ["complain"] : []);
  });

  it("in English shows the English name and the same facts", () => {
    const understood = wants("làm giấy khai sinh cho con cần gì");
    const { text } = renderAnswer(understood, english, true);
    expect(text).toContain(finder.byCode(BIRTH)?.english);
    for (const { name } of finder.byCode(BIRTH)?.documents ?? []) expect(text).toContain(name);
  });
});
