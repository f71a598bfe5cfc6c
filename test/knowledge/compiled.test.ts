import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { AgencyKinds } from "../../src/knowledge/agency.ts";
import { type Compiled, hashOf, readCompiled } from "../../src/knowledge/compiled.ts";
import { Limits } from "../../src/knowledge/limits.ts";
import { type Keep, type Knowledge, KnowledgeError, loadKnowledge } from "../../src/knowledge/load.ts";
import { Phrasings } from "../../src/knowledge/phrasings.ts";
import { Procedure } from "../../src/knowledge/procedure.ts";
import { Ranking } from "../../src/knowledge/ranking.ts";
import { type Fault, readYaml, yamlFiles } from "../../src/knowledge/read-yaml.ts";
import { Vocabulary } from "../../src/knowledge/vocabulary.ts";
import { KNOWLEDGE_DIR, knowledge } from "../fixtures/real-knowledge.ts";

const dir = mkdtempSync(join(tmpdir(), "motcua-compiled-"));
const json = join(dir, "knowledge.json");
afterAll(() => {
  rmSync(dir, { recursive: true });
});

/** What the build makes of these files. */
function compile(files: readonly string[]): Compiled {
  const texts = files.map((file) => readFileSync(file, "utf8"));
  writeFileSync(json, JSON.stringify(Object.fromEntries(texts.map((text) => [hashOf(text), parse(text)]))));
  return readCompiled(json);
}

const inKnowledge = (folder: string): string[] => yamlFiles(join(KNOWLEDGE_DIR, folder));
const one = (name: string): string[] => [join(KNOWLEDGE_DIR, name)];
const KINDS: readonly (readonly [string, z.ZodType, readonly string[]])[] = [
  ["procedures", Procedure, inKnowledge("procedures").slice(0, 8)],
  ["phrasings", Phrasings, inKnowledge("phrasings").slice(0, 8)],
  ["agency kinds", AgencyKinds, one("agencies/kinds.yaml")],
  ["limits", Limits, one("limits.yaml")],
  ["ranking", Ranking, one("ranking.yaml")],
  ["vocabulary", Vocabulary, one("vocabulary.yaml")],
];

describe("knowledge read at the build", () => {
  it.each(KINDS)("is the same as read from the files: %s", (_what, schema, files) => {
    expect(files.length).toBeGreaterThan(0);
    const compiled = compile(files);
    const faults: Fault[] = [];
    for (const file of files) {
      expect(compiled.get(readFileSync(file, "utf8")), file).toBeDefined();
      const slow = readYaml(file, schema, KNOWLEDGE_DIR, faults);
      const fast = readYaml(file, schema, KNOWLEDGE_DIR, faults, compiled);
      expect(fast?.value).toEqual(slow?.value);
      expect(fast?.file).toBe(slow?.file);
    }
    expect(faults).toEqual([]);
  });

  it("knows the line of each field as the file does", () => {
    const [file = ""] = inKnowledge("procedures");
    const faults: Fault[] = [];
    const slow = readYaml(file, Procedure, KNOWLEDGE_DIR, faults);
    const fast = readYaml(file, Procedure, KNOWLEDGE_DIR, faults, compile([file]));
    for (const path of [["code"], ["says", 1], ["phrasings", 3], ["time", 0, "kind"], ["nowhere"]])
      expect(fast?.lineOf(path), path.join(".")).toBe(slow?.lineOf(path));
    expect(fast?.lineOf(["phrasings", 3])).toBeGreaterThan(3);
  });
});

describe("a file that is not as it was at the build", () => {
  const Note = z.strictObject({ note: z.string() });
  const file = join(dir, "note.yaml");
  const faults: Fault[] = [];
  const note = (compiled: Compiled): string | undefined =>
    readYaml(file, Note, dir, faults, compiled)?.value.note;
  beforeEach(() => {
    faults.length = 0;
    writeFileSync(file, "note: before\n");
  });

  it("is read anew, be the change ever so small", () => {
    const compiled = compile([file]);
    expect(note(compiled)).toBe("before");
    writeFileSync(file, "note: after\n");
    expect(note(compiled)).toBe("after");
    writeFileSync(file, "note: before \n");
    expect(note(compiled)).toBe("before");
    expect(faults).toEqual([]);
  });

  it("is told with its faults once it has some", () => {
    const compiled = compile([file]);
    writeFileSync(file, "\nnotes: after\n");
    expect(note(compiled)).toBeUndefined();
    expect(faults.map(({ line }) => line)).toContain(2);
  });

  it("is read anew where the program asks for other fields than at the build", () => {
    writeFileSync(json, JSON.stringify({ [hashOf("note: before\n")]: { remark: "old" } }));
    expect(note(readCompiled(json))).toBe("before");
  });

  it("is read from itself while nothing was built, or what was built is damaged", () => {
    for (const broken of ["", "{", "[]", '"text"', '{"x":']) {
      writeFileSync(json, broken);
      expect(note(readCompiled(json)), broken).toBe("before");
    }
    expect(note(readCompiled(join(dir, "nowhere.json")))).toBe("before");
  });
});

describe("the fingerprint", () => {
  const copy = join(dir, "copy");

  it("is the same for the same files, and another when any file, or only its name, changes", () => {
    const of = (): string => loadKnowledge(copy).fingerprint;
    cpSync(KNOWLEDGE_DIR, copy, { recursive: true });
    expect(of()).toBe(knowledge.fingerprint);
    const file = join(copy, "rules", "giay-hen.yaml");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, `${text}# a remark\n`);
    const changed = of();
    renameSync(file, join(copy, "rules", "giay-hen-2.yaml"));
    expect(new Set([knowledge.fingerprint, changed, of()]).size).toBe(3);
  }, 60_000);
});

describe("knowledge that was read before", () => {
  it("is not read again, knows its lines all the same, and is read anew when a file changes", () => {
    const copy = join(dir, "kept");
    cpSync(KNOWLEDGE_DIR, copy, { recursive: true });
    let reads = 0;
    const kept = new Map<string, unknown>();
    const keep: Keep = (name, key, make) => {
      const ready = kept.get(`${name} ${key}`) as ReturnType<typeof make> | undefined;
      if (ready !== undefined) return ready;
      reads++;
      const made = make();
      kept.set(`${name} ${key}`, deserialize(serialize(made)));
      return made;
    };
    const first = loadKnowledge(copy, keep);
    const again = loadKnowledge(copy, keep);
    expect(reads).toBe(1);
    const plain = (read: Knowledge): object => ({ ...read, whereOf: undefined });
    expect(plain(again)).toEqual(plain(first));
    const [record] = again.procedures;
    const file = record && first.procedures[0] && first.whereOf(first.procedures[0], ["checked"]);
    expect(record && again.whereOf(record, ["checked"])).toEqual(file);
    expect(file?.line).toBeGreaterThan(1);
    writeFileSync(join(copy, "rules", "giay-hen.yaml"), "id: 1\n");
    expect(() => loadKnowledge(copy, keep)).toThrow(KnowledgeError);
    expect(() => loadKnowledge(copy, keep)).toThrow(KnowledgeError);
  }, 60_000);
});
