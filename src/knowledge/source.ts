import { z } from "zod";

/** A calendar day, `YYYY-MM-DD`. */
export const Day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, "write the day as YYYY-MM-DD, in quotes")
  .refine(exists, "this day does not exist; correct it");

/** Date.parse takes 31 February for 3 March; a day that exists comes back as it went in. */
function exists(day: string): boolean {
  const parsed = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day);
}

/** Non-empty text without stray spaces. */
export const Text = z
  .string("write a text here, in quotes if it looks like a number")
  .min(1, "the text is empty; write it or leave the field out")
  .refine((text) => text === text.trim(), "remove the spaces at the ends")
  .refine((text) => !text.startsWith("VIẾT:"), "this line of the draft is unfinished; write it")
  .transform((text) => text.normalize("NFC"));

/**
 * Where a record's facts come from. `retrieved` is the day of the copy that was read, which may be
 * older than the day on which a person compared the record with it (`checked` on the record).
 */
export const Source = z.strictObject({
  name: Text,
  url: z.url("write the whole address, with https://").optional(),
  retrieved: Day,
});

/**
 * How sure we are: `checked` = compared with the source named; `secondary` = taken from press, a provincial
 * decision or another second-hand text; such a record says so in its answer.
 */
export const Status = z.enum(
  ["checked", "secondary"],
  "status is checked or secondary; a draft becomes one when a person has finished it",
);

/** A legal text and, where known, the place in it. */
export const LegalBasis = z.strictObject({
  number: Text,
  name: Text.optional(),
  article: Text.optional(),
});
export type LegalBasis = z.infer<typeof LegalBasis>;
