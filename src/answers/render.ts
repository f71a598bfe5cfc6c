import type { Document, Procedure } from "../knowledge/procedure.ts";
import type { Rule } from "../knowledge/rule.ts";
import type { Choice, Reply } from "../messages/message.ts";
import type { Aspect } from "../understanding/aspect.ts";
import type { Wording } from "../wording/citizen.ts";

/** Papers shown in an answer; the rest are counted and linked. A phone shows no more with comfort. */
const MOST_DOCUMENTS = 14;
/** Buttons for other aspects under an answer. */
const NEXT: readonly Aspect[] = ["documents", "fee", "time", "where", "steps"];

/** One aspect of a procedure, or its whole card, ending with basis, day checked and link. All facts come from its fields. */
export function renderProcedure(
  procedure: Procedure,
  aspect: Aspect,
  wording: Wording,
  english: boolean,
): Reply {
  const title = english ? `${procedure.english} (${procedure.title})` : procedure.title;
  const head = aspect === "general" ? title : `${title} – ${wording.aspects[aspect]}`;
  const text = [head, ...bodyOf(procedure, aspect, wording), "", ...endOf(procedure, wording)].join("\n");
  return { text, choices: aspectChoices(procedure.code, aspect, wording) };
}

function aspectChoices(code: string, shown: Aspect, wording: Wording): Choice[] {
  return NEXT.filter((aspect) => aspect !== shown)
    .slice(0, 4)
    .map((aspect) => ({ id: `p:${code}:${aspect}`, label: wording.aspects[aspect] }));
}

function bodyOf(procedure: Procedure, aspect: Aspect, wording: Wording): string[] {
  switch (aspect) {
    case "documents":
      return documents(procedure, wording);
    case "time":
      return times(procedure, wording);
    case "fee":
      return fees(procedure, wording);
    case "where":
      return [procedure.where, ...ways(procedure, wording)];
    case "online":
      return ways(procedure, wording);
    case "steps":
      return numbered(procedure.steps);
    case "legal":
      return [
        ...titled(wording.card.conditions, procedure.conditions),
        ...section(wording.card.variants, variantLines(procedure, wording)),
        ...titled(wording.card.notes, procedure.notes),
      ];
    case "result":
      return [...bulleted(procedure.result), ...titled(wording.card.notes, procedure.notes)];
    case "general":
      return [
        wording.card.official(procedure.name, procedure.code),
        ...section(wording.aspects.documents, documents(procedure, wording)),
        ...section(wording.aspects.time, times(procedure, wording)),
        ...section(wording.aspects.fee, fees(procedure, wording)),
        ...section(wording.aspects.where, [procedure.where, ...ways(procedure, wording)]),
        ...section(wording.card.conditions, bulleted(procedure.conditions)),
        ...section(wording.card.variants, variantLines(procedure, wording)),
      ];
  }
}

function documents(procedure: Procedure, wording: Wording): string[] {
  if (procedure.documents.length === 0) return [wording.card.noDocuments];
  const shown = procedure.documents.slice(0, MOST_DOCUMENTS);
  const rest = procedure.documents.length - shown.length;
  return [
    ...numbered(shown.map((document) => documentLine(document, wording))),
    ...(rest > 0 ? [wording.card.moreDocuments(rest)] : []),
    ...(procedure.notNeeded.length > 0 ? [wording.card.notNeeded] : []),
    ...procedure.notNeeded.map((paper) => wording.card.notNeededLine(paper.what, paper.why)),
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

function times(procedure: Procedure, wording: Wording): string[] {
  return procedure.time.map((limit) => `– ${scope(limit, wording)}${wording.time(limit)}`);
}

function fees(procedure: Procedure, wording: Wording): string[] {
  return procedure.fees.map((fee) => {
    const label = "label" in fee && fee.label ? `${fee.label}: ` : "";
    return `– ${scope(fee, wording)}${label}${wording.fee(fee)}`;
  });
}

/** "Nộp qua mạng, khi …: " before a limit or fee that does not hold for all. */
function scope(
  of: { ways?: readonly ("counter" | "post" | "online")[] | undefined; when?: string | undefined },
  wording: Wording,
): string {
  const parts = [...(of.ways ?? []).map(wording.way), ...(of.when ? [wording.card.when(of.when)] : [])];
  return parts.length > 0 ? `${parts.join(", ")}: ` : "";
}

function ways(procedure: Procedure, wording: Wording): string[] {
  return procedure.ways.map(({ way, note }) => `– ${wording.way(way)}${note ? `: ${note}` : ""}`);
}

function variantLines(procedure: Procedure, wording: Wording): string[] {
  return procedure.variants.map((variant) => wording.card.variant(variant.when, variant.name));
}

function endOf(record: Procedure | Rule, wording: Wording): string[] {
  const { card } = wording;
  const basis = record.legalBasis
    .map((text) => [text.article, text.name, text.number].filter(Boolean).join(" "))
    .join("; ");
  return [
    card.basis(basis),
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

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? [title, ...bulleted(lines)] : [];
}

function bulleted(lines: readonly string[]): string[] {
  return lines.map((line) => `– ${line}`);
}

function numbered(lines: readonly string[]): string[] {
  return lines.map((line, index) => `${index + 1}. ${line}`);
}
