import type { Context } from "hono";
import { web as words } from "../wording/web.ts";
import type { RateLimits } from "./rate-limit.ts";

/** Too much came from there; says when it works again. */
export function tooMany(c: Context, seconds: number): Response {
  return c.json({ error: words.tooMany }, 429, { "Retry-After": String(seconds) });
}

/**
 * A wrong secret was shown. Only those who show wrong ones wait: the right one, too long to be guessed, is always
 * taken, so that nobody is locked out by a neighbour behind the same address.
 */
export async function wrongSecret(
  c: Context,
  parts: { readonly limits: RateLimits; readonly addressOf: (context: Context) => string },
  sentence: string,
): Promise<Response> {
  const seconds = await parts.limits.wrongSecret(parts.addressOf(c));
  return seconds > 0 ? tooMany(c, seconds) : c.json({ error: sentence }, 401);
}
