import { createHash } from "node:crypto";
import { type Dirent, existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import type { z } from "zod";
import { type Agency, type AgencyKind, AgencyKinds, Directory } from "./agency.ts";
import { CalendarYear, OfficeHours } from "./calendar.ts";
import { readCompiled } from "./compiled.ts";
import { crossCheck, type Records } from "./cross-check.ts";
import { AspectExamples, Examples } from "./example.ts";
import { type Gap, Gaps } from "./gap.ts";
import { Limits } from "./limits.ts";
import { type Phrased, Phrasings } from "./phrasings.ts";
import { EverydayNames, type Places, readPlaces } from "./place.ts";
import { Procedure } from "./procedure.ts";
import { Ranking } from "./ranking.ts";
import { type Fault, type Read, readYaml, yamlFiles } from "./read-yaml.ts";
import { ReplacedLaw, type ReplacedText } from "./replaced-law.ts";
import { type ReplyTemplate, ReplyTemplates } from "./reply-template.ts";
import { Rule } from "./rule.ts";
import { NO_SENSES, readSenses, type Senses } from "./senses.ts";
import { Vocabulary } from "./vocabulary.ts";

/** Everything the program knows, read once and never changed. */
export type Knowledge = {
  readonly procedures: readonly Procedure[];
  readonly rules: readonly Rule[];
  readonly kinds: ReadonlyMap<string, AgencyKind>;
  readonly agencies: ReadonlyMap<string, Agency>;
  readonly places: Places;
  readonly calendar: ReadonlyMap<number, CalendarYear>;
  readonly officeHours: OfficeHours;
  readonly limits: Limits;
  readonly vocabulary: Vocabulary;
  readonly examples: readonly Examples[];
  readonly aspects: readonly AspectExamples[];
  /** National code → how people ask for it, for procedures without a curated record. */
  readonly phrasings: ReadonlyMap<string, Phrased>;
  readonly gaps: readonly Gap[];
  readonly ranking: Ranking;
  /** Of an own knowledge that has none learnt: empty. */
  readonly senses: Senses;
  /** Texts that are no longer in force, by their number. */
  readonly replaced: ReadonlyMap<string, ReplacedText>;
  /** What officials start their replies from. */
  readonly replyTemplates: readonly ReplyTemplate[];
  /** Where in the files a record's field stands. */
  readonly whereOf: (record: Procedure | Rule, path: readonly PropertyKey[]) => Omit<Fault, "problem">;
  /** The same for the same files: what was worked out from them can be kept. */
  readonly fingerprint: string;
};

/** The knowledge is unusable; the message names every fault with file, line and remedy. */
export class KnowledgeError extends Error {
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    super(`knowledge has ${faults.length} fault(s):\n${faults.map(formatFault).join("\n")}`);
    this.name = "KnowledgeError";
    this.faults = faults;
  }
}

/** `file:line: problem`, as editors make clickable. */
export function formatFault(fault: Fault): string {
  return `${fault.file}:${fault.line}: ${fault.problem}`;
}

/** Gives what was made of the same `key` before, or makes it. */
export type Keep = <T>(name: string, key: string, make: () => T) => T;

/**
 * Reads all of `dir`.
 * @param keep spares reading and checking files that were read and found right before
 * @throws KnowledgeError naming every fault at once.
 */
export function loadKnowledge(dir: string, keep: Keep = (_name, _key, make) => make()): Knowledge {
  if (!existsSync(dir)) {
    throw new KnowledgeError([
      { file: dir, line: 1, problem: "no such folder; set KNOWLEDGE_DIR to the knowledge folder" },
    ]);
  }
  const fingerprint = fingerprintOf(dir);
  const { files, ...known } = keep("knowledge", fingerprint, () => readAll(dir));
  return { ...known, fingerprint, whereOf: whereIn(dir, files) };
}

/** One hash of all files, names and texts. */
function fingerprintOf(dir: string): string {
  const hash = createHash("sha256");
  for (const entry of readdirSync(dir, { withFileTypes: true, recursive: true }).sort(byPath)) {
    if (!entry.isFile() || !/\.(?:ya?ml|txt)$/.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    hash
      .update(`${relative(dir, file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  }
  return hash.digest("hex");
}

const byPath = (one: Dirent, other: Dirent): number =>
  join(one.parentPath, one.name) < join(other.parentPath, other.name) ? -1 : 1;

const idOf = (record: Procedure | Rule): string => ("code" in record ? record.code : record.id);

/** Finds lines when they are asked for: only what is wrong is looked for. */
function whereIn(dir: string, files: ReadonlyMap<string, string>): Knowledge["whereOf"] {
  const reads = new Map<string, Read<unknown> | undefined>();
  return (record, path) => {
    const file = files.get(idOf(record)) ?? "";
    if (!reads.has(file))
      reads.set(file, readYaml<z.ZodType>(join(dir, file), "code" in record ? Procedure : Rule, dir, []));
    return { file, line: reads.get(file)?.lineOf(path) ?? 1 };
  };
}

/** All that the files hold, as plain data that can be kept. */
function readAll(
  dir: string,
): Omit<Knowledge, "fingerprint" | "whereOf"> & { readonly files: ReadonlyMap<string, string> } {
  const faults: Fault[] = [];
  const compiled = readCompiled();
  const one = <T extends z.ZodType>(file: string, schema: T): Read<z.output<T>> | undefined =>
    readYaml(file, schema, dir, faults, compiled);
  const all = <T extends z.ZodType>(
    folder: string,
    schema: T,
    skip: readonly string[] = [],
  ): Read<z.output<T>>[] =>
    yamlFiles(join(dir, folder))
      .filter((file) => !skip.includes(basename(file)))
      .flatMap((file) => one(file, schema) ?? []);

  const records: Records = {
    procedures: all("procedures", Procedure),
    rules: all("rules", Rule),
    kinds: one(join(dir, "agencies", "kinds.yaml"), AgencyKinds),
    directories: all("agencies", Directory, ["kinds.yaml"]),
    years: all("calendar", CalendarYear, ["office-hours.yaml"]),
    places: readPlaces(
      join(dir, "places"),
      dir,
      faults,
      one(join(dir, "places", "everyday.yaml"), EverydayNames),
    ),
    phrasings: all("phrasings", Phrasings),
  };
  const officeHours = one(join(dir, "calendar", "office-hours.yaml"), OfficeHours);
  const limits = one(join(dir, "limits.yaml"), Limits);
  const vocabulary = one(join(dir, "vocabulary.yaml"), Vocabulary);
  const ranking = one(join(dir, "ranking.yaml"), Ranking);
  const gaps = one(join(dir, "gaps.yaml"), Gaps);
  const replaced = one(join(dir, "replaced-law.yaml"), ReplacedLaw);
  const replyTemplates = one(join(dir, "reply-templates.yaml"), ReplyTemplates);
  const examples = all("examples", Examples);
  const aspects = all("aspects", AspectExamples);
  const learnt = join(dir, "senses.txt");
  const senses = existsSync(learnt)
    ? readSenses(readFileSync(learnt, "utf8"), relative(dir, learnt), faults)
    : NO_SENSES;
  const agencies = crossCheck(records, faults);
  officeHours?.value.agencies.forEach(({ agency }, index) => {
    if (agencies.has(agency)) return;
    const problem = `no agency ${agency}; correct its id`;
    faults.push({ file: officeHours.file, line: officeHours.lineOf(["agencies", index]), problem });
  });
  if (
    faults.length > 0 ||
    !officeHours ||
    !limits ||
    !vocabulary ||
    !ranking ||
    !gaps ||
    !replaced ||
    !replyTemplates
  )
    throw new KnowledgeError(faults);

  return {
    files: new Map([...records.procedures, ...records.rules].map(({ value, file }) => [idOf(value), file])),
    procedures: records.procedures.map((read) => read.value),
    rules: records.rules.map((read) => read.value),
    kinds: new Map(records.kinds?.value.kinds.map((kind) => [kind.kind, kind])),
    agencies,
    places: records.places,
    calendar: new Map(records.years.map((read) => [read.value.year, read.value])),
    officeHours: officeHours.value,
    limits: limits.value,
    vocabulary: vocabulary.value,
    examples: examples.map((read) => read.value),
    aspects: aspects.map((read) => read.value),
    phrasings: new Map(records.phrasings.flatMap((read) => Object.entries(read.value.procedures))),
    gaps: gaps.value.gaps,
    ranking: ranking.value,
    senses,
    replyTemplates: replyTemplates.value.templates,
    replaced: new Map(replaced.value.texts.map((text) => [text.number, text])),
  };
}
