import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CatalogueError, encodeCatalogue, openCatalogue } from "../../src/catalogue/catalogue.ts";
import { gatherFiles, readCatalogueInput } from "../../src/catalogue/gather.ts";
import { type Gathered, reconcile } from "../../src/catalogue/reconcile.ts";
import { cleaned, detail, many, ndjson } from "./records.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "motcua-catalogue-"));
});
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
const file = async (content: string | Uint8Array): Promise<string> => {
  const path = join(folder, `records-${(files += 1)}`);
  await writeFile(path, content);
  return path;
};
const gathered = async (content: string | Uint8Array, retrieved?: string): Promise<Gathered> =>
  gatherFiles([await file(content)], { retrieved });
const codes = ({ taken }: Gathered): string[] => taken.map(({ procedure }) => procedure.code);
const catalogueOf = (one: Gathered) =>
  openCatalogue(encodeCatalogue(reconcile(one, undefined).entries, new Date(0)), "test");

describe("a file of records", () => {
  const records = many(3);
  const all = ["1.000001", "1.000002", "1.000003"];

  it("may be lines, one array, one object or the portal's envelopes, gzipped under any name or not", async () => {
    const forms = [
      ndjson(records),
      `\uFEFF${ndjson(records).replaceAll("\n", "\r\n\r\n")}`,
      JSON.stringify(records),
      JSON.stringify(records, null, 2),
      `[\n${records.map((record) => JSON.stringify(record)).join(",\n")}\n]`,
      JSON.stringify({ code: "OK", data: records }),
      JSON.stringify({ code: "OK", data: { items: records } }, null, 1),
      ndjson(records.map((record) => ({ code: "OK", data: { data: record } }))),
    ];
    for (const form of forms) {
      expect(codes(await gathered(form)), form.slice(0, 40)).toEqual(all);
      expect(codes(await gathered(gzipSync(form)))).toEqual(all);
    }
    expect(codes(await gathered(JSON.stringify(cleaned(), null, 2)))).toEqual(["1.000001"]);
    expect(codes(await gathered(ndjson([cleaned(), detail({ code: "1.000002" })])))).toHaveLength(2);
    expect(await gathered("")).toEqual({ taken: [], refusals: [] });
  });

  it("names each poisoned record with its line and reason, and takes the others", async () => {
    const good = records.map((record) => JSON.stringify(record));
    const poisoned = [
      '{"code": "1.000009", "name": ',
      JSON.stringify(cleaned({ name: 7, code: "1.000010" })),
      JSON.stringify(cleaned({ code: undefined })),
      JSON.stringify(cleaned({ name: "x".repeat(10_000_000) })),
      '{"__proto__": {"polluted": true}, "code": "1.000011", "name": "Tên"}',
      JSON.stringify(cleaned({ code: "1.000012", name: "Tên\u0000" })),
      '"just a text"',
    ];
    const lines = poisoned.flatMap((line) => [line, ""]);
    const found = await gathered([good[0], ...lines, good[1], good[2]].join("\n"));
    expect(codes(found)).toEqual(all);
    expect(found.refusals.map(({ line, code, reason }) => [line, code, reason])).toEqual([
      [2, undefined, "not JSON"],
      [4, "1.000010", "name must be a text"],
      [6, undefined, "the code is missing"],
      [8, undefined, "larger than 8 MB"],
      [10, "1.000011", "holds a field named __proto__"],
      [12, "1.000012", "the name holds control characters"],
      [14, undefined, "not a record"],
    ]);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  it("that begins with a poisoned record, or is not UTF-8 in one, still gives the others", async () => {
    const first = await gathered(`{"code": broken\n${ndjson(records)}`);
    expect([codes(first), first.refusals]).toMatchObject([all, [{ line: 1, reason: "not JSON" }]]);
    const latin = Buffer.concat([Buffer.from(ndjson(records)), Buffer.from([0x22, 0xff, 0xfe, 0x22])]);
    expect((await gathered(latin)).refusals).toMatchObject([{ line: 4, reason: "not UTF-8" }]);
  });

  it("with half a character in an id is taken in, with a link that a browser can follow", async () => {
    const half = await gathered(JSON.stringify(detail({ id: "a\ud800b", code: "1.000013" })));
    expect(half.taken.map(({ procedure }) => procedure.url)).toEqual([
      "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/a%EF%BF%BDb",
    ]);
  });

  it("of one array names a poisoned record by its number", async () => {
    const found = await gathered(JSON.stringify([...records, cleaned({ name: null })]));
    expect(found.refusals).toMatchObject([{ record: 4, reason: "the name is missing" }]);
  });

  it("that was cut short while it was packed is not taken for a whole one", async () => {
    const half = gzipSync(ndjson(many(500))).subarray(0, -300);
    await expect(gathered(half)).rejects.toThrow(CatalogueError);
    await expect(gatherFiles([join(folder, "nowhere")])).rejects.toThrow(/nowhere cannot be read/);
  });

  it("gives records without a day of their own the day told, or the newest change in the file", async () => {
    const days = async (content: string, retrieved?: string) =>
      (await gathered(content, retrieved)).taken.map(({ procedure }) => procedure.retrieved);
    const later = detail({
      code: "1.000002",
      updatedAt: Date.parse("2026-08-01T05:00:00Z"),
      isInternal: true,
    });
    expect(await days(ndjson([detail(), later]))).toEqual(["2026-08-01"]);
    expect(await days(ndjson([detail(), cleaned()]), "2026-09-09")).toEqual(["2026-09-09", "2026-07-18"]);
    const undated = await gathered(ndjson([detail({ updatedAt: null })]));
    expect(undated.refusals).toMatchObject([
      { code: "1.000001", reason: expect.stringContaining("--retrieved") },
    ]);
  });

  it("can be asked without being imported, and so can a catalogue file", async () => {
    const raw = await readCatalogueInput([await file(ndjson(records)), await file(ndjson(many(1, 9)))]);
    expect(raw.briefs.map(({ code }) => code)).toEqual([...all, "1.000009"]);
    const stored = await file(
      encodeCatalogue(reconcile(await gathered(ndjson(records)), undefined).entries, new Date(0)),
    );
    expect((await readCatalogueInput([stored])).briefs).toEqual(raw.briefs.slice(0, 3));
    await expect(readCatalogueInput([await file("nothing")])).rejects.toThrow(CatalogueError);
    await expect(readCatalogueInput([join(folder, "nowhere")])).rejects.toThrow(CatalogueError);
  });
});

describe("an import after another", () => {
  const sums = ({ summary }: ReturnType<typeof reconcile>) => {
    const { read, added, changed, same, refused } = summary;
    expect(read).toBe(added + changed + same + refused);
    return { added, changed, same, refused, kept: summary.kept, count: summary.count };
  };

  it("of the same file finds all the same, although the copy is of another day", async () => {
    const before = catalogueOf(await gathered(ndjson(many(5))));
    const later = many(5).map((record) => ({ ...record, crawledAt: "2026-11-01" }));
    const again = reconcile(await gathered(ndjson(later)), before);
    expect(sums(again)).toEqual({ added: 0, changed: 0, same: 5, refused: 0, kept: 0, count: 5 });
    expect(openCatalogue(encodeCatalogue(again.entries, new Date(0)), "test").header.retrieved).toBe(
      "2026-11-01",
    );
  });

  it("tells what was added, changed and has vanished", async () => {
    const before = catalogueOf(await gathered(ndjson(many(5))));
    const [one = {}, ...rest] = many(4, 2);
    const after = reconcile(
      await gathered(ndjson([{ ...one, result: "Giấy khác" }, ...rest, ...many(1, 9)])),
      before,
    );
    expect(sums(after)).toEqual({ added: 1, changed: 1, same: 3, refused: 0, kept: 0, count: 5 });
    expect(after.summary.vanished).toEqual([{ code: "1.000001", name: "Thủ tục số 1" }]);
  });

  it("of less than half leaves the others, unless it is told to replace them", async () => {
    const before = catalogueOf(await gathered(ndjson(many(5))));
    const few = await gathered(ndjson(many(2)));
    expect(sums(reconcile(few, before))).toMatchObject({ same: 2, kept: 3, count: 5 });
    expect(reconcile(few, before).summary).toMatchObject({ partial: true, vanished: [] });
    const replaced = reconcile(few, before, { replace: true });
    expect(sums(replaced)).toMatchObject({ kept: 0, count: 2 });
    expect(replaced.summary.vanished).toHaveLength(3);
  });

  it("keeps what was there where the new record is faulty, and drops what is internal now", async () => {
    const before = catalogueOf(await gathered(ndjson(many(5))));
    const [one = {}, two = {}, ...rest] = many(5);
    const after = reconcile(
      await gathered(ndjson([{ ...one, sector: 7 }, { ...two, internal: true }, ...rest])),
      before,
    );
    expect(sums(after)).toEqual({ added: 0, changed: 0, same: 3, refused: 2, kept: 1, count: 4 });
    expect(after.summary.vanished).toMatchObject([{ code: "1.000002" }]);
  });

  it("takes of two records with one code the one changed later, and names the other", async () => {
    const older = cleaned({ updatedAt: "2026-01-01", name: "Cũ" });
    for (const order of [
      [cleaned(), older],
      [older, cleaned()],
    ]) {
      const { entries, summary } = reconcile(await gathered(ndjson(order)), undefined);
      expect(entries.map(({ brief }) => JSON.parse(brief).name)).toEqual(["Cấp giấy thử"]);
      expect(summary).toMatchObject({ read: 2, added: 1, refused: 1, refusals: [{ name: "Cũ" }] });
    }
  });
});
