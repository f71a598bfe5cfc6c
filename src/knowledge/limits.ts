import { z } from "zod";
import { TimeUnit } from "./procedure.ts";
import { Day, Text } from "./source.ts";

const Limit = z.strictObject({ amount: z.int().positive(), unit: TimeUnit });

/** How long an agency has to answer a complaint, by its kind; policy unless a source is named. */
export const Limits = z.strictObject({
  answer: z.strictObject({ default: Limit, kinds: z.record(z.string(), Limit) }),
  source: Text,
  status: z.enum(["policy", "secondary", "checked"]),
  checked: Day,
});
export type Limits = z.infer<typeof Limits>;
