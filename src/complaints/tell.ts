import type { Delivery } from "../messages/delivery.ts";
import type { Choice } from "../messages/message.ts";
import type { Wording } from "../wording/citizen.ts";
import { barredFrom } from "./accused.ts";
import type { Complaint, ComplaintEvent, Person } from "./complaint.ts";
import { agencyDeliveries, personDeliveries, type Rules } from "./file.ts";
import { noticeOf } from "./notice.ts";

/** What follows from something that happened: events on the complaint and promises to tell. */
export type Step = { readonly events: readonly ComplaintEvent[]; readonly deliveries: readonly Delivery[] };

/** One event, and the person told of it: with buttons in the chat, and by e-mail with a word where to answer. */
export function tell(
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
    agencyDeliveries(promiseTo(agency, complaint, rules), rules, (id, responsible) =>
      noticeOf(complaint, id, event, responsible, text),
    ),
  );
}

/** What a promise to an agency is made of, under the number of the complaint's next event. */
export function promiseTo(
  agency: string,
  complaint: Complaint,
  { directory }: Pick<Rules, "directory">,
): Parameters<typeof agencyDeliveries>[0] {
  const { id, revision: event } = complaint;
  return { complaint: id, event, agency, barred: barredFrom(complaint, directory) };
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

/** The buttons under an agency's wish to know who the person is. */
export function consenting(complaint: Complaint, { identity }: Wording): Choice[] {
  return [
    { id: `c:idyes:${complaint.id}`, label: identity.consent },
    { id: `c:idno:${complaint.id}`, label: identity.refuse },
  ];
}

/** The promise to tell one agency who the person is: no other, not even the coordinator, stands in for it. */
export function toOneAlone(
  complaint: Complaint,
  agency: string,
  person: Person,
  reason: string,
  rules: Rules,
): Delivery[] {
  const alone: Rules = { ...rules, contactsOf: (id) => (id === agency ? rules.contactsOf(id) : []) };
  return agencyDeliveries(promiseTo(agency, complaint, rules), alone, (id, responsible) => ({
    ...noticeOf(complaint, id, "identity", responsible, reason),
    person: { name: person.name, phone: person.phone ?? null },
  }));
}
