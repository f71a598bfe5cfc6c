import { parseArgs } from "node:util";
import { createClock } from "../clock.ts";
import { Role } from "../complaints/complaint.ts";
import type { Config } from "../config.ts";
import { type Control, createControl, findControl } from "../control.ts";
import { VIETNAM_MS } from "../knowledge/calendar.ts";
import { knowledgeOf } from "../live-guide.ts";
import { createLog } from "../log.ts";
import { openStore } from "../open-store.ts";
import { agencyIn } from "./agency.ts";
import { type Command, type CommandContext, InputError, UsageError } from "./command.ts";

export const link: Command = {
  summary: "print a one-time code, and a link to the desk, that binds an official to an agency",
  usage: `link AGENCY [--role ${Role.options.join("|")}] [--json]`,
  run: async (context) => {
    const { agency, role = "officer", json } = officialsNamed(context);
    const { made, address } = await withControl(context, async (control) => ({
      made: await control.link(agency, role),
      address: await control.address(),
    }));
    if (!made) throw unknownToProgram(agency);
    // Behind “#”, which browsers send to no server and no log.
    const url = `${address || addressIn(context.config())}/desk#${made.code}`;
    if (json) context.out(`${JSON.stringify({ agency, role, ...made, url })}\n`);
    else
      context.out(
        `${made.code}\n${url}\nBefore ${vietnamTime(made.expiresAt)} the official (${agency}, ${role}) sends the code to the bot, or opens the link in a browser; it works once.\n`,
      );
    return 0;
  },
};

export const unlink: Command = {
  summary: "unbind an agency's officials: their chats and desk sessions, all of them or those of one role",
  usage: `unlink AGENCY [--role ${Role.options.join("|")}] [--json]`,
  run: async (context) => {
    const { agency, role, json } = officialsNamed(context);
    const unbound = await withControl(context, (control) => control.unlink(agency, role));
    if (unbound === undefined) throw unknownToProgram(agency);
    if (json) context.out(`${JSON.stringify({ agency, ...(role && { role }), unbound })}\n`);
    else context.out(`${agency}: ${unbound} unbound (chats and desk sessions)\n`);
    return 0;
  },
};

/** `2026-11-21 09:15 (Vietnam time)`. */
function vietnamTime(at: string): string {
  const local = new Date(Date.parse(at) + VIETNAM_MS).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 16)} (Vietnam time)`;
}

function officialsNamed({ args, config }: CommandContext): {
  readonly agency: string;
  readonly role: Role | undefined;
  readonly json: boolean;
} {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { role: { type: "string" }, json: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const named = positionals.join(" ");
  const role = Role.optional().safeParse(values.role);
  if (!named) throw new UsageError("AGENCY is missing: its id or its name");
  if (!role.success) throw new UsageError(`--role must be one of ${Role.options.join(", ")}`);
  return { agency: agencyIn(named, knowledgeOf(config())), role: role.data, json: values.json };
}

/** The running program has read the knowledge of its start. */
function unknownToProgram(agency: string): InputError {
  return new InputError(`the running program knows no agency ${agency}; start it again`);
}

export const stuck: Command = {
  summary:
    "cases and deliveries that need a human, oldest first; --daily: what became of what was promised to agencies, by day, without erased cases",
  usage: "stuck [--daily] [--json]",
  run: async (context) => {
    const { values } = parseArgs({
      args: [...context.args],
      options: { daily: { type: "boolean", default: false }, json: { type: "boolean", default: false } },
    });
    const { json } = values;
    if (values.daily) return tellDays(context, json);
    const rows = await withControl(context, (control) => control.stuck());
    if (json) context.out(`${JSON.stringify(rows)}\n`);
    else if (rows.length === 0) context.out("nothing is stuck\n");
    else
      for (const row of rows)
        context.out(`${row.since}  ${row.case}  ${row.to}  ${row.attempts} attempts  ${row.problem}\n`);
    return 0;
  },
};

/** What was promised to each agency each day, and what became of it. */
async function tellDays(context: CommandContext, json: boolean): Promise<number> {
  const rows = await withControl(context, (control) => control.daily());
  if (json) context.out(`${JSON.stringify(rows)}\n`);
  else if (rows.length === 0) context.out("nothing was promised yet\n");
  else
    for (const { day, agency, promised, delivered, dead, waiting } of rows)
      context.out(
        `${day}  ${agency}  ${promised} promised, ${delivered} delivered, ${dead} with a human, ${waiting} waiting\n`,
      );
  return 0;
}

/** Where the program will be once it is started. */
function addressIn({ PUBLIC_URL, HOST, PORT }: Config): string {
  return PUBLIC_URL ?? `http://${HOST.includes(":") ? `[${HOST}]` : HOST}:${PORT}`;
}

/** Asks the running program, or opens the store itself while none runs. */
export async function withControl<T>(
  { config, err }: CommandContext,
  use: (control: Control) => Promise<T>,
): Promise<T> {
  const settings = config();
  const running = await findControl(settings.DATA_DIR);
  if (running) return use(running);
  const clock = createClock(settings.MOTCUA_NOW);
  const knowledge = knowledgeOf(settings);
  const { store } = await openStore(settings, clock, createLog("warn", clock, err));
  try {
    return await use(createControl({ store, clock, knowledge }));
  } finally {
    await store.close();
  }
}
