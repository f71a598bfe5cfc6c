import { createHash } from "node:crypto";
import type { Complaint } from "../complaints/complaint.ts";
import { agencyName } from "../complaints/file.ts";
import type { Inbound, Reply } from "../messages/message.ts";
import { type CaseFilter, caseCard, caseLine, caseList, type Showing } from "../officials/cases.ts";
import { type OfficialCommand, officialCommandIn } from "../officials/official-command.ts";
import type { Official } from "../store/store.ts";
import { beginningOf } from "../text/beginning.ts";
import { trackingCodeIn } from "../understanding/codes.ts";
import { official as words } from "../wording/official.ts";
import { officialChat } from "../wording/official-chat.ts";
import { personFor } from "./known-person.ts";
import { decideHeldBack, heldBackCase, heldBackList } from "./moderate.ts";
import { type Hearing, mayHandle, perform, say, showingOf } from "./official-act.ts";
import { beginAct, deskInTurn, goOn, isAnswered, pressFormButton, typedChoice } from "./official-form.ts";
import { askMeaning, pressMeaning } from "./official-meaning.ts";
import type { InboxParts } from "./parts.ts";

/** Of a message no more is read than this; a longer one is refused. */
const MOST_READ = 8000;
const LINK_CODE = /\bLK-[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2}\b/i;

/** How a link code is kept and looked up: never itself. */
export function hashLinkCode(code: string): string {
  return createHash("sha256").update(code.toUpperCase()).digest("hex");
}

/**
 * Handles what officials say: a link code, a command, a button under a notice, a reply to a notice, or the answer to a
 * question of the form they are filling in. Undefined when the message is none of these, or comes from a person who is
 * not bound and did not use an officials' command.
 */
export async function hearOfficial(
  message: Inbound,
  parts: InboxParts,
): Promise<readonly Reply[] | undefined> {
  const { body } = message;
  const text = body.kind === "text" ? beginningOf(body.text, MOST_READ) : "";
  const code = LINK_CODE.exec(text)?.[0];
  if (code) return bind(code, message, parts);
  const command = officialCommandIn(text, message.inReplyTo, parts.clock());
  const button = body.kind === "choice" && body.id.startsWith("o:") ? body.id : undefined;
  const replied = message.inReplyTo && text ? trackingCodeIn(message.inReplyTo) : undefined;
  const desk = text && !command ? await deskInTurn(message, parts) : undefined;
  const chosen = desk && typedChoice(text, desk);
  const asked = desk !== undefined && isAnswered(desk, message, replied);
  if (!command && !button && !replied && !chosen && !asked) return undefined;
  const who = await parts.store.official(message.sender);
  if (!who) return command || button ? say(words.notLinked, message, parts) : undefined;
  const hearing = { who, message, parts };
  if (command?.kind === "unbind") return unbind(hearing);
  if (who.role === "supervisor") return say(words.figuresOnly, message, parts);
  if (button || chosen) return press(button ?? chosen ?? "", hearing);
  if (command) return obey(command, hearing);
  if (asked) return goOn(desk, text, hearing);
  return replied ? askMeaning(replied, text, hearing) : undefined;
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

async function unbind({ who, message, parts }: Hearing): Promise<readonly Reply[]> {
  const { agency, role, sender } = who;
  parts.log("info", "official unbound", { agency, kind: role });
  const text = officialChat.unbound(agencyName(agency, parts.guide.rules.directory));
  return say(text, message, parts, { unbind: [sender] });
}

async function verdict(
  command: Extract<OfficialCommand, { kind: "verdict" }>,
  { who, message, parts }: Hearing,
): Promise<readonly Reply[]> {
  return say(await decideHeldBack(command, who, parts), message, parts);
}

async function heldBack(trackingCode: string | undefined, hearing: Hearing): Promise<readonly Reply[]> {
  const { message, parts } = hearing;
  const text = trackingCode ? await heldBackCase(trackingCode, hearing) : await heldBackList(hearing);
  return say(text, message, parts);
}

function obey(
  command: Exclude<OfficialCommand, { kind: "unbind" }>,
  hearing: Hearing,
): Promise<readonly Reply[]> {
  switch (command.kind) {
    case "list":
      return list(command.filter, hearing);
    case "open":
      return show("open", command.trackingCode, hearing);
    case "act":
      return perform(command.trackingCode, command.act, hearing);
    case "form":
      return beginAct(command.action, command.trackingCode, hearing);
    case "held-back":
      return heldBack(command.trackingCode, hearing);
    case "verdict":
      return verdict(command, hearing);
    case "misuse":
      return say(command.usage, hearing.message, hearing.parts);
  }
}

/** A button by its id: `o:ACT:CODE`, `o:list:FILTER`, a meaning `o:as-…:CODE` or one of a form `o:f:…`. */
function press(id: string, hearing: Hearing): Promise<readonly Reply[]> {
  const [, action = "", of = "", ...more] = id.split(":");
  switch (action) {
    case "ack":
      return perform(of, { action: "acknowledge" }, hearing);
    case "sign":
      return perform(of, { action: "sign" }, hearing);
    case "ask":
    case "progress":
    case "transfer":
    case "extend":
    case "answer":
    case "return":
      return beginAct(action, of, hearing);
    case "open":
    case "line":
      return show(action, of, hearing);
    case "list":
      return list("all", hearing);
    case "f":
      return pressFormButton(of, more, hearing);
    default:
      return pressMeaning(action, of, hearing);
  }
}

async function list(filter: CaseFilter, hearing: Hearing): Promise<readonly Reply[]> {
  const { who, message, parts } = hearing;
  const held = await parts.store.complaintsHeldBy(who.agency);
  const own = held.filter((complaint) => mayHandle(complaint, hearing));
  const { text, choices } = caseList(own, filter, showingOf(hearing));
  return say(text, message, parts, {}, choices);
}

async function show(what: "open" | "line", code: string, hearing: Hearing): Promise<readonly Reply[]> {
  const { message, parts } = hearing;
  const complaint = await parts.store.complaintByCode(code);
  if (!complaint || !mayHandle(complaint, hearing)) return say(words.unknownCase, message, parts);
  const showing = showingOf(hearing);
  const { text, choices } =
    what === "open" ? await cardOf(complaint, showing, hearing) : caseLine(complaint, showing);
  return say(text, message, parts, {}, choices);
}

async function cardOf(complaint: Complaint, showing: Showing, { who, parts }: Hearing): Promise<Reply> {
  const person = showing.privately ? await personFor(complaint, who.agency, parts.store) : undefined;
  return caseCard(complaint, person, showing);
}
