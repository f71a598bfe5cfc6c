import { lines, unbulleted } from "./plain.ts";

/** A step in the middle of a line: after the end of a sentence. */
const INLINE = /([.;:!?])\s+(?=[-–+*•]?\s*Bước \d+\s*[:.])/gu;
const NUMBERED = /^(?:[-–+*•]+\s*)?(?:\(?\w{1,2}[).]\s*)?Bước \d+/u;
/** Points under a step: “+ …”, “(i) …”. */
const SUBPOINT = /^(?:\+|•|·|o |\([ivx]+\))/u;

/** The steps in order. Where the portal numbers them (“Bước 1”) these are the steps, else its lines with their subpoints. */
export function stepsOf(texts: readonly string[]): string[] {
  return texts.flatMap((text) => {
    const rows = lines(text.replaceAll(INLINE, "$1\n")).map(tidyColons);
    return rows.some((row) => NUMBERED.test(row)) ? byNumber(rows) : byLine(rows);
  });
}

/** A text of several points, each with its subpoints; none when it only says that there are none. */
export function pointsOf(text: string): string[] {
  const rows = lines(text);
  return /^(?:không|không có|không quy định|không yêu cầu|không có yêu cầu, điều kiện)[.!]?$/iu.test(
    rows.join(" "),
  )
    ? []
    : byLine(rows);
}

function byNumber(rows: readonly string[]): string[] {
  return joined(rows, (row) => !NUMBERED.test(row));
}

function byLine(rows: readonly string[]): string[] {
  return joined(rows, (row) => SUBPOINT.test(row));
}

/** Rows put together: one that `continues` belongs to the row before it. */
function joined(rows: readonly string[], continues: (row: string) => boolean): string[] {
  const steps: string[] = [];
  for (const row of rows) {
    const before = steps.at(-1);
    if (before !== undefined && continues(row)) steps[steps.length - 1] = `${before}\n${row}`;
    else steps.push(unbulleted(row));
  }
  return steps.filter(Boolean);
}

/** “Bước 2:: …”, where a heading that ends in a colon was joined with its text. */
function tidyColons(row: string): string {
  return row.replaceAll(/\s*[:.]\s*:(?=\s|$)/gu, ":");
}
