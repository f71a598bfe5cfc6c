import { onTestFinished } from "vitest";
import type { Complaint, ComplaintEvent, Filing, Role } from "../../src/complaints/complaint.ts";
import { createRecentFilings } from "../../src/complaints/recent-filings.ts";
import { createInbox } from "../../src/inbox/receive.ts";
import type { Delivery } from "../../src/messages/delivery.ts";
import type { Inbound, Reply } from "../../src/messages/message.ts";
import { openEvidenceFiles } from "../../src/store/evidence-files.ts";
import { makeTrackingCode } from "../../src/understanding/codes.ts";
import { file, NOW } from "../complaints/case.ts";
import { guide } from "../conversation/talk.ts";
import { dataFolder } from "../store/folder.ts";

/** Tracking codes of the cases. */
export const CODE = makeTrackingCode(Buffer.alloc(11, 1));
export const SECOND_CODE = makeTrackingCode(Buffer.alloc(11, 2));

/** Who files the cases with a name. */
export const PERSON = { name: "Nguyễn Thị Lan", phone: "0901234567" };

/** An official before the bot, in their private chat or in a group. */
export type Clerk = {
  says(text: string, inReplyTo?: string): Promise<Reply>;
  /** Presses a button of the last message, or of an older one. */
  presses(label: string, under?: Reply): Promise<Reply>;
};

/** The bot's office: a store, the inbox before it and a clock that is moved by hand. */
export async function openDesk() {
  const folder = await dataFolder();
  onTestFinished(folder.remove);
  let now = NOW;
  let count = 0;
  const clock = (): Date => now;
  const store = await folder.open({ clock });
  const logged: string[] = [];
  const inbox = createInbox({
    store,
    evidence: openEvidenceFiles(folder.data, clock),
    guide,
    clock,
    recent: createRecentFilings(guide.rules.guards),
    random: (bytes) => Buffer.alloc(bytes, ++count),
    nudge: () => undefined,
    log: (_level, event, facts) => void logged.push(JSON.stringify([event, facts])),
  });
  const bind = async (sender: string, agency: string, role: Role): Promise<void> => {
    const hash = `hash of ${sender}`;
    await store.commit({ linkCode: { hash, agency, role, expiresAt: "2030-01-01T00:00:00.000Z" } });
    const official = { sender, agency, role, boundAt: now.toISOString() };
    await store.commit({ bind: { official, codeHash: hash } });
  };
  return {
    store,
    inbox,
    guide,
    clock,
    logged,
    bind,
    later: (minutes: number): void => {
      now = new Date(now.getTime() + minutes * 60_000);
    },
    file: async (
      told?: Filing,
      { id = "case-1", code = CODE } = {},
    ): Promise<{ code: string; id: string }> => {
      const events = file(told).complaint.events.map(
        (event): ComplaintEvent =>
          event.type === "filed" ? { ...event, trackingCode: code, conversation: `web:${id}` } : event,
      );
      const identity = told?.named && { person: PERSON };
      await store.commit({ complaints: [{ id, revision: 0, events, ...(identity && { identity }) }] });
      return { code, id };
    },
    does: async (id: string, ...events: readonly ComplaintEvent[]): Promise<void> => {
      const complaint = await store.complaint(id);
      await store.commit({ complaints: [{ id, revision: complaint?.revision ?? 0, events }] });
    },
    read: async (id = "case-1"): Promise<Complaint> => {
      const complaint = await store.complaint(id);
      if (!complaint) throw new Error(`no ${id}`);
      return complaint;
    },
    /** What is promised and not sent yet. */
    promised: async (): Promise<readonly Delivery[]> =>
      (await store.claim(new Date("2030-01-01"), 100, 1)).map(({ delivery }) => delivery),
    clerk: async (number: number, agency: string, role: Role = "officer", group?: number): Promise<Clerk> => {
      const sender = `telegram:${number}`;
      if (!(await store.official(sender))) await bind(sender, agency, role);
      let last: Reply = { text: "", choices: [] };
      const send = async (body: Inbound["body"], inReplyTo?: string): Promise<Reply> => {
        const replies = await inbox({
          key: `m${++count}`,
          conversation: `telegram:${group ?? number}`,
          sender,
          privately: group === undefined,
          body,
          ...(inReplyTo !== undefined && { inReplyTo }),
        });
        last = replies[0] ?? { text: "", choices: [] };
        // Two messages never come in the same millisecond.
        now = new Date(now.getTime() + 1);
        return last;
      };
      return {
        says: (text, inReplyTo) => send({ kind: "text", text }, inReplyTo),
        presses: (label, under = last) => {
          const button = under.choices.find((choice) => choice.label === label);
          if (!button) throw new Error(`no button ${label} under: ${under.text}`);
          return send({ kind: "choice", id: button.id });
        },
      };
    },
  };
}
