import { crc32, deflateSync } from "node:zlib";

// Small whole files of each type, with room for what must not leave.

const text = (words: string): Buffer => Buffer.from(words, "latin1");

function segment(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

/** EXIF data, little-endian as most cameras write them: which way up, and a secret as the camera's name. */
export function exif(orientation: number, secret: string): Buffer {
  const tiff = Buffer.alloc(38);
  tiff.write("II*\0", 0, "latin1");
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(2, 8);
  tiff.writeUInt16LE(0x010f, 10);
  tiff.writeUInt16LE(2, 12);
  tiff.writeUInt32LE(secret.length, 14);
  tiff.writeUInt32LE(38, 18);
  tiff.writeUInt16LE(0x0112, 22);
  tiff.writeUInt16LE(3, 24);
  tiff.writeUInt32LE(1, 26);
  tiff.writeUInt16LE(orientation, 30);
  return Buffer.concat([text("Exif\0\0"), tiff, text(secret)]);
}

/** What every JPEG below holds of the picture itself. */
export const SCAN = Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]);

/** A JPEG file in two scans; `hidden` stands in each place that can hide something. */
export function jpeg(hidden = "", orientation = 1): Buffer {
  const frame = Buffer.from([8, 0, 1, 0, 1, 1, 1, 0x11, 0]);
  const scan = Buffer.concat([segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), SCAN]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, text(`JFIF\0\x01\x01${hidden}`)),
    segment(0xe1, exif(orientation, hidden)),
    segment(0xe1, text(`http://ns.adobe.com/xap/1.0/\0${hidden}`)),
    segment(0xed, text(`Photoshop 3.0\0${hidden}`)),
    segment(0xfe, text(hidden)),
    segment(0xdb, Buffer.alloc(65, 1)),
    segment(0xc0, frame),
    segment(0xc4, Buffer.alloc(19, 0)),
    scan,
    segment(0xfe, text(hidden)),
    scan,
    Buffer.from([0xff, 0xd9]),
    text(hidden),
  ]);
}

export function pngChunk(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(content.length);
  const body = Buffer.concat([text(name), content]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, sum]);
}

export const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A PNG file of one pixel. */
export function png(hidden = ""): Buffer {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]);
  return Buffer.concat([
    PNG_SIGNATURE,
    pngChunk("IHDR", header),
    pngChunk("tEXt", text(`Author\0${hidden}`)),
    pngChunk("eXIf", exif(1, hidden)),
    pngChunk("IDAT", deflateSync(Buffer.from([0, 200, 30, 30]))),
    pngChunk("iTXt", text(`XML:com.adobe.xmp\0\0\0\0\0${hidden}`)),
    pngChunk("IEND", Buffer.alloc(0)),
    text(hidden),
  ]);
}

export function riffChunk(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 0, "latin1");
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}

export function riff(...chunks: readonly Buffer[]): Buffer {
  const body = Buffer.concat(chunks);
  const head = Buffer.alloc(12);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(body.length + 4, 4);
  head.write("WEBP", 8, "latin1");
  return Buffer.concat([head, body]);
}

/** A WebP file with the flags that announce EXIF, XMP and a colour profile. */
export function webp(hidden = ""): Buffer {
  return Buffer.concat([
    riff(
      riffChunk("VP8X", Buffer.from([0x2c, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
      riffChunk("ICCP", text(hidden)),
      riffChunk("VP8 ", Buffer.from([1, 2, 3])),
      riffChunk("EXIF", text(hidden)),
      riffChunk("XMP ", text(hidden)),
      riffChunk("junk", text(hidden)),
    ),
    text(hidden),
  ]);
}

/** A GIF file of one pixel that repeats for ever. */
export function gif(hidden = ""): Buffer {
  const blocks = (content: Buffer): Buffer =>
    Buffer.concat([
      ...Array.from({ length: Math.ceil(content.length / 255) }, (_, index) => {
        const part = content.subarray(index * 255, (index + 1) * 255);
        return Buffer.concat([Buffer.from([part.length]), part]);
      }),
      Buffer.from([0]),
    ]);
  return Buffer.concat([
    text("GIF89a"),
    Buffer.from([1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]),
    Buffer.from([0x21, 0xff]),
    blocks(text("NETSCAPE2.0")).subarray(0, -1),
    blocks(Buffer.from([1, 0, 0])),
    Buffer.from([0x21, 0xfe]),
    blocks(text(hidden)),
    Buffer.from([0x21, 0xff]),
    blocks(text("XMP DataXMP")).subarray(0, -1),
    blocks(text(hidden)),
    Buffer.from([0x21, 0xf9, 4, 0, 0, 0, 0, 0]),
    Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2]),
    blocks(Buffer.from([0x44, 0x01])),
    Buffer.from([0x3b]),
    text(hidden),
  ]);
}

export const pdf = (words = ""): Buffer => text(`%PDF-1.7\n${words}\n%%EOF\n`);
export const ogg = (words = ""): Buffer => text(`OggS\0\x02${words}`);
