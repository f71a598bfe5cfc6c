import { describe, expect, it } from "vitest";
import { buildSignalReader, SIGNALS } from "../../src/answers/signals.ts";
import type { Subject } from "../../src/answers/subjects.ts";
import { SIGNS } from "../../src/search/tally.ts";
import { syllables } from "../../src/text/fold.ts";

function subject(more: Partial<Subject> = {}): Subject {
  return {
    code: "1.900001",
    name: "Đăng ký kết hôn",
    title: "Đăng ký kết hôn",
    english: "Marriage",
    sector: "Hộ tịch",
    members: [],
    variants: [],
    related: [],
    curated: false,
    agencyKind: undefined,
    asked: undefined,
    local: false,
    central: false,
    forCitizens: true,
    forBusinesses: true,
    ...more,
  };
}

const vocabulary = {
  special: { "có yếu tố nước ngoài": ["người nước ngoài", "vợ tây"], "lưu động": ["tại nhà"] },
  business: ["công ty"],
  person: ["tôi"],
  family: ["con tôi"],
};
/** Each sign another number, so that a sign in another's place shows. */
const signs = SIGNS.map((_, at) => (at + 1) / 10);

/** The signals of a candidate, those that are 0 left out. */
function signalsOf(question: string, more: Partial<Subject> = {}, id?: string): Record<string, number> {
  const one = subject(more);
  const reader = buildSignalReader([id ?? one.code], new Map([[one.code, one]]), vocabulary);
  const words = reader.caseWords(syllables(question));
  const signals = reader.signalsOf({ id: id ?? one.code, place: 0, rough: 0, beside: false, signs }, words);
  expect(signals).toHaveLength(SIGNALS.length);
  return Object.fromEntries(
    SIGNALS.flatMap((name, at) => (signals[at] === 0 ? [] : [[name, signals[at] ?? 0]])),
  );
}
const ofIndex = Object.fromEntries(SIGNS.map((name, at) => [name, (at + 1) / 10]));
const plain = { ...ofIndex, asked: 0.25 };

describe("what speaks for a candidate", () => {
  it("is each sign of the index under its own name, and how often it is asked", () => {
    expect(signalsOf("kết hôn")).toEqual(plain);
    expect(signalsOf("kết hôn", { asked: "often" })).toEqual({ ...plain, asked: 1 });
    expect(signalsOf("kết hôn", { asked: "rare" })).toEqual(ofIndex);
  });

  it.each([
    ["curated", { curated: true }],
    ["local", { local: true }],
    ["central", { central: true }],
  ] as const)("is that it is %s", (name, more) => {
    expect(signalsOf("kết hôn", more)).toEqual({ ...plain, [name]: 1 });
  });

  it("is the special case in its name that the question speaks of, or does not", () => {
    const name = "Đăng ký kết hôn có yếu tố nước ngoài lưu động";
    expect(signalsOf("cưới vợ tây", { name })).toEqual({ ...plain, said: 1, unsaid: 1 });
    expect(signalsOf("cưới người nước ngoài tại nhà", { name })).toEqual({ ...plain, said: 2 });
    expect(signalsOf("kết hôn", { name })).toEqual({ ...plain, unsaid: 2 });
    expect(signalsOf("cưới vợ tây")).toEqual(plain);
  });

  it("is the special case in an editor's title rather than in the official name", () => {
    const name = "Đăng ký kết hôn có yếu tố nước ngoài";
    expect(signalsOf("kết hôn", { name, curated: true })).toEqual({ ...plain, curated: 1 });
  });

  it("is that a shop owner or a person asks for what is not for them", () => {
    expect(signalsOf("công ty xin giấy", { forBusinesses: false })).toEqual({
      ...plain,
      notForBusinesses: 1,
    });
    expect(signalsOf("giấy cho con tôi", { forCitizens: false })).toEqual({ ...plain, notForCitizens: 1 });
    expect(signalsOf("giấy cho con tôi", { forBusinesses: false })).toEqual(plain);
    expect(signalsOf("công ty của con tôi", { forCitizens: false })).toEqual(plain);
  });

  it("weighs otherwise in a story", () => {
    const told = SIGNS.indexOf("told");
    const likelihood = SIGNS.indexOf("likelihood");
    const sense = SIGNS.indexOf("sense");
    expect(signalsOf("kết hôn ".repeat(20))).toEqual({
      ...plain,
      toldLong: signs[told],
      likelihoodLong: signs[likelihood],
      senseLong: signs[sense],
    });
  });

  it("is that it is a rule, or something no record answers", () => {
    expect(signalsOf("trễ hẹn", {}, "rule:tre-hen")).toEqual({ ...ofIndex, asked: 0.5, rule: 1 });
    expect(signalsOf("bán rượu", {}, "gap:ban-le-ruou")).toEqual({ ...ofIndex, asked: 0.5, gap: 1 });
  });
});
