import type { ComplaintEvent } from "../complaints/complaint.ts";
import type { Entry, Opened } from "./entry.ts";
import {
  StoredDelivery,
  StoredEvents,
  StoredQuestion,
  StoredReplies,
  StoredReply,
  StoredSession,
  StoredText,
} from "./private.ts";
import { type OwnerKey, type Sealer, seal, unseal } from "./seal.ts";
import { StoreError } from "./store.ts";

/** Owner of what belongs to no complaint and no conversation. */
export const STORE_OWNER = "store";

export function complaintOwner(id: string): string {
  return `complaint:${id}`;
}

/** @param lookup the conversation's, never its name */
export function conversationOwner(lookup: string): string {
  return `conversation:${lookup}`;
}

/** The data keys that are known, by owner. */
type Keys = { get(owner: string): OwnerKey | undefined };

/**
 * Seals a commit, making a data key for each owner that has none yet.
 * @returns the entries to write, and the same opened, with the keys made, to fold once they are written
 */
export function sealCommit(
  sealer: Sealer,
  known: Keys,
  decided: readonly Opened[],
): { readonly entries: readonly Entry[]; readonly opened: readonly Opened[] } {
  const entries: Entry[] = [];
  const opened: Opened[] = [];
  const changed = new Map<string, OwnerKey | undefined>();
  const keyOf = (owner: string): OwnerKey => {
    const key = changed.has(owner) ? changed.get(owner) : known.get(owner);
    if (key) return key;
    const made = sealer.newKey(owner);
    changed.set(owner, made);
    entries.push({ kind: "key", owner, ...made.wrapped });
    opened.push({ kind: "key", owner, key: made });
    return made;
  };
  for (const fact of decided) {
    if (fact.kind === "erased") changed.set(conversationOwner(fact.conversation), undefined);
    // A key that is made now is recorded before the entry that needs it.
    const entry = sealEntry(fact, keyOf);
    entries.push(entry);
    opened.push(fact);
  }
  return { entries, opened };
}

/** Seals what is in memory under the keys it already has, for a snapshot. */
export function sealKnown(known: Keys, fact: Opened): Entry {
  return sealEntry(fact, (owner) => keyFrom(known, owner));
}

/** @throws StoreError when something was changed, moved, or sealed by another key; ZodError when it is of another shape */
export function openEntry(sealer: Sealer, known: Keys, entry: Entry): Opened {
  const open = (owner: string, field: string, sealed: string): unknown =>
    JSON.parse(unseal(keyFrom(known, owner), owner, field, sealed));
  switch (entry.kind) {
    case "key": {
      const { kind, owner, kek, key } = entry;
      return { kind, owner, key: sealer.unwrap(owner, { kek, key }) };
    }
    case "erased":
    case "sent":
    case "mailbox":
    case "link":
      return entry;
    case "events": {
      const { kind, complaint, revision } = entry;
      const events = StoredEvents.parse(open(complaintOwner(complaint), `events ${revision}`, entry.sealed));
      return { kind, complaint, revision, events, ...foundBy(sealer, events) };
    }
    case "session": {
      const { kind, conversation } = entry;
      const session = StoredSession.parse(open(conversationOwner(conversation), kind, entry.sealed));
      return { kind, conversation, session };
    }
    case "handled": {
      const { sealed, ...rest } = entry;
      if (sealed === undefined) return rest;
      const owner = conversationOwner(entry.conversation);
      return { ...rest, replies: StoredReplies.parse(open(owner, `handled ${entry.message}`, sealed)) };
    }
    case "delivery": {
      const { kind, at, delivery: lookup, complaint } = entry;
      const content = open(complaintOwner(complaint), `delivery ${lookup}`, entry.sealed);
      return { kind, at, lookup, delivery: StoredDelivery.parse(content) };
    }
    case "failed": {
      const { sealed, delivery: lookup, ...rest } = entry;
      const problem = open(complaintOwner(entry.complaint), `failed ${lookup} ${entry.attempts}`, sealed);
      return { ...rest, lookup, problem: StoredText.parse(problem) };
    }
    case "post": {
      const { sealed, ...rest } = entry;
      const reply = open(conversationOwner(entry.conversation), `post ${entry.number}`, sealed);
      return { ...rest, reply: StoredReply.parse(reply) };
    }
    case "unanswered": {
      const asked = StoredQuestion.parse(open(STORE_OWNER, entry.kind, entry.sealed));
      return { kind: entry.kind, unanswered: { at: entry.at, ...asked } };
    }
    case "official": {
      const { kind, agency, role, boundAt, sender: lookup } = entry;
      const sender = StoredText.parse(open(STORE_OWNER, `official ${lookup}`, entry.sealed));
      const official = { sender, agency, role, boundAt };
      return { kind, lookup, official, ...(entry.code !== undefined && { code: entry.code }) };
    }
  }
}

/** What a complaint is found by, when these events file it. */
export function foundBy(
  sealer: Sealer,
  events: readonly ComplaintEvent[],
): { readonly found?: { readonly code: string; readonly conversation: string } } {
  const [first] = events;
  if (first?.type !== "filed") return {};
  const code = sealer.lookup("code", first.trackingCode);
  return { found: { code, conversation: sealer.lookup("conversation", first.conversation) } };
}

function keyFrom(known: Keys, owner: string): OwnerKey {
  const key = known.get(owner);
  if (!key) throw new StoreError(`the data key of ${owner} is missing`);
  return key;
}

function sealEntry(fact: Opened, keyOf: (owner: string) => OwnerKey): Entry {
  const sealFor = (owner: string, field: string, value: unknown): string =>
    seal(keyOf(owner), owner, field, JSON.stringify(value));
  switch (fact.kind) {
    case "key":
      return { kind: fact.kind, owner: fact.owner, ...fact.key.wrapped };
    case "erased":
    case "sent":
    case "mailbox":
    case "link":
      return fact;
    case "events": {
      const { kind, complaint, revision } = fact;
      return {
        kind,
        complaint,
        revision,
        sealed: sealFor(complaintOwner(complaint), `events ${revision}`, fact.events),
      };
    }
    case "session": {
      const { kind, conversation } = fact;
      return { kind, conversation, sealed: sealFor(conversationOwner(conversation), kind, fact.session) };
    }
    case "handled": {
      const { replies, ...rest } = fact;
      if (!replies) return rest;
      return {
        ...rest,
        sealed: sealFor(conversationOwner(fact.conversation), `handled ${fact.message}`, replies),
      };
    }
    case "delivery": {
      const { kind, at, lookup, delivery } = fact;
      const sealed = sealFor(complaintOwner(delivery.complaint), `delivery ${lookup}`, delivery);
      return { kind, delivery: lookup, complaint: delivery.complaint, at, sealed };
    }
    case "failed": {
      const { problem, lookup, ...rest } = fact;
      const sealed = sealFor(complaintOwner(fact.complaint), `failed ${lookup} ${fact.attempts}`, problem);
      return { ...rest, delivery: lookup, sealed };
    }
    case "post": {
      const { reply, ...rest } = fact;
      return { ...rest, sealed: sealFor(conversationOwner(fact.conversation), `post ${fact.number}`, reply) };
    }
    case "unanswered": {
      const { at, question, intent } = fact.unanswered;
      return { kind: fact.kind, at, sealed: sealFor(STORE_OWNER, fact.kind, { question, intent }) };
    }
    case "official": {
      const { sender, ...rest } = fact.official;
      const sealed = sealFor(STORE_OWNER, `official ${fact.lookup}`, sender);
      return {
        kind: fact.kind,
        sender: fact.lookup,
        ...rest,
        ...(fact.code !== undefined && { code: fact.code }),
        sealed,
      };
    }
  }
}
