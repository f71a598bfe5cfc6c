import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

/** Where the journal stands: the number of the last commit and the digest that its line carries. */
export type Mark = { readonly seq: number; readonly digest: string };

/** Before the first commit of all. */
export const START: Mark = { seq: 0, digest: "0".repeat(64) };

const NEWLINE = 0x0a;
/** `crc32 firstSeqOfBatch seq chainDigest json`; the checksum is over everything after it. */
const LINE = /^([0-9a-f]{8}) ((\d+) (\d+) ([0-9a-f]{64}) (.*))$/s;
const LINE_START = /[0-9a-f]{8} \d+ \d+ [0-9a-f]{64} /g;

/** Checksum as 8 hexadecimal digits. */
export function checksum(bytes: string | Uint8Array, before = 0): string {
  return crc32(bytes, before).toString(16).padStart(8, "0");
}

/**
 * One commit as a line of the journal.
 * @param batch seq of the first commit that is written together with it
 */
export function encodeLine(
  before: Mark,
  batch: number,
  json: string,
): { readonly line: string; readonly mark: Mark } {
  const seq = before.seq + 1;
  const digest = chain(before.digest, batch, seq, json);
  const rest = `${batch} ${seq} ${digest} ${json}`;
  return { line: `${checksum(rest)} ${rest}\n`, mark: { seq, digest } };
}

/**
 * How far a segment can be read. `torn`: its end was being written when the process or machine stopped, and nobody
 * was told that it is stored. `broken`: what was stored is damaged.
 */
export type Reading = {
  readonly mark: Mark;
  /** Bytes that are whole. */
  readonly whole: number;
  readonly damage?: { readonly kind: "torn" | "broken"; readonly line: number };
};

/** A segment without the zeros at its end, which are room for commits to come. */
export function withoutRoom(file: Buffer): Buffer {
  let end = file.length;
  while (end > 0 && file[end - 1] === 0) end -= 1;
  return file.subarray(0, end);
}

/** Hands each commit of a segment over, in order, as long as they follow on `from`. */
export function readSegment(bytes: Buffer, from: Mark, onCommit: (json: string) => void): Reading {
  let mark = from;
  let whole = 0;
  for (let line = 1; whole < bytes.length; line += 1) {
    const end = bytes.indexOf(NEWLINE, whole);
    const parsed = end === -1 ? undefined : parse(bytes.toString("utf8", whole, end));
    if (!parsed) {
      const kind = laterBatchFollows(bytes.toString("latin1", whole), mark.seq + 1) ? "broken" : "torn";
      return { mark, whole, damage: { kind, line } };
    }
    const { batch, seq, digest, json } = parsed;
    if (seq !== mark.seq + 1 || digest !== chain(mark.digest, batch, seq, json)) {
      return { mark, whole, damage: { kind: "broken", line } };
    }
    onCommit(json);
    mark = { seq, digest };
    whole = end + 1;
  }
  return { mark, whole };
}

type Line = { readonly batch: number; readonly seq: number; readonly digest: string; readonly json: string };

function parse(line: string): Line | undefined {
  const [, sum, rest, batch, seq, digest, json] = LINE.exec(line) ?? [];
  if (rest === undefined || digest === undefined || json === undefined || checksum(rest) !== sum)
    return undefined;
  return { batch: Number(batch), seq: Number(seq), digest, json };
}

/**
 * A batch is only begun when the one before is on the disk. So a whole line of a batch that starts after the bad
 * commit proves that the bad one had been stored; holes inside the last batch prove nothing.
 */
function laterBatchFollows(text: string, bad: number): boolean {
  return text.split("\n").some((line) =>
    // A damaged line end glues two lines together: look for a whole one inside.
    [...line.matchAll(LINE_START)].some(({ index }) => {
      const parsed = parse(Buffer.from(line.slice(index), "latin1").toString("utf8"));
      return parsed !== undefined && parsed.batch > bad;
    }),
  );
}

function chain(before: string, batch: number, seq: number, json: string): string {
  return createHash("sha256").update(`${before} ${batch} ${seq} ${json}`).digest("hex");
}
