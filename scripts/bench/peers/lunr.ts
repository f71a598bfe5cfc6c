import lunr from "lunr";
import type { Search } from "../measure.ts";
import { HITS, type Line, linesOf, type Peer, proceduresOf, type Setting, TOLD } from "./peer.ts";

/** Words of at least so many letters may be mistyped. */
const LONG = 5;

/** Its stemmer and stop words are for English. */
function withoutEnglish(builder: lunr.Builder): void {
  builder.pipeline.reset();
  builder.searchPipeline.reset();
}

function ask(index: lunr.Index, question: string, typingErrors: boolean): string[] {
  return index
    .query((query) => {
      for (const word of question.split(" ")) {
        query.term(word, { boost: 4 });
        if (typingErrors && word.length >= LONG) query.term(word, { editDistance: 1, boost: 1 });
      }
    })
    .map(({ ref }) => ref);
}

function byProcedure(label: string, typingErrors: boolean): Setting {
  return {
    label,
    build: (documents): Search => {
      const index = lunr((builder) => {
        withoutEnglish(builder);
        builder.ref("id");
        builder.field("names", { boost: 2 });
        builder.field("phrasings");
        builder.field("sector");
        for (const { id, sector, names, phrasings } of documents)
          builder.add({ id, sector, names: names.join(" "), phrasings: phrasings.join(" ") });
      });
      return (question) => ask(index, question, typingErrors).slice(0, TOLD);
    },
  };
}

function byLine(label: string, typingErrors: boolean): Setting {
  return {
    label,
    build: (documents): Search => {
      const lines: readonly Line[] = linesOf(documents);
      const index = lunr((builder) => {
        withoutEnglish(builder);
        builder.ref("id");
        builder.field("text");
        for (const line of lines) builder.add(line);
      });
      return (question) => proceduresOf(lines, ask(index, question, typingErrors).slice(0, HITS).map(Number));
    },
  };
}

export const lunrPeer: Peer = {
  name: "lunr",
  settings: [
    byProcedure("a document a procedure, exact words", false),
    byProcedure("a document a procedure, typing errors", true),
    byLine("a document a text, exact words", false),
    byLine("a document a text, typing errors", true),
  ],
};
