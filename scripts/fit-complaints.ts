/**
 * Fits the weights `complaint` of `knowledge/ranking.yaml`: whether a message is a complaint.
 *
 *   tsx scripts/fit-complaints.ts --catalogue FILE --complaints FILE… --questions FILE… --dialogues FILE… --offtopic FILE… [--write]
 *
 * Learns from labelled messages, and from the knowledge's own examples, each fold of them judged by a reader that has not
 * learnt from it. Prints what five-fold cross-validation over the labelled messages gives; `--write` puts the weights
 * fitted to all in place.
 */
import { parseArgs } from "node:util";
import { z } from "zod";
import { COMPLAINT_SIGNS, complaintSigns } from "../src/answers/complains.ts";
import { buildFinder, type Finder } from "../src/answers/finder.ts";
import { readCatalogueInput } from "../src/catalogue/gather.ts";
import type { Examples } from "../src/knowledge/example.ts";
import { loadKnowledge } from "../src/knowledge/load.ts";
import { buildReader, type Reader } from "../src/understanding/reader.ts";
import { dot, fitVerdicts, spreadOf } from "./fit/choice.ts";
import { FOLDS, foldOf, heldOut, linesOf, percent } from "./fit/folds.ts";
import { firstQuestionOf } from "./fit/labels.ts";
import { named, writeRanking } from "./fit/ranking-file.ts";

const WHAT = ["complaint", "question", "offtopic"] as const;
type Message = { readonly text: string; readonly what: (typeof WHAT)[number] };
type Row = Message & {
  readonly signs: readonly number[];
  readonly fold: number;
  /** What it counts. */
  readonly weight: number;
};

const NOW = new Date("2026-11-20T09:00:00+07:00");
/** What an example counts beside a labelled message: there are many, and they look more like each other. */
const EXAMPLE = 0.3;
/** Whoever complains is asked back when not understood; whoever asks and is taken for a complaint is lost: odds lowered. */
const CAUTION = 0.5;

const files = { type: "string", multiple: true, default: [] as string[] } as const;
const { values } = parseArgs({
  options: {
    catalogue: { type: "string" },
    complaints: files,
    questions: files,
    dialogues: files,
    offtopic: files,
    write: { type: "boolean", default: false },
  },
});

async function main(catalogueFile: string): Promise<void> {
  const knowledge = loadKnowledge("knowledge");
  const finder = buildFinder(knowledge, await readCatalogueInput([catalogueFile]));
  const reader = buildReader(knowledge);
  const labelled = [
    ...values.complaints.flatMap(linesOf).map((line) => messageOf(line, "complaint")),
    ...values.questions.flatMap(linesOf).map((line) => messageOf(line, "question")),
    ...values.dialogues
      .flatMap(linesOf)
      .flatMap((line) =>
        firstQuestionOf(line).map(({ question }): Message => ({ text: question, what: "question" })),
      ),
    ...values.offtopic.flatMap(linesOf).map((line) => messageOf(line, "offtopic")),
  ].flatMap((message) => rowOf(message, 1, reader, finder));
  const examples = Array.from({ length: FOLDS }, (_, fold) => {
    const { left, held } = heldOut(knowledge, fold);
    const own = buildReader(left);
    return held.flatMap((one) => rowOf({ text: one.text, what: whatIs(one.class) }, EXAMPLE, own, finder));
  }).flat();
  process.stdout.write(`${labelled.length} labelled messages, ${examples.length} examples\n`);

  const folds = Array.from({ length: FOLDS }, (_, fold) =>
    fit([...labelled, ...examples].filter((row) => row.fold !== fold)),
  );
  report("cross-validated", labelled, ({ fold }) => folds[fold] ?? []);
  const all = fit([...labelled, ...examples]);
  report("fitted to all", labelled, () => all);
  report("the examples", examples, ({ fold }) => folds[fold] ?? []);
  if (values.write) writeRanking({ complaint: named(COMPLAINT_SIGNS, all) });
}

const Text = z.object({ text: z.string() }).or(z.object({ question: z.string() }));

function messageOf(line: string, what: Message["what"]): Message {
  const told = Text.parse(JSON.parse(line));
  return { text: "text" in told ? told.text : told.question, what };
}

/** What an example of the knowledge is, by its class. */
function whatIs(own: Examples["class"]): Message["what"] {
  return own === "question" || own === "offtopic" ? own : "complaint";
}

/** Nothing for what is understood without weighing: a code, a greeting. */
function rowOf(message: Message, weight: number, reader: Reader, finder: Finder): Row[] {
  const reading = reader.read(message.text, NOW);
  const { greeting, elsewhere, procedureCode, trackingCode } = reading;
  if (greeting || elsewhere || procedureCode || trackingCode) return [];
  const signs = complaintSigns(reading, finder.find(reading));
  return [{ ...message, signs, weight, fold: foldOf(message.text) }];
}

/** Logistic regression on signs of equal spread; the caution is taken off what always counts. */
function fit(rows: readonly Row[]): number[] {
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  const size = COMPLAINT_SIGNS.length;
  const spread = spreadOf(
    rows.map(({ signs }) => signs),
    size,
  );
  const verdicts = rows.map(({ signs, what, weight }) => ({
    evidence: signs.map((value, at) => value / (spread[at] ?? 1)),
    yes: what === "complaint",
    weight: weight / total,
  }));
  return fitVerdicts(verdicts, size).map(
    (weight, at) => weight / (spread[at] ?? 1) - (COMPLAINT_SIGNS[at] === "always" ? CAUTION : 0),
  );
}

function report(name: string, rows: readonly Row[], weightsOf: (row: Row) => readonly number[]): void {
  const shares = WHAT.map((what) => {
    const own = rows.filter((row) => row.what === what);
    const taken = own.filter((row) => dot(weightsOf(row), row.signs) > 0);
    return `${what} ${percent(taken.length / Math.max(1, own.length))}`;
  });
  process.stdout.write(`${name}, taken for complaints: ${shares.join(", ")}\n`);
}

if (!values.catalogue) throw new Error("--catalogue FILE is needed, and labelled messages to learn from");
await main(values.catalogue);
