import { describe, expect, it } from "vitest";
import { systemOff } from "../../scripts/bench/misspell.ts";
import { foldedOf, syllables } from "../../src/text/fold.ts";
import { asMeant } from "../../src/text/typing.ts";
import { knowledge } from "../fixtures/real-knowledge.ts";

function marksOf(text: string): string[] {
  return syllables(text).map(({ marked }) => marked);
}

describe("what is typed with the typing system off", () => {
  it.each([
    ["maast bieern soos xe thif lamf laij caanf gif", "mất biển số xe thì làm lại cần gì"],
    ["ddawng kys keets hoon caanf giaays towf gif", "đăng ký kết hôn cần giấy tờ gì"],
    ["nguwowif ta ddoif tieenf khoong cos bieen lai", "người ta đòi tiền không có biên lai"],
    ["muoons lamf cawn cuwowcs cho con", "muốn làm căn cước cho con"],
    [
      "giaays khai sinh hoawcj hooj chieeus, trowif muaw, nwowcs gieengs",
      "giấy khai sinh hoặc hộ chiếu, trời mưa, nước giếng",
    ],
    ["duowcj khoong", "dược không"],
    ["d9a8ng ky1 ke61t ho6n o73 xa4", "đăng ký kết hôn ở xã"],
    ["thuw toiws hoas.mais@thuws.vn, ddungs khoong", "thư tới hoas.mais@thuws.vn, đúng không"],
    ["Toi muon lam HOOJ CHIEEUS", "Toi muon lam HỘ CHIẾU"],
    ["Thuwa anh, quaanf aos, quys vij", "Thưa anh, quần áo, quý vị"],
    ["giaays pheps xaay duwngj nhaf owr", "giấy phép xây dựng nhà ở"],
  ])("%s", (text, meant) => expect(asMeant(text)).toBe(meant));

  it.each([
    "nha so1 ngo2, khu3, o quan7",
    "thi bang a1 va b2 o dau",
    "Is this for my visa, or was it lost?",
    "em o Ea Kar muon nap momo",
    "MC-ba2n-ca3o-tu7o",
    "hoas.mais.lanf@thuws.vn",
  ])("%s stays", (text) => expect(asMeant(text)).toBe(text));

  it.each(["telex", "vni"] as const)("what the examples say in %s is read as they say it", (system) => {
    const texts = knowledge.aspects
      .flatMap((aspect) => aspect.texts)
      .filter((text) => syllables(text).filter(({ marked, folded }) => marked !== folded).length >= 4);
    const words = texts.flatMap((text) => {
      const read = marksOf(asMeant(systemOff(text, system)));
      return marksOf(text).map((word, at) => ({ word, read: read[at] ?? "" }));
    });
    expect(words.length).toBeGreaterThan(20_000);
    // Single letters stay as they are ("a5" may be a size of paper as well as "ạ"), and so do names and slips.
    const wrong = words.filter(({ word, read }) => word.length > 2 && word !== read);
    const told = wrong.map(({ word, read }) => `${word} ${read}`).slice(0, 60);
    expect(wrong.length / words.length, told.join("\n")).toBeLessThan(0.01);
  });

  it("nothing of all examples and phrasings is changed that was typed otherwise", () => {
    const texts = [
      ...knowledge.examples.flatMap((example) => example.texts),
      ...[...knowledge.phrasings.values()].flatMap(({ phrasings }) => phrasings),
    ];
    const changed = texts.filter((text) => foldedOf(syllables(asMeant(text))) !== foldedOf(syllables(text)));
    // These few were typed so.
    expect(changed.length, changed.join("\n")).toBeLessThan(6);
  });
});
