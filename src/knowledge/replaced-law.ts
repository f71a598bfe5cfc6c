import { z } from "zod";
import { Day, Source, Text } from "./source.ts";

/** A legal text that is no longer in force (hết hiệu lực) and the one that took its place. */
const ReplacedText = z.strictObject({ number: Text, by: Text, since: Day, source: Source });
export type ReplacedText = z.infer<typeof ReplacedText>;

/** `knowledge/replaced-law.yaml`: no rule may rest on these. */
export const ReplacedLaw = z.strictObject({ texts: z.array(ReplacedText) });
