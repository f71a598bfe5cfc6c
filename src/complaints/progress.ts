import type { Delivery } from "../messages/delivery.ts";
import type { Choice } from "../messages/message.ts";
import type { Wording } from "../wording/citizen.ts";
import { dueAfterPause } from "./clocks.ts";
import type { Actor, Complaint, ComplaintEvent } from "./complaint.ts";
import { agencyDeliveries, agencyName, personDeliveries, type Rules } from "./file.ts";
import { noticeOf } from "./notice.ts";
import { type Act, needsSignature, questionOf, type Refused, refusal } from "./refusal.ts";
import { COORDINATOR, isBarred, superiorAgency } from "./route.ts";

export { type Act, questionOf, type Refusal, type Refused } from "./refusal.ts";

/** What follows from something that happened: events on the complaint and promises to tell. */
export type Step = { readonly events: readonly ComplaintEvent[]; readonly deliveries: readonly Delivery[] };

/** Decides an official's act: what happens, or why not. */
export function act(
  complaint: Complaint,
  by: Actor,
  deed: Act,
  now: Date,
  rules: Rules,
  wording: Wording,
): Step | Refused {
  const refused = refusal(complaint, by, deed, now, rules);
  if (refused) return refused;
  const at = now.toISOString();
  const agency = agencyName(by.agency, rules.directory);
  const { trackingCode: code, answerDue } = complaint;
  const { notices } = wording;
  switch (deed.action) {
    case "acknowledge":
      return tell(
        complaint,
        { type: "acknowledged", at, by },
        notices.acknowledged(code, agency, wording.day(answerDue)),
        wording,
      );
    case "progress":
      return tell(
        complaint,
        { type: "progress", at, by, text: deed.text },
        notices.progress(code, agency, deed.text),
        wording,
      );
    case "ask":
      return tell(
        complaint,
        { type: "asked", at, by, text: deed.text },
        notices.asked(code, agency, deed.text),
        wording,
        replying(complaint, wording),
      );
    case "answer":
      return needsSignature(complaint, by)
        ? { events: [{ type: "proposed", at, by, text: deed.text }], deliveries: [] }
        : answered(complaint, { type: "answered", at, by, text: deed.text }, rules, wording);
    case "sign": {
      const { by: author = by, text = "" } = complaint.proposal ?? {};
      const event = { type: "answered", at, by: author, text, signedBy: by } as const;
      return answered(complaint, event, rules, wording);
    }
    case "return":
      return { events: [{ type: "returned", at, by, reason: deed.text }], deliveries: [] };
    case "extend": {
      const apology = deed.apology?.trim();
      return tell(
        complaint,
        { type: "extended", at, by, until: deed.until, reason: deed.text, ...(apology && { apology }) },
        notices.extended(code, agency, wording.day(deed.until), deed.text, apology),
        wording,
      );
    }
    case "transfer": {
      const event = { type: "transferred", at, by, to: deed.to, reason: deed.text } as const;
      const target = agencyName(deed.to, rules.directory);
      const told = tell(complaint, event, notices.transferred(code, target, deed.text), wording);
      return {
        ...told,
        deliveries: [...told.deliveries, ...toAgencies(complaint, [deed.to], "transferred", rules)],
      };
    }
  }
}

function answered(
  complaint: Complaint,
  event: Extract<ComplaintEvent, { type: "answered" }>,
  { directory }: Rules,
  wording: Wording,
): Step {
  const text = wording.notices.answered(
    complaint.trackingCode,
    agencyName(event.by.agency, directory),
    event.text,
  );
  return tell(complaint, event, text, wording, judging(complaint, wording));
}

/** The person says it is solved; the agencies that held it are told. */
export function confirm(complaint: Complaint, now: Date, rules: Rules): Step {
  return {
    events: [{ type: "confirmed", at: now.toISOString() }],
    deliveries: toAgencies(complaint, complaint.holders, "closed", rules),
  };
}

/** Not solved: back to the unit the first time, one level up the second (complaint.md 28, 29). */
export function dispute(
  complaint: Complaint,
  reason: string,
  now: Date,
  rules: Rules,
): Step & { readonly to: readonly string[] } {
  const again = complaint.events.some((event) => event.type === "disputed");
  const above = again
    ? [...new Set(complaint.holders.map((holder) => superiorAgency(holder, rules.directory)))]
    : complaint.holders;
  const to = above.filter((agency) => !isBarred(questionOf(complaint), agency, rules.directory));
  const recipients = to.length > 0 ? to : [COORDINATOR];
  return {
    to: recipients,
    events: [{ type: "disputed", at: now.toISOString(), reason, to: [...recipients] }],
    deliveries: toAgencies(complaint, recipients, "disputed", rules, reason),
  };
}

/** The person answers the agency's question, or adds facts; a question's time is not the agency's. */
export function inform(complaint: Complaint, text: string, now: Date, rules: Rules): Step {
  const answerDue = dueAfterPause(complaint, now, rules);
  return {
    events: [{ type: "informed", at: now.toISOString(), text, ...(answerDue && { answerDue }) }],
    deliveries: toAgencies(complaint, complaint.holders, "information", rules, text),
  };
}

/** A notice arrived at an agency: recorded once, and told to the person. */
export function noteDelivered(
  complaint: Complaint,
  agency: string,
  now: Date,
  rules: Rules,
  wording: Wording,
): Step | undefined {
  if (complaint.events.some((event) => event.type === "delivered" && event.agency === agency))
    return undefined;
  const name = agencyName(agency, rules.directory);
  return tell(
    complaint,
    { type: "delivered", at: now.toISOString(), agency },
    wording.notices.delivered(complaint.trackingCode, name),
    wording,
  );
}

/** A notice could not be delivered and waits for a human: recorded once a recipient, told to the person honestly. */
export function noteUndeliverable(
  complaint: Complaint,
  agency: string,
  problem: string,
  now: Date,
  wording: Wording,
): Step | undefined {
  const known = complaint.events.some(
    (event) => (event.type === "undeliverable" || event.type === "delivered") && event.agency === agency,
  );
  if (known) return undefined;
  const event = { type: "undeliverable", at: now.toISOString(), agency, problem } as const;
  return tell(complaint, event, wording.notices.undeliverable(complaint.trackingCode), wording);
}

/** One event, and the person told of it: with buttons in the chat, and by e-mail with a word where to answer. */
function tell(
  complaint: Complaint,
  event: ComplaintEvent,
  text: string,
  wording: Wording,
  choices: readonly Choice[] = [],
): Step {
  return { events: [event], deliveries: tellPerson(complaint, text, wording, choices) };
}

/** The promises to tell the person, under the number of the complaint's next event. */
export function tellPerson(
  complaint: Complaint,
  text: string,
  { notices }: Wording,
  choices: readonly Choice[],
): Delivery[] {
  const byMail = choices.length > 0 ? `${text}\n${notices.byMail}` : text;
  return personDeliveries(complaint, complaint.revision, { text, choices }, byMail);
}

/** The promises to tell agencies, under the number of the complaint's next event. */
export function toAgencies(
  complaint: Complaint,
  agencies: readonly string[],
  event: Parameters<typeof noticeOf>[2],
  rules: Rules,
  text?: string,
): Delivery[] {
  return agencies.flatMap((agency) =>
    agencyDeliveries(complaint.id, complaint.revision, agency, rules, (id, responsible) =>
      noticeOf(complaint, id, event, responsible, text),
    ),
  );
}

/** The buttons under an answer. */
export function judging(complaint: Complaint, { notices }: Wording): Choice[] {
  return [
    { id: `c:yes:${complaint.id}`, label: notices.solved },
    { id: `c:no:${complaint.id}`, label: notices.notSolved },
  ];
}

/** The button under a question. */
export function replying(complaint: Complaint, { notices }: Wording): Choice[] {
  return [{ id: `c:info:${complaint.id}`, label: notices.answerQuestion }];
}
