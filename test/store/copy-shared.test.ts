import { mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { copyShared } from "../../src/store/copy-shared.ts";
import { openEvidenceFiles } from "../../src/store/evidence-files.ts";
import { type DataFolder, dataFolder } from "./folder.ts";

const BYTES = Buffer.from("ảnh");

async function two(): Promise<readonly [DataFolder, DataFolder]> {
  const folders = [await dataFolder(), await dataFolder()] as const;
  onTestFinished(async () => {
    for (const { remove } of folders) await remove();
  });
  return folders;
}

it("copies files, what says that they were filed, how old they are, and the switches, for us only", async () => {
  const [from, to] = await two();
  const files = openEvidenceFiles(from.data, from.clock.now);
  const kept = await files.put("filed", BYTES);
  await files.put("draft", BYTES);
  await files.keep("filed");
  await files.touch("draft");
  await writeFile(join(from.data, "switches.yaml"), "intake: Đang bảo trì.\n", { mode: 0o600 });
  await mkdir(join(from.data, "evidence/lost+found"));
  expect(await copyShared(from.data, to.data)).toBe(2);
  await expect(stat(join(to.data, "evidence/lost+found"))).rejects.toThrow("ENOENT");
  const copied = openEvidenceFiles(to.data, to.clock.now);
  expect(Buffer.from((await copied.get("filed", kept)) ?? [])).toEqual(BYTES);
  for (const owner of ["filed", "draft"]) {
    expect(await copied.stateOf(owner)).toEqual(await files.stateOf(owner));
  }
  expect(await readFile(join(to.data, "switches.yaml"), "utf8")).toContain("Đang bảo trì");
  for (const name of ["switches.yaml", "evidence", "evidence/filed", `evidence/filed/${kept.id}`]) {
    expect((await stat(join(to.data, name))).mode & 0o077, name).toBe(0);
  }
  // Once more changes nothing, and where there is nothing, nothing is made.
  expect(await copyShared(from.data, to.data)).toBe(2);
  expect(await copyShared(to.data, to.data)).toBe(0);
  const [empty, none] = await two();
  expect(await copyShared(empty.data, none.data)).toBe(0);
});

it.each(["evidence", "switches.yaml"])(
  "fails where %s cannot be looked at, instead of leaving it behind",
  async (name) => {
    const [from, to] = await two();
    await mkdir(from.data, { recursive: true });
    await symlink(name, join(from.data, name));
    await expect(copyShared(from.data, to.data)).rejects.toThrow("ELOOP");
  },
);
