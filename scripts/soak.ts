/**
 * Mixed load on the built program: `npx tsx scripts/soak.ts --minutes 30 [--store postgres] [--light]`, which tells how
 * memory grows with the complaints after the first quarter, by the line that fits best; then, with
 * `--flood N`, N messages from each of 1, 100 and 5,000 sessions at one address, 1 % of them people's own complaints, with the rate limits on.
 * Exit code 1 on an error, or where a real one was not acknowledged.
 */
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { loadKnowledge } from "../src/knowledge/load.ts";
import { startPostgres } from "../test/fakes/postgres-server.ts";
import { build } from "../test/stories/build.ts";
import { percentile } from "./bench/figures.ts";
import { seeded } from "./bench/seeded.ts";
import { startAgency } from "./load/agency.ts";
import { json } from "./load/door.ts";
import { reportProgress, startFiling } from "./load/filing.ts";
import { createFleet } from "./load/fleet.ts";
import { fileAs, person } from "./load/person.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "5" },
    flood: { type: "string" },
    store: { type: "string", default: "embedded" },
    light: { type: "boolean", default: false },
  },
});
const MINUTE = 60_000;
const EVERY_MS = 10_000;
const FLOODERS = [1, 100, 5000] as const;
const QUESTIONS = [
  "đăng ký khai sinh cần giấy tờ gì",
  "khai sinh bao lâu có kết quả",
  "phí làm khai sinh",
  "làm khai sinh ở đâu",
];

const light = await build();
const folder = await mkdtemp(join(tmpdir(), "motcua-soak-"));
const knowledge = values.light
  ? light.lightKnowledge
  : fileURLToPath(new URL("../knowledge", import.meta.url));
const faults: string[] = [];
const onFault = (fault: string): void => void faults.push(fault);
let replies = 0;
const agency = await startAgency(seeded(1), (notice) => {
  reportProgress(fleet.door, notice, `Đang xem xét, lượt ${notice.id}`).then(
    (told) => {
      if (told) replies += 1;
    },
    (error: unknown) => onFault(String(error)),
  );
});
agency.mood("good");
const contacts = join(folder, "contacts.yaml");
await mkdir(folder, { recursive: true });
await writeFile(contacts, JSON.stringify(agency.contacts(loadKnowledge(knowledge).agencies.keys())));
const postgres = values.store === "postgres" ? await startPostgres() : undefined;
const database = postgres && { DATABASE_URL: await postgres.database() };
const fleetWith = (limits: "on" | "off") =>
  createFleet({
    site: {
      cli: light.cli,
      folder: join(folder, limits),
      env: { KNOWLEDGE_DIR: knowledge, CONTACTS_FILE: contacts, RATE_LIMITS: limits, ...database },
    },
    size: 1,
    envOf: () => ({}),
    onRefused: onFault,
  });
let fleet = fleetWith("off");
await fleet.startAll();

const times: number[] = [];
const leaving = new AbortController();
const ask = async (): Promise<void> => {
  for (let asked = 0; !leaving.signal.aborted; asked++) {
    const began = performance.now();
    await person(fleet.door)
      .says(QUESTIONS[asked % QUESTIONS.length] ?? "")
      .then(() => times.push(performance.now() - began), onFault);
    await pause(20);
  }
};
const asking = [ask(), ask(), ask()];
const filing = startFiling({ door: fleet.door, persons: 3, onFault });
const grown: { readonly complaints: number; readonly bytes: number }[] = [];
for (const until = performance.now() + Number(values.minutes) * MINUTE; performance.now() < until; ) {
  await pause(EVERY_MS);
  const bytes = fleet.resident();
  // What is built when it is first needed is there after the first quarter.
  if (until - performance.now() < Number(values.minutes) * MINUTE * 0.75)
    grown.push({ bytes, complaints: filing.filed.length });
  console.log(
    `${filing.filed.length} complaints, ${times.length} questions, ${replies} replies, ${Math.round(bytes / 1e6)} MB, ` +
      `p50 ${percentile(times, 0.5).toFixed(1)} ms, p99 ${percentile(times, 0.99).toFixed(1)} ms, ${faults.length} errors`,
  );
}
leaving.abort();
await Promise.all([filing.stop(), ...asking]);
const more = filing.filed.length - (grown[0]?.complaints ?? 0);
if (grown.length > 2 && more > 0) {
  const { slope, error } = lineThrough(grown);
  console.log(
    `${(slope / 1000).toFixed(2)} ± ${(error / 1000).toFixed(2)} kB of memory a new complaint (${more} after warm-up)`,
  );
} else console.log("too short to tell how memory grows");
for (const code of await fleet.stopAll()) if (code !== 0) onFault(`SIGTERM ended the program with ${code}`);

if (values.flood) {
  fleet = fleetWith("on");
  await fleet.startAll();
  for (const sessions of FLOODERS) await flood(sessions, Number(values.flood));
  await fleet.stopAll();
}
for (const fault of faults.slice(0, 20)) console.log(`  ${fault}`);
process.exitCode = faults.length > 0 ? 1 : 0;
await agency.close();
await light.remove();
await postgres?.remove();
await rm(folder, { recursive: true, force: true });

/** Bytes that each complaint adds, by least squares, and the standard error of that. */
function lineThrough(points: typeof grown): { readonly slope: number; readonly error: number } {
  const mean = (of: (point: (typeof grown)[number]) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean(({ complaints }) => complaints), mean(({ bytes }) => bytes)];
  const spread = points.reduce((sum, { complaints }) => sum + (complaints - x) ** 2, 0);
  const slope =
    points.reduce((sum, { complaints, bytes }) => sum + (complaints - x) * (bytes - y), 0) / spread;
  const rest = points.reduce(
    (sum, { complaints, bytes }) => sum + (bytes - y - slope * (complaints - x)) ** 2,
    0,
  );
  return { slope, error: Math.sqrt(rest / (points.length - 2) / spread) };
}

/** So many messages from so many sessions, of which none waits; beside them people who do as they are told. */
async function flood(sessions: number, messages: number): Promise<void> {
  const names: (string | undefined)[] = Array.from({ length: sessions }, () => undefined);
  const waits = { unreachable: 0, unavailable: 0, told: 0 };
  let refused = 0;
  const [address = ""] = fleet.door.addresses();
  const began = performance.now();
  const real = Array.from({ length: Math.ceil(messages / 100) }, (_, number) =>
    fileAs(person(fleet.door, waits), number),
  );
  const rest = Array.from({ length: messages }, (_, number) => number).values();
  const lane = async (): Promise<void> => {
    for (const number of rest) {
      const at = number % sessions;
      const response = await fetch(
        `${address}/api/messages`,
        json({ session: names[at], id: randomUUID(), text: "x".repeat(50) }),
      );
      const body: unknown = await response.json();
      if (response.status === 429) refused += 1;
      else if (response.status >= 500) onFault(`a flooding message was answered ${response.status}`);
      else if (body && typeof body === "object" && "session" in body) names[at] = String(body.session);
    }
  };
  await Promise.all(Array.from({ length: 16 }, lane));
  const results = await Promise.allSettled(real);
  const acknowledged = results.filter(({ status }) => status === "fulfilled").length;
  for (const result of results) if (result.status === "rejected") onFault(String(result.reason));
  console.log(
    `flood of ${messages} from ${sessions} sessions: ${refused} refused; ${acknowledged} of ${real.length} real ones acknowledged, ` +
      `told to wait ${waits.told} times, all after ${Math.round((performance.now() - began) / 1000)} s`,
  );
}
