import type { z } from "zod";
import { applyEvent, type Complaint, type ComplaintEvent } from "../complaints/complaint.ts";
import type { Identity } from "../complaints/person.ts";
import type { Session } from "../conversation/session.ts";
import type { Reply } from "../messages/message.ts";
import { takenApart, unnamed } from "./before-identity.ts";
import type {
  Decided,
  Entry,
  FoundBy,
  Opened,
  Said,
  SealedIdentity,
  SnapshotEntry,
  Talk,
  Told,
  WholeTalk,
} from "./entry.ts";
import {
  NamedSession,
  StoredDelivery,
  StoredEvents,
  StoredIdentity,
  StoredQuestion,
  StoredReplies,
  StoredReply,
  StoredSession,
  StoredText,
} from "./private.ts";
import { type OwnerKey, ROOTS, type Root, type Sealer, seal, unseal } from "./seal.ts";
import { type Quiet, StoreError } from "./store.ts";

/** Owner of what belongs to no complaint and no conversation. */
export const STORE_OWNER = "store";

export function complaintOwner(id: string): string {
  return `complaint:${id}`;
}

/** Owner of who filed a complaint: what opens the complaint does not open that. */
export function identityOwner(id: string): string {
  return `identity:${id}`;
}

/** Owner of a secret that outlives the identity key. */
export function rootOwner(name: Root): string {
  return `root:${name}`;
}

/** @param lookup the conversation's, never its name */
export function conversationOwner(lookup: string): string {
  return `conversation:${lookup}`;
}

/** Whose key seals a delivery and what became of it. */
function deliveryOwner(of: { readonly complaint?: string; readonly conversation?: string }): string {
  if (of.complaint !== undefined) return complaintOwner(of.complaint);
  return of.conversation === undefined ? STORE_OWNER : conversationOwner(of.conversation);
}

const SESSION = "session";
const eventsField = (before: number): string => `events ${before}`;
const handledField = (message: string): string => `handled ${message}`;
const postField = (number: number): string => `post ${number}`;
const identityField = (event: number): string => `identity ${event}`;

/** The data keys that are known, by owner. */
export type Keys = { get(owner: string): OwnerKey | undefined };

/**
 * Seals a commit, making a data key for each owner that has none yet.
 * @returns the entries to write, and the same as memory takes them once they are written
 */
export function sealCommit(
  sealer: Sealer,
  known: Keys,
  decided: readonly Decided[],
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
    if (fact.kind === "forgotten") {
      for (const owner of ownersOf(fact.complaint)) changed.set(owner, undefined);
    }
    // A key that is made now is recorded before the entry that needs it.
    if (isTalk(fact) || fact.kind === "identity") {
      const entry = fact.kind === "identity" ? sealIdentity(fact, keyOf) : sealTalk(fact, keyOf);
      entries.push(entry);
      opened.push(entry);
    } else {
      entries.push(sealEntry(fact, keyOf));
      opened.push(fact);
    }
  }
  return { entries, opened };
}

/** What is in memory as entries again, under the keys it already has, for a snapshot. */
export function sealKnown(known: Keys, fact: Opened): Entry | Talk {
  if (isTalk(fact) || fact.kind === "identity") return fact;
  return sealEntry(fact, (owner) => keyFrom(known, owner));
}

/** Whether this may lie in a file of its own. */
export function isSaid(entry: SnapshotEntry): entry is Said {
  return isTalk(entry) || entry.kind === "events";
}

/** Whether this is said in a conversation; all else of a conversation is its key. */
export function isTalk<T extends { readonly kind: string }>(
  fact: T,
): fact is Extract<T, { kind: Talk["kind"] }> {
  return fact.kind === "session" || fact.kind === "handled" || fact.kind === "post";
}

/** @throws StoreError when something was changed, moved, or sealed by another key; ZodError when it is of another shape */
export function openEntry(sealer: Sealer, known: Keys, entry: Entry | Talk): Opened {
  const open = (owner: string, field: string, sealed: string): unknown =>
    JSON.parse(unseal(keyFrom(known, owner), owner, field, sealed));
  switch (entry.kind) {
    case "key": {
      const { kind, owner, kek, key: wrapped } = entry;
      const key = sealer.ownerKey(owner, { kek, key: wrapped });
      const root = ROOTS.find((name) => rootOwner(name) === owner);
      if (root) sealer.adopt(root, key);
      return { kind, owner, key };
    }
    case "erased":
    case "sent":
    case "mailbox":
    case "unbound":
    case "forgotten":
    case "link":
    case "session":
    case "handled":
    case "post":
    case "identity":
      return entry;
    case "events": {
      const { kind, complaint, revision } = entry;
      const content = open(complaintOwner(complaint), eventsField(revision), entry.sealed);
      const { told, ...apart } = takenApart(content, revision, (phone) => phoneLookup(sealer, phone));
      const events = StoredEvents.parse(apart.events);
      const found = foundBy(sealer, events);
      return { kind, complaint, revision, events, ...found, ...(told.length > 0 && { told }) };
    }
    case "delivery": {
      const { kind, at, delivery: lookup, conversation } = entry;
      const content = open(deliveryOwner(entry), `delivery ${lookup}`, entry.sealed);
      const delivery = StoredDelivery.parse(unnamed(content));
      return { kind, at, lookup, delivery, ...(conversation !== undefined && { conversation }) };
    }
    case "failed": {
      const { sealed, delivery: lookup, ...rest } = entry;
      const problem = open(deliveryOwner(entry), `failed ${lookup} ${entry.attempts}`, sealed);
      return { ...rest, lookup, problem: StoredText.parse(problem) };
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

/** Whose data key opens an entry; undefined when nothing in it is sealed. */
export function ownerOf(entry: Entry): string | undefined {
  switch (entry.kind) {
    case "events":
      return complaintOwner(entry.complaint);
    case "identity":
      return identityOwner(entry.complaint);
    case "delivery":
    case "failed":
      return deliveryOwner(entry);
    case "session":
    case "handled":
    case "post":
      return conversationOwner(entry.conversation);
    case "unanswered":
    case "official":
      return STORE_OWNER;
    case "key":
    case "erased":
    case "sent":
    case "mailbox":
    case "link":
    case "unbound":
    case "forgotten":
      return undefined;
  }
}

/** What a complaint is found by, when these events file it, or are all that remains of it. */
export function foundBy(sealer: Sealer, events: readonly ComplaintEvent[]): { readonly found?: FoundBy } {
  const [first] = events;
  if (first?.type === "erased") return { found: { code: sealer.lookup("code", first.trackingCode) } };
  if (first?.type !== "filed") return {};
  const { dossierCode } = first.filing;
  return {
    found: {
      code: sealer.lookup("code", first.trackingCode),
      conversation: sealer.lookup("conversation", first.conversation),
      ...(dossierCode && { dossier: dossierLookup(sealer, dossierCode) }),
    },
  };
}

export function dossierLookup(sealer: Sealer, dossierCode: string): string {
  return sealer.lookup("dossier", dossierCode.trim().toUpperCase());
}

export function phoneLookup(sealer: Sealer, phone: string): string {
  return sealer.lookup("phone", phone.replaceAll(/\D/g, ""));
}

/** Owners of all that is sealed of a complaint: with their keys it is gone. */
export function ownersOf(complaint: string): string[] {
  return [complaintOwner(complaint), identityOwner(complaint)];
}

/** @param sealed of this complaint and event: that of another does not open */
export function openIdentity(known: Keys, complaint: string, event: number, sealed: string): Told {
  const owner = identityOwner(complaint);
  const content = unseal(keyFrom(known, owner), owner, identityField(event), sealed);
  return { event, identity: StoredIdentity.parse(JSON.parse(content)) };
}

/** What was told of a person piece by piece, as one, the later before the earlier; undefined where nothing was. */
export function togetherOf(told: readonly Told[]): Identity | undefined {
  const inOrder = told.toSorted((one, other) => one.event - other.event);
  return told.length === 0 ? undefined : Object.assign({}, ...inOrder.map(({ identity }) => identity));
}

/** A case whose events, those after the first `before`, were all sealed as one. */
export function openCase(known: Keys, id: string, before: number, sealed: string): Complaint | undefined {
  const owner = complaintOwner(id);
  const events = JSON.parse(unseal(keyFrom(known, owner), owner, eventsField(before), sealed));
  let complaint: Complaint | undefined;
  for (const event of StoredEvents.parse(events)) complaint = applyEvent(id, complaint, event);
  return complaint;
}

/** What a conversation's session says, of which only the sealed text is in memory. */
export function openSession(known: Keys, conversation: string, sealed: string): Session {
  return StoredSession.parse(openTalk(known, conversation, SESSION, sealed));
}

/** The same with the conversation's name; undefined where it was sealed without, or is damaged. */
export function openNamedSession(known: Keys, conversation: string, sealed: string): Quiet | undefined {
  try {
    const { conversation: name, ...session } = NamedSession.parse(
      openTalk(known, conversation, SESSION, sealed),
    );
    return name === undefined ? undefined : { conversation: name, session };
  } catch (error) {
    if (error instanceof StoreError) return undefined;
    throw error;
  }
}

export function openReplies(known: Keys, conversation: string, message: string, sealed: string): Reply[] {
  return StoredReplies.parse(openTalk(known, conversation, handledField(message), sealed));
}

export function openPost(known: Keys, conversation: string, number: number, sealed: string): Reply {
  return StoredReply.parse(openTalk(known, conversation, postField(number), sealed));
}

function openTalk(known: Keys, conversation: string, field: string, sealed: string): unknown {
  const owner = conversationOwner(conversation);
  return JSON.parse(unseal(keyFrom(known, owner), owner, field, sealed));
}

function keyFrom(known: Keys, owner: string): OwnerKey {
  const key = known.get(owner);
  if (!key) throw new StoreError(`the data key of ${owner} is missing`);
  return key;
}

function sealIdentity(
  { kind, complaint, event, identity }: Extract<Decided, { kind: "identity" }>,
  keyOf: (owner: string) => OwnerKey,
): SealedIdentity {
  const owner = identityOwner(complaint);
  const sealed = seal(keyOf(owner), owner, identityField(event), JSON.stringify(identity));
  return { kind, complaint, event, sealed };
}

function sealEntry(fact: Exclude<Opened, Talk | SealedIdentity>, keyOf: (owner: string) => OwnerKey): Entry {
  const sealFor = (owner: string, field: string, value: unknown): string =>
    seal(keyOf(owner), owner, field, JSON.stringify(value));
  switch (fact.kind) {
    case "key":
      return { kind: fact.kind, owner: fact.owner, ...fact.key.wrapped };
    case "erased":
    case "sent":
    case "mailbox":
    case "unbound":
    case "forgotten":
    case "link":
      return fact;
    case "events": {
      const { kind, complaint, revision } = fact;
      return {
        kind,
        complaint,
        revision,
        sealed: sealFor(complaintOwner(complaint), eventsField(revision), fact.events),
      };
    }
    case "delivery": {
      const { kind, at, lookup, delivery, conversation } = fact;
      const owner = {
        ...(delivery.complaint !== undefined && { complaint: delivery.complaint }),
        ...(conversation !== undefined && { conversation }),
      };
      const sealed = sealFor(deliveryOwner(owner), `delivery ${lookup}`, delivery);
      return { kind, delivery: lookup, ...owner, at, sealed };
    }
    case "failed": {
      const { problem, lookup, ...rest } = fact;
      const sealed = sealFor(deliveryOwner(fact), `failed ${lookup} ${fact.attempts}`, problem);
      return { ...rest, delivery: lookup, sealed };
    }
    case "unanswered": {
      const { at, ...asked } = fact.unanswered;
      return { kind: fact.kind, at, sealed: sealFor(STORE_OWNER, fact.kind, asked) };
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

function sealTalk(
  fact: Extract<Decided, { kind: Talk["kind"] }>,
  keyOf: (owner: string) => OwnerKey,
): WholeTalk {
  const owner = conversationOwner(fact.conversation);
  const sealFor = (field: string, value: unknown): string =>
    seal(keyOf(owner), owner, field, JSON.stringify(value));
  switch (fact.kind) {
    case "session": {
      const { session, name, ...rest } = fact;
      const named: z.input<typeof NamedSession> = { ...session, conversation: name };
      return { ...rest, sealed: sealFor(SESSION, named) };
    }
    case "handled": {
      const { replies, ...rest } = fact;
      return { ...rest, sealed: sealFor(handledField(fact.message), replies) };
    }
    case "post": {
      const { reply, ...rest } = fact;
      return { ...rest, sealed: sealFor(postField(fact.number), reply) };
    }
  }
}
