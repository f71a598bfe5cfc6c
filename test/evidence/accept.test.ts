import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accept } from "../../src/evidence/accept.ts";
import { cleanJpeg } from "../../src/evidence/jpeg.ts";
import { ENDINGS, EVIDENCE_TYPES, typeOf } from "../../src/evidence/type.ts";
import {
  gif,
  jpeg,
  ogg,
  PNG_SIGNATURE,
  pdf,
  png,
  pngChunk,
  riff,
  riffChunk,
  SCAN,
  webp,
} from "../fakes/pictures.ts";

const SECRET = "SECRET-GPS-10.77N-Nguyen-Van-A";
const MOST = 1_000_000;
const box = (brand: string): Buffer => Buffer.from(`\0\0\0\x18ftyp${brand}\0\0\0\0`, "latin1");
const PICTURES = { "image/jpeg": jpeg, "image/png": png, "image/webp": webp, "image/gif": gif } as const;

const cleaned = (file: Buffer): Buffer => {
  const accepted = accept(file, MOST);
  if (typeof accepted === "string") throw new Error(accepted);
  return Buffer.from(accepted.bytes);
};

describe("the type of a file", () => {
  it.each([
    ["image/jpeg", jpeg()],
    ["image/png", png()],
    ["image/webp", webp()],
    ["image/gif", gif()],
    ["application/pdf", pdf()],
    ["audio/ogg", ogg()],
    ["audio/mp4", box("M4A ")],
    ["video/mp4", box("isom")],
    ["audio/mpeg", Buffer.from("ID3\x04\0", "latin1")],
    ["audio/mpeg", Buffer.from([0xff, 0xfb, 0x90, 0x00])],
  ])("is %s by its content", (type, file) => {
    expect(typeOf(file)).toBe(type);
  });

  it.each([
    ["a page", Buffer.from("<html><script>alert(1)</script>")],
    ["a drawing that can hold a script", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>")],
    ["a program", Buffer.from("MZ\x90\0")],
    ["an archive", Buffer.from("PK\x03\x04")],
    ["a picture of a type that is not read", box("heic")],
    ["AAC without a box", Buffer.from([0xff, 0xf1, 0x50, 0x80])],
    ["a few letters", Buffer.from("GIF")],
  ])("is none for %s", (_what, file) => {
    expect(accept(file, MOST)).toBe("type");
  });

  it("has an end of the name each", () => {
    expect(new Set(EVIDENCE_TYPES.map((type) => ENDINGS[type])).size).toBe(EVIDENCE_TYPES.length);
  });
});

describe("a file that is taken in", () => {
  it("has at most so many bytes, and at least one", () => {
    const file = pdf("x");
    expect(accept(file, file.length)).toMatchObject({ type: "application/pdf" });
    expect(accept(file, file.length - 1)).toBe("large");
    expect(accept(Buffer.alloc(0), MOST)).toBe("empty");
  });

  it("is kept as it is, when it is no picture", () => {
    for (const file of [pdf(SECRET), ogg(SECRET)]) expect(cleaned(file)).toEqual(file);
  });

  it.each(Object.entries(PICTURES))("holds nothing hidden any more: %s", (type, make) => {
    const before = make(SECRET);
    expect(before.includes(SECRET)).toBe(true);
    const after = cleaned(before);
    expect(after.includes(SECRET)).toBe(false);
    expect(typeOf(after)).toBe(type);
    // Cleaning again finds nothing to take away.
    expect(cleaned(after)).toEqual(after);
  });

  it("keeps the picture itself, byte for byte", () => {
    const after = cleaned(jpeg(SECRET));
    expect(after.toString("latin1").split(SCAN.toString("latin1"))).toHaveLength(3);
    expect(after.includes("Exif")).toBe(false);
    expect(cleaned(png(SECRET)).toString("latin1")).toMatch(/IHDR[\s\S]*IDAT[\s\S]*IEND.{4}$/s);
    expect(cleaned(gif(SECRET)).includes("NETSCAPE2.0")).toBe(true);
    const bare = cleaned(webp(SECRET));
    expect(bare.readUInt32LE(4)).toBe(bare.length - 8);
    expect(bare[20]).toBe(0);
  });

  it.each([3, 6, 8])("still says which way up a photograph is: %i", (orientation) => {
    const after = cleaned(jpeg(SECRET, orientation));
    expect(after.includes("Exif")).toBe(true);
    expect(after.includes(SECRET)).toBe(false);
    const tag = after.indexOf(Buffer.from([0x01, 0x12, 0x00, 0x03]));
    expect(after.readUInt16BE(tag + 8)).toBe(orientation);
    expect(cleaned(after)).toEqual(after);
  });

  it.each(Object.entries(PICTURES))("is refused when it is cut off anywhere: %s", (_type, make) => {
    const whole = cleaned(make(SECRET));
    for (let length = 1; length < whole.length; length += 1) {
      expect(["damaged", "type"]).toContain(accept(whole.subarray(0, length), MOST));
    }
  });

  it.each([
    [
      "a PNG whose sum is wrong",
      Buffer.concat([PNG_SIGNATURE, pngChunk("IHDR", Buffer.alloc(13)).fill(0, 21)]),
    ],
    [
      "a PNG without a picture",
      Buffer.concat([PNG_SIGNATURE, pngChunk("IHDR", Buffer.alloc(13)), pngChunk("IEND", Buffer.alloc(0))]),
    ],
    [
      "a PNG with a needed part of its own",
      Buffer.concat([
        PNG_SIGNATURE,
        pngChunk("IHDR", Buffer.alloc(13)),
        pngChunk("XYZW", Buffer.alloc(1)),
        pngChunk("IDAT", Buffer.alloc(1)),
        pngChunk("IEND", Buffer.alloc(0)),
      ]),
    ],
    ["a WebP without a picture", riff(riffChunk("EXIF", Buffer.from("x")))],
    [
      "a WebP with something in a frame",
      riff(
        riffChunk("VP8X", Buffer.alloc(10)),
        riffChunk("ANMF", Buffer.concat([Buffer.alloc(16), riffChunk("EXIF", Buffer.from("x"))])),
      ),
    ],
    ["a JPEG without a scan", Buffer.from([0xff, 0xd8, 0xff, 0xd9])],
    [
      "a JPEG whose scan comes before its frame",
      Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xda, 0, 2]), SCAN, Buffer.from([0xff, 0xd9])]),
    ],
  ])("is refused: %s", (_what, file) => {
    expect(accept(file, MOST)).toBe("damaged");
  });

  it("never breaks on anything, and never lets through what stood in a hidden place", () => {
    const starts = [jpeg(SECRET), png(SECRET), webp(SECRET), gif(SECRET)];
    fc.assert(
      fc.property(
        fc.constantFrom(...starts),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
        (start, changes) => {
          const file = Buffer.from(start);
          for (const [at, value] of changes) file.writeUInt8(value, at % file.length);
          const accepted = accept(file, MOST);
          if (typeof accepted === "string") return;
          expect(accepted.bytes.length).toBeLessThanOrEqual(file.length);
          expect(typeOf(accepted.bytes)).toBe(accepted.type);
          expect(accept(accepted.bytes, MOST)).toMatchObject({ type: accepted.type });
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it("reads a JPEG with fill bytes before a marker", () => {
    const file = jpeg();
    const filled = Buffer.concat([file.subarray(0, 2), Buffer.from([0xff, 0xff]), file.subarray(2)]);
    expect(cleanJpeg(filled)).toEqual(cleanJpeg(file));
  });
});
