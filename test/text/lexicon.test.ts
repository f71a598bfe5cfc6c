import { describe, expect, it } from "vitest";
import { syllables, words } from "../../src/text/fold.ts";
import { buildLexicon } from "../../src/text/lexicon.ts";

const lexicon = buildLexicon({
  expand: { ki: "kilogam", "sổ đỏ": "giấy chứng nhận quyền sử dụng đất", sổ: "sổ sách" },
  short: { ko: "không", đc: "được" },
  english: { "birth certificate": "khai sinh" },
  stop: ["thì", "là mà"],
});
const meant = (text: string): readonly (readonly string[])[] => lexicon.meanings(words(text));
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
    expect(meant("mất sổ đỏ rồi")).toEqual([meaning]);
    expect(meant("mat so do roi")).toEqual([meaning]);
    expect(meant("quyển sổ này")).toEqual([["so", "sach"]]);
  });

  it("minds the marks that were typed: a name marked otherwise is another word", () => {
    const { read } = buildLexicon({
      expand: { đẻ: "sinh", cưới: "kết hôn", "sổ đỏ": "giấy chứng nhận", "ra ở riêng": "tách hộ" },
      short: {},
      english: {},
      stop: ["để"],
    });
    const named = (text: string): string[] => read(text).meanings.map((words) => words.join(" "));
    expect(named("đẻ con")).toEqual(["sinh"]);
    for (const other of ["để con đi học", "đề nghị", "cuối năm", "cười", "sơ đồ mặt bằng", "rạ ọ riếng"])
      expect(named(other), other).toEqual([]);
    // One wrong mark, or none at all, is a slip; but of a word that is common without marks nothing is to be known.
    expect(named("mất số đỏ")).toEqual(["giay chung nhan"]);
    expect(named("mat so do, cuoi vo")).toEqual(["giay chung nhan", "ket hon"]);
    expect(named("de lam gi")).toEqual([]);
    expect(read("đẻ để").words).toEqual(["de", "de"]);
  });

  it("says what English words stand for", () => {
    expect(meant("lost my Birth Certificate")).toEqual([["khai", "sinh"]]);
  });

  it("has nothing to say about a text without such names", () => {
    expect(meant("làm thế nào")).toEqual([]);
    expect(lexicon.open("")).toEqual([]);
  });

  it("takes each word of a stop phrase for a stop word", () => {
    expect([...lexicon.stop].sort()).toEqual(["la", "ma", "thi"]);
  });

  it("works with no vocabulary at all", () => {
    const bare = buildLexicon({ expand: {}, short: {}, english: {}, stop: [] });
    expect(bare.open("ko").map((syllable) => syllable.folded)).toEqual(["ko"]);
    expect(bare.meanings(words("sổ đỏ"))).toEqual([]);
  });

  it("reads a text in one go as words and meanings, and names in it by what was typed", () => {
    const read = lexicon.read("KO mất sổ đỏ");
    expect(read.words).toEqual(["khong", "mat", "so", "do"]);
    expect(read.meanings).toEqual([["giay", "chung", "nhan", "quyen", "su", "dung", "dat"]]);
    expect(lexicon.read("")).toEqual({ words: [], meanings: [] });
  });

  it("replaces an abbreviation of a few letters by its meaning, and keeps a longer name beside it", () => {
    expect(lexicon.read("2 ki gạo").words).toEqual(["2", "kilogam", "gao"]);
    expect(lexicon.read("quyển sổ đỏ").words).toEqual(["quyen", "so", "do"]);
  });

  it("finds each of two names in one text, also where one begins with the other", () => {
    expect(meant("sổ sổ đỏ")).toEqual([
      ["so", "sach"],
      ["giay", "chung", "nhan", "quyen", "su", "dung", "dat"],
    ]);
  });
});
