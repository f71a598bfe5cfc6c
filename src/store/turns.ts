/** Gives the holder's place to whoever waits next. */
export type Release = () => void;

/**
 * Lets acts that share a key run one after another, in the order they came, and all others side by side.
 * All keys of an act are taken at once, so no two acts can wait for each other.
 */
export function createTurns(): (keys: Iterable<string>) => Promise<Release> {
  const last = new Map<string, Promise<void>>();
  return async (keys) => {
    const mine = new Set(keys);
    const before = [...mine].flatMap((key) => last.get(key) ?? []);
    let finish: Release = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    for (const key of mine) last.set(key, finished);
    await Promise.all(before);
    return () => {
      finish();
      for (const key of mine) if (last.get(key) === finished) last.delete(key);
    };
  };
}
