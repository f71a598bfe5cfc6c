import { createHash } from "node:crypto";
import type { Complaint } from "../complaints/complaint.ts";
import { announce } from "../complaints/erase.ts";
import { COORDINATOR } from "../complaints/route.ts";
import { dayInVietnam } from "../knowledge/calendar.ts";
import type { Log } from "../log.ts";
import { Conflict, type Store } from "../store/store.ts";
import { soonErased } from "../wording/official-retention.ts";
import type { CaseParts } from "./act.ts";

type AnnounceParts = Pick<CaseParts, "guide"> & {
  readonly store: Pick<Store, "commit" | "officials">;
  readonly log: Log;
};

/** Contacts that are no chats. */
const NO_CHAT = /^(?:email|webhook):/;

/**
 * Tells the coordinator's chats which cases are the next, each once; who needs one longer has it held. That they were
 * told is recorded with the promise: without it no case is erased. Resolves with the number of cases told.
 */
export async function announceExpiry(
  next: readonly Complaint[],
  now: Date,
  parts: AnnounceParts,
): Promise<number> {
  const { store, guide, log } = parts;
  const told = next.flatMap((complaint) => {
    const step = announce(complaint, now, guide.rules);
    return step ? [{ ...step, id: complaint.id, revision: complaint.revision }] : [];
  });
  const [first] = told;
  if (!first) return 0;
  const codes = next.map(({ trackingCode }) => trackingCode);
  const text = soonErased(codes, first.until);
  const chats = await coordinators(parts);
  if (chats.length === 0) log("warn", "retention", { problem: "no chat of the coordinator" });
  try {
    await store.commit({
      complaints: told.map(({ id, revision, events }) => ({ id, revision, events })),
      // Of no case: the erasing of one must not take the news of the others with it.
      deliveries: chats.map((conversation) => ({
        id: `retention.${dayInVietnam(now)}.${nameless([conversation, ...codes].join(" "))}`,
        to: { kind: "chat", conversation },
        content: { kind: "official", text, choices: [] },
      })),
    });
  } catch (error) {
    // One of them moved on: tomorrow is early enough, as the month counts from then.
    if (error instanceof Conflict) return 0;
    throw error;
  }
  return told.length;
}

async function coordinators({ store, guide }: AnnounceParts): Promise<string[]> {
  const bound = (await store.officials()).filter(
    ({ agency, role }) => agency === COORDINATOR && role !== "supervisor",
  );
  const contacts = guide.rules.contactsOf(COORDINATOR).filter((key) => !NO_CHAT.test(key));
  return [...new Set([...contacts, ...bound.map(({ sender }) => sender)])];
}

/** A chat and codes in an id that stands in the log. */
function nameless(what: string): string {
  return createHash("sha256").update(what).digest("hex").slice(0, 24);
}
