import { type ChildProcess, spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, describe, expect, it } from "vitest";
import { type DataFolder, dataFolder } from "./folder.ts";

/** Where the program kills itself, in turn with kills at a moment that chance picks. */
const PLACES = [
  "mid-write:7",
  "after-write:9",
  "after-fsync:11",
  "before-rename:2",
  "after-rename:2",
  "before-drop:3",
];
const STORES = 2;
const ROUNDS = 5;

const folders: DataFolder[] = [];
const newFolder = async (): Promise<DataFolder> => {
  const folder = await dataFolder();
  folders.push(folder);
  return folder;
};
afterAll(() => Promise.all(folders.map((folder) => folder.remove())));

function start(args: readonly string[]): ChildProcess {
  const program = join(import.meta.dirname, "writer.ts");
  const child = spawn(process.execPath, ["--import", "tsx", program, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  return child;
}

/** Runs the writer until it is killed; after `acks` acknowledgements by us. */
async function round(
  folder: DataFolder,
  acknowledged: readonly string[],
  from: number,
  kill: { place: string } | { acks: number },
) {
  const list = join(folder.data, "acknowledged");
  await writeFile(list, acknowledged.join("\n"));
  const child = start([folder.data, list, String(from), "place" in kill ? kill.place : ""]);
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error("the writer has no output");
  let errors = "";
  stderr.on("data", (chunk) => {
    errors += String(chunk);
  });
  const ended = new Promise<string | null>((resolve) => child.on("exit", (_, signal) => resolve(signal)));
  const acks: string[] = [];
  const missing: string[] = [];
  for await (const line of createInterface({ input: stdout })) {
    const [word, id = ""] = line.split(" ");
    if (word === "ack") acks.push(id);
    if (word === "missing") missing.push(id);
    if ("acks" in kill && acks.length >= kill.acks) child.kill("SIGKILL");
  }
  return { acks, missing, errors, signal: await ended };
}

describe("a process killed with kill -9", () => {
  it("a second process is refused while the first has the store", async () => {
    const folder = await newFolder();
    const store = await folder.open();
    const list = join(folder.data, "acknowledged");
    await writeFile(list, "");
    const child = start([folder.data, list]);
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
        const result = await round(folder, acknowledged, number * 100_000, kill);
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
