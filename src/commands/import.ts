import { statSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Catalogue, CatalogueError, encodeCatalogue, openCatalogue } from "../catalogue/catalogue.ts";
import { catalogueFile, readCatalogue, writeCatalogue } from "../catalogue/catalogue-file.ts";
import { crawl, dropPartial, partialFile } from "../catalogue/crawl.ts";
import { gatherFiles } from "../catalogue/gather.ts";
import { openPortal } from "../catalogue/portal.ts";
import { type Gathered, placeOf, reconcile, type Summary } from "../catalogue/reconcile.ts";
import type { Refusal } from "../catalogue/record.ts";
import { createClock } from "../clock.ts";
import { KnowledgeError } from "../knowledge/load.ts";
import { Day } from "../knowledge/source.ts";
import { knowledgeOf, partsFor } from "../live-guide.ts";
import { makePrivateFolder } from "../store/files.ts";
import { type Command, type CommandContext, InputError, UsageError } from "./command.ts";
import { createProgress, type Progress } from "./progress.ts";

const PORTAL = "https://dichvucong.gov.vn";
/** So many of each kind are listed; all of them with --json. */
const LISTED = 20;

/**
 * Works out what follows from the new catalogue before it is put in place, so that a running program, and the next start,
 * find it kept. The import stands whatever comes of it.
 */
function prepare({ config }: CommandContext, catalogue: Catalogue): void {
  const settings = config();
  try {
    partsFor(knowledgeOf(settings), settings, catalogue);
  } catch (error) {
    if (!(error instanceof KnowledgeError)) throw error;
  }
}

/** The national catalogue, from files or from the portal itself. */
export const importCatalogue: Command = {
  summary: "take in the national catalogue of procedures",
  usage:
    "import FILE… [--retrieved YYYY-MM-DD] [--replace] [--json], or import --portal [URL] [--pause MS] [--replace] [--json]",
  run: async (context) => {
    const asked = askedOf(context.args);
    const { DATA_DIR, MOTCUA_NOW } = context.config();
    const clock = createClock(MOTCUA_NOW);
    const file = catalogueFile(DATA_DIR);
    const before = catalogueBefore(file, context);
    const partial = partialFile(DATA_DIR);
    const terminal = process.stderr.isTTY;
    const progress = createProgress(context.err, { terminal, lines: asked.portal !== undefined });
    const gathered = await (asked.portal
      ? crawl({
          portal: openPortal({
            root: asked.portal,
            ...(asked.pause !== undefined && { pause: asked.pause }),
          }),
          root: asked.portal,
          partial,
          clock,
          onProgress: progress.show,
        })
      : fromFiles(asked, progress, clock)
    ).finally(progress.end);

    const { entries, summary } = reconcile(gathered, before, {
      replace: asked.replace,
      partial: "whole" in gathered && !gathered.whole,
    });
    const usable = gathered.taken.length > 0;
    if (usable) {
      await makePrivateFolder(DATA_DIR);
      const bytes = encodeCatalogue(entries, clock());
      prepare(context, openCatalogue(bytes, file));
      await writeCatalogue(file, bytes);
      if (asked.portal) dropPartial(partial);
    }
    context.out(asked.json ? `${JSON.stringify(summary)}\n` : tell(summary, usable));
    if (!usable) context.err("nothing usable was found; the catalogue is as it was\n");
    return usable ? 0 : 1;
  },
};

type Asked = {
  readonly files: readonly string[];
  readonly portal: string | undefined;
  readonly pause: number | undefined;
  readonly retrieved: string | undefined;
  readonly replace: boolean;
  readonly json: boolean;
};

function askedOf(args: readonly string[]): Asked {
  const { values, positionals } = parseArgs({
    // The address after --portal may be left out, which the parser does not know.
    args: args.flatMap((arg) => (arg.startsWith("--portal=") ? ["--portal", arg.slice(9)] : [arg])),
    allowPositionals: true,
    options: {
      portal: { type: "boolean", default: false },
      pause: { type: "string" },
      retrieved: { type: "string" },
      replace: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  const { portal, retrieved, replace, json } = values;
  if (!portal && positionals.length === 0) throw new UsageError("name a file, or --portal");
  if (!portal && values.pause !== undefined) throw new UsageError("--pause goes with --portal");
  if (portal && retrieved !== undefined) throw new UsageError("--retrieved goes with files");
  if (retrieved !== undefined && !Day.safeParse(retrieved).success)
    throw new UsageError("--retrieved must be a day such as 2026-07-18");
  const pause = values.pause === undefined ? undefined : Number(values.pause);
  if (pause !== undefined && !(Number.isInteger(pause) && pause >= 0 && pause <= 600_000))
    throw new UsageError("--pause must be 0 to 600000 milliseconds");
  return {
    files: portal ? [] : positionals,
    portal: portal ? addressOf(positionals) : undefined,
    pause,
    retrieved,
    replace,
    json,
  };
}

function addressOf(positionals: readonly string[]): string {
  if (positionals.length > 1) throw new UsageError("--portal takes one address");
  const [address = PORTAL] = positionals;
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address))
    throw new UsageError("the portal's address must begin with http:// or https://");
  return address.replace(/\/+$/, "");
}

async function fromFiles(asked: Asked, progress: Progress, clock: () => Date): Promise<Gathered> {
  const { files, retrieved } = asked;
  if (retrieved !== undefined && retrieved > clock().toISOString().slice(0, 10))
    throw new InputError("--retrieved is a day to come; give the day of the copy");
  const total = files.reduce((sum, file) => sum + sizeOf(file), 0);
  let done = 0;
  return gatherFiles(files, {
    retrieved,
    onBytes: (bytes) => {
      done += bytes;
      progress.show(done, total);
    },
  });
}

function sizeOf(file: string): number {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile()) throw new InputError(`${file} is no file; check its name`);
  return stat.size;
}

/** A damaged catalogue is no reason not to import a new one. */
function catalogueBefore(file: string, { err }: CommandContext): Catalogue | undefined {
  try {
    return readCatalogue(file);
  } catch (error) {
    if (!(error instanceof CatalogueError)) throw error;
    err("the catalogue that was there is damaged; all counts as added\n");
    return undefined;
  }
}

function tell(summary: Summary, usable: boolean): string {
  const { read, added, changed, same, refused, kept, vanished, partial, count } = summary;
  const lines = [
    `${read} records read: ${added} added, ${changed} changed, ${same} same, ${refused} refused`,
    ...(usable ? [`${count} procedures in the catalogue now`] : []),
    ...(kept > 0 ? [`${kept} kept from before`] : []),
    ...(partial && kept > 0
      ? ["this was taken for a part of the catalogue, so the others stayed; --replace drops them"]
      : []),
    ...listed(
      `${vanished.length} vanished`,
      vanished.map(({ code, name }) => `${code} ${name}`),
    ),
    ...refusalsBy(summary.refusals),
  ];
  return `${lines.join("\n")}\n`;
}

function refusalsBy(refusals: readonly Refusal[]): string[] {
  const reasons = new Map<string, string[]>();
  for (const refusal of refusals) {
    const line = [placeOf(refusal), refusal.code ?? "", refusal.name ?? ""].filter(Boolean).join(" ");
    reasons.set(refusal.reason, [...(reasons.get(refusal.reason) ?? []), line]);
  }
  return [...reasons].flatMap(([reason, lines]) => listed(`${lines.length} refused: ${reason}`, lines));
}

function listed(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const rest = lines.length - LISTED;
  return [
    title,
    ...lines.slice(0, LISTED).map((line) => `  ${line}`),
    ...(rest > 0 ? [`  … and ${rest} more`] : []),
  ];
}
