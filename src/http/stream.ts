import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { Web } from "../channels/web.ts";
import type { Reply } from "../messages/message.ts";
import type { Post } from "../store/store.ts";
import type { RateLimits } from "./rate-limit.ts";
import { tooMany } from "./refuse.ts";

/** How often an idle stream says that it lives, in milliseconds. */
const HEARTBEAT = 25_000;
/** A comment, which no page is told of. */
const ALIVE = ": \n\n";
/** When another page of the session may have been closed. */
const STREAM_SECONDS = 30;

export type StreamParts = {
  readonly web: Pick<Web, "posts" | "listen">;
  readonly limits: Pick<RateLimits, "stream">;
  readonly stopping: AbortSignal;
};

/** The messages pushed to a conversation as server-sent events, until the page goes or the program stops. */
export function stream(c: Context, conversation: string, parts: StreamParts): Response {
  // Nobody reads the body of an answer to HEAD, and nothing would ever end it.
  if (c.req.method !== "GET") return c.body(null, 200, { "Content-Type": "text/event-stream" });
  const { web, limits, stopping } = parts;
  const ended = limits.stream(conversation);
  if (!ended) return tooMany(c, STREAM_SECONDS);
  let after = postNumber(c.req.header("Last-Event-ID") ?? c.req.query("after"));
  return streamSSE(c, async (out) => {
    let wake = (): void => {};
    const stop = web.listen(conversation, () => {
      wake();
    });
    const end = (): void => {
      wake();
    };
    stopping.addEventListener("abort", end);
    out.onAbort(end);
    try {
      // The head of the answer goes out with the first bytes of its body: a page must know that it is heard.
      await out.write(ALIVE);
      while (!out.aborted && !stopping.aborted) {
        let timer: NodeJS.Timeout | undefined;
        // Before the look, so that what is pushed during it is not slept over.
        const woken = new Promise<boolean>((resolve) => {
          wake = () => {
            resolve(true);
          };
          timer = setTimeout(resolve, HEARTBEAT, false);
        });
        for (const post of await web.posts(conversation, after)) {
          await out.writeSSE({ id: String(post.number), data: JSON.stringify(postShown(post)) });
          after = post.number;
        }
        const news = await woken;
        clearTimeout(timer);
        if (!news) await out.write(ALIVE);
      }
    } finally {
      stopping.removeEventListener("abort", end);
      stop();
      ended();
    }
  });
}

/** A pushed message as the page gets it. */
export function postShown({ number, reply: { text, choices } }: Post): Reply & { id: string } {
  return { id: String(number), text, choices };
}

/** The number of the last message that a page has; 0 for none. */
export function postNumber(text: string | undefined): number {
  const number = Number(text);
  return Number.isSafeInteger(number) && number > 0 ? number : 0;
}
