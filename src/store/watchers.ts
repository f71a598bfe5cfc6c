/** Who waits for something new, by name. */
export type Watchers = {
  /** The result stops the watching. */
  watch(name: string, wake: () => void): () => void;
  wake(name: string): void;
  /** The names that somebody watches. */
  watched(): Iterable<string>;
};

export function createWatchers(): Watchers {
  const watchers = new Map<string, Set<() => void>>();
  return {
    watch: (name, wake) => {
      const all = watchers.get(name) ?? new Set();
      watchers.set(name, all.add(wake));
      return () => {
        all.delete(wake);
        if (all.size === 0 && watchers.get(name) === all) watchers.delete(name);
      };
    },
    wake: (name) => {
      for (const wake of watchers.get(name) ?? []) wake();
    },
    watched: () => watchers.keys(),
  };
}
