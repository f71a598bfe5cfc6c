import { setTimeout as sleep } from "node:timers/promises";
import { Bot } from "grammy";
import type { Update } from "grammy/types";
import type { IncomingFile } from "../evidence/evidence.ts";
import type { Log } from "../log.ts";
import type { Inbound, Reply } from "../messages/message.ts";
import type { Channel, Receive } from "./channel.ts";
import { backOff, type Failure, isTokenRefused, nameOf } from "./telegram-failure.ts";
import { fileOf } from "./telegram-file.ts";
import { type Hook, keepHook } from "./telegram-hook.ts";
import { createOffer } from "./telegram-offer.ts";
import { poll } from "./telegram-poll.ts";
import { createSender } from "./telegram-send.ts";
import { isUpdate, type Me, readUpdate } from "./telegram-update.ts";

export type TelegramOptions = {
  readonly token: string;
  /** Root of the Bot API; absent: Telegram's own. */
  readonly apiRoot?: string;
  readonly log: Log;
  /** Absent: long polling, and a webhook that is found is removed. */
  readonly hook?: Hook;
  /** Said to a person whose message is given up. */
  readonly sorry?: string;
  /** Waits so many seconds, or until the signal is aborted; tests count them instead. */
  readonly pause?: (seconds: number, signal: AbortSignal) => Promise<void>;
};

export type Telegram = Channel & {
  /**
   * Takes what was posted to the webhook; the caller has checked the secret. True once it need not come again, false
   * while it cannot be taken.
   * @throws what the inbox threw, before the message is given up: it is not stored, and Telegram will bring it again
   */
  posted(body: unknown): Promise<boolean>;
};

/** What was read in an update: a message, the file in it, and the album that it is a part of. */
type Read = {
  readonly message: Inbound;
  readonly file: IncomingFile | undefined;
  readonly ofAlbum: string | undefined;
};

/** Longer than an empty poll is held, so that only a dead connection runs into it. */
const CALL_SECONDS = 45;
/** An answer is tried so often before it is given up: the person can ask again. */
const TRIES_OF_ANSWERS = 4;
/** A chat that may not be written to yet holds the others up for no longer than this. */
const PATIENCE_MS = 1_000;

/**
 * Telegram by webhook or long polling. `start` resolves at once and the channel then looks for Telegram by itself, since it may
 * be out of reach for hours; a wrong token switches the channel off. Stopped, it stays stopped.
 */
export function createTelegram({
  token,
  apiRoot,
  log,
  hook,
  sorry,
  pause = pauseFor,
}: TelegramOptions): Telegram {
  const root = apiRoot?.replace(/\/+$/, "");
  const { api } = new Bot(token, {
    client: { ...(root && { apiRoot: root }), timeoutSeconds: CALL_SECONDS },
  });
  const download = `${root ?? "https://api.telegram.org"}/file/bot${token}`;
  const controller = new AbortController();
  const stopping = controller.signal;
  const wait = (seconds: number): Promise<void> => pause(seconds, stopping);
  const offer = createOffer(log, sorry);
  const sender = createSender({ api, log, wait, stopping, onFailure });
  /** The answers being sent, by conversation: each chat's in order, no chat waiting for another. */
  const answering = new Map<string, Promise<void>>();
  let off: string | undefined;
  let album: string | undefined;
  let listening = Promise.resolve();
  /** What posted updates need; unknown before Telegram has said who we are. */
  let hooked: { readonly me: Me; readonly receive: Receive } | undefined;
  const posts = new Set<Promise<boolean>>();

  return {
    name: "telegram",
    start: (receive) => {
      const common = { api, log, stopping, wait, onFailure };
      listening = hook
        ? keepHook({ ...common, ...hook, onReady: (me) => void (hooked = { me, receive }) })
        : poll({
            ...common,
            take: (update, me) => take(update, me, receive),
            beforeConfirming: () => beforeConfirming(),
          });
      return Promise.resolve();
    },
    posted: (body) => {
      if (!isUpdate(body)) return Promise.resolve(true);
      if (!hooked || stopping.aborted) return Promise.resolve(false);
      const post = takePosted(body, hooked.me, hooked.receive).finally(() => posts.delete(post));
      posts.add(post);
      return post;
    },
    send: (conversation, reply) =>
      off === undefined
        ? sender.send(conversation, reply, 1)
        : Promise.resolve({ kind: "retry", problem: `channel is off: ${off}` }),
    stop: async () => {
      controller.abort();
      await listening;
      await Promise.allSettled(posts);
      await Promise.all(answering.values());
    },
  };

  async function take(update: Update, me: Me, receive: Receive): Promise<boolean> {
    const read = readIn(update, me);
    if (!read) return true;
    const replies = await receiveUntilStored(read.message, receive, read.file);
    if (!replies) return false;
    took(read, replies);
    return true;
  }

  /** Once only: Telegram itself offers it again until it is taken, and holds the chat's next ones back meanwhile. */
  async function takePosted(update: Update, me: Me, receive: Receive): Promise<boolean> {
    const read = readIn(update, me);
    if (!read) return true;
    took(read, await offer(read.message, receive, read.file));
    await beforeConfirming(read.message.conversation);
    return true;
  }

  /** What concerns us in an update, so that nothing of it is read anywhere else; undefined where nothing can be read. */
  function readIn(update: Update, me: Me): Read | undefined {
    // Ends the little clock on the button. Too late or twice is refused, which harms nobody.
    if (update.callback_query) void api.answerCallbackQuery(update.callback_query.id).catch(() => undefined);
    try {
      const message = readUpdate(update, me);
      const part: unknown = update.message?.media_group_id;
      const ofAlbum = typeof part === "string" ? part : undefined;
      return message && { message, file: fileOf(update.message, api, download), ofAlbum };
    } catch (error) {
      // Offered again it would be no more readable, and would hold up all that come after it.
      log("error", "update.unreadable", { channel: "telegram", problem: nameOf(error) });
      return undefined;
    }
  }

  function took({ message, ofAlbum }: Read, replies: readonly Reply[]): void {
    // Each picture of an album comes as a message of its own: the same is not answered to each of them.
    const said = ofAlbum === undefined ? undefined : `${ofAlbum} ${JSON.stringify(replies)}`;
    if (replies.length > 0 && (said === undefined || said !== album)) answer(message.conversation, replies);
    album = said ?? album;
  }

  /** Offers a message until it is stored or must be given up; undefined when the channel stops before. */
  async function receiveUntilStored(
    message: Inbound,
    receive: Receive,
    file: IncomingFile | undefined,
  ): Promise<readonly Reply[] | undefined> {
    for (let attempts = 1; !stopping.aborted; attempts += 1) {
      try {
        return await offer(message, receive, file);
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
  function beforeConfirming(conversation?: string): Promise<void> {
    const going = [...answering].flatMap(([chat, done]) => ((conversation ?? chat) === chat ? [done] : []));
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, PATIENCE_MS);
      void Promise.all(going).then(() => {
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
