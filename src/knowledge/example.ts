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
