import type { Api } from "grammy";
import type { Update } from "grammy/types";
import type { Log } from "../log.ts";
import { offerCommands } from "./telegram-commands.ts";
import { backOff, eventOf, type Failure, readFailure } from "./telegram-failure.ts";
import { apiSignal, within } from "./telegram-signal.ts";
import { type Me, UPDATES } from "./telegram-update.ts";

/** How long Telegram holds an empty poll. */
const POLL_SECONDS = 30;
const CALL_MS = 10_000;
const CONFIRM_MS = 2_000;

export type PollOptions = {
  readonly api: Api;
  readonly log: Log;
  readonly stopping: AbortSignal;
  readonly wait: (seconds: number) => Promise<void>;
  /** Takes one update; true when it need not come again. */
  readonly take: (update: Update, me: Me) => Promise<boolean>;
  /** Called after each batch, before it is confirmed. */
  readonly beforeConfirming: () => Promise<void>;
  readonly onFailure: (failure: Failure) => void;
};

/**
 * Takes updates one by one until the channel stops. An update is confirmed by the next poll, so only after `take` is
 * done with it: one that is cut short by a crash comes again, and none is passed over.
 */
export async function poll(options: PollOptions): Promise<void> {
  const { api, log, stopping, wait, take, beforeConfirming, onFailure } = options;
  let me: Me | undefined;
  let confirmed = 0;
  let offset = 0;
  let failures = 0;
  while (!stopping.aborted) {
    try {
      me ??= await prepare(api, log);
      const updates = await api.getUpdates(
        { offset, timeout: POLL_SECONDS, allowed_updates: UPDATES },
        apiSignal(stopping),
      );
      confirmed = offset;
      if (failures > 0) log("info", "channel.back", { channel: "telegram", attempts: failures });
      failures = 0;
      for (const update of updates) {
        if (stopping.aborted || !(await take(update, me))) break;
        offset = update.update_id + 1;
      }
      await beforeConfirming();
    } catch (error) {
      if (stopping.aborted) break;
      const failure = readFailure(error);
      onFailure(failure);
      if (stopping.aborted) break;
      // Another poller, or a webhook that somebody has set meanwhile: look at both anew.
      if (failure.status === 409) me = undefined;
      failures += 1;
      const seconds = failure.afterSeconds ?? backOff(failures);
      log("warn", eventOf(failure), {
        channel: "telegram",
        problem: failure.problem,
        attempts: failures,
        seconds,
      });
      await wait(seconds);
    }
  }
  if (offset > confirmed) await confirm(api, offset);
}

/** Spares the next start the updates taken last. It would only repeat them, so a failure does not matter. */
async function confirm(api: Api, offset: number): Promise<void> {
  await api.getUpdates({ offset, limit: 1, timeout: 0 }, within(CONFIRM_MS)).catch(() => undefined);
}

/** Who we are, and polling made possible. Waiting updates are kept when a webhook is removed. */
async function prepare(api: Api, log: Log): Promise<Me> {
  const { id, username } = await api.getMe(within(CALL_MS));
  const webhook = await api.getWebhookInfo(within(CALL_MS));
  if (webhook.url) {
    log("warn", "channel.webhook-removed", { channel: "telegram" });
    await api.deleteWebhook({}, within(CALL_MS));
  }
  await offerCommands(api, log);
  log("info", "channel.listening", { channel: "telegram" });
  return { id, username };
}
