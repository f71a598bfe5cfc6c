import { describe, expect, it } from "vitest";
import { agencyIn } from "../../src/commands/agency.ts";
import { knowledge } from "../fixtures/real-knowledge.ts";

const id = (named: string): string => agencyIn(named, knowledge);

describe("an agency that an operator names", () => {
  it("is found by its id and by its whole name, with or without marks, short forms and its province", () => {
    for (const named of [
      "ubnd-xa-nui-thanh-da-nang",
      "Ủy ban nhân dân xã Núi Thành, Đà Nẵng",
      "uy ban nhan dan xa nui thanh da nang",
      "UBND xã Núi Thành Đà Nẵng",
    ])
      expect(id(named), named).toBe("ubnd-xa-nui-thanh-da-nang");
    expect(id("sở nội vụ thành phố đà nẵng")).toBe("so-noi-vu-da-nang");
  });

  it("is listed with its id and province where the name leaves it open, and never guessed", () => {
    expect(() => id("núi thành đà nẵng")).toThrow(
      "ubnd-xa-nui-thanh-da-nang  Ủy ban nhân dân xã Núi Thành, Đà Nẵng",
    );
    // Several provinces have a commune of this name.
    expect(() => id("UBND xã Tân Hòa")).toThrow(/one of these[\s\S]*\n.*\n/);
    expect(() => id("UBND xã Núi Thàn")).toThrow("ubnd-xa-nui-thanh-da-nang");
  });

  it("that nothing is like is told how to be named", () => {
    expect(() => id("no-such-agency")).toThrow("no agency no-such-agency; write its name");
  });
});
