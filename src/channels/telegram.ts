import { setTimeout as sleep } from "node:timers/promises";
import { Bot } from "grammy";
import type { Update } from "grammy/types";
import type { IncomingFile } from "../evidence/evidence.ts";
import type { Log } from "../log.ts";
import type { Inbound, Reply } from "../messages/message.ts";
import type { Channel, Receive } from "./channel.ts";
import { backOff, type Failure, isTokenRefused, nameOf } from "./telegram-failure.ts";
import { fileOf } from "./telegram-file.ts";
import { poll } from "./telegram-poll.ts";
import { createSender } from "./telegram-send.ts";
import { type Me, readUpdate } from "./telegram-update.ts";

export type TelegramOptions = {
  readonly token: string;
  /** Root of the Bot API; absent: Telegram's own. */
  readonly apiRoot?: string;
  readonly log: Log;
  /** Waits so many seconds, or until the signal is aborted; tests count them instead. */
  readonly pause?: (seconds: number, signal: AbortSignal) => Promise<void>;
};

/** Longer than an empty poll is held, so that only a dead connection runs into it. */
const CALL_SECONDS = 45;
/** An answer is tried so often before it is given up: the person can ask again. */
const TRIES_OF_ANSWERS = 4;
/** A chat that may not be written to yet holds the others up for no longer than this. */
const PATIENCE_MS = 1_000;

/**
 * Telegram by long polling. `start` resolves at once and the channel then looks for Telegram by itself, since it may
 * be out of reach for hours; a wrong token switches the channel off. Stopped, it stays stopped.
 */
export function createTelegram({ token, apiRoot, log, pause = pauseFor }: TelegramOptions): Channel {
  const root = apiRoot?.replace(/\/+$/, "");
  const { api } = new Bot(token, {
    client: { ...(root && { apiRoot: root }), timeoutSeconds: CALL_SECONDS },
  });
  const download = `${root ?? "https://api.telegram.org"}/file/bot${token}`;
  const controller = new AbortController();
  const stopping = controller.signal;
  const wait = (seconds: number): Promise<void> => pause(seconds, stopping);
  const sender = createSender({ api, log, wait, stopping, onFailure });
  /** The answers being sent, by conversation: each chat's in order, no chat waiting for another. */
  const answering = new Map<string, Promise<void>>();
  let off: string | undefined;
  let album: string | undefined;
  let polling = Promise.resolve();

  return {
    name: "telegram",
    start: (receive) => {
      polling = poll({
        api,
        log,
        stopping,
        wait,
        take: (update, me) => take(update, me, receive),
        beforeConfirming,
        onFailure,
      });
      return Promise.resolve();
    },
    send: (conversation, reply) =>
      off === undefined
        ? sender.send(conversation, reply, 1)
        : Promise.resolve({ kind: "retry", problem: `channel is off: ${off}` }),
    stop: async () => {
      controller.abort();
      await polling;
      await Promise.all(answering.values());
    },
  };

  async function take(update: Update, me: Me, receive: Receive): Promise<boolean> {
    // Ends the little clock on the button. Too late or twice is refused, which harms nobody.
    if (update.callback_query) void api.answerCallbackQuery(update.callback_query.id).catch(() => undefined);
    const message = readUpdate(update, me);
    if (!message) return true;
    const file = fileOf(update.message, api, download);
    const replies = await receiveUntilStored(message, receive, file);
    if (!replies) return false;
    // Each picture of an album comes as a message of its own: the same is not answered to each of them.
    const part = update.message?.media_group_id;
    const said = part === undefined ? undefined : `${part} ${JSON.stringify(replies)}`;
    if (replies.length > 0 && (said === undefined || said !== album)) answer(message.conversation, replies);
    album = said ?? album;
    return true;
  }

  /** Offers a message until it is stored; undefined when the channel stops before. */
  async function receiveUntilStored(
    message: Inbound,
    receive: Receive,
    file: IncomingFile | undefined,
  ): Promise<readonly Reply[] | undefined> {
    for (let attempts = 1; !stopping.aborted; attempts += 1) {
      try {
        return await receive(message, file);
      } catch (error) {
        const seconds = backOff(attempts);
        log("error", "message.not-stored", {
          channel: "telegram",
          problem: nameOf(error),
          attempts,
          seconds,
        });
        await wait(seconds);
      }
    }
    return undefined;
  }

  function answer(conversation: string, replies: readonly Reply[]): void {
    const before = answering.get(conversation) ?? Promise.resolve();
    const done = before
      .then(() => sendAll(conversation, replies))
      .finally(() => {
        if (answering.get(conversation) === done) answering.delete(conversation);
      });
    answering.set(conversation, done);
  }

  async function sendAll(conversation: string, replies: readonly Reply[]): Promise<void> {
    for (const reply of replies) {
      const sent = await sender.send(conversation, reply, TRIES_OF_ANSWERS);
      if (sent.kind === "sent") continue;
      log("warn", "reply.lost", { channel: "telegram", kind: sent.kind, problem: sent.problem });
      return;
    }
  }

  /** An update is confirmed after its answer went out, so that a crash between makes both come again. */
  function beforeConfirming(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, PATIENCE_MS);
      void Promise.all(answering.values()).then(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  function onFailure(failure: Failure): void {
    if (off !== undefined || !isTokenRefused(failure)) return;
    off = `token refused (${failure.status})`;
    log("error", "channel.off", { channel: "telegram", reason: off });
    controller.abort();
  }
}

async function pauseFor(seconds: number, signal: AbortSignal): Promise<void> {
  await sleep(seconds * 1000, undefined, { signal }).catch(() => undefined);
}
