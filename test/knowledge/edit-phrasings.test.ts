import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { addEntry, addPhrasings, dropEntry, newSector } from "../../src/knowledge/edit-phrasings.ts";
import { Phrasings } from "../../src/knowledge/phrasings.ts";
import { yamlFiles } from "../../src/knowledge/read-yaml.ts";
import { KNOWLEDGE_DIR } from "../fixtures/real-knowledge.ts";

/** The lines of `after` that `before` has not; fails when any other line changed. */
function addedLines(before: string, after: string): string[] {
  const [old, lines] = [before.split("\n"), after.split("\n")];
  const from = old.findIndex((line, index) => line !== lines[index]);
  const count = lines.length - old.length;
  expect(lines.toSpliced(from, count)).toEqual(old);
  return lines.slice(from, from + count);
}

/** One line as an editor gives it. */
const phrasing = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 80 }),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 }),
    fc.constantFrom("no", "1.001193", "- a", "a: b", "x # y", "[a]", "'", '"', "&a", "*a", "? b", "!c", "%d"),
  )
  .map((text) =>
    text
      .replaceAll(/[\p{C}\s]+/gu, " ")
      .trim()
      .normalize("NFC"),
  )
  .filter((text) => text !== "");
const phrasings = fc.uniqueArray(phrasing, { minLength: 1, maxLength: 4 });

describe("phrasings added to a file", () => {
  it("are read back as given, and no other line of any real file changes", () => {
    const files = ["procedures", "rules", "phrasings"].flatMap((folder) =>
      yamlFiles(join(KNOWLEDGE_DIR, folder)),
    );
    expect(files.length).toBeGreaterThan(300);
    fc.assert(
      fc.property(fc.constantFrom(...files), phrasings, (file, added) => {
        const text = readFileSync(file, "utf8");
        const known = parse(text);
        const [code = ""] = Object.keys(known.procedures ?? {});
        const path = known.procedures ? ["procedures", code, "phrasings"] : ["phrasings"];
        const edited = addPhrasings(text, path, added);
        const lines = addedLines(text, edited?.text ?? "");
        expect(lines).toHaveLength(added.length);
        expect(edited?.text.split("\n")[(edited.line ?? 0) - 1]).toBe(lines[0]);
        const record = known.procedures?.[code] ?? known;
        record.phrasings.push(...added);
        expect(parse(edited?.text ?? "")).toEqual(known);
      }),
      { numRuns: 300 },
    );
  });

  it("stand after the last one, whatever comes behind it", () => {
    const cases = [
      ["a:\n  - x\n", "a:\n  - x\n  - n\n"],
      ["a:\n  - x", "a:\n  - x\n  - n\n"],
      ["a:\n- x # why\n# end\nb: 1\n", "a:\n- x # why\n- n\n# end\nb: 1\n"],
      ["a:\n  - x\n\n  # c\nb: 1\n", "a:\n  - x\n  - n\n\n  # c\nb: 1\n"],
      ["a:\r\n  - x\r\nb: 1\r\n", "a:\r\n  - x\r\n  - n\r\nb: 1\r\n"],
      ["a:\n  - x\n    goes on\nb: 1\n", "a:\n  - x\n    goes on\n  - n\nb: 1\n"],
      ["a:\n  - |\n    x\nb: 1\n", "a:\n  - |\n    x\n  - n\nb: 1\n"],
    ] as const;
    for (const [before, after] of cases)
      expect(addPhrasings(before, ["a"], ["n"])?.text, JSON.stringify(before)).toBe(after);
  });

  it("are refused where the list is not written one on each line", () => {
    for (const text of ["a: [x, y]\n", "a: x\n", "b: 1\n", "a:\n", "a: []\n", ""])
      expect(addPhrasings(text, ["a"], ["n"]), text).toBeUndefined();
  });
});

describe("a procedure added to its sector's file", () => {
  it("stands in the order of codes with its name as a comment, and no other line changes", () => {
    const files = yamlFiles(join(KNOWLEDGE_DIR, "phrasings"));
    const code = fc.nat({ max: 9_999_999 }).map((number) => {
      const digits = String(number).padStart(7, "0");
      return `${digits.slice(0, 1)}.${digits.slice(1)}`;
    });
    fc.assert(
      fc.property(fc.constantFrom(...files), code, phrasings, (file, code, added) => {
        const text = readFileSync(file, "utf8");
        const known = Phrasings.parse(parse(text));
        fc.pre(!Object.hasOwn(known.procedures, code));
        const edited = addEntry(text, { code, name: "Cấp  giấy:\nthử # một" }, added);
        const lines = addedLines(text, edited?.text ?? "");
        expect(lines.join("\n")).toContain(`# Cấp giấy: thử # một\n  "${code}":\n    asked: some`);
        const read = Phrasings.parse(parse(edited?.text ?? ""));
        expect(read.procedures[code]).toEqual({ asked: "some", phrasings: added });
        expect(Object.keys(read.procedures)).toEqual([...Object.keys(known.procedures), code].sort());
        expect(edited?.text.split("\n")[(edited.line ?? 0) - 1]).toMatch(/^ {6}- /);
      }),
      { numRuns: 200 },
    );
  });

  it("is taken out again with its comment, and no other line changes", () => {
    for (const file of yamlFiles(join(KNOWLEDGE_DIR, "phrasings"))) {
      const text = readFileSync(file, "utf8");
      const added = addEntry(text, { code: "1.555555", name: "Cấp giấy thử" }, ["xin giấy thử"]);
      expect(dropEntry(added?.text ?? "", "1.555555"), file).toBe(text);
      expect(dropEntry(text, "1.555555"), file).toBeUndefined();
    }
  });

  it("leaves nothing when the last entry of a sector is taken out", () => {
    const { text } = newSector("Thử", { code: "1.000001", name: "Cấp giấy thử" }, ["xin giấy thử"]);
    expect(dropEntry(text, "1.000001")).toBe("");
  });

  it("begins the file of a sector without one", () => {
    fc.assert(
      fc.property(phrasing, phrasings, (sector, added) => {
        const made = newSector(sector, { code: "1.000001", name: "Cấp giấy thử" }, added);
        expect(parse(made.text)).toEqual({
          sector,
          procedures: { "1.000001": { asked: "some", phrasings: added } },
        });
        expect(made.text.split("\n")[made.line - 1]).toMatch(/^ {6}- /);
      }),
    );
  });
});
