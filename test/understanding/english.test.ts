import { describe, expect, it } from "vitest";
import { fold, type Syllable, syllables } from "../../src/text/fold.ts";
import { isEnglish } from "../../src/understanding/english.ts";
import { knowledge } from "../fixtures/real-knowledge.ts";

describe("a message in English", () => {
  it.each([
    "How do I register a birth?",
    "The officer at Hai Chau ward asked me for 2 million to process my residence registration",
    "My visa expires next week. Can I extend my stay in Vietnam without leaving?",
    "where can I get a tax code",
    "lost my passport what to do",
    "how can I open a small restaurant",
    "I'm a foreigner, how do I renew my temporary residence card",
    "I lost my ID card",
    "open a small private daycare",
    "I am Korean and my fiancée is Vietnamese. Where do we register our marriage in Vietnam?",
  ])("is known: %s", (text) => {
    expect(isEnglish(text)).toBe(true);
  });

  it.each([
    "lam the can cuoc cho con o dau",
    "di my co can ho chieu moi khong, them me va con",
    "to do dat an my can gi",
    "làm visa online for free được không",
    "dang ky company o quan 1 can giay to gi",
    "mo shop online ban hang qua facebook can gi",
    "xin visa cho vo nguoi my o my",
    "English please",
    "hello",
  ])("is not seen in %s", (text) => {
    expect(isEnglish(text)).toBe(false);
  });

  it("is seen in none of our own Vietnamese texts, typed without marks", () => {
    const texts = [
      ...knowledge.procedures.flatMap(({ phrasings, says }) => [...phrasings, ...says]),
      ...[...knowledge.phrasings.values()].flatMap(({ phrasings }) => phrasings),
      ...knowledge.rules.flatMap(({ phrasings }) => phrasings),
      ...knowledge.gaps.flatMap(({ phrasings }) => phrasings),
      ...knowledge.examples.flatMap((example) => example.texts),
    ];
    const isMarked = ({ marked, folded }: Syllable): boolean => marked !== folded;
    // English sentences may name a "giấy xác nhận tình trạng hôn nhân", a "café" and a "fiancée".
    const isOurs = (parts: readonly Syllable[]): boolean =>
      parts.filter(isMarked).length > Math.max(2, parts.length / 3);
    const ours = texts.filter((text) => isOurs(syllables(text)));
    expect(ours.length).toBeGreaterThan(20_000);
    expect(ours.map(fold).filter(isEnglish)).toEqual([]);
  });
});
