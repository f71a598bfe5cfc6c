import { describe, expect, it } from "vitest";
import {
  type Context,
  type Manner,
  renderAnswer,
  renderCode,
  type Understanding,
  understand,
} from "../../src/answers/answer.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { english } from "../../src/wording/citizen-en.ts";
import { finder, NOW, read } from "../fixtures/real-guide.ts";
import { curated, knowledge } from "../fixtures/real-knowledge.ts";

const { freshness } = knowledge.limits;
const inVietnamese: Manner = { finder, freshness, now: NOW, wording: vietnamese, english: false };
const inEnglish: Manner = { ...inVietnamese, wording: english, english: true };
const wants = (text: string, topics: readonly string[] = [], context: Partial<Context> = {}): Understanding =>
  understand(read(text), { topics, ...context }, finder);
const codes = (understood: Understanding): string[] => understood.procedures.map(({ code }) => code);
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
    ["xin visa úc cần giấy tờ gì", "offtopic"],
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
    expect(understood.procedures[0]?.subject.title).toMatch(/hộ chiếu/i);
  });

  it("finds a procedure by its older codes as well", () => {
    for (const { code, sameAs } of knowledge.procedures) {
      for (const known of [code, ...sameAs]) {
        const { procedures, sure } = wants(`thủ tục ${known}`);
        expect(procedures.map(({ subject }) => subject.code)).toEqual([code]);
        expect(sure).toBe(true);
      }
    }
  });

  it("is said to have no record where it has none, by its name, in 9 of 10 and more", () => {
    const { gaps } = knowledge;
    const missed = gaps.filter(({ name, phrasings }) => {
      const { intent, gap, procedures } = wants(phrasings[0] ?? "");
      return intent !== "unclear" || gap !== name || procedures.length > 0;
    });
    expect(gaps.length).toBeGreaterThan(0);
    expect(missed.length / gaps.length, missed.map(({ name }) => name).join("\n")).toBeLessThanOrEqual(0.1);
  });

  it("does not depend on what was asked before, without a conversation", () => {
    const question = "làm giấy khai sinh cho con cần gì";
    const before = wants(question);
    for (const other of ["sao y giấy tờ mất bao nhiêu tiền", "giá vàng hôm nay", ""]) wants(other);
    expect(wants(question)).toEqual(before);
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

  it("in plain words keeps the topic, whichever it is, in 98 of 100 and more", () => {
    const plain = [
      "thế phí bao nhiêu?",
      "mất bao lâu",
      "mat bao lau",
      "nộp ở đâu",
      "cần giấy tờ gì",
      "mấy ngày xong",
    ];
    const left = knowledge.procedures.flatMap(({ code, title }) =>
      plain
        .filter((text) => wants(text, [code]).procedures[0]?.subject.code !== code)
        .map((text) => `${title}: ${text}`),
    );
    const share = left.length / (plain.length * knowledge.procedures.length);
    expect(share, left.join("\n")).toBeLessThanOrEqual(0.02);
  });

  it("asks for the fee of the topic, and hears it is not known where it is not", () => {
    const understood = wants("thế phí bao nhiêu?", [BIRTH]);
    expect(understood.aspect).toBe("fee");
    const { text } = renderAnswer(understood, inVietnamese);
    for (const fee of curated(BIRTH).fees) expect(text).toContain(vietnamese.fee(fee));
  });

  it("goes to a neighbour of the topic that the message by itself speaks of", () => {
    const [pausing, closing] = ["2.002029", "2.002023"];
    expect(curated(pausing).related.map(({ code }) => code)).toContain(closing);
    expect(codes(wants("nếu giải thể luôn thì sao", [pausing]))[0]).toBe(closing);
    // One thing asked for plainly is the topic's.
    expect(codes(wants("giải thể mất bao lâu", [pausing]))[0]).not.toBe(BIRTH);
    expect(codes(wants("mất bao lâu", [pausing]))[0]).toBe(pausing);
  });

  it("returns to the earlier topic whose title has its words, else to the last one", () => {
    const talk = ["1.007700", "1.012575", "3.000346"];
    expect(codes(wants("ủa mà quay lại vụ thi bằng lái, cần giấy tờ gì", talk))[0]).toBe("3.000346");
    expect(codes(wants("quay lại cái trước đó", talk))[0]).toBe("1.012575");
  });

  it("leaves the topic for another procedure that is named", () => {
    expect(codes(wants("sao y giấy tờ mất bao nhiêu tiền", [BIRTH]))[0]).toBe(COPY);
    expect(codes(wants("đăng ký kết hôn cần giấy tờ gì", [BIRTH]))[0]).not.toBe(BIRTH);
  });

  it.each([
    ["nếu dẹp hẳn luôn thì sao", "1.001570", "1.001266"],
    ["chồng tôi là người nước ngoài thì sao", "2.001023", "2.000528"],
  ])("is what is akin to the topic where the message names little: %s", (text, topic, meant) => {
    expect(codes(wants(text, [topic]))[0]).toBe(meant);
  });

  it("is of what it names where it asks of another case, else of the whole", () => {
    expect(wants("phí cho bé thì sao", ["1.014062"]).aspect).toBe("fee");
    expect(wants("còn bé sơ sinh thì sao", ["1.014062"]).aspect).toBe("general");
  });

  it("returns to an earlier topic where the person says so", () => {
    expect(codes(wants("quay lại chuyện khai sinh, phí bao nhiêu", [COPY, BIRTH]))[0]).toBe(BIRTH);
    expect(codes(wants("quay lại việc trước", [COPY, BIRTH]))[0]).toBe(BIRTH);
  });

  it("is never about the topic that the person says they did not mean", () => {
    for (const text of ["không, ý tôi là sao y giấy tờ", "nhầm rồi, tôi hỏi sao y bản chính"])
      expect(codes(wants(text, [BIRTH], { asked: "làm giấy khai sinh" }))[0], text).not.toBe(BIRTH);
  });

  it("asks about the choice that is still open, and leaves it open", () => {
    const understood = wants("phí bao nhiêu?", [BIRTH], { open: [BIRTH, COPY] });
    expect(codes(understood)).toEqual([BIRTH, COPY]);
    expect(understood.sure).toBe(false);
    expect(understood.aspect).toBe("fee");
    const { choices } = renderAnswer(understood, inVietnamese);
    expect(choices.map(({ id }) => id)).toEqual([`p:${BIRTH}:fee`, `p:${COPY}:fee`, "none"]);
  });

  it("is none without a topic: nothing is guessed", () => {
    expect(wants("thế phí bao nhiêu?").procedures).toEqual([]);
  });

  it("goes on without a topic that is known no more", () => {
    expect(wants("thế phí bao nhiêu?", ["9.999999"]).procedures).toEqual([]);
    expect(codes(wants("thế phí bao nhiêu?", ["9.999999", COPY]))[0]).toBe(COPY);
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
      for (const manner of [inVietnamese, inEnglish]) {
        const { text, choices } = renderAnswer(understood, manner);
        const { answers } = manner.wording;
        if (text !== answers.choose) continue;
        offered++;
        const chosen = choices.filter(({ id }) => id.startsWith("p:"));
        expect(chosen.length, question).toBeGreaterThan(1);
        expect(chosen.length, question).toBeLessThanOrEqual(5);
        expect(new Set(chosen.map(({ id }) => id)).size).toBe(chosen.length);
        expect(choices.at(-1)).toEqual({ id: "none", label: answers.noneOfThese });
        expect(choices.length).toBe(chosen.length + 1);
      }
    }
    expect(offered).toBeGreaterThan(0);
  });

  it("shows the one that stands out, with near ones beside it under their own buttons", () => {
    const understood = wants("làm giấy khai sinh cho con cần gì");
    expect(understood.sure).toBe(true);
    const { text, choices } = renderAnswer(understood, inVietnamese);
    expect(text).toContain(curated(BIRTH).title);
    for (const { id } of choices) expect(id).toMatch(/^p:\d\.\d{6}:[a-z]+$/);
    expect(new Set(choices.map(({ id }) => id)).size).toBe(choices.length);
    // The paper of a birth; its registration is related and likely meant at once.
    const paper = read("trẻ sinh ở nhà không có giấy chứng sinh");
    const both = renderAnswer(understand(paper, { topics: [] }, finder), inVietnamese).choices;
    expect(both.some(({ label }) => label.startsWith("Liên quan:"))).toBe(true);
    expect(new Set(both.map(({ id }) => id)).size).toBe(both.length);
  });

  it("tells of a second need in the same message, and offers it first", () => {
    const understood = wants(
      "Làm giấy khai sinh cho con ở đâu, với lại sao y giấy tờ mất bao nhiêu tiền vậy ạ?",
    );
    expect(new Set([codes(understood)[0], understood.also?.code])).toEqual(new Set([BIRTH, COPY]));
    const { text, choices } = renderAnswer(understood, inVietnamese);
    const { also } = understood;
    expect(text).toContain(vietnamese.answers.alsoAsked(also?.subject.title ?? ""));
    expect(choices[0]).toEqual({ id: `p:${also?.code}:general`, label: also?.subject.title });
  });

  it.each([
    ["làm căn cước và hộ chiếu", "1.014061", "1.001456"],
    ["lam can cuoc voi ho chieu", "1.014061", "1.001456"],
    ["mất căn cước và bằng lái xe", "1.014064", "3.000348"],
    ["ly hôn xong em muốn đổi họ cho con với xin giấy độc thân", "1.004873", "1.004859"],
    ["thằng con mất căn cước, với lại xe máy mất cà vẹt, làm lại hai cái này sao", "1.013082", "1.014064"],
  ])("is of both that a short message joins: %s", (text, one, other) => {
    const understood = wants(text);
    expect(understood.sure).toBe(true);
    expect(new Set([codes(understood)[0], understood.also?.code])).toEqual(new Set([one, other]));
    const later = understand(read(text), { topics: [BIRTH] }, finder);
    expect(later.also?.code).toBe(understood.also?.code);
  });

  it.each([
    "chuyển nhượng quyền sử dụng đất và nhà ở",
    "nhận cha và mẹ cho con",
    "đăng ký khai sinh và thẻ bảo hiểm y tế cho con",
    "em với chồng muốn đăng ký kết hôn",
    "bố mẹ và con cùng làm hộ chiếu",
    "đăng ký kết hôn với người Trung Quốc",
  ])("is of one where what is joined is no need of its own: %s", (text) => {
    expect(wants(text).also).toBeUndefined();
  });

  it("finds what plain English asks for", () => {
    expect(codes(wants("where can I get a tax code"))[0]).toBe("1.008498");
    expect(codes(wants("how can I open a small restaurant"))[0]).toBe("1.001612");
  });

  it("declines honestly where nothing is good enough", () => {
    for (const text of ["asdf qwer zxcv", "hjkl uiop mnbv"]) {
      const understood = wants(text);
      expect(understood.procedures).toEqual([]);
      expect(renderAnswer(understood, inVietnamese).text).toBe(vietnamese.answers.unknown);
      expect(renderAnswer(understood, inEnglish).text).toBe(english.answers.unknown);
    }
  });

  it("is a rule's own text with its article, and a way to complain where it is broken", () => {
    const understood = wants("trễ hẹn thì có được xin lỗi không");
    const { text, choices } = renderAnswer(understood, inVietnamese);
    const rule = understood.rules[0]?.rule;
    expect(text).toContain(rule?.answer);
    for (const { number } of rule?.legalBasis ?? []) expect(text).toContain(number);
    expect(choices.map(({ id }) => id)).toEqual(rule?.remedy ? ["complain"] : []);
  });

  it("in English shows the English name and the same facts", () => {
    const understood = wants("làm giấy khai sinh cho con cần gì");
    const { text } = renderAnswer(understood, inEnglish);
    expect(text).toContain(curated(BIRTH).english);
    for (const { name } of curated(BIRTH).documents) expect(text).toContain(name);
  });
});

describe("an answer by its code", () => {
  const later = (days: number): Date => new Date(Date.parse(curated(BIRTH).checked) + days * 86_400_000);

  it("is the record's, and of an older code the record's that took its place", () => {
    expect(renderCode(BIRTH, "fee", inVietnamese).text).toContain(curated(BIRTH).title);
    const renamed = knowledge.procedures.find(({ sameAs }) => sameAs.length > 0);
    expect(renderCode(renamed?.sameAs[0] ?? "", "fee", inVietnamese).text).toContain(renamed?.title);
  });

  it("is declined for a code that is not known", () => {
    expect(renderCode("9.999999", "fee", inVietnamese)).toEqual({
      text: vietnamese.answers.unknown,
      choices: [],
    });
  });

  it("carries a warning once the record was not looked at for long, and nothing but a link once it is too old", () => {
    const { warnAfterDays, hideAfterDays } = freshness.curated;
    const told = (days: number): string =>
      renderCode(BIRTH, "general", { ...inVietnamese, now: later(days) }).text;
    const { stale, expired } = vietnamese.card;
    const { checked, documents, source } = curated(BIRTH);
    expect(told(warnAfterDays)).not.toContain(stale(checked));
    expect(told(warnAfterDays + 1)).toContain(stale(checked));
    expect(told(hideAfterDays)).toContain(documents[0]?.name);
    const old = told(hideAfterDays + 1);
    expect(old).toContain(expired(checked));
    expect(old).toContain(source.url);
    expect(old).not.toContain(documents[0]?.name);
  });
});
