import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";
import { z } from "zod";
import type { ImportedProcedure } from "../knowledge/imported-procedure.ts";
import type { Document } from "../knowledge/procedure.ts";
import { remember } from "../text/remember.ts";

/** The imported catalogue cannot be used; the message says what to do. */
export class CatalogueError extends Error {
  override name = "CatalogueError";
}

/** What search needs of one procedure. */
export const Brief = z.object({
  code: z.string(),
  name: z.string(),
  sector: z.string(),
  province: z.string().optional(),
  level: z.array(z.enum(["commune", "province", "ministry", "other"])),
  audience: z.array(z.string()),
  result: z.array(z.string()),
  /** Names of the papers, shortened. */
  documents: z.array(z.string()),
  /** The day of the copy. */
  retrieved: z.string(),
  url: z.string(),
});
export type Brief = Readonly<z.output<typeof Brief>>;

const Header = z.object({
  version: z.literal(1),
  /** When it was imported. */
  imported: z.iso.datetime(),
  /** The newest day of a copy in it; empty in an empty catalogue. */
  retrieved: z.string(),
  count: z.int().nonnegative(),
  /** CRC-32 of all that follows this line. */
  sum: z.int().nonnegative(),
});
export type CatalogueHeader = Readonly<z.output<typeof Header>>;

/** The national catalogue in memory: what search needs at hand, the rest read when asked for. */
export type Catalogue = {
  readonly header: CatalogueHeader;
  /** Sorted by code. */
  readonly briefs: readonly Brief[];
  /**
   * All that is known of one procedure.
   * @throws CatalogueError when somebody wrote over the file
   */
  facts(code: string): ImportedProcedure | undefined;
  /** Its stored line, for comparing and carrying over. */
  entry(code: string): Entry | undefined;
  /** To be called when it is asked nothing any more. */
  close(): void;
};

/** One procedure as it is stored. */
export type Entry = { readonly code: string; readonly brief: string; readonly full: string };

const NEWLINE = 10;
const TAB = 9;
const MOST_DOCUMENTS = 12;
const MOST_WORDS = 12;
/** A brief begins with its code. */
const CODE_FIRST = /^\{"code":"([^"]+)"/;
const CODE_WITHIN = 60;
/** Procedures kept ready: people of one day ask for the same few. */
const MOST_KEPT = 400;
const REMEDY = "import the catalogue again (motcua import)";

/** `retrieved` stands last, so that two entries can be compared without the day of their copies. */
export function encodeEntry(procedure: ImportedProcedure): Entry {
  const { retrieved, documents, ...facts } = procedure;
  const papers = documents.map(({ hand, ...paper }) => (hand === "submit" ? paper : { ...paper, hand }));
  const full = Object.entries({ ...facts, documents: papers, retrieved }).filter(
    ([, value]) => !Array.isArray(value) || value.length > 0,
  );
  const brief: Brief = {
    code: facts.code,
    name: facts.name,
    sector: facts.sector,
    ...(facts.province !== undefined && { province: facts.province }),
    level: facts.level,
    audience: facts.audience,
    result: facts.result,
    documents: documents.slice(0, MOST_DOCUMENTS).map(({ name }) => firstWords(name)),
    retrieved,
    url: facts.url,
  };
  return {
    code: facts.code,
    brief: JSON.stringify(brief),
    full: JSON.stringify(Object.fromEntries(full)),
  };
}

/** What an entry leaves out where it is empty. */
type Lists =
  | "level"
  | "audience"
  | "remarks"
  | "ways"
  | "steps"
  | "result"
  | "conditions"
  | "legalBasis"
  | "documents";
type Stored = Omit<ImportedProcedure, Lists> &
  Partial<Omit<Pick<ImportedProcedure, Lists>, "documents">> & {
    readonly documents?: readonly (Omit<Document, "hand"> & Partial<Pick<Document, "hand">>)[];
  };

/**
 * What {@link encodeEntry} was given. Each record was checked when it was imported, and the sum of the whole file when it
 * was opened; to check it once more took a fifteenth of the time of an answer.
 * @throws SyntaxError when it is no entry
 */
function decodeEntry({ full }: Pick<Entry, "full">): ImportedProcedure {
  const { documents = [], ...facts }: Stored = JSON.parse(full);
  return {
    level: [],
    audience: [],
    remarks: [],
    ways: [],
    steps: [],
    result: [],
    conditions: [],
    legalBasis: [],
    ...facts,
    documents: documents.map((paper) => ({ hand: "submit", ...paper })),
  };
}

/** Whether two entries state the same facts, be their copies of different days. */
export function sameFacts(one: Entry, other: Entry): boolean {
  const facts = ({ full }: Entry): string => full.slice(0, full.lastIndexOf(',"retrieved":'));
  return facts(one) === facts(other);
}

/**
 * The bytes of a catalogue file: a header, then a line each of what search needs and, packed, all that is known. Packed
 * it is read at a start in half the time and kept in half the memory.
 */
export function encodeCatalogue(entries: readonly Entry[], imported: Date): Buffer {
  const sorted = entries.toSorted((a, b) => (a.code < b.code ? -1 : 1));
  const body = Buffer.from(sorted.map(({ brief, full }) => `${brief}\t${pack(full)}\n`).join(""));
  const days = sorted.map(({ full }) => /"retrieved":"([\d-]+)"\}$/.exec(full)?.[1] ?? "");
  const header: CatalogueHeader = {
    version: 1,
    imported: imported.toISOString(),
    retrieved: days.toSorted().at(-1) ?? "",
    count: sorted.length,
    sum: crc32(body),
  };
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), body]);
}

/** Whether these bytes begin as a catalogue file does. */
export function isCatalogue(bytes: Buffer): boolean {
  return bytes.toString("latin1", 0, 12).startsWith('{"version":');
}

/** Where the bytes of a catalogue lie. */
export type CatalogueBytes = {
  /** From `start` up to but without `end`. */
  read(start: number, end: number): Buffer;
  close(): void;
};

/**
 * A catalogue from the bytes of its file, which must not change afterwards.
 * @param source where they are read again when a procedure is asked for; by itself they stay in memory
 * @throws CatalogueError when they are not a whole catalogue
 */
export function openCatalogue(bytes: Buffer, file: string, source: CatalogueBytes = kept(bytes)): Catalogue {
  const { header, spans } = lookThrough(bytes, file);
  return catalogueOf(header, spans, source, file);
}

function kept(bytes: Buffer): CatalogueBytes {
  return { read: (start, end) => bytes.subarray(start, end), close: () => undefined };
}

/** Where the line of each procedure lies, by its code. */
type Spans = ReadonlyMap<string, readonly [start: number, tab: number, end: number]>;

function lookThrough(bytes: Buffer, file: string): { header: CatalogueHeader; spans: Spans } {
  const start = bytes.indexOf(NEWLINE) + 1;
  const header = parsed(Header, bytes.toString("utf8", 0, Math.max(start - 1, 0)), file);
  if (crc32(bytes.subarray(start)) !== header.sum)
    throw new CatalogueError(`${file} is damaged or cut short; ${REMEDY}`);
  const spans = new Map<string, readonly [start: number, tab: number, end: number]>();
  for (let at = start; at < bytes.length; ) {
    const tab = bytes.indexOf(TAB, at);
    const end = bytes.indexOf(NEWLINE, tab);
    const [, code] = CODE_FIRST.exec(bytes.toString("latin1", at, Math.min(tab, at + CODE_WITHIN))) ?? [];
    if (code === undefined) throw new CatalogueError(`${file} is no catalogue of this version; ${REMEDY}`);
    spans.set(code, [at, tab, end]);
    at = end + 1;
  }
  if (spans.size !== header.count)
    throw new CatalogueError(`${file} holds ${spans.size} of ${header.count} procedures; ${REMEDY}`);
  return { header, spans };
}

function catalogueOf(
  header: CatalogueHeader,
  spans: Spans,
  { read, close }: CatalogueBytes,
  file: string,
): Catalogue {
  // Read when asked for: a start that finds its index kept needs none of them.
  let briefs: readonly Brief[] | undefined;
  const readBriefs = (): readonly Brief[] =>
    [...spans.values()].map(([at, tab]) => parsed(Brief, read(at, tab).toString(), file));
  const entry = (code: string): Entry | undefined => {
    const span = spans.get(code);
    if (!span) return undefined;
    const [at, tab, end] = span;
    return { code, brief: read(at, tab).toString(), full: unpacked(read(tab + 1, end), file) };
  };
  return {
    header,
    get briefs() {
      briefs ??= readBriefs();
      return briefs;
    },
    entry,
    facts: factsOf(entry, file),
    close,
  };
}

/** Reads facts on demand; the last ones asked for stay ready. */
function factsOf(entry: Catalogue["entry"], file: string): Catalogue["facts"] {
  return remember(
    MOST_KEPT,
    (code) => code,
    (code: string) => {
      const stored = entry(code);
      try {
        return stored && decodeEntry(stored);
      } catch (cause) {
        throw changedInPlace(file, cause);
      }
    },
  );
}

function parsed<T extends z.ZodType>(schema: T, json: string, file: string): z.output<T> {
  try {
    return schema.parse(JSON.parse(json));
  } catch (cause) {
    throw new CatalogueError(`${file} is no catalogue of this version; ${REMEDY}`, { cause });
  }
}

function pack(text: string): string {
  return deflateRawSync(text).toString("base64");
}

function unpacked(packed: Buffer, file: string): string {
  try {
    return inflateRawSync(Buffer.from(packed.toString("latin1"), "base64")).toString();
  } catch (cause) {
    throw changedInPlace(file, cause);
  }
}

function changedInPlace(file: string, cause: unknown): CatalogueError {
  return new CatalogueError(`${file} was changed in place; ${REMEDY}`, { cause });
}

function firstWords(name: string): string {
  return name.split(" ").slice(0, MOST_WORDS).join(" ");
}
