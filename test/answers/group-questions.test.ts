import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Asked, groupQuestions } from "../../src/answers/group-questions.ts";
import { REASONS } from "../../src/messages/feedback.ts";
import { fold } from "../../src/text/fold.ts";
import { buildLexicon } from "../../src/text/lexicon.ts";
import { knowledge } from "../fixtures/real-knowledge.ts";

const lexicon = buildLexicon(knowledge.vocabulary);
const group = (asked: readonly Asked[]) => groupQuestions(asked, lexicon);
const at = (minute: number): string => new Date(Date.UTC(2026, 10, 20) + minute * 60_000).toISOString();
const unclear = (question: string, minute = 0): Asked => ({ question, intent: "unclear", at: at(minute) });
const judged = (question: string, more: Partial<Asked> = {}): Asked => ({
  question,
  intent: "procedure",
  at: at(0),
  verdict: "down",
  code: "1.001193",
  ...more,
});

const PHRASINGS = knowledge.procedures.flatMap(({ phrasings }) => phrasings);
const any = fc.record(
  {
    question: fc.oneof(
      fc.constantFrom(...PHRASINGS.slice(0, 40)),
      fc.constantFrom(...PHRASINGS.slice(0, 40).map(fold)),
      fc.string({ unit: "grapheme", maxLength: 20 }),
      fc.constant(""),
    ),
    intent: fc.constantFrom("unclear", "procedure"),
    at: fc.nat({ max: 10_000 }).map(at),
    verdict: fc.constantFrom("up" as const, "down" as const),
    reason: fc.constantFrom(...REASONS),
    code: fc.constantFrom("1.001193", "giay-hen"),
  },
  { requiredKeys: ["question", "intent", "at"] },
);
const thumb = ({ reason: _told, ...rest }: Asked): Asked => rest;

describe("open questions", () => {
  it("asked in the same words, with or without marks and in any order, are one group", () => {
    const [only, ...more] = group([
      unclear("Đổi giấy phép lái xe máy chuyên dùng cần gì?", 5),
      unclear("doi giay phep lai xe may chuyen dung can gi", 1),
      unclear("cần gì đổi giấy phép lái xe máy chuyên dùng", 9),
      unclear("xin đổi giấy phép lái xe máy chuyên dùng ạ", 3),
    ]);
    expect(more).toEqual([]);
    expect(only).toMatchObject({
      offtopic: 0,
      count: 4,
      first: at(1),
      last: at(9),
      unanswered: 4,
      down: 0,
      answered: [],
    });
    expect(only?.question).toContain("giấy phép lái xe");
  });

  it("say how many of them were taken for none of our subjects", () => {
    const asked = "đăng ký cho con chó đi tàu";
    const [only] = group([unclear(asked), { ...unclear(asked), intent: "offtopic" }]);
    expect(only).toMatchObject({ unanswered: 2, offtopic: 1 });
  });

  it("about different things are different groups, the largest first", () => {
    const groups = group([
      unclear("nuôi chim yến trong khu dân cư có phải xin phép không"),
      unclear("cho chó đi tàu hỏa thì cần giấy gì"),
      unclear("cho chó lên tàu hỏa cần giấy gì"),
    ]);
    expect(groups.map(({ count }) => count)).toEqual([2, 1]);
    expect(groups[1]?.question).toBe("nuôi chim yến trong khu dân cư có phải xin phép không");
  });

  it("show at most three other ways to ask", () => {
    const ways = ["", "ạ", "vậy", "hả bạn", "cho em hỏi", "giúp với"].map((end) =>
      unclear(`cho chó lên tàu hỏa cần giấy gì ${end}`.trim()),
    );
    const [only] = group(ways);
    expect(only?.count).toBe(ways.length);
    expect(only?.others).toHaveLength(3);
    expect(new Set([only?.question, ...(only?.others ?? [])]).size).toBe(4);
  });

  it("count a thumb down once, and its reason beside it", () => {
    const [only] = group([
      judged("khai sinh cho con nuôi"),
      judged("khai sinh cho con nuôi", { reason: "missing" }),
      judged("khai sinh cho con nuôi", { code: "2.000815" }),
      judged("khai sinh cho con nuôi"),
      unclear("khai sinh cho con nuôi"),
    ]);
    expect(only).toMatchObject({ count: 4, unanswered: 1, down: 3, reasons: { missing: 1 } });
    expect(only?.answered).toEqual([
      { code: "1.001193", count: 2 },
      { code: "2.000815", count: 1 },
    ]);
  });

  it("whose words are not kept are told by what they were answered with", () => {
    expect(group([judged(""), judged("", { code: "giay-hen" }), judged("")])).toMatchObject([
      { count: 2, question: "", others: [], answered: [{ code: "1.001193", count: 2 }] },
      { count: 1, question: "", answered: [{ code: "giay-hen", count: 1 }] },
    ]);
  });
});

describe("whatever is asked", () => {
  it("every question is counted in one group, and thumbs up in none", () => {
    fc.assert(
      fc.property(fc.array(any, { maxLength: 60 }), (asked) => {
        const open = asked.filter(({ verdict }) => verdict !== "up");
        const groups = group(open.map(thumb));
        expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(open.length);
        expect(group(asked)).toEqual(group(open));
        for (const { question, others, first, last, count } of groups) {
          expect(count).toBeGreaterThan(0);
          expect(first <= last).toBe(true);
          expect(new Set([question, ...others]).size).toBe(others.length + 1);
          expect(open.map((one) => one.question)).toEqual(expect.arrayContaining([question, ...others]));
        }
      }),
    );
  });

  it("the order in which the questions came makes no difference", () => {
    fc.assert(
      fc.property(
        fc
          .array(any, { maxLength: 40 })
          .chain((asked) =>
            fc.tuple(fc.constant(asked), fc.shuffledSubarray(asked, { minLength: asked.length })),
          ),
        ([asked, shuffled]) => {
          expect(group(shuffled)).toEqual(group(asked));
        },
      ),
    );
  });

  it("nor where two of which only the answer is known are alike in all else", () => {
    const at = "2026-11-20T00:00:00.000Z";
    const asked = ["1.001193", ""].map((code) => ({
      question: "",
      intent: "unclear",
      at,
      ...(code && { code }),
    }));
    expect(group(asked.toReversed())).toEqual(group(asked));
  });

  it("the same question in capitals is never another group", () => {
    fc.assert(
      fc.property(fc.subarray(PHRASINGS.slice(0, 200), { minLength: 1, maxLength: 30 }), (questions) => {
        const once = group(questions.map((question) => unclear(question)));
        const twice = group(
          questions.flatMap((question) => [unclear(question), unclear(question.toUpperCase())]),
        );
        expect(twice.map(({ count }) => count)).toEqual(once.map(({ count }) => 2 * count));
      }),
    );
  });

  it("five thousand different questions are grouped in two seconds", () => {
    const asked = Array.from({ length: 5000 }, (_, index) => {
      const phrasing = PHRASINGS[index % PHRASINGS.length] ?? "";
      return unclear(`${phrasing} ${index}`, index);
    });
    const started = performance.now();
    const groups = group(asked);
    expect(performance.now() - started).toBeLessThan(2000);
    expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(5000);
  });
});
