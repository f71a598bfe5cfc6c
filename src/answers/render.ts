import type { ImportedFee, ImportedProcedure } from "../knowledge/imported-procedure.ts";
import type { Freshness } from "../knowledge/limits.ts";
import type { Document, Procedure } from "../knowledge/procedure.ts";
import type { Rule } from "../knowledge/rule.ts";
import type { Choice, Reply } from "../messages/message.ts";
import type { Aspect } from "../understanding/aspect.ts";
import type { Wording } from "../wording/citizen.ts";
import type { Facts } from "./finder.ts";
import { titleOf } from "./subjects.ts";

/** Papers shown in an answer; the rest are counted and linked. A phone shows no more with comfort. */
const MOST_DOCUMENTS = 14;
/** Longest line of an imported record, in characters: its papers and steps are told in whole paragraphs. */
const LONGEST_LINE = 240;
/** … and in the card, which a phone shows whole: shorter lines, fewer papers and conditions. */
const CARD = { line: 140, papers: 6, conditions: 3 } as const;
/** Lines shown of any other list; the rest are counted and linked. One imported record has 238 conditions. */
const MOST_LINES = 10;
/** An imported record with more papers than this tells those of one case only, which is asked for. */
const PAPERS_FOR_ALL = 6;
/** Cases offered; the portal has records with dozens. */
const MOST_CASES = 8;
/** Buttons for other aspects under an answer. */
const NEXT: readonly Aspect[] = ["documents", "fee", "time", "where", "steps"];

/** … and for related procedures, where the person has heard the whole or how it ends. */
const NEXT_STEPS: readonly Aspect[] = ["general", "steps", "result"];
const MOST_RELATED = 2;

/** Whether a record may still be told: `stale` with a warning, `expired` by its name and link only. */
export type Age = "fresh" | "stale" | "expired";

/** The age of a record's facts on a day. */
export function ageOf(facts: Facts, now: Date, freshness: Freshness): Age {
  const day = facts.origin === "curated" ? facts.procedure.checked : facts.procedure.retrieved;
  const days = (now.getTime() - Date.parse(day)) / 86_400_000;
  const { warnAfterDays, hideAfterDays } = freshness[facts.origin];
  return days > hideAfterDays ? "expired" : days > warnAfterDays ? "stale" : "fresh";
}

/**
 * One aspect of a procedure, or its whole card, ending with basis, source and day. All facts come from its fields.
 * @param inCase which of the cases that its papers depend on, where they do
 * @param near where the person hands in a checked record's dossier, where that is known
 */
export function renderFacts(
  facts: Facts,
  aspect: Aspect,
  wording: Wording,
  english: boolean,
  age: Age,
  inCase?: number,
  near?: string,
): Reply {
  return facts.origin === "curated"
    ? renderProcedure({ ...facts.procedure, near }, aspect, wording, english, age)
    : renderImported(facts.procedure, aspect, wording, age, inCase);
}

/** A record that a person has checked. */
export function renderProcedure(
  procedure: Procedure & Pick<Told, "near">,
  aspect: Aspect,
  wording: Wording,
  english: boolean,
  age: Age = "fresh",
): Reply {
  const title = english ? `${procedure.english} (${procedure.title})` : procedure.title;
  const { url } = procedure.source;
  if (age === "expired") return tooOld(title, procedure.checked, url, wording);
  const head = headOf(title, aspect, wording);
  const warning = age === "stale" ? [wording.card.stale(procedure.checked)] : [];
  const body = bodyOf(procedure, aspect, wording);
  const text = [head, ...body, "", ...warning, ...endOf(procedure, wording)].join("\n");
  const related = procedure.related.flatMap(({ code, name }) =>
    code === undefined ? [] : [{ id: `p:${code}:general`, label: wording.card.relatedChoice(titleOf(name)) }],
  );
  const offered = NEXT_STEPS.includes(aspect) ? related.slice(0, MOST_RELATED) : [];
  return { text, choices: [...aspectChoices(procedure.code, aspect, wording), ...offered] };
}

/** A record as the national portal has it: told apart from checked ones, and what it does not say is said. */
function renderImported(
  procedure: ImportedProcedure,
  aspect: Aspect,
  wording: Wording,
  age: Age,
  inCase: number | undefined,
): Reply {
  const { card } = wording;
  const { agency, url, retrieved } = procedure;
  const title = titleOf(procedure.name);
  if (age === "expired") return tooOld(procedure.name, retrieved, url, wording);
  const where = [procedure.where, agency && card.agency(agency)].filter(
    (line) => line !== undefined && line !== "",
  );
  const brief = aspect === "general";
  const shorten = shortener(brief ? CARD.line : LONGEST_LINE);
  const cases = casesOf(procedure);
  const chosen = inCase === undefined ? undefined : cases[inCase];
  const ofCase = procedure.documents.filter(
    ({ when }) => cases.length === 0 || when === undefined || when === chosen,
  );
  const told: Told = {
    ...procedure,
    brief,
    documents: ofCase.map(({ name, form, when, ...document }) => ({
      ...document,
      name: shorten(name),
      ...(form && { form: shorten(form) }),
      ...(when && { when: shorten(when) }),
    })),
    remarks: procedure.remarks.map(shorten),
    steps: procedure.steps.map(shorten),
    result: procedure.result.map(shorten),
    conditions: procedure.conditions.map(shorten),
    where: where.length > 0 ? where.join("\n") : card.unknown,
    notNeeded: [],
    mistakes: [],
    variants: [],
    related: [],
    notes: [],
    ...(cases.length > 0 && chosen === undefined && { cases: cases.length }),
  };
  const body = bodyOf(told, aspect, wording);
  const text = [
    headOf(title, aspect, wording),
    ...(procedure.province ? [card.onlyIn(procedure.province)] : []),
    ...(body.length > 0 ? body : [card.unknown]),
    "",
    ...(age === "stale" ? [card.stale(retrieved)] : []),
    ...basisOf(procedure, wording),
    card.imported(retrieved),
    url,
  ].join("\n");
  const asks = chosen === undefined && (aspect === "documents" || aspect === "general");
  const byCase = cases.slice(0, asks ? MOST_CASES : 0).map((when, index) => ({
    id: `p:${procedure.code}:documents:${index}`,
    label: titleOf(when),
  }));
  return { text, choices: [...byCase, ...aspectChoices(procedure.code, aspect, wording)] };
}

/** The cases that an imported record's papers depend on, in the portal's order; none when there are few papers. */
function casesOf({ documents }: ImportedProcedure): string[] {
  if (documents.length <= PAPERS_FOR_ALL) return [];
  const cases = [...new Set(documents.flatMap(({ when }) => when ?? []))];
  return cases.length > 1 ? cases : [];
}

/** What a card is made from, curated or imported. */
type Told = Pick<
  Procedure,
  | "code"
  | "name"
  | "documents"
  | "notNeeded"
  | "mistakes"
  | "time"
  | "ways"
  | "where"
  | "steps"
  | "result"
  | "conditions"
  | "variants"
  | "related"
  | "notes"
> & {
  readonly fees: readonly ImportedFee[];
  /** Where this person hands it in. */
  readonly near?: string | undefined;
  /** Of a record that a person has checked, no time or fee is left out. */
  readonly checked?: string;
  /** What is said among the papers although it is no paper. */
  readonly remarks?: readonly string[];
  /** In so many cases other papers are needed, which are told once the person has chosen. */
  readonly cases?: number;
  /** Few papers and conditions are told: the portal lists them by the dozen. */
  readonly brief?: boolean;
};

function headOf(title: string, aspect: Aspect, wording: Wording): string {
  return aspect === "general" ? title : `${title} – ${wording.aspects[aspect]}`;
}

/** Law changes: what was not looked at for so long is not told any more. */
function tooOld(name: string, day: string, url: string | undefined, wording: Wording): Reply {
  return { text: [name, wording.card.expired(day), ...(url ? [url] : [])].join("\n"), choices: [] };
}

function shortener(longest: number): (line: string) => string {
  return (line) => (line.length <= longest ? line : `${line.slice(0, longest).replace(/\s+\S*$/u, "")}…`);
}

function aspectChoices(code: string, shown: Aspect, wording: Wording): Choice[] {
  return NEXT.filter((aspect) => aspect !== shown)
    .slice(0, 4)
    .map((aspect) => ({ id: `p:${code}:${aspect}`, label: wording.aspects[aspect] }));
}

function bodyOf(procedure: Told, aspect: Aspect, wording: Wording): string[] {
  switch (aspect) {
    case "documents":
      return [
        ...documents(procedure, wording),
        ...titled(wording.card.mistakes, procedure.mistakes, wording),
      ];
    case "time":
      return times(procedure, wording);
    case "fee":
      return fees(procedure, wording);
    case "where":
      return [...places(procedure), ...ways(procedure, wording)];
    case "online":
      return ways(procedure, wording);
    case "steps":
      return [
        ...few(numbered(procedure.steps), wording),
        ...section(wording.card.related, neighbourLines(procedure.related, wording)),
      ];
    case "legal":
      return [
        ...titled(wording.card.conditions, procedure.conditions, wording),
        ...section(wording.card.variants, neighbourLines(procedure.variants, wording)),
        ...titled(wording.card.notes, procedure.notes, wording),
      ];
    case "result":
      return [
        ...few(bulleted(procedure.result), wording),
        ...section(wording.card.related, neighbourLines(procedure.related, wording)),
        ...titled(wording.card.notes, procedure.notes, wording),
      ];
    case "general":
      return [
        wording.card.official(procedure.name, procedure.code),
        ...section(wording.aspects.documents, documents(procedure, wording)),
        ...section(wording.aspects.time, times(procedure, wording)),
        ...section(wording.aspects.fee, fees(procedure, wording)),
        ...section(wording.aspects.where, [...places(procedure), ...ways(procedure, wording)]),
        ...section(
          wording.card.conditions,
          few(bulleted(procedure.conditions), wording, procedure.brief ? CARD.conditions : MOST_LINES),
        ),
        ...section(wording.card.variants, neighbourLines(procedure.variants, wording)),
      ];
  }
}

function documents(procedure: Told, wording: Wording): string[] {
  const remarks = titled(wording.card.notes, procedure.remarks ?? [], wording);
  const byCase = procedure.cases === undefined ? [] : [wording.card.byCase(procedure.cases)];
  if (procedure.documents.length === 0)
    return [...(byCase.length > 0 ? byCase : [wording.card.noDocuments]), ...remarks];
  const shown = procedure.documents.slice(0, procedure.brief ? CARD.papers : MOST_DOCUMENTS);
  const rest = procedure.documents.length - shown.length;
  return [
    ...numbered(shown.map((document) => documentLine(document, wording))),
    ...(rest > 0 ? [wording.card.moreDocuments(rest)] : []),
    ...byCase,
    ...(procedure.notNeeded.length > 0 ? [wording.card.notNeeded] : []),
    ...procedure.notNeeded.map((paper) => wording.card.notNeededLine(paper.what, paper.why)),
    ...remarks,
  ];
}

function documentLine(document: Document, wording: Wording): string {
  const { card } = wording;
  const details = [
    document.originals ? card.originals(document.originals) : "",
    document.copies ? card.copies(document.copies) : "",
    document.hand === "present" ? card.present : "",
    document.form ? card.form(document.form) : "",
    document.when ? card.when(document.when) : "",
  ].filter(Boolean);
  const plain = document.plain && document.plain !== document.name ? `: ${document.plain}` : "";
  return `${document.name}${plain}${details.length > 0 ? ` (${details.join("; ")})` : ""}`;
}

function times(procedure: Told, wording: Wording): string[] {
  const lines = procedure.time.map((limit) => `– ${scope(limit, wording)}${wording.time(limit)}`);
  return few(lines, wording, procedure.checked === undefined ? MOST_LINES : lines.length);
}

function fees(procedure: Told, wording: Wording): string[] {
  const lines = procedure.fees.map((fee) => {
    const label = fee.label ? `${fee.label}: ` : "";
    return `– ${scope(fee, wording)}${label}${wording.fee(fee)}`;
  });
  return few(lines, wording, procedure.checked === undefined ? MOST_LINES : lines.length);
}

/** "Nộp qua mạng, khi …: " before a limit or fee that does not hold for all. */
function scope(
  of: { ways?: readonly ("counter" | "post" | "online")[] | undefined; when?: string | undefined },
  wording: Wording,
): string {
  const parts = [...(of.ways ?? []).map(wording.way), ...(of.when ? [wording.card.when(of.when)] : [])];
  return parts.length > 0 ? `${parts.join(", ")}: ` : "";
}

function places({ where, near }: Told): string[] {
  return near === undefined ? [where] : [where, near];
}

function ways(procedure: Told, wording: Wording): string[] {
  return procedure.ways.map(({ way, note }) => `– ${wording.way(way)}${note ? `: ${note}` : ""}`);
}

function neighbourLines(neighbours: Procedure["variants"], wording: Wording): string[] {
  return neighbours.map(({ when, name }) => wording.card.variant(when, name));
}

function basisOf({ legalBasis }: Pick<Procedure, "legalBasis">, wording: Wording): string[] {
  const texts = legalBasis.map((text) => [text.article, text.name, text.number].filter(Boolean).join(" "));
  return texts.length > 0 ? [wording.card.basis(texts.join("; "))] : [];
}

function endOf(record: Procedure | Rule, wording: Wording): string[] {
  const { card } = wording;
  return [
    ...basisOf(record, wording),
    ...(record.status === "secondary" ? [card.secondary] : []),
    card.checked(record.checked, record.source.name, record.source.retrieved),
    ...(record.source.url ? [record.source.url] : []),
  ];
}

/** A one-stop rule: its answer, points, remedy and article. */
export function renderRule(rule: Rule, wording: Wording, english: boolean): Reply {
  const text = [
    english ? `${rule.english} (${rule.title})` : rule.question,
    rule.answer,
    ...bulleted(rule.points),
    ...(rule.remedy ? [`${wording.answers.rule.remedy} ${rule.remedy}`] : []),
    "",
    wording.answers.rule.since(rule.since),
    ...endOf(rule, wording),
  ].join("\n");
  return { text, choices: rule.remedy ? [{ id: "complain", label: wording.answers.complainNow }] : [] };
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? ["", title.endsWith(":") ? title : `${title}:`, ...lines] : [];
}

function titled(title: string, lines: readonly string[], wording: Wording): string[] {
  return lines.length > 0 ? [title, ...few(bulleted(lines), wording)] : [];
}

function few(lines: readonly string[], wording: Wording, most = MOST_LINES): string[] {
  const rest = lines.length - most;
  return rest > 0 ? [...lines.slice(0, most), wording.card.more(rest)] : [...lines];
}

function bulleted(lines: readonly string[]): string[] {
  return lines.map((line) => `– ${line}`);
}

function numbered(lines: readonly string[]): string[] {
  return lines.map((line, index) => `${index + 1}. ${line}`);
}
