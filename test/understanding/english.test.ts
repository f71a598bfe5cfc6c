import { describe, expect, it } from "vitest";
import { isEnglish } from "../../src/understanding/english.ts";

describe("a message in English", () => {
  it.each([
    "How do I register a birth?",
    "The officer at Hai Chau ward asked me for 2 million to process my residence registration",
    "My visa expires next week. Can I extend my stay in Vietnam without leaving?",
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
    "English please",
    "hello",
  ])("is not seen in %s", (text) => {
    expect(isEnglish(text)).toBe(false);
  });
});
