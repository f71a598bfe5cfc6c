/**
 * The same work, done at most once in so many milliseconds: whoever asks meanwhile shares the last result, or the work
 * that is under way. For what anybody may ask for.
 */
export function shared<T>(ms: number, work: () => Promise<T>): () => Promise<T> {
  let last: { readonly until: number; readonly result: Promise<T> } | undefined;
  return () => {
    const now = performance.now();
    if (last && now < last.until) return last.result;
    last = { until: now + ms, result: work() };
    return last.result;
  };
}
