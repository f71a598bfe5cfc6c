import { z } from "zod";
import { Text } from "./source.ts";

/** How often ordinary citizens and small businesses ask for a procedure: an editor's judgement. */
export const Asked = z.enum(["often", "some", "rare"], "asked is often, some or rare");
export type Asked = z.infer<typeof Asked>;

const Phrased = z.strictObject({
  asked: Asked,
  phrasings: z.array(Text).min(1, "give at least one phrasing"),
});
/** How people ask for a procedure of the national catalogue that has no curated record. */
export type Phrased = z.infer<typeof Phrased>;

/** `knowledge/phrasings/SECTOR.yaml`: national code → how people ask for it. */
export const Phrasings = z.strictObject({
  sector: Text,
  procedures: z.record(
    z.string().regex(/^\d\.\d{6}$/, 'write the national code in quotes, as "1.001193"'),
    Phrased,
  ),
});
export type Phrasings = z.infer<typeof Phrasings>;
