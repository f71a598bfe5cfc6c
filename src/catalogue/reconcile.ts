import type { ImportedProcedure } from "../knowledge/imported-procedure.ts";
import { type Catalogue, type Entry, encodeEntry, sameFacts } from "./catalogue.ts";
import type { Place, Refusal } from "./record.ts";

/** What was read from the files or the portal. */
export type Gathered = {
  readonly taken: readonly { readonly place: Place; readonly procedure: ImportedProcedure }[];
  readonly refusals: readonly Refusal[];
};

/** What an import did: `read` is always the sum of added, changed, same and refused. */
export type Summary = {
  readonly read: number;
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly refused: number;
  /** In the catalogue before and not in this import, and still there. */
  readonly kept: number;
  /** In the catalogue before and no longer. */
  readonly vanished: readonly { readonly code: string; readonly name: string }[];
  readonly refusals: readonly Refusal[];
  /** The import was too small to be the whole catalogue, so the others stayed. */
  readonly partial: boolean;
  /** Procedures in the catalogue afterwards. */
  readonly count: number;
};

/** A part of the catalogue before that an import must have to be taken for a whole one. */
const WHOLE = 0.5;

/**
 * The catalogue after an import, and what changed. Of two records with one code the one changed later is taken. A record
 * that is refused as faulty leaves the one that was there: a slip in a copy must not take a procedure from people.
 */
export function reconcile(
  { taken, refusals }: Gathered,
  before: Catalogue | undefined,
  { partial: told, replace }: { readonly partial?: boolean; readonly replace?: boolean } = {},
): { readonly entries: readonly Entry[]; readonly summary: Summary } {
  const { newest, doubles } = withoutDoubles(taken);
  const old = before?.briefs ?? [];
  const partial = !replace && (told === true || newest.size < old.length * WHOLE);
  const broken = new Set(refusals.flatMap(({ code, withdrawn }) => (code && !withdrawn ? [code] : [])));
  const withdrawn = new Set(refusals.flatMap(({ code, withdrawn }) => (code && withdrawn ? [code] : [])));

  const entries: Entry[] = [];
  const counts = { added: 0, changed: 0, same: 0 };
  for (const { procedure } of newest.values()) {
    const entry = encodeEntry(procedure);
    const stored = before?.entry(entry.code);
    counts[stored ? (sameFacts(stored, entry) ? "same" : "changed") : "added"] += 1;
    entries.push(entry);
  }
  const vanished: { code: string; name: string }[] = [];
  let kept = 0;
  for (const { code, name } of old) {
    if (newest.has(code)) continue;
    const entry = before?.entry(code);
    if (entry && (broken.has(code) || (partial && !withdrawn.has(code)))) {
      entries.push(entry);
      kept += 1;
    } else vanished.push({ code, name });
  }
  const all = [...refusals, ...doubles];
  const summary: Summary = {
    read: taken.length + refusals.length,
    ...counts,
    refused: all.length,
    kept,
    vanished,
    refusals: all,
    partial,
    count: entries.length,
  };
  return { entries, summary };
}

function withoutDoubles(taken: Gathered["taken"]): {
  newest: Map<string, Gathered["taken"][number]>;
  doubles: Refusal[];
} {
  const newest = new Map<string, Gathered["taken"][number]>();
  const doubles: Refusal[] = [];
  for (const one of taken) {
    const { code } = one.procedure;
    const other = newest.get(code);
    const later = !other || (one.procedure.updated ?? "") > (other.procedure.updated ?? "");
    if (other) {
      const [loser, winner] = later ? [other, one] : [one, other];
      const { place, procedure } = loser;
      doubles.push({ ...place, code, name: procedure.name, reason: `again in ${placeOf(winner.place)}` });
    }
    if (later) newest.set(code, one);
  }
  return { newest, doubles };
}

/** “details.ndjson:17”, “export.json record 3”. */
export function placeOf({ file, line, record }: Place): string {
  return `${file}${line === undefined ? "" : `:${line}`}${record === undefined ? "" : ` record ${record}`}`;
}
