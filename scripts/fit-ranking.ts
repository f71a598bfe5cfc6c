/**
 * Fits the weights of `knowledge/ranking.yaml`: which candidate a question means, and whether any answers it.
 *
 *   tsx scripts/fit-ranking.ts --catalogue FILE --questions FILE… --dialogues FILE… --offtopic FILE… [--write]
 *
 * Learns from labelled questions and from how dialogues begin, which is shorter, and what is not ours from the off-topic
 * examples, each fold of them judged by a reader that has not learnt from it. The knowledge's own phrasings take no part:
 * what words speak of was learnt from them.
 * Prints what five-fold cross-validation over the questions gives; `--write` puts the weights fitted to all in place.
 */
import { parseArgs } from "node:util";
import { z } from "zod";
import { type Question as Asked, buildFinder, type Finder } from "../src/answers/finder.ts";
import { SIGNALS } from "../src/answers/signals.ts";
import { readCatalogueInput } from "../src/catalogue/gather.ts";
import { loadKnowledge } from "../src/knowledge/load.ts";
import { buildReader } from "../src/understanding/reader.ts";
import { type Choice, dot, fitChoices, fitVerdicts, heaviest } from "./fit/choice.ts";
import { FOLDS, foldOf, heldOut, linesOf, percent } from "./fit/folds.ts";
import { firstQuestionOf } from "./fit/labels.ts";
import { named, writeRanking } from "./fit/ranking-file.ts";

/** One question: its candidates' signals, and which of them are right. */
type Row = Choice & {
  readonly question: string;
  /** Fold of a labelled question; undefined for an off-topic example. */
  readonly fold: number | undefined;
  readonly offtopic: number;
};
type Labelled = { readonly question: string; readonly codes: readonly string[] };

const NOW = new Date("2026-11-20T09:00:00+07:00");

const { values } = parseArgs({
  options: {
    catalogue: { type: "string" },
    questions: { type: "string", multiple: true, default: [] },
    dialogues: { type: "string", multiple: true, default: [] },
    offtopic: { type: "string", multiple: true, default: [] },
    write: { type: "boolean", default: false },
  },
});

async function main(catalogueFile: string): Promise<void> {
  const knowledge = loadKnowledge("knowledge");
  const catalogue = await readCatalogueInput([catalogueFile]);
  const reader = buildReader(knowledge);
  const read = (text: string): Asked => reader.read(text, NOW);
  const whole = buildFinder(knowledge, catalogue);
  const questions = [
    ...values.questions.flatMap(linesOf).map(asQuestion),
    ...values.dialogues.flatMap(linesOf).flatMap(firstQuestionOf),
  ];
  const labelled = questions.map((one) => rowOf(one, whole, read, foldOf(one.question)));
  const others: Row[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const { left, held } = heldOut(knowledge, fold, ["offtopic"]);
    const own = buildReader(left);
    const readOwn = (text: string): Asked => own.read(text, NOW);
    others.push(
      ...held.map(({ text: question }) => rowOf({ question, codes: [] }, whole, readOwn, undefined)),
    );
  }
  process.stdout.write(`${labelled.length} questions, ${others.length} off-topic examples\n`);

  const folds = Array.from({ length: FOLDS }, (_, fold) =>
    fitChoices(
      labelled.filter((row) => row.fold !== fold),
      SIGNALS.length,
    ),
  );
  report("cross-validated", labelled, (row) => folds[row.fold ?? 0] ?? []);
  const rank = fitChoices(labelled, SIGNALS.length);
  report("fitted to all", labelled, () => rank);

  const none = values.offtopic.flatMap(linesOf).map((line) => {
    const { question } = z.object({ question: z.string() }).parse(JSON.parse(line));
    return rowOf({ question, codes: [] }, whole, read, foldOf(question));
  });
  const no = [...others, ...none];
  const judged = Array.from({ length: FOLDS }, (_, fold) =>
    fitAnswerable(
      labelled.filter((row) => row.fold !== fold),
      no.filter((row) => row.fold !== fold),
      rank,
    ),
  );
  for (const threshold of [0.1, 0.2, 0.3, 0.4, 0.5]) {
    const kept = (row: Row): boolean => likelihood(row, judged[row.fold ?? 0] ?? [], rank) >= threshold;
    const declined = none.filter((row) => !kept(row)).length / none.length;
    const lost = labelled.filter((row) => !kept(row)).length / labelled.length;
    const examples = others.filter((row) => !kept(row)).length / others.length;
    process.stdout.write(
      `threshold ${threshold}: off topic declined ${percent(declined)} (examples ${percent(examples)}), questions declined ${percent(lost)}\n`,
    );
  }
  if (!values.write) return;
  const answerable = fitAnswerable(labelled, no, rank);
  writeRanking({
    rank: named(SIGNALS, rank),
    answerable: named([...JUDGED, "offtopic"], answerable),
    bias: answerable.at(-1) ?? 0,
  });
}

const Question = z.object({ question: z.string(), codes: z.array(z.string()) });
function asQuestion(line: string): Labelled {
  return Question.parse(JSON.parse(line));
}

function rowOf(
  { question, codes }: Labelled,
  finder: Finder,
  read: (text: string) => Asked,
  fold: number | undefined,
): Row {
  const right = new Set(codes.map((code) => finder.subject(code)?.code ?? code));
  const reading = read(question);
  const candidates = finder.candidates(reading).map(({ id, signals }) => ({ signals, right: right.has(id) }));
  return { question, fold, candidates, offtopic: reading.offtopic };
}

/** Signals of the best candidate that tell whether it answers at all, the share of off topic, and 1 for the bias. */
const JUDGED = [
  "nearest",
  "near",
  "name",
  "likelihood",
  "told",
  "pairs",
  "covered",
  "rarest",
  "sense",
] as const;

function evidenceOf(row: Row, rank: readonly number[]): number[] {
  const best = heaviest(row.candidates, rank);
  return [...JUDGED.map((name) => best?.signals[SIGNALS.indexOf(name)] ?? 0), row.offtopic, 1];
}

/** Logistic regression, both classes weighing the same. */
function fitAnswerable(yes: readonly Row[], no: readonly Row[], rank: readonly number[]): number[] {
  const examples = [
    ...yes.map((row) => ({ evidence: evidenceOf(row, rank), yes: true, weight: 0.5 / yes.length })),
    ...no.map((row) => ({ evidence: evidenceOf(row, rank), yes: false, weight: 0.5 / no.length })),
  ];
  return fitVerdicts(examples, JUDGED.length + 2);
}

function likelihood(row: Row, weights: readonly number[], rank: readonly number[]): number {
  return 1 / (1 + Math.exp(-dot(weights, evidenceOf(row, rank))));
}

function report(name: string, rows: readonly Row[], weightsOf: (row: Row) => readonly number[]): void {
  const places = rows.map((row) => {
    const weights = weightsOf(row);
    const ranked = row.candidates.toSorted((a, b) => dot(weights, b.signals) - dot(weights, a.signals));
    return ranked.findIndex(({ right }) => right);
  });
  const within = (place: number): number => places.filter((at) => at >= 0 && at < place).length / rows.length;
  process.stdout.write(
    `${name}: first ${percent(within(1))}, in the first three ${percent(within(3))}, among the candidates ${percent(within(1000))}\n`,
  );
}

if (!values.catalogue)
  throw new Error("--catalogue FILE is needed, and --questions and --offtopic to learn from");
await main(values.catalogue);
