import { createHash } from "node:crypto";
import type { Context } from "hono";
import { z } from "zod";
import type { Web } from "../channels/web.ts";
import type { Inbound, InboundBody, Reply } from "../messages/message.ts";
import { web as words } from "../wording/web.ts";
import { bounded } from "./bounded.ts";
import { networkOf } from "./peer.ts";
import type { RateLimits } from "./rate-limit.ts";
import { tooMany } from "./refuse.ts";
import type { Sessions } from "./sessions.ts";

export type UploadParts = {
  readonly web: Pick<Web, "receive">;
  readonly sessions: Sessions;
  readonly limits: Pick<RateLimits, "message" | "upload">;
  readonly addressOf: (context: Context) => string;
  /** Stands for an address, without telling it. */
  readonly originOf: (address: string) => string;
};

/** Files read at once: each lies in memory until it is kept. One network alone, however slowly it sends, leaves room. */
const MOST_AT_ONCE = 8;
const MOST_OF_ONE = 2;
const BUSY_SECONDS = 5;

const Upload = z.strictObject({
  session: bounded(128).optional(),
  id: bounded(128, 1),
  file: z.instanceof(File),
});

/** Of each network that sends some, their number. */
const underWay = new Map<string, number>();

export function isUpload(c: Context): boolean {
  return (
    c.req.method === "POST" &&
    c.req.path === "/api/messages" &&
    /^multipart\/form-data\b/i.test(c.req.header("content-type") ?? "")
  );
}

/** A file sent in a conversation: one multipart form with `id`, `file`, and `session` once there is one. */
export async function takeUpload(c: Context, parts: UploadParts): Promise<Response> {
  const address = parts.addressOf(c);
  const first = (await parts.limits.message(address, undefined)) || (await parts.limits.upload(address));
  if (first > 0) return tooMany(c, first);
  const network = networkOf(address);
  const own = underWay.get(network) ?? 0;
  const all = [...underWay.values()].reduce((sum, count) => sum + count, 0);
  if (own >= MOST_OF_ONE || all >= MOST_AT_ONCE) return tooMany(c, BUSY_SECONDS);
  underWay.set(network, own + 1);
  try {
    return await take(c, parts);
  } finally {
    const left = (underWay.get(network) ?? 1) - 1;
    if (left > 0) underWay.set(network, left);
    else underWay.delete(network);
  }
}

async function take(c: Context, parts: UploadParts): Promise<Response> {
  const parsed = Upload.safeParse(await formOf(c));
  if (!parsed.success) return c.json({ error: words.badFile }, 400);
  const { id, file } = parsed.data;
  if (parsed.data.session !== undefined && !(await parts.sessions.isOurs(parsed.data.session)))
    return c.json({ error: words.badSession }, 400);
  const address = parts.addressOf(c);
  const { session: told } = parsed.data;
  // A first message was counted before it was read.
  const seconds = told === undefined ? 0 : await parts.limits.message(address, told);
  if (seconds > 0) return tooMany(c, seconds);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const content = createHash("sha256").update(bytes).digest("base64url");
  const session = parsed.data.session ?? (await parts.sessions.create(id, `file ${content}`));
  const load = async (most: number): Promise<Uint8Array | "large"> => (bytes.length > most ? "large" : bytes);
  const message = inbound(`web:${session}`, id, parts.originOf(address), { kind: "unsupported" });
  const replies = await parts.web.receive(message, { load });
  return c.json({ session, messages: messagesOf(id, replies) });
}

async function formOf(c: Context): Promise<unknown> {
  try {
    const form = await c.req.formData();
    const fields = [...form.entries()];
    // The same field twice is no form of ours.
    return new Set(fields.map(([name]) => name)).size === fields.length
      ? Object.fromEntries(fields)
      : undefined;
  } catch {
    return undefined;
  }
}

/** A message of the chat page's. */
export function inbound(conversation: string, id: string, origin: string, body: InboundBody): Inbound {
  return { key: `${conversation}:${id}`, conversation, sender: conversation, privately: true, origin, body };
}

const shown = ({ text, choices }: Reply): Reply => ({ text, choices });

export const messagesOf = (id: string, replies: readonly Reply[]): (Reply & { id: string })[] =>
  replies.map((reply, index) => ({ id: `${id}.${index}`, ...shown(reply) }));
