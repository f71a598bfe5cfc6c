import type { Complaint } from "../complaints/complaint.ts";
import type { Rules } from "../complaints/file.ts";
import { transferRefusal } from "../complaints/refusal.ts";
import type { Directory } from "../complaints/route.ts";
import type { Agency } from "../knowledge/agency.ts";
import { words } from "../text/fold.ts";

/** What a name typed for a transfer may mean: agencies that can take the case, or why the one that was named cannot. */
export type AgencyFound =
  | { readonly kind: "offered"; readonly agencies: readonly Agency[] }
  | { readonly kind: "refused"; readonly refusal: "to-accused" | "back" }
  | { readonly kind: "none" };

/** Agencies offered at once. */
const MOST = 5;
/** Agencies listed while a name is being typed. */
const MOST_LISTED = 10;
/** Share of the typed syllables that a name must hold. */
const ENOUGH = 0.6;

/** Short forms that officials type, by their folded syllable. */
const SHORT: Readonly<Record<string, string>> = {
  ubnd: "uy ban nhan dan",
  ub: "uy ban",
  tp: "thanh pho",
  ttpvhcc: "trung tam phuc vu hanh chinh cong",
  pvhcc: "phuc vu hanh chinh cong",
  ca: "cong an",
};

/** Looks an agency up by its id or a name, with or without marks; those of the case's own province come first. */
export function findAgency(typed: string, complaint: Complaint, rules: Rules): AgencyFound {
  const named = namedBy(typed, complaint, rules.directory);
  const allowed = named.filter(({ id }) => transferRefusal(complaint, id, rules) === undefined);
  const [best] = named;
  if (!best) return { kind: "none" };
  // Who typed the accused means the accused: a namesake offered instead would only confuse.
  const refusal = transferRefusal(complaint, best.id, rules);
  if (refusal === "to-accused" || refusal === "back") return { kind: "refused", refusal };
  return { kind: "offered", agencies: allowed.slice(0, MOST) };
}

/** The agency that is meant by an id or a whole name; those that it may be, where the name leaves it open. */
export type Target =
  | { readonly kind: "one"; readonly id: string }
  | { readonly kind: "several"; readonly agencies: readonly Agency[] }
  | { readonly kind: "none" };

/** Who is meant by an id or a name that was written at once, without a list to choose from. */
export function findTarget(typed: string, complaint: Complaint, rules: Rules): Target {
  const asked = syllablesOf(typed).join(" ");
  const named = namedBy(typed, complaint, rules.directory);
  const exact = named.filter(({ id, name }) => id === idIn(typed) || syllablesOf(name).join(" ") === asked);
  const [only] = exact;
  if (only && exact.length === 1) return { kind: "one", id: only.id };
  const agencies = named
    .filter(({ id }) => transferRefusal(complaint, id, rules) === undefined)
    .slice(0, MOST);
  if (agencies.length > 0) return { kind: "several", agencies };
  const [best] = named;
  // Why it cannot take the case is said when it is handed on.
  return best ? { kind: "one", id: best.id } : { kind: "none" };
}

/** Agencies that can take the case, for a name that is still being typed. */
export function listAgencies(typed: string, complaint: Complaint, rules: Rules): readonly Agency[] {
  return byName(typed, complaint, rules.directory)
    .filter(({ id }) => transferRefusal(complaint, id, rules) === undefined)
    .slice(0, MOST_LISTED);
}

function namedBy(typed: string, complaint: Complaint, directory: Directory): Agency[] {
  const byId = directory.agencies.get(idIn(typed));
  return byId ? [byId] : byName(typed, complaint, directory);
}

const idIn = (typed: string): string => typed.trim().toLowerCase();

/** Agencies that a name may mean, the likeliest first, wherever they are. */
export function agenciesNamed(typed: string, agencies: Directory["agencies"]): readonly Agency[] {
  return scoredBy(typed, agencies, () => false);
}

function byName(typed: string, complaint: Complaint, directory: Directory): Agency[] {
  const province = provinceOf(complaint.filing.place?.code, directory);
  const isNear = ({ area }: Agency): boolean =>
    province !== undefined && provinceOf(area, directory) === province;
  return scoredBy(typed, directory.agencies, isNear);
}

function scoredBy(
  typed: string,
  agencies: Directory["agencies"],
  isNear: (agency: Agency) => boolean,
): Agency[] {
  const asked = syllablesOf(typed);
  if (asked.length === 0) return [];
  const scored = [...agencies.values()].flatMap((agency) => {
    const share = Math.max(...[agency.name, ...agency.says].map((name) => shareOf(asked, syllablesOf(name))));
    if (Math.floor(share) < ENOUGH * asked.length) return [];
    return [{ agency, score: share + (isNear(agency) ? 0.5 : 0) }];
  });
  return scored.toSorted((one, other) => other.score - one.score).map(({ agency }) => agency);
}

/** How many of the syllables asked for a name holds; below the point, how little else it holds. */
function shareOf(asked: readonly string[], name: readonly string[]): number {
  const rest = [...name];
  let held = 0;
  for (const syllable of asked) {
    const whole = rest.indexOf(syllable);
    const at = whole < 0 ? rest.findIndex((other) => other.startsWith(syllable)) : whole;
    if (at < 0) continue;
    rest.splice(at, 1);
    held++;
  }
  return held + 0.49 / (1 + rest.length);
}

/** The syllables of a name, folded, short forms written out. */
export function syllablesOf(text: string): string[] {
  return words(text).flatMap((word) => (SHORT[word] ?? word).split(" "));
}

function provinceOf(area: string | undefined, { places }: Directory): string | undefined {
  if (area === undefined) return undefined;
  return places.communes.get(area)?.province ?? area;
}
