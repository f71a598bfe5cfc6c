/** The beginning of a text, at most so many UTF-16 units, never ending in half a character. */
export function beginningOf(text: string, most: number): string {
  return text.slice(0, most).replace(/[\uD800-\uDBFF]$/, "");
}
