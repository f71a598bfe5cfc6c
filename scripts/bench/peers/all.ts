import { flexsearch } from "./flexsearch.ts";
import { fuse, fuseToken } from "./fuse.ts";
import { lunrPeer } from "./lunr.ts";
import { minisearch } from "./minisearch.ts";
import { orama } from "./orama.ts";
import type { Peer } from "./peer.ts";

/** The search engines that ours is held against. */
export const PEERS: readonly Peer[] = [fuse, fuseToken, minisearch, orama, flexsearch, lunrPeer];
