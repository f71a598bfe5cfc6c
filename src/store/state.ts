import { applyEvent, type Complaint } from "../complaints/complaint.ts";
import type { DeliveryState } from "../messages/delivery.ts";
import { awayFrom, type CaseAway, type EventsAway, isAway } from "./away.ts";
import type { Kept, Opened, Place, SealedIdentity, Talk } from "./entry.ts";
import type { OwnerKey } from "./seal.ts";
import { conversationOwner, ownersOf } from "./seal-entry.ts";
import { type LinkCode, type Official, StoreError, type Unanswered } from "./store.ts";

/** How long the same message is recognised; channels repeat one for a day at most. */
export const HANDLED_DAYS = 30;
export const HANDLED_MOST = 200_000;
/** Messages a mailbox keeps for a chat page that comes back. */
export const POSTS_MOST = 200;
/** Of thumbs up, and of all others. */
export const UNANSWERED_MOST = 5_000;
const SENT_AN_ENTRY = 500;
const DAY_SECONDS = 86_400;
const SECOND_MS = 1_000;

/** Since when each message that was handled is known, unless there were too many. */
export function handledSince(now: Date): Date {
  return new Date(now.getTime() - HANDLED_DAYS * DAY_SECONDS * SECOND_MS);
}

/** `second`: since 1970. Without `sealed` the replies were erased. Where they lie may change. */
type Handled = { readonly conversation: string; readonly second: number; sealed?: Kept };
type SealedPost = { readonly number: number; readonly at: string; sealed: Kept };
type Mailbox = { readonly last: number; readonly posts: readonly SealedPost[] };

/**
 * Everything the store knows, in memory. Maps change, what they hold never does, but for the place where a sealed text
 * lies: a copy of the maps is a snapshot.
 * Unless said otherwise a key is a lookup (seal.ts) of the name it stands for.
 */
export type State<Case extends Complaint | CaseAway = Complaint | CaseAway> = {
  /** By owner. */
  readonly keys: Map<string, OwnerKey>;
  /** By id, oldest first. */
  readonly complaints: Map<string, Case>;
  readonly idByCode: Map<string, string>;
  /** Ids, oldest first; in no copy, like all that is found by something else. */
  readonly idsByConversation: Map<string, string[]>;
  /** Ids, oldest first. */
  readonly idsByDossier: Map<string, string[]>;
  /** By id of the complaint, in the order they were told. */
  readonly identities: Map<string, readonly SealedIdentity[]>;
  readonly sessions: Map<string, Kept>;
  /** Oldest first. */
  readonly handled: Map<string, Handled>;
  /** Not sent yet, in the order they were promised. */
  readonly deliveries: Map<string, DeliveryState>;
  /** The conversation that owns a delivery of no case, by the delivery. */
  readonly chatOf: Map<string, string>;
  readonly sent: Set<string>;
  readonly mailboxes: Map<string, Mailbox>;
  readonly officials: Map<string, Official>;
  /** By the hash they are given with. */
  readonly linkCodes: Map<string, LinkCode>;
  /** Oldest first. */
  readonly unanswered: Unanswered[];
};

export function emptyState<Case extends Complaint | CaseAway = Complaint | CaseAway>(): State<Case> {
  return {
    keys: new Map(),
    complaints: new Map(),
    idByCode: new Map(),
    idsByConversation: new Map(),
    idsByDossier: new Map(),
    identities: new Map(),
    sessions: new Map(),
    handled: new Map(),
    deliveries: new Map(),
    chatOf: new Map(),
    sent: new Set(),
    mailboxes: new Map(),
    officials: new Map(),
    linkCodes: new Map(),
    unanswered: [],
  };
}

/** The state at this moment, for reading it slowly while the original goes on. */
export function copyState(state: State): State {
  return {
    keys: new Map(state.keys),
    complaints: new Map(state.complaints),
    idByCode: new Map(),
    idsByConversation: new Map(),
    idsByDossier: new Map(),
    identities: new Map(state.identities),
    sessions: new Map(state.sessions),
    handled: new Map(state.handled),
    deliveries: new Map(state.deliveries),
    chatOf: new Map(state.chatOf),
    sent: new Set(state.sent),
    mailboxes: new Map(state.mailboxes),
    officials: new Map(state.officials),
    linkCodes: new Map(state.linkCodes),
    unanswered: [...state.unanswered],
  };
}

/**
 * One recorded fact more. What is checked before it is recorded cannot fail here.
 * @throws StoreError, ComplaintError when recorded facts do not fit together: the files are not of one store
 */
export function apply(state: State, fact: Opened): void {
  switch (fact.kind) {
    case "key":
      state.keys.set(fact.owner, fact.key);
      return;
    case "events":
      applyEvents(state, fact);
      return;
    case "identity":
      state.identities.set(fact.complaint, [...(state.identities.get(fact.complaint) ?? []), fact]);
      return;
    case "session":
      state.sessions.set(fact.conversation, fact.sealed);
      return;
    case "handled":
      applyHandled(state, fact);
      return;
    case "delivery": {
      const { lookup, delivery, at, conversation } = fact;
      const { notBefore = at } = delivery;
      const nextAt = Date.parse(notBefore) > Date.parse(at) ? notBefore : at;
      state.deliveries.set(lookup, { delivery, status: "waiting", attempts: 0, nextAt, createdAt: at });
      if (conversation !== undefined) state.chatOf.set(lookup, conversation);
      return;
    }
    case "failed":
      applyFailed(state, fact);
      return;
    case "sent":
      for (const lookup of fact.deliveries) {
        state.deliveries.delete(lookup);
        state.chatOf.delete(lookup);
        state.sent.add(lookup);
      }
      return;
    case "mailbox":
      state.mailboxes.set(fact.conversation, { last: fact.last, posts: [] });
      return;
    case "post": {
      const { conversation, number, at, sealed } = fact;
      const posts = [...(state.mailboxes.get(conversation)?.posts ?? []), { number, at, sealed }];
      state.mailboxes.set(conversation, { last: number, posts: posts.slice(-POSTS_MOST) });
      return;
    }
    case "unanswered":
      applyUnanswered(state.unanswered, fact.unanswered);
      return;
    case "link": {
      const { hash, agency, role, expiresAt } = fact;
      state.linkCodes.set(hash, { hash, agency, role, expiresAt });
      return;
    }
    case "official":
      state.officials.set(fact.lookup, fact.official);
      if (fact.code !== undefined) state.linkCodes.delete(fact.code);
      return;
    case "unbound":
      for (const lookup of fact.senders) state.officials.delete(lookup);
      return;
    case "erased":
      applyErased(state, fact.conversation);
      return;
    case "forgotten":
      applyForgotten(state, fact.complaint);
  }
}

function applyEvents(state: State, fact: Extract<Opened, { kind: "events" }>): void {
  const { complaint: id, found } = fact;
  const complaint = fact.folded ?? foldOnto(state.complaints.get(id), fact);
  if (!complaint) return;
  state.complaints.set(id, complaint);
  if (!found) return;
  state.idByCode.set(found.code, id);
  if (found.conversation !== undefined) addTo(state.idsByConversation, found.conversation, id);
  if (found.dossier !== undefined) addTo(state.idsByDossier, found.dossier, id);
}

function foldOnto(
  known: Complaint | CaseAway | undefined,
  { complaint: id, revision, events }: Extract<Opened, { kind: "events" }>,
): Complaint | undefined {
  const [first] = events;
  const before = first?.type === "erased" ? first.revision : 0;
  if ((known?.revision ?? before) !== revision) {
    throw new StoreError(
      `complaint ${id} has events after revision ${revision}, but is at ${known?.revision ?? 0}`,
    );
  }
  let complaint = inMemory(known);
  for (const event of events) complaint = applyEvent(id, complaint, event);
  return complaint;
}

/** A case that is read before anything is decided on it. */
export function inMemory(known: Complaint | CaseAway | undefined): Complaint | undefined {
  if (known && isAway(known)) throw new Error(`complaint ${known.id} is not in memory`);
  return known;
}

/** A name may have very many: they are not written anew for each one more. */
function addTo(ids: Map<string, string[]>, lookup: string, id: string): void {
  const known = ids.get(lookup);
  if (known) known.push(id);
  else ids.set(lookup, [id]);
}

function applyHandled(state: State, fact: Extract<Opened, { kind: "handled" }>): void {
  const { message, conversation, at, sealed } = fact;
  const second = Math.floor(Date.parse(at) / SECOND_MS);
  state.handled.set(message, { conversation, second, ...(sealed !== undefined && { sealed }) });
  const oldest = second - HANDLED_DAYS * DAY_SECONDS;
  for (const [key, handled] of state.handled) {
    if (handled.second >= oldest && state.handled.size <= HANDLED_MOST) return;
    state.handled.delete(key);
  }
}

/** Thumbs up are by far the most: they must not push out the questions that wait for an editor. */
function applyUnanswered(all: Unanswered[], added: Unanswered): void {
  all.push(added);
  if (all.length <= UNANSWERED_MOST) return;
  const isUp = added.verdict === "up";
  const alike = (one: Unanswered): boolean => (one.verdict === "up") === isUp;
  if (all.filter(alike).length > UNANSWERED_MOST) all.splice(all.findIndex(alike), 1);
}

function applyFailed(state: State, fact: Extract<Opened, { kind: "failed" }>): void {
  const before = state.deliveries.get(fact.lookup);
  if (!before)
    throw new StoreError(`a delivery of ${fact.complaint ?? "no complaint"} failed that was never promised`);
  const { delivery, createdAt } = before;
  const { attempts, nextAt, problem, tried } = fact;
  const status = fact.dead ? "dead" : "waiting";
  state.deliveries.set(fact.lookup, {
    delivery,
    status,
    attempts,
    createdAt,
    ...(nextAt !== undefined && { nextAt }),
    ...(tried && { tried }),
    problem,
  });
}

/** The conversation's key goes; its messages stay known and its mailbox goes on counting. */
function applyErased(state: State, conversation: string): void {
  state.keys.delete(conversationOwner(conversation));
  state.sessions.delete(conversation);
  const mailbox = state.mailboxes.get(conversation);
  if (mailbox) state.mailboxes.set(conversation, { last: mailbox.last, posts: [] });
  for (const [message, handled] of state.handled) {
    const { second } = handled;
    if (handled.conversation === conversation) state.handled.set(message, { conversation, second });
  }
}

/**
 * The complaint's keys go, who filed it, and what was to be sent about it. Its place among the complaints stays, for the event that
 * remains.
 */
function applyForgotten(state: State, id: string): void {
  for (const owner of ownersOf(id)) state.keys.delete(owner);
  state.identities.delete(id);
  for (const [lookup, { delivery }] of state.deliveries) {
    if (delivery.complaint !== id) continue;
    state.deliveries.delete(lookup);
    state.sent.add(lookup);
  }
}

/**
 * What was said lies in a file of talk from now on; unless it was replaced or erased since it lay at `before`. Done in
 * place: small things made anew among those that stay would leave holes in memory that nothing fits into.
 */
export function move(state: State, talk: Talk, before: Kept, place: Place): void {
  if (talk.kind === "session") {
    if (state.sessions.get(talk.conversation) === before) state.sessions.set(talk.conversation, place);
    return;
  }
  const moved =
    talk.kind === "handled"
      ? state.handled.get(talk.message)
      : state.mailboxes.get(talk.conversation)?.posts.find(({ number }) => number === talk.number);
  if (moved?.sealed === before) moved.sealed = place;
}

/** The events of a case lie in a file from now on, unless it has changed since it was `was`. */
export function moveCase(state: State, was: Complaint | CaseAway, place: Place): void {
  if (state.complaints.get(was.id) !== was) return;
  if (isAway(was)) was.sealed = place;
  else state.complaints.set(was.id, awayFrom(was, place));
}

/** Where everything lies that has left memory. */
export function* placesIn(state: State): Generator<Place> {
  for (const known of state.complaints.values()) if (isAway(known)) yield known.sealed;
  for (const sealed of state.sessions.values()) if (typeof sealed === "object") yield sealed;
  for (const { sealed } of state.handled.values()) if (typeof sealed === "object") yield sealed;
  for (const { posts } of state.mailboxes.values()) {
    for (const { sealed } of posts) if (typeof sealed === "object") yield sealed;
  }
}

/** Facts that fold to the same state again; keys come before what they open. */
export function* entriesOf(state: State): Generator<Opened | EventsAway> {
  for (const [owner, key] of state.keys) yield { kind: "key", owner, key };
  for (const [conversation, sealed] of state.sessions) yield { kind: "session", conversation, sealed };
  for (const [message, { second, ...handled }] of state.handled) {
    yield { kind: "handled", message, ...handled, at: new Date(second * SECOND_MS).toISOString() };
  }
  for (const [conversation, { last, posts }] of state.mailboxes) {
    yield { kind: "mailbox", conversation, last };
    for (const post of posts) yield { kind: "post", conversation, ...post };
  }
  for (const known of state.complaints.values()) yield eventsOf(known);
  for (const identities of state.identities.values()) yield* identities;
  for (const [lookup, waiting] of state.deliveries) {
    const conversation = state.chatOf.get(lookup);
    yield* entriesOfDelivery(lookup, waiting, conversation === undefined ? {} : { conversation });
  }
  const sent = [...state.sent];
  for (let at = 0; at < sent.length; at += SENT_AN_ENTRY) {
    yield { kind: "sent", deliveries: sent.slice(at, at + SENT_AN_ENTRY) };
  }
  for (const code of state.linkCodes.values()) yield { kind: "link", ...code };
  for (const [lookup, official] of state.officials) yield { kind: "official", lookup, official };
  for (const unanswered of state.unanswered) yield { kind: "unanswered", unanswered };
}

function eventsOf(known: Complaint | CaseAway): Opened | EventsAway {
  const { id, revision } = known;
  if (isAway(known)) return { kind: "events", complaint: id, revision: known.before, sealed: known.sealed };
  const { events } = known;
  return { kind: "events", complaint: id, revision: revision - events.length, events };
}

function* entriesOfDelivery(
  lookup: string,
  state: DeliveryState,
  owner: { readonly conversation?: string },
): Generator<Opened> {
  const { delivery, createdAt, attempts, nextAt, problem, tried } = state;
  yield { kind: "delivery", at: createdAt, lookup, delivery, ...owner };
  if (attempts === 0) return;
  yield {
    kind: "failed",
    lookup,
    ...(delivery.complaint !== undefined && { complaint: delivery.complaint }),
    ...owner,
    attempts,
    dead: state.status === "dead",
    ...(nextAt !== undefined && { nextAt }),
    ...(tried && { tried }),
    problem: problem ?? "",
  };
}
