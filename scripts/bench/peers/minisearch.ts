import MiniSearch, { type Options } from "minisearch";
import type { Search } from "../measure.ts";
import {
  linesOf,
  type Peer,
  type PeerDocument,
  proceduresOf,
  type Setting,
  termsOf,
  wholesOf,
  wordsOf,
} from "./peer.ts";

/** Prefixes and typing errors in the longer words alone; pairs of words are taken as they are. */
const forgiving = {
  prefix: (word: string) => word.length > 3 && !word.includes(" "),
  fuzzy: (word: string) => word.length > 4 && !word.includes(" ") && 0.2,
};

function setting(
  label: string,
  linesFrom: (documents: readonly PeerDocument[]) => ReturnType<typeof linesOf>,
  options: Omit<Options, "fields">,
): Setting {
  return {
    label,
    build: (documents): Search => {
      const lines = linesFrom(documents);
      const index = new MiniSearch({ fields: ["text"], ...options });
      index.addAll(lines);
      return (question) =>
        proceduresOf(
          lines,
          index.search(question).map(({ id }) => Number(id)),
        );
    },
  };
}

export const minisearch: Peer = {
  name: "MiniSearch",
  settings: [
    setting("a document a procedure, words and pairs", wholesOf, { tokenize: termsOf }),
    setting("words and pairs, prefixes and typing errors", wholesOf, {
      tokenize: termsOf,
      searchOptions: forgiving,
    }),
    setting("a document a procedure, words", wholesOf, { tokenize: wordsOf }),
    setting("a document a text, words and pairs", linesOf, { tokenize: termsOf }),
  ],
};
