import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checksum } from "../../src/store/segment.ts";
import { wholeEmbedded } from "../../src/store/whole-embedded.ts";
import { filing } from "../contracts/examples.ts";
import { type DataFolder, dataFolder, KEY } from "./folder.ts";

let folder: DataFolder;
let file: string;
beforeEach(async () => {
  folder = await dataFolder();
  file = join(folder.files, "store.json");
  const store = await folder.open();
  for (const id of ["c1", "c2"]) await store.commit(filing(id));
  await store.close();
});
afterEach(() => folder.remove());

/** Writes the snapshot anew without the lines that tell of a case, with a right sum, as anybody can who may write it. */
async function takeOut(id: string, change: (lines: string[]) => string[] = (lines) => lines): Promise<void> {
  const [header = "", ...lines] = (await readFile(file, "utf8")).split("\n");
  const left = lines.filter(
    (line) => !line.includes(`complaint:${id}"`) && !line.includes(`"complaint":"${id}"`),
  );
  expect(left.length).toBeLessThan(lines.length);
  const rest = change([header.slice("00000000 ".length), ...left]).join("\n");
  await writeFile(file, `${checksum(rest)} ${rest}`);
}

const verify = async (): Promise<string> => (await wholeEmbedded(folder.data, KEY).verify()).faults.join();

describe("a snapshot out of which a case was taken", () => {
  it("does not open and is named by verify, though its sum is right", async () => {
    expect(await verify()).toBe("");
    await takeOut("c2");
    expect(await verify()).toMatch(/store\.json was changed by somebody without the identity key/);
    await expect(folder.open()).rejects.toThrow(/changed by somebody without the identity key; restore/);
  });

  it("is told of even where it pretends to be of a version that proved nothing", async () => {
    await takeOut("c2", ([header = "", ...lines]) => [
      header.replace(/^5/, "3"),
      ...lines.filter((line) => !line.startsWith("proof ")),
    ]);
    expect(await verify()).toMatch(/store\.json does not prove who wrote it/);
    const store = await folder.open();
    expect(folder.events()).toContain("snapshot_unproven");
    await store.close();
  });

  it("is damaged when its last line is cut off or another's", async () => {
    const whole = await readFile(file, "utf8");
    for (const end of ["", `proof ${"0".repeat(64)}\n`]) {
      const rest = `${whole.slice("00000000 ".length, whole.lastIndexOf("proof "))}${end}`;
      await writeFile(file, `${checksum(rest)} ${rest}`);
      expect(await verify()).toMatch(/store\.json (?:is damaged|was changed)/);
    }
  });
});

it("a store of an older version opens, is told of, and is proven as soon as it was opened", async () => {
  const [header = "", ...lines] = (await readFile(file, "utf8")).split("\n");
  const rest = [
    header.slice("00000000 4".length),
    ...lines.filter((line) => !line.startsWith("proof ")),
  ].join("\n");
  await writeFile(file, `${checksum(`3${rest}`)} 3${rest}`);
  const store = await folder.open();
  expect(folder.events()).toEqual(["snapshot_written", "snapshot_unproven"]);
  expect(await store.complaint("c2")).toBeDefined();
  await store.close();
  expect(folder.events().slice(2)).toEqual(["snapshot_written"]);
  expect(await verify()).toBe("");
});
