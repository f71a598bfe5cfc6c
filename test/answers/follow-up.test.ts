import { describe, expect, it } from "vitest";
import { idsSpokenOf, LINKS, type Linked, linkedWith } from "../../src/answers/follow-up.ts";
import { finder, read } from "../fixtures/real-guide.ts";

const PERMIT = "1.013225";
const LOST_PERMIT = "1.013228";
const LABOUR_PERMIT = "1.014199";

/** What the message may be about after these topics, the present one first. */
function linkedAfter(text: string, topics: readonly string[]): Linked[] {
  const reading = read(text);
  const besides = idsSpokenOf({ topics }, finder);
  return linkedWith(reading, { topics }, finder.findBoth(reading, { besides }), finder);
}

const link = ({ links }: Linked, name: (typeof LINKS)[number]): number => links[LINKS.indexOf(name)] ?? 0;

describe("what a message in a conversation may be about", () => {
  const linked = linkedAfter("lỡ làm mất giấy phép thì xin lại sao", [PERMIT, LABOUR_PERMIT]);
  const [topic, earlier] = [PERMIT, LABOUR_PERMIT].map((code) => finder.subject(code));

  it("is the topic, what was spoken of before, what is found, and none of them", () => {
    const codes = linked.map(({ subject }) => subject?.code);
    expect(codes).toEqual(expect.arrayContaining([PERMIT, LABOUR_PERMIT, LOST_PERMIT, undefined]));
    expect(new Set(codes).size).toBe(codes.length);
  });

  it("tells of each how alike it is to the topic and to what was spoken of before", () => {
    if (!topic || !earlier) throw new Error("both are curated");
    for (const one of linked) {
      const { subject } = one;
      if (!subject) continue;
      expect(link(one, "alike")).toBe(subject === topic ? 0 : finder.likeness(topic, subject));
      const isSpokenOf = subject === topic || subject === earlier;
      expect(link(one, "alikeEarlier")).toBe(isSpokenOf ? 0 : Math.max(0, finder.likeness(earlier, subject)));
    }
    const lost = linked.find(({ subject }) => subject?.code === LOST_PERMIT);
    expect(lost && link(lost, "alike")).toBeGreaterThan(0.3);
  });

  it("tells how many special cases of its name the message speaks of", () => {
    const [found] = finder.find(read("lỡ làm mất giấy phép thì xin lại sao"), {
      besides: [LOST_PERMIT],
    }).procedures;
    const same = linked.find(({ subject }) => subject === found?.subject);
    expect(found?.said).toBeGreaterThan(0);
    expect(same && link(same, "said")).toBe(found?.said);
  });

  it("is left open where nothing was spoken of", () => {
    expect(linkedAfter("lỡ làm mất giấy phép thì xin lại sao", [])).toEqual([]);
  });
});
