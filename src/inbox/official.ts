import { createHash } from "node:crypto";
import type { Complaint } from "../complaints/complaint.ts";
import { agencyName } from "../complaints/file.ts";
import { summaryOf } from "../complaints/notice.ts";
import type { Act } from "../complaints/progress.ts";
import { newSession, type Session } from "../conversation/session.ts";
import type { Inbound, Reply } from "../messages/message.ts";
import { officialCommandIn } from "../officials/official-command.ts";
import { refusalText } from "../officials/refusals.ts";
import type { Change, Official } from "../store/store.ts";
import { trackingCodeIn } from "../understanding/codes.ts";
import { official as words } from "../wording/official.ts";
import { performAct } from "./act.ts";
import type { InboxParts } from "./parts.ts";

/** Longest text an official can send to a person, in characters. */
const LONGEST = 4000;
const LINK_CODE = /\bLK-[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2}\b/i;

/** How a link code is kept and looked up: never itself. */
export function hashLinkCode(code: string): string {
  return createHash("sha256").update(code.toUpperCase()).digest("hex");
}

/**
 * Handles what officials say: a link code, a command, a button under a notice, or a reply to a notice. Undefined when
 * the message is none of these, or comes from a person who is not bound and did not use an officials' command.
 */
export async function hearOfficial(
  message: Inbound,
  parts: InboxParts,
): Promise<readonly Reply[] | undefined> {
  const { body } = message;
  const text = body.kind === "text" ? body.text.slice(0, 2 * LONGEST) : "";
  const code = LINK_CODE.exec(text)?.[0];
  if (code) return bind(code, message, parts);
  const command = officialCommandIn(text, message.inReplyTo, parts.clock());
  const button = body.kind === "choice" && body.id.startsWith("o:") ? body.id : undefined;
  const replied = message.inReplyTo && text ? trackingCodeIn(message.inReplyTo) : undefined;
  const typed = /^\d$/.test(text.trim()) ? await typedChoice(text.trim(), message, parts) : undefined;
  if (!command && !button && !replied && !typed) return undefined;
  const who = await parts.store.official(message.sender);
  if (!who) return command || button ? say(words.notLinked, message, parts) : undefined;
  if (who.role === "supervisor") return say(words.figuresOnly, message, parts);
  if (button || typed) return press(button ?? typed ?? "", who, message, parts);
  if (command?.kind === "list") return list(who, message, parts);
  if (command?.kind === "misuse") return say(command.usage, message, parts);
  if (command?.kind === "act") return perform(command.trackingCode, command.act, who, message, parts);
  return replied ? askMeaning(replied, text, who, message, parts) : undefined;
}

async function bind(code: string, message: Inbound, parts: InboxParts): Promise<readonly Reply[]> {
  const hash = hashLinkCode(code);
  const known = await parts.store.linkCode(hash);
  const now = parts.clock();
  if (!known || Date.parse(known.expiresAt) <= now.getTime()) return say(words.linkUsed, message, parts);
  const { agency, role } = known;
  const official: Official = { sender: message.sender, agency, role, boundAt: now.toISOString() };
  const text = words.linked(agencyName(agency, parts.guide.rules.directory));
  parts.log("info", "official bound", { agency, kind: role });
  return say(text, message, parts, { bind: { official, codeHash: hash } });
}

async function list(who: Official, message: Inbound, parts: InboxParts): Promise<readonly Reply[]> {
  const cases = await parts.store.complaintsHeldBy(who.agency);
  if (cases.length === 0) return say(words.noCases, message, parts);
  const lines = cases
    .slice(0, 20)
    .map((complaint) =>
      words.caseLine(complaint.trackingCode, summaryOf(complaint.filing), complaint.answerDue),
    );
  return say(words.cases(lines), message, parts);
}

async function perform(
  trackingCode: string,
  deed: Act,
  who: Official,
  message: Inbound,
  parts: InboxParts,
  also: Change = {},
): Promise<readonly Reply[]> {
  if ("text" in deed && deed.text.length > LONGEST) return say(words.tooLong, message, parts);
  if (who.role === "supervisor") return say(words.unknownCase, message, parts);
  const replies = [{ text: doneText(deed, trackingCode, parts), choices: [] }];
  const handled = { key: message.key, conversation: message.conversation, replies };
  const by = { agency: who.agency, via: "chat", person: who.sender, role: who.role } as const;
  const acted = await performAct(() => parts.store.complaintByCode(trackingCode), by, deed, parts, {
    ...also,
    handled,
  });
  if (acted.kind === "unknown") return say(words.unknownCase, message, parts);
  if (acted.kind === "refused")
    return say(refusalText(acted.refusal, deed.action === "transfer" ? deed.to : ""), message, parts);
  parts.log("info", "official act", { complaint: acted.complaint.id, agency: who.agency, kind: deed.action });
  return replies;
}

function doneText(deed: Act, code: string, { guide }: InboxParts): string {
  switch (deed.action) {
    case "transfer":
      return words.done.transfer(code, agencyName(deed.to, guide.rules.directory));
    case "extend":
      return words.done.extend(code, deed.until);
    default:
      return words.done[deed.action](code);
  }
}

/** A plain reply to a notice may be an answer, a question or a note: nothing is sent before the official says which. */
async function askMeaning(
  code: string,
  text: string,
  who: Official,
  message: Inbound,
  parts: InboxParts,
): Promise<readonly Reply[]> {
  const complaint = await parts.store.complaintByCode(code);
  if (!complaint || !mayHandle(complaint, who)) return say(words.unknownCase, message, parts);
  const choices = (["answer", "ask", "progress", "none"] as const).map((id) => ({
    id: `o:${id}:${code}`,
    label: words.meant[id],
  }));
  const session = {
    ...newSession(),
    menu: choices,
    menuAt: parts.clock().toISOString(),
    expecting: { kind: "official", complaint: code, text },
  } as const;
  return say(
    words.meantAs(code),
    message,
    parts,
    { session: { conversation: desk(message), session } },
    choices,
  );
}

async function press(
  id: string,
  who: Official,
  message: Inbound,
  parts: InboxParts,
): Promise<readonly Reply[]> {
  const [, action = "", code = ""] = id.split(":");
  if (action === "ack") return perform(code, { action: "acknowledge" }, who, message, parts);
  const session = await parts.store.session(desk(message));
  const waiting = session?.expecting?.kind === "official" ? session.expecting : undefined;
  const done = { session: { conversation: desk(message), session: newSession() } };
  // A button under another case's notice, or an old one, must not send what waits for this one.
  if (waiting?.complaint !== code || isOld(session, parts)) return say(words.notSent, message, parts);
  if (action === "answer" || action === "ask" || action === "progress") {
    return perform(waiting.complaint, { action, text: waiting.text }, who, message, parts, done);
  }
  return say(words.notSent, message, parts, done);
}

/** The number typed for one of the meanings offered. */
async function typedChoice(text: string, message: Inbound, parts: InboxParts): Promise<string | undefined> {
  const session = await parts.store.session(desk(message));
  if (session?.expecting?.kind !== "official" || isOld(session, parts)) return undefined;
  return session.menu[Number(text) - 1]?.id;
}

/** So long an official's choice of what a text is meant as stays open. */
const DESK_MS = 15 * 60_000;

function isOld(session: Session | undefined, { clock }: InboxParts): boolean {
  return clock().getTime() - Date.parse(session?.menuAt ?? "") > DESK_MS;
}

/** An official's own thread of acts, apart from what the same person asks as a citizen. */
function desk(message: Inbound): string {
  return `official:${message.sender}`;
}

function mayHandle(complaint: Complaint, who: Official): boolean {
  return complaint.holders.includes(who.agency) || who.role === "coordinator";
}

async function say(
  text: string,
  message: Inbound,
  parts: InboxParts,
  also: Change = {},
  choices: Reply["choices"] = [],
): Promise<readonly Reply[]> {
  const replies = [{ text, choices }];
  await parts.store.commit({
    ...also,
    handled: { key: message.key, conversation: message.conversation, replies },
  });
  return replies;
}
