import { describe, expect, it } from "vitest";
import { fuzz } from "../scripts/load/fuzz/fuzz.ts";
import { cleanRecord } from "../src/catalogue/clean.ts";
import { Procedure } from "../src/knowledge/procedure.ts";
import { type Fault, parseYaml } from "../src/knowledge/read-yaml.ts";
import { cleaned } from "./catalogue/records.ts";
import { talk } from "./conversation/talk.ts";

/** Of a whole run, which is by command: scripts/fuzz.ts. */
const SCALE = 0.004;
const INPUTS = 500;
/** Those that need no program of their own. */
const QUICK = ["texts", "conversation", "yaml", "catalogue", "contacts", "stored files"];

describe("bad inputs", () => {
  it("do no harm, a new drawing of them each time", { timeout: 120_000 }, async () => {
    const seed = Date.now() % 1_000_000;
    const { tried, faults } = await fuzz({ seed, scale: SCALE, only: QUICK, say: () => undefined });
    expect(faults, `seed ${seed}`).toEqual([]);
    expect(tried).toBeGreaterThan(INPUTS);
  });
});

describe("bad inputs that did harm once", () => {
  it("hundreds of ends of sentences in a story are not read each by each", () => {
    const person = talk();
    person.types("phản ánh");
    const before = process.cpuUsage();
    person.types("H17.25-".repeat(500));
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(2000);
  });

  it("an alias without its anchor is a fault of the file, told as such", () => {
    const faults: Fault[] = [];
    expect(parseYaml("name: *khong-co\n", "a.yaml", Procedure, faults)).toBeUndefined();
    expect(faults).toMatchObject([{ file: "a.yaml", problem: expect.stringContaining("alias") }]);
  });

  it("a record with a field named toString is refused with a reason", () => {
    const record = cleaned({ name: { length: { toString: "x" } } });
    expect(cleanRecord(record)).toMatchObject({ kind: "refused", reason: expect.stringMatching(/./) });
    expect(cleanRecord(cleaned({ steps: { length: { toString: 1 } } }))).toMatchObject({ kind: "refused" });
  });
});
