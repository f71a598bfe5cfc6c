/**
 * Measures the stores under load and prints the figures as Markdown tables.
 *
 *   npx tsx scripts/load-store.ts [--only postgres|embedded] [--existing N] [--seconds S]
 *
 * PostgreSQL: two processes file complaints into a database that holds N (1,000,000) already, while tracking codes are
 * looked up; a server is started for it, or TEST_DATABASE_URL names one. Embedded: 16 writers beside 5,000 and 50,000
 * complaints, and one writer in turn with a bare write and fdatasync.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { z } from "zod";
import { wholePostgres } from "../src/store/postgres/whole.ts";
import { createSealer } from "../src/store/seal.ts";
import { wholeEmbedded } from "../src/store/whole-embedded.ts";
import { startPostgres } from "../test/fakes/postgres-server.ts";
import { existing } from "./bench/existing.ts";
import { short, table } from "./bench/figures.ts";
import { runFresh } from "./bench/fresh.ts";
import { StoreFigures, type StoreLoad } from "./bench/store-load.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    existing: { type: "string", default: "1000000" },
    seconds: { type: "string", default: "20" },
  },
});
const KEY = Buffer.alloc(32, 7);
const seconds = Number(values.seconds);
/** Bytes of a line of the journal for the change that is committed. */
const LINE = 4_000;

const run = (load: Partial<z.infer<typeof StoreLoad>>): Promise<z.infer<typeof StoreFigures>> =>
  runFresh(
    "store-process.ts",
    {
      url: "",
      dir: "",
      key: KEY.toString("base64"),
      existing: 1,
      writers: 0,
      lookers: 0,
      seconds,
      bare: 0,
      ...load,
    },
    StoreFigures,
  );

process.stdout.write(`${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}\n\n`);
if (values.only !== "embedded") process.stdout.write(await postgres(Number(values.existing)));
if (values.only !== "postgres") process.stdout.write(await embedded());

async function postgres(count: number): Promise<string> {
  const server = await startPostgres({ durable: true });
  try {
    const url = await server.database();
    const began = performance.now();
    const whole = await wholePostgres(url, KEY);
    await whole.alone(() => whole.fill(() => existing(createSealer(KEY), count)));
    await whole.close();
    const filled = (performance.now() - began) / 1000;
    await server.run(url, "analyze");
    const alone = await run({ url, existing: count, lookers: 1 });
    const [one, other, looking] = await Promise.all([
      run({ url, existing: count, writers: 8 }),
      run({ url, existing: count, writers: 8 }),
      run({ url, existing: count, lookers: 1 }),
    ]);
    return table(
      [`PostgreSQL, two processes with 8 writers each, ${short(count)} complaints there`, "result", "aim"],
      [
        ["acknowledged a second, both together", short(one.rate + other.rate), "≥ 300"],
        ["a commit, p50 and p99, ms", `${short(one.p50)}, ${short(Math.max(one.p99, other.p99))}`, ""],
        [
          "look-up by tracking code meanwhile, p50 and p99, ms",
          `${short(looking.lookP50)}, ${short(looking.lookP99)}`,
          "p99 ≤ 10",
        ],
        [
          "look-up without other load, p50 and p99, ms",
          `${short(alone.lookP50)}, ${short(alone.lookP99)}`,
          "",
        ],
        ["filled, read back and compared, s", short(filled), ""],
      ],
    );
  } finally {
    await server.remove();
  }
}

async function embedded(): Promise<string> {
  const at = async (count: number) => {
    const dir = await mkdtemp(join(tmpdir(), "motcua-load-"));
    try {
      const whole = wholeEmbedded(dir, KEY);
      await whole.alone(() => whole.fill(() => existing(createSealer(KEY), count)));
      return {
        many: await run({ dir, existing: count, writers: 16 }),
        one: await run({ dir, existing: count, writers: 1, bare: LINE }),
      };
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  };
  const [few, many] = [await at(5_000), await at(50_000)];
  return table(
    ["Embedded", "5,000 there", "50,000 there", "ratio", "aim"],
    [
      [
        "16 writers, acknowledged a second",
        short(few.many.rate),
        short(many.many.rate),
        short(many.many.rate / few.many.rate),
        "≥ 0.7",
      ],
      ["one writer, p50 of commit, ms", short(few.one.p50), short(many.one.p50), "", ""],
      [
        "bare write and fdatasync in the same run, p50, ms",
        short(few.one.bareP50),
        short(many.one.bareP50),
        "",
        "",
      ],
      [
        "commit against bare",
        short(few.one.p50 / few.one.bareP50),
        short(many.one.p50 / many.one.bareP50),
        "",
        "≤ 2",
      ],
    ],
  );
}
