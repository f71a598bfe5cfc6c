import type { ImportedProcedure } from "../knowledge/imported-procedure.ts";
import type { Way } from "../knowledge/procedure.ts";
import { lines, shorten, unbulleted } from "./plain.ts";
import type { PortalChannel } from "./record.ts";

const ORDER: readonly Way[] = ["counter", "post", "online"];
const LONGEST_NOTE = 300;

/** Each way once, in the order in which answers name them. */
export function inOrder(ways: Iterable<Way>): Way[] {
  const given = new Set(ways);
  return ORDER.filter((way) => given.has(way));
}

/** The ways to file, each with what the portal says of it; the cases of one way are told one after another. */
export function waysOf(channels: readonly PortalChannel[]): ImportedProcedure["ways"] {
  return inOrder(channels.map(({ way }) => way)).map((way) => {
    const notes = channels
      .filter((channel) => channel.way === way)
      .map(({ note }) => lines(note).map(unbulleted).filter(Boolean).join("\n"));
    const note = [...new Set(notes)].filter(Boolean).join("\n");
    return { way, ...(note !== "" && { note: shorten(note, LONGEST_NOTE) }) };
  });
}
