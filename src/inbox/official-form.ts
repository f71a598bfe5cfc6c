import { authorOf, type Complaint } from "../complaints/complaint.ts";
import { agencyName } from "../complaints/file.ts";
import { type Act, act } from "../complaints/progress.ts";
import { mayNot } from "../complaints/refusal.ts";
import { newSession, type Session } from "../conversation/session.ts";
import type { Choice, Inbound, Reply } from "../messages/message.ts";
import {
  actOf,
  beginForm,
  chooseAgency,
  type Form,
  type FormAction,
  maySkip,
  progressOf,
  questionIn,
  skip,
  stepBack,
  takeText,
  type Desk as World,
} from "../officials/form.ts";
import { refusalText } from "../officials/refusals.ts";
import { timeLine } from "../officials/time-line.ts";
import { type Change, passDamaged } from "../store/store.ts";
import { fold } from "../text/fold.ts";
import { official as words } from "../wording/official.ts";
import { officialChat } from "../wording/official-chat.ts";
import { actorOf, type Hearing, mayHandle, perform, say } from "./official-act.ts";
import type { InboxParts } from "./parts.ts";

const chat = officialChat.form;

/** What an official's own thread waits for. */
export type Desk = { readonly session: Session };

/** So long the meaning of a reply, and the questions of a form, stay open, in milliseconds. */
const MEANING_MS = 15 * 60_000;
const FORM_MS = 60 * 60_000;

/** An official's own thread of acts, apart from what the same person asks as a citizen. */
export function deskName(message: Inbound): string {
  return `official:${message.sender}`;
}

/** What this person's thread waits for; undefined when it waits for nothing, or did so too long ago. */
export async function deskOf(message: Inbound, { store, clock }: InboxParts): Promise<Desk | undefined> {
  const session = await passDamaged(store.session(deskName(message)));
  if (!session?.expecting) return undefined;
  const age = clock().getTime() - Date.parse(session.menuAt ?? "");
  const lasts = session.expecting.kind === "form" ? FORM_MS : MEANING_MS;
  return age <= lasts ? { session } : undefined;
}

/**
 * The thread, where what a person types privately is meant for it: not when the bot has since asked the same person
 * something as a citizen.
 */
export async function deskInTurn(message: Inbound, parts: InboxParts): Promise<Desk | undefined> {
  const desk = await deskOf(message, parts);
  if (!desk || !message.privately) return desk;
  const citizen = await passDamaged(parts.store.session(message.conversation));
  const later = (citizen?.menuAt ?? "") > (desk.session.menuAt ?? "");
  return later ? undefined : desk;
}

/** The choice that a typed number means. */
export function typedChoice(text: string, { session }: Desk): string | undefined {
  return /^\d$/.test(text.trim()) ? session.menu[Number(text.trim()) - 1]?.id : undefined;
}

/**
 * Whether a text answers the form's question: in a private chat any text that replies to no other case; in a group only
 * a reply to a message about this case, since other words there are not for the bot.
 */
export function isAnswered({ session }: Desk, message: Inbound, replied: string | undefined): boolean {
  const form = session.expecting;
  if (form?.kind !== "form" || message.body.kind !== "text" || message.body.text.startsWith("/"))
    return false;
  return replied === form.complaint || (message.privately && replied === undefined);
}

/** Begins an act that needs a text or a target, unless it cannot be done at all. */
export async function beginAct(
  action: FormAction,
  code: string,
  hearing: Hearing,
): Promise<readonly Reply[]> {
  const { who, message, parts } = hearing;
  const complaint = await parts.store.complaintByCode(code);
  if (!complaint || !mayHandleOrDid(complaint, hearing)) return say(words.unknownCase, message, parts);
  const refused = mayNot(complaint, actorOf(who), action, parts.clock(), parts.guide.rules);
  if (refused) return say(refusalText(refused.refused, "", refused), message, parts);
  return ask(beginForm(action, complaint), complaint, hearing);
}

/** Who has handed the case on is told so; nobody else learns that it exists. */
function mayHandleOrDid(complaint: Complaint, hearing: Hearing): boolean {
  const { agency } = hearing.who;
  return (
    mayHandle(complaint, hearing) ||
    complaint.events.some((event) => event.type === "transferred" && event.by.agency === agency)
  );
}

/** A text typed for the form that is open. */
export function goOn(desk: Desk, text: string, hearing: Hearing): Promise<readonly Reply[]> {
  const form = desk.session.expecting;
  return withCase(form?.kind === "form" ? form : undefined, hearing, (open, complaint) => {
    const word = fold(text);
    if (word === "huy" || word === "thoi") return cancel(hearing);
    if (open.step === "preview" && word === "gui") return send(open, complaint, hearing);
    if (word === "quay lai") return ask(stepBack(open), complaint, hearing);
    const taken = takeText(open, text, worldOf(complaint, hearing));
    return ask(taken.form, complaint, hearing, taken.problem);
  });
}

/** A button of a form: `o:f:CODE:STAMP:WHAT`, with the number of an agency for WHAT or what it does. */
export async function pressFormButton(
  code: string,
  [stamp = "", what = ""]: readonly string[],
  hearing: Hearing,
): Promise<readonly Reply[]> {
  const { message, parts } = hearing;
  const desk = await deskOf(message, parts);
  const form = desk?.session.expecting;
  // An old button must not send what was written since, nor for another case.
  if (form?.kind !== "form" || form.complaint !== code || stampOf(desk?.session.menuAt) !== stamp)
    return say(chat.stale, message, parts);
  return withCase(form, hearing, (open, complaint) => {
    switch (what) {
      case "send":
        return send(open, complaint, hearing);
      case "skip":
        return ask(skip(open), complaint, hearing);
      case "back":
        return ask(stepBack(open), complaint, hearing);
      case "cancel":
        return cancel(hearing);
      default:
        return ask(chooseAgency(open, Number(what)), complaint, hearing);
    }
  });
}

async function withCase(
  form: Form | undefined,
  { message, parts }: Hearing,
  go: (form: Form, complaint: Complaint) => Promise<readonly Reply[]>,
): Promise<readonly Reply[]> {
  const complaint = form && (await parts.store.complaintByCode(form.complaint));
  return form && complaint ? go(form, complaint) : say(words.unknownCase, message, parts);
}

function cancel({ message, parts }: Hearing): Promise<readonly Reply[]> {
  return say(chat.cancelled, message, parts, closed(message));
}

/** The thread waits for nothing more. */
export function closed(message: Inbound): Change {
  return { session: { conversation: deskName(message), session: newSession() } };
}

async function send(form: Form, complaint: Complaint, hearing: Hearing): Promise<readonly Reply[]> {
  const deed = actOf(form);
  if (!deed) return ask(form, complaint, hearing);
  const news = meanwhile(form, complaint, hearing);
  // What was written stays: the official looks at the case as it is now, and sends again or does not.
  if (news) return ask({ ...form, revision: complaint.revision }, complaint, hearing, news);
  return perform(form.complaint, deed, hearing, closed(hearing.message));
}

/** What somebody else did with the case since this official saw it. */
function meanwhile({ revision }: Form, { events }: Complaint, { who, parts }: Hearing): string | undefined {
  const last = events.slice(revision).findLast((event) => {
    const by = authorOf(event);
    return by && by.person !== who.sender;
  });
  if (!last) return undefined;
  const [told] = timeLine([last], parts.guide.rules.directory);
  return told && chat.meanwhile(told.what, told.when);
}

/** Asks the form's present question, or shows what would be sent; `problem` says why the question comes again. */
async function ask(
  form: Form,
  complaint: Complaint,
  hearing: Hearing,
  problem?: string,
): Promise<readonly Reply[]> {
  const { message, parts } = hearing;
  const deed = form.step === "preview" ? actOf(form) : undefined;
  const shown = deed && preview(deed, complaint, hearing);
  // Nothing that is written can be sent any more: there is nothing left to ask.
  if (shown && "refused" in shown) return say(shown.refused, message, parts, closed(message));
  const at = parts.clock().toISOString();
  const menu = choicesOf(form, stampOf(at), parts);
  const session: Session = { ...newSession(), menu, menuAt: at, expecting: form };
  const text = [
    ...(problem ? [problem] : []),
    shown?.text ?? question(form, complaint, hearing),
    ...(message.privately || form.step === "preview" ? [] : [chat.inGroup]),
  ].join("\n");
  return say(text, message, parts, { session: { conversation: deskName(message), session } }, menu);
}

function question(form: Form, complaint: Complaint, hearing: Hearing): string {
  const { number, of } = progressOf(form);
  const asked = form.offered.length > 0 ? chat.choose : questionIn(form, worldOf(complaint, hearing));
  return chat.step(form.complaint, number, of, asked);
}

/** What the person would read, by the very rules that send it. */
function preview(
  deed: Act,
  complaint: Complaint,
  { who, parts }: Hearing,
): { readonly text: string } | { readonly refused: string } {
  const { rules, wordings } = parts.guide;
  const step = act(complaint, actorOf(who), deed, parts.clock(), rules, wordings[complaint.language]);
  if ("refused" in step) return { refused: refusalText(step.refused, "", step) };
  if (deed.action === "return") return { text: chat.previewReturn(deed.text) };
  const [first] = step.events;
  if (first?.type === "proposed") return { text: chat.previewToSign(first.text) };
  const told = step.deliveries.find(({ content }) => content.kind === "person");
  return { text: chat.preview(told?.content.kind === "person" ? told.content.text : "") };
}

function choicesOf(form: Form, stamp: string, { guide }: InboxParts): Choice[] {
  const button = (what: string, label: string): Choice => ({
    id: `o:f:${form.complaint}:${stamp}:${what}`,
    label,
  });
  const agencies = form.offered.map((id, index) =>
    button(String(index), agencyName(id, guide.rules.directory)),
  );
  const atStart = progressOf(form).number === 1 && form.step !== "preview";
  return [
    ...agencies,
    ...(form.step === "preview" ? [button("send", chat.send)] : []),
    ...(maySkip(form) ? [button("skip", chat.skip)] : []),
    ...(atStart ? [] : [button("back", chat.back)]),
    button("cancel", chat.cancel),
  ];
}

function worldOf(complaint: Complaint, { who, parts }: Hearing): World {
  return { complaint, by: actorOf(who), now: parts.clock(), rules: parts.guide.rules };
}

function stampOf(menuAt: string | undefined): string {
  return Date.parse(menuAt ?? "").toString(36);
}
