import { Damaged } from "./damaged.ts";
import { cleanGif } from "./gif.ts";
import { cleanJpeg } from "./jpeg.ts";
import { cleanPng } from "./png.ts";
import { type EvidenceType, typeOf } from "./type.ts";
import { cleanWebp } from "./webp.ts";

/** A file as it is kept. */
export type Accepted = { readonly type: EvidenceType; readonly bytes: Uint8Array };

/** Why a file is not taken: too large, nothing in it, a type that is not taken, a picture that cannot be read. */
export type FileProblem = "large" | "empty" | "type" | "damaged";

const CLEAN: Readonly<Partial<Record<EvidenceType, (bytes: Buffer) => Buffer>>> = {
  "image/jpeg": cleanJpeg,
  "image/png": cleanPng,
  "image/webp": cleanWebp,
  "image/gif": cleanGif,
};

/**
 * What is kept of a file that was sent: pictures without what tells where, when and by what they were taken, all else as
 * it is.
 * @param most bytes
 */
export function accept(file: Uint8Array, most: number): Accepted | FileProblem {
  if (file.length === 0) return "empty";
  if (file.length > most) return "large";
  const type = typeOf(file);
  if (!type) return "type";
  try {
    const bytes = Buffer.from(file.buffer, file.byteOffset, file.length);
    return { type, bytes: CLEAN[type]?.(bytes) ?? file };
  } catch (error) {
    if (error instanceof Damaged) return "damaged";
    throw error;
  }
}
