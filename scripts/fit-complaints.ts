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
import { ComplaintKind } from "../src/knowledge/complaint-kind.ts";
import { type Knowledge, loadKnowledge } from "../src/knowledge/load.ts";
import { buildReader, type Reader } from "../src/understanding/reader.ts";
import { descend, dot } from "./fit/choice.ts";
import { FOLDS, foldOf, linesOf, percent } from "./fit/folds.ts";
import { named, writeRanking } from "./fit/ranking-file.ts";

const WHAT = ["complaint", "question", "offtopic"] as const;
type Message = { readonly text: string; readonly what: (typeof WHAT)[number] };
type Row = Message & {
  readonly signs: Float64Array;
  readonly fold: number;
  /** What it counts. */
  readonly weight: number;
};

const NOW = new Date("2026-11-20T09:00:00+07:00");
/** What an example counts beside a labelled message: there are many, and they look more like each other. */
const EXAMPLE = 0.3;
/** Whoever complains is asked back when not understood; whoever asks and is taken for a complaint is lost: odds lowered. */
const CAUTION = 0.2;

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
    ...values.dialogues.flatMap(linesOf).flatMap(firstOf),
    ...values.offtopic.flatMap(linesOf).map((line) => messageOf(line, "offtopic")),
  ].flatMap((message) => rowOf(message, 1, reader, finder));
  const examples = Array.from({ length: FOLDS }, (_, fold) => {
    const { left, held } = heldOut(knowledge, fold);
    const own = buildReader(left);
    return held.flatMap((message) => rowOf(message, EXAMPLE, own, finder));
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
const Dialogue = z.object({
  turns: z.array(z.object({ user: z.string(), codes: z.array(z.string()).nullable() })),
});

function messageOf(line: string, what: Message["what"]): Message {
  const told = Text.parse(JSON.parse(line));
  return { text: "text" in told ? told.text : told.question, what };
}

/** A dialogue's first message, if it asks for a procedure. */
function firstOf(line: string): Message[] {
  const [first] = Dialogue.parse(JSON.parse(line)).turns;
  return first?.codes?.length ? [{ text: first.user, what: "question" }] : [];
}

/** The knowledge without one fold of its examples, and these. */
function heldOut(knowledge: Knowledge, fold: number): { left: Knowledge; held: Message[] } {
  const held = knowledge.examples.flatMap(({ class: own, texts }) =>
    texts
      .filter((text) => foldOf(text) === fold)
      .map(
        (text): Message => ({ text, what: ComplaintKind.safeParse(own).success ? "complaint" : asWhat(own) }),
      ),
  );
  const examples = knowledge.examples.map((one) => ({
    ...one,
    texts: one.texts.filter((text) => foldOf(text) !== fold),
  }));
  return { left: { ...knowledge, examples }, held };
}

function asWhat(own: string): Message["what"] {
  return own === "offtopic" ? "offtopic" : "question";
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
  const spread = COMPLAINT_SIGNS.map((_, at) => spreadOf(rows.map(({ signs }) => signs[at] ?? 0)));
  const scaled = rows.map(({ signs, what, weight }) => ({
    signs: signs.map((value, at) => value / (spread[at] ?? 1)),
    label: Number(what === "complaint"),
    weight: weight / total,
  }));
  const weights = descend(COMPLAINT_SIGNS.length, (own, gradient) => {
    for (const { signs, label, weight } of scaled) {
      const pull = weight * (label - 1 / (1 + Math.exp(-dot(own, signs))));
      for (let at = 0; at < signs.length; at++) gradient[at] = (gradient[at] ?? 0) + pull * (signs[at] ?? 0);
    }
  });
  return weights.map(
    (weight, at) => weight / (spread[at] ?? 1) - (COMPLAINT_SIGNS[at] === "always" ? CAUTION : 0),
  );
}

function spreadOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) || 1;
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
