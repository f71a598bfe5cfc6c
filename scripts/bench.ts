/**
 * Measures accuracy, speed, memory and growth, and prints them as Markdown tables.
 *
 *   npm run bench -- [--catalogue FILE] [--questions FILE] [--offtopic FILE] [--complaints FILE] [--dialogues FILE]
 *                    [--only PART]… [--json OUT] [--budget SECONDS | --quick] [--tries]
 *
 * PART: peers, robustness, understanding, phrasings, growth, service; all of them by default. Each peer is asked for 75 seconds at
 * most, or for SECONDS, or with `--quick` for 30; slow ones get a random sample of the questions in that time. `--tries`
 * measures every setting of the peers, not the best alone.
 */
import { existsSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildFinder } from "../src/answers/finder.ts";
import { readCatalogueInput } from "../src/catalogue/gather.ts";
import { buildGuide } from "../src/conversation/guide.ts";
import { buildReader } from "../src/understanding/reader.ts";
import { contest } from "./bench/contest.ts";
import { growth } from "./bench/growth.ts";
import { readKnowledge } from "./bench/knowledge.ts";
import { readLabels } from "./bench/labels.ts";
import type { Part, Run } from "./bench/part.ts";
import { phrasings } from "./bench/phrasings.ts";
import { robustness } from "./bench/robustness.ts";
import { service } from "./bench/service.ts";
import { understanding } from "./bench/understanding.ts";

const PARTS: Readonly<Record<string, { readonly title: string; readonly measure: Part }>> = {
  peers: { title: "Search beside other engines", measure: contest },
  robustness: { title: "Without marks and with a typing error", measure: robustness },
  understanding: { title: "Whole understanding", measure: understanding },
  phrasings: { title: "Phrasings and their records", measure: phrasings },
  growth: { title: "Growth of the search", measure: growth },
  service: { title: "The running program", measure: service },
};

/** Where a checkout of the project with its data beside it has the files. */
const USUAL = {
  catalogue: "procedures.ndjson.gz",
  questions: "questions/ask.ndjson",
  offtopic: "questions/offtopic.ndjson",
  complaints: "questions/complaints.ndjson",
  dialogues: "questions/dialogues.ndjson",
} as const;

/** Seconds that a peer is asked for in a hurry. */
const QUICK = 30;

const { values } = parseArgs({
  options: {
    catalogue: { type: "string" },
    questions: { type: "string" },
    offtopic: { type: "string" },
    complaints: { type: "string" },
    dialogues: { type: "string" },
    only: { type: "string", multiple: true, default: [] },
    json: { type: "string" },
    budget: { type: "string", default: "75" },
    quick: { type: "boolean", default: false },
    tries: { type: "boolean", default: false },
  },
});

/** What keeps the run from beginning, in a sentence; the files otherwise. */
function filesOf(): Record<keyof typeof USUAL, string> {
  const fileOf = (name: keyof typeof USUAL): string => {
    const file = resolve(
      values[name] ?? fileURLToPath(new URL(`../../shared/data/${USUAL[name]}`, import.meta.url)),
    );
    if (existsSync(file)) return file;
    throw new Error(`${file} is not there; give the file with --${name} FILE`);
  };
  return {
    catalogue: fileOf("catalogue"),
    questions: fileOf("questions"),
    offtopic: fileOf("offtopic"),
    complaints: fileOf("complaints"),
    dialogues: fileOf("dialogues"),
  };
}

function partsAsked(): string[] {
  const unknown = values.only.find((name) => !Object.hasOwn(PARTS, name));
  if (unknown !== undefined)
    throw new Error(`no part "${unknown}"; --only takes ${Object.keys(PARTS).join(", ")}`);
  return values.only.length > 0 ? values.only : Object.keys(PARTS);
}

/** In milliseconds. */
function budgetAsked(): number {
  const seconds = values.quick ? QUICK : Number(values.budget);
  if (!(seconds > 0)) throw new Error("--budget takes a number of seconds, as in --budget 600");
  return seconds * 1000;
}

async function main(): Promise<void> {
  const parts = partsAsked();
  const { catalogue: catalogueFile, ...labelFiles } = filesOf();
  const knowledge = readKnowledge();
  const catalogue = await readCatalogueInput([catalogueFile]);
  const run: Run = {
    catalogueFile,
    catalogue,
    knowledge,
    guide: buildGuide(
      knowledge,
      () => [],
      { name: undefined, contact: undefined },
      {
        reader: buildReader(knowledge),
        finder: buildFinder(knowledge, catalogue),
      },
    ),
    labels: readLabels(labelFiles),
    budget: budgetAsked(),
    tries: values.tries,
    progress: (doing) => void process.stderr.write(`${doing}\n`),
  };
  const where = {
    date: new Date().toISOString().slice(0, 16).replace("T", " "),
    cpu: cpus()[0]?.model ?? "unknown CPU",
    cores: cpus().length,
    node: process.version,
    /** Processes that wanted a core at the start; above the cores, the figures are of a busy machine. */
    load: loadavg()[0] ?? 0,
    records: catalogue.briefs.length,
    questions: run.labels.questions.length,
  };
  process.stdout.write(
    `${where.date} UTC; ${where.cpu}, ${where.cores} cores, load ${where.load.toFixed(2)}; Node ${where.node}; ` +
      `catalogue of ${where.records} records; ${where.questions} questions\n`,
  );
  const figures: Record<string, unknown> = {};
  for (const name of parts) {
    const part = PARTS[name];
    if (!part) continue;
    run.progress(name);
    const measured = await part.measure(run);
    process.stdout.write(`\n### ${part.title}\n\n${measured.markdown}`);
    figures[name] = measured.figures;
  }
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify({ ...where, figures }, undefined, 2)}\n`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
