import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { createClock } from "../clock.ts";
import { monthOf } from "../complaints/figures.ts";
import { clustersOnly, monthCsv, monthHtml, monthText } from "../report/month.ts";
import type { MonthReport } from "../watch/figures.ts";
import { type Command, InputError, UsageError } from "./command.ts";
import { withControl } from "./operate.ts";

type Format = "text" | "csv" | "html" | "json";
const FORMATS: Readonly<Record<Format, (report: MonthReport) => string>> = {
  text: monthText,
  csv: monthCsv,
  html: monthHtml,
  json: (report) => `${JSON.stringify(report)}\n`,
};

/** Figures by agency and kind, with clusters and answers that a superior should look at. */
export const report: Command = {
  summary: "figures of a month by agency and kind",
  usage: "report [--month 2026-10] [--format text|csv|html|json] [--clusters] [--out FILE] [--json]",
  run: async (context) => {
    const { values } = parseArgs({
      args: [...context.args],
      options: {
        month: { type: "string" },
        format: { type: "string" },
        clusters: { type: "boolean", default: false },
        out: { type: "string" },
        json: { type: "boolean", default: false },
      },
    });
    const format = values.json ? "json" : (values.format ?? "text");
    if (format === "png")
      throw new UsageError(
        "there is no picture yet; --format html makes a page with charts, to print or save",
      );
    if (!isFormat(format)) throw new UsageError(`--format must be one of ${Object.keys(FORMATS).join(", ")}`);
    const month = values.month ?? monthOf(createClock(context.config().MOTCUA_NOW)());
    if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month))
      throw new UsageError("--month must be a month like 2026-10");
    const found = await withControl(context, (control) => control.report(month));
    const text = (values.clusters ? clustersOnly : FORMATS)[format](found);
    if (values.out === undefined) context.out(text);
    else await save(values.out, text);
    return 0;
  },
};

function isFormat(name: string): name is Format {
  return Object.hasOwn(FORMATS, name);
}

/** @throws InputError */
async function save(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { mode: 0o600 });
  } catch (error) {
    throw new InputError(`${file} cannot be written: ${error instanceof Error ? error.message : "unknown"}`);
  }
}
