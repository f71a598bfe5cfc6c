import { createHash } from "node:crypto";
import type { Complaint } from "../complaints/complaint.ts";
import { announce } from "../complaints/erase.ts";
import { NO_CONTACT } from "../complaints/file.ts";
import { COORDINATOR } from "../complaints/route.ts";
import { dayInVietnam } from "../knowledge/calendar.ts";
import type { AlarmNotice } from "../messages/delivery.ts";
import { hasChat } from "../officials/bound-official.ts";
import { Conflict, type Store } from "../store/store.ts";
import { expirySubject, soonErased } from "../wording/official-retention.ts";
import type { CaseParts } from "./act.ts";

type AnnounceParts = Pick<CaseParts, "guide"> & {
  readonly store: Pick<Store, "commit" | "officials">;
};

/** Contacts that are no chats. */
const NO_CHAT = /^(?:email|webhook):/;

/**
 * Tells the coordinator which cases are the next, each once: in their chats, or where they have none by mail or through
 * their system, and without any of these it waits for a human. Who needs a case longer has it held. That they were told is
 * recorded with the promise: without it no case is erased. Resolves with the number of cases told.
 */
export async function announceExpiry(
  next: readonly Complaint[],
  now: Date,
  parts: AnnounceParts,
): Promise<number> {
  const { store, guide } = parts;
  const told = next.flatMap((complaint) => {
    const step = announce(complaint, now, guide.rules);
    return step ? [{ ...step, id: complaint.id, revision: complaint.revision }] : [];
  });
  const [first] = told;
  if (!first) return 0;
  const codes = next.map(({ trackingCode }) => trackingCode);
  const text = soonErased(codes, first.until);
  const name = `retention.${dayInVietnam(now)}`;
  const idTo = (way: string): string => `${name}.${nameless([way, ...codes].join(" "))}`;
  const chats = await chatsOf(parts);
  try {
    await store.commit({
      complaints: told.map(({ id, revision, events }) => ({ id, revision, events })),
      // Of no case: the erasing of one must not take the news of the others with it.
      deliveries:
        chats.length > 0
          ? chats.map((conversation) => ({
              id: idTo(conversation),
              to: { kind: "chat", conversation },
              content: { kind: "official", text, choices: [] },
            }))
          : otherWays(guide).map((contact) => ({
              id: idTo(contact),
              to: { kind: "agency", agency: COORDINATOR, contact },
              content: { kind: "alarm", alarm: alarmOf(idTo(contact), text, now) },
            })),
    });
  } catch (error) {
    // One of them moved on: tomorrow is early enough, as the month counts from then.
    if (error instanceof Conflict) return 0;
    throw error;
  }
  return told.length;
}

/** Of the coordinator, and of the coordinator's people who have one. */
async function chatsOf({ store, guide }: AnnounceParts): Promise<string[]> {
  const bound = (await store.officials()).filter(
    (one) => one.agency === COORDINATOR && one.role !== "supervisor" && hasChat(one),
  );
  const contacts = guide.rules.contactsOf(COORDINATOR).filter((key) => !NO_CHAT.test(key));
  return [...new Set([...contacts, ...bound.map(({ sender }) => sender)])];
}

function otherWays({ rules }: AnnounceParts["guide"]): readonly string[] {
  const contacts = rules.contactsOf(COORDINATOR);
  return contacts.length > 0 ? contacts : [NO_CONTACT];
}

function alarmOf(id: string, text: string, now: Date): AlarmNotice {
  return { id, kind: "retention", subject: expirySubject, text, at: now.toISOString() };
}

/** A chat and codes in an id that stands in the log. */
function nameless(what: string): string {
  return createHash("sha256").update(what).digest("hex").slice(0, 24);
}
