/** What is taken as evidence (chứng cứ kèm theo). */
export const EVIDENCE_TYPES = [
  "image/jpeg",
  "image/png",
  "image/webp",
  "image/gif",
  "application/pdf",
  "audio/mp4",
  "audio/ogg",
  "audio/mpeg",
  "video/mp4",
] as const;
export type EvidenceType = (typeof EVIDENCE_TYPES)[number];

/** Ends of the names that files are handed out under. */
export const ENDINGS: Readonly<Record<EvidenceType, string>> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "image/gif": "gif",
  "application/pdf": "pdf",
  "audio/mp4": "m4a",
  "audio/ogg": "ogg",
  "audio/mpeg": "mp3",
  "video/mp4": "mp4",
};

/** Brands of pictures that come in the same box as films; they are not taken. */
const STILL = /^(?:heic|heix|hevc|hevx|heim|heis|mif1|msf1|avif|avis|jxl )$/;

/** The type that the content has, whatever its name says; undefined for anything that is not taken. */
export function typeOf(bytes: Uint8Array): EvidenceType | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 16));
  const at = (from: number, to: number): string => head.toString("latin1", from, to);
  if (at(0, 3) === "\xff\xd8\xff") return "image/jpeg";
  if (at(0, 8) === "\x89PNG\r\n\x1a\n") return "image/png";
  if (at(0, 4) === "RIFF" && at(8, 12) === "WEBP") return "image/webp";
  if (/^GIF8[79]a$/.test(at(0, 6))) return "image/gif";
  if (at(0, 5) === "%PDF-") return "application/pdf";
  if (at(0, 4) === "OggS") return "audio/ogg";
  if (at(4, 8) === "ftyp" && !STILL.test(at(8, 12))) {
    return /^M4[AB]/.test(at(8, 12)) ? "audio/mp4" : "video/mp4";
  }
  const [first = 0, second = 0, third = 0] = head;
  // A frame of MPEG audio, layer III: eleven bits of sync, then a version, layer and bit rate that exist.
  const frame = first === 0xff && (second & 0xe6) === 0xe2 && (second & 0x18) !== 0x08 && third >> 4 !== 0xf;
  return at(0, 3) === "ID3" || frame ? "audio/mpeg" : undefined;
}
