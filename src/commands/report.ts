import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { createClock } from "../clock.ts";
import { monthOf } from "../complaints/figures.ts";
import { clustersOnly, monthCsv, monthHtml, monthText } from "../report/month.ts";
import { monthPicture } from "../report/picture.ts";
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
  usage: "report [--month 2026-10] [--format text|csv|html|json|png] [--clusters] [--out FILE] [--json]",
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
    if (format !== "png" && !isFormat(format))
      throw new UsageError(`--format must be one of ${Object.keys(FORMATS).join(", ")}, png`);
    const { out } = values;
    if (format === "png" && (out === undefined || values.clusters))
      throw new UsageError("a picture shows the whole month and needs a file: --format png --out FILE");
    const month = values.month ?? monthOf(createClock(context.config().MOTCUA_NOW)());
    if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month))
      throw new UsageError("--month must be a month like 2026-10");
    const found = await withControl(context, (control) => control.report(month));
    const made =
      format === "png"
        ? await pngOf(monthPicture(found))
        : (values.clusters ? clustersOnly : FORMATS)[format](found);
    if (out !== undefined) await save(out, made);
    else if (typeof made === "string") context.out(made);
    return 0;
  },
};

function isFormat(name: string): name is Format {
  return Object.hasOwn(FORMATS, name);
}

/** With a font of our own: a machine may have none, or one without the letters of Vietnamese. */
async function pngOf(svg: string): Promise<Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js");
  const { resolve } = createRequire(import.meta.url);
  const fontFiles = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"].map((name) =>
    resolve(`dejavu-fonts-ttf/ttf/${name}`),
  );
  const font = { loadSystemFonts: false, fontFiles, defaultFontFamily: "DejaVu Sans" };
  return new Resvg(svg, { font, fitTo: { mode: "zoom", value: 2 } }).render().asPng();
}

/** @throws InputError */
async function save(file: string, made: string | Uint8Array): Promise<void> {
  try {
    await writeFile(file, made, { mode: 0o600 });
  } catch (error) {
    throw new InputError(`${file} cannot be written: ${error instanceof Error ? error.message : "unknown"}`);
  }
}
