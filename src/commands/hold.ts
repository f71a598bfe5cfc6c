import { parseArgs } from "node:util";
import { trackingCodeIn } from "../understanding/codes.ts";
import { type Command, InputError, UsageError } from "./command.ts";
import { withControl } from "./operate.ts";

export const hold: Command = {
  summary: "keep a case from being erased, by time or by its person, while somebody competent needs it",
  usage: "hold CODE --reason TEXT | hold CODE --release  [--json]",
  run: async (context) => {
    const { values, positionals } = parseArgs({
      args: [...context.args],
      options: {
        reason: { type: "string" },
        release: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
      },
      allowPositionals: true,
    });
    const reason = values.reason?.trim();
    const code = trackingCodeIn(positionals.join(" "));
    if (positionals.length === 0) throw new UsageError("CODE is missing");
    if (values.release === Boolean(reason)) throw new UsageError("give either --reason TEXT or --release");
    if (!code) throw new InputError(`${positionals.join(" ")} is not a tracking code`);
    const done = await withControl(context, (control) => control.hold(code, reason));
    if (done === "unknown") throw new InputError(`no case ${code}`);
    if (done === "unchanged")
      throw new InputError(values.release ? `${code} is not held` : `${code} is held already, or erased`);
    context.out(
      values.json
        ? `${JSON.stringify({ code, held: !values.release })}\n`
        : `${code}: ${values.release ? "no longer held" : "held; it is not erased until released"}\n`,
    );
    return 0;
  },
};
