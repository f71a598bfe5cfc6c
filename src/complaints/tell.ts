import type { Delivery } from "../messages/delivery.ts";
import type { Choice } from "../messages/message.ts";
import type { Wording } from "../wording/citizen.ts";
import { barredFrom, questionIn } from "./accused.ts";
import type { Complaint, ComplaintEvent } from "./complaint.ts";
import { agencyDeliveries, ownWays, personDeliveries, type Rules } from "./file.ts";
import { briefingOf } from "./history.ts";
import { noticeOf } from "./notice.ts";
import type { Identity } from "./person.ts";
import { barredFor, COORDINATOR } from "./route.ts";

/** What follows from something that happened: events on the complaint and promises to tell. */
export type Step = {
  readonly events: readonly ComplaintEvent[];
  readonly deliveries: readonly Delivery[];
  /** What the person told of themselves with the first event. */
  readonly identity?: Identity;
};

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
  const letter = text.replace(notices.typeHere, notices.typeThere);
  const byMail = choices.length > 0 ? `${letter}\n${notices.byMail}` : letter;
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
    agencyDeliveries(promiseTo(agency, complaint, rules), rules, (id, responsible) => ({
      ...noticeOf(complaint, id, event, responsible, text),
      ...briefingOf(complaint, event, agency, text, rules.directory),
    })),
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

/** The promise to tell one agency who the person is: no other, not even the coordinator, stands in for it or reads along. */
export function toOneAlone(complaint: Complaint, agency: string, reason: string, rules: Rules): Delivery[] {
  const of = promiseTo(agency, complaint, rules);
  return agencyDeliveries({ ...of, barred: besides(agency, of.barred) }, rules, (id, responsible) => ({
    ...noticeOf(complaint, id, "identity", responsible, reason),
    person: { toldBy: complaint.revision },
  }));
}

/** Who else may not read what is for this agency alone. */
function besides(agency: string, barred: ReadonlySet<string>): ReadonlySet<string> {
  return agency === COORDINATOR ? barred : new Set([...barred, COORDINATOR]);
}

/**
 * The ways by which a promise may go now: since it was made a mailbox may have become one that is shared, and more may
 * have to be kept from the case. Undefined for what goes to no agency.
 */
export function waysOpen(
  complaint: Complaint,
  { to, content }: Delivery,
  rules: Pick<Rules, "directory" | "contactsOf">,
): readonly string[] | undefined {
  if (to.kind !== "agency" || content.kind !== "agency") return undefined;
  const { event } = content.notice;
  const { directory } = rules;
  const all = barredFrom(complaint, directory);
  // From whom a case was taken hears that it ended for them, and the accused nothing at all.
  const parts = event === "ended" && all.has(to.agency);
  const barred = parts ? barredFor(questionIn(complaint.filing), directory) : all;
  return ownWays(to.agency, event === "identity" ? besides(to.agency, barred) : barred, rules);
}
