import type { Brief, Catalogue } from "../knowledge/catalogue.ts";
import type { Gap } from "../knowledge/gap.ts";
import type { Knowledge } from "../knowledge/load.ts";
import type { Asked } from "../knowledge/phrasings.ts";
import type { Procedure } from "../knowledge/procedure.ts";
import type { Rule } from "../knowledge/rule.ts";
import type { SearchDocument } from "../search/search-index.ts";
import { fold, words } from "../text/fold.ts";

/** One procedure among twins: the same act under another code, for one province or another level. */
export type Member = {
  readonly code: string;
  readonly name: string;
  /** The only province that has it: its code, and its name as the portal writes it. */
  readonly province?: { readonly code: string; readonly name: string } | undefined;
};

/** What a question can be about: a procedure with its twins, curated or imported. */
export type Subject = {
  readonly code: string;
  /** The official name. */
  readonly name: string;
  /** Short name for buttons and headings. */
  readonly title: string;
  readonly english: string;
  readonly sector: string;
  /** All procedures that this one answer stands for; the first is its own. */
  readonly members: readonly Member[];
  /** Codes of neighbours that people confuse with it. */
  readonly variants: readonly string[];
  /** Codes of what people do before, along with or after it. */
  readonly related: readonly string[];
  readonly curated: boolean;
  /** Kind of the agency that decides, an id of knowledge/agencies/kinds.yaml, where it is known. */
  readonly agencyKind: string | undefined;
  readonly asked: Asked | undefined;
  /** Each of its members exists in one province only. */
  readonly local: boolean;
  /** Only a ministry handles it. */
  readonly central: boolean;
  /** Who may ask for it. */
  readonly forCitizens: boolean;
  readonly forBusinesses: boolean;
};

/** Subjects and rules with what is searched of them, in the same order. */
export type Library = {
  readonly subjects: readonly Subject[];
  readonly documents: readonly SearchDocument[];
};

/** Longest title on a button, in characters. */
const TITLE = 60;
/** Id of a rule among the documents. */
export const ruleId = (rule: Rule): string => `rule:${rule.id}`;
/** Id of a gap among the documents. */
export const gapId = (gap: Gap): string => `gap:${gap.id}`;

const NAMED_BY = new WeakMap<Subject, ReadonlySet<string>>();

/** The folded words of its name and title; asked of dozens of subjects for each message in a conversation. */
export function namedBy(subject: Subject): ReadonlySet<string> {
  const known = NAMED_BY.get(subject);
  if (known) return known;
  const own = new Set(words(`${subject.name} ${subject.title}`));
  NAMED_BY.set(subject, own);
  return own;
}

/** The person's own province's procedure, if the subject has no national one. */
export function ownMember({ local, members }: Subject, province: string | undefined): Member | undefined {
  return local ? members.find((member) => member.province?.code === province) : undefined;
}

/** In how many provinces a procedure stands that no national one stands for. */
export function provincesOf({ local, members }: Subject): number {
  return local ? new Set(members.map(({ province }) => province?.code)).size : 0;
}

/** Everything that can be answered: curated records first, then what else the catalogue has; twins count as one. */
export function buildLibrary(
  { procedures, phrasings, places, kinds }: Pick<Knowledge, "procedures" | "phrasings" | "places" | "kinds">,
  catalogue: Catalogue | undefined,
): Library {
  const briefs = new Map(catalogue?.briefs.map((brief) => [brief.code, brief]));
  const provinces = provinceNames(places);
  const provinceOf = ({ province: name }: Brief): Member["province"] =>
    name === undefined ? undefined : { code: provinces.get(fold(name)) ?? name, name };
  const groups = new Map<string, Brief[]>();
  const curatedCodes = new Set(procedures.flatMap(({ code, sameAs }) => [code, ...sameAs]));
  for (const brief of briefs.values()) {
    if (curatedCodes.has(brief.code)) continue;
    const key = twinKey(brief.name);
    const group = groups.get(key);
    if (group) group.push(brief);
    else groups.set(key, [brief]);
  }
  const curated = procedures.map((procedure) => {
    const key = twinKey(procedure.name);
    const twins = groups.get(key) ?? [];
    groups.delete(key);
    return ofCurated(procedure, twins, provinceOf);
  });
  const imported = [...groups.values()].map((group) =>
    ofImported(group, phrasings, provinceOf, (brief) => kindOf(brief, kinds)),
  );
  const all = [...curated, ...imported];
  return { subjects: all.map(({ subject }) => subject), documents: all.map(({ document }) => document) };
}

type Made = { readonly subject: Subject; readonly document: SearchDocument };

function ofCurated(
  procedure: Procedure,
  twins: readonly Brief[],
  provinceOf: (brief: Brief) => Member["province"],
): Made {
  const { code, title, name, english, says, phrasings, result, audience, level, sector } = procedure;
  return {
    subject: {
      code,
      name,
      title,
      english,
      sector,
      members: [{ code, name }, ...twins.map((twin) => memberOf(twin, provinceOf))],
      variants: procedure.variants.flatMap(({ code: other }) => other ?? []),
      related: procedure.related.flatMap(({ code: other }) => other ?? []),
      curated: true,
      agencyKind: procedure.agencyKind,
      local: false,
      asked: procedure.asked,
      central: level.every((one) => one === "ministry"),
      forCitizens: audience.some((one) => one !== "business" && one !== "organisation"),
      forBusinesses: audience.some((one) => one === "business" || one === "organisation"),
    },
    document: {
      id: code,
      names: [title, name, ...says],
      phrasings: [english, ...phrasings],
      context: [sector, ...result, ...procedure.documents.map((document) => document.name)],
    },
  };
}

function ofImported(
  group: readonly Brief[],
  phrasings: Knowledge["phrasings"],
  provinceOf: (brief: Brief) => Member["province"],
  agencyKindOf: (brief: Brief) => string | undefined,
): Made {
  // The national record speaks for its provincial twins.
  const [first, ...rest] = group.toSorted(
    (a, b) =>
      Number(a.province !== undefined) - Number(b.province !== undefined) || (a.code < b.code ? -1 : 1),
  );
  if (!first) throw new RangeError("a group has at least one member");
  const said = group.flatMap(({ code }) => phrasings.get(code) ?? []);
  const who = fold(group.flatMap(({ audience }) => audience).join(" "));
  return {
    subject: {
      code: first.code,
      name: first.name,
      title: titleOf(first.name),
      english: titleOf(first.name),
      sector: first.sector,
      members: [first, ...rest].map((brief) => memberOf(brief, provinceOf)),
      variants: [],
      related: [],
      curated: false,
      agencyKind: agencyKindOf(first),
      local: group.every(({ province }) => province !== undefined),
      asked: (["often", "some", "rare"] as const).find((how) => said.some(({ asked }) => asked === how)),
      central: group.every(({ level }) => level.every((one) => one === "ministry")),
      forCitizens: /cong dan|nguoi/.test(who),
      forBusinesses: /doanh nghiep|to chuc|hop tac xa/.test(who),
    },
    document: {
      id: first.code,
      names: [...new Set(group.map(({ name }) => plainName(name)))],
      phrasings: said.flatMap((one) => one.phrasings),
      context: [first.sector, ...first.result, ...first.documents],
    },
  };
}

/** The only kind of agency at the procedure's level that answers for its sector; undefined where more or none do. */
function kindOf(brief: Brief, kinds: Knowledge["kinds"]): string | undefined {
  const able = [...kinds.values()].filter(
    (kind) => kind.sectors.includes(brief.sector) && brief.level.some((level) => level === kind.level),
  );
  return able.length === 1 ? able[0]?.kind : undefined;
}

function memberOf(brief: Brief, provinceOf: (brief: Brief) => Member["province"]): Member {
  const province = provinceOf(brief);
  return { code: brief.code, name: brief.name, ...(province && { province }) };
}

/** The code of a province by any of its names, those before July 2025 included. */
function provinceNames({ provinces }: Knowledge["places"]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { code, name, short, was } of provinces.values())
    for (const known of [name, short, ...was, ...was.map((old) => old.replace(/^(?:Tỉnh|Thành phố) /i, ""))])
      names.set(fold(known), code);
  return names;
}

const LEVELS =
  /\b(?:thuc hien )?(?:tai |o )?(?:cap )?(?:trung uong|cap tinh|cap xa|cap huyen|cap bo|cap trung uong)\b/g;

/** Names that differ in nothing but who carries it out, the order of words and "thủ tục" name one act. */
function twinKey(name: string): string {
  const plain = words(name)
    .join(" ")
    .replaceAll(LEVELS, " ")
    .replaceAll(/\b(?:thu tuc|thuc hien|tai)\b/g, " ");
  return [...new Set(plain.trim().split(/\s+/))].sort().join(" ");
}

/** "Thủ tục: Đăng ký …" without what all names begin with. */
function plainName(name: string): string {
  const plain = name.replace(/^thủ tục(?: hành chính)?\s*[:.-]?\s*/iu, "");
  return plain === "" ? name : plain;
}

/** A short form of an official name for a button: its first words. */
export function titleOf(name: string): string {
  const plain = plainName(name);
  const large = plain.charAt(0).toUpperCase();
  // "ﬀ" and "ß" would become two letters.
  const whole = large.length === 1 ? large + plain.slice(1) : plain;
  if (whole.length <= TITLE) return whole;
  return `${whole.slice(0, TITLE - 1).replace(/[\s,;:(]+\S*$/u, "")}…`;
}
