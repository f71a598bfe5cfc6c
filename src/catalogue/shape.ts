import { z } from "zod";

/** Far more than any honest text: the longest of the national catalogue has 45,000 characters. */
const LONGEST_TEXT = 200_000;

export const text = z
  .string("must be a text")
  // Only then: an object may have a length that cannot be compared with anything.
  .pipe(z.string().max(LONGEST_TEXT, `is longer than ${LONGEST_TEXT} characters`))
  .nullish()
  .transform((value) => value ?? "");

export const texts = z
  .array(text, "must be a list")
  .nullish()
  .transform((value) => value ?? []);

/** A list that may be missing or hold empty places. */
export function list<T extends z.ZodType>(item: T) {
  return z
    .array(item.nullish(), "must be a list")
    .nullish()
    .transform((items) => (items ?? []).filter((value): value is NonNullable<typeof value> => value != null));
}

export const count = z
  .number("must be a number")
  .nullish()
  .transform((value) => value ?? 0);

export const flag = z
  .boolean("must be true or false")
  .nullish()
  .transform((value) => value ?? false);

export const sum = z
  .number("must be a number")
  .nullish()
  .transform((value) => value ?? undefined);

/** A number, or the limit in words. */
export const time = z
  .union([z.number(), z.string().max(LONGEST_TEXT)], "must be a number or a text")
  .nullish()
  .transform((value) => value ?? "");
