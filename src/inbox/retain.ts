import { createHash } from "node:crypto";
import type { Complaint } from "../complaints/complaint.ts";
import { expire, isHeld, keptUntil } from "../complaints/erase.ts";
import { COORDINATOR } from "../complaints/route.ts";
import type { EvidenceStore } from "../evidence/evidence.ts";
import { dayInVietnam } from "../knowledge/calendar.ts";
import type { Log } from "../log.ts";
import type { Delivery } from "../messages/delivery.ts";
import { Conflict, type Store } from "../store/store.ts";
import { soonErased } from "../wording/official-retention.ts";
import type { CaseParts } from "./act.ts";

export type RetentionParts = Omit<CaseParts, "store"> & {
  readonly store: Pick<
    Store,
    "commit" | "inTurn" | "complaint" | "complaints" | "complaintsOf" | "session" | "officials"
  >;
  readonly evidence: Pick<EvidenceStore, "owners" | "keep" | "discard" | "remove">;
  readonly log: Log;
};

const DAY_MS = 86_400_000;
/** A message that came just in time may still be in hand. */
const IN_HAND_MS = 3_600_000;
/** Contacts that are no chats. */
const NO_CHAT = /^(?:email|webhook):/;

/**
 * Gives what keeps nothing longer than it may be: once a day, closed cases past their time are erased, the coordinator is
 * told which are next, and files that no complaint holds are destroyed. Resolves with the number of cases erased.
 */
export function createRetention(parts: RetentionParts): () => Promise<number> {
  const { store, guide, clock, nudge, log } = parts;
  let last: string | undefined;
  return async () => {
    const now = clock();
    const today = dayInVietnam(now);
    if (today === last) return 0;
    const soon = dayInVietnam(now.getTime() + guide.rules.retention.warnDays * DAY_MS);
    const next: Complaint[] = [];
    let erased = 0;
    for await (const complaint of store.complaints()) {
      const until = keptUntil(complaint, guide.rules);
      if (until === undefined || isHeld(complaint) || until > soon) continue;
      if (until >= today) next.push(complaint);
      else if (await expireOne(complaint, parts)) erased += 1;
    }
    await warn(next, today, parts);
    const files = await sweep(parts);
    if (erased + files > 0) log("info", "retention", { count: erased, files });
    if (next.length > 0) nudge();
    last = today;
    return erased;
  };
}

/** Erases one case, and its conversation too when nothing else of it is left. False when it moved on meanwhile. */
function expireOne({ id, conversation }: Complaint, parts: RetentionParts): Promise<boolean> {
  const { store, guide, clock, evidence } = parts;
  return store.inTurn(conversation, async () => {
    const complaint = await store.complaint(id);
    const step = complaint && expire(complaint, clock(), guide.rules);
    if (!complaint || !step) return false;
    const others = (await store.complaintsOf(conversation)).filter((other) => other.id !== id);
    const session = await store.session(conversation);
    const alone = others.length === 0 && !session?.draft;
    try {
      await store.commit({
        complaints: [{ id, revision: complaint.revision, events: step.events }],
        ...(alone && { erase: { conversation } }),
      });
    } catch (error) {
      if (error instanceof Conflict) return false;
      throw error;
    }
    await evidence.remove(id);
    return true;
  });
}

/** Tells the coordinator's chats, once a month, which cases are the next; who needs one longer has it held. */
async function warn(next: readonly Complaint[], today: string, parts: RetentionParts): Promise<void> {
  const { store, guide } = parts;
  const [first] = next;
  if (!first) return;
  const days = next.flatMap((complaint) => keptUntil(complaint, guide.rules) ?? []).toSorted();
  const text = soonErased(
    next.map(({ trackingCode }) => trackingCode),
    days[0] ?? today,
  );
  const bound = (await store.officials()).filter(
    ({ agency, role }) => agency === COORDINATOR && role !== "supervisor",
  );
  const chats = [
    ...guide.rules.contactsOf(COORDINATOR).filter((key) => !NO_CHAT.test(key)),
    ...bound.map(({ sender }) => sender),
  ];
  const deliveries = [...new Set(chats)].map(
    (conversation): Delivery => ({
      id: `retention.${today.slice(0, 7)}.${nameless(conversation)}`,
      complaint: first.id,
      to: { kind: "chat", conversation },
      content: { kind: "official", text, choices: [] },
    }),
  );
  if (deliveries.length > 0) await store.commit({ deliveries });
}

/**
 * Destroys files whose complaint was never sent, or is erased. What was filed and is unknown here belongs to another
 * store, or to a later state of this one: it stays.
 */
async function sweep({ store, evidence, guide, clock, log }: RetentionParts): Promise<number> {
  const oldest = clock().getTime() - guide.rules.retention.draftDays * DAY_MS - IN_HAND_MS;
  let count = 0;
  let unknown = 0;
  for await (const { owner, at, filed } of evidence.owners()) {
    if (at.getTime() > oldest) continue;
    const complaint = await store.complaint(owner);
    if (complaint && complaint.status !== "erased") {
      if (!filed) await evidence.keep(owner);
    } else if (!complaint && filed) unknown += 1;
    else {
      await (complaint ? evidence.remove(owner) : evidence.discard(owner));
      count += 1;
    }
  }
  if (unknown > 0) log("warn", "files of filed cases that this store does not know", { count: unknown });
  return count;
}

/** A chat in an id that stands in the log. */
function nameless(conversation: string): string {
  return createHash("sha256").update(conversation).digest("hex").slice(0, 24);
}
