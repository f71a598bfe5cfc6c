import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedStore } from "../../../src/store/embedded.ts";
import type { StoreFact } from "../../../src/store/report.ts";
import { type Store, StoreError } from "../../../src/store/store.ts";
import { filing, handClock, reply, toAgency } from "../../../test/contracts/examples.ts";
import { KEY } from "../../../test/store/folder.ts";
import type { Seeded } from "../../bench/seeded.ts";
import { type Target, Wrong } from "./target.ts";

const CASES = 12;
/** What says that something was given up or taken from an older copy; never silently. */
const TOLD: ReadonlySet<StoreFact["event"]> = new Set(["torn_tail_cut", "older_snapshot_used"]);

/** Files of the embedded store with bits flipped: refused, repaired with a word, or of no consequence. */
export const stored: Target = {
  name: "stored files",
  open: async () => {
    const folder = await mkdtemp(join(tmpdir(), "motcua-fuzz-"));
    const good = join(folder, "good");
    await fillStore(good);
    const before = await contentsOf(good, () => undefined);
    const dir = join(folder, "bad");
    return {
      attempt: async (random) => {
        await rm(dir, { recursive: true, force: true });
        await cp(good, dir, { recursive: true });
        const what = await spoil(join(dir, "store"), random);
        const facts: StoreFact[] = [];
        try {
          const after = await contentsOf(dir, (fact) => void facts.push(fact));
          if (after !== before && !facts.some(({ event }) => TOLD.has(event)))
            throw new Wrong(`${what} was taken without a word`);
        } catch (error) {
          if (!(error instanceof StoreError)) throw error;
          if (!error.message.includes(dir)) throw new Wrong(`the refusal names no file: ${error.message}`);
        }
        return 1;
      },
      close: () => rm(folder, { recursive: true }),
    };
  },
};

async function fillStore(dir: string): Promise<void> {
  const open = (): Promise<Store> => openEmbeddedStore({ dir, key: KEY, clock: handClock().now });
  for (const round of [0, 1]) {
    const store = await open();
    for (let index = 0; index < CASES; index++) {
      const id = `c${round}${index}`;
      await store.commit({
        ...filing(id),
        handled: { key: `m-${id}`, conversation: `web:${id}`, replies: [reply(id)] },
        deliveries: [toAgency(`${id}/1`, id)],
      });
    }
    // The second time it is left with a journal, as a killed program leaves it.
    if (round === 0) await store.close();
    else {
      await cp(dir, `${dir}.journal`, { recursive: true });
      await store.close();
    }
  }
  await rm(dir, { recursive: true });
  await cp(`${dir}.journal`, dir, { recursive: true });
}

/** All that can be asked of the store, as one text. */
async function contentsOf(dir: string, onReport: (fact: StoreFact) => void): Promise<string> {
  const store = await openEmbeddedStore({ dir, key: KEY, clock: handClock().now, onReport });
  try {
    const complaints: unknown[] = [];
    for await (const complaint of store.complaints()) complaints.push(complaint);
    const handled = await Promise.all(
      [0, 1].flatMap((round) =>
        Array.from({ length: CASES }, (_, index) => store.handled(`m-c${round}${index}`)),
      ),
    );
    return JSON.stringify([complaints, handled, await store.figures()]);
  } finally {
    await store.close();
  }
}

async function spoil(dir: string, random: Seeded): Promise<string> {
  const names = (await readdir(dir)).filter((name) => /^(?:store\.json|journal-|talk-)/.test(name));
  const name = random.pick(names);
  const bytes = await readFile(join(dir, name));
  const at = random.below(Math.max(1, bytes.length));
  const kind = random.pick(["flip", "flip", "zeros", "cut", "double"] as const);
  const spoiled = {
    flip: () => {
      const flipped = Buffer.from(bytes);
      if (bytes.length > 0) flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << random.below(8)), at);
      return flipped;
    },
    zeros: () => Buffer.from(bytes).fill(0, at, Math.min(bytes.length, at + 1 + random.below(64))),
    cut: () => bytes.subarray(0, at),
    double: () => Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - 40))]),
  }[kind]();
  await writeFile(join(dir, name), spoiled);
  return `${kind} at byte ${at} of ${name}`;
}
