import { z } from "zod";

const Dialogue = z.object({
  turns: z.array(z.object({ user: z.string(), codes: z.array(z.string()).nullable() })),
});

/** The first message of a labelled dialogue, if it asks for a procedure. */
export function firstQuestionOf(line: string): { readonly question: string; readonly codes: string[] }[] {
  const [first] = Dialogue.parse(JSON.parse(line)).turns;
  return first?.codes?.length ? [{ question: first.user, codes: first.codes }] : [];
}
