import { createHmac } from "node:crypto";
import { reachOf } from "./address.ts";
import type { Sent } from "./channel.ts";
import { type Posted, PrivateAddress, post as postOnce, type Resolve } from "./post.ts";

/** Where a webhook goes and what it is signed with: `whsec_` + base64, two secrets during rotation. */
export type WebhookTarget = { readonly url: string; readonly secrets: readonly string[] };

/** Delivers to agencies' systems after the Standard Webhooks specification. */
export type WebhookSender = {
  /** `body` is JSON, sent byte for byte; `id` must be the same over all attempts of one delivery. */
  send(target: WebhookTarget, body: string, id: string): Promise<Sent>;
};

export type WebhookOptions = {
  readonly clock: () => Date;
  /** True while the program serves this machine only: then loopback and private addresses are taken. */
  readonly allowPrivate: boolean;
  readonly post?: typeof postOnce;
  readonly resolve?: Resolve;
  readonly timeoutMs?: number;
};

const TIMEOUT_MS = 10_000;
/** Below 500 only these say that the same request may succeed later. */
const WORTH_ANOTHER_TRY: ReadonlySet<number> = new Set([408, 425, 429]);

/** A sender whose problems tell status and cause only: never the address, a secret or the body. */
export function createWebhookSender(options: WebhookOptions): WebhookSender {
  const { clock, allowPrivate, resolve, timeoutMs = TIMEOUT_MS } = options;
  const request = options.post ?? postOnce;

  const post = async (url: URL, target: WebhookTarget, body: string, id: string): Promise<Sent> => {
    const timestamp = Math.floor(clock().getTime() / 1000);
    const headers = {
      "content-type": "application/json; charset=utf-8",
      "user-agent": "MotCua",
      "webhook-id": id,
      "webhook-timestamp": String(timestamp),
      "webhook-signature": target.secrets
        .map((secret) => signature(secret, `${id}.${timestamp}.${body}`))
        .join(" "),
    };
    const signal = AbortSignal.timeout(timeoutMs);
    return sentOf(
      await Promise.race([
        request(url, { headers, body, signal, allowPrivate, resolve }),
        // A name server that does not answer is no part of the connection yet.
        whenAborted(signal),
      ]),
      clock(),
    );
  };

  return {
    send: async (target, body, id) => {
      if (!URL.canParse(target.url)) return gone("the address is not a URL");
      const url = new URL(target.url);
      if (url.protocol !== "https:" && !(url.protocol === "http:" && reachOf(url.hostname) === "loopback")) {
        return gone("only https is taken, and http to this machine");
      }
      try {
        return await post(url, target, body, id);
      } catch (error) {
        if (error instanceof PrivateAddress) return gone("a private address is not taken here");
        return { kind: "retry", problem: causeOf(error, timeoutMs) };
      }
    },
  };
}

function signature(secret: string, content: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  return `v1,${createHmac("sha256", key).update(content).digest("base64")}`;
}

function sentOf({ status, retryAfter }: Posted, now: Date): Sent {
  if (status >= 200 && status < 300) return { kind: "sent" };
  if (status >= 500 || WORTH_ANOTHER_TRY.has(status)) {
    const afterSeconds = secondsUntil(retryAfter, now);
    return {
      kind: "retry",
      problem: `answered ${status}`,
      ...(afterSeconds !== undefined && { afterSeconds }),
    };
  }
  // A redirect would carry a citizen's case to an address that nobody entered.
  return gone(status < 400 ? `answered ${status}; redirects are not followed` : `answered ${status}`);
}

/** Retry-After holds seconds or an HTTP date; anything else says nothing. */
function secondsUntil(retryAfter: string, now: Date): number | undefined {
  const text = retryAfter.trim();
  if (/^\d+$/.test(text)) return Number(text);
  const at = text.endsWith("GMT") ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now.getTime()) / 1000));
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** The error's own text may hold the address, so only its code is told. */
function causeOf(error: unknown, timeoutMs: number): string {
  if (error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError"))
    return `no answer within ${timeoutMs / 1000} s`;
  const code =
    error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "unknown";
  return `no connection (${code})`;
}

function gone(problem: string): Sent {
  return { kind: "gone", problem };
}
