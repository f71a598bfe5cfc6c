import { z } from "zod";
import { sharedDir } from "../config.ts";
import { formatFault } from "../knowledge/load.ts";
import { knowledgeOf } from "../live-guide.ts";
import { readSwitch, readSwitches, switchesFile, toldOf, writeSwitch } from "../switches.ts";
import { agencyIn } from "./agency.ts";
import { type Command, type CommandContext, InputError, parseWords, UsageError } from "./command.ts";

const AGENCY = "agency:";

/** The file is the switch: a running program, and every other one with the same SHARED_DIR, sees it at once. */
export const switchCommand: Command = {
  summary: "turn answers, intake, an agency's deliveries or a channel off, with a reason that citizens read",
  usage: "switch [off WHAT REASON | on WHAT] [--json]   (WHAT: answers, intake, agency:ID, channel:NAME)",
  run: async (context) => {
    const { json, words } = parseWords(context.args);
    const settings = context.config();
    const knowledge = knowledgeOf(settings);
    const { agencies } = knowledge;
    const file = switchesFile(sharedDir(settings));
    const [way, what = "", ...reason] = words;
    const target = what.startsWith(AGENCY) ? AGENCY + agencyIn(what.slice(AGENCY.length), knowledge) : what;
    if (way !== undefined) turn(file, way, target, reason.join(" "), agencies);
    const { switches, faults } = readSwitches(file, agencies);
    if (faults.length > 0) throw new InputError(faults.map(formatFault).join("\n"));
    tell(context, json, toldOf(switches), {
      ...(switches.answers !== undefined && { answers: switches.answers }),
      ...(switches.intake !== undefined && { intake: switches.intake }),
      agencies: Object.fromEntries(switches.agencies),
      channels: Object.fromEntries(switches.channels),
    });
    return 0;
  },
};

function turn(
  file: string,
  way: string,
  what: string,
  reason: string,
  agencies: { has(id: string): boolean },
): void {
  if (way !== "off" && way !== "on") throw new UsageError(`say off or on, not ${way}`);
  if (what === "") throw new UsageError("WHAT is missing: answers, intake, agency:ID or channel:NAME");
  if (way === "on" && reason !== "") throw new UsageError("on takes no reason");
  const target = readSwitch(what, agencies);
  if (typeof target === "string") throw new InputError(target);
  try {
    const faults = writeSwitch(file, target, way === "on" ? undefined : reason);
    if (faults.length > 0) throw new InputError(faults.map(formatFault).join("\n"));
  } catch (error) {
    if (error instanceof z.ZodError)
      throw new InputError(error.issues.map(({ message }) => message).join("; "));
    throw error;
  }
}

function tell({ out }: CommandContext, json: boolean, lines: readonly string[], state: object): void {
  if (json) out(`${JSON.stringify(state)}\n`);
  else out(lines.length > 0 ? `${lines.join("\n")}\n` : "everything is on\n");
}
