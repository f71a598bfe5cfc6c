import { copyFile, open, readdir, rename, stat, utimes } from "node:fs/promises";
import { join, resolve } from "node:path";
import { isOfComplaint } from "./evidence-files.ts";
import { makePrivateFolder, syncFolder, systemCode } from "./files.ts";

const SWITCHES = "switches.yaml";

/**
 * Copies what lies beside a store, files of complaints and switches, from one shared folder to another; what is there
 * already under the same name is replaced by it. Only while no program writes there.
 * @returns how many files of complaints
 */
export async function copyShared(from: string, to: string): Promise<number> {
  if (resolve(from) === resolve(to)) return 0;
  if (await isThere(join(from, SWITCHES))) {
    await makePrivateFolder(to);
    await copyDurably(from, to, SWITCHES);
  }
  let files = 0;
  for (const owner of await foldersIn(join(from, "evidence"))) {
    files += await copyFolder(join(from, "evidence", owner), join(to, "evidence", owner));
  }
  return files;
}

/** @throws when it cannot be found out: what is there must not be left behind without a word */
async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return false;
    throw error;
  }
}

async function foldersIn(dir: string): Promise<string[]> {
  if (!(await isThere(dir))) return [];
  const entries = await readdir(dir, { withFileTypes: true });
  return entries.filter(isOfComplaint).map(({ name }) => name);
}

/** With its time: files that were never sent are not new because they were moved. */
async function copyFolder(from: string, to: string): Promise<number> {
  const { atime, mtime } = await stat(from);
  const names = (await readdir(from)).filter((name) => !name.endsWith(".tmp"));
  await makePrivateFolder(to);
  for (const name of names) await copyDurably(from, to, name);
  await utimes(to, atime, mtime);
  return names.filter((name) => !name.startsWith(".")).length;
}

/** Whole under its name, or not there. */
async function copyDurably(from: string, to: string, name: string): Promise<void> {
  const temporary = join(to, `${name}.tmp`);
  await copyFile(join(from, name), temporary);
  const handle = await open(temporary, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, join(to, name));
  await syncFolder(to);
}
