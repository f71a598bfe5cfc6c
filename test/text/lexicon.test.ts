import { describe, expect, it } from "vitest";
import { syllables } from "../../src/text/fold.ts";
import { buildLexicon } from "../../src/text/lexicon.ts";

const lexicon = buildLexicon({
  expand: { ki: "kilogam", "sổ đỏ": "giấy chứng nhận quyền sử dụng đất", sổ: "sổ sách" },
  short: { ko: "không", đc: "được" },
  english: { "birth certificate": "khai sinh" },
  stop: ["thì", "là mà"],
});
const opened = (text: string): string[] => lexicon.open(text).map((syllable) => syllable.folded);

describe("the words people use", () => {
  it("opens short forms of one syllable, in either case", () => {
    expect(opened("ko biết")).toEqual(["khong", "biet"]);
    expect(opened("KO BIẾT")).toEqual(["khong", "biet"]);
    expect(opened("chưa đc")).toEqual(["chua", "duoc"]);
    expect(opened("chưa dc")).toEqual(["chua", "duoc"]);
  });

  it("gives an opened short form its proper marks, so that phrases see what was meant", () => {
    expect(lexicon.open("ko")).toEqual(syllables("không"));
  });

  it("leaves a word alone where the writer put marks on it", () => {
    expect(opened("kí tên")).toEqual(["ki", "ten"]);
    expect(opened("kò")).toEqual(["ko"]);
  });

  it("says what an everyday name stands for, with and without marks, the longest name first", () => {
    const meaning = ["giay", "chung", "nhan", "quyen", "su", "dung", "dat"];
    expect(lexicon.meanings("mất sổ đỏ rồi")).toEqual([meaning]);
    expect(lexicon.meanings("mat so do roi")).toEqual([meaning]);
    expect(lexicon.meanings("quyển sổ này")).toEqual([["so", "sach"]]);
  });

  it("says what English words stand for", () => {
    expect(lexicon.meanings("lost my Birth Certificate")).toEqual([["khai", "sinh"]]);
  });

  it("has nothing to say about a text without such names", () => {
    expect(lexicon.meanings("làm thế nào")).toEqual([]);
    expect(lexicon.open("")).toEqual([]);
  });

  it("takes each word of a stop phrase for a stop word", () => {
    expect([...lexicon.stop].sort()).toEqual(["la", "ma", "thi"]);
  });

  it("works with no vocabulary at all", () => {
    const bare = buildLexicon({ expand: {}, short: {}, english: {}, stop: [] });
    expect(bare.open("ko").map((syllable) => syllable.folded)).toEqual(["ko"]);
    expect(bare.meanings("sổ đỏ")).toEqual([]);
  });
});
