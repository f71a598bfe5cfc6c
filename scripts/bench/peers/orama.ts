import { create, insertMultiple, search, type Tokenizer } from "@orama/orama";
import type { Search } from "../measure.ts";
import { type Peer, type Setting, TOLD, termsOf, wordsOf } from "./peer.ts";

/** Records put in between two looks at the event loop. */
const BATCH = 1000;

/** A word ends with a mark here, since a word asked for otherwise counts as a prefix: "con" would find "công". */
function wholeWords(split: (text: string) => string[]): Tokenizer {
  const tokenize = (text: string): string[] => [...new Set(split(text))].map((word) => `${word}.`);
  return { language: "english", normalizationCache: new Map(), tokenize };
}

function setting(label: string, tolerance: number, tokenizer?: Tokenizer): Setting {
  return {
    label,
    build: async (documents): Promise<Search> => {
      const index = create({
        schema: { id: "string", names: "string[]", phrasings: "string[]", sector: "string" } as const,
        ...(tokenizer && { components: { tokenizer } }),
      });
      await insertMultiple(index, [...documents], BATCH);
      const properties: ("names" | "phrasings" | "sector")[] = ["names", "phrasings", "sector"];
      return async (term) => {
        // Threshold 1: any of the words will do.
        const asked = { term, properties, tolerance, threshold: 1, limit: TOLD, boost: { names: 2 } };
        const found = await search(index, asked);
        return found.hits.map(({ document }) => document.id);
      };
    },
  };
}

export const orama: Peer = {
  name: "Orama",
  settings: [
    setting("whole words and pairs", 0, wholeWords(termsOf)),
    setting("whole words", 0, wholeWords(wordsOf)),
    setting("prefixes", 0),
  ],
};
