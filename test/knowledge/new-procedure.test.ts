import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { encodeCatalogue, encodeEntry } from "../../src/catalogue/catalogue.ts";
import { catalogueFile, writeCatalogue } from "../../src/catalogue/catalogue-file.ts";
import { KnowledgeError, loadKnowledge } from "../../src/knowledge/load.ts";
import { imported } from "../fixtures/imported.ts";
import { KNOWLEDGE_DIR, knowledge } from "../fixtures/real-knowledge.ts";

/** A procedure that has phrasings and no record. */
const [CODE = "", PHRASED] =
  [...knowledge.phrasings].find(([, { phrasings }]) => phrasings.length >= 8) ?? [];
const SCRIPT = join(KNOWLEDGE_DIR, "..", "scripts", "new-procedure.ts");

let folder: string;
let dir: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "motcua-draft-"));
  dir = join(folder, "knowledge");
  await cp(KNOWLEDGE_DIR, dir, { recursive: true });
  const record = imported({
    code: CODE,
    name: "Thủ tục cấp giấy thử",
    level: ["commune"],
    documents: [{ name: "Đơn đề nghị", originals: 1 }],
    time: [{ kind: "within", amount: 7, unit: "working-day" }],
    fees: [{ kind: "local", by: "HĐND tỉnh", note: "theo nghị quyết" }],
    steps: ["Bước 1: nộp hồ sơ"],
    result: ["Giấy thử"],
    legalBasis: [{ number: "1/2025/NĐ-CP" }],
  });
  await writeCatalogue(
    catalogueFile(join(folder, "data")),
    encodeCatalogue([encodeEntry(record)], new Date(0)),
  );
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the script as npm does. */
async function draft(...args: readonly string[]): Promise<string> {
  const env = { ...process.env, KNOWLEDGE_DIR: dir, DATA_DIR: join(folder, "data") };
  const ran = await promisify(execFile)(process.execPath, ["--import", "tsx", SCRIPT, ...args], { env });
  return ran.stdout;
}

describe("a draft of a record", () => {
  it("is not made of a code that is none, that has a record, or that the catalogue has not", async () => {
    for (const [args, problem] of [
      [["khai-sinh"], "usage"],
      [["1.001193"], "has a record already"],
      [["1.888888"], "the imported catalogue has no 1.888888"],
    ] as const)
      await expect(draft(...args)).rejects.toMatchObject({ stderr: expect.stringContaining(problem) });
  }, 60_000);

  it("has the catalogue's facts and the phrasings there were, and is refused until a person has finished it", async () => {
    await draft(CODE, "--folder", "trial");
    const [file = ""] = await readdir(join(dir, "procedures", "trial"));
    expect(file).toBe(`${CODE}-cap-giay-thu.yaml`);
    const path = join(dir, "procedures", "trial", file);
    const made = parse(await readFile(path, "utf8"));
    expect(made).toMatchObject({
      code: CODE,
      phrasings: PHRASED?.phrasings,
      asked: PHRASED?.asked,
      documents: [{ name: "Đơn đề nghị", originals: 1 }],
      time: [{ kind: "within", amount: 7, unit: "working-day" }],
      fees: [{ kind: "local", by: "HĐND tỉnh" }],
      notes: ["Lệ phí: theo nghị quyết"],
      status: "draft",
    });
    const problems = (): string => {
      try {
        loadKnowledge(dir);
        return "";
      } catch (error) {
        if (error instanceof KnowledgeError) return error.message;
        throw error;
      }
    };
    expect(problems()).toMatch(/title: this line of the draft is unfinished/);
    expect(problems()).toMatch(/status: .*a draft becomes one when a person has finished it/);
    // Its phrasings stand in one place only.
    expect(problems()).not.toContain("move its phrasings there");
  }, 60_000);
});
