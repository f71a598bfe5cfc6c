import { z } from "zod";
import type { Search } from "../measure.ts";

/** What a peer indexes of one procedure; all folded. Without phrasings that list is empty. */
export const PeerDocument = z.object({
  id: z.string(),
  sector: z.string(),
  names: z.array(z.string()),
  phrasings: z.array(z.string()),
});
export type PeerDocument = Readonly<z.infer<typeof PeerDocument>>;

/** One way of setting up a peer. */
export type Setting = {
  readonly label: string;
  build(documents: readonly PeerDocument[]): Search | Promise<Search>;
};

/** Another search engine with the settings tried, the best of them first. */
export type Peer = { readonly name: string; readonly settings: readonly [Setting, ...Setting[]] };

/** Procedures told of one question. */
export const TOLD = 3;
/** Hits taken where several are of one procedure. */
export const HITS = 60;

/** A document of a search engine that has one text. */
export type Line = { readonly id: number; readonly procedure: string; readonly text: string };

/** Each text of a procedure by itself: a question resembles one text, not all of them together. */
export function linesOf(documents: readonly PeerDocument[]): Line[] {
  return documents
    .flatMap(({ id, names, phrasings, sector }) => [
      ...names.map((name) => ({ procedure: id, text: `${name} ${sector}` })),
      ...phrasings.map((text) => ({ procedure: id, text })),
    ])
    .map((line, id) => ({ id, ...line }));
}

/** All texts of a procedure together. */
export function wholesOf(documents: readonly PeerDocument[]): Line[] {
  return documents.map(({ id: procedure, names, phrasings, sector }, id) => ({
    id,
    procedure,
    text: [...names, ...phrasings, sector].join("\n"),
  }));
}

/** The procedures of lines found, each where its best line stands. */
export function proceduresOf(lines: readonly Line[], found: readonly number[]): string[] {
  const procedures = new Set(found.slice(0, HITS).flatMap((id) => lines[id]?.procedure ?? []));
  return [...procedures].slice(0, TOLD);
}

export const wordsOf = (text: string): string[] => text.split(/\s+/);

/** Words and pairs of neighbours: most Vietnamese words are two syllables, "khai sinh". */
export function termsOf(text: string): string[] {
  return text.split("\n").flatMap((line) => {
    const words = wordsOf(line);
    return [...words, ...words.slice(1).map((word, at) => `${words[at]} ${word}`)];
  });
}
