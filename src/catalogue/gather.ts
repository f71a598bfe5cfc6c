import { open } from "node:fs/promises";
import type { ImportedProcedure } from "../knowledge/imported-procedure.ts";
import { type Catalogue, CatalogueError, encodeCatalogue, isCatalogue, openCatalogue } from "./catalogue.ts";
import { readCatalogue } from "./catalogue-file.ts";
import { cleanRecord, type Outcome } from "./clean.ts";
import { type RawRecord, readRecords } from "./read.ts";
import { type Gathered, reconcile } from "./reconcile.ts";
import type { Place } from "./record.ts";

export type GatherOptions = {
  /** The day of the copy, for records that do not say it. */
  readonly retrieved?: string | undefined;
  /** Bytes read so far, for a progress bar. */
  readonly onBytes?: (bytes: number) => void;
};

/** All records of the files, cleaned. */
export async function gatherFiles(
  files: readonly string[],
  { retrieved, onBytes }: GatherOptions = {},
): Promise<Gathered> {
  const taken: Gathered["taken"][number][] = [];
  const refusals: Gathered["refusals"][number][] = [];
  for (const file of files) {
    const gathered = await gather(readRecords(file, onBytes), retrieved);
    taken.push(...gathered.taken);
    refusals.push(...gathered.refusals);
  }
  return { taken, refusals };
}

/**
 * Cleans records. Where neither the record nor the caller says of which day the copy is, it is the newest day on which
 * one of them was changed: the copy cannot be older than that.
 */
export async function gather(
  records: AsyncIterable<RawRecord>,
  retrieved: string | undefined,
): Promise<Gathered> {
  const taken: { place: Place; procedure: Taken["procedure"] }[] = [];
  const refusals: Gathered["refusals"][number][] = [];
  let newest = "";
  for await (const raw of records) {
    const { place } = raw;
    if ("problem" in raw) refusals.push({ ...place, reason: raw.problem });
    else {
      const { updated, ...outcome } = cleanRecord(raw.value);
      if (updated !== undefined && updated > newest) newest = updated;
      if (outcome.kind === "taken") taken.push({ place, procedure: outcome.procedure });
      else {
        const { kind: _, ...refusal } = outcome;
        refusals.push({ ...place, ...refusal });
      }
    }
  }
  const day = retrieved ?? newest;
  return {
    taken: taken.flatMap(({ place, procedure }) => dated(place, procedure, day, refusals)),
    refusals,
  };
}
type Taken = Extract<Outcome, { kind: "taken" }>;

function dated(
  place: Place,
  procedure: Taken["procedure"],
  day: string,
  refusals: Gathered["refusals"][number][],
): { place: Place; procedure: ImportedProcedure }[] {
  const retrieved = procedure.retrieved ?? day;
  if (retrieved !== "") return [{ place, procedure: { ...procedure, retrieved } }];
  const { code, name } = procedure;
  refusals.push({ ...place, code, name, reason: "the day of the copy is unknown; give it with --retrieved" });
  return [];
}

/**
 * A catalogue in memory from files as `motcua import` takes them, or from one catalogue file; nothing is stored.
 * @throws CatalogueError when a file cannot be read or holds nothing usable
 */
export async function readCatalogueInput(files: readonly string[], retrieved?: string): Promise<Catalogue> {
  const [first = ""] = files;
  if (files.length === 1 && (await startsAsCatalogue(first))) {
    const stored = readCatalogue(first);
    if (stored) return stored;
  }
  const { entries } = reconcile(await gatherFiles(files, { retrieved }), undefined);
  if (entries.length === 0)
    throw new CatalogueError(`${files.join(", ")} holds no procedure that can be used`);
  const name = files.join(", ");
  return openCatalogue(encodeCatalogue(entries, new Date(0)), name);
}

async function startsAsCatalogue(file: string): Promise<boolean> {
  const handle = await open(file).catch((cause: unknown) => {
    throw new CatalogueError(`${file} cannot be opened; check its name`, { cause });
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(16), 0, 16, 0);
    return isCatalogue(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}
