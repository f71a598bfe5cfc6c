import { open, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import type { z } from "zod";
import { buildLibrary } from "../answers/subjects.ts";
import { catalogueFile, readCatalogue } from "../catalogue/catalogue-file.ts";
import { readCompiled } from "../knowledge/compiled.ts";
import { addEntry, addPhrasings, type Edited, newSector } from "../knowledge/edit-phrasings.ts";
import { Examples } from "../knowledge/example.ts";
import { KnowledgeError, loadKnowledge } from "../knowledge/load.ts";
import { Phrasings } from "../knowledge/phrasings.ts";
import { Procedure } from "../knowledge/procedure.ts";
import { type Fault, parseYaml, type Read, readYaml, yamlFiles } from "../knowledge/read-yaml.ts";
import { Rule } from "../knowledge/rule.ts";
import { knowledgeDir } from "../live-guide.ts";
import { clean } from "../text/clean.ts";
import { words } from "../text/fold.ts";
import { type Command, type CommandContext, InputError, UsageError } from "./command.ts";

/** Longest phrasing, in characters. */
const LONGEST = 300;
const CODE = /^\d\.\d{6}$/;

/** Teaches the program a way to ask: one line in a file of the knowledge. */
export const phrase: Command = {
  summary: "add questions to what a procedure or rule is found by",
  usage: 'phrase CODE|RULE-ID "question"… [--json]',
  run: async (context) => {
    const { values, positionals } = parseArgs({
      args: [...context.args],
      options: { json: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    const [target, ...questions] = positionals;
    if (!target || questions.length === 0) throw new UsageError("name a code or rule, and a question");
    const added = questions.map(phrasingOf);
    const dir = knowledgeDir(context.config());
    const files = readFiles(dir);
    refuseKnown(added, files);
    const place = placeOf(target, files, dir, context);
    const before = place.isNew ? "" : await readFile(place.path, "utf8");
    const edited = place.edit(before, added);
    if (!edited) throw new InputError(`${place.path}: write its phrasings one on each line, then try again`);
    check(edited.text, place);
    await replace(place.path, edited.text);
    const { path: file, code } = place;
    const told = added.map((phrasing, index) => `${file}:${edited.line + index}: ${phrasing}\n`).join("");
    if (values.json) context.out(`${JSON.stringify({ code, file, line: edited.line, added })}\n`);
    else context.out(`${told}A running program takes it at its next start.\n`);
    return 0;
  },
};

/** @throws InputError when it cannot be a phrasing */
function phrasingOf(question: string): string {
  const text = clean(question).replaceAll(/\s+/g, " ");
  if (words(text).length === 0) throw new InputError("a question is empty");
  if (text.length > LONGEST)
    throw new InputError(`a question is longer than ${LONGEST} characters; shorten it`);
  return text;
}

type Source<T> = Read<T> & { readonly path: string };
type Files = {
  readonly procedures: readonly Source<Procedure>[];
  readonly rules: readonly Source<Rule>[];
  readonly phrasings: readonly Source<Phrasings>[];
  readonly examples: readonly Source<Examples>[];
};

/** @throws KnowledgeError */
function readFiles(dir: string): Files {
  const faults: Fault[] = [];
  const compiled = readCompiled();
  const all = <T extends z.ZodType>(folder: string, schema: T): Source<z.output<T>>[] =>
    yamlFiles(join(dir, folder)).flatMap((path) => {
      const read = readYaml(path, schema, dir, faults, compiled);
      return read ? [{ ...read, path }] : [];
    });
  const files = {
    procedures: all("procedures", Procedure),
    rules: all("rules", Rule),
    phrasings: all("phrasings", Phrasings),
    examples: all("examples", Examples),
  };
  if (faults.length > 0) throw new KnowledgeError(faults);
  return files;
}

/** @throws InputError naming the file that has one of them already, however it is spelt */
function refuseKnown(added: readonly string[], files: Files): void {
  const keyOf = (text: string): string => words(text).join(" ");
  const wanted = new Map<string, string>();
  for (const text of added) {
    if (wanted.has(keyOf(text))) throw new InputError(`“${text}” is given twice`);
    wanted.set(keyOf(text), text);
  }
  for (const { source, path, text } of textsOf(files)) {
    const known = wanted.get(keyOf(text));
    if (known !== undefined)
      throw new InputError(`“${known}” is in ${source.path}:${source.lineOf(path)} already`);
  }
}

type Known = {
  readonly source: Source<unknown>;
  readonly path: readonly PropertyKey[];
  readonly text: string;
};

/** Everything that questions are compared with. */
function* textsOf({ procedures, rules, phrasings, examples }: Files): Generator<Known> {
  const one = (source: Source<unknown>, path: readonly PropertyKey[], text: string): Known => ({
    source,
    path,
    text,
  });
  const list = (source: Source<unknown>, path: readonly PropertyKey[], texts: readonly string[]): Known[] =>
    texts.map((text, index) => one(source, [...path, index], text));
  for (const source of procedures) {
    const { name, title, english, says, phrasings: own } = source.value;
    yield* [one(source, ["name"], name), one(source, ["title"], title), one(source, ["english"], english)];
    yield* [...list(source, ["says"], says), ...list(source, ["phrasings"], own)];
  }
  for (const source of rules) {
    const { question, title, english, phrasings: own } = source.value;
    yield* [one(source, ["question"], question), one(source, ["title"], title)];
    yield* [one(source, ["english"], english), ...list(source, ["phrasings"], own)];
  }
  for (const source of phrasings)
    for (const [code, { phrasings: own }] of Object.entries(source.value.procedures))
      yield* list(source, ["procedures", code, "phrasings"], own);
  // Questions of no procedure in particular may well be one's phrasing; complaints and what is not ours may not.
  for (const source of examples)
    if (source.value.class !== "question") yield* list(source, ["texts"], source.value.texts);
}

/** Where phrasings are added, and how. */
type Place = {
  /** What is found by them: not the code that was named where another record speaks for it. */
  readonly code: string;
  readonly path: string;
  readonly schema: z.ZodType;
  readonly isNew?: true;
  edit(text: string, added: readonly string[]): Edited | undefined;
};

/** @throws InputError when nothing is known by that code or id */
function placeOf(target: string, files: Files, dir: string, context: CommandContext): Place {
  const rule = files.rules.find(({ value }) => value.id === target);
  if (rule) return inRecord(rule, target, Rule);
  if (!CODE.test(target))
    throw new InputError(
      `no rule ${target}, and no code such as 1.001193; the rules stand in ${join(dir, "rules")}`,
    );
  const curated = (code: string): Place | undefined => {
    const record = files.procedures.find(({ value }) => value.code === code || value.sameAs.includes(code));
    return record && inRecord(record, record.value.code, Procedure);
  };
  const entry = (code: string): Place | undefined => {
    const file = files.phrasings.find(({ value }) => Object.hasOwn(value.procedures, code));
    return file && inEntry(file, code);
  };
  const record = curated(target);
  if (record) return record;
  const catalogue = readCatalogue(catalogueFile(context.config().DATA_DIR));
  const subject = catalogue
    ? buildLibrary(loadKnowledge(dir), catalogue).subjects.find(({ members }) =>
        members.some(({ code }) => code === target),
      )
    : undefined;
  // What only twins have is searched as one: a curated record speaks for them, or else any entry there is.
  const codes = [target, ...(subject?.members ?? []).map(({ code }) => code)];
  const known = (subject?.curated && curated(subject.code)) || codes.map(entry).find((found) => found);
  if (known) return known;
  const facts = catalogue?.facts(target);
  if (facts) return newEntry(facts, files, dir);
  throw new InputError(
    catalogue
      ? `no procedure ${target} in the knowledge or the imported catalogue`
      : `no procedure ${target} in the knowledge; import the national catalogue for the others (motcua import)`,
  );
}

function inRecord(source: Source<unknown>, code: string, schema: z.ZodType): Place {
  const { path } = source;
  return { code, path, schema, edit: (text, added) => addPhrasings(text, ["phrasings"], added) };
}

function inEntry({ path }: Source<Phrasings>, code: string): Place {
  return {
    code,
    path,
    schema: Phrasings,
    edit: (text, added) => addPhrasings(text, ["procedures", code, "phrasings"], added),
  };
}

function newEntry(
  facts: { readonly code: string; readonly name: string; readonly sector: string },
  { phrasings }: Files,
  dir: string,
): Place {
  const { code, sector } = facts;
  const file = phrasings.find(({ value }) => value.sector === sector);
  if (file)
    return { code, path: file.path, schema: Phrasings, edit: (text, added) => addEntry(text, facts, added) };
  const taken = new Set(phrasings.map(({ path }) => basename(path)));
  const stem = words(sector).join("-").slice(0, 60);
  let name = `${stem}.yaml`;
  for (let number = 2; taken.has(name); number++) name = `${stem}-${number}.yaml`;
  return {
    code,
    path: join(dir, "phrasings", name),
    schema: Phrasings,
    isNew: true,
    edit: (_text, added) => newSector(sector, facts, added),
  };
}

/** @throws KnowledgeError when the file would not be valid: then it is not written */
function check(text: string, { path, schema }: Place): void {
  const faults: Fault[] = [];
  parseYaml(text, path, schema, faults);
  if (faults.length > 0) throw new KnowledgeError(faults);
}

/** Puts the whole new file in the place of the old one, or leaves that. */
async function replace(path: string, text: string): Promise<void> {
  const file = await realpath(path).catch(() => path);
  // Not named .yaml: a program that starts meanwhile must not read it.
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
  const mode = (await stat(file).catch(() => undefined))?.mode ?? 0o644;
  try {
    const handle = await open(temporary, "w", mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError(`${path} cannot be written: ${why}`, { cause: error });
  }
}
