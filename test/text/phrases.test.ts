import { describe, expect, it } from "vitest";
import { syllables } from "../../src/text/fold.ts";
import {
  compilePhrases,
  compileSets,
  findInSets,
  findPhrases,
  hasPhrase,
  heldSets,
} from "../../src/text/phrases.ts";

const found = (phrases: readonly string[], text: string): string[] =>
  findPhrases(compilePhrases(phrases), syllables(text)).map((hit) => hit.text);

describe("finding phrases in a text", () => {
  it("does not take cò, the tout, for có, to have", () => {
    expect(found(["cò"], "có người nói phải trả tiền")).toEqual([]);
    expect(found(["cò"], "co nguoi noi phai tra tien")).toEqual([]);
    expect(found(["cò"], "gặp cò ngoài cổng")).toEqual(["cò"]);
    expect(found(["cò"], "gặp CO\u0300 ngoài cổng")).toEqual(["cò"]);
  });

  it("takes a single word typed without marks only when it is long enough not to collide", () => {
    expect(found(["trễ"], "ho so tre hen")).toEqual([]);
    expect(found(["chậm"], "lam cham qua")).toEqual(["chậm"]);
    expect(found(["chậm"], "thì chạm vào")).toEqual([]);
  });

  it("finds several words in spite of missing or wrong marks", () => {
    for (const typed of ["trễ hẹn", "tre hen", "trê hẽn", "TRỄ HẸN", "tre\u0323 hen"]) {
      expect(found(["trễ hẹn"], `hồ sơ ${typed} rồi`)).toEqual(["trễ hẹn"]);
    }
  });

  it("takes words of which several are marked, and all otherwise, for other words", () => {
    expect(found(["chung chi"], "chứng chỉ hành nghề")).toEqual([]);
    expect(found(["chung chi"], "phải chung chi cho họ")).toEqual(["chung chi"]);
    for (const typed of ["họ vòi tiên tôi", "vói tien", "voi tièn", "đoi tiên"])
      expect(found(["vòi tiền", "đòi tiền"], typed), typed).not.toEqual([]);
    expect(found(["hãy sửa"], "hảy sữa giùm")).toEqual(["hãy sửa"]);
    expect(found(["bồi dưỡng"], "bòi duỡng")).toEqual(["bồi dưỡng"]);
    expect(found(["trả tiền"], "tra tien")).toEqual(["trả tiền"]);
  });

  it("finds whole words only", () => {
    expect(found(["an ninh"], "ban ninh thuận")).toEqual([]);
    expect(found(["phí"], "phía trước")).toEqual([]);
  });

  it("says where a phrase stands, the longest first at each place", () => {
    const phrases = compilePhrases(["một cửa", "bộ phận một cửa", "cửa"]);
    expect(findPhrases(phrases, syllables("ở bộ phận một cửa xã"))).toEqual([
      { text: "bộ phận một cửa", at: 1, length: 4 },
      { text: "một cửa", at: 3, length: 2 },
      { text: "cửa", at: 4, length: 1 },
    ]);
  });

  it("finds a phrase at the very end, and nothing that runs over it", () => {
    const phrases = compilePhrases(["giấy hẹn trả"]);
    expect(hasPhrase(phrases, syllables("mất giấy hẹn trả"))).toBe(true);
    expect(hasPhrase(phrases, syllables("mất giấy hẹn"))).toBe(false);
    expect(hasPhrase(phrases, [])).toBe(false);
  });

  it("leaves out phrases without a word in them", () => {
    expect(found(["", "…", "có"], "có")).toEqual(["có"]);
  });
});

describe("finding the phrases of several sets", () => {
  const sets = [["một cửa", "cửa"], [], ["bộ phận một cửa", "chậm"], ["cửa", "trễ hẹn"]];
  const texts = ["ở bộ phận một cửa xã", "ho so tre hen, lam cham", "", "cửa cửa", "không có gì"];

  it("finds of each what is found of it alone", () => {
    for (const text of texts.map((typed) => syllables(typed))) {
      const alone = sets.map((phrases) => findPhrases(compilePhrases(phrases), text));
      expect(findInSets(compileSets(sets), text)).toEqual(alone);
      expect(heldSets(compileSets(sets), text)).toEqual(alone.map((all) => all.length > 0));
    }
  });
});
