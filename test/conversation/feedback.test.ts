import { describe, expect, it } from "vitest";
import { REASONS } from "../../src/messages/feedback.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { english } from "../../src/wording/citizen-en.ts";
import { knowledge } from "../fixtures/real-knowledge.ts";
import { guide, type Said, type Talk, talk } from "./talk.ts";

const { answers, feedback } = vietnamese;
const BIRTH = "1.001193";
const QUESTION = "làm giấy khai sinh cho con cần gì";
const RULE_QUESTION = "trễ hẹn thì có được xin lỗi không";
const FAULT = { intent: "procedure", verdict: "down", code: BIRTH } as const;

const labels = ({ choices }: Said): string[] => choices.map(({ label }) => label);
const numberOf = (said: Said, label: string): string => String(labels(said).indexOf(label) + 1);

/** Somebody who was told about birth registration. */
function told(): { person: Talk; answer: Said } {
  const person = talk();
  return { person, answer: person.types(QUESTION) };
}

describe("under an answer", () => {
  it("two thumbs stand last: of a procedure, of another of its aspects, of a date, of a rule", () => {
    const person = talk();
    for (const said of [
      person.types(QUESTION),
      person.chooses(`p:${BIRTH}:fee`),
      person.types("nộp đổi căn cước hôm 5/11 thì bao giờ có"),
      person.types(RULE_QUESTION),
    ])
      expect(labels(said).slice(-2), said.text).toEqual([feedback.up, feedback.down]);
    person.types("English");
    expect(labels(person.types("how to register the birth of my child")).slice(-2)).toEqual([
      english.feedback.up,
      english.feedback.down,
    ]);
  });

  it("they stand under what was asked for beside a danger as well", () => {
    const person = talk();
    const said = person.types("chồng đang đánh tôi, cứu với, tôi muốn xin giấy khai sinh cho con cần gì");
    expect(said.text).toContain(answers.crisis.police);
    expect(labels(said).slice(-2)).toEqual([feedback.up, feedback.down]);
  });

  it("they are not where nothing was answered", () => {
    for (const text of ["xin chào", "hôm nay trời mưa không", "asdf qwer zxcv", "trợ giúp", "7", "phản ánh"])
      expect(labels(talk().types(text)), text).not.toContain(feedback.down);
  });

  it("their ids name what was answered, and fit every channel", () => {
    const { answer } = told();
    expect(answer.choices.slice(-2).map(({ id }) => id)).toEqual([`f:up:${BIRTH}`, `f:down:${BIRTH}`]);
    for (const { id } of knowledge.rules)
      for (const reason of REASONS)
        expect(Buffer.byteLength(`f:why:${reason}:${id}`)).toBeLessThanOrEqual(64);
  });
});

describe("a thumb up", () => {
  it("is thanked in one line and counted, without the question", () => {
    const { person, answer } = told();
    const said = person.presses(feedback.up);
    expect(said.text).toBe(feedback.thanks);
    expect(said.choices).toEqual([]);
    expect(said.outcome.unanswered).toEqual({
      question: "",
      intent: "procedure",
      verdict: "up",
      code: BIRTH,
    });
    // Whoever types numbers goes on with the answer.
    expect(person.session().menu).toEqual(answer.choices);
    expect(person.types("1").text).toBe(person.chooses(answer.choices[0]?.id ?? "").text);
  });

  it("may be typed by its number or its words", () => {
    for (const language of ["tiếng Việt", "English"]) {
      const person = talk();
      person.types(language);
      const wording = guide.wordings[person.session().language];
      const answer = person.types(QUESTION);
      for (const typed of [numberOf(answer, wording.feedback.up), wording.feedback.up.slice(3).toLowerCase()])
        expect(person.fork().types(typed).text, typed).toBe(wording.feedback.thanks);
    }
  });
});

describe("a thumb down", () => {
  it("is recorded at once with the question, and asks why", () => {
    const { person } = told();
    const said = person.presses(feedback.down);
    expect(said.text).toBe(feedback.askReason);
    expect(labels(said)).toEqual(REASONS.map((reason) => feedback.reasons[reason]));
    expect(said.outcome.unanswered).toEqual({ ...FAULT, question: QUESTION });
    // Without a second tap the conversation goes on.
    expect(person.types("thế phí bao nhiêu?").text).toContain("Phí");
  });

  it("takes the reason by button, number or words, and then offers nothing more", () => {
    const { person, answer } = told();
    person.types(numberOf(answer, feedback.down));
    for (const [index, reason] of REASONS.entries()) {
      for (const said of [
        person.fork().chooses(`f:why:${reason}:${BIRTH}`),
        person.fork().types(String(index + 1)),
        person.fork().types(feedback.reasons[reason]),
      ]) {
        expect(said.text).toBe(feedback.thanksForReason);
        expect(said.choices).toEqual([]);
        expect(said.outcome.unanswered).toEqual({ ...FAULT, question: QUESTION, reason });
      }
    }
  });

  it("under a rule names the rule", () => {
    const person = talk();
    person.types(RULE_QUESTION);
    const { unanswered } = person.presses(feedback.down).outcome;
    expect(unanswered).toMatchObject({ question: RULE_QUESTION, intent: "rule", verdict: "down" });
    expect(knowledge.rules.map(({ id }) => id)).toContain(unanswered?.code);
  });

  it("under what was chosen from a list is about the question that led to the list", () => {
    const person = talk();
    person.types(QUESTION);
    person.chooses("p:2.000815:fee");
    expect(person.presses(feedback.down).outcome.unanswered).toEqual({
      ...FAULT,
      code: "2.000815",
      question: QUESTION,
    });
  });

  it("counts once however often it is pressed, and again for another question", () => {
    const { person } = told();
    for (const id of [`f:up:${BIRTH}`, `f:down:${BIRTH}`, `f:why:missing:${BIRTH}`]) {
      const first = person.chooses(id);
      expect(first.outcome.unanswered, id).toBeDefined();
      const again = person.chooses(id);
      expect(again.text).toBe(first.text);
      expect(again.outcome.unanswered, id).toBeUndefined();
    }
    person.types("con mới sinh thì khai sinh mất bao lâu");
    expect(person.chooses(`f:down:${BIRTH}`).outcome.unanswered).toBeDefined();
  });
});

describe("what is recorded of a verdict", () => {
  it("never is a question that looks personal", () => {
    for (const secret of ["0905 123 456", "hoa@example.com"]) {
      const person = talk();
      person.types(`${QUESTION}, gọi tôi ${secret}`);
      expect(JSON.stringify(person.session())).not.toContain(secret);
      expect(person.chooses(`f:down:${BIRTH}`).outcome.unanswered).toEqual({ ...FAULT, question: "" });
    }
  });

  it("never is who asked", () => {
    const person = talk("web:secret-session");
    person.types(QUESTION);
    const { unanswered } = person.presses(feedback.down).outcome;
    expect(JSON.stringify(unanswered)).not.toContain("secret-session");
  });

  it("is the question that was answered, whatever was said since", () => {
    for (const since of ["cảm ơn", "xin chào", "cán bộ xã vòi tiền tôi 2 triệu", "trợ giúp"]) {
      const { person } = told();
      person.types(since);
      expect(person.chooses(`f:down:${BIRTH}`).outcome.unanswered, since).toEqual({
        ...FAULT,
        question: QUESTION,
      });
    }
  });

  it("is no question when the button is older than the last answer", () => {
    const { person } = told();
    person.types("sao y giấy tờ mất bao nhiêu tiền");
    expect(person.chooses(`f:down:${BIRTH}`).outcome.unanswered).toEqual({ ...FAULT, question: "" });
    const stranger = talk();
    expect(stranger.chooses(`f:why:unclear:${BIRTH}`).outcome.unanswered).toEqual({
      ...FAULT,
      question: "",
      reason: "unclear",
    });
  });

  it("is nothing when the button names what does not exist", () => {
    for (const id of [
      "f:up:9.999999",
      "f:down:no-such-rule",
      "f:down:",
      "f:",
      `f:why:${BIRTH}`,
      `f:why:bored:${BIRTH}`,
      `f:sideways:${BIRTH}`,
    ]) {
      const { text, outcome } = told().person.chooses(id);
      expect(text, id).toBe(answers.staleChoice);
      expect(outcome.unanswered, id).toBeUndefined();
    }
  });

  it("is forgotten with the conversation", () => {
    const { person } = told();
    person.types("xóa dữ liệu");
    person.presses(vietnamese.erasing.yes);
    expect(JSON.stringify(person.session())).not.toContain(QUESTION);
  });
});

describe("“none of these”", () => {
  /** Somebody who has to choose among several procedures. */
  function choosing(): { person: Talk; question: string } {
    for (const question of ["giấy tờ tàu cá", "xin giấy phép", "đổi tên", "làm lại giấy", "đăng ký xe"]) {
      const person = talk();
      const { choices } = person.types(question);
      if (choices.some(({ id }) => id === "none")) return { person, question };
    }
    throw new Error("no question leads to a choice");
  }

  it("leaves a question without an answer, recorded once", () => {
    const { person, question } = choosing();
    const said = person.presses(answers.noneOfThese);
    expect(said.text).toBe(answers.unknown);
    expect(said.outcome.unanswered).toEqual({ question, intent: "procedure" });
    expect(person.chooses("none").outcome.unanswered).toBeUndefined();
  });

  it("has no thumbs beside it until something is chosen", () => {
    const { person } = choosing();
    expect(person.session().menu.some(({ id }) => id.startsWith("f:"))).toBe(false);
    const [first] = person.session().menu;
    expect(labels(person.chooses(first?.id ?? ""))).toContain(feedback.down);
  });
});
