import { z } from "zod";

/**
 * A text from outside of so many characters. Lengths are only looked at once it is a text: an object may have a `length`
 * that cannot be compared with anything.
 */
export function bounded(most: number, least = 0) {
  return z.string().pipe(z.string().min(least).max(most));
}
