import { answerDay, lateFrom } from "../complaints/clocks.ts";
import { type Actor, authorOf, type Complaint, isConfidential } from "../complaints/complaint.ts";
import { agencyName, type Rules } from "../complaints/file.ts";
import { noticeOf, summaryOf } from "../complaints/notice.ts";
import type { Person } from "../complaints/person.ts";
import { mayModerate, type Verdict, wasRejectedBy } from "../complaints/quarantine.ts";
import { type Act, latestExtension, mayNot, needsSignature } from "../complaints/refusal.ts";
import { type FilledTemplate, templatesFor } from "../complaints/reply-templates.ts";
import { workingDaysBetween } from "../complaints/working-time.ts";
import { dayInVietnam } from "../knowledge/calendar.ts";
import { openNotice } from "../messages/delivery.ts";
import { desk as words } from "../wording/desk.ts";
import { noticeFacts } from "../wording/official.ts";
import { officialCase } from "../wording/official-case.ts";
import { moment } from "../wording/official-chat.ts";
import type { Who } from "./access.ts";
import { isOverdue, waitsForAgency } from "./cases.ts";
import { type Happening, timeLine } from "./time-line.ts";

export const FILTERS = ["all", "todo", "overdue", "waiting", "answered", "mine"] as const;
export type Filter = (typeof FILTERS)[number];

/** Where a case stands against its limit: `calm` also when nobody is waited for but the person. */
export type Urgency = "late" | "soon" | "calm";

/** One line of the list. */
export type CaseRow = {
  readonly code: string;
  readonly kind: string;
  readonly summary: string;
  readonly status: string;
  /** ISO day; after a dispute, that of the repair. */
  readonly answerDue: string;
  readonly due: string;
  readonly urgency: Urgency;
  /** Empty when nothing is to be said of the limit. */
  readonly timing: string;
  readonly isProtected: boolean;
  readonly filters: readonly Filter[];
};

/** What an official can begin with a case. */
export type Deed = (Act | Verdict)["action"];

/** One case, with all that its agency may know. */
export type CaseView = CaseRow & {
  /** What an act names, so that nothing is done to a case that others have changed. */
  readonly revision: number;
  readonly facts: string;
  readonly filed: string;
  readonly holders: readonly string[];
  readonly why: readonly string[];
  readonly timeLine: readonly Happening[];
  readonly deeds: readonly Deed[];
  readonly templates: readonly FilledTemplate[];
  /** Whether an answer by whoever looks goes to be signed first. */
  readonly needsSignature: boolean;
  /** The answer that waits for its signature. */
  readonly proposal?: { readonly by: string; readonly when: string; readonly text: string };
  /** Where more time may be asked for: the last ISO day, how it is written, and an apology to begin with. */
  readonly extension?: { readonly until: string; readonly latest: string; readonly apology: string };
};

/** The line of one case in the list of `who`. */
export function rowOf(complaint: Complaint, who: Who, now: Date, rules: Rules): CaseRow {
  const { filing, status } = complaint;
  const answerDue = answerDay(complaint, rules);
  const { urgency, timing } = timingOf(complaint, now, rules);
  return {
    code: complaint.trackingCode,
    kind: words.kinds[filing.kind],
    summary: summaryOf(filing),
    status: complaint.proposal ? words.toSign : officialCase.statuses[status],
    answerDue,
    due: words.day(answerDue),
    urgency,
    timing,
    isProtected: isConfidential(complaint),
    filters: filtersOf(complaint, who, now, rules),
  };
}

/**
 * The whole of one case for the agency of `who`.
 * @param person opened for that agency (inbox/known-person.ts)
 */
export function viewOf(
  complaint: Complaint,
  person: Person | undefined,
  who: Who,
  now: Date,
  rules: Rules,
): CaseView {
  const { directory } = rules;
  const name = (id: string): string => agencyName(id, directory);
  const responsible = { id: who.agency, name: name(who.agency) };
  const deeds = deedsOf(complaint, who, now, rules);
  const mayAct = deeds.length > 0;
  const { proposal } = complaint;
  return {
    ...rowOf(complaint, who, now, rules),
    revision: complaint.revision,
    facts: noticeFacts(openNotice(noticeOf(complaint, complaint.id, "filed", responsible), person)),
    filed: words.day(dayInVietnam(complaint.filedAt)),
    holders: complaint.holders.map(name),
    why: complaint.route.why,
    timeLine: timeLine(complaint.events, directory),
    deeds,
    templates: mayAct ? templatesFor(complaint, who.agency, rules) : [],
    needsSignature: needsSignature(complaint, actorOf(who)),
    ...(proposal && {
      proposal: { by: name(proposal.by.agency), when: moment(proposal.at), text: proposal.text },
    }),
    ...(deeds.includes("extend") && { extension: extensionOf(complaint, now, rules) }),
  };
}

function extensionOf(complaint: Complaint, now: Date, rules: Rules): NonNullable<CaseView["extension"]> {
  const until = latestExtension(complaint, now, rules);
  return { until, latest: words.day(until), apology: words.apology };
}

/** Who an act at the desk comes from. */
export function actorOf({ agency, sender, role }: Who): Actor {
  return { agency, via: "desk", person: sender, role };
}

/** In the order of the buttons. */
const DEEDS: readonly Act["action"][] = [
  "acknowledge",
  "sign",
  "return",
  "answer",
  "ask",
  "progress",
  "extend",
  "transfer",
  "ask-identity",
  "approve-identity",
];

function deedsOf(complaint: Complaint, who: Who, now: Date, rules: Rules): Deed[] {
  if (complaint.status === "quarantined") {
    const decides = mayModerate(complaint, who, rules) && !wasRejectedBy(complaint, who.sender);
    return decides ? ["release", "reject"] : [];
  }
  return DEEDS.filter((deed) => mayNot(complaint, actorOf(who), deed, now, rules) === undefined);
}

/** Where in the list of `who` a case stands. */
export function filtersOf(complaint: Complaint, who: Who, now: Date, rules: Rules): Filter[] {
  const mine = complaint.events.some((event) => authorOf(event)?.person === who.sender);
  return [...turnOf(complaint, now, rules), ...(mine ? (["mine"] as const) : []), "all"];
}

/** Whose turn it is. */
function turnOf(complaint: Complaint, now: Date, rules: Rules): readonly Filter[] {
  const { status } = complaint;
  if (status === "answered") return ["answered"];
  if (status === "needs_info") return ["waiting"];
  if (!waitsForAgency(complaint)) return [];
  return isOverdue(complaint, now, rules) ? ["todo", "overdue"] : ["todo"];
}

function timingOf(
  complaint: Complaint,
  now: Date,
  rules: Rules,
): { readonly urgency: Urgency; readonly timing: string } {
  if (!waitsForAgency(complaint)) return { urgency: "calm", timing: "" };
  const end = lateFrom(complaint, rules);
  const { overdue } = complaint;
  const { workingTime } = rules;
  if (isOverdue(complaint, now, rules)) {
    const up = overdue === 0 ? "" : words.escalated[overdue];
    const late = words.late(workingDaysBetween(end, now, workingTime));
    return { urgency: "late", timing: up ? `${late}, ${up}` : late };
  }
  const left = workingDaysBetween(now, end, workingTime);
  return { urgency: left <= SOON ? "soon" : "calm", timing: words.left(left) };
}

/** Working days before the limit from which on it is shown as near. */
const SOON = 1;
