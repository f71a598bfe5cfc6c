import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const SRC = fileURLToPath(new URL("../src", import.meta.url));

/**
 * Who may import whom: folder → folders (or single files) it may import from. A folder may always import from itself.
 * Data flows channel → inbox → conversation → store → outbox → channel and never back.
 */
const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  messages: [],
  text: [],
  /** Types and cleaning of files; who keeps them is a port. */
  evidence: [],
  knowledge: ["text"],
  catalogue: ["knowledge", "text"],
  search: ["knowledge/senses", "text"],
  understanding: ["knowledge", "text", "complaints/complaint"],
  wording: ["knowledge", "messages", "complaints/complaint", "understanding/aspect"],
  complaints: ["evidence/type", "knowledge", "messages", "text", "understanding/codes", "wording"],
  report: ["complaints", "knowledge", "watch/figures", "wording"],
  answers: ["knowledge", "messages", "search", "text", "understanding", "wording"],
  conversation: [
    "answers",
    "complaints",
    "knowledge",
    "messages",
    "officials/form",
    "text",
    "understanding",
    "wording",
  ],
  officials: ["complaints", "knowledge", "messages", "store/store", "text", "understanding", "wording"],
  store: [
    "complaints/complaint",
    "complaints/person",
    "conversation/session",
    "evidence/evidence",
    "messages",
    "text/remember",
  ],
  channels: ["evidence/evidence", "messages", "log", "store/store"],
  inbox: [
    "complaints",
    "conversation",
    "evidence",
    "knowledge/calendar",
    "log",
    "messages",
    "officials",
    "store/store",
    "text",
    "understanding/codes",
    "wording",
  ],
  watch: ["complaints", "inbox/act", "knowledge", "log", "messages", "officials/reconcile", "store/store"],
  outbox: [
    "channels/channel",
    "channels/address",
    "complaints/complaint",
    "complaints/person",
    "knowledge/read-yaml",
    "log",
    "messages",
    "store/store",
  ],
  http: [
    "channels/web",
    "complaints",
    "evidence/evidence",
    "inbox/act",
    "inbox/known-person",
    "inbox/official",
    "knowledge/calendar",
    "knowledge/reply-template",
    "log",
    "messages",
    "officials",
    "report",
    "store/store",
    "understanding/codes",
    "understanding/dates",
    "watch/figures",
    "wording",
  ],
  commands: ["*"],
  ".": ["*"],
};

/** Packages (and Node's own modules, as `node:`) that a folder may import; those not named may import none. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  knowledge: ["zod", "yaml", "node:crypto", "node:fs", "node:path", "node:url"],
  catalogue: ["zod", "node:"],
  search: ["fuse.js"],
  evidence: ["node:zlib"],
  understanding: ["dayjs"],
  complaints: ["dayjs", "zod"],
  conversation: ["zod"],
  officials: ["zod"],
  store: ["lowdb", "pg", "zod", "fs-native-extensions", "node:"],
  channels: ["grammy", "nodemailer", "node:", "zod"],
  inbox: ["node:crypto"],
  watch: ["zod"],
  outbox: ["zod", "node:fs", "node:net"],
  http: [
    "hono",
    "@hono/node-server",
    "rate-limiter-flexible",
    "zod",
    "node:crypto",
    "node:fs",
    "node:http",
    "node:net",
    "node:url",
  ],
  commands: ["@resvg/resvg-js", "zod", "node:"],
  ".": ["@hono/node-server", "hono", "prom-client", "yaml", "zod", "node:"],
};

/** Folders that tell no time, promise nothing and touch no file: knowledge only reads its own files. */
const PURE = [
  "messages",
  "text",
  "search",
  "understanding",
  "wording",
  "complaints",
  "answers",
  "conversation",
  "officials",
  "report",
];

type Import = { readonly file: string; readonly specifier: string };

describe("who may import whom", () => {
  const files = sourceFiles();

  it("holds for every import of the program", () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.flatMap((file) => violations(file, importsOf(file, read(file))))).toEqual([]);
  });

  it("fails on a planted forbidden import, naming file and specifier", () => {
    const planted = (file: string, line: string): string[] => violations(file, importsOf(file, line));
    expect(
      planted("conversation/respond.ts", 'import { openEmbeddedStore } from "../store/embedded.ts";'),
    ).toEqual(["conversation/respond.ts imports ../store/embedded.ts"]);
    expect(planted("complaints/route.ts", 'import { readFileSync } from "node:fs";')).toEqual([
      "complaints/route.ts imports node:fs",
    ]);
    expect(planted("text/fold.ts", 'export { z } from "zod";')).toEqual(["text/fold.ts imports zod"]);
    expect(planted("http/handle.ts", 'const main = await import("../main.ts");')).toEqual([
      "http/handle.ts imports ../main.ts",
    ]);
    expect(planted("store/journal.ts", 'import { Bot } from "grammy";')).toEqual([
      "store/journal.ts imports grammy",
    ]);
  });

  it("lets nobody import main or the command line, but the commands and the composition", () => {
    const importers = files.flatMap((file) =>
      importsOf(file, read(file))
        .filter(({ specifier }) => /\/(?:main|cli)\.ts$/.test(specifier))
        .map(() => file),
    );
    expect(importers.filter((file) => !file.startsWith("commands/"))).toEqual([]);
  });

  it("has a folder graph without a cycle, single shared types apart", () => {
    const edges = new Map<string, Set<string>>();
    for (const file of files) {
      const from = folderOf(file);
      for (const { specifier } of importsOf(file, read(file))) {
        const target = targetOf(file, specifier);
        const shared = FOLDERS[from]?.some((allowed) => allowed.includes("/") && target === allowed);
        if (target && folderOf(`${target}.ts`) !== from && !shared)
          edges.set(from, (edges.get(from) ?? new Set()).add(folderOf(`${target}.ts`)));
      }
    }
    edges.delete(".");
    edges.delete("commands");
    expect(cycleIn(edges)).toBeUndefined();
  });

  it("lets the live guide alone keep what was worked out, stamped with all code that works it out", () => {
    const importers = files.filter((file) =>
      importsOf(file, read(file)).some(({ specifier }) => specifier.endsWith("/derived.ts")),
    );
    expect(importers).toEqual(["live-guide.ts"]);
    const stamped = /const CODE = \[([^\]]*)\]/.exec(read("derived.ts"))?.[1]?.match(/\w+/g) ?? [];
    const making = [...madeBy("answers/finder.ts"), ...madeBy("understanding/reader.ts")];
    expect(stamped).toEqual([...new Set(making.map(folderOf))].sort());
  });

  it("tells the time in clock.ts alone", () => {
    const tellers = files.filter((file) =>
      /\bnew Date\(\)|\bDate\.now\(\)/.test(withoutComments(read(file))),
    );
    expect(tellers).toEqual(["clock.ts"]);
  });

  it("keeps the core free of promises and randomness", () => {
    const impure = files
      .filter((file) => PURE.includes(folderOf(file)))
      .filter((file) => /\basync\b|\bawait\b|\bPromise\b|Math\.random/.test(withoutComments(read(file))));
    expect(impure).toEqual([]);
  });
});

function sourceFiles(): string[] {
  return readdirSync(SRC, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts"))
    .map((entry) => relative(SRC, join(entry.parentPath, entry.name)))
    .sort();
}

function read(file: string): string {
  return readFileSync(join(SRC, file), "utf8");
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/^\s*\/\/.*$/gm, "");
}

function importsOf(file: string, text: string): Import[] {
  const pattern =
    /(?:^|\n)\s*(?:import|export)\b[^;"']*?\bfrom\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)|(?:^|\n)import\s*["']([^"']+)["']/g;
  return [...withoutComments(text).matchAll(pattern)].map(([, from, dynamic, bare]) => ({
    file,
    specifier: from ?? dynamic ?? bare ?? "",
  }));
}

function violations(file: string, imports: readonly Import[]): string[] {
  return imports.filter((found) => !isAllowed(found)).map(({ specifier }) => `${file} imports ${specifier}`);
}

function isAllowed({ file, specifier }: Import): boolean {
  const folder = folderOf(file);
  const target = targetOf(file, specifier);
  if (target === undefined) {
    return (PACKAGES[folder] ?? []).some(
      (name) => specifier === name || specifier.startsWith(name.endsWith(":") ? name : `${name}/`),
    );
  }
  if (folderOf(`${target}.ts`) === folder && folder !== ".") return true;
  return (FOLDERS[folder] ?? []).some(
    (allowed) => allowed === "*" || target === allowed || target.startsWith(`${allowed}/`),
  );
}

/** The imported file, relative to src and without its ending; undefined for packages. */
function targetOf(file: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  return join(dirname(file), specifier).replace(/\.ts$/, "");
}

function folderOf(file: string): string {
  return file.includes("/") ? (file.split("/")[0] ?? ".") : ".";
}

/** A file and all that it imports, types alone left out. */
function madeBy(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = read(file).replaceAll(/^import type [^;]*;$/gm, "");
  for (const { specifier } of importsOf(file, text)) {
    const target = targetOf(file, specifier);
    if (target) madeBy(`${target}.ts`, seen);
  }
  return seen;
}

function cycleIn(edges: ReadonlyMap<string, ReadonlySet<string>>): string | undefined {
  const walk = (node: string, path: readonly string[]): string | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node].join(" → ");
    for (const next of edges.get(node) ?? []) {
      const found = walk(next, [...path, node]);
      if (found) return found;
    }
    return undefined;
  };
  for (const node of edges.keys()) {
    const found = walk(node, []);
    if (found) return found;
  }
  return undefined;
}
