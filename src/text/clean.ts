/**
 * Takes out what no reader wants: control characters, lone surrogates, direction overrides and piles of combining
 * marks. The visible words stay.
 */
export function clean(text: string): string {
  return text
    .toWellFormed()
    .replaceAll("\uFFFD", "")
    .replaceAll(/[\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, "")
    .replaceAll(/[^\P{Cc}\n\t]/gu, "")
    .normalize("NFC")
    .replaceAll(/(\p{M}{2})\p{M}+/gu, "$1")
    .trim();
}
