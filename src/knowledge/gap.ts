import { z } from "zod";
import { Day, Text } from "./source.ts";

/** What people ask for and neither a record nor the national catalogue answers: said, never guessed around. */
const Gap = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/, "use small letters without marks, digits and hyphens"),
  name: Text,
  phrasings: z.array(Text).min(3, "give at least 3 phrasings"),
});
export type Gap = z.infer<typeof Gap>;

/** `knowledge/gaps.yaml`; `retrieved` is the day of the catalogue that was looked through. */
export const Gaps = z.strictObject({ source: Text, retrieved: Day, checked: Day, gaps: z.array(Gap) });
