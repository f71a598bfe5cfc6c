import type { Complaint } from "../complaints/complaint.ts";
import { agencyName } from "../complaints/file.ts";
import type { Directory } from "../complaints/route.ts";
import { dayInVietnam } from "../knowledge/calendar.ts";
import type { ReplyTemplate, TemplateFact } from "../knowledge/reply-template.ts";
import { desk as words } from "../wording/desk.ts";
import { type AnswerForm, composeAnswer } from "./answer-form.ts";

/** A template with the facts of one case in it. */
export type FilledTemplate = Pick<ReplyTemplate, "id" | "title" | "action"> &
  ({ readonly parts: AnswerForm } | { readonly text: string });

/** A place that only the official can fill in. */
const BLANK = /\[điền:[^\]]*\]/;

/** The templates that fit the kind of a case, for one of its agencies. */
export function templatesFor(
  complaint: Complaint,
  agency: string,
  templates: readonly ReplyTemplate[],
  directory: Directory,
): FilledTemplate[] {
  const facts = factsOf(complaint, agencyName(agency, directory));
  const fill = (text: string): string =>
    text.replaceAll(/\{(\w+)\}/g, (whole, fact: string) => facts.get(fact) ?? whole);
  return templates
    .filter(({ kinds }) => kinds.length === 0 || kinds.includes(complaint.filing.kind))
    .map((template) => {
      const { id, title, action } = template;
      if (!("parts" in template)) return { id, title, action, text: fill(template.text) };
      const parts = Object.entries(template.parts).map(([part, text = ""]) => [part, fill(text)]);
      return { id, title, action, parts: Object.fromEntries(parts) };
    });
}

function factsOf(
  { trackingCode, answerDue, filedAt, filing }: Complaint,
  agency: string,
): Map<string, string> {
  const facts: Readonly<Record<TemplateFact, string>> = {
    code: trackingCode,
    due: words.day(answerDue),
    filed: words.day(dayInVietnam(filedAt)),
    procedure: words.procedure(filing.procedure?.name),
    dossier: words.dossier(filing.dossierCode),
    agency,
  };
  return new Map(Object.entries(facts));
}

/** Why a text is not ready for a person to read: undefined when it is. */
export function unready(text: string, filled: readonly FilledTemplate[]): string | undefined {
  const blank = BLANK.exec(text)?.[0];
  if (blank) return words.blankLeft(blank);
  const same = filled.some(
    (template) => "parts" in template && flat(composeAnswer(template.parts)) === flat(text),
  );
  return same ? words.templateOnly : undefined;
}

const flat = (text: string): string => text.normalize("NFC").replaceAll(/\s+/g, " ").trim().toLowerCase();
