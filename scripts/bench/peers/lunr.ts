import lunr from "lunr";
import type { Search } from "../measure.ts";
import {
  type Line,
  linesOf,
  type Peer,
  type PeerDocument,
  proceduresOf,
  type Setting,
  termsOf,
  wholesOf,
  wordsOf,
} from "./peer.ts";

function setting(
  label: string,
  linesFrom: (documents: readonly PeerDocument[]) => Line[],
  split: (text: string) => string[],
): Setting {
  return {
    label,
    build: (documents): Search => {
      const lines = linesFrom(documents);
      const index = lunr((builder) => {
        // Its stemmer and stop words are for English.
        builder.pipeline.reset();
        builder.searchPipeline.reset();
        builder.ref("id");
        builder.field("terms");
        for (const { id, text } of lines) builder.add({ id, terms: split(text) });
      });
      return (question) => {
        const found = index.query((query) => {
          for (const term of split(question)) query.term(term, {});
        });
        return proceduresOf(
          lines,
          found.map(({ ref }) => Number(ref)),
        );
      };
    },
  };
}

export const lunrPeer: Peer = {
  name: "lunr",
  settings: [
    setting("a document a procedure, words and pairs", wholesOf, termsOf),
    setting("a document a text, words and pairs", linesOf, termsOf),
    setting("a document a procedure, words", wholesOf, wordsOf),
    setting("a document a text, words", linesOf, wordsOf),
  ],
};
