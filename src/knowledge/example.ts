import { z } from "zod";
import { ComplaintKind } from "./complaint-kind.ts";
import { Text } from "./source.ts";

/**
 * Messages as people type them, for learning what a message is: a kind of complaint, a how-to question that sounds
 * like one, or nothing of ours. `knowledge/examples/CLASS.yaml`.
 */
export const Examples = z.strictObject({
  class: z.enum(
    [...ComplaintKind.options, "question", "offtopic"],
    "class is a kind of complaint, question or offtopic",
  ),
  texts: z.array(Text).min(20, "give at least 20 examples"),
});
export type Examples = z.infer<typeof Examples>;

/** What of a procedure a message can ask for; `general` is the whole card. */
export const AspectName = z.enum([
  "documents",
  "time",
  "fee",
  "where",
  "online",
  "steps",
  "legal",
  "result",
  "general",
]);
export type AspectName = z.infer<typeof AspectName>;

/** Messages that ask for one aspect of a procedure, for learning to tell them apart. `knowledge/aspects/ASPECT.yaml`. */
export const AspectExamples = z.strictObject({
  aspect: AspectName,
  texts: z.array(Text).min(20, "give at least 20 examples"),
});
export type AspectExamples = z.infer<typeof AspectExamples>;
