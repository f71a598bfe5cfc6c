import { dayInVietnam } from "../knowledge/calendar.ts";
import type { ReplyTemplate, TemplateFact } from "../knowledge/reply-template.ts";
import { desk as words } from "../wording/desk.ts";
import { type AnswerForm, composeAnswer } from "./answer-form.ts";
import type { Complaint } from "./complaint.ts";
import { agencyName, type Rules } from "./file.ts";

/** A template with the facts of one case in it. */
export type FilledTemplate = Pick<ReplyTemplate, "id" | "title" | "action"> &
  ({ readonly parts: AnswerForm } | { readonly text: string });

/** A place that only the official can fill in, also where its end was taken away. */
const BLANK = /\[\s*điền(?!\p{L})[^\]\n]*\]?/iu;

/** The templates that fit the kind of a case, for one of its agencies. */
export function templatesFor(
  complaint: Complaint,
  agency: string,
  { replyTemplates, directory }: Pick<Rules, "replyTemplates" | "directory">,
): FilledTemplate[] {
  const facts = factsOf(complaint, agencyName(agency, directory));
  const fill = (text: string): string =>
    text.replaceAll(/\{(\w+)\}/g, (whole, fact: string) => facts.get(fact) ?? whole);
  return replyTemplates
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

/** The first place of a text that was left for the official to fill in. */
export function blankIn(text: string): string | undefined {
  return BLANK.exec(text.normalize("NFC"))?.[0];
}

/** Whether an answer is a template word for word. */
export function isTemplate(answer: string, filled: readonly FilledTemplate[]): boolean {
  return filled.some(
    (template) => "parts" in template && flat(composeAnswer(template.parts)) === flat(answer),
  );
}

const flat = (text: string): string => text.normalize("NFC").replaceAll(/\s+/g, " ").trim().toLowerCase();
