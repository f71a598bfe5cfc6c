const TONES = /[\u0300\u0301\u0303\u0309\u0323]/;

/** Hỏi and ngã sound alike in the Centre and South, and are written for each other everywhere. */
export function sameTone(marked: string): string {
  return marked.replace("\u0303", "\u0309");
}

/** A syllable as `marked` of {@link Syllable} has it, without its tone (thanh điệu) but with the marks of its letters. */
export function untoned(marked: string): string {
  return marked.replace(TONES, "");
}

/** Its tone mark; empty for the level tone (thanh ngang). */
export function toneOf(marked: string): string {
  return TONES.exec(marked)?.[0] ?? "";
}
