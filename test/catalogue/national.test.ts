import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { type Catalogue, encodeCatalogue, openCatalogue } from "../../src/catalogue/catalogue.ts";
import { gatherFiles } from "../../src/catalogue/gather.ts";
import { reconcile, type Summary } from "../../src/catalogue/reconcile.ts";
import { ImportedProcedure } from "../../src/knowledge/imported-procedure.ts";

const shared = (path: string): string =>
  fileURLToPath(new URL(`../../../shared/data/${path}`, import.meta.url));
const CLEANED = shared("procedures.ndjson.gz");
const DETAILS = shared("portal/details.ndjson.gz");
const present = existsSync(CLEANED) && existsSync(DETAILS);

type Imported = { readonly catalogue: Catalogue; readonly summary: Summary };
const imported = async (file: string, before?: Catalogue): Promise<Imported> => {
  const { entries, summary } = reconcile(await gatherFiles([file]), before);
  return { catalogue: openCatalogue(encodeCatalogue(entries, new Date(0)), file), summary };
};

describe.skipIf(!present)("the whole national catalogue (only where ../shared/data is)", () => {
  let cleaned: Imported;
  let details: Imported;
  beforeAll(async () => {
    cleaned = await imported(CLEANED);
    details = await imported(DETAILS, cleaned.catalogue);
  }, 180_000);

  const byReason = ({ refusals }: Summary): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const { reason } of refusals) counts[reason] = (counts[reason] ?? 0) + 1;
    return counts;
  };

  it("is taken in but for internal procedures and codes that are none", () => {
    const refused = { internal: 192, "the code is no national code (1.234567)": 3 };
    expect(cleaned.summary).toMatchObject({ read: 5664, added: 5469, refused: 195, vanished: [] });
    expect(byReason(cleaned.summary)).toEqual(refused);
    expect(details.summary).toMatchObject({ read: 5665, added: 1, refused: 195, vanished: [] });
    expect(byReason(details.summary)).toEqual(refused);
  });

  it("gives back every procedure as one that passes the check of its import and is not changed by it", () => {
    const { briefs, facts } = cleaned.catalogue;
    expect(briefs).toHaveLength(5469);
    for (const { code } of briefs)
      expect(ImportedProcedure.parse(facts(code)), code).toStrictEqual(facts(code));
  });

  it("says the same in both shapes, but for how results and steps were joined and the day in Vietnam", () => {
    const differing: Record<string, number> = {};
    for (const { code } of cleaned.catalogue.briefs) {
      const one = Object.entries(cleaned.catalogue.facts(code) ?? {});
      const other = new Map(Object.entries(details.catalogue.facts(code) ?? {}));
      for (const [field, value] of one)
        if (field !== "retrieved" && JSON.stringify(value) !== JSON.stringify(other.get(field)))
          differing[field] = (differing[field] ?? 0) + 1;
    }
    expect(differing).toEqual({ result: 181, updated: 99, steps: 27 });
  });

  it("never says free without words that say so, and never a limit from a number without a unit", () => {
    const { briefs, facts } = details.catalogue;
    const all = briefs.map(({ code }) => facts(code));
    const bases = all.flatMap((procedure) =>
      (procedure?.fees ?? []).flatMap((fee) => (fee.kind === "free" ? [fee.basis] : [])),
    );
    expect(bases.length).toBeGreaterThan(100);
    expect(bases.filter((basis) => !/không|miễn/i.test(basis))).toEqual([]);
    // Birth registration: “1, OTHER” is really the same day.
    expect(facts("1.001193")?.time).toEqual([{ kind: "unknown" }]);
    expect(facts("1.001193")?.fees.map(({ kind }) => kind)).not.toContain("free");
  });
});
