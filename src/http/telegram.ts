import type { Context } from "hono";
import { web as words } from "../wording/web.ts";
import { jsonOf } from "./json.ts";
import { wrongSecret } from "./refuse.ts";
import { isSecret } from "./secret.ts";

/** What takes Telegram's updates in. */
export type TelegramHook = {
  readonly secret: string;
  /** True once an update need not come again; rejects when it could not be stored. */
  posted(body: unknown): Promise<boolean>;
};

type TelegramParts = Parameters<typeof wrongSecret>[1] & { readonly telegram?: TelegramHook | undefined };

/** A second is what Telegram waits anyway before it tries again. */
const RETRY_SECONDS = "1";

/** Takes an update from whoever shows the secret: only Telegram was told it. */
export async function takeUpdate(c: Context, parts: TelegramParts): Promise<Response> {
  const { telegram: hook } = parts;
  if (!hook) return c.json({ error: words.notFound }, 404);
  if (!isSecret(c.req.header("X-Telegram-Bot-Api-Secret-Token") ?? "", hook.secret))
    return wrongSecret(c, parts, words.badSecret);
  if (await hook.posted(await jsonOf(c))) return c.json({ ok: true });
  return c.json({ error: words.notSaved }, 503, { "Retry-After": RETRY_SECONDS });
}
