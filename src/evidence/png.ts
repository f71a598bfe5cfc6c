import { crc32 } from "node:zlib";
import { Damaged } from "./damaged.ts";

const SIGNATURE = 8;
/** Length, name and checksum of a chunk. */
const AROUND = 12;
/** Chunks that show the picture, moving ones too, or say how bright and clear it is. */
const KEPT = new Set([
  "IHDR",
  "PLTE",
  "IDAT",
  "IEND",
  "tRNS",
  "gAMA",
  "cHRM",
  "sRGB",
  "sBIT",
  "bKGD",
  "acTL",
  "fcTL",
  "fdAT",
]);

/**
 * The same picture without texts, times, EXIF data, and whatever follows its end.
 * @throws Damaged when it is not built as a PNG file is
 */
export function cleanPng(bytes: Buffer): Buffer {
  const kept = [bytes.subarray(0, SIGNATURE)];
  const names: string[] = [];
  for (let at = SIGNATURE; names.at(-1) !== "IEND"; ) {
    if (at + AROUND > bytes.length) throw new Damaged();
    const end = at + AROUND + bytes.readUInt32BE(at);
    if (end > bytes.length) throw new Damaged();
    const name = bytes.toString("latin1", at + 4, at + 8);
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) throw new Damaged();
    const isCritical = /^[A-Z]/.test(name);
    if (isCritical && !KEPT.has(name)) throw new Damaged();
    if (KEPT.has(name)) kept.push(bytes.subarray(at, end));
    names.push(name);
    at = end;
  }
  if (names[0] !== "IHDR" || !names.includes("IDAT")) throw new Damaged();
  return Buffer.concat(kept);
}
