import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { CatalogueError } from "./catalogue.ts";
import type { Place } from "./record.ts";

/** One record as it stands in the file, or why there is none where one should be. */
export type RawRecord = { readonly place: Place } & (
  | { readonly value: unknown }
  | { readonly problem: string }
);

type Line = { readonly number: number } & ({ readonly text: string } | { readonly problem: string });

/** The longest record of the national catalogue has a quarter of a megabyte. */
const LONGEST_LINE = 8 * 2 ** 20;
/** A whole file on one line: what the runtime can hold in one text. */
const LONGEST_FILE = 400 * 2 ** 20;
const NEWLINE = 10;
const BOM = "\uFEFF";

/**
 * The records of a file: one a line, or one JSON value; gzipped or not, whatever its name. What is not JSON is told and
 * the others go on.
 * @throws CatalogueError when the file cannot be read to its end: half a file must not pass for a whole one
 */
export async function* readRecords(
  file: string,
  onBytes: (bytes: number) => void = () => undefined,
): AsyncGenerator<RawRecord> {
  try {
    const lines = linesOf(await unzipped(counted(createReadStream(file), onBytes)));
    yield* recordsIn(lines, file);
  } catch (error) {
    if (error instanceof CatalogueError) throw error;
    const problem = error instanceof Error ? error.message : String(error);
    throw new CatalogueError(`${file} cannot be read to its end (${problem}); nothing was imported from it`, {
      cause: error,
    });
  }
}

async function* recordsIn(lines: AsyncGenerator<Line>, file: string): AsyncGenerator<RawRecord> {
  const start = await lines.next();
  if (start.done) return;
  const first = start.value;
  const opening = "text" in first ? jsonOf(first.text) : undefined;
  if ("text" in first && !opening && /^[[{]/.test(first.text)) {
    // Either one JSON value over many lines, or one record a line of which the first is broken: only the end tells.
    const all: Line[] = [first];
    for await (const line of lines) all.push(line);
    yield* wholeOf(all, file);
    return;
  }
  yield* lineOf(first, file);
  for await (const line of lines) yield* lineOf(line, file);
}

function* wholeOf(lines: readonly Line[], file: string): Generator<RawRecord> {
  const texts = lines.map((line) => ("text" in line ? line.text : undefined));
  const size = texts.reduce((sum, text) => sum + (text?.length ?? Number.POSITIVE_INFINITY), 0);
  const whole = size <= LONGEST_FILE ? jsonOf(texts.join("\n")) : undefined;
  if (whole) {
    let record = 0;
    for (const value of unwrap(whole.value)) yield { place: { file, record: (record += 1) }, value };
    return;
  }
  for (const line of lines) {
    if (!("text" in line)) yield* lineOf(line, file);
    // An array with a record a line.
    else if (!/^[[\]]$/.test(line.text)) yield* lineOf({ ...line, text: line.text.replace(/,$/, "") }, file);
  }
}

function* lineOf(line: Line, file: string): Generator<RawRecord> {
  const place = { file, line: line.number };
  if ("problem" in line) yield { place, problem: line.problem };
  else {
    const json = jsonOf(line.text);
    if (!json) yield { place, problem: "not JSON" };
    else if (Array.isArray(json.value)) {
      let record = 0;
      for (const value of json.value) yield { place: { ...place, record: (record += 1) }, value };
    } else for (const value of unwrap(json.value)) yield { place, value };
  }
}

/** What stands in the portal's envelopes: `{data: …}`, `{data: {data: …}}`, `{items: […]}`. */
function unwrap(value: unknown, depth = 0): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value !== "object" || value === null || depth > 3) return [value];
  if ("name" in value) return [value];
  if ("data" in value) return unwrap(value.data, depth + 1);
  return "items" in value && Array.isArray(value.items) ? value.items : [value];
}

function jsonOf(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Lines that hold something. Only the first may be as long as a whole file. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let number = 0;
  let parts: Buffer[] = [];
  let size = 0;
  const take = (last: Buffer): Line | undefined => {
    number += 1;
    const tooLong = size + last.length > (number === 1 ? LONGEST_FILE : LONGEST_LINE);
    const bytes = tooLong ? last : Buffer.concat([...parts, last]);
    parts = [];
    size = 0;
    if (tooLong) return { number, problem: `larger than ${LONGEST_LINE / 2 ** 20} MB` };
    const text = textOf(bytes);
    if (text === undefined) return { number, problem: "not UTF-8" };
    return text === "" ? undefined : { number, text };
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      const line = take(chunk.subarray(start, end));
      if (line) yield line;
      start = end + 1;
    }
    size += chunk.length - start;
    // A line that is too long is only measured.
    if (size <= (number === 0 ? LONGEST_FILE : LONGEST_LINE)) parts.push(chunk.subarray(start));
    else parts = [];
  }
  const line = size > 0 ? take(Buffer.alloc(0)) : undefined;
  if (line) yield line;
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function textOf(bytes: Buffer): string | undefined {
  try {
    return decoder.decode(bytes).replace(BOM, "").trim();
  } catch {
    return undefined;
  }
}

async function* counted(
  chunks: AsyncIterable<Buffer>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    onBytes(chunk.length);
    yield chunk;
  }
}

/** Unpacked if it is gzip, by its first bytes. */
async function unzipped(chunks: AsyncGenerator<Buffer>): Promise<AsyncIterable<Buffer>> {
  const start = await chunks.next();
  if (start.done) return chunks;
  const [one, two] = start.value;
  const all = Readable.from(
    (async function* () {
      yield start.value;
      yield* chunks;
    })(),
  );
  if (one !== 0x1f || two !== 0x8b) return all;
  const unpacked = createGunzip();
  all.once("error", (error) => unpacked.destroy(error));
  return all.pipe(unpacked);
}
