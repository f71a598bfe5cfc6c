import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { routePath } from "hono/route";
import { secureHeaders } from "hono/secure-headers";
import { z } from "zod";
import type { Web } from "../channels/web.ts";
import type { Log } from "../log.ts";
import type { InboundBody } from "../messages/message.ts";
import { NotSaved, type Store } from "../store/store.ts";
import { web as words } from "../wording/web.ts";
import { bearerOf } from "./bearer.ts";
import { bounded } from "./bounded.ts";
import { createDesk, type DeskParts } from "./desk.ts";
import { type EvidenceParts, giveEvidence } from "./evidence.ts";
import { addFigures, type FiguresParts } from "./figures.ts";
import { jsonOf } from "./json.ts";
import type { Page } from "./page.ts";
import type { PaperLinks } from "./paper-links.ts";
import { tooMany, wrongSecret } from "./refuse.ts";
import { type ReplyParts, searchReplyAgencies, showReply, takeReply } from "./reply.ts";
import type { Sessions } from "./sessions.ts";
import { shared } from "./shared.ts";
import { postNumber, postShown, stream } from "./stream.ts";
import { type TelegramHook, takeUpdate } from "./telegram.ts";
import { inbound, isUpload, messagesOf, takeUpload } from "./upload.ts";

export type HttpParts = FiguresParts &
  ReplyParts & {
    readonly web: Web;
    readonly sessions: Sessions;
    readonly paperLinks: PaperLinks;
    /** Telegram's webhook; absent while Telegram is off or asked by polling. */
    readonly telegram?: TelegramHook | undefined;
    readonly store: Pick<Store, "health" | "complaint" | "session">;
    /** What an operator must see to although the program runs, a sentence each. */
    readonly alarms: () => Promise<readonly string[]>;
    /** Stands for an address, without telling it. */
    readonly originOf: (address: string) => string;
    /** What is counted, in Prometheus' text format. */
    readonly metrics: () => Promise<string>;
    readonly countRequest: (route: string, status: number) => void;
    /** Whether the request comes from the operator. */
    readonly isOperator: (context: Context) => boolean;
    readonly evidence: EvidenceParts;
    /** Bytes. */
    readonly largestFile: number;
    readonly chatPage: Page;
    readonly replyPage: Page;
    readonly desk: DeskParts;
    readonly paperPage: Page;
    readonly clock: () => Date;
    readonly log: Log;
    /** Aborted when the program stops: what would stay open ends. */
    readonly stopping: AbortSignal;
  };

/** Largest body taken, in bytes; a message has at most 4,000 characters, an answer as many. */
const LARGEST = 64 * 1024;
/** Of an update: it holds the message that it answers too, and what marks its words. */
const LARGEST_UPDATE = 1024 * 1024;
const POLICY = "Content-Security-Policy";
/** So old, in milliseconds, may be what `/health` says: anybody may ask for it, and it costs a write. */
const HEALTH_MS = 1000;

const Message = z
  .strictObject({
    session: bounded(128).optional(),
    id: bounded(128, 1),
    text: z.string().optional(),
    choice: bounded(128).optional(),
  })
  .refine((message) => (message.text === undefined) !== (message.choice === undefined));

/** All routes, from Request to Response. */
export function createHandler(parts: HttpParts): Hono {
  const app = new Hono();
  app.use(secureHeaders({ xFrameOptions: "DENY" }));
  // Not by secureHeaders: it would overwrite the policy that a page needs for its own script.
  app.use(async (c, next) => {
    await next();
    if (!c.res.headers.has(POLICY)) c.res.headers.set(POLICY, "default-src 'none'; frame-ancestors 'none'");
  });
  app.use(async (c, next) => {
    await next();
    // The pattern of the route, never the path: that may hold a code or an id.
    parts.countRequest(routePath(c, -1), c.res.status);
  });
  app.post("/telegram", limitBody(LARGEST_UPDATE, words.tooLarge), (c) => takeUpdate(c, parts));
  app.use(limitBodies(parts.largestFile));
  app.get("/", (c) => page(c, parts.chatPage));
  app.get("/reply/:id", (c) => page(c, parts.replyPage));
  const state = shared(HEALTH_MS, async () => {
    const health = await parts.store.health();
    return { health, alarms: await parts.alarms() };
  });
  app.get("/health", async (c) => {
    const { health, alarms } = await state();
    return c.json({ ...health, ...(alarms.length > 0 && { alarms }) }, health.ok ? 200 : 503);
  });
  app.get("/metrics", async (c) => {
    const { limits, addressOf, isOperator } = parts;
    const seconds = await limits.shut(addressOf(c));
    if (seconds > 0) return tooMany(c, seconds);
    if (!isOperator(c)) {
      if (c.req.header("Authorization") !== undefined) await limits.wrongSecret(addressOf(c));
      return c.json({ error: words.notFound }, 404);
    }
    return c.text(await parts.metrics(), 200, { "Content-Type": "text/plain; version=0.0.4; charset=utf-8" });
  });
  app.post("/api/messages", (c) => takeMessage(c, parts));
  app.get("/api/messages", (c) => pushedSince(c, parts));
  addFigures(app, parts);
  app.get("/api/stream", async (c) => {
    const conversation = await conversationOf(c, parts);
    return conversation ? stream(c, conversation, parts) : c.json({ error: words.badSession }, 400);
  });
  app.get("/evidence/:id", (c) => giveEvidence(c, parts.evidence));
  app.get("/api/replies/:id", (c) => showReply(c, parts));
  app.get("/api/replies/:id/agencies", (c) => searchReplyAgencies(c, parts));
  app.post("/api/replies/:id", (c) => takeReply(c, parts));
  app.route("/desk", createDesk(parts.desk));
  app.get("/paper", (c) => page(c, parts.paperPage));
  app.post("/api/paper", (c) => showPaper(c, parts));
  app.notFound((c) => c.json({ error: words.notFound }, 404));
  app.onError((error, c) => {
    if (error instanceof NotSaved) {
      parts.log("error", "not saved", { reason: error.reason });
      return c.json({ error: words.notSaved }, 503, { "Retry-After": "5" });
    }
    parts.log("error", "request failed", { route: c.req.routePath, problem: error.name });
    return c.json({ error: words.failed }, 500);
  });
  return app;
}

/** Refuses too large a body. By its stated length where there is one: to look at the body itself costs a tenth of a request. */
function limitBody(largest: number, error: string): MiddlewareHandler {
  const refuse = (c: Context): Response => c.json({ error }, 413);
  const measured = bodyLimit({ maxSize: largest, onError: refuse });
  return async (c, next) => {
    const length = c.req.header("content-length");
    if (length === undefined || c.req.header("transfer-encoding") !== undefined) {
      try {
        return await measured(c, next);
      } catch {
        // What a handler throws is answered before it comes here: the body itself could not be read.
        return c.json({ error: words.cutOff }, 400);
      }
    }
    return Number(length) > largest ? refuse(c) : next();
  };
}

/** A file may be larger than all else that is sent. */
function limitBodies(largestFile: number): MiddlewareHandler {
  const usual = limitBody(LARGEST, words.tooLarge);
  const withFile = limitBody(largestFile + LARGEST, words.fileTooLarge(Math.floor(largestFile / 1_000_000)));
  return (c, next) => {
    if (!isUpload(c)) return usual(c, next);
    // Without its length a file would lie in memory before it is known whether there is room for it.
    const told =
      c.req.header("content-length") !== undefined && c.req.header("transfer-encoding") === undefined;
    return told ? withFile(c, next) : Promise.resolve(c.json({ error: words.badFile }, 411));
  };
}

function page(c: Context, { html, policy }: Page): Response {
  c.header(POLICY, policy);
  c.header("Cache-Control", "no-cache");
  return c.html(html);
}

async function takeMessage(c: Context, parts: HttpParts): Promise<Response> {
  if (isUpload(c)) return takeUpload(c, parts);
  const parsed = Message.safeParse(await jsonOf(c));
  if (!parsed.success) return c.json({ error: words.badMessage }, 400);
  const { id, text, choice } = parsed.data;
  if (parsed.data.session !== undefined && !(await parts.sessions.isOurs(parsed.data.session)))
    return c.json({ error: words.badSession }, 400);
  const address = parts.addressOf(c);
  const seconds = await parts.limits.message(address, parsed.data.session);
  if (seconds > 0) return tooMany(c, seconds);
  const session = parsed.data.session ?? (await parts.sessions.create(id, text ?? choice ?? ""));
  const conversation = `web:${session}`;
  const body: InboundBody =
    choice === undefined ? { kind: "text", text: text ?? "" } : { kind: "choice", id: choice };
  const replies = await parts.web.receive(inbound(conversation, id, parts.originOf(address), body));
  return c.json({ session, messages: messagesOf(id, replies) });
}

async function pushedSince(c: Context, parts: HttpParts): Promise<Response> {
  const conversation = await conversationOf(c, parts);
  if (!conversation) return c.json({ error: words.badSession }, 400);
  const seconds = await parts.limits.look(conversation);
  if (seconds > 0) return tooMany(c, seconds);
  const posts = await parts.web.posts(conversation, postNumber(c.req.query("after")));
  return c.json({ messages: posts.map(postShown) });
}

/** The paper drafted last in the conversation that a link was given to. */
async function showPaper(c: Context, parts: HttpParts): Promise<Response> {
  c.header("Cache-Control", "no-store");
  const opened = parts.paperLinks.open(bearerOf(c), parts.clock());
  if (!opened) return wrongSecret(c, parts, words.paperClosed);
  const seconds = await parts.limits.look(opened.conversation);
  if (seconds > 0) return tooMany(c, seconds);
  const session = await parts.store.session(opened.conversation);
  const paper = session?.papers?.[opened.way];
  return paper ? c.json(paper) : c.json({ error: words.paperGone }, 404);
}

async function conversationOf(c: Context, { sessions }: HttpParts): Promise<string | undefined> {
  const session = c.req.query("session") ?? "";
  return (await sessions.isOurs(session)) ? `web:${session}` : undefined;
}
