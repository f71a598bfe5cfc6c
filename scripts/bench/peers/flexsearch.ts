import { Index, type IndexOptions } from "flexsearch";
import type { Search } from "../measure.ts";
import {
  HITS,
  type Line,
  linesOf,
  type Peer,
  type PeerDocument,
  proceduresOf,
  type Setting,
} from "./peer.ts";

/** A line for all texts of a procedure together. */
const wholesOf = (documents: readonly PeerDocument[]): Line[] =>
  documents.map(({ id: procedure, names, phrasings, sector }, id) => ({
    id,
    procedure,
    text: [...names, ...phrasings, sector].join(" "),
  }));

function setting(
  label: string,
  documentsOf: (documents: readonly PeerDocument[]) => Line[],
  options: IndexOptions,
): Setting {
  return {
    label,
    build: (documents): Search => {
      const lines = documentsOf(documents);
      const index = new Index({ encode: (text: string) => text.split(" "), ...options });
      for (const { id, text } of lines) index.add(id, text);
      // "suggest" is its word for any of the words.
      return (question) =>
        proceduresOf(lines, index.search(question, { limit: HITS, suggest: true }).map(Number));
    },
  };
}

const context = { depth: 1, resolution: 9, bidirectional: true };

export const flexsearch: Peer = {
  name: "FlexSearch",
  settings: [
    setting("a document a text, words in context", linesOf, { tokenize: "strict", context }),
    setting("a document a text", linesOf, { tokenize: "strict" }),
    setting("a document a procedure, words in context", wholesOf, { tokenize: "strict", context }),
    setting("a document a text, prefixes", linesOf, { tokenize: "forward" }),
  ],
};
