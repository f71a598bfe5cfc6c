import type { Api } from "grammy";
import type { Log } from "../log.ts";
import { offerCommands } from "./telegram-commands.ts";
import { backOff, eventOf, type Failure, readFailure } from "./telegram-failure.ts";
import { within } from "./telegram-signal.ts";
import { type Me, UPDATES } from "./telegram-update.ts";

/** Where Telegram posts updates to, and what it proves itself with: 1 to 256 of A-Z, a-z, 0-9, _ and -. */
export type Hook = { readonly url: string; readonly secret: string };

/** Whoever else holds the token can take the webhook away: so often it is looked whether it is still ours. */
const LOOK_SECONDS = 300;
const CALL_MS = 10_000;

export type HookOptions = Hook & {
  readonly api: Api;
  readonly log: Log;
  readonly stopping: AbortSignal;
  readonly wait: (seconds: number) => Promise<void>;
  /** Called once it is known who we are: from now on updates can be read. */
  readonly onReady: (me: Me) => void;
  readonly onFailure: (failure: Failure) => void;
};

/**
 * Sets the webhook, and sets it again when it is found changed, until the channel stops. It stays set then: what
 * comes meanwhile waits at Telegram for the next start.
 */
export async function keepHook(options: HookOptions): Promise<void> {
  const { api, log, stopping, wait, onReady, onFailure } = options;
  let isSet = false;
  let failures = 0;
  let lastError = 0;
  while (!stopping.aborted) {
    try {
      if (!isSet) {
        onReady(await setHook(options));
        isSet = true;
        log("info", "channel.listening", {
          channel: "telegram",
          ...(failures > 0 && { attempts: failures }),
        });
      }
      failures = 0;
      await wait(LOOK_SECONDS);
      if (stopping.aborted) return;
      const found = await api.getWebhookInfo(within(CALL_MS));
      isSet = found.url === options.url;
      if (!isSet) log("warn", "channel.webhook-lost", { channel: "telegram" });
      const { last_error_date: erredAt = 0, last_error_message: problem = "" } = found;
      if (erredAt > lastError) log("warn", "channel.webhook-failing", { channel: "telegram", problem });
      lastError = erredAt;
    } catch (error) {
      if (stopping.aborted) return;
      const failure = readFailure(error);
      onFailure(failure);
      failures += 1;
      const seconds = failure.afterSeconds ?? backOff(failures);
      const { problem } = failure;
      log("warn", eventOf(failure), { channel: "telegram", problem, attempts: failures, seconds });
      await wait(seconds);
    }
  }
}

/** Updates that wait are kept; the secret is set anew each time, since it may have been changed. */
async function setHook({ api, log, url, secret }: HookOptions): Promise<Me> {
  const { id, username } = await api.getMe(within(CALL_MS));
  await api.setWebhook(url, { secret_token: secret, allowed_updates: UPDATES }, within(CALL_MS));
  await offerCommands(api, log);
  return { id, username };
}
