import { readFileSync } from "node:fs";
import { z } from "zod";

const Question = z.object({ question: z.string(), codes: z.array(z.string()), style: z.string() });
const Offtopic = z.object({ question: z.string() });
const Complaint = z.object({ text: z.string(), kind: z.string() });
const Dialogue = z.object({
  turns: z.array(
    z.object({ user: z.string(), codes: z.array(z.string()).nullable(), aspect: z.string().nullable() }),
  ),
});
export type Question = Readonly<z.infer<typeof Question>>;

/** The labelled lines of a run. */
export type Labels = {
  readonly questions: readonly Question[];
  readonly offtopic: readonly z.infer<typeof Offtopic>[];
  readonly complaints: readonly z.infer<typeof Complaint>[];
  readonly dialogues: readonly z.infer<typeof Dialogue>[];
};

/** The labels' "now": relative days in them are counted from it. */
export const NOW = new Date("2026-11-20T09:00:00+07:00");

/** @throws Error naming file and line of what is no labelled line */
export function readLabels(files: Readonly<Record<keyof Labels, string>>): Labels {
  return {
    questions: linesOf(files.questions, Question),
    offtopic: linesOf(files.offtopic, Offtopic),
    complaints: linesOf(files.complaints, Complaint),
    dialogues: linesOf(files.dialogues, Dialogue),
  };
}

function linesOf<T extends z.ZodType>(file: string, schema: T): z.output<T>[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line, index) => {
      if (line.trim() === "") return [];
      const parsed = schema.safeParse(json(line));
      if (parsed.success) return [parsed.data];
      throw new Error(`${file}:${index + 1} is no labelled line of this kind`);
    });
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
