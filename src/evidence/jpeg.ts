import { Damaged } from "./damaged.ts";

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP1 = 0xe1;
const APP14 = 0xee;
const ORIENTATION = 0x0112;

/** Without these a picture cannot be decoded: frames, tables, restart interval, scans. */
function isNeeded(marker: number): boolean {
  const frame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc8;
  return frame || marker === SOS || marker === 0xdb || marker === 0xdc || marker === 0xdd;
}

/**
 * The same picture without anything that is not needed to show it: position, time, camera, thumbnails, comments, and
 * whatever follows its end. Of the EXIF data the way up alone stays.
 * @throws Damaged when it is not built as a JPEG file is
 */
export function cleanJpeg(bytes: Buffer): Buffer {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) throw new Damaged();
  const kept: Buffer[] = [];
  let orientation = 1;
  let frames = 0;
  let scans = 0;
  let at = 2;
  for (;;) {
    const { marker, next } = markerAt(bytes, at);
    if (marker === EOI) break;
    const length = next + 2 <= bytes.length ? bytes.readUInt16BE(next) : 0;
    const end = next + length;
    if (length < 2 || end > bytes.length || marker < 0xc0 || marker === SOI) throw new Damaged();
    const content = bytes.subarray(next + 2, end);
    if (marker === APP1) orientation = orientationIn(content) ?? orientation;
    if (isNeeded(marker) || (marker === APP14 && isAdobe(content))) {
      kept.push(Buffer.from([0xff, marker]), bytes.subarray(next, end));
    }
    if (isFrame(marker)) {
      if (content.length < 6 || content.readUInt16BE(3) === 0) throw new Damaged();
      frames += 1;
    }
    at = end;
    if (marker !== SOS) continue;
    if (frames === 0) throw new Damaged();
    scans += 1;
    at = endOfScan(bytes, end);
    kept.push(bytes.subarray(end, at));
  }
  if (scans === 0) throw new Damaged();
  const upright = orientation === 1 ? [] : [exifOf(orientation)];
  return Buffer.concat([Buffer.from([0xff, SOI]), ...upright, ...kept, Buffer.from([0xff, EOI])]);
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** A marker may be led in by any number of fill bytes. */
function markerAt(bytes: Buffer, from: number): { readonly marker: number; readonly next: number } {
  if (bytes[from] !== 0xff) throw new Damaged();
  let at = from + 1;
  while (bytes[at] === 0xff) at += 1;
  const marker = bytes[at];
  if (marker === undefined || marker === 0) throw new Damaged();
  return { marker, next: at + 1 };
}

/** Where the coded data end: at the first marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) break;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  throw new Damaged();
}

/** Tells how colours are coded, and has room for nothing else. */
function isAdobe(content: Buffer): boolean {
  return content.length === 12 && content.toString("latin1", 0, 5) === "Adobe";
}

/** Which way up the picture is, 2 to 8; undefined when that is not told, or the usual one. */
function orientationIn(app1: Buffer): number | undefined {
  if (app1.toString("latin1", 0, 6) !== "Exif\0\0") return undefined;
  const tiff = app1.subarray(6);
  const order = tiff.toString("latin1", 0, 4);
  if (order !== "II*\0" && order !== "MM\0*") return undefined;
  const little = order === "II*\0";
  const short = (at: number): number => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  try {
    const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
    for (let entry = directory + 2; entry < directory + 2 + 12 * short(directory); entry += 12) {
      const value = short(entry + 8);
      if (short(entry) === ORIENTATION) return value >= 2 && value <= 8 ? value : undefined;
    }
  } catch (error) {
    // It points outside of itself: then it tells nothing, and goes like the rest.
    if (!(error instanceof RangeError)) throw error;
  }
  return undefined;
}

/** An EXIF segment that holds the orientation and nothing else. */
function exifOf(orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write("MM\0*", 0, "latin1");
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(ORIENTATION, 10);
  tiff.writeUInt16BE(3, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  const content = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
  const head = Buffer.from([0xff, APP1, 0, content.length + 2]);
  return Buffer.concat([head, content]);
}
