/**
 * Fits the weights of `knowledge/ranking.yaml`: which candidate a question means, and whether any answers it.
 *
 *   tsx scripts/fit-ranking.ts --catalogue FILE --questions FILE… --dialogues FILE… --offtopic FILE… [--write]
 *
 * Learns from labelled questions and from how dialogues begin, which is shorter, and what is not ours from the off-topic examples, each fold of them judged by a reader
 * that has not learnt from it. The knowledge's own phrasings take no part: what words speak of was learnt from them.
 * Prints what five-fold cross-validation over the questions gives; `--write` puts the weights fitted to all in place.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { z } from "zod";
import { type Question as Asked, buildFinder, type Finder } from "../src/answers/finder.ts";
import { SIGNALS } from "../src/answers/signals.ts";
import { readCatalogueInput } from "../src/catalogue/gather.ts";
import { type Knowledge, loadKnowledge } from "../src/knowledge/load.ts";
import { buildReader } from "../src/understanding/reader.ts";

/** One question: its candidates' signals, and which of them are right. */
type Row = {
  readonly question: string;
  /** Fold of a labelled question; undefined for an off-topic example. */
  readonly fold: number | undefined;
  readonly candidates: readonly { readonly signals: Float64Array; readonly right: boolean }[];
  readonly offtopic: number;
};
type Labelled = { readonly question: string; readonly codes: readonly string[] };

const FOLDS = 5;
const ROUNDS = 1000;
const RATE = 0.05;
const DECAY = 1e-3;
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
    ...values.dialogues.flatMap(linesOf).flatMap(firstOf),
  ];
  const labelled = questions.map((one) => rowOf(one, whole, read, foldOf(one.question)));
  const others: Row[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const { left, offtopic } = heldOut(knowledge, fold);
    const own = buildReader(left);
    const readOwn = (text: string): Asked => own.read(text, NOW);
    others.push(...offtopic.map((question) => rowOf({ question, codes: [] }, whole, readOwn, undefined)));
  }
  process.stdout.write(`${labelled.length} questions, ${others.length} off-topic examples
`);

  const folds = Array.from({ length: FOLDS }, (_, fold) =>
    fitRank(labelled.filter((row) => row.fold !== fold)),
  );
  report("cross-validated", labelled, (row) => folds[row.fold ?? 0] ?? []);
  const rank = fitRank(labelled);
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
  if (values.write) write(rank, fitAnswerable(labelled, no, rank));
}

const Question = z.object({ question: z.string(), codes: z.array(z.string()) });
const Dialogue = z.object({
  turns: z.array(z.object({ user: z.string(), codes: z.array(z.string()).nullable() })),
});

function asQuestion(line: string): Labelled {
  return Question.parse(JSON.parse(line));
}

/** A dialogue's first message, if it asks for something. */
function firstOf(line: string): Labelled[] {
  const [first] = Dialogue.parse(JSON.parse(line)).turns;
  return first?.codes?.length ? [{ question: first.user, codes: first.codes }] : [];
}

/** The knowledge without one fold of its off-topic examples, and these. */
function heldOut(knowledge: Knowledge, fold: number): { left: Knowledge; offtopic: string[] } {
  const offtopic: string[] = [];
  const examples = knowledge.examples.map((one) => ({
    ...one,
    texts: one.texts.filter((text) => {
      if (one.class !== "offtopic" || foldOf(text) !== fold) return true;
      offtopic.push(text);
      return false;
    }),
  }));
  return { left: { ...knowledge, examples }, offtopic };
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

/** Softmax over each question's candidates, by gradient descent (Adam) on signals of equal spread. */
function fitRank(rows: readonly Row[]): number[] {
  const usable = rows.filter((row) => row.candidates.some(({ right }) => right));
  const spread = spreadOf(usable.flatMap((row) => row.candidates.map(({ signals }) => signals)));
  const size = SIGNALS.length;
  const scaled = usable.map((row) => ({
    right: row.candidates.map((candidate) => candidate.right),
    // Flat, since this is gone through some hundred million times.
    values: Float64Array.from(
      row.candidates.flatMap(({ signals }) => Array.from(signals, (value, at) => value / (spread[at] ?? 1))),
    ),
  }));
  const weights = descend(size, (own, gradient) => {
    for (const { right, values } of scaled) {
      const shares = softmax(
        right.map((_, candidate) => {
          let score = 0;
          for (let at = 0; at < size; at++) score += (own[at] ?? 0) * (values[candidate * size + at] ?? 0);
          return score;
        }),
      );
      const rights = shares.reduce((sum, share, at) => sum + (right[at] ? share : 0), 0);
      for (let candidate = 0; candidate < right.length; candidate++) {
        const share = shares[candidate] ?? 0;
        const pull = ((right[candidate] ? share / rights : 0) - share) / scaled.length;
        if (Math.abs(pull) < 1e-9) continue;
        for (let at = 0; at < size; at++)
          gradient[at] = (gradient[at] ?? 0) + pull * (values[candidate * size + at] ?? 0);
      }
    }
  });
  return weights.map((weight, at) => weight / (spread[at] ?? 1));
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
  const best = row.candidates.toSorted((a, b) => dot(rank, b.signals) - dot(rank, a.signals))[0];
  return [...JUDGED.map((name) => best?.signals[SIGNALS.indexOf(name)] ?? 0), row.offtopic, 1];
}

/** Logistic regression, both classes weighing the same. */
function fitAnswerable(yes: readonly Row[], no: readonly Row[], rank: readonly number[]): number[] {
  const examples = [
    ...yes.map((row) => ({ evidence: evidenceOf(row, rank), label: 1, weight: 0.5 / yes.length })),
    ...no.map((row) => ({ evidence: evidenceOf(row, rank), label: 0, weight: 0.5 / no.length })),
  ];
  return descend(JUDGED.length + 2, (own, gradient) => {
    for (const { evidence, label, weight } of examples) {
      const pull = weight * (label - 1 / (1 + Math.exp(-dot(own, evidence))));
      evidence.forEach((value, at) => {
        gradient[at] = (gradient[at] ?? 0) + pull * value;
      });
    }
  });
}

function likelihood(row: Row, weights: readonly number[], rank: readonly number[]): number {
  return 1 / (1 + Math.exp(-dot(weights, evidenceOf(row, rank))));
}

function descend(
  size: number,
  addGradient: (weights: readonly number[], gradient: number[]) => void,
): number[] {
  const weights = Array.from({ length: size }, () => 0);
  const momentum = new Float64Array(size);
  const squares = new Float64Array(size);
  for (let round = 1; round <= ROUNDS; round++) {
    const gradient = Array.from({ length: size }, () => 0);
    addGradient(weights, gradient);
    const rate = RATE * (1 - round / (ROUNDS + 1));
    gradient.forEach((value, at) => {
      const pull = value - DECAY * (weights[at] ?? 0);
      momentum[at] = 0.9 * (momentum[at] ?? 0) + 0.1 * pull;
      squares[at] = 0.99 * (squares[at] ?? 0) + 0.01 * pull * pull;
      const step = (momentum[at] ?? 0) / (1 - 0.9 ** round);
      weights[at] =
        (weights[at] ?? 0) + (rate * step) / (Math.sqrt((squares[at] ?? 0) / (1 - 0.99 ** round)) + 1e-8);
    });
  }
  return weights;
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

function write(rank: readonly number[], answerable: readonly number[]): void {
  const round = (value: number): number => Math.round(value * 1000) / 1000;
  const bias = round(answerable.at(-1) ?? 0);
  const lines = [
    "# Written by scripts/fit-ranking.ts; see src/knowledge/ranking.ts for what it means. Do not edit by hand.",
    "rank:",
    ...SIGNALS.map((name, at) => `  ${name}: ${round(rank[at] ?? 0)}`),
    "answerable:",
    ...[...JUDGED, "offtopic"].map((name, at) => `  ${name}: ${round(answerable[at] ?? 0)}`),
    `bias: ${bias}`,
  ];
  writeFileSync("knowledge/ranking.yaml", `${lines.join("\n")}\n`);
}

function spreadOf(all: readonly Float64Array[]): number[] {
  return SIGNALS.map((_, at) => {
    const mean = all.reduce((sum, signals) => sum + (signals[at] ?? 0), 0) / all.length;
    const variance = all.reduce((sum, signals) => sum + ((signals[at] ?? 0) - mean) ** 2, 0) / all.length;
    return Math.sqrt(variance) || 1;
  });
}

function softmax(scores: readonly number[]): number[] {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

function dot(weights: readonly number[], values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < weights.length; at++) sum += (weights[at] ?? 0) * (values[at] ?? 0);
  return sum;
}

/** The same number from 0 to 1 for the same text, whatever the machine (FNV-1a). */
function number(text: string): number {
  let hash = 2_166_136_261;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619);
  return (hash >>> 0) / 2 ** 32;
}

const foldOf = (text: string): number => Math.floor(number(text) * FOLDS);
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function linesOf(file: string): string[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");
}

if (!values.catalogue)
  throw new Error("--catalogue FILE is needed, and --questions and --offtopic to learn from");
await main(values.catalogue);
