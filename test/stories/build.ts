import { execFile } from "node:child_process";
import { copyFile, cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** The checkout. */
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The program as `npm run build` makes it, in a folder of its own. It starts in half the time that tsx needs. */
export type Build = {
  readonly cli: string;
  /** KNOWLEDGE_DIR of one province with one procedure, birth registration: read in a fraction of the time. */
  readonly lightKnowledge: string;
  /** DATA_DIR of a program that has learnt from that knowledge, and of which nothing else is known. */
  readonly lightData: string;
};
const BIRTH = "procedures/civil-status/1.001193-dang-ky-khai-sinh.yaml";
/** What most stories do not need. */
const LEFT_OUT =
  /^procedures\/(?!civil-status(?:$|\/1\.001193))|^rules\/|^agencies\/(?!da-nang|kinds|national)|^places\/(?!48\.txt)|^examples\/(?!late|bribe|question)|^phrasings\/(?!ho-tich\.yaml)/;

export async function build(): Promise<Build & { remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "motcua-build-"));
  const out = join(folder, "dist");
  // Types are checked by `npm run lint`.
  const compiler = join(ROOT, "node_modules/typescript/bin/tsc");
  const project = join(ROOT, "tsconfig.build.json");
  const run = promisify(execFile);
  await run(process.execPath, [compiler, "-p", project, "--noCheck", "--outDir", out]);
  const pages = join(ROOT, "src/http");
  for (const page of (await readdir(pages)).filter((name) => name.endsWith(".html")))
    await copyFile(join(pages, page), join(out, "http", page));
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
  await symlink(join(ROOT, "knowledge"), join(folder, "knowledge"));
  const cli = join(out, "cli.js");
  const lightKnowledge = join(folder, "light-knowledge");
  const lightData = join(folder, "light-data");
  await lightCopy(lightKnowledge);
  const compileKnowledge = [
    join(ROOT, "node_modules/tsx/dist/cli.mjs"),
    join(ROOT, "scripts/compile-knowledge.ts"),
  ];
  await run(process.execPath, compileKnowledge, { cwd: folder });
  await run(process.execPath, [join(out, "commands", "prepare.js")]);
  const env = { KNOWLEDGE_DIR: lightKnowledge, DATA_DIR: lightData };
  await run(process.execPath, [cli, "ask", "xin chào"], { env, cwd: folder });
  return { cli, lightKnowledge, lightData, remove: () => rm(folder, { recursive: true }) };
}

/**
 * Copies the part of the knowledge that most stories need.
 * @param besides more of its files and folders
 */
export async function lightCopy(to: string, besides: readonly string[] = []): Promise<void> {
  const knowledge = join(ROOT, "knowledge");
  const isTaken = (path: string): boolean =>
    !LEFT_OUT.test(path) || besides.some((one) => `${path}/`.startsWith(`${one}/`));
  await cp(knowledge, to, { recursive: true, filter: (path) => isTaken(relative(knowledge, path)) });
  await writeFile(join(to, "places", "everyday.yaml"), "names: []\n");
  // Neighbours that are left out keep their names only.
  for (const file of [BIRTH, ...besides.filter((one) => one.startsWith("procedures/"))]) {
    const record = join(to, file);
    await writeFile(record, (await readFile(record, "utf8")).replaceAll(/^ {4}code: .*\n/gm, ""));
  }
}
