import { describe, expect, it, vi } from "vitest";
import { comparable, refine } from "../../src/search/fuzzy.ts";

type Candidate = { readonly id: string; readonly score: number; readonly told?: string };

const NAMES: Readonly<Record<string, readonly string[]>> = {
  birth: ["Đăng ký khai sinh", "làm giấy khai sinh"],
  passport: ["Cấp hộ chiếu", "làm passport"],
};
const namesOf = (id: string): readonly string[] => comparable(NAMES[id] ?? []);
const candidates = (birth: number, passport: number): Candidate[] =>
  [
    { id: "birth", score: birth },
    { id: "passport", score: passport },
  ].toSorted((a, b) => b.score - a.score);

describe("the fuzzy stage", () => {
  it("lifts the name that the whole question resembles", () => {
    const refined = refine("cap hochieu", candidates(0.7, 0.6), namesOf);
    expect(refined[0]?.id).toBe("passport");
    expect(refined[0]?.score).toBeGreaterThan(0.6);
  });

  it("lifts scores below nothing as well: they are measured from no fixed point", () => {
    const refined = refine("cap hochieu", candidates(-5.3, -5.4), namesOf);
    expect(refined[0]?.id).toBe("passport");
    expect(refined[0]?.score).toBeGreaterThan(-5.4);
  });

  it("does not overturn a clear lead", () => {
    expect(refine("cap hochieu", candidates(3, 1), namesOf)[0]?.id).toBe("birth");
  });

  it("never lowers a candidate, adds or loses one, and lifts by half a point at most", () => {
    const before = candidates(0.7, 0.6);
    for (const question of ["cap hochieu", "khai sinh", "zzzzzz", "a", ""]) {
      const after = refine(question, before, namesOf);
      expect(after.map(({ id }) => id).toSorted()).toEqual(["birth", "passport"]);
      for (const { id, score } of after) {
        const was = before.find((candidate) => candidate.id === id)?.score ?? 0;
        expect(score).toBeGreaterThanOrEqual(was);
        expect(score).toBeLessThanOrEqual(was + 0.5);
      }
      expect(after[0]?.score).toBeGreaterThanOrEqual(after[1]?.score ?? 9);
    }
  });

  it("changes nothing of a candidate but its score, and leaves what it was given as it was", () => {
    const given: readonly Candidate[] = [{ id: "passport", score: 0.5, told: "kept" }];
    const before = structuredClone(given);
    expect(refine("cap hochieu", given, namesOf)).toEqual([
      { id: "passport", score: expect.any(Number), told: "kept" },
    ]);
    expect(given).toEqual(before);
  });

  it("leaves long stories to the index, as no name resembles them", () => {
    const hits = candidates(0.7, 0.6);
    const asked = vi.fn<typeof namesOf>(namesOf);
    expect(refine(`cap hochieu ${"x".repeat(60)}`, hits, asked)).toEqual(hits);
    expect(asked).not.toHaveBeenCalled();
  });

  it("looks at the few shortest names of a candidate only, without marks, and at no endless one", () => {
    const names = ["Đăng ký khai sinh", "Khai sinh", "Làm giấy khai sinh cho con", "Ghi sổ", "Sinh con"];
    expect(comparable(names)).toEqual(["ghi so", "sinh con", "khai sinh", "dang ky khai sinh"]);
    expect(comparable(["x".repeat(121), "Ghi sổ"])).toEqual(["ghi so"]);
    expect(comparable([])).toEqual([]);
  });

  it("has nothing to refine without candidates", () => {
    expect(refine("cap hochieu", [], namesOf)).toEqual([]);
  });

  it("leaves the order as it is for candidates without names", () => {
    const hits = candidates(0.7, 0.6);
    expect(refine("cap hochieu", hits, () => [])).toEqual(hits);
  });
});
