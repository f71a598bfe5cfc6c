import { describe, expect, it } from "vitest";
import { findAgency } from "../../src/officials/find-agency.ts";
import {
  CENTRE,
  CITY,
  CITY_POLICE,
  COMMUNE,
  directory,
  file,
  INSPECTORATE,
  rules,
} from "../complaints/case.ts";

/** About the centre of xã Núi Thành, held by the commune's committee. */
const { complaint } = file();
const first = (typed: string): string | undefined => {
  const found = findAgency(typed, complaint, rules);
  return found.kind === "offered" ? found.agencies[0]?.id : found.kind;
};

describe("an agency typed for a transfer", () => {
  it.each([
    ["Ủy ban nhân dân thành phố Đà Nẵng", CITY],
    ["ubnd tp da nang", CITY],
    ["UBND TP ĐÀ NẴNG", CITY],
    ["thanh tra", INSPECTORATE],
    ["thanh tra đà nẵng", INSPECTORATE],
    ["công an thành phố", CITY_POLICE],
    ["so tu phap", "so-tu-phap-da-nang"],
    ["sở tư pháp gia lai", "so-tu-phap-gia-lai"],
    [INSPECTORATE, INSPECTORATE],
  ])("“%s” is %s: with or without marks, short forms, the case's own province first", (typed, id) => {
    expect(first(typed)).toBe(id);
  });

  it("is refused where it is the accused or holds the case already", () => {
    expect(findAgency("trung tâm hành chính công núi thành", complaint, rules)).toEqual({
      kind: "refused",
      refusal: "to-accused",
    });
    expect(findAgency(CENTRE, complaint, rules)).toMatchObject({ refusal: "to-accused" });
    expect(findAgency("ubnd xã núi thành", complaint, rules)).toEqual({ kind: "refused", refusal: "back" });
  });

  it.each(["", "  ", "!!", "xin chào bạn", "abc xyz"])("“%s” names none", (typed) => {
    expect(first(typed)).toBe("none");
  });

  it("offers five at most, and never one that may not take the case", () => {
    for (const typed of ["ủy ban nhân dân xã", "công an", "sở", "trung tâm phục vụ hành chính công xã"]) {
      const found = findAgency(typed, complaint, rules);
      if (found.kind !== "offered") throw new Error(`${typed}: ${found.kind}`);
      const ids = found.agencies.map(({ id }) => id);
      expect(ids.length).toBeLessThanOrEqual(5);
      for (const barred of [CENTRE, COMMUNE]) expect(ids).not.toContain(barred);
    }
  });

  it("of the whole directory is found by its own name", () => {
    const sample = [...directory.agencies.values()].filter((_, index) => index % 40 === 0);
    const missed = sample.filter(({ id, name }) => {
      const found = findAgency(name, complaint, rules);
      return (
        found.kind === "offered" && !found.agencies.some((agency) => agency.id === id || agency.name === name)
      );
    });
    expect(missed).toEqual([]);
  });
});
