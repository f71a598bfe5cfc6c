import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { EvidenceStore, OwnerState } from "../../src/evidence/evidence.ts";
import { openEvidenceFiles } from "../../src/store/evidence-files.ts";
import { NotSaved, StoreError } from "../../src/store/store.ts";
import { type DataFolder, dataFolder } from "./folder.ts";

const SECRET = Buffer.from("ảnh chụp biên lai của Trần Thị Thử");

let folder: DataFolder;
let files: EvidenceStore;
beforeEach(async () => {
  folder = await dataFolder();
  files = openEvidenceFiles(folder.data, folder.clock.now);
});
afterEach(() => folder.remove());

const all = async (): Promise<(Partial<OwnerState> & { owner: string })[]> => {
  const found: (Partial<OwnerState> & { owner: string })[] = [];
  for await (const owner of files.owners()) found.push({ owner, ...(await files.stateOf(owner)) });
  return found;
};

it("a file comes back with its key alone, and lies there sealed under a random name, for us only", async () => {
  const kept = await files.put("c1", SECRET);
  expect(Buffer.from((await files.get("c1", kept)) ?? [])).toEqual(SECRET);
  const [name = ""] = await readdir(join(folder.data, "evidence", "c1"));
  expect(name).toBe(kept.id);
  const path = join(folder.data, "evidence", "c1", name);
  expect((await readFile(path)).includes("Thử")).toBe(false);
  expect((await stat(path)).mode & 0o077).toBe(0);
  expect((await files.put("c1", SECRET)).id).not.toBe(kept.id);
});

it("another key, another case and a changed file do not open it", async () => {
  const kept = await files.put("c1", SECRET);
  const other = await files.put("c2", SECRET);
  await expect(files.get("c1", { ...kept, key: other.key })).rejects.toThrow(StoreError);
  const path = (owner: string, id: string): string => join(folder.data, "evidence", owner, id);
  await writeFile(path("c2", kept.id), await readFile(path("c1", kept.id)));
  await expect(files.get("c2", kept)).rejects.toThrow(StoreError);
  const bytes = await readFile(path("c1", kept.id));
  bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40);
  await writeFile(path("c1", kept.id), bytes);
  await expect(files.get("c1", kept)).rejects.toThrow(StoreError);
});

it("what is gone is told to be gone, and removing it again is no fault", async () => {
  const kept = await files.put("c1", SECRET);
  await files.remove("c1");
  await files.remove("c1");
  await files.touch("c1");
  expect(await files.get("c1", kept)).toBeUndefined();
  expect(await all()).toEqual([]);
});

it("tells whose files are kept and when they were last touched", async () => {
  await files.put("c1", SECRET);
  folder.clock.pass(86_400);
  await files.touch("c1");
  expect(await all()).toEqual([{ owner: "c1", at: folder.clock.now(), filed: false }]);
});

it("what was filed goes with its case alone", async () => {
  const kept = await files.put("c1", SECRET);
  await files.put("c2", SECRET);
  await files.keep("c1");
  await files.keep("c1");
  await files.keep("without-files");
  for (const owner of ["c1", "c2", "without-files"]) await files.discard(owner);
  expect(await all()).toMatchObject([{ owner: "c1", filed: true }]);
  expect(Buffer.from((await files.get("c1", kept)) ?? [])).toEqual(SECRET);
  await files.remove("c1");
  expect(await all()).toEqual([]);
});

it("what is no folder of ours is passed over", async () => {
  await files.put("c1", SECRET);
  await mkdir(join(folder.data, "evidence", "lost+found"));
  await writeFile(join(folder.data, "evidence", "README"), "sao lưu");
  expect((await all()).map(({ owner }) => owner)).toEqual(["c1"]);
});

it("no name from outside becomes a path", async () => {
  await expect(files.put("../store", SECRET)).rejects.toThrow(StoreError);
  await expect(files.get("c1", { id: "../../store/store.json", key: "" })).rejects.toThrow(StoreError);
});

it("where nothing can be written, nothing is said to be saved", async () => {
  await writeFile(join(folder.data, "evidence"), "no folder");
  await expect(files.put("c1", SECRET)).rejects.toThrow(NotSaved);
});

it("there is room while files leave enough of the disk for complaints, of a small one a tenth", async () => {
  const room = (bavail: number, blocks: number): Promise<boolean> =>
    openEvidenceFiles(folder.data, folder.clock.now, () =>
      Promise.resolve({ bsize: 4096, blocks, bavail }),
    ).hasRoom(10_000_000);
  const blocks = (megabytes: number): number => (megabytes * 1_000_000) / 4096;
  expect(await room(blocks(511), blocks(100_000))).toBe(true);
  expect(await room(blocks(509), blocks(100_000))).toBe(false);
  expect(await room(blocks(61), blocks(500))).toBe(true);
  expect(await room(blocks(59), blocks(500))).toBe(false);
  expect(typeof (await files.hasRoom(1))).toBe("boolean");
});
