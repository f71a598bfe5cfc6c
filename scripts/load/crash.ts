import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startBotApi } from "../../test/fakes/bot-api.ts";
import type { PostgresServer } from "../../test/fakes/postgres-server.ts";
import { type Seeded, seeded } from "../bench/seeded.ts";
import { type Notice, startAgency } from "./agency.ts";
import { checkEnd, checkStart, checkStore } from "./crash-checks.ts";
import { type Filing, reportProgress, startFiling, type Told } from "./filing.ts";
import { createFleet, type Fleet } from "./fleet.ts";
import type { Site } from "./program.ts";
import { type Disk, drawPoint, type Trouble, tearJournal } from "./troubles.ts";

export type CrashOptions = {
  readonly site: Site;
  /** Ids of the agencies that get a contact. */
  readonly agencies: Iterable<string>;
  readonly rounds: number;
  /** No round begins after so many minutes. */
  readonly minutes?: number;
  readonly seed: number;
  /** Persons before the chat page who file at once; two more do so in Telegram. */
  readonly persons: number;
  /** A server that is killed too; two processes run on it. The site's settings name its database. */
  readonly postgres?: Pick<PostgresServer, "stop" | "restart">;
  /** A small disk that holds DATA_DIR; some rounds fill it. */
  readonly disk?: Disk;
  /** Told one line a round. */
  readonly say: (line: string) => void;
};

export type CrashResult = {
  readonly kills: number;
  readonly acknowledged: number;
  /** Notices that arrived, and how often one came once more. */
  readonly delivered: number;
  readonly again: number;
  /** Agencies' replies that were taken. */
  readonly replies: number;
  /** Everything that went wrong. */
  readonly faults: readonly string[];
};

const MINUTE = 60_000;
const BEGIN = Date.parse("2026-11-20T09:00:00+07:00");
/** A round lives at most so long after its start, in milliseconds, or until so many more were acknowledged. */
const LIFE_MS = 1200;
const MOST_ACKNOWLEDGED = 24;
const LONGEST_MS = 8 * LIFE_MS;
/** So long requests may find that a disk is full. */
const FULL_MS = 300;
/** What is asked again after each start. */
const SAMPLE = 12;
const TELEGRAM_PERSONS = 2;
/** Share of the filings that an agency's system answers. */
const ANSWERED = 0.1;
/** Of ten rounds, those that only kill. */
const PLAIN = 4;

/**
 * The built program at load, killed and started again round by round; stops at the first round that shows a fault.
 * Whatever was acknowledged must be found, must arrive under one key with one body, once, and nothing besides.
 */
export async function crash(options: CrashOptions): Promise<CrashResult> {
  const { site, rounds, minutes = Number.POSITIVE_INFINITY, seed, postgres, disk, say } = options;
  const until = performance.now() + minutes * MINUTE;
  const random = seeded(seed);
  const clock = createVirtualClock();
  const faults: string[] = [];
  const onFault = (fault: string): void => void faults.push(fault);
  const progress: Told[] = [];
  const replying = new Set<Promise<void>>();
  const answer = (notice: Notice): void => {
    if (notice.event !== "filed" || random.next() >= ANSWERED) return;
    const text = `Đang kiểm tra hồ sơ, lượt ${notice.id}`;
    const reply = reportProgress(fleet.door, notice, text)
      .then(
        (told) => void (told && progress.push(told)),
        (error: unknown) => onFault(String(error)),
      )
      .finally(() => replying.delete(reply));
    replying.add(reply);
  };
  const agency = await startAgency(seeded(seed + 1), answer);
  const api = await startBotApi();
  const contacts = join(site.folder, "contacts.yaml");
  await mkdir(site.folder, { recursive: true });
  // JSON is YAML.
  await writeFile(contacts, JSON.stringify(agency.contacts(options.agencies)));
  const fleet = createFleet({
    site,
    size: postgres ? 2 : 1,
    envOf: (slot) => ({
      CONTACTS_FILE: contacts,
      MOTCUA_NOW: clock.now().toISOString(),
      // Two programs must not poll for the same bot.
      ...(slot === 0 && { TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root }),
    }),
    onRefused: (output) => onFault(`the program did not start:\n${output}`),
  });
  const filing = startFiling({
    door: fleet.door,
    persons: options.persons,
    telegram: { api, persons: TELEGRAM_PERSONS },
    onFault,
  });
  const checking = new Set<Promise<void>>();
  const checkSome = (): void => {
    const newest = filing.filed.slice(-SAMPLE / 2);
    const any = Array.from({ length: filing.filed.length > SAMPLE ? SAMPLE / 2 : 0 }, () =>
      random.pick(filing.filed),
    );
    // A kill may come between: what is asked is asked again after the next start.
    const check = checkStart(fleet.door, [...newest, ...any])
      .then(
        (found) => void faults.push(...found),
        (error: unknown) => onFault(String(error)),
      )
      .finally(() => checking.delete(check));
    checking.add(check);
  };

  for (let round = 1; round <= rounds && performance.now() < until && faults.length === 0; round++) {
    const trouble = drawTrouble(random, options);
    const point = trouble === "point" ? drawPoint(random) : undefined;
    agency.mood(trouble === "agency" ? "away" : "bad");
    if (fleet.door.addresses().length === 0) clock.jump(trouble === "clock", random);
    if (trouble === "tear") await tearJournal(join(site.folder, "data"), random);
    const killed = fleet.kills();
    const began = performance.now();
    await fleet.startAll(point);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    checkSome();
    await untilMoment(filing, random);
    if (trouble === "full" && disk) await fillAndStart(disk, fleet);
    if (trouble === "database" && postgres) await killDatabase(postgres, fleet, random);
    if (fleet.size > 1 && random.next() < 0.5) await fleet.kill(random.below(fleet.size));
    else await fleet.killAll();
    say(
      `round ${round}: ${point ?? trouble}, up after ${seconds} s, ${fleet.kills() - killed} killed, ` +
        `${filing.filed.length} acknowledged, ${agency.arrivals.size} notices arrived`,
    );
  }

  agency.mood("good");
  const restart = async (): Promise<void> => {
    await fleet.killAll();
    clock.pass(70 * MINUTE);
    await fleet.startAll();
  };
  await restart();
  await Promise.all([filing.stop(), ...replying, ...checking]);
  // Also after a fault: what it cost is named.
  const end = { site, door: fleet.door, agency, filed: filing.filed, progress, restart };
  faults.push(...(await checkEnd(end).catch((error: unknown) => [String(error)])));
  for (const code of await fleet.stopAll()) if (code !== 0) onFault(`SIGTERM ended the program with ${code}`);
  faults.push(...(await checkStore(site, filing.filed.length)));
  await api.down();
  await agency.close();
  return {
    kills: fleet.kills(),
    acknowledged: filing.filed.length,
    delivered: agency.arrivals.size,
    again: [...agency.arrivals.values()].reduce((sum, { times }) => sum + times - 1, 0),
    replies: progress.length,
    faults,
  };
}

function drawTrouble(random: Seeded, { postgres, disk }: CrashOptions): Trouble {
  if (random.below(10) < PLAIN) return "none";
  const own: readonly Trouble[] = postgres ? ["database", "database"] : ["point", "point", "tear"];
  return random.pick<Trouble>([...own, "clock", "agency", ...(disk ? (["full"] as const) : [])]);
}

/** Any moment, or soon after something was acknowledged: on a busy machine chance alone kills too early. */
async function untilMoment({ filed }: Filing, random: Seeded): Promise<void> {
  if (random.next() < 0.3) return pause(random.below(LIFE_MS));
  const enough = filed.length + 1 + random.below(MOST_ACKNOWLEDGED);
  const until = performance.now() + LONGEST_MS;
  while (filed.length < enough && performance.now() < until) await pause(1);
  await pause(random.below(12));
}

/** Messages meet a full disk, and so does a start. */
async function fillAndStart(disk: Disk, fleet: Fleet): Promise<void> {
  await disk.fill();
  await pause(FULL_MS);
  await fleet.killAll();
  await fleet.startAll();
  await pause(FULL_MS);
  await disk.free();
  await pause(FULL_MS);
}

async function killDatabase(
  postgres: Pick<PostgresServer, "stop" | "restart">,
  fleet: Fleet,
  random: Seeded,
): Promise<void> {
  await postgres.stop("kill");
  fleet.count();
  await pause(random.below(LIFE_MS));
  await postgres.restart();
  await pause(random.below(LIFE_MS));
}

/** One clock for all processes of a run; it moves on between starts, so that what failed is due again. */
function createVirtualClock() {
  const origin = Date.now();
  let ahead = 0;
  let aside = 0;
  return {
    now: () => new Date(BEGIN + (Date.now() - origin) + ahead + aside),
    pass: (milliseconds: number): void => {
      ahead += milliseconds;
      aside = 0;
    },
    /** Some minutes on; or, for one round, hours ahead or behind. */
    jump: (wrong: boolean, random: Seeded): void => {
      ahead += (1 + random.below(12)) * MINUTE;
      aside = wrong ? (random.next() < 0.5 ? -60 : 120) * MINUTE : 0;
    },
  };
}
