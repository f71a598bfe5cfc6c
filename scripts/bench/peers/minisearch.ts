import MiniSearch, { type SearchOptions } from "minisearch";
import type { Search } from "../measure.ts";
import { HITS, linesOf, type Peer, proceduresOf, type Setting, TOLD } from "./peer.ts";

const fuzzy: SearchOptions = {
  prefix: (word) => word.length > 3,
  fuzzy: (word) => (word.length > 4 ? 0.2 : false),
};

function byProcedure(label: string, searchOptions: SearchOptions): Setting {
  return {
    label,
    build: (documents): Search => {
      const index = new MiniSearch<{ id: string }>({
        fields: ["names", "phrasings", "sector"],
        searchOptions,
      });
      index.addAll(
        documents.map(({ id, sector, names, phrasings }) => ({
          id,
          sector,
          names: names.join(" "),
          phrasings: phrasings.join(" "),
        })),
      );
      return (question) =>
        index
          .search(question)
          .slice(0, TOLD)
          .map(({ id }) => String(id));
    },
  };
}

function byLine(label: string, searchOptions: SearchOptions): Setting {
  return {
    label,
    build: (documents): Search => {
      const lines = linesOf(documents);
      const index = new MiniSearch({ fields: ["text"], searchOptions });
      index.addAll(lines);
      return (question) =>
        proceduresOf(
          lines,
          index
            .search(question)
            .slice(0, HITS)
            .map(({ id }) => Number(id)),
        );
    },
  };
}

export const minisearch: Peer = {
  name: "MiniSearch",
  settings: [
    byProcedure("a document a procedure, exact words", { boost: { names: 2 } }),
    byProcedure("a document a procedure, prefixes and typing errors", { ...fuzzy, boost: { names: 2 } }),
    byLine("a document a text, exact words", {}),
    byLine("a document a text, prefixes and typing errors", fuzzy),
  ],
};
