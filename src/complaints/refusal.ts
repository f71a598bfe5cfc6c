import dayjs from "dayjs";
import utc from "dayjs/plugin/utc.js";
import { dayInVietnam } from "../knowledge/calendar.ts";
import { barredFrom } from "./accused.ts";
import { saysTooLittle } from "./answer-form.ts";
import {
  type Actor,
  authorOf,
  type Complaint,
  type ComplaintEvent,
  isClosed,
  isConfidential,
} from "./complaint.ts";
import { agencyName, type Rules } from "./file.ts";
import { handles } from "./handles.ts";
import { type ApprovalRefusal, approvalRefusal, askRefusal } from "./identity.ts";
import { blankIn, isTemplate, templatesFor } from "./reply-templates.ts";
import { COORDINATOR } from "./route.ts";
import { afterWorkingDays, workingDaysBetween } from "./working-time.ts";

dayjs.extend(utc);

/** What an official can do with a case. */
export type Act =
  | { readonly action: "acknowledge" }
  | { readonly action: "progress" | "ask" | "answer"; readonly text: string }
  | { readonly action: "transfer"; readonly to: string; readonly text: string }
  /** `until`: the new ISO day; `apology`: what the person reads about the delay, in the agency's own words. */
  | { readonly action: "extend"; readonly until: string; readonly text: string; readonly apology?: string }
  /** The second signature under a proposed answer. */
  | { readonly action: "sign" }
  /** The proposed answer goes back to who wrote it, with the reason. */
  | { readonly action: "return"; readonly text: string }
  /** `text`: why the person's name is needed, or why it is opened without their consent. */
  | { readonly action: "ask-identity" | "approve-identity"; readonly text: string };

/** Why an act is refused; the wording is the official's. */
export type Refusal =
  | "not-yours"
  /** It was this agency's and has been handed on. */
  | "handed-on"
  /** As a suspected flood: a person looks at it first. */
  | "held-back"
  | "closed"
  | "already-answered"
  | "already-acknowledged"
  | "already-asked"
  | "already-proposed"
  | "no-proposal"
  | "not-signer"
  | "empty"
  | "too-short"
  /** A place of a template was left as it was. */
  | "blank-left"
  /** A template word for word. */
  | "template-only"
  | "unknown-agency"
  | "to-accused"
  | "back"
  | "past-day"
  | "extended-once"
  | "extended-twice"
  | "too-far"
  | ApprovalRefusal
  | NonNullable<ReturnType<typeof askRefusal>>;

/** What more is told of a refusal. */
export type RefusalDetails = {
  /** Who did before what stands in its way, by the agency's name, never a person's, and when. */
  readonly last?: { readonly agency: string; readonly at: string };
  /** What was left to fill in. */
  readonly blank?: string;
  /** The last ISO day to which the case can be extended. */
  readonly latest?: string;
};

/** A refused act. */
export type Refused = RefusalDetails & { readonly refused: Refusal };

/** Times that a case may be extended, the later ones by the head of the agency alone (complaint.md 20, policy). */
const MOST_EXTENSIONS = 2;

/** Why this actor may not do such a thing with the case at all, before it is known what they would say. */
export function mayNot(
  complaint: Complaint,
  by: Actor,
  action: Act["action"],
  now: Date,
  rules: Rules,
): Refused | undefined {
  const { status, proposal } = complaint;
  const after = (refused: Refusal, type: ComplaintEvent["type"], agency?: string): Refused =>
    withLast(refused, complaint, type, rules, agency);
  // Who may open a name need not hold the case.
  const unfit = action === "approve-identity" ? approvalRefusal(complaint, by, now, rules) : undefined;
  if (unfit === "not-yours") return { refused: unfit };
  if (action !== "approve-identity" && !handles(complaint, by.agency, rules)) {
    const handedOn = complaint.events.some(
      (event) => event.type === "transferred" && event.by.agency === by.agency,
    );
    return handedOn ? after("handed-on", "transferred", by.agency) : { refused: "not-yours" };
  }
  if (status === "quarantined") return { refused: "held-back" };
  if (isClosed(status)) return { refused: "closed" };
  if (status === "answered") return after("already-answered", "answered");
  switch (action) {
    case "acknowledge": {
      const known = after("already-acknowledged", "acknowledged", by.agency);
      return known.last && known;
    }
    // While a question stands open the answer is not due: a second one would put it off without end.
    case "ask":
      return status === "needs_info" ? after("already-asked", "asked") : undefined;
    case "extend": {
      const times = complaint.events.filter(({ type }) => type === "extended").length;
      if (times >= MOST_EXTENSIONS) return after("extended-twice", "extended");
      return times > 0 && by.role !== "head" ? after("extended-once", "extended") : undefined;
    }
    case "answer":
      return proposal && !maySign(by) ? after("already-proposed", "proposed") : undefined;
    case "sign":
    case "return":
      if (!maySign(by)) return { refused: "not-signer" };
      return proposal ? undefined : { refused: "no-proposal" };
    case "approve-identity":
      return unfit && { refused: unfit };
    case "ask-identity": {
      const known = askRefusal(complaint, by);
      return known && { refused: known };
    }
    case "progress":
    case "transfer":
      return undefined;
  }
}

/** Why an act is refused; undefined when it may be done. */
export function refusal(
  complaint: Complaint,
  by: Actor,
  deed: Act,
  now: Date,
  rules: Rules,
): Refused | undefined {
  const never = mayNot(complaint, by, deed.action, now, rules);
  if (never) return never;
  const unready = wordsRefusal(complaint, by, deed, rules);
  if (unready) return unready;
  switch (deed.action) {
    case "transfer": {
      const refused = transferRefusal(complaint, deed.to, rules);
      return refused && { refused };
    }
    case "extend":
      return dayRefusal(complaint, deed.until, now, rules);
    default:
      return undefined;
  }
}

/** Why the words of an act are not ready to be read; undefined when they are. */
export function wordsRefusal(complaint: Complaint, by: Actor, deed: Act, rules: Rules): Refused | undefined {
  if (!("text" in deed)) return undefined;
  const { text } = deed;
  if (text.trim() === "") return { refused: "empty" };
  const blank = blankIn(text) ?? (deed.action === "extend" ? blankIn(deed.apology ?? "") : undefined);
  if (blank !== undefined) return { refused: "blank-left", blank };
  if (deed.action !== "answer") return undefined;
  if (saysTooLittle(text, rules.officials.answer.leastLetters)) return { refused: "too-short" };
  const same = isTemplate(text, templatesFor(complaint, by.agency, rules));
  return same ? { refused: "template-only" } : undefined;
}

/** Whether an answer by this actor needs a second signature: in the protected lane an officer's does (complaint.md 21). */
export function needsSignature(complaint: Complaint, by: Actor): boolean {
  return isConfidential(complaint) && !maySign(by);
}

function maySign(by: Actor): boolean {
  if (by.role === "head" || by.role === "custodian") return true;
  // Of a link or a system nobody knows whose hand it is: the coordinator has no more than these where it has no chat.
  return by.agency === COORDINATOR && (by.role === "coordinator" || by.role === undefined);
}

/** At most as long as the first limit (complaint.md 20, policy), both in working days. */
function dayRefusal(complaint: Complaint, day: string, now: Date, rules: Rules): Refused | undefined {
  const until = dayjs.utc(day);
  // A day that does not exist, 31 November, comes back as another.
  if (!until.isValid() || until.format("YYYY-MM-DD") !== day) return { refused: "past-day" };
  if (day <= complaint.answerDue || day <= dayInVietnam(now)) return { refused: "past-day" };
  const latest = latestExtension(complaint, now, rules);
  return day > latest ? { refused: "too-far", latest } : undefined;
}

/**
 * The last ISO day to which the case can be extended now: as many working days after the day of the answer as the first
 * limit had; after today where that day has passed.
 */
export function latestExtension(complaint: Complaint, now: Date, { workingTime }: Rules): string {
  const [filed] = complaint.events;
  const first = filed?.type === "filed" ? filed.answerDue : complaint.answerDue;
  const noon = (day: string): Date => new Date(`${day}T12:00:00+07:00`);
  const length = workingDaysBetween(new Date(complaint.filedAt), noon(first), workingTime);
  const today = dayInVietnam(now);
  const from = today > complaint.answerDue ? today : complaint.answerDue;
  return dayInVietnam(afterWorkingDays(noon(from), Math.max(1, length), workingTime));
}

/** Why a case cannot be handed to this agency. */
export function transferRefusal(complaint: Complaint, to: string, rules: Rules): Refusal | undefined {
  if (!rules.directory.agencies.has(to)) return "unknown-agency";
  // Not back to who has held it: a case must not wander between two (complaint.md 17).
  const handedOn = complaint.events.flatMap((event) => (event.type === "transferred" ? [event.to] : []));
  // Nor, from the protected lane, to anybody from whom the person had to be protected.
  const kept = complaint.events.flatMap((event) => (event.type === "protected" ? event.seen : []));
  const held = handedOn.length + kept.length > 0 ? [...complaint.route.to, ...handedOn, ...kept] : [];
  if ([...complaint.holders, ...held].includes(to)) return "back";
  return barredFrom(complaint, rules.directory).has(to) ? "to-accused" : undefined;
}

function withLast(
  refused: Refusal,
  { events }: Complaint,
  type: ComplaintEvent["type"],
  { directory }: Rules,
  agency?: string,
): Refused {
  const last = events.findLast(
    (event) => event.type === type && (agency === undefined || authorOf(event)?.agency === agency),
  );
  const by = last && authorOf(last);
  return by ? { refused, last: { agency: agencyName(by.agency, directory), at: last.at } } : { refused };
}
