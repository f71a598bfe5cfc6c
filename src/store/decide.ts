import { applyEvent, type Complaint } from "../complaints/complaint.ts";
import { identifyingEvents } from "../complaints/person.ts";
import type { Delivery, DeliveryResult } from "../messages/delivery.ts";
import type { Decided } from "./entry.ts";
import {
  StoredDelivery,
  StoredEvents,
  StoredIdentity,
  StoredQuestion,
  StoredReplies,
  StoredReply,
  StoredSession,
} from "./private.ts";
import type { Sealer } from "./seal.ts";
import { foundBy } from "./seal-entry.ts";
import { inMemory, type State } from "./state.ts";
import { type Change, Conflict, StoreError } from "./store.ts";

/**
 * What a change records, checked against all that is stored. Everything passes its schema here, so that whatever is
 * written can be read again.
 * @param state holds the cases that change
 * @param at ISO instant
 * @throws Conflict when it was decided on something that is no longer so
 */
export function decide(change: Change, state: State, sealer: Sealer, at: string): Decided[] {
  const { handled, session, erase, unanswered, linkCode } = change;
  const conversation = (name: string): string => sealer.lookup("conversation", name);
  const facts: Decided[] = [];
  // First, so that the answer to "erase everything" is kept under the new key.
  const unwanted = unwantedBy(change, state, sealer);
  if (unwanted.length > 0) facts.push({ kind: "sent", deliveries: unwanted });
  if (erase) facts.push({ kind: "erased", conversation: conversation(erase.conversation) });
  if (handled) {
    const message = sealer.lookup("message", handled.key);
    if (state.handled.has(message))
      throw new Conflict("the message was handled before; read what was replied");
    const replies = StoredReplies.parse(handled.replies);
    facts.push({ kind: "handled", message, conversation: conversation(handled.conversation), at, replies });
  }
  facts.push(...complaintFacts(change, state, sealer), ...deliveryFacts(change, state, sealer, at));
  if (session) {
    const stored = StoredSession.parse(session.session);
    const { conversation: name } = session;
    facts.push({ kind: "session", conversation: conversation(name), name, session: stored });
  }
  facts.push(...postFacts(change, state, sealer, at));
  if (unanswered) {
    const { at: asked, ...rest } = unanswered;
    facts.push({ kind: "unanswered", unanswered: { at: asked, ...StoredQuestion.parse(rest) } });
  }
  if (linkCode) facts.push({ kind: "link", ...linkCode });
  facts.push(...unbindFacts(change, state, sealer), ...bindFacts(change, state, sealer));
  return facts;
}

/**
 * What the outcome of an attempt records; nothing when the delivery was already kept.
 * @throws Conflict when nothing was promised by that id
 */
export function decideOutcome(id: string, result: DeliveryResult, state: State, sealer: Sealer): Decided[] {
  const lookup = sealer.lookup("delivery", id);
  const waiting = state.deliveries.get(lookup);
  if (!waiting) {
    if (state.sent.has(lookup)) return [];
    throw new Conflict("no such delivery was promised");
  }
  if (result.kind === "sent") return [{ kind: "sent", deliveries: [lookup] }];
  const { nextAt, problem, tried } = result;
  const { complaint } = waiting.delivery;
  const conversation = state.chatOf.get(lookup);
  return [
    {
      kind: "failed",
      lookup,
      ...(complaint !== undefined && { complaint }),
      ...(conversation !== undefined && { conversation }),
      attempts: waiting.attempts + 1,
      // Without a next attempt only a human can keep the promise, whatever the outcome calls it.
      dead: result.dead || nextAt === undefined,
      ...(nextAt !== undefined && { nextAt }),
      ...(tried && { tried }),
      problem,
    },
  ];
}

function complaintFacts(change: Change, state: State, sealer: Sealer): Decided[] {
  const facts: Decided[] = [];
  const ahead = new Map<string, Complaint>();
  for (const { id, revision, events, identity } of change.complaints ?? []) {
    let complaint = ahead.get(id) ?? inMemory(state.complaints.get(id));
    if ((complaint?.revision ?? 0) !== revision) {
      throw new Conflict(`complaint ${id} is at revision ${complaint?.revision ?? 0}, not ${revision}`);
    }
    if (events.length === 0) continue;
    const stored = StoredEvents.parse(events);
    if ((identifyingEvents({ events: stored })[0] === 0) !== (identity !== undefined))
      throw new StoreError(
        `who filed complaint ${id} must be stored with the event that says so, and only then`,
      );
    // The fold itself is the check that these events may follow.
    for (const event of stored) complaint = applyEvent(id, complaint, event);
    if (complaint) ahead.set(id, complaint);
    if (stored.some(({ type }) => type === "erased")) {
      // One event alone remains, under a key of its own.
      if (stored.length > 1) throw new StoreError(`complaint ${id} is erased together with other events`);
      facts.push({ kind: "forgotten", complaint: id });
    }
    const { found } = foundBy(sealer, stored);
    if (found && (state.idByCode.get(found.code) ?? id) !== id)
      throw new Conflict("the tracking code is taken; draw another");
    facts.push({
      kind: "events",
      complaint: id,
      revision,
      events: stored,
      ...(complaint && { folded: complaint }),
      ...(found && { found }),
    });
    if (identity)
      facts.push({
        kind: "identity",
        complaint: id,
        event: revision,
        identity: StoredIdentity.parse(identity),
      });
  }
  return facts;
}

/** A promise made again under the same id is the same promise, so a reminder worked out twice is sent once. */
function deliveryFacts(change: Change, state: State, sealer: Sealer, at: string): Decided[] {
  const fresh = new Map<string, Delivery>();
  for (const delivery of change.deliveries ?? []) {
    if (change.cancelled?.includes(delivery.id)) continue;
    const lookup = sealer.lookup("delivery", delivery.id);
    if (state.deliveries.has(lookup) || state.sent.has(lookup) || fresh.has(lookup)) continue;
    fresh.set(lookup, StoredDelivery.parse(delivery));
  }
  return [...fresh].map(([lookup, delivery]) => {
    const { complaint, to } = delivery;
    const own = complaint === undefined && to.kind === "chat";
    const conversation = own && { conversation: sealer.lookup("conversation", to.conversation) };
    return { kind: "delivery", at, lookup, delivery, ...conversation };
  });
}

/** The deliveries that a change cancels: those named, and with a conversation erased what belongs to it alone. */
function unwantedBy({ cancelled = [], erase }: Change, state: State, sealer: Sealer): string[] {
  const owned = erase ? ownedBy(sealer.lookup("conversation", erase.conversation), state) : [];
  if (erase?.ifIdle && owned.length > 0)
    throw new Conflict("something is still to be sent in the conversation that is to be erased");
  const named = cancelled.map((id) => sealer.lookup("delivery", id));
  return [...new Set([...owned, ...named])].filter((lookup) => !state.sent.has(lookup));
}

function ownedBy(conversation: string, { chatOf }: State): string[] {
  return [...chatOf].flatMap(([lookup, owner]) => (owner === conversation ? [lookup] : []));
}

function postFacts(change: Change, state: State, sealer: Sealer, at: string): Decided[] {
  const last = new Map<string, number>();
  return (change.posts ?? []).map(({ conversation, reply }) => {
    const lookup = sealer.lookup("conversation", conversation);
    const number = (last.get(lookup) ?? state.mailboxes.get(lookup)?.last ?? 0) + 1;
    last.set(lookup, number);
    return { kind: "post", conversation: lookup, number, at, reply: StoredReply.parse(reply) };
  });
}

function unbindFacts({ unbind = [] }: Change, state: State, sealer: Sealer): Decided[] {
  const senders = [...new Set(unbind)].map((sender) => sealer.lookup("sender", sender));
  const bound = senders.filter((lookup) => state.officials.has(lookup));
  return bound.length > 0 ? [{ kind: "unbound", senders: bound }] : [];
}

function bindFacts(change: Change, state: State, sealer: Sealer): Decided[] {
  if (!change.bind) return [];
  const { official, codeHash } = change.bind;
  if (!state.linkCodes.has(codeHash)) throw new Conflict("the link code is unknown or was used");
  return [{ kind: "official", lookup: sealer.lookup("sender", official.sender), official, code: codeHash }];
}
