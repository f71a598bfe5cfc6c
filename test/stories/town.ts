import { randomBytes } from "node:crypto";
import { onTestFinished } from "vitest";
import type { Complaint } from "../../src/complaints/complaint.ts";
import { noteDelivered, noteUndeliverable } from "../../src/complaints/progress.ts";
import { isWithheld } from "../../src/complaints/protect.ts";
import { createRecentFilings } from "../../src/complaints/recent-filings.ts";
import { waysOpen } from "../../src/complaints/tell.ts";
import { buildGuide } from "../../src/conversation/guide.ts";
import { hashLinkCode } from "../../src/inbox/official.ts";
import { createInbox } from "../../src/inbox/receive.ts";
import { createTicker } from "../../src/inbox/tick.ts";
import type { Choice, InboundBody, Reply } from "../../src/messages/message.ts";
import { createOutbox } from "../../src/outbox/deliver.ts";
import { openEvidenceFiles } from "../../src/store/evidence-files.ts";
import type { Role, Store } from "../../src/store/store.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { officialText } from "../../src/wording/official.ts";
import { finder, reader } from "../fixtures/real-guide.ts";
import { knowledge } from "../fixtures/real-knowledge.ts";
import { dataFolder } from "../store/folder.ts";
import { codeIn } from "./visitor.ts";

const { complaint: asks } = vietnamese;
const HOUR_MS = 3_600_000;

/** What a person answers when the bot asks for it; what is left out is skipped. */
export type Answers = Partial<
  Record<"kind" | "place" | "about" | "dossier" | "promised" | "apology" | "name", string>
>;

export type Person = {
  /** Types; resolves with all that is said at once. */
  says(text: string): Promise<string>;
  /** Presses the button with this label under what was said or pushed last. */
  presses(label: string): Promise<string>;
  /** The labels of those buttons. */
  buttons(): readonly string[];
  /** Tells a complaint, answers what is asked, agrees to the preview; resolves with the tracking code. */
  files(story: string, answers: Answers): Promise<string>;
  /** What was pushed since this was last asked, in one text. */
  hears(): string;
};

export type Officer = {
  /** Types in their own chat; resolves with what the bot answers. */
  types(text: string): Promise<string>;
  /** The notices that came to their agency since this was last asked. */
  reads(): readonly string[];
};

/** A whole program but its sockets: inbox, store, clocks, outbox; agencies that read a chat; a clock that jumps. */
export async function openTown() {
  const folder = await dataFolder();
  onTestFinished(folder.remove);
  let now = Date.parse("2026-11-20T09:00:00+07:00");
  const clock = (): Date => new Date(now);
  const store: Store = await folder.open({ clock });
  const agencies = [...knowledge.agencies.keys()];
  const chatOf = (agency: string): string => String(agencies.indexOf(agency) + 1);
  const guide = buildGuide(
    knowledge,
    (agency) => [`telegram:${chatOf(agency)}`],
    { name: "Văn phòng thử", contact: "1022" },
    { reader, finder },
  );
  /** Everything that was sent to a chat, oldest first. */
  const sent = new Map<string, Reply[]>();
  const send = async (conversation: string, reply: Reply): Promise<{ readonly kind: "sent" }> => {
    sent.set(conversation, [...(sent.get(conversation) ?? []), reply]);
    return { kind: "sent" };
  };
  const never = (): never => {
    throw new Error("nothing goes this way here");
  };
  const log = (): void => undefined;
  const outbox = createOutbox({
    store,
    clock,
    random: () => 0.5,
    log,
    channels: new Map([
      ["web", { send }],
      ["telegram", { send }],
    ]),
    webhook: { send: never },
    email: { send: async () => ({ kind: "sent" }) },
    contacts: () => ({ contactsOf: (agency) => [{ channel: "telegram", chat: chatOf(agency) }] }),
    replyLink: never,
    evidenceLinks: ({ evidence: files }) => ({
      urls: files.map(({ id }) => `http://files.test/${id}`),
      until: "2026-12-31",
    }),
    officialText: (notice, _url, files) => officialText(notice, undefined, files),
    withheld: isWithheld,
    waysOpen: (complaint, delivery) => waysOpen(complaint, delivery, guide.rules),
    outcome: ({ delivery: { to } }, result, complaint: Complaint) => {
      if (to.kind !== "agency") return undefined;
      const step =
        result.kind === "sent"
          ? noteDelivered(complaint, to.agency, clock(), guide.rules, vietnamese)
          : noteUndeliverable(complaint, to.agency, result.problem, clock(), vietnamese);
      return (
        step && {
          complaints: [{ id: complaint.id, revision: complaint.revision, events: step.events }],
          deliveries: step.deliveries,
        }
      );
    },
  });
  const nudge = log;
  const evidence = openEvidenceFiles(folder.data, clock);
  const recent = createRecentFilings(guide.rules.guards);
  const receive = createInbox({ store, evidence, guide, clock, recent, random: randomBytes, nudge, log });
  const ticker = createTicker({ store, guide, clock, nudge, log, morning: async () => undefined });

  let messages = 0;
  const hand = async (conversation: string, sender: string, body: InboundBody): Promise<readonly Reply[]> => {
    now += 60_000;
    const key = `message-${++messages}`;
    const replies = await receive({ key, conversation, sender, privately: true, body });
    await deliver();
    return replies;
  };
  const deliver = async (): Promise<void> => {
    while ((await outbox.deliverDue()) > 0);
  };

  const person = (name: string): Person => {
    const conversation = `web:${name}`;
    let choices: readonly Choice[] = [];
    let heard = 0;
    const take = async (body: InboundBody): Promise<string> => {
      const pushedBefore = (sent.get(conversation) ?? []).length;
      const replies = await hand(conversation, conversation, body);
      choices = replies.at(-1)?.choices ?? [];
      if ((sent.get(conversation) ?? []).length === pushedBefore) heard = Math.max(heard, pushedBefore);
      return replies.map(({ text }) => text).join("\n");
    };
    const says = (text: string): Promise<string> => take({ kind: "text", text });
    const presses = (label: string): Promise<string> => {
      const choice = choices.find((shown) => shown.label === label);
      if (!choice)
        throw new Error(`no button “${label}” among ${choices.map((shown) => shown.label).join(", ")}`);
      return take({ kind: "choice", id: choice.id });
    };
    return {
      says,
      presses,
      buttons: () => choices.map(({ label }) => label),
      hears: () => {
        const all = sent.get(conversation) ?? [];
        const fresh = all.slice(heard);
        heard = all.length;
        choices = fresh.at(-1)?.choices ?? choices;
        return fresh.map(({ text }) => text).join("\n");
      },
      files: async (story, answers) => {
        let said = await says(story);
        for (let turn = 0; turn < 12 && !said.includes("XEM TRƯỚC"); turn++)
          said = await says(answerTo(said, answers));
        if (answers.dossier) await says(answers.dossier);
        if (answers.name) {
          await presses(asks.addName);
          await says(answers.name);
        }
        said = await presses(choices[0]?.label ?? "");
        return codeIn(said);
      },
    };
  };

  const official = async (agency: string, role: Role = "officer"): Promise<Officer> => {
    const chat = `telegram:${chatOf(agency)}`;
    const sender = `telegram:${role}-of-${agency}`;
    const code = `LK-${String(messages).padStart(4, "0")}-AAAA-BBBB`;
    const expiresAt = new Date(now + HOUR_MS).toISOString();
    await store.commit({ linkCode: { hash: hashLinkCode(code), agency, role, expiresAt } });
    const own = `telegram:private-${role}-${agency}`;
    const types = async (text: string): Promise<string> => {
      const replies = await hand(own, sender, { kind: "text", text });
      return replies.map((reply) => reply.text).join("\n");
    };
    await types(code);
    let read = (sent.get(chat) ?? []).length;
    return {
      types,
      reads: () => {
        const all = sent.get(chat) ?? [];
        const fresh = all.slice(read);
        read = all.length;
        return fresh.map(({ text }) => text);
      },
    };
  };

  return {
    store,
    person,
    official,
    /** So many days go by, looked at every morning and evening; what falls due happens and is delivered. */
    later: async (days: number): Promise<void> => {
      for (let half = 0; half < 2 * days; half++) {
        now += 12 * HOUR_MS;
        while ((await ticker.tick()) > 0);
        await deliver();
      }
    },
    /** All that ever reached this agency's chat. */
    everythingAt: (agency: string): string =>
      (sent.get(`telegram:${chatOf(agency)}`) ?? []).map(({ text }) => text).join("\n"),
    /** All that ever reached any agency. */
    everything: (): string =>
      [...sent]
        .filter(([chat]) => chat.startsWith("telegram:"))
        .flatMap(([, replies]) => replies.map(({ text }) => text))
        .join("\n"),
    caseOf: async (code: string): Promise<Complaint> => {
      const complaint = await store.complaintByCode(code);
      if (!complaint) throw new Error(`no ${code}`);
      return complaint;
    },
  };
}

function answerTo(said: string, answers: Answers): string {
  const { askApology } = vietnamese.lateness;
  const { place, about, promised } = answers;
  const together = [place, about, promised && `hẹn ngày ${promised}`].filter(Boolean).join("; ") || undefined;
  const questions: readonly (readonly [string, string | undefined])[] = [
    [asks.askKind, answers.kind],
    [asks.askMissing([]), together],
    [asks.askPlace, place],
    [asks.askAbout, about],
    [asks.askPromised, promised],
    [askApology, answers.apology],
  ];
  return questions.find(([question]) => said.includes(question))?.[1] ?? "Bỏ qua";
}
