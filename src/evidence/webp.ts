import { Damaged } from "./damaged.ts";

const HEAD = 12;
const FRAME_HEAD = 16;
/** Says in the extended header that profile, EXIF and XMP data follow. */
const METADATA_FLAGS = 0x20 | 0x08 | 0x04;
const PICTURE = new Set(["VP8 ", "VP8L", "ALPH"]);
const KEPT = new Set([...PICTURE, "VP8X", "ANIM", "ANMF"]);

/**
 * The same picture without EXIF, XMP and other data that do not show it.
 * @throws Damaged when it is not built as a WebP file is
 */
export function cleanWebp(bytes: Buffer): Buffer {
  const size = bytes.length < HEAD ? 0 : bytes.readUInt32LE(4) + 8;
  if (size < HEAD || size > bytes.length) throw new Damaged();
  const chunks = chunksIn(bytes.subarray(HEAD, size));
  const frames = chunks.filter(({ name }) => name === "ANMF");
  const still = chunks.some(({ name }) => name === "VP8 " || name === "VP8L");
  if (!still && (frames.length === 0 || chunks[0]?.name !== "VP8X")) throw new Damaged();
  for (const { content } of frames) {
    const parts = content.length < FRAME_HEAD ? [] : chunksIn(content.subarray(FRAME_HEAD));
    if (parts.length === 0 || !parts.every(({ name }) => PICTURE.has(name))) throw new Damaged();
  }
  const kept = chunks.filter(({ name }) => KEPT.has(name)).map(withoutFlags);
  const body = Buffer.concat(kept);
  const head = Buffer.from(bytes.subarray(0, HEAD));
  head.writeUInt32LE(body.length + 4, 4);
  return Buffer.concat([head, body]);
}

type Chunk = { readonly name: string; readonly content: Buffer; readonly whole: Buffer };

function chunksIn(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (at + 8 > bytes.length) throw new Damaged();
    const length = bytes.readUInt32LE(at + 4);
    const end = at + 8 + length + (length % 2);
    if (end > bytes.length) throw new Damaged();
    const name = bytes.toString("latin1", at, at + 4);
    chunks.push({
      name,
      content: bytes.subarray(at + 8, at + 8 + length),
      whole: bytes.subarray(at, end),
    });
    at = end;
  }
  return chunks;
}

function withoutFlags({ name, content, whole }: Chunk): Buffer {
  if (name !== "VP8X") return whole;
  if (content.length !== 10) throw new Damaged();
  const copy = Buffer.from(whole);
  copy.writeUInt8(copy.readUInt8(8) & ~METADATA_FLAGS, 8);
  return copy;
}
