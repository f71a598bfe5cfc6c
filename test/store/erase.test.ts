import { cp } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { wholeEmbedded } from "../../src/store/whole-embedded.ts";
import { AT, erased, filing, toAgency } from "../contracts/examples.ts";
import { type DataFolder, dataFolder, KEY } from "./folder.ts";

let folder: DataFolder;
beforeEach(async () => {
  folder = await dataFolder();
});
afterEach(() => folder.remove());

const all = async (): Promise<string> =>
  [...(await folder.contents()).values()].map((bytes) => bytes.toString("latin1")).join("\n");

/** The wrapped data key of a complaint, or of who filed it, as it stands in the store. */
async function keyOf(id: string, of: "complaint" | "identity" = "complaint"): Promise<string> {
  for await (const entry of wholeEmbedded(folder.data, KEY).entries()) {
    if (entry.kind === "key" && entry.owner === `${of}:${id}`) return entry.key;
  }
  throw new Error(`no key of ${id}`);
}

for (const checkpointBytes of [1, undefined]) {
  it(`the key is in no file after the program ends (checkpoints: ${checkpointBytes ?? "rare"})`, async () => {
    const options = checkpointBytes === undefined ? {} : { checkpointBytes };
    const store = await folder.open(options);
    await store.commit({ ...filing("c1"), deliveries: [toAgency("d1", "c1")] });
    await store.commit(filing("c2"));
    await store.commit({ complaints: [{ id: "c1", revision: 1, events: [{ type: "withdrawn", at: AT }] }] });
    const [key, other] = [await keyOf("c1"), await keyOf("c2")];
    const who = await keyOf("c1", "identity");
    for (const known of [key, who]) expect(await all()).toContain(known);
    await store.commit({ complaints: [{ id: "c1", revision: 2, events: [erased("c1", 2)] }] });
    await store.close();
    const left = await all();
    for (const known of [key, who]) expect(left).not.toContain(known);
    expect(left).toContain(other);
    expect(await keyOf("c1")).not.toBe(key);
    expect(await wholeEmbedded(folder.data, KEY).verify()).toMatchObject({ faults: [] });
    const again = await folder.open();
    expect(await again.complaintByCode("MC-c1")).toMatchObject({ status: "erased", revision: 3 });
  });
}

for (const before of ["the same run", "a run before"] as const) {
  it(`a program that was killed right after erasing what was filed in ${before} takes the key away when it runs again`, async () => {
    let store = await folder.open();
    await store.commit(filing("c1"));
    await store.commit({ complaints: [{ id: "c1", revision: 1, events: [{ type: "withdrawn", at: AT }] }] });
    if (before === "a run before") {
      await store.close();
      store = await folder.open();
    }
    const key = await keyOf("c1");
    await store.commit({ complaints: [{ id: "c1", revision: 2, events: [erased("c1", 2)] }] });
    // The disk as a kill leaves it: nothing has been folded since.
    const killed = await dataFolder(join(folder.data, "killed"));
    await cp(folder.files, killed.files, { recursive: true, filter: (path) => !path.endsWith("lock") });
    expect((await killed.contents()).size).toBeGreaterThan(1);
    const again = await killed.open();
    expect(await again.complaint("c1")).toMatchObject({ status: "erased" });
    await again.close();
    for (const [name, bytes] of await killed.contents()) expect(bytes.includes(key), name).toBe(false);
  });
}
