import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  Draft,
  filingOf,
  identityOf,
  isHardToFind,
  missingOf,
  nextStep,
  Step,
  stepBack,
} from "../../src/complaints/draft.ts";
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
    const together = draft.step === "missing" ? missingOf(draft) : [];
    const moved = { ...draft, ...told, done: [...draft.done, ...together, draft.step] };
    draft = { ...moved, step: nextStep(moved) };
  }
  return { asked, draft };
}

describe("telling a complaint", () => {
  it("asks for place, body and promised day together, and never for what is added under the preview", () => {
    expect(tell("late").asked).toEqual(["kind", "story", "missing", "apology", "reappointed"]);
    expect(tell("refusal").asked).toEqual(["kind", "story", "missing"]);
  });

  it.each([
    ["place", ["about", "promised"]],
    ["about", ["place", "promised"]],
    ["promised", ["place", "about"]],
  ] as const)("asks for the %s by itself where it alone is missing", (alone, known) => {
    const facts = known.map((step) => answers("late")[step]);
    const draft = Object.assign({}, EMPTY, ...facts) as Draft;
    expect(missingOf({ ...draft, kind: "late" })).toEqual([alone]);
    expect(tell("late", draft).asked).toEqual(["kind", "story", alone, "apology", "reappointed"]);
  });

  it("asks for the promised day only of a late dossier, and not where the limit tells it", () => {
    const { place, about } = { ...answers("late").place, ...answers("late").about };
    const located = { ...EMPTY, place, about };
    expect(tell("refusal", located).asked).not.toContain("promised");
    for (const known of [{ submittedOn: "2026-11-02" }, { procedureCode: "1.001193" }])
      expect(tell("late", { ...located, ...known }).asked, JSON.stringify(known)).toContain("promised");
    const counted = { ...located, submittedOn: "2026-11-02", procedureCode: "1.001193" };
    expect(tell("late", counted).asked).not.toContain("promised");
  });

  it("lets the person choose among communes rather than asking for the place again", () => {
    const draft: Draft = { ...EMPTY, kind: "late", story: ["trễ"], placeChoices: ["00004", "00008"] };
    expect(missingOf(draft)).toEqual(["about", "promised"]);
    const asked = { ...draft, done: ["about", "promised", "missing"] satisfies Step[] };
    expect(nextStep(asked)).toBe("place");
  });

  it("takes a dossier for hard to find that has neither code nor name", () => {
    for (const kind of ComplaintKind.options)
      expect(isHardToFind({ ...EMPTY, kind }), kind).toBe(kind === "late" || kind === "refusal");
    expect(isHardToFind({ ...EMPTY, kind: "late", dossierCode: "H17.25-261102-0012" })).toBe(false);
    expect(isHardToFind({ ...EMPTY, kind: "late", person: PERSON })).toBe(false);
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
    for (const kind of others) expect(tell(kind).asked, kind).toEqual(["kind", "story", "missing"]);
    expect(tell("suggestion").asked).toEqual(["kind", "story", "place"]);
  });

  it("never asks what the first message told", () => {
    const told = fc.subarray<Step>(Step.options.filter((step) => step !== "preview" && step !== "missing"));
    fc.assert(
      fc.property(fc.constantFrom(...ComplaintKind.options), told, (kind, steps) => {
        const facts = steps.map((step) => answers(kind)[step]);
        const draft = Object.assign({}, EMPTY, ...facts) as Draft;
        expect(missingOf({ ...draft, kind }).filter((step) => steps.includes(step))).toEqual([]);
        const { asked } = tell(kind, draft);
        expect(asked.filter((step) => steps.includes(step))).toEqual([]);
        expect(new Set(asked).size).toBe(asked.length);
      }),
    );
  });

  it("asks once what was skipped, and files without it", () => {
    const skips: Step[] = ["missing", "apology"];
    const { asked, draft } = tell("late", EMPTY, skips);
    expect(asked).toEqual(["kind", "story", ...skips]);
    expect(filingOf(draft, nameOf)).toEqual({ kind: "late", text: "Hồ sơ của tôi trễ hẹn" });
  });

  it("gives back together what was answered together, and nothing that the story told", () => {
    const about = { name: "UBND xã Núi Thành" };
    const asked: Step[] = ["place", "promised", "missing"];
    const back = stepBack({ ...EMPTY, ...answers("late").missing, kind: "late", about, done: asked });
    expect(back).toMatchObject({ step: "missing", done: [], about });
    expect(back?.place).toBeUndefined();
    expect(back?.promisedDate).toBeUndefined();
  });

  it("goes on with a draft stored in the former order, over every step of it and back", () => {
    const former: Step[] = ["kind", "story", "place", "about", "dossier", "promised", "person", "email"];
    const all = Object.assign({}, EMPTY, ...former.map((step) => answers("late")[step])) as Draft;
    for (const [index, step] of former.entries()) {
      const known = former.slice(0, index).map((one) => answers("late")[one]);
      const stored = { ...Object.assign({}, EMPTY, ...known), done: former.slice(0, index), step };
      const draft = Draft.parse(JSON.parse(JSON.stringify(stored)));
      const moved: Draft = { ...draft, ...answers("late")[step], done: [...draft.done, step] };
      expect(tell("late", moved).draft.step, step).toBe("preview");
    }
    const back: Step[] = [];
    for (let now = stepBack({ ...all, done: former }); now; now = stepBack(now)) back.push(now.step);
    expect(back).toEqual(former.toReversed());
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
    const { draft: told } = tell("late", {
      ...EMPTY,
      ...answers("late").promised,
      procedureCode: "1.001193",
      submittedOn: "2026-11-02",
    });
    const draft = { ...told, ...answers("late").dossier, ...answers("late").person };
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
      named: true,
    });
    // Who they are, apart.
    expect(identityOf(draft)).toEqual({ person: PERSON });
  });

  it("keeps every message of the story, in order", () => {
    expect(filingOf({ ...EMPTY, story: ["một", "hai"] }, nameOf).text).toBe("một\nhai");
  });

  it("has the province where nothing nearer is known", () => {
    const region = { code: "48", name: "Thành phố Đà Nẵng" };
    expect(filingOf({ ...EMPTY, region }, nameOf).place).toEqual(region);
    const { place } = answers("late").place;
    expect(filingOf({ ...EMPTY, region, place }, nameOf).place).toEqual(place);
  });

  it("names no procedure that is not known here", () => {
    expect(filingOf({ ...EMPTY, procedureCode: "9.999999" }, nameOf)).not.toHaveProperty("procedure");
  });

  it.each(["harassment", "bribe"] as const)("for %s nobody is asked for a name and none is filed", (kind) => {
    const { asked, draft } = tell(kind);
    expect(asked).not.toContain("person");
    expect(filingOf(draft, nameOf)).not.toHaveProperty("named");
    expect(identityOf(draft)).toBeUndefined();
  });

  it.each(["harassment", "bribe"] as const)("for %s the name is filed when the person insists", (kind) => {
    const { draft } = tell(kind);
    expect(filingOf({ ...draft, person: PERSON }, nameOf).named).toBe(true);
    expect(identityOf({ ...draft, person: PERSON })).toEqual({ person: PERSON });
  });

  it("never holds the address for notices", () => {
    for (const kind of ComplaintKind.options) {
      const draft = { ...tell(kind).draft, ...answers(kind).email };
      expect(JSON.stringify(filingOf(draft, nameOf)), kind).not.toContain("hoa@example.com");
    }
  });
});
