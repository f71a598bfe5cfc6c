/** Letters of what is asked that are kept for each of the `most` places: short messages come again, long ones seldom. */
const LETTERS_EACH = 200;
/** Keys longer than this are not kept: no single one pushes out many others. */
const LONGEST_KEY = 2_000;

/**
 * The same pure function, which answers at once what it was asked among the last `most` times; fewer, where much of it
 * was long.
 * @param keyOf the same for the same arguments, and for no others
 */
export function remember<A extends readonly unknown[], T>(
  most: number,
  keyOf: (...asked: A) => string,
  work: (...asked: A) => T,
): (...asked: A) => T {
  const kept = new Map<string, { readonly value: T }>();
  let letters = 0;
  return (...asked) => {
    const key = keyOf(...asked);
    const ready = kept.get(key);
    if (ready) {
      // A map keeps the order of insertion, so the first is the one not asked for the longest.
      kept.delete(key);
      kept.set(key, ready);
      return ready.value;
    }
    const value = work(...asked);
    if (key.length > LONGEST_KEY) return value;
    kept.set(key, { value });
    letters += key.length;
    while (kept.size > most || letters > most * LETTERS_EACH) {
      const [oldest = ""] = kept.keys();
      kept.delete(oldest);
      letters -= oldest.length;
    }
    return value;
  };
}

/**
 * The same pure function of a text, for texts that come again and again: cheaper to ask than `remember`, since all is
 * forgotten at once when `most` are kept, or as many letters as that many short texts have.
 */
export function rememberTexts<T>(most: number, work: (text: string) => T): (text: string) => T {
  const kept = new Map<string, { readonly value: T }>();
  let letters = 0;
  return (text) => {
    const ready = kept.get(text);
    if (ready) return ready.value;
    const value = work(text);
    if (text.length > LONGEST_KEY) return value;
    letters += text.length;
    if (kept.size >= most || letters > most * LETTERS_EACH) {
      kept.clear();
      letters = text.length;
    }
    kept.set(text, { value });
    return value;
  };
}
