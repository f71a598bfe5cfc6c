import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmbeddedOptions, openEmbeddedStore } from "../../src/store/embedded.ts";
import type { StoreFact } from "../../src/store/report.ts";
import type { Store } from "../../src/store/store.ts";
import { handClock } from "../contracts/examples.ts";

/** The identity key of every test store. */
export const KEY = Buffer.alloc(32, 7);

/** A DATA_DIR of its own for one test, and the stores opened in it. */
export async function dataFolder(dir?: string) {
  const data = dir ?? (await mkdtemp(join(tmpdir(), "motcua-store-")));
  const clock = handClock();
  const facts: StoreFact[] = [];
  const opened: Store[] = [];
  return {
    data,
    /** Where the store's files are. */
    files: join(data, "store"),
    clock,
    /** What was reported, by all stores opened here. */
    facts,
    events: () => facts.map(({ event }) => event),
    open: async (more: Partial<EmbeddedOptions> = {}): Promise<Store> => {
      const onReport = (fact: StoreFact) => facts.push(fact);
      const store = await openEmbeddedStore({ dir: data, key: KEY, clock: clock.now, onReport, ...more });
      opened.push(store);
      return store;
    },
    /** Every file below DATA_DIR, as it lies on the disk. */
    contents: async (): Promise<ReadonlyMap<string, Buffer>> => {
      const names = (await readdir(data, { recursive: true, withFileTypes: true })).filter((entry) =>
        entry.isFile(),
      );
      const paths = names.map((entry) => join(entry.parentPath, entry.name)).toSorted();
      return new Map(await Promise.all(paths.map(async (path) => [path, await readFile(path)] as const)));
    },
    remove: async (): Promise<void> => {
      for (const store of opened) await store.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}
export type DataFolder = Awaited<ReturnType<typeof dataFolder>>;
