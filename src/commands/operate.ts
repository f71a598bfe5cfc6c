import { parseArgs } from "node:util";
import { z } from "zod";
import { createClock } from "../clock.ts";
import type { Config } from "../config.ts";
import { type Control, createControl, findControl } from "../control.ts";
import { knowledgeOf } from "../live-guide.ts";
import { createLog } from "../log.ts";
import { openStore } from "../open-store.ts";
import { type Command, type CommandContext, InputError, takeJson, UsageError } from "./command.ts";

const RoleName = z.enum(["officer", "head", "coordinator", "custodian", "supervisor"]);

export const link: Command = {
  summary: "print a one-time code, and a link to the desk, that binds an official to an agency",
  usage: "link AGENCY-ID [--role officer|head|coordinator|custodian|supervisor] [--json]",
  run: async (context) => {
    const { values, positionals } = parseArgs({
      args: [...context.args],
      options: { role: { type: "string", default: "officer" }, json: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    const [agency] = positionals;
    const role = RoleName.safeParse(values.role);
    if (!agency) throw new UsageError("AGENCY-ID is missing");
    if (!role.success) throw new UsageError(`--role must be one of ${RoleName.options.join(", ")}`);
    const { made, address } = await withControl(context, async (control) => ({
      made: await control.link(agency, role.data),
      address: await control.address(),
    }));
    if (!made) throw new InputError(`no agency ${agency}; the ids stand in knowledge/agencies`);
    // Behind “#”, which browsers send to no server and no log.
    const url = `${address || addressIn(context.config())}/desk#${made.code}`;
    if (values.json) context.out(`${JSON.stringify({ agency, role: role.data, ...made, url })}\n`);
    else
      context.out(
        `${made.code}\n${url}\nBefore ${made.expiresAt} the official sends the code to the bot, or opens the link in a browser; it works once.\n`,
      );
    return 0;
  },
};

export const stuck: Command = {
  summary: "cases and deliveries that need a human, oldest first",
  usage: "stuck [--json]",
  run: async (context) => {
    const json = takeJson(context.args);
    const rows = await withControl(context, (control) => control.stuck());
    if (json) context.out(`${JSON.stringify(rows)}\n`);
    else if (rows.length === 0) context.out("nothing is stuck\n");
    else
      for (const row of rows)
        context.out(`${row.since}  ${row.case}  ${row.to}  ${row.attempts} attempts  ${row.problem}\n`);
    return 0;
  },
};

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
