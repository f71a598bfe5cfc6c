import { dayInVietnam } from "../knowledge/calendar.ts";
import type { Clocks, Evidence, Guards, Officials, Retention } from "../knowledge/limits.ts";
import type { ReplyTemplate } from "../knowledge/reply-template.ts";
import type { Delivery } from "../messages/delivery.ts";
import type { Reply } from "../messages/message.ts";
import { questionIn } from "./accused.ts";
import {
  type Complaint,
  type ComplaintEvent,
  type Consent,
  type Filing,
  isConfidential,
  type Route,
} from "./complaint.ts";
import { composeNotice } from "./notice.ts";
import { barredFor, COORDINATOR, type Directory } from "./route.ts";
import { dueDay, type Limit, type WorkingTime } from "./working-time.ts";

/** What the rules of a complaint need to know. */
export type Rules = {
  readonly directory: Directory;
  readonly workingTime: WorkingTime;
  /** How long an agency has to answer a complaint of this kind. */
  answerLimit(kind: Filing["kind"]): Limit;
  readonly clocks: Clocks;
  readonly guards: Guards;
  readonly officials: Officials;
  readonly evidence: Evidence;
  readonly retention: Retention;
  readonly replyTemplates: readonly ReplyTemplate[];
  /** Stable names of the ways to reach an agency; empty when none is configured. */
  contactsOf(agency: string): readonly string[];
};

/** Stands for a way to reach an agency that nobody has configured yet: the delivery waits for a human. */
export const NO_CONTACT = "none";
/** When the calendar does not reach far enough to count, the answer is due after this many plain days. */
const FALLBACK_DAYS = 14;

/** ISO day by which the agency must answer a complaint filed now. */
export function answerDue(kind: Filing["kind"], now: Date, rules: Rules): string {
  const due = dueDay(now, rules.answerLimit(kind), rules.workingTime);
  if (due.kind === "due") return due.day;
  return dayInVietnam(now.getTime() + FALLBACK_DAYS * 86_400_000);
}

/** The first event of a complaint and the notices to those who must answer. */
export function fileComplaint(
  facts: {
    readonly id: string;
    readonly trackingCode: string;
    readonly conversation: string;
    readonly language: "vi" | "en";
    readonly filing: Filing;
    readonly route: Route;
    /** The person left an e-mail address. */
    readonly mailed?: boolean;
    readonly consent?: Consent;
  },
  now: Date,
  rules: Rules,
): { readonly event: ComplaintEvent; readonly deliveries: readonly Delivery[] } {
  const due = answerDue(facts.filing.kind, now, rules);
  const event: ComplaintEvent = {
    type: "filed",
    at: now.toISOString(),
    trackingCode: facts.trackingCode,
    conversation: facts.conversation,
    language: facts.language,
    filing: facts.filing,
    route: facts.route,
    answerDue: due,
    ...(facts.mailed && { mailed: true }),
    ...(facts.consent && { consent: facts.consent }),
  };
  const { evidence: _apart, ...filing } = facts.filing;
  const of = { complaint: facts.id, event: 0, barred: barredFor(questionIn(facts.filing), rules.directory) };
  const promise = (agency: string, told: Filing): Delivery[] =>
    agencyDeliveries({ ...of, agency }, rules, (id, responsible) =>
      composeNotice({ id, case: facts.trackingCode, filing: told, due }, "filed", responsible),
    );
  const deliveries = [
    ...facts.route.to.flatMap((agency) => promise(agency, facts.filing)),
    // Who reads along is told the story, and has no need of the files.
    ...facts.route.copy.flatMap((agency) => promise(agency, filing)),
  ];
  return { event, deliveries };
}

/**
 * One delivery for each way to reach an agency. An agency without any is reached through the coordinator; without
 * that either, the delivery waits for a human. No way is taken to one of `barred`, nor one that they have too. The id is
 * the idempotency key: complaint, event number, recipient.
 */
export function agencyDeliveries(
  of: {
    readonly complaint: string;
    /** Number of the event. */
    readonly event: number;
    readonly agency: string;
    readonly barred: ReadonlySet<string>;
  },
  rules: Pick<Rules, "contactsOf" | "directory">,
  compose: (id: string, responsible: { id: string; name: string }) => ReturnType<typeof composeNotice>,
): Delivery[] {
  const { complaint, event, agency, barred } = of;
  const { recipient, contacts } = waysTo(agency, barred, rules);
  const responsible = { id: agency, name: agencyName(agency, rules.directory) };
  const ways = contacts.length > 0 ? contacts : [NO_CONTACT];
  return ways.map((contact, index) => {
    const id = promiseId(complaint, event, agency, index);
    return {
      id,
      complaint,
      to: { kind: "agency", agency: recipient, contact },
      content: { kind: "agency", notice: compose(id, responsible) },
    };
  });
}

/** Under which id an agency is told of a case: `event` is the number of the first event of that commit, `way` of the contact. */
export function promiseId(complaint: string, event: number, agency: string, way: number): string {
  return `${complaint}.${event}.${agency}.${way}`;
}

/** Through whom an agency is reached, and by which ways; none when nobody can be. */
export function waysTo(
  agency: string,
  barred: ReadonlySet<string>,
  rules: Pick<Rules, "contactsOf">,
): { readonly recipient: string; readonly contacts: readonly string[] } {
  const own = ownWays(agency, barred, rules);
  const inItsPlace = own.length > 0 ? [] : ownWays(COORDINATOR, barred, rules);
  return inItsPlace.length > 0
    ? { recipient: COORDINATOR, contacts: inItsPlace }
    : { recipient: agency, contacts: own };
}

/**
 * The ways to an agency that may hear of a case, by which none of `barred` hears too. People read a mailbox or a chat: what
 * the accused read too tells them. A system serves many and knows them apart.
 */
export function ownWays(
  agency: string,
  barred: ReadonlySet<string>,
  { contactsOf }: Pick<Rules, "contactsOf">,
): readonly string[] {
  if (barred.has(agency)) return [];
  const ways = contactsOf(agency);
  const read = ways.filter((key) => !key.startsWith("webhook:"));
  const theirs = new Set(read.length === 0 ? [] : [...barred].flatMap((id) => contactsOf(id).map(readerOf)));
  return ways.filter((key) => !read.includes(key) || !theirs.has(readerOf(key)));
}

/** A mailbox is the same in capital letters. */
function readerOf(key: string): string {
  return key.toLowerCase();
}

/** Notices to the person: in the chat that filed and, when they left an address, by e-mail; which one is looked up when it is sent. */
export function personDeliveries(
  complaint: Pick<Complaint, "id" | "conversation" | "mailed" | "trackingCode" | "lane" | "filing">,
  event: number,
  inChat: Reply,
  byMail: string,
): Delivery[] {
  const id = `${complaint.id}.${event}.person`;
  const chat: Delivery = {
    id: `${id}.chat`,
    complaint: complaint.id,
    to: { kind: "chat", conversation: complaint.conversation },
    content: { kind: "person", ...inChat },
  };
  if (!complaint.mailed) return [chat];
  const mail: Delivery = {
    id: `${id}.email`,
    complaint: complaint.id,
    to: { kind: "email" },
    // A subject shows on locked screens.
    content: {
      kind: "person",
      text: byMail,
      choices: [],
      ...(!isConfidential(complaint) && { code: complaint.trackingCode }),
    },
  };
  return [chat, mail];
}

/** The agency's name in the directory, its id when it is not there. */
export function agencyName(id: string, directory: Directory): string {
  return directory.agencies.get(id)?.name ?? id;
}
