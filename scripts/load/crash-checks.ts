import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import type { Agency } from "./agency.ts";
import type { Door } from "./door.ts";
import type { Told } from "./filing.ts";
import { type Filed, person } from "./person.ts";
import { run, type Site } from "./program.ts";
import { codeIn } from "./telling.ts";

/** Longest wait without any progress for what is still to arrive, and how often it is looked at. */
const DRAIN_MS = 8_000;
const GLANCE_MS = 100;
/** Starts with a later clock before what has not arrived counts as lost. */
const MOST_STARTS = 8;
/** Questions to the program at once. */
const LANES = 8;

/** The same confirmation is answered the same, and a stranger finds the code. */
export async function checkStart(door: Door, sample: readonly Filed[]): Promise<string[]> {
  const faults: string[] = [];
  for (const { code, repeat, raw } of sample) {
    if (repeat && raw !== undefined && (await repeat()) !== raw)
      faults.push(`the confirmation of ${code} was answered otherwise when it came again`);
    if (!(await isFound(door, code))) faults.push(`${code} is not found after a start`);
  }
  return faults;
}

async function isFound(door: Door, code: string): Promise<boolean> {
  const { text } = await person(door).says(`tra cứu ${code}`);
  return codeIn(text) === code && !/không (?:tìm )?thấy/i.test(text);
}

export type End = {
  readonly site: Site;
  readonly door: Door;
  readonly agency: Agency;
  readonly filed: readonly Filed[];
  readonly progress: readonly Told[];
  /** Starts everything anew, with a later clock. */
  readonly restart: () => Promise<void>;
};

/** All that was acknowledged: found, arrived under one key with one body, told of, and nothing besides. */
export async function checkEnd(end: End): Promise<string[]> {
  const { door, filed, agency } = end;
  const missing = await drained(end);
  const faults = missing.map(({ code }) => `${code} was acknowledged and never arrived`);
  await inLanes(filed, async ({ code }) => {
    if (!(await isFound(door, code))) faults.push(`${code} is not found at the end`);
  });
  await inLanes(
    filed.filter((one, at) => at % 10 === 0 && one.repeat),
    async ({ code, repeat, raw }) => {
      if ((await repeat?.()) !== raw)
        faults.push(`the confirmation of ${code} was answered otherwise at the end`);
    },
  );
  return [...faults, ...(await unheard(end)), ...arrivalFaults(filed, agency), ...agency.faults];
}

/** Waits for what is on its way while there is progress; starts anew with a later clock where there is none. */
async function drained({ filed, agency, restart }: End): Promise<readonly Filed[]> {
  const left = (): readonly Filed[] => {
    const arrived = new Set([...agency.arrivals.values()].map(({ notice }) => notice.case));
    return filed.filter(({ code }) => !arrived.has(code));
  };
  for (let starts = 0; ; starts++) {
    let before = left().length;
    for (let still = performance.now(); before > 0 && performance.now() - still < DRAIN_MS; ) {
      await pause(GLANCE_MS);
      const now = left().length;
      if (now < before) still = performance.now();
      before = now;
    }
    if (before === 0 || starts === MOST_STARTS) return left();
    await restart();
  }
}

/** One key a case and agency for the filing, with the person's words in it; no case that nobody was given. */
function arrivalFaults(filed: readonly Filed[], agency: Agency): string[] {
  const byCode = new Map(filed.map((one) => [one.code, one]));
  const faults: string[] = [];
  if (byCode.size !== filed.length) faults.push(`${filed.length - byCode.size} codes were given twice`);
  const filings = new Set<string>();
  const codeByMark = new Map<string, string>();
  for (const { path, notice } of agency.arrivals.values()) {
    const mine = byCode.get(notice.case);
    if (!mine) faults.push(`${notice.case} arrived, but nobody was given that code`);
    if (notice.event !== "filed" || !mine) continue;
    if (!notice.text.includes(mine.mark)) faults.push(`${notice.case} arrived with the words of another`);
    const at = `${path} ${notice.case}`;
    if (filings.has(at)) faults.push(`${notice.case} was filed under two keys at ${path}`);
    filings.add(at);
    const before = codeByMark.get(mine.mark) ?? notice.case;
    if (before !== notice.case) faults.push(`${mine.mark} became two cases: ${before}, ${notice.case}`);
    codeByMark.set(mine.mark, notice.case);
  }
  return faults;
}

/** Progress that was taken from an agency and that the person has not been told. */
async function unheard({ filed, progress }: End): Promise<string[]> {
  const byCode = new Map(filed.map((one) => [one.code, one]));
  const faults: string[] = [];
  await inLanes(progress, async (told) => {
    const heard = byCode.get(told.case)?.heard;
    if (!heard) return;
    for (const until = performance.now() + DRAIN_MS; !(await heard()).includes(told.text); ) {
      if (performance.now() > until) {
        faults.push(`${told.case}: what the agency told was taken and never said`);
        return;
      }
      await pause(GLANCE_MS);
    }
  });
  return faults;
}

const Verified = z.object({ complaints: z.number(), faults: z.array(z.string()) });

/** `motcua verify`, and as many complaints as were acknowledged. */
export async function checkStore(site: Site, expected: number): Promise<string[]> {
  const { code, stdout, stderr } = await run(site, ["verify", "--json"]);
  if (code !== 0) return [`verify ended with ${code}: ${stdout}${stderr}`];
  const { complaints, faults } = Verified.parse(JSON.parse(stdout));
  return complaints === expected
    ? [...faults]
    : [...faults, `the store holds ${complaints} complaints, ${expected} were acknowledged`];
}

async function inLanes<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  const lane = async (): Promise<void> => {
    for (const item of rest) await act(item);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
