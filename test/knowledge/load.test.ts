import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formatFault, KnowledgeError, loadKnowledge } from "../../src/knowledge/load.ts";
import type { Fault } from "../../src/knowledge/read-yaml.ts";
import { KNOWLEDGE_DIR } from "../fixtures/real-knowledge.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "motcua-knowledge-"));
  cpSync(KNOWLEDGE_DIR, dir, { recursive: true });
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

/** A record that is right in itself, so that the only faults are those planted in it. */
const RECORD = `code: "9.000001"
name: Thủ tục thử nghiệm
title: Thủ tục thử
english: A test procedure
says:
  - việc thử một
  - việc thử hai
  - việc thử ba
phrasings:
  - câu thử nghiệm số một
  - câu thử nghiệm số hai
  - câu thử nghiệm số ba
  - câu thử nghiệm số bốn
  - câu thử nghiệm số năm
  - câu thử nghiệm số sáu
  - câu thử nghiệm số bảy
  - câu thử nghiệm số tám
sector: Hộ tịch
level: [commune]
agencyKind: commune-committee
audience: [citizen]
documents: []
time:
  - kind: unknown
fees:
  - kind: unknown
ways:
  - way: counter
where: UBND xã
steps:
  - Nộp hồ sơ.
result:
  - Giấy thử
variants:
  - when: khác
    name: Việc khác
legalBasis:
  - { number: 1/2026/NĐ-CP }
source:
  name: Thử
  retrieved: "2026-07-18"
checked: "2026-11-21"
status: checked
`;

const PHRASED = "    asked: rare\n    phrasings:\n      - câu thử về phrasings\n";

/** Plants a change in a file of the copy; `marker` then stands on exactly one line, whose number is returned. */
function plant(file: string, change: (text: string) => string, marker: string): string {
  const path = join(dir, file);
  const before = readFileSync(path, "utf8");
  const after = change(before);
  expect(after, `nothing was planted in ${file}`).not.toBe(before);
  writeFileSync(path, after);
  return `${file}:${lineOf(after, marker)}`;
}

/** Writes a record of its own, changed by `change`. */
function record(name: string, change: (text: string) => string, marker: string): string {
  const file = `procedures/${name}.yaml`;
  writeFileSync(join(dir, file), "");
  const own = RECORD.replaceAll("câu thử", `câu ${name}`).replaceAll("việc thử", `việc ${name}`);
  return plant(file, () => change(own), marker);
}

/** Writes a file of phrasings, read after all others. */
function phrasings(name: string, procedures: string, marker: string): string {
  const file = `phrasings/zz-${name}.yaml`;
  writeFileSync(join(dir, file), "");
  return plant(file, () => `sector: Thử\nprocedures:\n${procedures}`, marker);
}

function lineOf(text: string, marker: string): number {
  const lines = text.split("\n").flatMap((line, index) => (line.includes(marker) ? [index + 1] : []));
  expect(lines, `“${marker}” must stand on one line`).toHaveLength(1);
  return lines[0] ?? 0;
}

function faultsOf(folder: string): readonly Fault[] {
  try {
    loadKnowledge(folder);
  } catch (error) {
    if (error instanceof KnowledgeError) return error.faults;
    throw error;
  }
  return [];
}

const places = (faults: readonly Fault[]): string[] => faults.map(({ file, line }) => `${file}:${line}`);

describe("loading the knowledge", () => {
  it("finds no fault in the knowledge of this checkout", () => {
    expect(faultsOf(KNOWLEDGE_DIR)).toEqual([]);
  });

  it("finds no fault in a good record added to it", () => {
    record("tot", (text) => text, "9.000001");
    expect(faultsOf(dir)).toEqual([]);
    expect(loadKnowledge(dir).procedures.some((procedure) => procedure.code === "9.000001")).toBe(true);
  });

  it("tells every fault at once, each with its file, its line and what to do", () => {
    const before = loadKnowledge(dir);
    const firstPhrasing = before.procedures[0]?.phrasings[2] ?? "";
    const [phrasedTwice = ""] = before.phrasings.keys();
    const planted: Readonly<Record<string, readonly [string, RegExp]>> = {
      "YAML syntax": [
        record("cu-phap", (text) => text.replace("sector: Hộ", "sector: Hộ:"), "sector"),
        /not valid YAML.*correct/,
      ],
      "unknown field": [
        record(
          "truong-la",
          (t) => t.replace("9.000001", "9.000002").replace("where:", "wear: x\nwhere:"),
          "wear:",
        ),
        /unknown field wear.*remove/,
      ],
      "unknown field deep inside": [
        record(
          "truong-sau",
          (t) =>
            t
              .replace("9.000001", "9.000003")
              .replace("    name: Việc khác", "    name: Việc khác\n    nmae: x"),
          "nmae:",
        ),
        /unknown field nmae.*remove/,
      ],
      "missing field": [
        record("thieu", (t) => t.replace("9.000001", "9.000004").replace("where: UBND xã\n", ""), "9.000004"),
        /where: is missing; add it/,
      ],
      "wrong type": [
        record(
          "sai-kieu",
          (t) => t.replace("9.000001", "9.000005").replace("name: Thủ tục thử nghiệm", "name: 12"),
          "name: 12",
        ),
        /name: write a text here/,
      ],
      "zero fee": [
        record(
          "phi-khong",
          (t) =>
            t
              .replace("9.000001", "9.000006")
              .replace("fees:\n  - kind: unknown", "fees:\n  - kind: amount\n    amount: 0"),
          "amount: 0",
        ),
        /a fee of 0 is either free \(with basis\) or unknown/,
      ],
      "free without a basis": [
        record(
          "mien-phi",
          (t) =>
            t.replace("9.000001", "9.000007").replace("fees:\n  - kind: unknown", "fees:\n  - kind: free"),
          "kind: free",
        ),
        /fees\.0\.basis: is missing; add it/,
      ],
      "a day that does not exist": [
        record(
          "ngay-la",
          (t) => t.replace("9.000001", "9.000008").replace('"2026-11-21"', '"2026-02-31"'),
          "2026-02-31",
        ),
        /checked: this day does not exist; correct it/,
      ],
      "dangling variant": [
        record(
          "bien-the",
          (t) =>
            t
              .replace("9.000001", "9.000009")
              .replace("    name: Việc khác", '    name: Việc khác\n    code: "9.999999"'),
          '"9.999999"',
        ),
        /no procedure 9\.999999 here; write that record or remove/,
      ],
      "unknown agency kind": [
        record(
          "co-quan",
          (t) =>
            t.replace("9.000001", "9.000010").replace("agencyKind: commune-committee", "agencyKind: castle"),
          "castle",
        ),
        /no agency kind castle in agencies\/kinds\.yaml/,
      ],
      "duplicate phrasing": [
        record(
          "trung-cau",
          (t) =>
            t
              .replace("9.000001", "9.000011")
              .replace("câu trung-cau nghiệm số ba", JSON.stringify(firstPhrasing.toUpperCase())),
          JSON.stringify(firstPhrasing.toUpperCase()),
        ),
        /stands in procedures\/.+ too; keep it in one of them/,
      ],
      "duplicate code": [
        record(
          "trung-ma",
          (t) => t.replace("9.000001", "9.000012").replace("says:", 'sameAs: ["1.001193"]\nsays:'),
          "sameAs",
        ),
        /"1\.001193" stands in procedures\/.+ too; keep it in one of them/,
      ],
      "phrasings of one procedure in two files": [
        phrasings("hai-noi", `  ${JSON.stringify(phrasedTwice)}:\n${PHRASED}`, phrasedTwice),
        /stands in phrasings\/.+ too; keep it in one of them/,
      ],
      "phrasings beside a record": [
        phrasings("co-ho-so", `  "1.001193":\n${PHRASED}`, "1.001193"),
        /1\.001193 has a record, procedures\/.+; move its phrasings there/,
      ],
      "phrasings of no code": [
        phrasings("ma-la", `  khai-sinh:\n${PHRASED}`, "khai-sinh"),
        /write the national code in quotes/,
      ],
      "no phrasing at all": [
        phrasings("khong-cau", '  "9.000021":\n    asked: rare\n    phrasings: []\n', "phrasings: []"),
        /give at least one phrasing/,
      ],
      "how often nobody says": [
        phrasings("hay-hoi", `  "9.000022":\n${PHRASED.replace("rare", "always")}`, "always"),
        /asked is often, some or rare/,
      ],
      "a record hidden before it is warned of": [
        plant(
          "limits.yaml",
          (t) => t.replace(/warnAfterDays: \d+, hideAfterDays: \d+/, "warnAfterDays: 91, hideAfterDays: 91"),
          "warnAfterDays: 91,",
        ),
        /warnAfterDays must be less than hideAfterDays/,
      ],
      "a case that climbs past a level before it is there": [
        plant("limits.yaml", (t) => t.replace("superiorAfter: 2", "superiorAfter: 5"), "superiorAfter: 5"),
        /superiorAfter must be less than nextLevelAfter/,
      ],
      "a silence that closes before it is pointed out": [
        plant(
          "limits.yaml",
          (t) => t.replace("[3, 5], closeAfter: 10", "[3, 5], closeAfter: 4"),
          "closeAfter: 4",
        ),
        /remindAfter must rise and lie before closeAfter/,
      ],
      "a gap without a proper name": [
        plant("gaps.yaml", (t) => t.replace(/- id: \S+/, "- id: Bán-Rượu"), "Bán-Rượu"),
        /use small letters without marks/,
      ],
      "dangling superior": [
        plant(
          "agencies/da-nang.yaml",
          (t) => t.replace("superior: cuc-thue", "superior: cuc-thuee"),
          "cuc-thuee",
        ),
        /superior cuc-thuee of thue-tp-da-nang does not exist; add it or correct it/,
      ],
      "dangling area": [
        plant(
          "agencies/national.yaml",
          (t) => t.replace("    kind: coordinator", '    kind: coordinator\n    area: "00000"'),
          '"00000"',
        ),
        /area 00000 of dieu-phoi is neither a province nor a commune code/,
      ],
      "calendar day in the wrong year": [
        plant("calendar/2026.yaml", (t) => t.replace('"2026-05-01"', '"2025-05-03"'), '"2025-05-03"'),
        /2025-05-03 is not in 2026; move it to its year's file/,
      ],
      "bad place line": [
        plant("places/01.txt", (t) => t.replace("\n", "\nPhường Không Mã\n"), "Phường Không Mã"),
        /a line must be code\|name\|former units.*rebuild/,
      ],
      "a commune's code used twice": [
        plant("places/96.txt", (t) => `${t.trimEnd()}\n00004|Phường Trùng Mã|\n`, "Phường Trùng Mã"),
        /each code once; rebuild/,
      ],
      "dangling rule": [
        plant(
          "rules/tre-hen.yaml",
          (t) =>
            t.replace(/^related:[^a-z]*([a-z])/m, (all) => all.replace(/[a-z]$/, "khong-co-quy-dinh-$&")),
          "khong-co-quy-dinh",
        ),
        /no rule khong-co-quy-dinh-[a-z-]+; correct or remove it/,
      ],
    };

    const faults = faultsOf(dir);

    for (const [what, [place, remedy]] of Object.entries(planted)) {
      const at = faults.filter(({ file, line }) => `${file}:${line}` === place);
      expect(
        at.map(({ problem }) => problem).join("\n"),
        `${what} at ${place} among\n${faults.map(formatFault).join("\n")}`,
      ).toMatch(remedy);
    }
    expect(places(faults).toSorted()).toEqual(
      Object.values(planted)
        .map(([place]) => place)
        .toSorted(),
    );
  });

  it("tells them in one message, a line a fault, as editors make clickable", () => {
    const place = record("thieu", (text) => text.replace("where: UBND xã\n", ""), "9.000001");
    expect(() => loadKnowledge(dir)).toThrow(/1 fault/);
    expect(() => loadKnowledge(dir)).toThrow(`\n${place}: where: is missing; add it`);
  });

  it("tells a missing file or folder by its name", () => {
    for (const gone of [
      "limits.yaml",
      "ranking.yaml",
      "gaps.yaml",
      "vocabulary.yaml",
      "calendar/office-hours.yaml",
      "agencies/kinds.yaml",
    ])
      rmSync(join(dir, gone));
    const missing = faultsOf(dir).filter(({ problem }) => problem.includes("cannot be read"));
    expect(missing.map(({ file }) => file).toSorted()).toEqual([
      "agencies/kinds.yaml",
      "calendar/office-hours.yaml",
      "gaps.yaml",
      "limits.yaml",
      "ranking.yaml",
      "vocabulary.yaml",
    ]);
    const nowhere = join(dir, "nowhere");
    expect(faultsOf(nowhere)).toEqual([
      { file: nowhere, line: 1, problem: expect.stringContaining("KNOWLEDGE_DIR") },
    ]);
  });

  it("takes an empty file for a fault, not for nothing", () => {
    writeFileSync(join(dir, "procedures/trong.yaml"), "");
    expect(places(faultsOf(dir))).toEqual(["procedures/trong.yaml:1"]);
  });
});
