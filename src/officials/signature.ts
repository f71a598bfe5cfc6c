import { barredFrom } from "../complaints/accused.ts";
import type { Complaint, ComplaintEvent } from "../complaints/complaint.ts";
import { agencyName, type Rules } from "../complaints/file.ts";
import { COORDINATOR } from "../complaints/route.ts";
import { type Step, toAgencies } from "../complaints/tell.ts";
import type { Delivery } from "../messages/delivery.ts";
import type { Choice } from "../messages/message.ts";
import { officialButtons, officialChat } from "../wording/official-chat.ts";
import { type BoundOfficial, hasChat } from "./bound-official.ts";

/**
 * A step with whom its second signature (complaint.md 21) concerns beside the person: a proposed answer goes to the heads
 * and custodians of the agency that wrote it, in their chats or, where these all work at the desk, by the agency's own
 * contacts; where it has none, to the coordinator. A returned one goes to its author.
 */
export function withSignature(
  complaint: Complaint,
  step: Step,
  officials: readonly BoundOfficial[],
  rules: Rules,
): Step {
  const [event] = step.events;
  if (event?.type === "proposed") return proposed(complaint, event, officials, rules);
  if (event?.type !== "returned") return step;
  return { ...step, deliveries: returned(complaint, event.reason, officials, rules) };
}

type Proposed = Extract<ComplaintEvent, { type: "proposed" }>;

function proposed(
  complaint: Complaint,
  event: Proposed,
  officials: readonly BoundOfficial[],
  rules: Rules,
): Step {
  const { agency } = event.by;
  const code = complaint.trackingCode;
  const text = officialChat.signature.ask(code, agencyName(agency, rules.directory), event.text);
  const ask = (signers: readonly BoundOfficial[]): Delivery[] =>
    toChats(complaint, signers, text, officialButtons(code, ["sign", "return", "open"]));
  const own = officials.filter((one) => one.agency === agency && signs(one));
  if (own.length > 0 || barredFrom(complaint, rules.directory).has(COORDINATOR))
    return {
      events: [event],
      // Who signs at the desk does not sit there all day.
      deliveries: own.some(hasChat)
        ? ask(own)
        : toAgencies(complaint, [agency], "proposed", rules, event.text),
    };
  return {
    events: [{ ...event, signer: COORDINATOR }],
    deliveries: [
      ...toAgencies(complaint, [COORDINATOR], "proposed", rules, event.text),
      ...ask(
        officials.filter((one) => one.agency === COORDINATOR && (signs(one) || one.role === "coordinator")),
      ),
    ],
  };
}

function signs({ role }: BoundOfficial): boolean {
  return role === "head" || role === "custodian";
}

function returned(
  complaint: Complaint,
  reason: string,
  officials: readonly BoundOfficial[],
  rules: Rules,
): Delivery[] {
  const { trackingCode: code, proposal } = complaint;
  const author = officials.filter((one) => hasChat(one) && one.sender === proposal?.by.person);
  if (author.length === 0)
    return toAgencies(complaint, [proposal?.by.agency ?? ""], "returned", rules, reason);
  const text = officialChat.signature.returned(code, reason);
  return toChats(complaint, author, text, officialButtons(code, ["answer", "open"]));
}

function toChats(
  { id, revision }: Complaint,
  officials: readonly BoundOfficial[],
  text: string,
  choices: readonly Choice[],
): Delivery[] {
  return officials.filter(hasChat).map(({ sender }, index) => ({
    id: `${id}.${revision}.signature.${index}`,
    complaint: id,
    to: { kind: "chat", conversation: sender },
    content: { kind: "official", text, choices },
  }));
}
