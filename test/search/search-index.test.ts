import { deserialize, serialize } from "node:v8";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NO_SENSES } from "../../src/knowledge/senses.ts";
import {
  type Hit,
  indexDocuments,
  openSearchIndex,
  type SearchDocument,
  type SearchIndex,
} from "../../src/search/search-index.ts";
import { openSenses } from "../../src/search/sense.ts";
import { SIGNS } from "../../src/search/tally.ts";
import { buildLexicon } from "../../src/text/lexicon.ts";
import { knowledge } from "../fixtures/real-knowledge.ts";

const lexicon = buildLexicon({
  expand: { gks: "giấy khai sinh", "sổ đỏ": "quyền sử dụng đất" },
  short: { ko: "không" },
  english: { "birth certificate": "khai sinh" },
  stop: ["những", "cho", "tôi", "thì", "là"],
});
/** Nothing learnt: the words alone tell. */
const senses = openSenses(NO_SENSES);
const built = (documents: readonly SearchDocument[]): SearchIndex =>
  openSearchIndex(indexDocuments(documents, lexicon, senses), lexicon, senses);
const named = (id: string, ...names: readonly string[]): SearchDocument => ({
  id,
  names,
  phrasings: [],
  context: [],
});
const DOCUMENTS: readonly SearchDocument[] = [
  {
    id: "birth",
    names: ["đăng ký khai sinh"],
    phrasings: ["làm giấy khai sinh cho con mới đẻ", "cấp lại bản sao khai sinh"],
    context: ["hộ tịch", "giấy chứng sinh"],
  },
  {
    id: "death",
    names: ["đăng ký khai tử"],
    phrasings: ["báo tử cho người thân mất"],
    context: ["hộ tịch", "giấy báo tử của bệnh viện"],
  },
  {
    id: "land",
    names: ["cấp giấy chứng nhận quyền sử dụng đất"],
    phrasings: ["sang tên đất của ba má"],
    context: ["đất đai", "bản vẽ thửa"],
  },
  {
    id: "marry",
    names: ["đăng ký kết hôn"],
    phrasings: ["giấy xác nhận độc thân để cưới"],
    context: ["hộ tịch"],
  },
];
const index = built(DOCUMENTS);
const first = (question: string): string | undefined => index.search(question, 5)[0]?.id;
const ids = (hits: readonly Hit[]): string[] => hits.map(({ id }) => id);
const ownTexts = ({ names, phrasings }: SearchDocument): readonly string[] => [...names, ...phrasings];
const sign = (hit: Hit | undefined, name: (typeof SIGNS)[number]): number =>
  hit?.signs[SIGNS.indexOf(name)] ?? Number.NaN;

/** Words that no lexicon knows and no slip joins. */
const word = fc.string({ unit: fc.constantFrom(...Array.from("bcdghklmnpt")), minLength: 6, maxLength: 8 });
/** Documents of made-up words, each text with one of its own, so that no two documents share a whole text. */
const anyDocuments = fc
  .array(fc.array(fc.uniqueArray(word, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 4 }), {
    minLength: 2,
    maxLength: 8,
  })
  .map((groups) =>
    groups.map((group, document): SearchDocument => {
      const texts = group.map((words, text) =>
        [...words, `w${"abcdefgh"[document]}${"xyzu"[text]}oooo`].join(" "),
      );
      return { id: `d${document}`, names: texts.slice(0, 1), phrasings: texts.slice(1), context: [] };
    }),
  );

describe("searching what people type", () => {
  it("finds each document first by each of its own texts, as typed and without marks", () => {
    for (const document of DOCUMENTS) {
      for (const text of ownTexts(document)) {
        expect(first(text), text).toBe(document.id);
        expect(first(text.normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll("đ", "d")), text).toBe(
          document.id,
        );
        expect(first(text.toUpperCase()), text).toBe(document.id);
      }
    }
  });

  it("finds its own texts first whatever the documents are about", () => {
    fc.assert(
      fc.property(anyDocuments, (documents) => {
        const own = built(documents);
        for (const document of documents)
          for (const text of ownTexts(document)) expect(own.search(text, 3)[0]?.id).toBe(document.id);
      }),
      { numRuns: 40 },
    );
  });

  it("finds a document through slips of the hand", () => {
    expect(first("lam giay khia sinh cho con")).toBe("birth");
    expect(first("dăng kí kêt hôn")).toBe("marry");
    expect(first("khai tuwr")).toBe("death");
    expect(first("quyeen su dungj dat")).toBe("land");
  });

  it("finds a document by a short form and by an everyday name that stands in none of its texts", () => {
    expect(first("làm gks")).toBe("birth");
    expect(first("làm sổ đỏ")).toBe("land");
    expect(first("my birth certificate")).toBe("birth");
  });

  it("finds an everyday name that was misspelt", () => {
    const paper = built([named("red", "quyền sử dụng đất", "sổ hồng đỏ"), named("other", "khai sinh")]);
    expect(paper.search("soo ddor", 5)[0]?.id).toBe("red");
  });

  it("finds a document by what is only said around it, but another's own name goes first", () => {
    expect(first("bệnh viện")).toBe("death");
    const near = built([
      { id: "around", names: ["khai tử"], phrasings: [], context: ["giấy chứng sinh"] },
      named("named", "giấy chứng sinh"),
    ]);
    expect(ids(near.search("giấy chứng sinh", 5))).toEqual(["named", "around"]);
  });

  it("gives each word of the question to a document's own texts or to what stands around it", () => {
    const [hit] = index.search("bệnh viện", 1);
    expect(sign(hit, "told") + sign(hit, "around")).toBeCloseTo(1, 5);
    const [own] = index.search("khai tử", 1);
    expect(sign(own, "told")).toBeCloseTo(1, 5);
    expect(sign(own, "around")).toBe(0);
    expect(sign(own, "rarest")).toBeCloseTo(1, 5);
  });

  // A weight of 0.3 kept in a Float32Array is more than 0.3: all of it counts as told until that is mended.
  it("tells what was found in a document's own texts from what stands around it", () => {
    const [hit] = index.search("bệnh viện", 1);
    expect(sign(hit, "told")).toBe(0);
    expect(sign(hit, "around")).toBeCloseTo(1, 5);
  });

  it("never takes a stop word for a misspelt subject", () => {
    const near = built([named("onion", "hành nhong")]);
    expect(ids(near.search("nhong", 5))).toEqual(["onion"]);
    // One letter away from "nhong", but a word of its own.
    expect(near.search("những", 5)).toEqual([]);
    expect(near.search("cho tôi thì là những", 5)).toEqual([]);
  });

  it("finds nothing for words that stand in no document", () => {
    expect(index.search("bitcoin wifi", 5)).toEqual([]);
    expect(index.search("", 5)).toEqual([]);
    expect(index.search("   \n\t", 5)).toEqual([]);
    expect(index.search("😀 123456789", 5)).toEqual([]);
  });

  it("gives at most what was asked for, best first", () => {
    const hits = index.search("đăng ký khai sinh khai tử kết hôn", 2);
    expect(hits.length).toBe(2);
    expect(hits[0]?.rough).toBeGreaterThanOrEqual(hits[1]?.rough ?? Number.POSITIVE_INFINITY);
    expect(index.search("đăng ký khai sinh", 0)).toEqual([]);
  });

  it("measures a story beside the point far below a clear question", () => {
    const clear = index.search("đăng ký khai sinh", 1)[0]?.rough ?? 0;
    const stray = index.search("con mèo leo cây cau hỏi thăm chú chuột đi đâu vắng nhà", 1)[0]?.rough ?? 0;
    expect(clear).toBeGreaterThan(0);
    expect(stray).toBeLessThan(clear / 2);
  });

  it("gives finite measures and shares of at most 1 to any text, and never throws", () => {
    const shares = ["nearest", "near", "name", "told", "around", "pairs", "rarest"] as const;
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.lorem(),
          fc.array(fc.constantFrom("khai", "sinh", "đất", "gks", "con", "giấy", "xyz", "😀")).map(String),
        ),
        (text) => {
          for (const hit of index.search(text, 5)) {
            expect(Number.isFinite(hit.rough)).toBe(true);
            expect(hit.signs.every(Number.isFinite)).toBe(true);
            for (const name of shares) {
              expect(sign(hit, name)).toBeGreaterThanOrEqual(0);
              expect(sign(hit, name), `${name} of ${hit.id}`).toBeLessThanOrEqual(1.000_01);
            }
          }
        },
      ),
    );
  });

  it("searches nothing in no documents", () => {
    expect(built([]).search("khai sinh", 5)).toEqual([]);
    expect(built([named("empty")]).search("khai sinh", 5)).toEqual([]);
  });
});

describe("a common word", () => {
  // More documents share "cấp giấy phép" than make a candidate by themselves.
  const COMMON = 700;
  const shops = Array.from({ length: COMMON }, (_, at) =>
    named(`d${at}`, `cấp giấy phép ${letters(at)} ${letters(at + 1)}`),
  );
  const rare = named("rare", "nuôi chim yến");
  const both = named("both", "cấp giấy phép nuôi chim công");
  const many = built([...shops, rare, both]);

  it("never hides a rare one, wherever in the question each stands", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(["cấp", "giấy", "phép", "tôi", "muốn", "xin"]),
        fc.nat({ max: 6 }),
        fc.constantFrom("chim yến", "nuôi yến"),
        (common, at, own) => {
          const question = [...common.slice(0, at), own, ...common.slice(at)].join(" ");
          expect(ids(many.search(question, 60)), question).toContain("rare");
        },
      ),
    );
    expect(many.search("xin cấp giấy phép nuôi chim yến", 5)[0]?.id).toMatch(/^(?:rare|both)$/);
  });

  it("never hides any document from its own name", () => {
    for (const { id, names } of [...shops.filter((_, at) => at % 50 === 0), rare, both])
      expect(many.search(names[0] ?? "", 5)[0]?.id, names[0]).toBe(id);
  });

  it("is still found alone", () => {
    expect(many.search("giấy phép", 60)).toHaveLength(60);
  });

  /** A word of its own for each number: "baba", "babe", … */
  function letters(number: number): string {
    const syllable = (one: number): string => `${"bcdhklmnpt"[one % 10]}${"aeiou"[Math.floor(one / 10) % 5]}`;
    return `${syllable(number)}${syllable(Math.floor(number / 50))}${"xqz"[number % 3]}`;
  }
});

describe("the order of what is found", () => {
  const QUESTIONS = [
    "đăng ký khai sinh",
    "giấy",
    "hộ tịch",
    "đăng ký",
    "cấp giấy chứng nhận cho con mới đẻ",
    "làm gks",
  ];

  it("is the documents' own among equals, however the question is worded", () => {
    const twins = built(["a", "b", "c", "d"].map((id) => named(id, "nuôi chim yến", "nhà yến")));
    for (const question of ["nuôi chim yến", "yến chim nuôi", "yến", "nhà yến ở đâu"]) {
      expect(ids(twins.search(question, 4))).toEqual(["a", "b", "c", "d"]);
      expect(ids(twins.search(question, 2))).toEqual(["a", "b"]);
    }
  });

  it("does not depend on the order of the documents otherwise", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...DOCUMENTS], { minLength: DOCUMENTS.length }),
        fc.constantFrom(...QUESTIONS),
        (shuffled, question) => {
          const byId = (hits: readonly Hit[]): Map<string, Hit> => new Map(hits.map((hit) => [hit.id, hit]));
          const here = byId(index.search(question, 10));
          const there = byId(built(shuffled).search(question, 10));
          expect([...there.keys()].sort()).toEqual([...here.keys()].sort());
          for (const [id, hit] of here) {
            expect(there.get(id)?.rough).toBeCloseTo(hit.rough, 5);
            SIGNS.forEach((name) => {
              expect(sign(there.get(id), name), name).toBeCloseTo(sign(hit, name), 5);
            });
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("one index asked again and again", () => {
  const QUESTIONS = [
    "đăng ký khai sinh cho con",
    "sang tên đất",
    "báo tử",
    "giấy giấy giấy",
    "bitcoin",
    "",
    "khai sinh khai tử kết hôn quyền sử dụng đất",
    "lam giay khia sinh",
  ];

  it("answers the same question the same each time", () => {
    for (const question of QUESTIONS) expect(index.search(question, 5)).toEqual(index.search(question, 5));
  });

  it("lets no question disturb the next", () => {
    const data = indexDocuments(DOCUMENTS, lexicon, senses);
    const used = openSearchIndex(data, lexicon, senses);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...QUESTIONS), fc.nat({ max: 5 })), {
          minLength: 1,
          maxLength: 20,
        }),
        (asked) => {
          for (const [question, limit] of asked)
            expect(used.search(question, limit)).toEqual(
              openSearchIndex(data, lexicon, senses).search(question, limit),
            );
        },
      ),
      { numRuns: 30 },
    );
  });

  it("gives hits that a later question does not change", () => {
    const hits = index.search("đăng ký khai sinh", 5);
    const before = structuredClone(hits);
    index.search("đăng ký khai tử", 5);
    expect(hits).toEqual(before);
  });

  it("gives the same from kept data", () => {
    const data = indexDocuments(DOCUMENTS, lexicon, senses);
    const kept: typeof data = deserialize(serialize(data));
    expect(kept).toEqual(data);
    for (const question of QUESTIONS)
      expect(openSearchIndex(kept, lexicon, senses).search(question, 5)).toEqual(index.search(question, 5));
  });
});

describe("the real knowledge", () => {
  const real = buildLexicon(knowledge.vocabulary);
  const documents = knowledge.procedures.map(
    ({ code, title, name, says, phrasings, sector, result }): SearchDocument => ({
      id: code,
      names: [title, name, ...says],
      phrasings,
      context: [sector, ...result],
    }),
  );
  const search = openSearchIndex(indexDocuments(documents, real, senses), real, senses);

  it("has each procedure among the first three by its title", () => {
    const missed = knowledge.procedures.filter(
      ({ code, title }) => !ids(search.search(title, 3)).includes(code),
    );
    expect(missed.map(({ code, title }) => `${code} ${title}`)).toEqual([]);
  });

  it("is searched in good time for a question of ten thousand words, known, misspelt or unknown", () => {
    const known = knowledge.procedures.flatMap(({ phrasings }) => phrasings);
    const fill = (texts: readonly string[]): string =>
      Array.from({ length: Math.ceil(10_000 / 5) }, (_, at) => texts[at % texts.length]).join(" ");
    for (const question of [
      fill(known),
      fill(known.map((text) => text.replaceAll(/(\p{L})(\p{L})/gu, "$2$1"))),
      fill(["sổ đỏ", "gplx", "cccd", "birth certificate"]),
      "xqzw ".repeat(10_000),
      "a".repeat(100_000),
      "giấy ".repeat(10_000),
    ]) {
      const start = performance.now();
      const hits = search.search(question, 60);
      expect(performance.now() - start, question.slice(0, 40)).toBeLessThan(2000);
      expect(hits.every(({ rough }) => Number.isFinite(rough))).toBe(true);
    }
    expect(search.search("làm khai sinh", 1)).toHaveLength(1);
  });
});
