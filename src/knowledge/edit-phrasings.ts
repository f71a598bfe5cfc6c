import { isMap, isScalar, isSeq, parseDocument, stringify } from "yaml";

/** A file's new text, and the line on which the first added phrasing stands. */
export type Edited = { readonly text: string; readonly line: number };

/*
 * The text itself is edited, at the places that the parser names: written anew from the parsed document, other lines
 * would change too (`[a]` becomes `[ a ]`), and whoever reads the diff would look for what was changed in them.
 */

/** Adds phrasings at the end of the list at `path`; undefined where that is no list with one entry on each line. */
export function addPhrasings(
  text: string,
  path: readonly string[],
  phrasings: readonly string[],
): Edited | undefined {
  const list = parseDocument(text).getIn(path, true);
  if (!isSeq(list) || list.flow || !list.range || list.items.length === 0) return undefined;
  const end = endOf(list);
  const indent = indentAt(text, list.range[0]);
  if (end === undefined || indent === undefined) return undefined;
  return insert(text, lineAfter(text, end), entries(phrasings, indent));
}

/** Adds the entry of a procedure to a sector's file, before the next higher code. */
export function addEntry(
  text: string,
  { code, name }: { readonly code: string; readonly name: string },
  phrasings: readonly string[],
): Edited | undefined {
  const map = parseDocument(text).get("procedures", true);
  if (!isMap(map) || map.flow || !map.range) return undefined;
  const indent = indentAt(text, map.range[0]);
  const next = map.items.find(({ key }) => isScalar(key) && String(key.value) > code)?.key;
  const start = isScalar(next) ? next.range?.[0] : undefined;
  const end = endOf(map);
  if (indent === undefined || end === undefined) return undefined;
  const at = start === undefined ? lineAfter(text, end) : aboveComments(text, lineStart(text, start));
  return insert(text, at, entryLines({ code, name }, phrasings, indent));
}

/** Takes the entry of a procedure out, the comment above it too; undefined where there is none, empty after the last. */
export function dropEntry(text: string, code: string): string | undefined {
  const map = parseDocument(text).get("procedures", true);
  if (!isMap(map) || map.flow) return undefined;
  const pair = map.items.find(({ key }) => isScalar(key) && String(key.value) === code);
  const start = isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
  const end = endOf(pair?.value);
  if (start === undefined || end === undefined) return undefined;
  if (map.items.length === 1) return "";
  return text.slice(0, aboveComments(text, lineStart(text, start))) + text.slice(lineAfter(text, end));
}

/** The file of a sector that has none yet. */
export function newSector(
  sector: string,
  procedure: { readonly code: string; readonly name: string },
  phrasings: readonly string[],
): Edited {
  const head = `${stringify({ sector }, { lineWidth: 0 })}procedures:\n`;
  return insert(head, head.length, entryLines(procedure, phrasings, "  "));
}

function entryLines(
  { code, name }: { readonly code: string; readonly name: string },
  phrasings: readonly string[],
  indent: string,
): string[] {
  return [
    `${indent}# ${name.replaceAll(/\s+/g, " ")}`,
    `${indent}"${code}":`,
    `${indent}  asked: some`,
    `${indent}  phrasings:`,
    ...entries(phrasings, `${indent}    `),
  ];
}

/** One line each: quoted where YAML would take it for something else, never folded. */
function entries(phrasings: readonly string[], indent: string): string[] {
  return phrasings.map((phrasing) => `${indent}${stringify([phrasing], { lineWidth: 0 }).trimEnd()}`);
}

function insert(text: string, at: number, lines: readonly string[]): Edited {
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const above = text.slice(0, at);
  const before = above === "" || above.endsWith("\n") ? above : `${above}${end}`;
  const list = lines.findIndex((line) => line.trimStart().startsWith("- "));
  return {
    text: `${before}${lines.map((line) => `${line}${end}`).join("")}${text.slice(at)}`,
    line: before.split("\n").length + list,
  };
}

/** Where a node's last value ends, comments after it apart. */
function endOf(node: unknown): number | undefined {
  if (isSeq(node) && node.items.length > 0) return endOf(node.items.at(-1));
  if (isMap(node) && node.items.length > 0) return endOf(node.items.at(-1)?.value);
  return isScalar(node) ? node.range?.[1] : undefined;
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf("\n", at - 1) + 1;
}

function lineAfter(text: string, at: number): number {
  // A block scalar ends after its line already.
  if (text[at - 1] === "\n") return at;
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end + 1;
}

/** The start of the comment lines that stand right above a line. */
function aboveComments(text: string, at: number): number {
  let top = at;
  while (top > 0) {
    const above = lineStart(text, top - 1);
    if (!/^[ \t]*#/.test(text.slice(above, top))) break;
    top = above;
  }
  return top;
}

/** The spaces before what begins a line; undefined when something else stands before it. */
function indentAt(text: string, at: number): string | undefined {
  const before = text.slice(lineStart(text, at), at);
  return /^ *$/.test(before) ? before : undefined;
}
