import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { z } from "zod";
import { type Fault, fileStamp, parseYaml } from "./knowledge/read-yaml.ts";
import type { Log } from "./log.ts";
import { ALL_ON, type Switches } from "./messages/switches.ts";

/** Ways in and out that can be turned off. */
const CHANNELS = ["web", "telegram", "email", "webhook"] as const;

const Reason = z
  .string("write the reason as one sentence: citizens read it")
  .trim()
  .min(5, "write the reason as one sentence: citizens read it")
  .max(300, "write the reason in at most 300 characters")
  .regex(/^[^\p{Cc}]*$/u, "write the reason in one line")
  .transform((text) => (/[.!?…]$/.test(text) ? text : `${text}.`));

const SwitchesFile = z
  .strictObject({
    answers: Reason.exactOptional(),
    intake: Reason.exactOptional(),
    agencies: z.record(z.string(), Reason).default({}),
    channels: z.partialRecord(z.enum(CHANNELS), Reason).default({}),
  })
  .nullable();
type SwitchesFile = NonNullable<z.infer<typeof SwitchesFile>>;

const HEADER =
  "# What is turned off, each with the reason that citizens read. Read again as soon as it changes; see motcua switch --help.\n";

/** What can be turned off: all answers, all intake, one agency's deliveries, one channel. */
export type Switch =
  | { readonly kind: "answers" | "intake" }
  | { readonly kind: "agency" | "channel"; readonly name: string };

export function switchesFile(sharedDir: string): string {
  return join(sharedDir, "switches.yaml");
}

/** Reads "answers", "intake", "agency:ID" and "channel:NAME"; otherwise a sentence about what is wrong. */
export function readSwitch(text: string, agencyIds: { has(id: string): boolean }): Switch | string {
  const [kind = "", name = ""] = text.split(/:(.*)/, 2);
  if ((kind === "answers" || kind === "intake") && name === "") return { kind };
  if (kind === "agency") return agencyIds.has(name) ? { kind, name } : `no agency ${name}; write its id`;
  if (kind === "channel")
    return CHANNELS.some((known) => known === name)
      ? { kind, name }
      : `no channel ${name}; there are ${CHANNELS.join(", ")}`;
  return `cannot switch ${text}; it is answers, intake, agency:ID or channel:NAME`;
}

/** Reads the file; a missing one means that all is on. With faults the switches must not be used. */
export function readSwitches(
  file: string,
  agencyIds: { has(id: string): boolean },
): { readonly switches: Switches; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const read = readFile(file, faults);
  for (const id of Object.keys(read.agencies).filter((each) => !agencyIds.has(each)))
    faults.push({ file, line: 1, problem: `${id} is no agency of knowledge/agencies; correct the id` });
  const { agencies, channels, ...whole } = read;
  return {
    switches: {
      ...whole,
      agencies: new Map(Object.entries(agencies)),
      channels: new Map(Object.entries(channels)),
    },
    faults,
  };
}

function readFile(file: string, faults: Fault[]): SwitchesFile {
  const nothing: SwitchesFile = { agencies: {}, channels: {} };
  try {
    return parseYaml(readFileSync(file, "utf8"), file, SwitchesFile, faults)?.value ?? nothing;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    if (code !== "ENOENT")
      faults.push({ file, line: 1, problem: `cannot be read (${code}); check its rights` });
    return nothing;
  }
}

/** The switches as the file has them now, and its faults: while it has any, the last good ones hold. */
export type LiveSwitches = {
  now(): Switches;
  faults(): readonly Fault[];
};

/** Milliseconds for which what was seen of the file is believed: each message asks. */
const BELIEVED = 100;

export function liveSwitches(file: string, agencyIds: { has(id: string): boolean }, log: Log): LiveSwitches {
  let seen = "";
  let seenAt = Number.NEGATIVE_INFINITY;
  let current = ALL_ON;
  let wrong: readonly Fault[] = [];
  const look = (): void => {
    const now = performance.now();
    if (now - seenAt < BELIEVED) return;
    seenAt = now;
    const stamp = fileStamp(file);
    if (stamp === seen) return;
    seen = stamp;
    const { switches, faults } = readSwitches(file, agencyIds);
    wrong = faults;
    if (faults.length > 0)
      log("error", "switches file has faults; the last good switches hold", { count: faults.length });
    else {
      current = switches;
      log("info", "switches", { count: toldOf(switches).length });
    }
  };
  return {
    now: () => {
      look();
      return current;
    },
    faults: () => {
      look();
      return wrong;
    },
  };
}

/** One line for each thing that is turned off, for the operator. */
export function toldOf({ answers, intake, agencies, channels }: Switches): string[] {
  const line = (what: string, reason: string): string => `${what} turned off: ${reason}`;
  return [
    ...(answers === undefined ? [] : [line("answers are", answers)]),
    ...(intake === undefined ? [] : [line("intake is", intake)]),
    ...[...agencies].map(([id, reason]) => line(`deliveries to ${id} are`, reason)),
    ...[...channels].map(([name, reason]) => line(`channel ${name} is`, reason)),
  ];
}

/**
 * Turns one thing off for a reason, or on again without one. The file is replaced as a whole, so that a running
 * program never reads half of it.
 * @throws z.ZodError when the reason is none that citizens could read
 */
export function writeSwitch(file: string, what: Switch, reason: string | undefined): readonly Fault[] {
  const faults: Fault[] = [];
  const before = readFile(file, faults);
  if (faults.length > 0) return faults;
  const told = reason === undefined ? undefined : Reason.parse(reason);
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, HEADER + stringify(changed(before, what, told)), { mode: 0o600 });
  renameSync(temporary, file);
  return [];
}

function changed(before: SwitchesFile, what: Switch, reason: string | undefined): SwitchesFile {
  const merged = (all: Readonly<Record<string, string>>, name: string): Record<string, string> => {
    const { [name]: _gone, ...rest } = all;
    return reason === undefined ? rest : { ...rest, [name]: reason };
  };
  switch (what.kind) {
    case "agency":
      return { ...before, agencies: merged(before.agencies, what.name) };
    case "channel":
      return { ...before, channels: merged(before.channels, what.name) };
    default: {
      const { [what.kind]: _gone, ...rest } = before;
      return reason === undefined ? rest : { ...rest, [what.kind]: reason };
    }
  }
}
