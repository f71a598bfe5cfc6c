import { codesIn } from "./codes.ts";
import { ownNamesIn } from "./own-name.ts";

/**
 * Personal data that may be taken out of what goes to an agency: 12-digit identity number, phone number, number plate,
 * e-mail address, the name by which who writes says who they are.
 */
export type PersonalKind = "identity" | "phone" | "plate" | "email" | "name";

/** Where it stands, in UTF-16 units of the composed text. */
export type PersonalData = { readonly kind: PersonalKind; readonly at: number; readonly length: number };

/** Days look like the groups of a phone number. */
const DAYS = [
  /(?<![\d/.-])\d{1,2}\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?\d{2,4})?(?![\d/-]|\.\d)/g,
  /(?<!\d)\d{1,2} ?(?:tháng|thang|thg|th|t) ?\d{1,2}(?:[ ,/-]*(?:năm |nam )?\d{4})?(?!\d)/giu,
];
/** No sum begins with 0; by thousands, or with its unit. */
const SUMS = [
  /(?<![\d.,])[1-9]\d{0,2}(?:[.,]\d{3})+(?!\d|[.,]\d)/g,
  /(?<![\d.,])[1-9][\d.,]*\s?(?:nghìn|nghin|ngàn|ngan|triệu|trieu|tr|tỷ|ty|đồng|dong|vnđ|vnd|đ|d|k|usd)(?![\p{L}\d-])/giu,
];

/** Twelve digits that begin with a province's code, 001 to 096. */
const IDENTITY =
  /(?<![\w.-])0(?!00)(?:[0-8]\d|9[0-6])(?:\d{9}|[ .]\d{3}[ .]\d{3}[ .]\d{3}|\d[ .]\d{4}[ .]\d{4})(?![\w-]|\.\d)/g;
/** After 0 or +84 nine digits of a mobile or ten of a fixed line, in one piece or in groups as people write them. */
const PHONE = new RegExp(
  `(?<![\\w.-])(?:\\+84[ .-]?|0|84(?=\\d{9}))(?:${[
    String.raw`[35789]\d{8}`,
    String.raw`[35789]\d(?:[ .-]\d{3}[ .-]\d{4}|[ .-]\d{4}[ .-]\d{3})`,
    String.raw`[35789]\d{2}(?:[ .-]\d{3}[ .-]\d{3}|[ .-]\d{2}[ .-]\d{2}[ .-]\d{2}|[ .-]\d{6})`,
    String.raw`2\d{9}`,
    String.raw`2\d(?:[ .-]\d{4}[ .-]\d{4}|[ .-]\d{8})`,
    String.raw`2\d{2}(?:[ .-]\d{4}[ .-]\d{3}|[ .-]\d{3}[ .-]\d{4}|[ .-]\d{7})`,
  ].join("|")})(?!\\w|-\\d|\\.\\d)`,
  "g",
);
/** "43A-123.45", "29-X1 123.45", "51G12345"; the old ones have four digits, which must not be a year. */
const PLATE =
  /(?<![\p{L}\d.-])[1-9]\d-?[A-ZĐ]{1,2}\d?(?:[ .-]{0,3}\d{3}\.\d{2}|[ .-]{0,3}\d{5}|-(?!(?:19|20)\d{2}(?!\d))\d{4})(?![\p{L}\d-]|\.\d)/giu;
/** Begun only where a run of such characters begins: a long one is not gone through from each of them. */
const EMAIL = /(?<![\p{L}\d._%+-])[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.\p{L}{2,}/gu;

type Place = { readonly at: number; readonly length: number };

/** Finds them in a text; codes of dossiers, procedures and complaints, days and sums are never taken for one. */
export function personalDataIn(told: string): readonly PersonalData[] {
  const text = told.normalize("NFC");
  const emails = placesOf([EMAIL], text);
  const other: readonly Place[] = [...codesIn(text), ...placesOf(DAYS, text), ...emails];
  const sums = placesOf(SUMS, text);
  const free = (place: Place): boolean => !other.some((taken) => overlap(taken, place));
  const found = (kind: PersonalKind, pattern: RegExp): PersonalData[] =>
    placesOf([pattern], text)
      .filter(free)
      .map((place) => ({ kind, ...place }));
  // "0905 123 456 k gọi được": only a plate can lie across a sum's edge ("từ 20k-50000 đ").
  const numbers = [...found("identity", IDENTITY), ...found("phone", PHONE)].filter(
    (place) => !sums.some((sum) => covers(sum, place)),
  );
  const plates = found("plate", PLATE).filter((place) => !sums.some((sum) => overlap(sum, place)));
  const addresses = emails.map((place) => ({ kind: "email" as const, ...place }));
  const names = ownNamesIn(text).map((place) => ({ kind: "name" as const, ...place }));
  return [...numbers, ...plates, ...addresses, ...names].sort((one, next) => one.at - next.at);
}

/** The text with `mark` in the place of each. */
export function withoutPersonalData(text: string, mark: string): string {
  return personalDataIn(text).reduceRight(
    (rest, { at, length }) => rest.slice(0, at) + mark + rest.slice(at + length),
    text.normalize("NFC"),
  );
}

function placesOf(patterns: readonly RegExp[], text: string): Place[] {
  return patterns.flatMap((pattern) =>
    Array.from(text.matchAll(pattern), ({ 0: match, index: at }) => ({ at, length: match.length })),
  );
}

const overlap = (one: Place, next: Place): boolean =>
  one.at < next.at + next.length && next.at < one.at + one.length;
const covers = (one: Place, inner: Place): boolean =>
  one.at <= inner.at && one.at + one.length >= inner.at + inner.length;
