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
  remove(): Promise<void>;
};
/** What most stories do not need. */
const LEFT_OUT =
  /^procedures\/(?!civil-status(?:$|\/1\.001193))|^rules\/|^agencies\/(?!da-nang|kinds|national)|^places\/(?!48\.txt)|^examples\/(?!late|bribe|question)/;

export async function build(): Promise<Build> {
  const folder = await mkdtemp(join(tmpdir(), "motcua-build-"));
  const out = join(folder, "dist");
  // Types are checked by `npm run lint`.
  const compiler = join(ROOT, "node_modules/typescript/bin/tsc");
  const project = join(ROOT, "tsconfig.build.json");
  await promisify(execFile)(process.execPath, [compiler, "-p", project, "--noCheck", "--outDir", out]);
  const pages = join(ROOT, "src/http");
  for (const page of (await readdir(pages)).filter((name) => name.endsWith(".html")))
    await copyFile(join(pages, page), join(out, "http", page));
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
  await symlink(join(ROOT, "knowledge"), join(folder, "knowledge"));
  const lightKnowledge = join(folder, "light-knowledge");
  await lightCopy(lightKnowledge);
  return { cli: join(out, "cli.js"), lightKnowledge, remove: () => rm(folder, { recursive: true }) };
}

/** Copies the part of the knowledge that most stories need. */
export async function lightCopy(to: string): Promise<void> {
  const knowledge = join(ROOT, "knowledge");
  await cp(knowledge, to, {
    recursive: true,
    filter: (path) => !LEFT_OUT.test(relative(knowledge, path)),
  });
  await writeFile(join(to, "places", "everyday.yaml"), "names: []\n");
  // Neighbours that are left out keep their names only.
  const birth = join(to, "procedures", "civil-status", "1.001193-dang-ky-khai-sinh.yaml");
  await writeFile(birth, (await readFile(birth, "utf8")).replaceAll(/^ {4}code: .*\n/gm, ""));
}
