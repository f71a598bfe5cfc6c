/** Keys longer than this are not kept: long messages do not come twice. */
const LONGEST_KEY = 250;

/**
 * The same pure function, which answers at once what it was asked among the last `most` times.
 * @param keyOf the same for the same arguments, and for no others
 */
export function remember<A extends readonly unknown[], T>(
  most: number,
  keyOf: (...asked: A) => string,
  work: (...asked: A) => T,
): (...asked: A) => T {
  const kept = new Map<string, { readonly value: T }>();
  return (...asked) => {
    const key = keyOf(...asked);
    const ready = kept.get(key);
    const entry = ready ?? { value: work(...asked) };
    if (key.length > LONGEST_KEY) return entry.value;
    // A map keeps the order of insertion, so the first is the one not asked for the longest.
    if (ready) kept.delete(key);
    kept.set(key, entry);
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return entry.value;
  };
}

/**
 * The same pure function of a short text, for texts that come again and again: cheaper to ask than `remember`, since all
 * is forgotten at once when `most` are kept.
 */
export function rememberTexts<T>(most: number, work: (text: string) => T): (text: string) => T {
  const kept = new Map<string, { readonly value: T }>();
  return (text) => {
    const ready = kept.get(text);
    if (ready) return ready.value;
    const value = work(text);
    if (text.length > LONGEST_KEY) return value;
    if (kept.size >= most) kept.clear();
    kept.set(text, { value });
    return value;
  };
}
