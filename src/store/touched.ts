import { complaintOwner, identityOwner } from "./seal-entry.ts";
import type { Change } from "./store.ts";

/** What a change touches, by the names it gives: what is locked for it, and what is read to decide on it. */
export type Touched = {
  readonly conversations: readonly string[];
  /**
   * Owners of data keys of complaints: of those that change, of who filed them, and of those something is promised about.
   */
  readonly complaintOwners: readonly string[];
  /** Tracking codes given out. */
  readonly codes: readonly string[];
  /** Keys of messages. */
  readonly messages: readonly string[];
  readonly deliveries: readonly string[];
  /** Hashes of link codes. */
  readonly links: readonly string[];
  /** Of officials. */
  readonly senders: readonly string[];
};

export function touchedBy(change: Change): Touched {
  const { handled, session, complaints = [], deliveries = [], posts = [], linkCode, bind, erase } = change;
  const filed = complaints.flatMap(({ events }) =>
    events.flatMap((event) => (event.type === "filed" ? [event] : [])),
  );
  const beside = deliveries.flatMap(({ complaint, to }) =>
    complaint === undefined && to.kind === "chat" ? [to] : [],
  );
  return {
    conversations: [handled, session, erase, ...posts, ...beside].flatMap((part) => part?.conversation ?? []),
    complaintOwners: [
      ...complaints.map(({ id }) => complaintOwner(id)),
      ...complaints.flatMap(({ id, identity }) => (identity ? [identityOwner(id)] : [])),
      ...deliveries.flatMap(({ complaint }) => (complaint === undefined ? [] : [complaintOwner(complaint)])),
    ],
    codes: filed.map(({ trackingCode }) => trackingCode),
    messages: handled ? [handled.key] : [],
    deliveries: [...deliveries.map(({ id }) => id), ...(change.cancelled ?? [])],
    links: [linkCode?.hash, bind?.codeHash].filter((hash) => hash !== undefined),
    senders: [...(bind ? [bind.official.sender] : []), ...(change.unbind ?? [])],
  };
}

/** Changes that share one of these take turns. */
export function locksOf(change: Change): string[] {
  const { conversations, complaintOwners, codes, messages, deliveries, links, senders } = touchedBy(change);
  return [
    ...conversations.map((name) => `conversation:${name}`),
    ...complaintOwners,
    ...codes.map((code) => `code:${code}`),
    ...messages.map((key) => `message:${key}`),
    ...deliveries.map((id) => `delivery:${id}`),
    ...links.map((hash) => `link:${hash}`),
    ...senders.map((sender) => `official:${sender}`),
  ];
}
