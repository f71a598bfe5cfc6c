import { z } from "zod";
import { Day, LegalBasis, Source, Status, Text } from "./source.ts";

/** A one-stop rule (quy định một cửa) as a question and its answer, with the article it rests on. */
export const Rule = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/, "use small letters, digits and hyphens"),
  question: Text,
  title: Text.pipe(z.string().max(60, "shorten the title to 60 characters")),
  english: Text,
  phrasings: z.array(Text).min(6, "give at least 6 phrasings"),
  /** The answer itself: plain, polite, at most a few sentences. */
  answer: Text,
  points: z.array(Text).default([]),
  /** What the person can do when the rule is broken. */
  remedy: Text.optional(),
  legalBasis: z.array(LegalBasis).min(1, "a rule needs its article"),
  since: Day,
  related: z.array(Text).default([]),
  source: Source,
  checked: Day,
  status: Status,
});
export type Rule = z.infer<typeof Rule>;
