import type { Complaint } from "../complaints/complaint.ts";
import type { Rules } from "../complaints/file.ts";
import { act } from "../complaints/progress.ts";
import type { Directory } from "../complaints/route.ts";
import type { Agency } from "../knowledge/agency.ts";
import { words as wordsOf } from "../text/fold.ts";
import { vietnamese } from "../wording/citizen.ts";
import type { Who } from "./access.ts";
import { actorOf } from "./desk.ts";

export type FoundAgency = Pick<Agency, "id" | "name">;

/** Agencies shown of one search. */
const MOST = 10;

/**
 * Agencies in whose names all the words typed stand, begun words too, with or without accents; only those to which the
 * case can be handed: never the unit complained about, nor one that has held it.
 */
export function findAgencies(
  typed: string,
  complaint: Complaint,
  who: Who,
  now: Date,
  rules: Rules,
): readonly FoundAgency[] {
  const wanted = wordsOf(typed);
  if (wanted.length === 0) return [];
  const { directory } = rules;
  const fitting = [...directory.agencies.values()]
    .filter((agency) => fits(agency, wanted))
    .toSorted((one, other) => rank(one, complaint, directory) - rank(other, complaint, directory));
  const found: FoundAgency[] = [];
  for (const { id, name } of fitting) {
    if (found.length === MOST) break;
    const deed = { action: "transfer", to: id, text: "…" } as const;
    if ("refused" in act(complaint, actorOf(who), deed, now, rules, vietnamese)) continue;
    found.push({ id, name });
  }
  return found;
}

/** In one of its names: "công an" of one and "Đà Nẵng" of another are no match. */
function fits({ name, says, id }: Agency, wanted: readonly string[]): boolean {
  return [name, ...says, id.replaceAll("-", " ")].some((known) => {
    const all = wordsOf(known);
    return wanted.every((word) => all.some((other) => other.startsWith(word)));
  });
}

/** Lower is shown first: of the commune, of its province, then the shortest name. */
function rank({ name, area }: Agency, { filing }: Complaint, { places }: Directory): number {
  const place = filing.place?.code;
  const province = places.communes.get(place ?? "")?.province ?? place;
  const near = area === undefined ? 0 : area === place ? 2 : area === province ? 1 : 0;
  return name.length - near * LONGER_THAN_ANY_NAME;
}

const LONGER_THAN_ANY_NAME = 1000;
