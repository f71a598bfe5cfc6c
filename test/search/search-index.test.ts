import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildSearchIndex, type SearchDocument } from "../../src/search/search-index.ts";
import { buildLexicon } from "../../src/text/lexicon.ts";

const lexicon = buildLexicon({
  expand: { gks: "giấy khai sinh", "sổ đỏ": "quyền sử dụng đất" },
  short: {},
  english: {},
  stop: ["những", "cho", "tôi", "thì", "là"],
});
const DOCUMENTS: readonly SearchDocument[] = [
  {
    id: "birth",
    texts: ["đăng ký khai sinh", "làm giấy khai sinh cho con mới đẻ", "cấp lại bản sao khai sinh"],
  },
  { id: "death", texts: ["đăng ký khai tử", "báo tử cho người thân mất"] },
  { id: "land", texts: ["cấp giấy chứng nhận quyền sử dụng đất", "sang tên đất của ba má"] },
  { id: "marry", texts: ["đăng ký kết hôn", "giấy xác nhận độc thân để cưới"] },
];
const index = buildSearchIndex(DOCUMENTS, lexicon);
const first = (question: string): string | undefined => index.search(question, 5)[0]?.id;

describe("searching what people type", () => {
  it("finds each document first by each of its own texts, as typed and without marks", () => {
    for (const { id, texts } of DOCUMENTS) {
      for (const text of texts) {
        expect(first(text), text).toBe(id);
        expect(first(text.normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll("đ", "d")), text).toBe(id);
        expect(first(text.toUpperCase()), text).toBe(id);
      }
    }
  });

  it("finds its own texts first whatever the documents are about", () => {
    const word = fc.string({
      unit: fc.constantFrom(...Array.from("bcdghklmnpt")),
      minLength: 6,
      maxLength: 8,
    });
    const texts = fc.array(fc.uniqueArray(word, { minLength: 2, maxLength: 5 }), {
      minLength: 1,
      maxLength: 3,
    });
    const documents = fc.array(texts, { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(documents, (groups) => {
        // A word of its own in each text, so that no two documents share one whole.
        const made = groups.map((group, document) => ({
          id: `d${document}`,
          texts: group.map((words, text) =>
            [...words, `w${"abcdefgh"[document]}${"xyz"[text]}oooo`].join(" "),
          ),
        }));
        const own = buildSearchIndex(made, lexicon);
        for (const { id, texts } of made)
          for (const text of texts) expect(own.search(text, 3)[0]?.id).toBe(id);
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
  });

  it("never takes a stop word for a misspelt subject", () => {
    const near = buildSearchIndex([{ id: "onion", texts: ["hành nhong"] }], lexicon);
    expect(near.search("nhong", 5).map((hit) => hit.id)).toEqual(["onion"]);
    // One letter away from "nhong", but a word of its own.
    expect(near.search("những", 5)).toEqual([]);
    expect(near.search("cho tôi thì là những", 5)).toEqual([]);
  });

  it("finds nothing for words that stand in no document", () => {
    expect(index.search("bitcoin wifi", 5)).toEqual([]);
    expect(index.search("", 5)).toEqual([]);
    expect(index.search("😀 123456789", 5)).toEqual([]);
  });

  it("gives at most what was asked for, best first, and the same each time", () => {
    const hits = index.search("đăng ký khai sinh khai tử kết hôn", 2);
    expect(hits.length).toBe(2);
    expect(hits[0]?.score).toBeGreaterThanOrEqual(hits[1]?.score ?? Number.POSITIVE_INFINITY);
    expect(index.search("đăng ký khai sinh khai tử kết hôn", 2)).toEqual(hits);
  });

  it("scores a story beside the point far below a clear question", () => {
    const clear = index.search("đăng ký khai sinh", 1)[0]?.score ?? 0;
    const stray = index.search("con mèo leo cây cau hỏi thăm chú chuột đi đâu vắng nhà", 1)[0]?.score ?? 0;
    expect(clear).toBeGreaterThan(0);
    expect(stray).toBeLessThan(clear / 2);
  });

  it("gives finite scores to any text, and never throws", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "binary" }), fc.lorem(), fc.constantFrom("khai sinh _ con", "_ _")),
        (text) => {
          for (const { score } of index.search(text, 5)) expect(Number.isFinite(score)).toBe(true);
        },
      ),
    );
  });

  it("searches nothing in no documents", () => {
    expect(buildSearchIndex([], lexicon).search("khai sinh", 5)).toEqual([]);
    expect(buildSearchIndex([{ id: "empty", texts: [] }], lexicon).search("khai sinh", 5)).toEqual([]);
  });
});
