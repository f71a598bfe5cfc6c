import type { Context } from "hono";

/** The body as JSON; undefined for anything else. */
export async function jsonOf(c: Context): Promise<unknown> {
  try {
    return await c.req.json();
  } catch {
    return undefined;
  }
}
