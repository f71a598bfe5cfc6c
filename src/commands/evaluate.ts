import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Guide } from "../conversation/guide.ts";
import { tuneEngine } from "../engine.ts";
import { warmUpNow } from "../warm-up.ts";
import { type AskedLine, answerOne } from "./ask.ts";
import { type Command, InputError, UsageError } from "./command.ts";
import { commandGuide, takeAnswerArgs } from "./guide.ts";

/** A labelled line: a question with its codes, one that must not be answered (no codes), or a complaint (`text`, `kind`). */
const Labelled = z.union([
  z.object({
    question: z.string(),
    codes: z.array(z.string()),
    style: z.string().optional(),
    aspect: z.string().optional(),
  }),
  z.object({ text: z.string(), kind: z.string() }),
  z.object({ question: z.string() }),
]);

/** Figures of one labelled file; shares are 0 to 1. */
export type Figures = {
  readonly file: string;
  readonly n: number;
  /** Questions whose procedure is among ours. */
  readonly covered?: number;
  readonly top1?: number;
  readonly top3?: number;
  readonly aspect?: number;
  readonly byStyle?: Readonly<Record<string, string>>;
  /** Questions of others' procedures that we did not answer with a procedure. */
  readonly declinedUncovered?: number;
  readonly declined?: number;
  readonly complaints?: number;
  readonly kind?: number;
  readonly takenForComplaint?: number;
  readonly p50: number;
  readonly p99: number;
};

export const evaluate: Command = {
  summary: "accuracy and speed on labelled questions",
  usage:
    "eval FILE… [--catalogue FILE]… [--json]   (NDJSON: question+codes, question alone for off topic, text+kind for complaints)",
  run: async (context) => {
    const { json, catalogue, words: files } = takeAnswerArgs(context.args);
    if (files.length === 0) throw new UsageError("FILE is missing");
    const labelled = files.map((file) => ({ file, lines: readFile(file) }));
    tuneEngine();
    const { guide, knowledge, now } = await commandGuide(context, catalogue);
    warmUpNow(guide, knowledge, now());
    for (const { file, lines } of labelled) {
      const figures = evaluateFile(file, lines, guide, now());
      context.out(json ? `${JSON.stringify(figures)}\n` : table(figures));
    }
    return 0;
  },
};

function readFile(file: string): string[] {
  try {
    return readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line.trim() !== "");
  } catch {
    throw new InputError(`${file} cannot be read; check its name`);
  }
}

/** Runs every line of a labelled file. */
export function evaluateFile(file: string, lines: readonly string[], guide: Guide, now: Date): Figures {
  const rows = lines.map((line, index) => {
    const label = Labelled.safeParse(safeJson(line));
    if (!label.success)
      throw new InputError(`${file}:${index + 1} is no labelled line; see motcua eval --help`);
    const { data } = label;
    const asked = answerOne("text" in data ? data.text : data.question, guide, now);
    return { data, asked };
  });
  const times = rows.map(({ asked }) => asked.ms).sort((a, b) => a - b);
  const at = (share: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  const speed = { p50: at(0.5), p99: at(0.99) };
  const questions = rows.flatMap(({ data, asked }) => ("codes" in data ? [{ ...data, asked }] : []));
  if (questions.length > 0) return { file, n: rows.length, ...ofQuestions(questions, guide), ...speed };
  const complaints = rows.flatMap(({ data, asked }) => ("text" in data ? [{ kind: data.kind, asked }] : []));
  if (complaints.length > 0) {
    const taken = complaints.filter(({ asked }) => asked.intent === "complaint");
    const right = taken.filter(({ kind, asked }) => asked.complaint?.["kind"] === kind);
    return {
      file,
      n: rows.length,
      complaints: share(taken.length, complaints.length),
      kind: share(right.length, complaints.length),
      ...speed,
    };
  }
  const declined = rows.filter(({ asked }) => asked.results.length === 0).length;
  return { file, n: rows.length, declined: share(declined, rows.length), ...speed };
}

type Asked = {
  readonly codes: readonly string[];
  readonly style?: string | undefined;
  readonly aspect?: string | undefined;
  readonly asked: AskedLine;
};

function ofQuestions(all: readonly Asked[], guide: Guide): Omit<Figures, "file" | "n" | "p50" | "p99"> {
  const covered = all.filter(({ codes }) => codes.some((code) => guide.finder.subject(code)));
  const others = all.filter((row) => !covered.includes(row));
  const isRight = (row: Asked, within: number): boolean =>
    row.asked.results.slice(0, within).some(({ code }) => row.codes.some((right) => isSame(right, code)));
  /** A curated record stands for its older and parallel codes. */
  const isSame = (right: string, code: string): boolean => {
    const facts = guide.finder.facts(right);
    return right === code || (facts?.origin === "curated" && facts.procedure.code === code);
  };
  const styles = [...new Set(covered.map(({ style }) => style ?? "-"))].sort();
  return {
    covered: covered.length,
    top1: share(covered.filter((row) => isRight(row, 1)).length, covered.length),
    top3: share(covered.filter((row) => isRight(row, 3)).length, covered.length),
    aspect: share(covered.filter((row) => row.aspect === row.asked.aspect).length, covered.length),
    byStyle: Object.fromEntries(
      styles.map((style) => {
        const own = covered.filter((row) => (row.style ?? "-") === style);
        return [style, `${own.filter((row) => isRight(row, 1)).length}/${own.length}`];
      }),
    ),
    declinedUncovered: share(others.filter(({ asked }) => asked.results.length === 0).length, others.length),
    takenForComplaint: share(all.filter(({ asked }) => asked.intent === "complaint").length, all.length),
  };
}

function table({ byStyle, ...figures }: Figures): string {
  const rows = Object.entries(figures).map(([name, value]) => `  ${name.padEnd(20)}${String(value)}`);
  const styles = Object.entries(byStyle ?? {}).map(([style, value]) => `    ${style.padEnd(18)}${value}`);
  return `${[...rows, ...styles].join("\n")}\n\n`;
}

const share = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((part / whole) * 1000) / 1000;

function safeJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
