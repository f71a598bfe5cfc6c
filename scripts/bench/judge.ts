import { z } from "zod";
import type { Finder } from "../../src/answers/finder.ts";
import type { Question } from "./labels.ts";

/** A question with the ids of the subjects that are right for it; twins and older codes are one subject. */
export const Judged = z.object({ question: z.string(), right: z.array(z.string()) });
export type Judged = z.infer<typeof Judged>;

export function judged(questions: readonly Question[], finder: Finder): Judged[] {
  return questions.map(({ question, codes }) => ({ question, right: idsOf(codes, finder) }));
}

/** The subjects that these national codes belong to; a code that nobody knows stands for itself. */
export function idsOf(codes: readonly string[], finder: Finder): string[] {
  return [...new Set(codes.map((code) => finder.subject(code)?.code ?? code))];
}

/** Is one of the first so many found a right one? */
export function isRight(found: readonly string[], right: readonly string[], within: number): boolean {
  return found.slice(0, within).some((id) => right.includes(id));
}
