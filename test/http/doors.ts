import { randomBytes } from "node:crypto";
import type { Hono } from "hono";
import type { Web } from "../../src/channels/web.ts";
import type { Paper } from "../../src/complaints/paper.ts";
import { COORDINATOR } from "../../src/complaints/route.ts";
import { newSession } from "../../src/conversation/session.ts";
import type { DeskParts } from "../../src/http/desk.ts";
import { createEvidenceLinks } from "../../src/http/evidence-links.ts";
import { createHandler, type HttpParts } from "../../src/http/handle.ts";
import { createOperatorDoor } from "../../src/http/operator.ts";
import { createPaperLinks } from "../../src/http/paper-links.ts";
import { noRateLimits } from "../../src/http/rate-limit.ts";
import { createReplyLinks } from "../../src/http/reply-links.ts";
import { createSessions } from "../../src/http/sessions.ts";
import type { Inbound } from "../../src/messages/message.ts";
import type { Official, Role } from "../../src/store/store.ts";
import { makeTrackingCode } from "../../src/understanding/codes.ts";
import { createPublicView } from "../../src/watch/figures.ts";
import { CENTRE, COMMUNE, file, filing, rules } from "../complaints/case.ts";

const KEY = new Uint8Array(32).fill(7);
const NOW = new Date("2026-11-26T03:00:00Z");
export const ADMIN_TOKEN = "fYk3-mQ8wz_T7uVbR2pLxC";
export const HOOK_SECRET = "h4rd_to-guess-9f2c71-Zq";
export const sessions = createSessions(() => Promise.resolve(KEY), randomBytes);
export const links = createReplyLinks(KEY, () => "https://motcua.example.vn");

/** The cases that these handlers know: which agency holds them and whether they are closed. */
export const OPEN = { id: "c0ffee0001", agency: "ubnd-xa-mot" };
export const CLOSED = { id: "c0ffee0002", agency: "ubnd-xa-mot" };

const HELD = { ...file().complaint, id: OPEN.id, holders: [OPEN.agency] };

/** A case at the desk; the commune holds it, its centre is complained about. */
export const CODE = makeTrackingCode(Uint8Array.from({ length: 11 }, (_, at) => at));
const CASE = { ...file().complaint, trackingCode: CODE };

/** A case with a file, that the commune alone may open. */
const FILE = { id: "file-1", key: "", name: "anh-1.jpg", type: "image/jpeg", size: 3 } as const;
const FILED = file(filing({ evidence: [FILE] })).complaint;
const fileLinks = createEvidenceLinks(KEY, () => "");
export const fileAt = (agency: string): string =>
  fileLinks.link({ id: FILE.id, complaint: FILED.id, agency }, "2026-11-26");
export const COMMUNE_FILE = fileAt(COMMUNE);

/** Whoever is signed in at the desk, by what their browser holds. */
const SEATS: ReadonlyMap<string, Official> = new Map([
  seat("holder", COMMUNE, "officer"),
  seat("other", "so-noi-vu-da-nang", "head"),
  seat("accused", CENTRE, "head"),
  seat("supervisor", COMMUNE, "supervisor"),
  seat("coordinator", COORDINATOR, "coordinator"),
]);
export const LINK_CODE = "LK-7K4P-29QX-84MT";
export const cookieOf = (secret: string): Record<string, string> => ({
  Cookie: `__Secure-motcua-desk=${secret}`,
});

function seat(secret: string, agency: string, role: Role): [string, Official] {
  return [secret, { sender: `desk:${secret}`, agency, role, boundAt: NOW.toISOString() }];
}

/** A paper drafted in one conversation, and where the person reads it. */
const WRITER = "web:who-drafted-a-paper";
const PAPER: Paper = {
  way: "complaint",
  to: "Chủ tịch Ủy ban nhân dân xã Núi Thành",
  story: [],
  facts: [],
  requests: [],
  enclosures: [],
  madeAt: NOW.toISOString(),
};
const paperLinks = createPaperLinks(KEY, () => "https://motcua.example.vn");
export const PAPER_TOKEN = paperLinks.page(WRITER, "complaint", NOW).split("#")[1] ?? "";

export type Built = {
  readonly app: Hono;
  /** Messages that reached the inbox, and acts that reached a case. */
  readonly took: Inbound[];
  readonly acted: string[];
  readonly updates: unknown[];
  /** One request as it comes from `peer`. */
  ask(path: string, init?: RequestInit, peer?: string): Promise<Response>;
};

/** All routes over fakes, with a stranger's address unless another is named. */
export function build(given: Partial<HttpParts> = {}, isPublic = true, token?: string): Built {
  const took: Inbound[] = [];
  const acted: string[] = [];
  const updates: unknown[] = [];
  let peer = "203.0.113.7";
  const web: Web = {
    name: "web",
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    send: () => Promise.resolve({ kind: "sent" }),
    receive: (message) => {
      took.push(message);
      return Promise.resolve([{ text: "<b>Chào</b>", choices: [] }]);
    },
    posts: (conversation) =>
      Promise.resolve([{ number: 1, at: "", reply: { text: `của ${conversation}`, choices: [] } }]),
    listen: () => () => undefined,
  };
  const addressOf = (): string => peer;
  const { limits = noRateLimits() } = given;
  const clock = (): Date => NOW;
  const log = (): undefined => undefined;
  const desk: DeskParts = {
    store: {
      complaint: () => Promise.resolve(undefined),
      complaintByCode: (code) => Promise.resolve(code === CODE ? CASE : undefined),
      identity: () => Promise.resolve(undefined),
      complaints: async function* () {
        yield CASE;
      },
      complaintsHeldBy: () => Promise.resolve([]),
      openComplaints: () => Promise.resolve([]),
      stuck: () => Promise.resolve([]),
    },
    sessions: {
      open: (code) => {
        const official = code === LINK_CODE ? SEATS.get("holder") : undefined;
        return Promise.resolve(official && { secret: "holder", official });
      },
      who: (secret = "") => Promise.resolve(SEATS.get(secret)),
      end: () => Promise.resolve(),
    },
    rules,
    filesFor: () => [],
    act: async (find) => {
      const complaint = await find();
      if (!complaint) return { kind: "unknown" };
      acted.push(complaint.trackingCode);
      return { kind: "done", complaint, step: { events: [], deliveries: [] } };
    },
    moderate: () => Promise.resolve({ kind: "unknown" }),
    limits,
    addressOf,
    page: { html: "<p>desk</p>", policy: "default-src 'none'" },
    address: () => "https://motcua.example.vn",
    clock,
    log,
  };
  const app = createHandler({
    web,
    sessions,
    replyLinks: links,
    telegram: {
      secret: HOOK_SECRET,
      posted: (body) => {
        updates.push(body);
        return Promise.resolve(true);
      },
    },
    paperLinks,
    store: {
      health: () => Promise.resolve({ ok: true }),
      complaint: (id) => Promise.resolve(id === OPEN.id ? HELD : undefined),
      identity: () => Promise.resolve(undefined),
      session: (name) =>
        Promise.resolve(name === WRITER ? { ...newSession(), papers: { complaint: PAPER } } : undefined),
    },
    alarms: () => Promise.resolve([]),
    act: (complaint, agency) => {
      if (complaint === CLOSED.id) return Promise.resolve({ kind: "refused", refusal: "closed" });
      if (complaint !== OPEN.id || agency !== OPEN.agency) return Promise.resolve({ kind: "unknown" });
      acted.push(complaint);
      return Promise.resolve({ kind: "done", complaint: CASE, step: { events: [], deliveries: [] } });
    },
    rules,
    limits,
    addressOf,
    originOf: () => "here",
    address: () => "https://motcua.example.vn",
    publicView: createPublicView({
      store: desk.store,
      rules,
      clock,
      publicId: (name) => name,
    }),
    metrics: () => Promise.resolve("motcua_messages_total 1\n"),
    countRequest: () => undefined,
    isOperator: createOperatorDoor(token, isPublic, addressOf),
    evidence: {
      store: { complaint: (id) => Promise.resolve(id === FILED.id ? FILED : undefined) },
      files: { get: () => Promise.resolve(new Uint8Array([1, 2, 3])) },
      links: fileLinks,
      rules,
      clock,
    },
    largestFile: 1_000_000,
    chatPage: { html: "<p>chat</p>", policy: "default-src 'none'" },
    replyPage: { html: "<p>reply</p>", policy: "default-src 'none'" },
    paperPage: { html: "<p>paper</p>", policy: "default-src 'none'" },
    desk,
    clock,
    log,
    stopping: new AbortController().signal,
    ...given,
  });
  return {
    app,
    took,
    acted,
    updates,
    ask: async (path, init = {}, from = "203.0.113.7") => {
      peer = from;
      return app.request(`http://motcua.example.vn${path}`, init);
    },
  };
}
