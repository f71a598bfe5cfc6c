import { z } from "zod";
import { TimeUnit } from "./procedure.ts";
import { Day, Text } from "./source.ts";

const Limit = z.strictObject({ amount: z.int().positive(), unit: TimeUnit });

const FreshnessLimit = z
  .strictObject({ warnAfterDays: z.int().positive(), hideAfterDays: z.int().positive() })
  .refine(
    (limit) => limit.warnAfterDays < limit.hideAfterDays,
    "warnAfterDays must be less than hideAfterDays",
  );

/** After how many days a record is told with a warning, and after how many only by its name and link; policy. */
const Freshness = z.strictObject({ curated: FreshnessLimit, imported: FreshnessLimit });
export type Freshness = z.infer<typeof Freshness>;

/** How long an agency has to answer a complaint, by its kind; policy unless a source is named. */
export const Limits = z.strictObject({
  freshness: Freshness,
  answer: z.strictObject({ default: Limit, kinds: z.record(z.string(), Limit) }),
  source: Text,
  status: z.enum(["policy", "secondary", "checked"]),
  checked: Day,
});
export type Limits = z.infer<typeof Limits>;
