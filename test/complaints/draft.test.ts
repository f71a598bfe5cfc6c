import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Draft, filingOf, nextStep, Step, stepBack } from "../../src/complaints/draft.ts";
import { ComplaintKind } from "../../src/knowledge/complaint-kind.ts";

const EMPTY: Draft = { id: "case-1", shown: 0, story: [], placeChoices: [], done: [], step: "kind" };
const PERSON = { name: "Trần Thị Hoa", phone: "0905123456" };
const nameOf = (code: string): string | undefined => (code === "1.001193" ? "Đăng ký khai sinh" : undefined);

/** A person's answer to each step. */
function answers(kind: ComplaintKind): Readonly<Record<Step, Partial<Draft>>> {
  return {
    kind: { kind },
    story: { story: ["Hồ sơ của tôi trễ hẹn"] },
    missing: {
      place: { code: "20965", name: "Xã Núi Thành, Thành phố Đà Nẵng" },
      about: { name: "UBND xã Núi Thành" },
      promisedDate: "2026-11-09",
    },
    place: { place: { code: "20965", name: "Xã Núi Thành, Thành phố Đà Nẵng" } },
    about: { about: { name: "UBND xã Núi Thành" } },
    dossier: { dossierCode: "H17.25-261102-0012" },
    promised: { promisedDate: "2026-11-09" },
    supplements: { supplements: { times: 3, inWriting: false } },
    supplemented: { supplements: { times: 3, inWriting: false, lastOn: "2026-11-06" } },
    apology: { apology: ["in_time"] },
    reappointed: { reappointedOn: "2026-11-16" },
    person: { person: PERSON },
    email: { email: "hoa@example.com" },
    preview: {},
  };
}

/** Answers or skips each question until the preview; the steps asked, in order. */
function tell(
  kind: ComplaintKind,
  from: Draft = EMPTY,
  skips: readonly Step[] = [],
): { asked: Step[]; draft: Draft } {
  const asked: Step[] = [];
  let draft: Draft = { ...from, step: nextStep(from) };
  while (draft.step !== "preview") {
    asked.push(draft.step);
    if (asked.length > Step.options.length) throw new Error(`asked again: ${asked.join(", ")}`);
    const told = skips.includes(draft.step) ? {} : answers(kind)[draft.step];
    const moved = { ...draft, ...told, done: [...draft.done, draft.step] };
    draft = { ...moved, step: nextStep(moved) };
  }
  return { asked, draft };
}

describe("telling a complaint", () => {
  it("asks for the dossier, the promised day and the name only where a late dossier must be found", () => {
    expect(tell("late").asked).toEqual([
      "kind",
      "story",
      "place",
      "about",
      "dossier",
      "promised",
      "apology",
      "reappointed",
      "person",
      "email",
    ]);
  });

  it("asks for the dossier and the name, but no promised day, when a dossier was refused", () => {
    expect(tell("refusal").asked).toEqual(["kind", "story", "place", "about", "dossier", "person", "email"]);
  });

  it("asks for the new day only where an apology came in time", () => {
    for (const apology of [["none"], ["too_late"], ["twice"], []] as const)
      expect(tell("late", { ...EMPTY, apology: [...apology] }).asked).not.toContain("reappointed");
  });

  it("asks how often and when a dossier was supplemented only where the story speaks of it", () => {
    const told = { ...EMPTY, supplements: {} };
    expect(tell("late", told).asked).toContain("supplements");
    expect(tell("late", told).asked).toContain("supplemented");
    expect(tell("extra_documents", told).asked).toContain("supplements");
    expect(tell("extra_documents", told).asked).not.toContain("supplemented");
    for (const kind of ["attitude", "bribe", "praise"] as const) {
      const { asked, draft } = tell(kind, told);
      expect(asked).not.toContain("supplements");
      expect(filingOf(draft, nameOf)).not.toHaveProperty("supplements");
    }
  });

  it("asks whom it is about, except for a suggestion", () => {
    const others = ComplaintKind.options.filter((kind) => !["late", "refusal", "suggestion"].includes(kind));
    for (const kind of others)
      expect(tell(kind).asked, kind).toEqual(["kind", "story", "place", "about", "email"]);
    expect(tell("suggestion").asked).toEqual(["kind", "story", "place", "email"]);
  });

  it("never asks what the first message told", () => {
    const told = fc.subarray<Step>(Step.options.filter((step) => step !== "preview"));
    fc.assert(
      fc.property(fc.constantFrom(...ComplaintKind.options), told, (kind, steps) => {
        const facts = steps.map((step) => answers(kind)[step]);
        const { asked } = tell(kind, Object.assign({}, EMPTY, ...facts) as Draft);
        expect(asked.filter((step) => steps.includes(step))).toEqual([]);
        expect(new Set(asked).size).toBe(asked.length);
      }),
    );
  });

  it("asks once what was skipped, and files without it", () => {
    const skips: Step[] = ["place", "about", "dossier", "promised", "apology", "person", "email"];
    const { asked, draft } = tell("late", EMPTY, skips);
    expect(asked).toEqual(["kind", "story", ...skips]);
    expect(filingOf(draft, nameOf)).toEqual({ kind: "late", text: "Hồ sơ của tôi trễ hẹn" });
  });

  it("goes back over every answer, the last first, down to the first question", () => {
    const { asked, draft } = tell("late");
    const back: Step[] = [];
    let now: Draft | undefined = draft;
    for (let before = stepBack(now); before; before = stepBack(before)) {
      back.push(before.step);
      expect(nextStep(before)).toBe(before.step);
      now = before;
    }
    expect(back).toEqual(asked.toReversed());
    expect(filingOf(now, nameOf)).toEqual({ kind: "other", text: "" });
    expect(now).not.toMatchObject({ email: expect.anything() });
  });

  it("going back and answering the same again changes nothing", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ComplaintKind.options), fc.nat({ max: 8 }), (kind, steps) => {
        const { draft } = tell(kind);
        let back = draft;
        for (let count = 0; count < steps; count++) back = stepBack(back) ?? back;
        expect(tell(kind, back).draft).toEqual(draft);
      }),
    );
  });

  it("has nothing before the first question", () => {
    expect(stepBack(EMPTY)).toBeUndefined();
  });
});

describe("what will be filed", () => {
  it("is exactly what the person told", () => {
    const { draft } = tell("late", { ...EMPTY, procedureCode: "1.001193", submittedOn: "2026-11-02" });
    expect(filingOf(draft, nameOf)).toEqual({
      kind: "late",
      text: "Hồ sơ của tôi trễ hẹn",
      about: { name: "UBND xã Núi Thành" },
      place: { code: "20965", name: "Xã Núi Thành, Thành phố Đà Nẵng" },
      procedure: { code: "1.001193", name: "Đăng ký khai sinh" },
      dossierCode: "H17.25-261102-0012",
      submittedOn: "2026-11-02",
      promisedDate: "2026-11-09",
      apology: ["in_time"],
      reappointedOn: "2026-11-16",
      person: PERSON,
    });
  });

  it("keeps every message of the story, in order", () => {
    expect(filingOf({ ...EMPTY, story: ["một", "hai"] }, nameOf).text).toBe("một\nhai");
  });

  it("names no procedure that is not known here", () => {
    expect(filingOf({ ...EMPTY, procedureCode: "9.999999" }, nameOf)).not.toHaveProperty("procedure");
  });

  it.each(["harassment", "bribe"] as const)("for %s nobody is asked for a name and none is filed", (kind) => {
    const { asked, draft } = tell(kind);
    expect(asked).not.toContain("person");
    expect(filingOf(draft, nameOf)).not.toHaveProperty("person");
  });

  it.each(["harassment", "bribe"] as const)("for %s the name is filed when the person insists", (kind) => {
    const { draft } = tell(kind);
    expect(filingOf({ ...draft, person: PERSON }, nameOf).person).toEqual(PERSON);
  });

  it("never holds the address for notices", () => {
    for (const kind of ComplaintKind.options)
      expect(JSON.stringify(filingOf(tell(kind).draft, nameOf)), kind).not.toContain("hoa@example.com");
  });
});
