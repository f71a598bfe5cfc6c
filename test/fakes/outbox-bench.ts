import type { Sent } from "../../src/channels/channel.ts";
import { createLog } from "../../src/log.ts";
import type { AgencyNotice, Delivery, Recipient } from "../../src/messages/delivery.ts";
import type { Contact } from "../../src/outbox/contacts.ts";
import { createOutbox, type Outbox, type OutboxParts } from "../../src/outbox/deliver.ts";
import { createOutboxStore, type OutboxStore } from "./outbox-store.ts";

/** What went out by one of the ways that are not real in a test. */
export type Out = { readonly way: string; readonly to: string; readonly id?: string; readonly body: unknown };

/** An outbox over fakes, with a clock that a test moves. */
export type Bench = {
  readonly outbox: Outbox;
  readonly store: OutboxStore;
  readonly out: readonly Out[];
  /** Log lines as they would be printed. */
  readonly lines: readonly string[];
  readonly now: () => Date;
  pass(milliseconds: number): void;
  /** Sets the clock to each next attempt in turn, for so many hours. */
  run(hours: number): Promise<void>;
  contacts: Readonly<Record<string, readonly Contact[]>>;
  /** What becomes of a sending; by default it arrives. */
  fate: (out: Out) => Sent | Promise<Sent>;
  /** A second process on the same store. */
  another(): Outbox;
};

export function createBench(given: Partial<OutboxParts> = {}): Bench {
  let now = Date.parse("2026-11-21T02:00:00Z");
  const clock = (): Date => new Date(now);
  const store = createOutboxStore(clock);
  const out: Out[] = [];
  const lines: string[] = [];

  const send = async (sent: Out): Promise<Sent> => {
    out.push(sent);
    return bench.fate(sent);
  };
  const channel = (name: string): [string, { send: (to: string, body: unknown) => Promise<Sent> }] => [
    name,
    { send: (to, body) => send({ way: name, to, body }) },
  ];
  const parts: OutboxParts = {
    store,
    clock,
    random: () => 0.5,
    log: createLog("debug", clock, (line) => void lines.push(line)),
    channels: new Map([channel("telegram"), channel("web")]),
    webhook: { send: (target, body, id) => send({ way: "webhook", to: target.url, id, body }) },
    email: { send: (to, subject, text, id) => send({ way: "email", to, id, body: { subject, text } }) },
    contacts: () => ({ contactsOf: (agency) => bench.contacts[agency] ?? [] }),
    replyLink: (notice, agency, way) => ({
      url: `https://bot.example/${way}/${notice.id}`,
      token: `t-${agency}`,
    }),
    evidenceLinks: ({ evidence }) => ({
      urls: evidence.map(({ id }) => `https://bot.example/evidence/${id}`),
      until: "2026-11-28",
    }),
    officialText: (notice, replyUrl) => ({
      subject: `Về ${notice.case}`,
      text: `${notice.summary} ${replyUrl ?? ""}`.trim(),
    }),
    outcome: () => undefined,
    ...given,
  };

  const bench: Bench = {
    outbox: createOutbox(parts),
    store,
    out,
    lines,
    now: clock,
    pass: (milliseconds) => {
      now += milliseconds;
    },
    run: async (hours) => {
      const end = now + hours * 3_600_000;
      for (;;) {
        while ((await bench.outbox.deliverDue()) > 0);
        const nextTimes = store.states().map(({ nextAt }) => (nextAt ? Date.parse(nextAt) : Infinity));
        const next = Math.min(...nextTimes.filter((at) => at > now));
        if (next > end) break;
        now = next;
      }
      now = end;
    },
    contacts: {},
    fate: () => ({ kind: "sent" }),
    another: () => createOutbox(parts),
  };
  return bench;
}

const NOTICE: Omit<AgencyNotice, "id"> = {
  case: "MC-7K4P-29QX-84MT",
  event: "filed",
  kind: "late",
  summary: "Hồ sơ trễ hẹn",
  text: "Tôi nộp hồ sơ ngày 2/11, hẹn ngày 9/11, đến nay chưa có.",
  procedure: { code: "1.001193", name: "Đăng ký khai sinh" },
  dossier: null,
  place: "xã Núi Thành, Đà Nẵng",
  agency: { id: "so-noi-vu", name: "Sở Nội vụ" },
  due: "2026-12-01",
  person: null,
  evidence: [],
};

export function toAgency(
  id: string,
  agency: string,
  contact: string,
  notice: Partial<AgencyNotice> = {},
): Delivery {
  const to = { kind: "agency", agency, contact } as const;
  return {
    id,
    complaint: `c-${agency}`,
    to,
    content: { kind: "agency", notice: { ...NOTICE, id, ...notice } },
  };
}

export function toPerson(id: string, to: Recipient, complaint = "c1"): Delivery {
  const choices = [{ id: "confirm", label: "Đã giải quyết" }];
  return { id, complaint, to, content: { kind: "person", text: "Cơ quan đã nhận phản ánh.", choices } };
}
