import type { Complaint } from "../complaints/complaint.ts";
import { rememberTexts } from "../text/remember.ts";
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

// Agencies and days come again and again: each is kept once.
const SHARED_MOST = 20_000;
const dayShared = rememberTexts(SHARED_MOST, (day) => day);
const agenciesShared = rememberTexts(SHARED_MOST, (text): readonly string[] =>
  text === "" ? [] : text.split("\0"),
);

export function awayFrom(complaint: Complaint, sealed: Place): CaseAway {
  const { id, revision, status, holders, answerDue, events } = complaint;
  return {
    id,
    revision,
    status,
    holders: agenciesShared(holders.join("\0")),
    answerDue: dayShared(answerDue),
    before: revision - events.length,
    sealed,
  };
}
