import Fuse, { type IFuseOptions } from "fuse.js";
import type { Search } from "../measure.ts";
import { type Peer, type PeerDocument, type Setting, TOLD, termsOf, wordsOf } from "./peer.ts";

const keys = ["names", "phrasings", "sector"];

/** Between spaces a word is sought whole; otherwise "con" would be found in "cong". */
const spaced = (text: string): string => ` ${text} `;
const whole =
  (split: (text: string) => string[]) =>
  (text: string): string[] =>
    split(text.trim()).map(spaced);

function setting(label: string, options: IFuseOptions<PeerDocument>): Setting {
  return {
    label,
    build: (documents): Search => {
      const fuse = new Fuse(
        documents.map(({ id, sector, names, phrasings }) => ({
          id,
          sector: spaced(sector),
          names: names.map(spaced),
          phrasings: phrasings.map(spaced),
        })),
        { keys, ...options },
      );
      return (question) => fuse.search(question, { limit: TOLD }).map(({ item }) => item.id);
    },
  };
}

/** The whole question sought in each text, letter by letter. */
export const fuse: Peer = {
  name: "fuse.js, fuzzy",
  settings: [
    setting("anywhere in the text", { ignoreLocation: true }),
    setting("as it comes", {}),
    setting("length ignored", { ignoreLocation: true, ignoreFieldNorm: true }),
  ],
};

/** Each word sought by itself, rare words weighing more. */
export const fuseToken: Peer = {
  name: "fuse.js, token search",
  settings: [
    setting("whole words and pairs", { useTokenSearch: true, threshold: 0, tokenize: whole(termsOf) }),
    setting("whole words", { useTokenSearch: true, threshold: 0, tokenize: whole(wordsOf) }),
    setting("parts of words", { useTokenSearch: true, threshold: 0 }),
    setting("a typing error in a long word", { useTokenSearch: true, threshold: 0.2 }),
    setting("as it comes", { useTokenSearch: true }),
  ],
};
