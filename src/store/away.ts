import { applyEvent, type Complaint, type ComplaintEvent } from "../complaints/complaint.ts";
import type { Place } from "./entry.ts";

/** A case whose events have left memory: what cases are chosen by stays. Where its events lie may change. */
export type CaseAway = Pick<Complaint, "id" | "revision" | "status" | "holders" | "answerDue"> & {
  /** Number of its events that are gone for ever; all but one, of a case that was erased. */
  readonly before: number;
  sealed: Place;
};

/** The events of such a case in a snapshot. */
export type EventsAway = {
  readonly kind: "events";
  readonly complaint: string;
  readonly revision: number;
  readonly sealed: Place;
};

export function isAway(known: Complaint | CaseAway): known is CaseAway {
  return "sealed" in known;
}

/** Agencies and days come again and again: each is kept once. */
const shared = new Map<string, readonly string[]>();
const SHARED_MOST = 20_000;

function share(words: readonly string[]): readonly string[] {
  const name = JSON.stringify(words);
  const known = shared.get(name);
  if (known) return known;
  if (shared.size >= SHARED_MOST) shared.clear();
  shared.set(name, words);
  return words;
}

export function awayFrom(complaint: Complaint, sealed: Place): CaseAway {
  const { id, revision, status, holders, answerDue, events } = complaint;
  const [day = answerDue] = share([answerDue]);
  return {
    id,
    revision,
    status,
    holders: share(holders),
    answerDue: day,
    before: revision - events.length,
    sealed,
  };
}

/** The case that these events make; undefined when there are none. */
export function foldEvents(id: string, events: readonly ComplaintEvent[]): Complaint | undefined {
  let complaint: Complaint | undefined;
  for (const event of events) complaint = applyEvent(id, complaint, event);
  return complaint;
}
