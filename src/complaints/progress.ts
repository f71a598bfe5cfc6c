import dayjs from "dayjs";
import utc from "dayjs/plugin/utc.js";
import { dayInVietnam } from "../knowledge/calendar.ts";
import { emailIn, phoneIn } from "../understanding/codes.ts";
import type { Wording } from "../wording/citizen.ts";
import { dueAfterPause } from "./clocks.ts";
import { type Actor, type Complaint, type ComplaintEvent, isClosed } from "./complaint.ts";
import { agencyName, type Rules } from "./file.ts";
import {
  type ApprovalRefusal,
  approvalRefusal,
  approversOf,
  askRefusal,
  askStanding,
  knowsPerson,
} from "./identity.ts";
import { COORDINATOR, isBarred, superiorAgency } from "./route.ts";
import {
  consenting,
  judging,
  questionOf,
  replying,
  type Step,
  tell,
  tellPerson,
  toAgencies,
  toOneAlone,
} from "./tell.ts";

dayjs.extend(utc);

/** What an official can do with a case. */
export type Act =
  | { readonly action: "acknowledge" }
  | { readonly action: "progress" | "ask" | "answer"; readonly text: string }
  | { readonly action: "transfer"; readonly to: string; readonly text: string }
  /** `until`: the new ISO day. */
  | { readonly action: "extend"; readonly until: string; readonly text: string }
  /** `text`: why the person's name is needed, or why it is opened without their consent. */
  | { readonly action: "ask-identity" | "approve-identity"; readonly text: string };

/** Why an act is refused; the wording is the official's. */
export type Refusal =
  | "not-yours"
  | "closed"
  | "already-answered"
  | "already-acknowledged"
  | "already-asked"
  | "empty"
  | "unknown-agency"
  | "to-accused"
  | "back"
  | "past-day"
  | "extended-once"
  | "too-far"
  | ApprovalRefusal
  | NonNullable<ReturnType<typeof askRefusal>>;

/** An extension is at most as long as the first limit, but this many days are always allowed (complaint.md 20, policy). */
const LEAST_EXTENSION = 30;

const days = (from: string, to: string): number =>
  (Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / 86_400_000;

/** Decides an official's act: what happens, or why not. */
export function act(
  complaint: Complaint,
  by: Actor,
  deed: Act,
  now: Date,
  rules: Rules,
  wording: Wording,
): Step | { readonly refused: Refusal } {
  const refused = refusal(complaint, by, deed, now, rules);
  if (refused) return { refused };
  const at = now.toISOString();
  const agency = agencyName(by.agency, rules.directory);
  const { trackingCode: code, answerDue } = complaint;
  const { notices, identity } = wording;
  // The officer's number or address stays, but who is not named there should know what calling it gives away.
  const contact = "text" in deed && (phoneIn(deed.text) ?? emailIn(deed.text)) !== undefined;
  const caution = contact && !knowsPerson(complaint, by.agency) ? `\n${identity.contactCaution}` : "";
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
        notices.progress(code, agency, deed.text) + caution,
        wording,
      );
    case "ask":
      return tell(
        complaint,
        { type: "asked", at, by, text: deed.text },
        notices.asked(code, agency, deed.text) + caution,
        wording,
        replying(complaint, wording),
      );
    case "answer":
      if (complaint.filing.kind === "praise") {
        const thanked = notices.praiseAnswered(code, agency, deed.text) + caution;
        return tell(complaint, { type: "answered", at, by, text: deed.text }, thanked, wording);
      }
      return tell(
        complaint,
        { type: "answered", at, by, text: deed.text },
        notices.answered(code, agency, deed.text) + caution,
        wording,
        judging(complaint, wording),
      );
    case "extend":
      return tell(
        complaint,
        { type: "extended", at, by, until: deed.until, reason: deed.text },
        notices.extended(code, agency, wording.day(deed.until), deed.text) + caution,
        wording,
      );
    case "transfer": {
      const event = { type: "transferred", at, by, to: deed.to, reason: deed.text } as const;
      const target = agencyName(deed.to, rules.directory);
      const told = tell(complaint, event, notices.transferred(code, target, deed.text) + caution, wording);
      return {
        ...told,
        deliveries: [...told.deliveries, ...toAgencies(complaint, [deed.to], "transferred", rules)],
      };
    }
    case "ask-identity":
      return tell(
        complaint,
        { type: "identity-asked", at, by, reason: deed.text },
        identity.asked(code, agency, deed.text, complaint.filing.person !== undefined),
        wording,
        consenting(complaint, wording),
      );
    case "approve-identity":
      return approve(complaint, by, deed.text, now, rules, wording);
  }
}

/** One of two opens the name without the person's consent: the first waits for the second, who opens it. */
function approve(
  complaint: Complaint,
  by: Actor,
  reason: string,
  now: Date,
  rules: Rules,
  wording: Wording,
): Step {
  const at = now.toISOString();
  const approved: ComplaintEvent = { type: "identity-approved", at, by, reason };
  const ask = askStanding(complaint);
  const { person } = complaint.filing;
  const { agency } = ask?.asked.by ?? by;
  const name = agencyName(agency, rules.directory);
  const { trackingCode: code } = complaint;
  if (!ask || !person || ask.approvals.length === 0) {
    return {
      events: [approved],
      deliveries: [
        ...tellPerson(complaint, wording.identity.approved(code, name, reason), wording, []),
        ...toAgencies(complaint, approversOf(complaint, rules), "identity-approval", rules, reason),
      ],
    };
  }
  return {
    events: [approved, { type: "identity-opened", at, agency, basis: "two-persons" }],
    deliveries: [
      ...tellPerson(complaint, wording.identity.openedByTwo(code, name, reason), wording, []),
      ...toOneAlone(complaint, agency, person, reason, rules),
    ],
  };
}

function refusal(complaint: Complaint, by: Actor, deed: Act, now: Date, rules: Rules): Refusal | undefined {
  const approves = deed.action === "approve-identity";
  if (!approves && !complaint.holders.includes(by.agency) && by.agency !== COORDINATOR) return "not-yours";
  const unfit = approves ? approvalRefusal(complaint, by, now, rules) : undefined;
  if (unfit === "not-yours") return unfit;
  if (isClosed(complaint.status)) return "closed";
  if (complaint.status === "answered") return "already-answered";
  if ("text" in deed && deed.text.trim() === "") return "empty";
  if (
    deed.action === "acknowledge" &&
    complaint.events.some((event) => event.type === "acknowledged" && event.by.agency === by.agency)
  ) {
    return "already-acknowledged";
  }
  // While a question stands open the answer is not due: a second one would put it off without end.
  if (deed.action === "ask" && complaint.status === "needs_info") return "already-asked";
  if (unfit) return unfit;
  if (deed.action === "ask-identity") return askRefusal(complaint, by);
  if (deed.action === "transfer") return transferRefusal(complaint, deed.to, rules);
  if (deed.action === "extend") {
    if (complaint.events.some((event) => event.type === "extended")) return "extended-once";
    const until = dayjs.utc(deed.until);
    // A day that does not exist, 31 November, comes back as another.
    if (!until.isValid() || until.format("YYYY-MM-DD") !== deed.until) return "past-day";
    if (
      days(complaint.answerDue, deed.until) >
      Math.max(days(complaint.filedAt, complaint.answerDue), LEAST_EXTENSION)
    )
      return "too-far";
    if (deed.until <= complaint.answerDue || deed.until <= dayInVietnam(now)) return "past-day";
  }
  return undefined;
}

function transferRefusal(complaint: Complaint, to: string, rules: Rules): Refusal | undefined {
  if (!rules.directory.agencies.has(to)) return "unknown-agency";
  // Not back to who has held it: a case must not wander between two (complaint.md 17).
  const handedOn = complaint.events.flatMap((event) => (event.type === "transferred" ? [event.to] : []));
  // Nor, from the protected lane, to anybody from whom the person had to be protected.
  const kept = complaint.events.flatMap((event) => (event.type === "protected" ? event.seen : []));
  const held = handedOn.length + kept.length > 0 ? [...complaint.route.to, ...handedOn, ...kept] : [];
  if ([...complaint.holders, ...held].includes(to)) return "back";
  return isBarred(questionOf(complaint), to, rules.directory) ? "to-accused" : undefined;
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
  const superior = (holder: string): string =>
    complaint.lane === "protected" ? COORDINATOR : superiorAgency(holder, rules.directory);
  const above = again ? [...new Set(complaint.holders.map(superior))] : complaint.holders;
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
  if (isPast(complaint, agency)) return undefined;
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
  if (known || isPast(complaint, agency)) return undefined;
  const event = { type: "undeliverable", at: now.toISOString(), agency, problem } as const;
  return tell(complaint, event, wording.notices.undeliverable(complaint.trackingCode), wording);
}

/** The case was taken from this agency into the protected lane: what still becomes of old notices to it is no news. */
function isPast({ lane, holders, events }: Complaint, agency: string): boolean {
  return (
    lane === "protected" &&
    !holders.includes(agency) &&
    events.some((event) => event.type === "protected" && event.seen.includes(agency))
  );
}
