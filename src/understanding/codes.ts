import { fold } from "../text/fold.ts";

const PROCEDURE = /(?<![\d.])\d\.\d{6}(?!\d)/;
const DOSSIER = /(?<![\w.])(?:\d{3}\.\d{2}\.\d{2}\.)?[A-Z]\d{1,3}(?:\.\d{1,3}){0,3}-\d{6}-\d{1,6}(?!\w)/i;
/** Right or wrong: what is meant as a tracking code. */
const TRACKING = /(?<![\p{L}\d])MC[\s-]*(?:[0-9A-Z][\s-]*){11}[0-9A-Z](?![0-9A-Z])/iu;
const CODES = [PROCEDURE, DOSSIER, TRACKING].map(({ source, flags }) => new RegExp(source, `${flags}g`));

/** Where codes of any of the three kinds stand in a text, in UTF-16 units. */
export function codesIn(text: string): { at: number; length: number }[] {
  return CODES.flatMap((pattern) =>
    Array.from(text.matchAll(pattern), ({ 0: code, index: at }) => ({ at, length: code.length })),
  );
}

/** National procedure code (mã thủ tục), for example 1.001193. */
export function procedureCodeIn(text: string): string | undefined {
  return PROCEDURE.exec(text)?.[0];
}

/**
 * Dossier code (mã hồ sơ): agency code, day of reception and running number, as printed on the receipt slip:
 * `H26.19-261106-0042`, `000.00.15.H17-250901-0007`. Upper case, as printed.
 */
export function dossierCodeIn(text: string): string | undefined {
  return DOSSIER.exec(text.normalize("NFKC"))?.[0]?.toUpperCase();
}

/** The ISO day of reception that a dossier code tells; undefined where its digits are no day. */
export function dossierDayIn(code: string): string | undefined {
  const [, year, month, day] = /-(\d{2})(\d{2})(\d{2})-\d{1,6}$/.exec(code) ?? [];
  const iso = `20${year}-${month}-${day}`;
  const at = new Date(`${iso}T00:00:00Z`);
  return day !== undefined && at.getTime() && at.toISOString().startsWith(iso) ? iso : undefined;
}

/** An e-mail address standing alone or in a sentence. */
export function emailIn(text: string): string | undefined {
  return /[\w.+-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+/i.exec(text)?.[0];
}

/** A Vietnamese phone number, mobile (ten digits) or fixed (eleven), digits only. */
export function phoneIn(text: string): string | undefined {
  return /(?<!\d)(?:\+?84|0)(?:[ .-]?\d){9,10}(?!\d)/.exec(text)?.[0]?.replaceAll(/[^\d+]/g, "");
}

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * Tracking code (mã tra cứu): `MC-` and twelve letters of Crockford's base32 in three groups, the last a check
 * character. Eleven random letters carry 55 bits.
 * @param random eleven bytes from a cryptographic source; their low five bits are used
 */
export function makeTrackingCode(random: Uint8Array): string {
  const body = Array.from({ length: 11 }, (_, index) => ALPHABET[(random[index] ?? 0) & 31]).join("");
  const all = body + checkCharacter(body);
  return `MC-${all.slice(0, 4)}-${all.slice(4, 8)}-${all.slice(8, 12)}`;
}

/** Almost every message has neither `MC` nor letters that fold to it, and need not be folded to know. */
const MAY_HOLD_CODE = /mc|[^\p{Script=Latin}\p{Script=Common}]|[ḿṁṃćĉċčçḉ\uff00-\uffef]/iu;

/**
 * The tracking code in a text, in its written form; any case, with O for 0, I or L for 1, with or without hyphens.
 * A code whose check character does not fit is not a tracking code.
 */
export function trackingCodeIn(text: string): string | undefined {
  if (!MAY_HOLD_CODE.test(text)) return undefined;
  for (const match of fold(text)
    .toUpperCase()
    .matchAll(/\bMC[\s-]*((?:[0-9A-Z][\s-]*){12})(?![0-9A-Z])/g)) {
    const all = (match[1] ?? "").replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");
    if (Array.from(all).every(isLetter) && checkCharacter(all.slice(0, 11)) === all[11]) {
      return `MC-${all.slice(0, 4)}-${all.slice(4, 8)}-${all.slice(8, 12)}`;
    }
  }
  return undefined;
}

/** Whether the text holds something meant as a tracking code, right or wrong. */
export function looksLikeTrackingCode(text: string): boolean {
  if (!MAY_HOLD_CODE.test(text)) return false;
  const folded = fold(text);
  return (
    /\bmc[\s-]*(?=[\w-]*\d)[0-9a-z]{2,}[\s-]*[0-9a-z-]{2,}/.test(folded) ||
    /\bmc[\s-]+(?=[\w\s-]{0,13}[\d-])(?:[0-9a-z]{4}[\s-]+){2}[0-9a-z]{3,5}\b/.test(folded)
  );
}

const isLetter = (letter: string): boolean => ALPHABET.includes(letter);

/**
 * Weighted sum in the field of 32 elements, each letter's weight twice its right neighbour's: catches every single
 * wrong letter and every swap. (A sum modulo 32 misses swaps of letters 16 apart.)
 */
function checkCharacter(body: string): string {
  let sum = 0;
  for (const letter of body) sum = twice(sum) ^ ALPHABET.indexOf(letter);
  return ALPHABET[twice(sum)] ?? "0";
}

/** Doubling modulo the primitive polynomial x⁵ + x² + 1. */
function twice(value: number): number {
  return value & 16 ? (value << 1) ^ 0b100101 : value << 1;
}
