import { Index, type IndexOptions } from "flexsearch";
import type { Search } from "../measure.ts";
import {
  HITS,
  linesOf,
  type Peer,
  type PeerDocument,
  proceduresOf,
  type Setting,
  wholesOf,
  wordsOf,
} from "./peer.ts";

function setting(
  label: string,
  linesFrom: (documents: readonly PeerDocument[]) => ReturnType<typeof linesOf>,
  options: IndexOptions,
): Setting {
  return {
    label,
    build: (documents): Search => {
      const lines = linesFrom(documents);
      const index = new Index({ tokenize: "strict", encode: wordsOf, ...options });
      for (const { id, text } of lines) index.add(id, text);
      // "suggest" is its word for any of the words.
      return (question) =>
        proceduresOf(lines, index.search(question, { limit: HITS, suggest: true }).map(Number));
    },
  };
}

/** Its own pairs: a word counts more beside the one it stood beside. */
const context = { depth: 1, resolution: 9, bidirectional: true };

export const flexsearch: Peer = {
  name: "FlexSearch",
  settings: [
    setting("a document a procedure, words in context", wholesOf, { context }),
    setting("words in wider context", wholesOf, { context: { ...context, depth: 2 } }),
    setting("a document a text, words in context", linesOf, { context }),
    setting("a document a procedure, prefixes in context", wholesOf, { tokenize: "forward", context }),
  ],
};
