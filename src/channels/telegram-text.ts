const GRAPHEMES = new Intl.Segmenter("vi", { granularity: "grapheme" });

/**
 * Cuts a text, in composed form (NFC), into parts of at most `limit` UTF-16 units: at the end of a line, else of a
 * word, else between two visible characters. Only white space at the cuts is lost; a short text stays whole.
 */
export function splitText(text: string, limit: number): string[] {
  // A lone surrogate cannot be written in UTF-8: Telegram refuses the whole message for it.
  let rest = text.toWellFormed().normalize("NFC");
  const parts: string[] = [];
  while (rest.length > limit) {
    const cut = cutBefore(rest, limit);
    parts.push(rest.slice(0, cut).trimEnd());
    // The next line keeps its indent, the next word needs no space before it.
    rest = rest.slice(cut).replace(/^[^\S\n]*\n+|^ +/, "");
  }
  const full = [...parts, rest].filter((part) => part.trim() !== "");
  return full.length > 0 ? full : [rest];
}

/** Where the first part ends: the last border of the best kind that leaves it at most `limit` units long. */
function cutBefore(text: string, limit: number): number {
  const line = text.lastIndexOf("\n", limit);
  if (line > 0) return line;
  const word = text.lastIndexOf(" ", limit);
  if (word > 0) return word;
  const character = GRAPHEMES.segment(text).containing(limit)?.index ?? 0;
  if (character > 0) return character;
  // One "character" longer than a message is a pile of marks: cut it anywhere but inside a surrogate pair.
  return /[\uDC00-\uDFFF]/.test(text.charAt(limit)) ? limit - 1 : limit;
}
