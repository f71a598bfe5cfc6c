import { deserialize, serialize } from "node:v8";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderAnswer, understand } from "../../src/answers/answer.ts";
import { buildFinder, type Findings, type Question, workOutFinder } from "../../src/answers/finder.ts";
import { SIGNALS } from "../../src/answers/signals.ts";
import type { Subject } from "../../src/answers/subjects.ts";
import { shared, weigher } from "../../src/answers/weigh.ts";
import type { Knowledge } from "../../src/knowledge/load.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { catalogueOf, imported } from "../fixtures/imported.ts";
import { finder, NOW, read } from "../fixtures/real-guide.ts";
import { curated, knowledge } from "../fixtures/real-knowledge.ts";

const asked = (text: string): Question => ({ text, offtopic: 0 });
const codes = ({ procedures }: Findings): string[] => procedures.map(({ code }) => code);
const BIRTH = "1.001193";

const DA_NANG = "48";
const NGHE_AN = "40";
const NAME = "Hỗ trợ nuôi chim yến";
const catalogue = catalogueOf([
  imported({ code: "1.900001", name: NAME, province: "Thành phố Đà Nẵng" }),
  imported({ code: "1.900002", name: NAME, province: "Tỉnh Nghệ An" }),
  imported({ code: "1.900006", name: NAME, province: "Tỉnh Nghệ An" }),
  imported({ code: "1.900003", name: "Công nhận làng nghề dệt chiếu" }),
  imported({ code: "1.900004", name: "Công nhận làng nghề dệt chiếu", province: "Tỉnh Nghệ An" }),
  imported({ code: BIRTH, name: "Đăng ký khai sinh theo cổng quốc gia" }),
]);
const few: Knowledge = {
  ...knowledge,
  procedures: knowledge.procedures.slice(0, 12).concat(curated(BIRTH)),
  rules: knowledge.rules.slice(0, 3),
  gaps: [],
  phrasings: new Map(),
};
const data = workOutFinder(few, catalogue);
const both = buildFinder(few, catalogue, data);

describe("what is found", () => {
  const any = fc.oneof(
    fc.string({ unit: "binary" }),
    fc
      .array(
        fc.constantFrom(
          "khai",
          "sinh",
          "nuôi",
          "chim",
          "yến",
          "giấy",
          "hồ sơ",
          "trễ",
          "hẹn",
          "xyz",
          "😀",
          "8",
        ),
      )
      .map((words) => words.join(" ")),
  );

  it("has finite scores, best first, with shares of one trust, for any text", () => {
    fc.assert(
      fc.property(any, (text) => {
        const { procedures, rules, answerable } = both.find(asked(text));
        expect(answerable).toBeGreaterThanOrEqual(0);
        expect(answerable).toBeLessThanOrEqual(1);
        for (const list of [procedures, rules]) {
          expect(list.every(({ score, share }) => Number.isFinite(score) && share >= 0)).toBe(true);
          expect(list).toEqual(list.toSorted((a, b) => b.share - a.share));
        }
        const trust = [...procedures, ...rules].reduce((sum, { share }) => sum + share, 0);
        expect(trust).toBeLessThanOrEqual(1.000_01);
        expect(procedures.length + rules.length).toBeLessThanOrEqual(10);
      }),
    );
  });

  it("is nothing, and not to be answered, where nothing was asked", () => {
    for (const text of ["", "   ", "😀", "qqqq"])
      expect(both.find(asked(text))).toEqual({ procedures: [], rules: [], answerable: 0 });
  });

  it("is the same each time, whatever was asked in between", () => {
    const questions = ["làm giấy khai sinh", "nuôi chim yến", "trễ hẹn có được xin lỗi không", "", "zzz"];
    const before = questions.map((text) => both.find(asked(text)));
    fc.assert(
      fc.property(fc.array(fc.nat({ max: questions.length - 1 }), { maxLength: 12 }), (order) => {
        for (const at of order) expect(both.find(asked(questions[at] ?? ""))).toEqual(before[at]);
      }),
      { numRuns: 20 },
    );
  });

  it("is the same from what was kept", () => {
    const kept: typeof data = deserialize(serialize(data));
    const again = buildFinder(few, catalogue, kept);
    for (const text of ["làm giấy khai sinh cho con", "nuôi chim yến", "lam giay khia sinh"])
      expect(again.find(asked(text))).toEqual(both.find(asked(text)));
  });

  it("is less to be answered, the more it sounds like something that is not ours", () => {
    const question = asked("làm giấy khai sinh cho con");
    const likely = [0, 0.3, 0.6, 1].map((offtopic) => both.find({ ...question, offtopic }).answerable);
    expect(likely).toEqual(likely.toSorted((a, b) => b - a));
    expect(likely[0]).toBeGreaterThan(likely[3] ?? 1);
  });

  it("is found in a name typed with broken words, where the index alone is unsure", () => {
    expect(codes(both.find(asked("nuoichim yen")))[0]).toBe("1.900001");
  });

  it("is a rule as well as a procedure", () => {
    for (const rule of few.rules)
      expect(both.find(asked(rule.question)).rules[0]?.rule.id, rule.question).toBe(rule.id);
  });

  it("is weighed by every signal of the table", () => {
    for (const { signals } of finder.candidates(asked("làm giấy khai sinh cho con"))) {
      expect(signals).toHaveLength(SIGNALS.length);
      expect(signals.every((one) => Number.isFinite(one))).toBe(true);
    }
  });

  it("takes a second at most for a story of ten thousand words", () => {
    const words = knowledge.procedures
      .flatMap(({ phrasings }) => phrasings)
      .join(" ")
      .split(" ");
    const story = asked(Array.from({ length: 10_000 }, (_, at) => words[at % words.length]).join(" "));
    const start = performance.now();
    finder.find(story);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe("how alike two subjects are", () => {
  const subjectOf = (code: string): Subject => {
    const subject = finder.subject(code);
    if (!subject) throw new Error(`${code} is not known`);
    return subject;
  };

  it("is more for what is done to the same thing, the same both ways, and all with itself", () => {
    const [permit, lost, passport] = ["1.013225", "1.013228", "1.001456"].map(subjectOf);
    if (!permit || !lost || !passport) throw new Error("three were asked for");
    expect(finder.likeness(permit, lost)).toBeGreaterThan(finder.likeness(permit, passport));
    expect(finder.likeness(lost, permit)).toBeCloseTo(finder.likeness(permit, lost), 6);
    expect(finder.likeness(permit, permit)).toBeCloseTo(1, 5);
  });

  it("is nothing for what the index does not hold", () => {
    const known = subjectOf("1.013225");
    expect(finder.likeness(known, { ...known, code: "9.999999" })).toBe(0);
  });
});

describe("a procedure of provinces only", () => {
  it("is the person's province's, where it has one", () => {
    const question = asked("hỗ trợ nuôi chim yến");
    const first = (province?: string): string | undefined => codes(both.find(question, { province }))[0];
    expect(first()).toBe("1.900001");
    expect(first(DA_NANG)).toBe("1.900001");
    expect(first(NGHE_AN)).toBe("1.900002");
  });

  it("gives way to the national one, wherever the person lives", () => {
    const question = asked("công nhận làng nghề dệt chiếu");
    for (const province of [undefined, NGHE_AN, DA_NANG])
      expect(codes(both.find(question, { province }))[0]).toBe("1.900003");
  });

  it("stays the province's own in what follows", () => {
    const { procedures, intent } = understand(
      read("thế phí bao nhiêu?"),
      { topics: ["1.900002"], province: NGHE_AN },
      both,
    );
    expect(intent).toBe("procedure");
    expect(procedures.map(({ code }) => code)).toEqual(["1.900002"]);
  });

  it("is the person's own when they turn to it from another", () => {
    const context = { topics: [BIRTH], province: NGHE_AN };
    const { procedures } = understand(read("hỗ trợ nuôi chim yến cần giấy tờ gì"), context, both);
    expect(procedures[0]?.code).toBe("1.900002");
  });

  it("is no candidate for anybody of another province", () => {
    const question = asked("hỗ trợ nuôi chim yến");
    const isCandidate = (province?: string): boolean =>
      both.candidates(question, { province }).some(({ id }) => id === "1.900001");
    expect([undefined, DA_NANG, NGHE_AN, "01"].map(isCandidate)).toEqual([true, true, true, false]);
    expect(codes(both.find(question, { province: "01" }))).not.toContain("1.900001");
  });

  it("is the same by one look-up as by two, alone and among what was spoken of", () => {
    const questions = ["hỗ trợ nuôi chim yến", "phí bao nhiêu", "làm giấy khai sinh", "trễ hẹn", "xyz"];
    const besides = [BIRTH, "1.900001", "1.900003"];
    for (const text of questions) {
      for (const province of [undefined, DA_NANG, "01"]) {
        const question = { text, offtopic: 0.6 };
        expect(both.findBoth(question, { province, besides })).toEqual({
          byItself: both.find(question, { province }),
          beside: both.find(asked(text), { province, besides }),
        });
        expect(both.findBoth(question, { province, besides: [] })).toEqual({
          byItself: both.find(question, { province }),
        });
      }
    }
    const told = both.findBoth(asked("làm giấy khai sinh"), { province: "01", besides: ["1.900001"] });
    expect(
      [told.byItself, told.beside ?? told.byItself].map((one) => codes(one).includes("1.900001")),
    ).toEqual([false, true]);
  });

  it("is asked for by province, each once, where the person's is not known", () => {
    const manner = {
      finder: both,
      freshness: knowledge.limits.freshness,
      now: NOW,
      wording: vietnamese,
      english: false,
    };
    const question = "hỗ trợ nuôi chim yến cần giấy tờ gì";
    const understood = understand(read(question), { topics: [] }, both);
    expect(understood.procedures[0]?.subject.code).toBe("1.900001");
    expect(understood.asksProvince).toBe(true);
    expect(renderAnswer(understood, manner)).toEqual({
      text: vietnamese.answers.whichProvince(NAME),
      choices: [
        { id: "p:1.900001:documents", label: "Thành phố Đà Nẵng" },
        { id: "p:1.900002:documents", label: "Tỉnh Nghệ An" },
      ],
    });
    const known = understand(read(question), { topics: [], province: NGHE_AN }, both);
    expect(known.asksProvince).toBeUndefined();
    expect(known.procedures[0]?.code).toBe("1.900002");
  });
});

describe("what is known by a code", () => {
  it("is the curated record before the imported one", () => {
    expect(both.facts(BIRTH)).toEqual({ origin: "curated", procedure: curated(BIRTH) });
    expect(both.subject(BIRTH)?.curated).toBe(true);
  });

  it("is the curated record by its older codes too, with or without a catalogue", () => {
    for (const { code, sameAs } of knowledge.procedures)
      for (const known of sameAs) {
        expect(finder.facts(known)?.procedure.code).toBe(code);
        expect(finder.subject(known)?.code).toBe(code);
      }
  });

  it("is the imported record of each twin, the subject being theirs together", () => {
    for (const code of ["1.900001", "1.900002"]) {
      expect(both.facts(code)).toEqual({ origin: "imported", procedure: catalogue.facts(code) });
      expect(both.subject(code)?.code).toBe("1.900001");
    }
  });

  it("is nothing for a code that nobody has", () => {
    expect(both.facts("9.999999")).toBeUndefined();
    expect(both.subject("9.999999")).toBeUndefined();
    expect(finder.facts("1.900001")).toBeUndefined();
  });
});

describe("weighing candidates", () => {
  it("gives shares that sum to one, the greater the score the greater, however far apart", () => {
    const scores = fc.array(fc.double({ min: -900, max: 900, noNaN: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(scores, (given) => {
        const ranked = shared(given.map((score) => ({ id: "", signals: [], score })));
        expect(ranked.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 8);
        expect(ranked.map(({ score }) => score)).toEqual(given.toSorted((a, b) => b - a));
      }),
    );
    expect(shared([])).toEqual([]);
  });

  it("counts a signal by its weight, and one without a weight not at all", () => {
    const weigh = weigher(SIGNALS, { told: 2, rule: -1 });
    const signals = SIGNALS.map(() => 0);
    signals[SIGNALS.indexOf("told")] = 0.5;
    signals[SIGNALS.indexOf("curated")] = 1;
    expect(weigh(signals)).toBe(1);
    signals[SIGNALS.indexOf("rule")] = 1;
    expect(weigh(signals)).toBe(0);
  });
});
