import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { dayInVietnam } from "../knowledge/calendar.ts";
import { CatalogueError } from "./catalogue.ts";
import { gather } from "./gather.ts";
import type { Portal } from "./portal.ts";
import { type RawRecord, readRecords } from "./read.ts";
import type { Gathered } from "./reconcile.ts";

export type CrawlOptions = {
  readonly portal: Portal;
  /** The portal's address: what was fetched elsewhere is not used. */
  readonly root: string;
  /** Keeps what was fetched until the catalogue is in place. */
  readonly partial: string;
  readonly clock: () => Date;
  readonly onProgress?: (done: number, total: number) => void;
};

/** Older than that, what an interrupted run fetched is fetched again. */
const FRESH = 7 * 86_400_000;
/** So many refusals in a row are no missing records: the portal has changed or shuts us out quietly. */
const MOST_REFUSED = 10;

const Fetched = z.object({ id: z.string(), root: z.string(), at: z.iso.datetime(), detail: z.unknown() });

/** Where what was fetched lies until the import is done. */
export function partialFile(dataDir: string): string {
  return join(dataDir, "catalogue", "portal.partial.ndjson");
}

/**
 * Fetches all detail records, cleaned; goes on where an interrupted run stopped. `whole` when the portal gave its whole
 * list.
 * @throws CatalogueError when the portal refuses or does not answer; what was fetched stays for the next run
 */
export async function crawl(options: CrawlOptions): Promise<Gathered & { readonly whole: boolean }> {
  const { portal, root, partial, clock, onProgress = () => undefined } = options;
  const { ids, whole } = await portal.list();
  if (ids.length === 0) throw new CatalogueError("the portal's list is empty; nothing was imported");
  const { append, has } = await openPartial(options);
  const refusals: Gathered["refusals"][number][] = [];
  let done = 0;
  let inARow = 0;
  for (const id of ids) {
    if (!has(id)) {
      const found = await portal.detail(id);
      if ("record" in found) {
        append({ id, root, at: clock().toISOString(), detail: found.record });
        inARow = 0;
      } else {
        refusals.push({ file: root, reason: `${id}: ${found.problem}` });
        inARow += 1;
        if (inARow >= MOST_REFUSED)
          throw new CatalogueError(
            `the portal gave none of the last ${inARow} procedures (${found.problem}); what was fetched is kept`,
          );
      }
    }
    onProgress((done += 1), ids.length);
  }
  // What is too old and could not be fetched again is not used.
  const wanted = new Set(ids.filter(has));
  const gathered = await gather(detailsIn(partial, root, wanted), undefined);
  return { taken: gathered.taken, refusals: [...refusals, ...gathered.refusals], whole };
}

/** Forgets what was fetched, after the catalogue made of it is in place. */
export function dropPartial(partial: string): void {
  rmSync(partial, { force: true });
}

async function openPartial({ partial, root, clock }: CrawlOptions): Promise<{
  append: (fetched: z.output<typeof Fetched>) => void;
  has: (id: string) => boolean;
}> {
  const ids = new Set<string>();
  mkdirSync(dirname(partial), { recursive: true, mode: 0o700 });
  if (existsSync(partial)) {
    const oldest = new Date(clock().getTime() - FRESH).toISOString();
    for await (const raw of readRecords(partial)) {
      const fetched = fetchedOf(raw);
      if (fetched?.root === root && fetched.at >= oldest) ids.add(fetched.id);
    }
    if (endsTorn(partial)) appendFileSync(partial, "\n");
  }
  return {
    append: (fetched) => {
      appendFileSync(partial, `${JSON.stringify(fetched)}\n`, { mode: 0o600 });
      ids.add(fetched.id);
    },
    has: (id) => ids.has(id),
  };
}

/** The newest record of each wanted id, dated by the day on which it was fetched. */
async function* detailsIn(
  partial: string,
  root: string,
  wanted: ReadonlySet<string>,
): AsyncGenerator<RawRecord> {
  const newest = new Map<string, number>();
  for await (const raw of readRecords(partial)) {
    const fetched = fetchedOf(raw);
    if (fetched?.root === root && raw.place.line !== undefined) newest.set(fetched.id, raw.place.line);
  }
  for await (const raw of readRecords(partial)) {
    const fetched = fetchedOf(raw);
    if (!fetched || !wanted.has(fetched.id) || newest.get(fetched.id) !== raw.place.line) continue;
    const day = dayInVietnam(fetched.at);
    const detail = typeof fetched.detail === "object" && fetched.detail !== null ? fetched.detail : {};
    yield { place: { file: `${root}/${fetched.id}` }, value: { ...detail, crawledAt: day } };
  }
}

/** The last line of a run that was killed is torn; it is fetched again. */
function fetchedOf(raw: RawRecord): z.output<typeof Fetched> | undefined {
  return "value" in raw ? Fetched.safeParse(raw.value).data : undefined;
}

function endsTorn(file: string): boolean {
  return statSync(file).size > 0 && readFileSync(file).at(-1) !== 10;
}
