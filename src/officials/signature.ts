import type { Complaint } from "../complaints/complaint.ts";
import { agencyName, type Rules } from "../complaints/file.ts";
import { COORDINATOR } from "../complaints/route.ts";
import { type Step, toAgencies } from "../complaints/tell.ts";
import type { Delivery } from "../messages/delivery.ts";
import type { Choice } from "../messages/message.ts";
import { officialButtons, officialChat } from "../wording/official-chat.ts";
import { type BoundOfficial, hasChat } from "./bound-official.ts";

/**
 * Whom a step of the second signature (complaint.md 21) concerns beside the person: a proposed answer goes to the heads
 * and custodians of the agency that wrote it who have a chat, or where none has to the coordinator; a returned one to its author.
 */
export function signatureDeliveries(
  complaint: Complaint,
  step: Step,
  officials: readonly BoundOfficial[],
  rules: Rules,
): Delivery[] {
  const [event] = step.events;
  const code = complaint.trackingCode;
  if (event?.type === "proposed") {
    const { agency } = event.by;
    const own = officials.filter(
      (one) => hasChat(one) && one.agency === agency && (one.role === "head" || one.role === "custodian"),
    );
    const signers = own.length > 0 ? own : coordinators(officials);
    const text = officialChat.signature.ask(code, agencyName(agency, rules.directory), event.text);
    return [
      ...(own.length > 0 ? [] : toAgencies(complaint, [COORDINATOR], "proposed", rules, event.text)),
      ...toChats(complaint, signers, text, officialButtons(code, ["sign", "return", "open"])),
    ];
  }
  if (event?.type === "returned") {
    const author = officials.filter((one) => hasChat(one) && one.sender === complaint.proposal?.by.person);
    if (author.length === 0)
      return toAgencies(complaint, [complaint.proposal?.by.agency ?? ""], "returned", rules, event.reason);
    return toChats(
      complaint,
      author,
      officialChat.signature.returned(code, event.reason),
      officialButtons(code, ["answer", "open"]),
    );
  }
  return [];
}

function coordinators(officials: readonly BoundOfficial[]): readonly BoundOfficial[] {
  return officials.filter((one) => hasChat(one) && one.agency === COORDINATOR && one.role !== "supervisor");
}

function toChats(
  { id, revision }: Complaint,
  officials: readonly BoundOfficial[],
  text: string,
  choices: readonly Choice[],
): Delivery[] {
  return officials.map(({ sender }, index) => ({
    id: `${id}.${revision}.signature.${index}`,
    complaint: id,
    to: { kind: "chat", conversation: sender },
    content: { kind: "official", text, choices },
  }));
}
