import { Damaged } from "./damaged.ts";

const HEAD = 13;
const IMAGE = 0x2c;
const EXTENSION = 0x21;
const TRAILER = 0x3b;
const GRAPHIC_CONTROL = 0xf9;
const APPLICATION = 0xff;
/** Says how often a moving picture is repeated. */
const LOOPS = /^(?:NETSCAPE2\.0|ANIMEXTS1\.0)$/;

/**
 * The same picture without comments, XMP data, and whatever follows its end.
 * @throws Damaged when it is not built as a GIF file is
 */
export function cleanGif(bytes: Buffer): Buffer {
  if (bytes.length < HEAD) throw new Damaged();
  let at = HEAD + tableBytes(bytes.readUInt8(10));
  const kept = [bytes.subarray(0, at)];
  let images = 0;
  for (;;) {
    const start = at;
    const block = byteAt(bytes, at);
    if (block === TRAILER) break;
    if (block === IMAGE) {
      images += 1;
      // The place, the size and the flags, the table of colours, then the code size before the data.
      at = endOfBlocks(bytes, at + 10 + tableBytes(byteAt(bytes, at + 9)) + 1);
      kept.push(bytes.subarray(start, at));
    } else if (block === EXTENSION) {
      const label = byteAt(bytes, at + 1);
      at = endOfBlocks(bytes, at + 2);
      const name = bytes.toString("latin1", start + 3, start + 14);
      if (label === GRAPHIC_CONTROL || (label === APPLICATION && LOOPS.test(name)))
        kept.push(bytes.subarray(start, at));
    } else throw new Damaged();
  }
  if (images === 0) throw new Damaged();
  return Buffer.concat([...kept, Buffer.from([TRAILER])]);
}

function byteAt(bytes: Buffer, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new Damaged();
  return byte;
}

/** Bytes of the table of colours that flags announce. */
function tableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1);
}

/** Data come in blocks that tell their length; an empty one ends them. */
function endOfBlocks(bytes: Buffer, from: number): number {
  let at = from;
  for (let length = byteAt(bytes, at); length > 0; length = byteAt(bytes, at)) at += length + 1;
  return at + 1;
}
