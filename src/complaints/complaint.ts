import { z } from "zod";
import { EVIDENCE_TYPES } from "../evidence/type.ts";
import { dayInVietnam } from "../knowledge/calendar.ts";
import { ComplaintKind } from "../knowledge/complaint-kind.ts";

/** Kinds for which the person stays unknown to the agency unless they insist. */
export function isProtected(kind: ComplaintKind): boolean {
  return kind === "harassment" || kind === "bribe";
}

/** Whether a case goes to the custodian alone, the inspectorate (thanh tra tỉnh) or the coordinator: money or threats. */
export function isGuarded(of: {
  readonly kind?: ComplaintKind | undefined;
  readonly threatened?: boolean | undefined;
}): boolean {
  return of.kind === "bribe" || of.threatened === true;
}

/**
 * What became of the written apology that a late result needs, at latest a day before its due day and with a new day once
 * at most (NĐ 118/2025/NĐ-CP Đ.19.6). All but `in_time` are breaches.
 */
export const Apology = z.enum(["none", "in_time", "too_late", "twice"]);
export type Apology = z.infer<typeof Apology>;

/** Whether the due day had passed, as worked out from what the person told when it was filed. Days are ISO days. */
const FiledLateness = z.object({
  due: z.string(),
  /** What sets that day: the receipt slip, or without one the procedure's own limit. */
  by: z.enum(["slip", "limit"]),
  /** The day of the count. */
  on: z.string(),
  /** Working days since the due day; absent while it has not passed. */
  daysLate: z.int().nonnegative().exactOptional(),
  /** The last day of the procedure's limit, where the slip promises a later one. */
  lawful: z.string().exactOptional(),
});

/**
 * How often a dossier was sent back to be supplemented. It may be asked for once, in full and in writing
 * (NĐ 118/2025/NĐ-CP Đ.16.3, 17.1c); the limit runs anew from the day the full dossier is in (Đ.19.5).
 */
export const Supplements = z.object({
  times: z.int().positive().optional(),
  inWriting: z.boolean().optional(),
  /** ISO day on which the last of what was asked for was handed in. */
  lastOn: z.string().optional(),
});
export type Supplements = z.infer<typeof Supplements>;

/** A file that the person sent (chứng cứ kèm theo). It is kept apart and sealed; `key` alone opens it and never leaves. */
export const Evidence = z.object({
  id: z.string(),
  key: z.string(),
  /** Made by us: what the person's own file was called may say who they are. */
  name: z.string(),
  type: z.enum(EVIDENCE_TYPES),
  /** Bytes. */
  size: z.int().nonnegative(),
});
export type Evidence = z.infer<typeof Evidence>;

/** What the person agreed to, in the words they saw; `version` names the wording. */
export const Consent = z.object({ version: z.string(), text: z.string() });
export type Consent = z.infer<typeof Consent>;

/** What the person told and consented to send; never changed after filing. */
export const Filing = z.object({
  kind: ComplaintKind,
  text: z.string(),
  /** The unit complained about, as named or found in the directory. */
  about: z.object({ id: z.string().optional(), name: z.string() }).optional(),
  place: z.object({ code: z.string().optional(), name: z.string() }).optional(),
  procedure: z.object({ code: z.string(), name: z.string() }).optional(),
  /** Kind of agency that handles the procedure: the unit concerned where the person named none. */
  agencyKind: z.string().optional(),
  /** Tells of violence or threats: it goes to the custodian alone. */
  threatened: z.boolean().optional(),
  dossierCode: z.string().optional(),
  /** ISO day the dossier was handed in. */
  submittedOn: z.string().optional(),
  /** ISO day promised on the receipt slip. */
  promisedDate: z.string().optional(),
  /** ISO day of a new appointment that came with an apology in time. */
  reappointedOn: z.string().optional(),
  lateness: FiledLateness.optional(),
  apology: z.array(Apology).optional(),
  supplements: Supplements.optional(),
  /** The person gave their name for this case; what it is stands apart (person.ts). */
  named: z.literal(true).exactOptional(),
  evidence: z.array(Evidence).exactOptional(),
});
export type Filing = z.infer<typeof Filing>;

/** What an official may do; `supervisor` sees figures only. */
export const Role = z.enum(["officer", "head", "coordinator", "custodian", "supervisor"]);
export type Role = z.infer<typeof Role>;

/**
 * Who an official act came from: agencies act through bound persons in a chat or at the desk, signed links or their
 * systems. Without a `role` nobody knows whose hand it was: it counts as an officer's.
 */
export const Actor = z.object({
  agency: z.string(),
  via: z.enum(["webhook", "chat", "email-link", "desk"]),
  person: z.string().optional(),
  role: Role.exactOptional(),
});
export type Actor = z.infer<typeof Actor>;

export const Route = z.object({
  to: z.array(z.string()).min(1),
  copy: z.array(z.string()),
  why: z.array(z.string()),
});
export type Route = z.infer<typeof Route>;

/** What runs while a case is open, each from an event of the case. */
export const ClockName = z.enum([
  "acknowledge",
  "answer",
  "repair",
  "question",
  "confirm",
  "delivery",
  "quarantine",
]);
export type ClockName = z.infer<typeof ClockName>;

export const ClockStepName = z.enum([
  "remind-1",
  "remind-2",
  "overdue",
  "superior",
  "next-level",
  "coordinator",
  "close",
  "release",
]);
export type ClockStepName = z.infer<typeof ClockStepName>;

/** Why a superior should look at an answer. */
export const AnswerFault = z.enum(["quick", "copied", "disputed"]);
export type AnswerFault = z.infer<typeof AnswerFault>;

const at = z.string();
/** Which step of a clock an event did; `round` is the number of the event that started the clock. */
const clockStep = { clock: ClockName, step: ClockStepName, round: z.int() };

/** Why a case is held back as a suspected flood: what came too often within a short time. */
export const Suspicion = z.enum(["conversation", "words", "origin"]);
export type Suspicion = z.infer<typeof Suspicion>;

/** Who decides on a case held back; the custodian where the kind is protected and the facts are concrete. */
export const Lane = z.enum(["coordinator", "custodian"]);
export type Lane = z.infer<typeof Lane>;

/** The five levels of the official surveys of satisfaction (SIPAS): 1 very dissatisfied to 5 very satisfied. */
export const Score = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);
export type Score = z.infer<typeof Score>;

/** What figures count of a case that only its whole story tells; nothing of the person or of what they told. */
export const StoryFacts = z.object({
  /** Who answered it; while nobody has, who must. */
  agency: z.string(),
  /** Of the first answer; `overdue` and `waiting` have none. */
  answer: z.enum(["in-time", "late", "overdue", "waiting"]),
  disputed: z.boolean(),
  /** Hours of offices from the filing, or from the release of a case that was held back. */
  hoursToTake: z.number().optional(),
  hoursToAnswer: z.number().optional(),
  /** Whether the result was found to be late; undefined where that was not claimed or could not be worked out. */
  foundLate: z.boolean().optional(),
  /** No written apology, or not as the law wants it (NĐ 118/2025/NĐ-CP Đ.19.6). */
  apologyBreach: z.boolean(),
  /** Of the last answer; counted only, and told with no case. */
  rating: z.object({ result: Score.exactOptional(), conduct: Score.exactOptional() }),
});
export type StoryFacts = Readonly<z.infer<typeof StoryFacts>>;

/**
 * All that the person told is destroyed. Of the events before, `revision` of them, this alone remains: the tracking code
 * still answers, and the figures still count.
 */
export const Erased = z.object({
  type: z.literal("erased"),
  at,
  /** The person wanted it, or it was kept as long as it may be. */
  reason: z.enum(["request", "retention"]),
  revision: z.int().positive(),
  trackingCode: z.string(),
  language: z.enum(["vi", "en"]),
  kind: ComplaintKind,
  filedAt: z.string(),
  closedAt: z.string(),
  /** How it had ended. */
  ended: z.enum([
    "closed_confirmed",
    "closed_no_reply",
    "closed_unconfirmed",
    "closed_thanked",
    "withdrawn",
    "rejected",
  ]),
  /** A custodian alone had handled it: it stays out of what is published. */
  custodian: z.literal(true).exactOptional(),
  /** ISO day. */
  answerDue: z.string(),
  lateSince: z.string().exactOptional(),
  /** Those that it was sent to. */
  agencies: z.array(z.string()),
  /** Those that held it at its end; absent where it was erased before they were kept. */
  holders: z.array(z.string()).exactOptional(),
  /** As they were; absent where it was erased before they were kept. */
  facts: StoryFacts.exactOptional(),
});
export type Erased = z.infer<typeof Erased>;

/** What can happen to a complaint. Its state is the fold of these, in order. */
export const ComplaintEvent = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("filed"),
    at,
    trackingCode: z.string(),
    conversation: z.string(),
    language: z.enum(["vi", "en"]),
    filing: Filing,
    route: Route,
    answerDue: z.string(),
    /** The person left an e-mail address for notices; what it is stands apart (person.ts). */
    mailed: z.literal(true).exactOptional(),
    /** A keyed hash of the phone number given: cases of the same person meet, and nobody learns the number. */
    phoneMark: z.string().exactOptional(),
    consent: Consent.exactOptional(),
  }),
  z.object({ type: z.literal("delivered"), at, agency: z.string() }),
  z.object({ type: z.literal("undeliverable"), at, agency: z.string(), problem: z.string() }),
  z.object({ type: z.literal("acknowledged"), at, by: Actor }),
  z.object({ type: z.literal("progress"), at, by: Actor, text: z.string() }),
  z.object({ type: z.literal("asked"), at, by: Actor, text: z.string() }),
  /** `answerDue`: the day of the answer, moved on by the working days that the question stood open. */
  z.object({ type: z.literal("informed"), at, text: z.string(), answerDue: z.string().optional() }),
  z.object({ type: z.literal("transferred"), at, by: Actor, to: z.string(), reason: z.string() }),
  /** `apology`: what the agency says to the person about the delay. */
  z.object({
    type: z.literal("extended"),
    at,
    by: Actor,
    until: z.string(),
    reason: z.string(),
    apology: z.string().exactOptional(),
  }),
  /** An answer in the protected lane that waits for a second signature (complaint.md 21); nobody's clock stops. */
  z.object({
    type: z.literal("proposed"),
    at,
    by: Actor,
    text: z.string(),
    /** The agency that is asked to sign in the place of the author's own, where nobody may. */
    signer: z.string().exactOptional(),
  }),
  /** Who should have signed sends the proposed answer back. */
  z.object({ type: z.literal("returned"), at, by: Actor, reason: z.string() }),
  /** `by` wrote it; `signedBy` is the second signature where the lane needs one. */
  z.object({
    type: z.literal("answered"),
    at,
    by: Actor,
    text: z.string(),
    signedBy: Actor.exactOptional(),
  }),
  z.object({ type: z.literal("confirmed"), at }),
  z.object({ type: z.literal("disputed"), at, reason: z.string(), to: z.array(z.string()).min(1) }),
  /** Those who are waited for were told so. */
  z.object({ type: z.literal("reminded"), at, ...clockStep }),
  /** `to`: agencies that must answer from now on as well; empty when nobody stands above who may. */
  z.object({ type: z.literal("escalated"), at, ...clockStep, to: z.array(z.string()) }),
  /** Closed by the person's silence; `thanked`: praise needs no more than to be heard. */
  z.object({
    type: z.literal("closed"),
    at,
    ...clockStep,
    reason: z.enum(["no_reply", "unconfirmed", "thanked"]),
  }),
  /** The person took it back of their own will. */
  z.object({ type: z.literal("withdrawn"), at, reason: z.string().exactOptional() }),
  /** The person undid that. `answerDue`: later by the working days in between. */
  z.object({ type: z.literal("reopened"), at, answerDue: z.string().exactOptional() }),
  /**
   * Into the protected lane: from now on `to` alone handle it. `seen`: all who had been told of it before; `words`: what
   * the person said of the pressure.
   */
  z.object({
    type: z.literal("protected"),
    at,
    to: z.array(z.string()).min(1),
    seen: z.array(z.string()),
    answerDue: z.string(),
    words: z.string().exactOptional(),
  }),
  /** The person asked that those who hold it be reminded. */
  z.object({ type: z.literal("nudged"), at }),
  /** How the person found the answer; never shown to the unit, only counted. */
  z.object({
    type: z.literal("rated"),
    at,
    result: Score.exactOptional(),
    conduct: Score.exactOptional(),
  }),
  z.object({ type: z.literal("identity-asked"), at, by: Actor, reason: z.string() }),
  z.object({ type: z.literal("identity-refused"), at }),
  /** One of the two persons who together may open it without the person's consent. */
  z.object({ type: z.literal("identity-approved"), at, by: Actor, reason: z.string() }),
  /** Told to this agency alone, once. `given`: the name was given only now, for this agency. */
  z.object({
    type: z.literal("identity-opened"),
    at,
    agency: z.string(),
    basis: z.enum(["consent", "two-persons"]),
    given: z.literal(true).exactOptional(),
  }),
  z.object({ type: z.literal("evidence-added"), at, files: z.array(Evidence).min(1) }),
  /** Not to be erased by time (bảo lưu) until `unheld`: a court, an inspection or another body still needs it. */
  z.object({ type: z.literal("held"), at, reason: z.string() }),
  z.object({ type: z.literal("unheld"), at }),
  /** The coordinator is told that the time of keeping is nearly over. */
  z.object({ type: z.literal("expiring"), at }),
  Erased,
  /** Like the case `to`, of another person; `others`: open cases it is like, as far as they are counted. */
  z.object({ type: z.literal("linked"), at, to: z.string(), others: z.int().positive() }),
  /** Held back until a person has looked at it; it is not shown to the agency. */
  z.object({ type: z.literal("quarantined"), at, suspicion: Suspicion, lane: Lane }),
  /** Goes to the agency, whose time starts now. Without `by` nobody decided in time, and a clock let it go. */
  z.object({
    type: z.literal("released"),
    at,
    by: Actor.optional(),
    answerDue: z.string(),
    ...z.object(clockStep).partial().shape,
  }),
  /** Somebody looked at it and does not pass it on. */
  z.object({ type: z.literal("rejected"), at, by: Actor, reason: z.string() }),
  /** The person does not accept that: somebody else looks at it. */
  z.object({ type: z.literal("objected"), at }),
  /** The competent head was told how many such cases there are; recorded on the newest of them. */
  z.object({ type: z.literal("clustered"), at, size: z.int().positive(), to: z.string() }),
  /** The superior was told of the answers of this month that need a look; recorded on one of them. */
  z.object({ type: z.literal("reviewed"), at, month: z.string(), agency: z.string(), to: z.string() }),
]);
export type ComplaintEvent = z.infer<typeof ComplaintEvent>;

/** Who did it, where an official did. */
export function authorOf(event: ComplaintEvent): Actor | undefined {
  return "by" in event ? event.by : undefined;
}

export type Status =
  | "registered"
  | "delivered"
  | "delivery_problem"
  | "acknowledged"
  | "in_progress"
  | "needs_info"
  | "answered"
  | "disputed"
  | "closed_confirmed"
  | "closed_no_reply"
  | "closed_unconfirmed"
  | "closed_thanked"
  | "withdrawn"
  | "erased"
  | "quarantined"
  | "rejected";

/** How far a late case went up: 0 not late, 1 told to be late, 2 its superior takes part, 3 the next level too. */
export type Overdue = 0 | 1 | 2 | 3;

/** A complaint as its events made it. */
export type Complaint = {
  readonly id: string;
  /** Number of events so far; a decision names the revision it was made on. */
  readonly revision: number;
  readonly trackingCode: string;
  readonly conversation: string;
  readonly language: "vi" | "en";
  readonly filing: Filing;
  readonly route: Route;
  /** Agencies that must answer now. */
  readonly holders: readonly string[];
  /** Those of the holders whom a clock brought in: they stay when the others hand the case on. */
  readonly escalatedTo: readonly string[];
  readonly overdue: Overdue;
  /** ISO day of the first answer limit that passed without an answer: more time granted later does not undo it. */
  readonly lateSince?: string;
  /** The answer that waits for its second signature. */
  readonly proposal?: Extract<ComplaintEvent, { type: "proposed" }> | undefined;
  /** In the protected lane only its custodian handles it, and the person's name stands in no notice. */
  readonly lane: "usual" | "protected";
  readonly status: Status;
  /** ISO day. */
  readonly answerDue: string;
  readonly filedAt: string;
  /** The person hears by e-mail, too. */
  readonly mailed?: true;
  /** Open cases of others that it is like, as far as they are counted. */
  readonly related?: number;
  readonly events: readonly ComplaintEvent[];
};

/** A complaint's events are out of order: stored data or code is wrong. */
export class ComplaintError extends Error {
  override name = "ComplaintError";
}

/**
 * One event more.
 * @throws ComplaintError when a complaint starts with anything but `filed` or `erased`, is filed twice, or is erased while
 * it is open
 */
export function applyEvent(id: string, complaint: Complaint | undefined, event: ComplaintEvent): Complaint {
  if (event.type === "filed") {
    if (complaint)
      throw new ComplaintError(`complaint ${id} is filed twice; restore the store from a backup`);
    return {
      id,
      revision: 1,
      trackingCode: event.trackingCode,
      conversation: event.conversation,
      language: event.language,
      filing: event.filing,
      route: event.route,
      holders: event.route.to,
      escalatedTo: [],
      overdue: 0,
      lane: "usual",
      status: "registered",
      answerDue: event.answerDue,
      filedAt: event.at,
      ...(event.mailed && { mailed: event.mailed }),
      events: [event],
    };
  }
  if (event.type === "erased") return tombstone(id, complaint, event);
  if (!complaint)
    throw new ComplaintError(`complaint ${id} starts with ${event.type}; restore the store from a backup`);
  return {
    ...complaint,
    ...changeOf(complaint, event),
    revision: complaint.revision + 1,
    events: [...complaint.events, event],
  };
}

/** What remains of an erased complaint. */
function tombstone(id: string, complaint: Complaint | undefined, event: Erased): Complaint {
  if (complaint && (complaint.revision !== event.revision || !isClosed(complaint.status)))
    throw new ComplaintError(`complaint ${id} is erased while it is ${complaint.status}`);
  const { revision, trackingCode, language, kind, filedAt, answerDue, lateSince, agencies } = event;
  return {
    id,
    revision: revision + 1,
    trackingCode,
    conversation: "",
    language,
    filing: { kind, text: "" },
    route: { to: agencies, copy: [], why: [] },
    holders: [],
    escalatedTo: [],
    overdue: 0,
    ...(lateSince !== undefined && { lateSince }),
    lane: "usual",
    status: "erased",
    answerDue,
    filedAt,
    events: [event],
  };
}

function changeOf(
  complaint: Complaint,
  event: Exclude<ComplaintEvent, { type: "filed" | "erased" }>,
): Partial<Complaint> {
  switch (event.type) {
    case "delivered":
      return complaint.status === "registered" || complaint.status === "delivery_problem"
        ? { status: "delivered" }
        : {};
    case "undeliverable":
      return complaint.status === "registered" ? { status: "delivery_problem" } : {};
    case "acknowledged":
      // A question to the person stays open, and work that has begun is not undone by a receipt.
      return complaint.status === "needs_info" || complaint.status === "in_progress"
        ? {}
        : { status: "acknowledged" };
    case "progress":
      return { status: "in_progress" };
    case "informed":
      return {
        ...(waitsForPerson(complaint.status) && { status: "in_progress" }),
        ...(event.answerDue && { answerDue: event.answerDue }),
      };
    case "asked":
      return { status: "needs_info" };
    case "transferred": {
      const stay = complaint.escalatedTo.filter((id) => id !== event.by.agency && id !== event.to);
      return { holders: [event.to, ...stay], escalatedTo: stay, status: "registered", proposal: undefined };
    }
    case "extended":
      return { answerDue: event.until, overdue: 0, ...lateAt(complaint, event.at) };
    case "proposed":
      return { proposal: event, ...(complaint.status !== "needs_info" && { status: "in_progress" }) };
    case "returned":
      return { proposal: undefined };
    case "answered":
      // Nobody is asked whether their praise was solved.
      return {
        status: complaint.filing.kind === "praise" ? "closed_thanked" : "answered",
        proposal: undefined,
      };
    case "confirmed":
      return { status: "closed_confirmed" };
    case "disputed":
      return {
        status: "disputed",
        holders: event.to,
        escalatedTo: complaint.escalatedTo.filter((id) => event.to.includes(id)),
        overdue: 0,
      };
    case "reminded":
      return event.step === "overdue"
        ? { overdue: 1, lateSince: complaint.lateSince ?? complaint.answerDue }
        : {};
    case "escalated":
      return escalation(complaint, event);
    case "closed":
      return { status: `closed_${event.reason}` };
    case "linked":
      return { related: event.others };
    case "quarantined":
    case "objected":
      return { status: "quarantined", holders: [] };
    case "released":
      return { status: "registered", holders: complaint.route.to, answerDue: event.answerDue };
    case "rejected":
      return { status: "rejected" };
    case "clustered":
    case "reviewed":
      return {};
    case "withdrawn":
      return { status: "withdrawn" };
    case "reopened":
      return {
        status: statusWithoutWithdrawal(complaint),
        ...(event.answerDue && { answerDue: event.answerDue }),
      };
    case "protected":
      return {
        lane: "protected",
        holders: event.to,
        escalatedTo: [],
        overdue: 0,
        status: "registered",
        answerDue: event.answerDue,
        // What was written by those who may not hear of it any more is not signed by who handles it now.
        proposal: undefined,
      };
    case "nudged":
    case "rated":
    case "identity-asked":
    case "identity-refused":
    case "identity-approved":
    case "identity-opened":
    case "evidence-added":
    case "held":
    case "unheld":
    case "expiring":
      return {};
  }
}

/** Time that is granted after the day has passed leaves the case late. */
function lateAt({ status, answerDue, lateSince }: Complaint, at: string): Partial<Complaint> {
  const late = status !== "needs_info" && dayInVietnam(at) > answerDue;
  return late && lateSince === undefined ? { lateSince: answerDue } : {};
}

/** Where the case would stand, had it not been withdrawn last. */
function statusWithoutWithdrawal({ id, events, status }: Complaint): Status {
  const last = events.findLastIndex(({ type }) => type === "withdrawn");
  const before = events
    .toSpliced(last, 1)
    .reduce<Complaint | undefined>((complaint, event) => applyEvent(id, complaint, event), undefined);
  return before?.status ?? status;
}

function escalation(
  { holders, escalatedTo }: Complaint,
  { clock, step, to }: Extract<ComplaintEvent, { type: "escalated" }>,
): Partial<Complaint> {
  const late = clock === "answer" || clock === "repair";
  return {
    holders: [...new Set([...holders, ...to])],
    escalatedTo: [...new Set([...escalatedTo, ...to])],
    ...(late && { overdue: step === "superior" ? 2 : 3 }),
  };
}

/** A question to the person stands open. Any other word of theirs must not look as if an agency worked on the case. */
export function waitsForPerson(status: Status): boolean {
  return status === "needs_info" || status === "closed_no_reply";
}

/** A custodian alone handles it, from the start or since it was put into the protected lane: no superior takes part. */
export function isWithCustodian({ lane, filing }: Pick<Complaint, "lane" | "filing">): boolean {
  return lane === "protected" || isGuarded(filing);
}

/**
 * Handled in confidence (giữ kín): of a protected kind, or with a custodian alone. An answer needs a second signature,
 * nothing is published, and agencies that hear of its end are not told who ended it.
 */
export function isConfidential(of: Pick<Complaint, "lane" | "filing">): boolean {
  return isProtected(of.filing.kind) || isWithCustodian(of);
}

/** Nothing more is expected of the agency. */
export function isClosed(status: Status): boolean {
  return (
    status === "closed_confirmed" ||
    status === "closed_thanked" ||
    status === "withdrawn" ||
    status === "erased" ||
    status === "rejected" ||
    isClosedBySilence(status)
  );
}

/** The person did not say anything; they may still, for a time. */
export function isClosedBySilence(status: Status): boolean {
  return status === "closed_no_reply" || status === "closed_unconfirmed";
}

/** All files that came with a complaint, in order. */
export function evidenceOf({ filing, events }: Pick<Complaint, "filing" | "events">): readonly Evidence[] {
  return [
    ...(filing.evidence ?? []),
    ...events.flatMap((event) => (event.type === "evidence-added" ? event.files : [])),
  ];
}
