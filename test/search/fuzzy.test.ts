import { describe, expect, it, vi } from "vitest";
import { refine } from "../../src/search/fuzzy.ts";
import type { Hit } from "../../src/search/search-index.ts";

const NAMES: Readonly<Record<string, readonly string[]>> = {
  birth: ["Đăng ký khai sinh", "làm giấy khai sinh"],
  passport: ["Cấp hộ chiếu", "làm passport"],
};
const namesOf = (id: string): readonly string[] => NAMES[id] ?? [];
const candidates = (birth: number, passport: number): Hit[] =>
  [
    { id: "birth", score: birth },
    { id: "passport", score: passport },
  ].toSorted((a, b) => b.score - a.score);

describe("the fuzzy stage", () => {
  it("has no say where the index is sure", () => {
    const hits = candidates(1.2, 0.9);
    const asked = vi.fn<(id: string) => readonly string[]>(namesOf);
    expect(refine("cap hochieu", hits, asked)).toBe(hits);
    expect(asked).not.toHaveBeenCalled();
  });

  it("lifts the name that the whole question resembles where the index is unsure", () => {
    const refined = refine("cap hochieu", candidates(0.7, 0.6), namesOf);
    expect(refined[0]?.id).toBe("passport");
    expect(refined[0]?.score).toBeGreaterThan(0.6);
  });

  it("never lowers a candidate, adds or loses one, and lifts by half a point at most", () => {
    const before = candidates(0.7, 0.6);
    for (const question of ["cap hochieu", "khai sinh", "zzzzzz", "a"]) {
      const after = refine(question, before, namesOf);
      expect(after.map((hit) => hit.id).toSorted()).toEqual(["birth", "passport"]);
      for (const { id, score } of after) {
        const was = before.find((hit) => hit.id === id)?.score ?? 0;
        expect(score).toBeGreaterThanOrEqual(was);
        expect(score).toBeLessThanOrEqual(was + 0.5);
      }
      expect(after[0]?.score).toBeGreaterThanOrEqual(after[1]?.score ?? 9);
    }
  });

  it("leaves long stories to the index, as no name resembles them", () => {
    const hits = candidates(0.7, 0.6);
    expect(refine(`cap hochieu ${"x".repeat(60)}`, hits, namesOf)).toBe(hits);
  });

  it("has nothing to refine without candidates", () => {
    expect(refine("cap hochieu", [], namesOf)).toEqual([]);
  });

  it("leaves the order as it is for candidates without names", () => {
    const hits = candidates(0.7, 0.6);
    expect(refine("cap hochieu", hits, () => [])).toEqual(hits);
  });
});
