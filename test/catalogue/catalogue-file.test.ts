import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  type Catalogue,
  CatalogueError,
  encodeCatalogue,
  encodeEntry,
} from "../../src/catalogue/catalogue.ts";
import {
  catalogueFile,
  readCatalogue,
  watchCatalogue,
  writeCatalogue,
} from "../../src/catalogue/catalogue-file.ts";
import { cleanRecord } from "../../src/catalogue/clean.ts";
import { ImportedProcedure } from "../../src/knowledge/imported-procedure.ts";
import { cleaned, many } from "./records.ts";

let folder = "";
let file = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "motcua-catalogue-"));
  file = catalogueFile(folder);
});
afterEach(() => rm(folder, { recursive: true }));

const procedure = (record: unknown): ImportedProcedure => {
  const outcome = cleanRecord(record);
  return ImportedProcedure.parse(outcome.kind === "taken" ? outcome.procedure : undefined);
};
const bytes = (records: readonly unknown[]): Buffer =>
  encodeCatalogue(
    records.map((record) => encodeEntry(procedure(record))),
    new Date("2026-11-20T02:00:00Z"),
  );
const write = (records: readonly unknown[]): Promise<void> => writeCatalogue(file, bytes(records));

describe("the catalogue file", () => {
  it("does not exist before the first import", () => {
    expect(readCatalogue(file)).toBeUndefined();
  });

  it("gives back every procedure as it was imported, sorted by code", async () => {
    const documents = Array.from({ length: 14 }, (_, index) => ({
      name: `Giấy số ${index} có tên rất dài gồm nhiều chữ hơn là mười hai chữ cả thảy`,
      original: 1,
      copy: 0,
      forms: [],
      case: index === 0 ? "Giấy tờ phải xuất trình" : null,
    }));
    const record = cleaned({ code: "9.000009", name: "Tên\tcó “dấu”", documents, province: "Huế" });
    await write([record, ...many(2)]);
    const catalogue = readCatalogue(file);
    expect(catalogue?.header).toMatchObject({
      version: 1,
      count: 3,
      imported: "2026-11-20T02:00:00.000Z",
      retrieved: "2026-07-18",
    });
    expect(catalogue?.briefs.map(({ code }) => code)).toEqual(["1.000001", "1.000002", "9.000009"]);
    expect(catalogue?.facts("9.000009")).toEqual(procedure(record));
    expect(catalogue?.facts("9.000009")).toBe(catalogue?.facts("9.000009"));
    expect(catalogue?.facts("5.000000")).toBeUndefined();
    const brief = catalogue?.briefs[2];
    expect(brief).toMatchObject({ province: "Huế", level: ["commune"], result: ["Giấy thử"] });
    expect(brief?.documents).toHaveLength(12);
    expect(brief?.documents[1]?.split(" ")).toHaveLength(12);
  });

  it("keeps the facts of at most four hundred procedures ready", async () => {
    await write(many(420));
    const catalogue = readCatalogue(file);
    const first = catalogue?.facts("1.000001");
    for (const { code } of catalogue?.briefs ?? []) catalogue?.facts(code);
    expect(catalogue?.facts("1.000001")).toEqual(first);
    expect(catalogue?.facts("1.000001")).not.toBe(first);
    expect(catalogue?.facts("1.000420")).toBe(catalogue?.facts("1.000420"));
  });

  it("that is damaged or cut anywhere is refused with what to do", async () => {
    await write(many(20));
    const whole = await readFile(file);
    const cuts = [0, 1, 50, 150, Math.floor(whole.length / 2), whole.length - 1];
    const damaged = cuts.map((at) => whole.subarray(0, at));
    const flipped = Buffer.from(whole);
    flipped[whole.length - 40] = (flipped[whole.length - 40] ?? 0) ^ 1;
    for (const content of [...damaged, flipped, Buffer.from('{"version":2,"count":0}\n')]) {
      await writeFile(file, content);
      expect(() => readCatalogue(file), `${content.length}`).toThrow(CatalogueError);
      expect(() => readCatalogue(file)).toThrow(/motcua import/);
    }
  });

  it("goes on as it was opened when another is put in its place", async () => {
    await write(many(3));
    const before = readCatalogue(file);
    await write([cleaned({ code: "9.000009" })]);
    expect(before?.facts("1.000002")?.code).toBe("1.000002");
    expect(before?.briefs).toHaveLength(3);
    before?.close();
    expect(readCatalogue(file)?.header.count).toBe(1);
  });

  it("that somebody wrote over says so, and tells no facts of another procedure", async () => {
    await write(many(3));
    const catalogue = readCatalogue(file);
    await writeFile(file, Buffer.alloc(4000, "x"));
    expect(() => catalogue?.facts("1.000002")).toThrow(CatalogueError);
  });

  it("is put in place whole: nothing else stays in its folder, and a write that fails leaves the old one", async () => {
    await write(many(3));
    const before = await readFile(file);
    await expect(writeCatalogue(join(file, "impossible"), before)).rejects.toThrow();
    expect(await readFile(file)).toEqual(before);
    expect(await readdir(join(folder, "catalogue"))).toEqual(["catalogue.ndjson"]);
  });

  it("is given to the running program when a new one comes, not when it is damaged", async () => {
    const seen: Catalogue[] = [];
    const faults: string[] = [];
    const stop = watchCatalogue(file, (catalogue) => seen.push(catalogue), {
      every: 5,
      onFault: ({ message }) => faults.push(message),
    });
    await write(many(1));
    await vi.waitUntil(() => seen.length === 1);
    await write(many(2));
    await vi.waitUntil(() => seen.length === 2);
    await writeCatalogue(file, Buffer.from("damaged"));
    await vi.waitUntil(() => faults.length === 1);
    await write(many(3));
    await vi.waitUntil(() => seen.length === 3);
    stop();
    expect(seen.map(({ header }) => header.count)).toEqual([1, 2, 3]);
    // The one before still answers: a question in hand is not dropped.
    expect(seen[0]?.facts("1.000001")?.name).toBe("Thủ tục số 1");
  });
});
