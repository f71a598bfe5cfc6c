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

/** One text of a procedure as a document of its own: a question resembles one text, not all of them together. */
export type Line = { readonly id: number; readonly procedure: string; readonly text: string };

export function linesOf(documents: readonly PeerDocument[]): Line[] {
  return documents
    .flatMap(({ id, names, phrasings, sector }) => [
      ...names.map((name) => ({ procedure: id, text: `${name} ${sector}` })),
      ...phrasings.map((text) => ({ procedure: id, text })),
    ])
    .map((line, id) => ({ id, ...line }));
}

/** The procedures of lines found, each where its best line stands. */
export function proceduresOf(lines: readonly Line[], found: readonly number[]): string[] {
  const procedures = new Set(found.flatMap((id) => lines[id]?.procedure ?? []));
  return [...procedures].slice(0, TOLD);
}
