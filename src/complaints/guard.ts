import type { Delivery } from "../messages/delivery.ts";
import type { Reply } from "../messages/message.ts";
import type { Wording } from "../wording/citizen.ts";
import { official } from "../wording/official.ts";
import { questionIn } from "./accused.ts";
import {
  type Complaint,
  type ComplaintEvent,
  type Filing,
  isConfidential,
  isGuarded,
  isWithCustodian,
  type Suspicion,
} from "./complaint.ts";
import { agencyDeliveries, agencyName, type Rules } from "./file.ts";
import { composeNotice } from "./notice.ts";
import type { Identity } from "./person.ts";
import { inform } from "./progress.ts";
import { heldUntil, laneOf } from "./quarantine.ts";
import { barredFor, COORDINATOR } from "./route.ts";
import { judging } from "./tell.ts";

/** A case that is about to be filed, with its promises. */
export type NewCase = {
  readonly id: string;
  readonly event: Extract<ComplaintEvent, { type: "filed" }>;
  readonly deliveries: readonly Delivery[];
  readonly identity?: Identity | undefined;
};

/** What the guards found out about it. */
export type Findings = {
  readonly suspicion?: Suspicion | undefined;
  /** How many others are held back at the moment. */
  readonly held: number;
  /** Open cases with the same dossier code, oldest first. */
  readonly sameDossier: readonly Complaint[];
  /** Ids of open cases of others in nearly the same words, oldest first. */
  readonly alike: readonly string[];
};

/** What is stored instead, and what the person is told instead, if anything. */
export type Guarded = {
  readonly change: {
    readonly id: string;
    readonly revision: number;
    readonly events: readonly ComplaintEvent[];
    readonly identity?: Identity;
  };
  readonly deliveries: readonly Delivery[];
  readonly reply?: Reply;
  /** The code that the person now has. */
  readonly trackingCode: string;
};

/**
 * A suspected flood is held back for a person to look at, under its code. A case that this person already has open about
 * the same dossier takes the text in; one of somebody else is linked, which only officials are told, and not whose.
 */
export function guardFiling(
  filed: NewCase,
  findings: Findings,
  now: Date,
  rules: Rules,
  wording: Wording,
): Guarded {
  if (findings.suspicion) return holdBack(filed, findings.suspicion, findings.held, rules, wording);
  const own = findings.sameDossier.find((complaint) => isDouble(complaint, filed.event, rules));
  if (own) return addTo(own, filed.event.filing, now, rules, wording);
  return link(filed, findings);
}

function holdBack(
  filed: NewCase,
  suspicion: Suspicion,
  held: number,
  rules: Rules,
  wording: Wording,
): Guarded {
  const { id, event } = filed;
  const { at, trackingCode, filing } = event;
  const quarantined = { type: "quarantined", at, suspicion, lane: laneOf(filing) } as const;
  const events = [event, quarantined];
  const until = wording.day(heldUntil({ events, filedAt: at }, rules));
  return {
    change: filedWith(filed, events),
    deliveries: alarm(id, event, held + 1, rules),
    reply: { text: wording.complaint.heldBack(trackingCode, until), choices: [] },
    trackingCode,
  };
}

/** The case under its own number, with who filed it. */
function filedWith({ id, identity }: NewCase, events: readonly ComplaintEvent[]): Guarded["change"] {
  return { id, revision: 0, events, ...(identity && { identity }) };
}

/** The coordinator is told of the first, the tenth, the hundredth: a flood must not flood the coordinator. */
function alarm(id: string, event: NewCase["event"], held: number, rules: Rules): Delivery[] {
  if (!/^10*$/.test(String(held))) return [];
  const barred = barredFor(questionIn(event.filing), rules.directory);
  if (barred.has(COORDINATOR)) return [];
  const filing: Filing = { kind: event.filing.kind, text: official.guards.heldBack(held) };
  const facts = { case: event.trackingCode, filing, due: event.answerDue };
  return agencyDeliveries(
    { complaint: id, event: 1, agency: COORDINATOR, barred },
    rules,
    (delivery, agency) => composeNotice({ ...facts, id: delivery }, "quarantined", agency),
  );
}

/**
 * The same person about the same thing, where those who hold the case may see what is new: what only a custodian may see
 * is never added to an ordinary case. Only who writes in the conversation that filed is known to be the same: a dossier's
 * code and phone number stand on papers that the unit complained about has too, and whoever types them must neither learn
 * of the case nor write into it.
 */
function isDouble(complaint: Complaint, { conversation, filing }: NewCase["event"], rules: Rules): boolean {
  // Files belong to the case that they were sent for.
  if (filing.evidence) return false;
  const samePerson = complaint.conversation === conversation;
  const opened = !isConfidential({ filing, lane: "usual" });
  const bothOpen = opened && !isConfidential(complaint);
  const sameUnit = filing.about?.id === complaint.filing.about?.id;
  const sameLane = isGuarded(filing) === isWithCustodian(complaint);
  const alike = (filing.kind === complaint.filing.kind && sameLane) || (bothOpen && sameUnit);
  if (!samePerson || !alike) return false;
  const barred = barredFor(questionIn(filing), rules.directory);
  return !complaint.holders.some((holder) => barred.has(holder));
}

function addTo(complaint: Complaint, filing: Filing, now: Date, rules: Rules, wording: Wording): Guarded {
  const { id, revision, trackingCode } = complaint;
  const { events, deliveries } = inform(complaint, filing.text, now, rules);
  const reply = addedReply(complaint, rules, wording);
  return { change: { id, revision, events }, deliveries, reply, trackingCode };
}

function addedReply(complaint: Complaint, rules: Rules, wording: Wording): Reply {
  const { trackingCode: code, status, holders, answerDue } = complaint;
  const words = wording.complaint;
  if (status === "answered")
    return { text: words.addedToAnswered(code), choices: judging(complaint, wording) };
  if (status === "quarantined")
    return { text: words.addedToHeldBack(code, wording.day(heldUntil(complaint, rules))), choices: [] };
  const names = holders.map((holder) => agencyName(holder, rules.directory)).join(", ");
  return { text: words.addedTo(code, names, wording.day(answerDue)), choices: [] };
}

/** Counts nothing that those who must answer do not hold: the number would tell of what they may not see. */
function link(filed: NewCase, { sameDossier, alike }: Findings): Guarded {
  const { event, deliveries } = filed;
  const { at, trackingCode, route } = event;
  const held = sameDossier.filter(({ holders }) => holders.some((holder) => route.to.includes(holder)));
  const known = new Set([...held.map((complaint) => complaint.id), ...alike]);
  const [to] = known;
  if (to === undefined) return { change: filedWith(filed, [event]), deliveries, trackingCode };
  const linked = { type: "linked", at, to, others: known.size } as const;
  return {
    change: filedWith(filed, [event, linked]),
    deliveries: deliveries.map((delivery) => withRelated(delivery, known.size)),
    trackingCode,
  };
}

function withRelated(delivery: Delivery, related: number): Delivery {
  const { content } = delivery;
  if (content.kind !== "agency") return delivery;
  return { ...delivery, content: { ...content, notice: { ...content.notice, related } } };
}
