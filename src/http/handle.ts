import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { routePath } from "hono/route";
import { secureHeaders } from "hono/secure-headers";
import { streamSSE } from "hono/streaming";
import { z } from "zod";
import type { Web } from "../channels/web.ts";
import type { Act } from "../complaints/progress.ts";
import type { Acted } from "../inbox/act.ts";
import type { Log } from "../log.ts";
import type { InboundBody, Reply } from "../messages/message.ts";
import { refusalText } from "../officials/refusals.ts";
import { NotSaved, type Post, type Store } from "../store/store.ts";
import { web as words } from "../wording/web.ts";
import { createDesk, type DeskParts } from "./desk.ts";
import { type EvidenceParts, giveEvidence } from "./evidence.ts";
import { jsonOf } from "./json-body.ts";
import { actOf, OfficialReply } from "./official-reply.ts";
import type { Page } from "./page.ts";
import type { ReplyLinks } from "./reply-links.ts";
import type { Sessions } from "./sessions.ts";
import { inbound, isUpload, messagesOf, shown, takeUpload } from "./upload.ts";

export type HttpParts = {
  readonly web: Web;
  readonly sessions: Sessions;
  readonly replyLinks: ReplyLinks;
  readonly store: Pick<Store, "health" | "complaint">;
  /** What an operator must see to although the program runs, a sentence each. */
  readonly alarms: () => readonly string[];
  /** Does an agency's act on a case. */
  readonly act: (
    complaint: string,
    agency: string,
    via: "webhook" | "email-link",
    act: Act,
  ) => Promise<Acted>;
  /** Seconds to wait when this address or session asks too often; 0 when it may go on. */
  readonly wait: (address: string, session: string | undefined) => Promise<number>;
  readonly addressOf: (context: Context) => string;
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
  readonly clock: () => Date;
  readonly log: Log;
};

/** Largest body taken, in bytes; a message has at most 4,000 characters, an answer as many. */
const LARGEST = 64 * 1024;
/** How often an idle stream says that it lives, in milliseconds. */
const HEARTBEAT = 25_000;
const POLICY = "Content-Security-Policy";

const Message = z
  .strictObject({
    session: z.string().max(128).optional(),
    id: z.string().min(1).max(128),
    text: z.string().optional(),
    choice: z.string().max(128).optional(),
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
  app.use(limitBody(parts.largestFile));
  app.get("/", (c) => page(c, parts.chatPage));
  app.get("/reply/:id", (c) => page(c, parts.replyPage));
  app.get("/health", async (c) => {
    const health = await parts.store.health();
    const alarms = parts.alarms();
    return c.json({ ...health, ...(alarms.length > 0 && { alarms }) }, health.ok ? 200 : 503);
  });
  app.get("/metrics", async (c) => {
    if (!parts.isOperator(c)) return c.json({ error: words.notFound }, 404);
    return c.text(await parts.metrics(), 200, { "Content-Type": "text/plain; version=0.0.4; charset=utf-8" });
  });
  app.post("/api/messages", (c) => takeMessage(c, parts));
  app.get("/api/messages", (c) => pushedSince(c, parts));
  app.get("/api/stream", (c) => stream(c, parts));
  app.get("/evidence/:id", (c) => giveEvidence(c, parts.evidence));
  app.post("/api/replies/:id", (c) => takeReply(c, parts));
  app.route("/desk", createDesk(parts.desk));
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
function limitBody(largestFile: number): MiddlewareHandler {
  const limit = (maxSize: number, error: string): MiddlewareHandler => {
    const refuse = (c: Context): Response => c.json({ error }, 413);
    const measured = bodyLimit({ maxSize, onError: refuse });
    return async (c, next) => {
      const length = c.req.header("content-length");
      if (length === undefined || c.req.header("transfer-encoding") !== undefined) return measured(c, next);
      return Number(length) > maxSize ? refuse(c) : next();
    };
  };
  const usual = limit(LARGEST, words.tooLarge);
  const withFile = limit(largestFile + LARGEST, words.fileTooLarge(Math.floor(largestFile / 1_000_000)));
  return (c, next) => (isUpload(c) ? withFile(c, next) : usual(c, next));
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
  const seconds = await parts.wait(parts.addressOf(c), parsed.data.session);
  if (seconds > 0) return c.json({ error: words.tooMany }, 429, { "Retry-After": String(seconds) });
  const session = parsed.data.session ?? (await parts.sessions.create(id, text ?? choice ?? ""));
  const conversation = `web:${session}`;
  const body: InboundBody =
    choice === undefined ? { kind: "text", text: text ?? "" } : { kind: "choice", id: choice };
  const replies = await parts.web.receive(inbound(conversation, id, body));
  return c.json({ session, messages: messagesOf(id, replies) });
}

async function pushedSince(c: Context, parts: HttpParts): Promise<Response> {
  const conversation = await conversationOf(c, parts);
  if (!conversation) return c.json({ error: words.badSession }, 400);
  const posts = await parts.web.posts(conversation, numberOf(c.req.query("after")));
  return c.json({ messages: posts.map(postShown) });
}

async function stream(c: Context, parts: HttpParts): Promise<Response> {
  const conversation = await conversationOf(c, parts);
  if (!conversation) return c.json({ error: words.badSession }, 400);
  let after = numberOf(c.req.header("Last-Event-ID") ?? c.req.query("after"));
  return streamSSE(c, async (out) => {
    let wake = (): void => {};
    const stop = parts.web.listen(conversation, () => {
      wake();
    });
    out.onAbort(() => {
      stop();
      wake();
    });
    while (!out.aborted) {
      let timer: NodeJS.Timeout | undefined;
      // Before the look, so that what is pushed during it is not slept over.
      const woken = new Promise<boolean>((resolve) => {
        wake = () => {
          resolve(true);
        };
        timer = setTimeout(resolve, HEARTBEAT, false);
      });
      for (const post of await parts.web.posts(conversation, after)) {
        await out.writeSSE({ id: String(post.number), data: JSON.stringify(postShown(post)) });
        after = post.number;
      }
      const news = await woken;
      clearTimeout(timer);
      if (!news) await out.write(": \n\n");
    }
    stop();
  });
}

async function takeReply(c: Context, parts: HttpParts): Promise<Response> {
  const token = /^Bearer (\S+)$/.exec(c.req.header("Authorization") ?? "")?.[1] ?? "";
  const opened = parts.replyLinks.open(c.req.param("id") ?? "", token);
  if (!opened) return c.json({ error: words.badToken }, 401);
  const parsed = OfficialReply.safeParse(await jsonOf(c));
  const act = parsed.success ? actOf(parsed.data, parts.clock()) : undefined;
  if (!act) return c.json({ error: words.badReply }, 400);
  const acted = await parts.act(opened.complaint, opened.agency, opened.via, act);
  if (acted.kind === "unknown") return c.json({ error: words.notFound }, 404);
  if (acted.kind === "refused")
    return c.json(
      { error: refusalText(acted.refusal, act.action === "transfer" ? act.to : "", acted.last) },
      409,
    );
  const proposed = acted.step.events.some(({ type }) => type === "proposed");
  const waits = proposed && { waitsFor: "signature" };
  return c.json({ ok: true, case: acted.complaint.trackingCode, ...waits });
}

async function conversationOf(c: Context, { sessions }: HttpParts): Promise<string | undefined> {
  const session = c.req.query("session") ?? "";
  return (await sessions.isOurs(session)) ? `web:${session}` : undefined;
}

function numberOf(text: string | undefined): number {
  const number = Number(text);
  return Number.isSafeInteger(number) && number > 0 ? number : 0;
}

const postShown = (post: Post): Reply & { id: string } => ({ id: String(post.number), ...shown(post.reply) });
