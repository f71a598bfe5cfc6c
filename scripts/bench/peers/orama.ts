import { create, insertMultiple, search } from "@orama/orama";
import type { Search } from "../measure.ts";
import { HITS, linesOf, type Peer, proceduresOf, type Setting, TOLD } from "./peer.ts";

/** Any of the words will do. */
const ANY = { threshold: 1 };
/** Records put in between two looks at the event loop. */
const BATCH = 1000;

function byProcedure(label: string, tolerance: number): Setting {
  return {
    label,
    build: async (documents): Promise<Search> => {
      const index = create({
        schema: { id: "string", names: "string[]", phrasings: "string[]", sector: "string" } as const,
      });
      await insertMultiple(index, [...documents], BATCH);
      const properties: ("names" | "phrasings" | "sector")[] = ["names", "phrasings", "sector"];
      return async (term) => {
        const found = await search(index, {
          term,
          properties,
          tolerance,
          limit: TOLD,
          boost: { names: 2 },
          ...ANY,
        });
        return found.hits.map(({ document }) => document.id);
      };
    },
  };
}

function byLine(label: string, tolerance: number, exact: boolean): Setting {
  return {
    label,
    build: async (documents): Promise<Search> => {
      const lines = linesOf(documents);
      const index = create({ schema: { number: "number", text: "string" } as const });
      await insertMultiple(
        index,
        lines.map(({ id, text }) => ({ number: id, text })),
        BATCH,
      );
      return async (term) => {
        const found = await search(index, {
          term,
          properties: ["text"],
          tolerance,
          exact,
          limit: HITS,
          ...ANY,
        });
        return proceduresOf(
          lines,
          found.hits.map(({ document }) => document.number),
        );
      };
    },
  };
}

export const orama: Peer = {
  name: "Orama",
  settings: [
    byProcedure("a document a procedure", 0),
    byProcedure("a document a procedure, one typing error", 1),
    byLine("a document a text", 0, false),
    byLine("a document a text, exact words", 0, true),
  ],
};
