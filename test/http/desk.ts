import { randomBytes } from "node:crypto";
import type { Hono } from "hono";
import type { Web } from "../../src/channels/web.ts";
import { createHandler, type HttpParts } from "../../src/http/handle.ts";
import { createOperatorDoor } from "../../src/http/operator.ts";
import { noRateLimits } from "../../src/http/rate-limit.ts";
import { createReplyLinks } from "../../src/http/reply-links.ts";
import { createSessions } from "../../src/http/sessions.ts";
import type { Inbound } from "../../src/messages/message.ts";

const KEY = new Uint8Array(32).fill(7);
export const ADMIN_TOKEN = "fYk3-mQ8wz_T7uVbR2pLxC";
export const HOOK_SECRET = "h4rd_to-guess-9f2c71-Zq";
export const sessions = createSessions(KEY, randomBytes);
export const links = createReplyLinks(KEY, () => "https://motcua.example.vn");

/** The cases that these handlers know: which agency holds them and whether they are closed. */
export const OPEN = { id: "c0ffee0001", agency: "ubnd-xa-mot" };
export const CLOSED = { id: "c0ffee0002", agency: "ubnd-xa-mot" };

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
    store: { health: () => Promise.resolve({ ok: true }), complaint: () => Promise.resolve(undefined) },
    alarms: () => Promise.resolve([]),
    act: (complaint, agency) => {
      if (complaint === CLOSED.id) return Promise.resolve({ kind: "refused", refusal: "closed" });
      if (complaint !== OPEN.id || agency !== OPEN.agency) return Promise.resolve({ kind: "unknown" });
      acted.push(complaint);
      return Promise.resolve({ kind: "done", complaint: { trackingCode: "MC-1" } } as never);
    },
    limits: noRateLimits(),
    addressOf,
    metrics: () => Promise.resolve("motcua_messages_total 1\n"),
    countRequest: () => undefined,
    isOperator: createOperatorDoor(token, isPublic, addressOf),
    chatPage: { html: "<p>chat</p>", policy: "default-src 'none'" },
    replyPage: { html: "<p>reply</p>", policy: "default-src 'none'" },
    clock: () => new Date("2026-11-26T03:00:00Z"),
    log: () => undefined,
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
