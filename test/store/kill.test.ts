import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type DataFolder, dataFolder } from "./folder.ts";
import { startWriter, writeUntilKilled } from "./writing.ts";

/** Where the program kills itself, in turn with kills at a moment that chance picks. */
const PLACES = [
  "mid-write:7",
  "after-write:9",
  "before-write:11",
  "after-talk:2",
  "before-rename:2",
  "after-rename:2",
  "before-drop:3",
];
const STORES = 2;
/** Every second one at a place, so that the stores together come to all of them. */
const ROUNDS = 7;

const folders: DataFolder[] = [];
const newFolder = async (): Promise<DataFolder> => {
  const folder = await dataFolder();
  folders.push(folder);
  return folder;
};
afterAll(() => Promise.all(folders.map((folder) => folder.remove())));

describe("a process killed with kill -9", () => {
  it("a second process is refused while the first has the store", async () => {
    const folder = await newFolder();
    const store = await folder.open();
    const list = join(folder.data, "acknowledged");
    await writeFile(list, "");
    const child = startWriter([folder.data, list]);
    let errors = "";
    child.stderr?.on("data", (chunk) => {
      errors += String(chunk);
    });
    const code = await new Promise((resolve) => child.on("exit", resolve));
    await store.close();
    expect(errors).toContain("is in use by another process");
    expect(code).toBe(1);
  });

  it(`${STORES * ROUNDS} times, has everything that it acknowledged after each start`, {
    timeout: 120_000,
  }, async () => {
    const rounds = async (store: number): Promise<void> => {
      const folder = await newFolder();
      const acknowledged: string[] = [];
      for (let number = 0; number < ROUNDS; number += 1) {
        const place = PLACES[(store * 3 + (number >> 1)) % PLACES.length] ?? "";
        const kill = number % 2 === 0 ? { place } : { acks: 1 + Math.floor(Math.random() * 150) };
        const result = await writeUntilKilled(
          folder.data,
          join(folder.data, "acknowledged"),
          acknowledged,
          number * 100_000,
          kill,
        );
        expect(result).toMatchObject({ missing: [], errors: "", signal: "SIGKILL" });
        acknowledged.push(...result.acks);
      }
      const reopened = await folder.open();
      const found = await Promise.all(acknowledged.map((id) => reopened.complaint(id)));
      expect(found.map((complaint) => complaint?.id)).toEqual(acknowledged);
      expect(acknowledged.length).toBeGreaterThan(20);
    };
    await Promise.all(Array.from({ length: STORES }, (_, store) => rounds(store)));
  });
});
