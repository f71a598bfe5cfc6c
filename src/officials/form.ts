import { z } from "zod";
import { ANSWER_PARTS, composeAnswer, isTooLittle, missingParts } from "../complaints/answer-form.ts";
import type { Actor, Complaint } from "../complaints/complaint.ts";
import type { Rules } from "../complaints/file.ts";
import { type Act, latestExtension, refusal, wordsRefusal } from "../complaints/refusal.ts";
import { blankIn } from "../complaints/reply-templates.ts";
import { beginningOf } from "../text/beginning.ts";
import { readDay } from "../understanding/dates.ts";
import { official } from "../wording/official.ts";
import { officialChat } from "../wording/official-chat.ts";
import { findAgency } from "./find-agency.ts";
import { refusalText } from "./refusals.ts";

/** Longest text an official can send to a person, in characters. */
export const LONGEST = 4000;

/** Room in that for the headings of an answer's parts. */
const HEADINGS_ROOM = 100;

const FormAction = z.enum([
  "ask",
  "progress",
  "answer",
  "transfer",
  "extend",
  "return",
  "ask-identity",
  "approve-identity",
]);
export type FormAction = z.infer<typeof FormAction>;

const Field = z.enum(["text", "found", "done", "basis", "next", "target", "reason", "until", "apology"]);
type Field = z.infer<typeof Field>;

/** An act that an official prepares step by step; nothing leaves before they have seen it whole. */
export const Form = z.object({
  kind: z.literal("form"),
  /** The tracking code. */
  complaint: z.string(),
  /** Of the case as the official last saw it. */
  revision: z.int(),
  action: FormAction,
  step: z.union([Field, z.literal("preview")]),
  given: z.partialRecord(Field, z.string()),
  /** Ids of the agencies that are offered, in the order of their buttons. */
  offered: z.array(z.string()),
});
export type Form = z.infer<typeof Form>;

const STEPS: Readonly<Record<FormAction, readonly Field[]>> = {
  ask: ["text"],
  progress: ["text"],
  answer: ANSWER_PARTS,
  transfer: ["target", "reason"],
  extend: ["reason", "until", "apology"],
  return: ["reason"],
  "ask-identity": ["reason"],
  "approve-identity": ["reason"],
};

/** What a form is filled in for. */
export type Desk = {
  readonly complaint: Complaint;
  readonly by: Actor;
  readonly now: Date;
  readonly rules: Rules;
};

export function beginForm(action: FormAction, { trackingCode, revision }: Complaint): Form {
  const [first = "preview"] = STEPS[action];
  return { kind: "form", complaint: trackingCode, revision, action, step: first, given: {}, offered: [] };
}

/** The form after a text was typed; `problem` says why the question stands. */
export function takeText(form: Form, typed: string, desk: Desk): { form: Form; problem?: string } {
  const text = typed.trim();
  const { step } = form;
  if (step === "preview") return { form, problem: officialChat.form.useButtons };
  if (text === "") return { form, problem: official.empty };
  if (text.length + Object.values(form.given).join("").length > LONGEST - HEADINGS_ROOM)
    return { form, problem: official.tooLong };
  if (step === "target") return takeTarget(form, text, desk);
  if (step !== "until") return takeWords(form, step, text, desk);
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : readDay(text, desk.now);
  if (day === undefined) return { form, problem: officialChat.form.dayUnclear };
  const refused = refusal(
    desk.complaint,
    desk.by,
    { action: "extend", until: day, text: form.given.reason ?? "" },
    desk.now,
    desk.rules,
  );
  return refused
    ? { form, problem: refusalText(refused.refused, "", refused) }
    : { form: give(form, step, day) };
}

/** What cannot be sent is said while the question still stands, and not when all is written. */
function takeWords(
  form: Form,
  field: Field,
  text: string,
  { complaint, by, rules }: Desk,
): { form: Form; problem?: string } {
  const blank = blankIn(text);
  if (blank !== undefined) return { form, problem: official.blankLeft(blank) };
  if (isTooLittle(field, text)) return { form, problem: official.tooShort };
  const given = give(form, field, text);
  const deed = actOf(given);
  const refused = deed && wordsRefusal(complaint, by, deed, rules);
  return refused ? { form, problem: refusalText(refused.refused, "", refused) } : { form: given };
}

function takeTarget(form: Form, text: string, { complaint, rules }: Desk): { form: Form; problem?: string } {
  const found = findAgency(text, complaint, rules);
  switch (found.kind) {
    case "none":
      return { form: { ...form, offered: [] }, problem: officialChat.form.noAgency(beginningOf(text, 100)) };
    case "refused":
      return { form: { ...form, offered: [] }, problem: refusalText(found.refusal, "") };
    case "offered":
      return { form: { ...form, offered: found.agencies.map(({ id }) => id) } };
  }
}

/** The form after one of the agencies offered was chosen; the same form when there is none of that number. */
export function chooseAgency(form: Form, number: number): Form {
  const id = form.step === "target" ? form.offered[number] : undefined;
  return id === undefined ? form : give({ ...form, offered: [] }, "target", id);
}

/** The next question without an answer to this one; the same form where the answer is needed. */
export function skip(form: Form): Form {
  return maySkip(form) ? advanceFrom(form) : form;
}

export function maySkip({ step }: Form): boolean {
  return step === "basis" || step === "next";
}

/** The question before this one, as if it had not been answered. */
export function stepBack(form: Form): Form {
  const steps = STEPS[form.action];
  const at = form.step === "preview" ? steps.length : steps.indexOf(form.step);
  const before = steps[at - 1];
  if (before === undefined) return { ...form, offered: [] };
  const given = { ...form.given };
  delete given[before];
  return { ...form, step: before, given, offered: [] };
}

/** Number of the question, from 1, and how many there are. */
export function progressOf(form: Form): { readonly number: number; readonly of: number } {
  const steps = STEPS[form.action];
  return { number: form.step === "preview" ? steps.length : steps.indexOf(form.step) + 1, of: steps.length };
}

/** The question that the form asks now. */
export function questionIn(form: Form, { complaint, now, rules }: Desk): string {
  const questions: Readonly<Partial<Record<Field, string>>> = officialChat.form.questions[form.action];
  if (form.step === "preview") return "";
  const question = questions[form.step] ?? "";
  return form.step === "until"
    ? `${question} ${officialChat.form.latest(latestExtension(complaint, now, rules))}`
    : question;
}

/** The act that the form has become; undefined while something is missing. */
export function actOf({ action, given }: Form): Act | undefined {
  const { text = "", target, reason = "", until, apology } = given;
  switch (action) {
    case "ask":
    case "progress":
      return text ? { action, text } : undefined;
    case "answer":
      return missingParts(given).length === 0 ? { action, text: composeAnswer(given) } : undefined;
    case "transfer":
      return target && reason ? { action, to: target, text: reason } : undefined;
    case "extend":
      return until && reason ? { action, until, text: reason, ...(apology && { apology }) } : undefined;
    case "return":
    case "ask-identity":
    case "approve-identity":
      return reason ? { action, text: reason } : undefined;
  }
}

function give(form: Form, field: Field, text: string): Form {
  return advanceFrom({ ...form, given: { ...form.given, [field]: text } });
}

function advanceFrom(form: Form): Form {
  const steps = STEPS[form.action];
  const next = form.step === "preview" ? undefined : steps[steps.indexOf(form.step) + 1];
  return { ...form, step: next ?? "preview" };
}
