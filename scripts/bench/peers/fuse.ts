import Fuse, { type IFuseOptions } from "fuse.js";
import type { Search } from "../measure.ts";
import { type Peer, type PeerDocument, type Setting, TOLD } from "./peer.ts";

const KEYS = [
  { name: "names", weight: 2 },
  { name: "phrasings", weight: 2 },
  { name: "sector", weight: 1 },
];

function setting(label: string, options: IFuseOptions<PeerDocument>): Setting {
  return {
    label,
    build: (documents): Search => {
      const fuse = new Fuse(documents, { keys: KEYS, ...options });
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
    setting("names alone, length ignored", {
      keys: ["names", "phrasings"],
      ignoreLocation: true,
      ignoreFieldNorm: true,
    }),
  ],
};

/** Each word sought by itself, rare words weighing more. */
export const fuseToken: Peer = {
  name: "fuse.js, token search",
  settings: [
    setting("few typing errors", { useTokenSearch: true, threshold: 0.2 }),
    setting("as it comes", { useTokenSearch: true }),
    setting("exact words", { useTokenSearch: true, threshold: 0 }),
  ],
};
