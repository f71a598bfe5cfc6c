import { describe, expect, it } from "vitest";
import { vietnamese } from "../../src/wording/citizen.ts";
import { english } from "../../src/wording/citizen-en.ts";
import { curated } from "../fixtures/real-knowledge.ts";
import { talk } from "./talk.ts";

const birth = curated("1.001193");
const copy = curated("2.000815");
const LICENCE = "3.000346";

describe("a question and what follows it", () => {
  it("stays with the procedure spoken of, aspect after aspect, typed with or without marks", () => {
    const person = talk();
    expect(person.types("lam giay khai sinh cho con can gi").text).toContain(birth.title);
    const asked = person.types("thế phí bao nhiêu?");
    for (const fee of birth.fees) expect(asked.text).toContain(vietnamese.fee(fee));
    for (const limit of birth.time)
      expect(person.types("mat bao lau").text).toContain(vietnamese.time(limit));
    expect(person.types("nộp ở đâu").text).toContain(birth.where);
    expect(person.session().topics[0]).toBe(birth.code);
  });

  it("goes over to another procedure as soon as one is named, and stays there", () => {
    const person = talk();
    person.types("làm giấy khai sinh cho con cần gì");
    const asked = person.types("sao y giấy tờ mất bao nhiêu tiền");
    for (const fee of copy.fees) expect(asked.text).toContain(vietnamese.fee(fee));
    expect(person.types("nộp ở đâu").text).toContain(copy.where);
  });

  it("is answered by the button and by the number of another aspect alike", () => {
    const person = talk();
    const { choices } = person.types("làm giấy khai sinh cho con cần gì");
    const fee = choices.findIndex(({ id }) => id === `p:${birth.code}:fee`);
    expect(fee).toBeGreaterThanOrEqual(0);
    const other = person.fork();
    expect(other.types(String(fee + 1)).text).toBe(person.chooses(choices[fee]?.id ?? "").text);
  });

  it("is answered in the other language once the person asked for that", () => {
    const person = talk();
    person.types("làm giấy khai sinh cho con cần gì");
    person.types("English");
    const { text } = person.types("how much is the fee");
    for (const fee of birth.fees) expect(text).toContain(english.fee(fee));
  });
});

describe("a question that is not understood well enough", () => {
  it("is not answered, but offered what it may mean, by button, number or a typed yes", () => {
    const person = talk();
    const { text, choices, outcome } = person.types("học lái xe tải C1 trường nào rẻ");
    expect(text).toBe(vietnamese.answers.offtopicMaybe);
    expect(choices.map(({ label }) => label)).toEqual([curated(LICENCE).title]);
    expect(outcome.understood?.procedures).toEqual([]);
    expect(outcome.unanswered).toMatchObject({ intent: "offtopic" });
    for (const taken of ["1", "dạ đúng rồi", curated(LICENCE).title]) {
      const told = person.fork().types(taken);
      expect(told.outcome.session.topics[0], taken).toBe(LICENCE);
      expect(told.text, taken).toContain(curated(LICENCE).title);
    }
    const none = person.fork().types("không phải");
    expect(none.text).toBe(vietnamese.answers.unknown);
    expect([none.outcome.session.topics, none.outcome.unanswered]).toEqual([[], undefined]);
  });

  it("is offered the next likeliest as well, and to complain; a yes alone then means none of them", () => {
    const person = talk();
    const { text, choices } = person.types("gộp 2 thửa liền kề thành 1 sổ hs gồm gì");
    expect(text).toBe(vietnamese.answers.unknownMaybe);
    expect(choices.map(({ id }) => id.split(":")[0])).toEqual(["m", "m", "complain"]);
    expect(person.fork().types("đúng rồi").outcome.session.topics).toEqual([]);
    const [, second] = choices;
    expect(person.types("2").text).toContain(second?.label);
    expect(person.types("phí bao nhiêu").text).toContain(second?.label);
  });

  it("is offered nothing where it is noise", () => {
    expect(
      talk()
        .types("asdf qwer zxcv")
        .choices.map(({ id }) => id),
    ).toEqual(["complain"]);
  });

  it("is offered in English to whoever writes English", () => {
    const person = talk();
    person.types("English");
    expect(person.types("học lái xe tải C1 trường nào rẻ").text).toBe(english.answers.offtopicMaybe);
  });
});

describe("a question without an answer", () => {
  const QUESTIONS = ["hjkl uiop mnbv", "asdf qwer zxcv"];

  it("is declined honestly, with other ways, and kept for those who write the answers", () => {
    for (const question of QUESTIONS) {
      const person = talk();
      const { text, outcome } = person.types(question);
      expect(text).toBe(vietnamese.answers.unknown);
      expect(outcome.unanswered).toEqual({ question, intent: "unclear" });
      expect(outcome.complaints ?? []).toEqual([]);
    }
  });

  it("is kept as well where it is taken for none of our subjects, unless it looks personal", () => {
    const question = "hôm nay trời mưa không";
    const { text, outcome } = talk().types(question);
    expect(text).toBe(vietnamese.answers.offtopic);
    expect(outcome.unanswered).toEqual({ question, intent: "offtopic" });
    const personal = talk().types("hôm nay trời mưa không, gọi 0905 123 456 nhé");
    expect(personal.text).toBe(vietnamese.answers.offtopic);
    expect(personal.outcome.unanswered).toBeUndefined();
  });

  it("is kept without saying who asked", () => {
    const { outcome } = talk("web:secret-session").types(QUESTIONS[0] ?? "");
    expect(outcome.unanswered).toBeDefined();
    expect(JSON.stringify(outcome.unanswered)).not.toContain("secret-session");
  });

  it("is all that is kept: what was answered, greeted or obeyed is not", () => {
    for (const text of [
      "làm giấy khai sinh cho con cần gì",
      "trễ hẹn thì có được xin lỗi không",
      "xin chào",
      "cảm ơn",
      "trợ giúp",
      "tôi bị vòi tiền",
      "7",
      "",
      "😀",
      "MC-0000-0000-0001",
    ]) {
      expect(talk().types(text).outcome.unanswered, text).toBeUndefined();
    }
  });

  it("does not leave the person without the subject spoken of before", () => {
    const person = talk();
    person.types("làm giấy khai sinh cho con cần gì");
    person.types("asdf qwer zxcv");
    expect(person.session().topics[0]).toBe(birth.code);
  });
});
