/**
 * Kills the built program at load, round by round, and checks that nothing acknowledged is lost:
 * `npx tsx scripts/crash.ts --rounds 500 --seed 7 [--minutes 30] [--store embedded|postgres] [--persons 6] [--full] [--light]`.
 * Exit code 1 when anything went wrong.
 */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { loadKnowledge } from "../src/knowledge/load.ts";
import { startPostgres } from "../test/fakes/postgres-server.ts";
import { build } from "../test/stories/build.ts";
import { crash } from "./load/crash.ts";
import { smallDisk } from "./load/troubles.ts";

const CLI = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
/** A disk of a run that also fills it. */
const MEGABYTES = 512;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "60" },
    minutes: { type: "string" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    store: { type: "string", default: "embedded" },
    persons: { type: "string", default: "6" },
    // DATA_DIR on a small disk that some rounds fill.
    full: { type: "boolean", default: false },
    // One province and one procedure: each start takes a fraction of the time.
    light: { type: "boolean", default: false },
  },
});
const onDatabase = values.store === "postgres";
if (!values.light && !existsSync(CLI)) throw new Error("build the program first (npm run build)");

const folder = await mkdtemp(join(tmpdir(), "motcua-crash-"));
const light = values.light ? await build() : undefined;
const disk = values.full ? await smallDisk(join(folder, "data"), MEGABYTES) : undefined;
if (values.full && !disk) console.log("no round fills the disk: mounting a small one needs root");
const postgres = onDatabase ? await startPostgres() : undefined;
const knowledge = light?.lightKnowledge ?? fileURLToPath(new URL("../knowledge", import.meta.url));
console.log(`seed ${values.seed}, ${values.store} store`);
const began = performance.now();
try {
  const result = await crash({
    site: {
      cli: light?.cli ?? CLI,
      folder,
      env: {
        KNOWLEDGE_DIR: knowledge,
        IDENTITY_KEY: Buffer.alloc(32, 7).toString("base64"),
        ...(postgres && { DATABASE_URL: await postgres.database() }),
      },
    },
    agencies: loadKnowledge(knowledge).agencies.keys(),
    rounds: Number(values.rounds),
    ...(values.minutes && { minutes: Number(values.minutes) }),
    seed: Number(values.seed),
    persons: Number(values.persons),
    ...(postgres && { postgres }),
    ...(disk && { disk }),
    say: (line) => console.log(line),
  });
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(
    `${result.kills} kills in ${seconds} s: ${result.acknowledged} acknowledged, ${result.delivered} notices arrived, ` +
      `${result.again} once more, ${result.replies} replies of agencies; ${result.faults.length} faults`,
  );
  for (const fault of result.faults.slice(0, 50)) console.log(`  ${fault}`);
  process.exitCode = result.faults.length > 0 ? 1 : 0;
} finally {
  await postgres?.remove();
  await disk?.remove();
  await light?.remove();
  await rm(folder, { recursive: true, force: true });
}
