import type { Context } from "hono";

/** The token that a request shows; empty without one. */
export function bearerOf(c: Context): string {
  return /^Bearer (\S+)$/.exec(c.req.header("Authorization") ?? "")?.[1] ?? "";
}
