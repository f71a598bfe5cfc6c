import { clean } from "../text/clean.ts";

const BREAK = /<(?:br|\/?p|\/?div|\/?li|\/?tr|\/?h[1-6]|\/?ul|\/?ol|\/?table)\b[^<>]*>/gi;
/** By name: “<5 tấn” and “a < b” are the portal's own words. */
const TAG =
  /<\/?(?:span|b|i|u|s|strong|em|a|font|su[bp]|img|t[dh]|tbody|thead|small|code|blockquote|o:p)\b[^<>]*>/gi;
const HIDDEN = /<(script|style)\b[^<>]*>.*?<\/\1>/gis;
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi;
const NAMED: ReadonlyMap<string, string> = new Map([
  ["nbsp", " "],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["ndash", "–"],
  ["mdash", "—"],
  ["amp", "&"],
]);
/** A line that goes on in small letters, after one that ended nowhere, was broken by the width of somebody's window. */
const GOES_ON = /^(?!o\s)\p{Ll}+(?=[\s,;:])/u;
const ENDED = /[.;:!?]$/;
/** Marks of a list at the start of a line; “-5 °C” is none. */
const BULLET = /^(?:[-–—+*•·▪]+\)?(?!\d)\s*)+/;

/** The visible words of the portal's text as lines without stray spaces; empty ones dropped. */
export function lines(text: string): string[] {
  return clean(withoutMarkup(text).replaceAll(/\r\n?|[\u2028\u2029]/g, "\n"))
    .replaceAll("\u00AD", "")
    .split("\n")
    .map((line) => line.replaceAll(/\s+/gu, " ").trim())
    .filter(Boolean)
    .reduce<string[]>((whole, line) => {
      const before = whole.at(-1);
      if (before !== undefined && GOES_ON.test(line) && !ENDED.test(before))
        whole[whole.length - 1] = `${before} ${line}`;
      else whole.push(line);
      return whole;
    }, []);
}

/** The same on one line. */
export function line(text: string): string {
  return lines(text).join(" ");
}

/** Without the mark of a list before it. */
export function unbulleted(text: string): string {
  return text.replace(BULLET, "");
}

/** Cut to at most `longest` characters, at the end of a sentence if one ends late enough, and marked as cut. */
export function shorten(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const room = text.slice(0, longest - 2);
  const end = Math.max(...[...room.matchAll(/[.;!?](?=\s)|\n/gu)].map((found) => found.index + 1), 0);
  const cut = end > longest / 3 ? end : Math.max(room.lastIndexOf(" "), longest / 2);
  return `${room.slice(0, cut).trimEnd().toWellFormed()} …`;
}

/** The text in sentences, for looking one up. */
export function sentences(text: string): string[] {
  return text.split(/(?<=[.;!?])\s+|\n/u).filter(Boolean);
}

function withoutMarkup(text: string): string {
  if (!/[<&]/.test(text)) return text;
  return text
    .replaceAll(HIDDEN, "")
    .replaceAll(BREAK, "\n")
    .replaceAll(TAG, "")
    .replaceAll(ENTITY, (whole, decimal?: string, hex?: string, name?: string) => {
      if (name) return NAMED.get(name.toLowerCase()) ?? whole;
      const point = decimal ? Number(decimal) : Number.parseInt(hex ?? "", 16);
      return point > 0 && point <= 0x10_ff_ff ? String.fromCodePoint(point) : "";
    });
}
