import { setTimeout as sleep } from "node:timers/promises";
import { Hono } from "hono";
import { onTestFinished, vi } from "vitest";
import type { Channel, Receive } from "../../src/channels/channel.ts";
import { createTelegram, type Telegram } from "../../src/channels/telegram.ts";
import { noRateLimits } from "../../src/http/rate-limit.ts";
import { serve } from "../../src/http/serve.ts";
import { takeUpdate } from "../../src/http/telegram.ts";
import type { Log } from "../../src/log.ts";
import type { Inbound, Reply } from "../../src/messages/message.ts";
import { type BotApi, startBotApi } from "../fakes/bot-api.ts";

export const HOOK_URL = "https://motcua.example.vn/telegram";
export const HOOK_SECRET = "h4rd_to-guess-9f2c71";

export type World = {
  readonly api: BotApi;
  /** Everything logged, one JSON object a line. */
  readonly lines: readonly string[];
  /** Seconds that the channel wanted to wait; the tests do not. */
  readonly pauses: readonly number[];
  /** A new channel, stopped when the test ends. */
  readonly channel: (given?: { readonly token?: string; readonly sorry?: string }) => Channel;
  /** The same by webhook, with a door that Telegram's posts reach it through. */
  readonly hooked: (
    secret?: string,
    given?: { readonly sorry?: string },
  ) => Promise<{ readonly channel: Telegram; readonly door: string }>;
};

/** A fake Telegram and what a channel needs to talk to it. */
export async function setUp(): Promise<World> {
  const api = await startBotApi();
  onTestFinished(() => api.down());
  const lines: string[] = [];
  const pauses: number[] = [];
  const log: Log = (level, event, facts) => void lines.push(JSON.stringify({ level, event, ...facts }));
  const pause = async (seconds: number): Promise<void> => {
    pauses.push(seconds);
    await sleep(2);
  };
  return {
    api,
    lines,
    pauses,
    channel: (given = {}) => {
      const channel = createTelegram({ token: api.token, apiRoot: api.root, log, pause, ...given });
      onTestFinished(() => channel.stop());
      return channel;
    },
    hooked: async (secret = HOOK_SECRET, given = {}) => {
      const hook = { url: HOOK_URL, secret };
      const channel = createTelegram({ token: api.token, apiRoot: api.root, log, pause, hook, ...given });
      const app = new Hono().onError((_, c) => c.body(null, 503));
      const parts = {
        telegram: { secret, posted: channel.posted },
        limits: noRateLimits(),
        addressOf: () => "",
      };
      app.post("/telegram", (c) => takeUpdate(c, parts));
      const served = await serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0, graceMs: 1 });
      onTestFinished(async () => {
        await channel.stop();
        await served.close();
      });
      const door = `http://127.0.0.1:${served.port}`;
      api.leadHookTo(door);
      return { channel, door };
    },
  };
}

export const say = (text: string, ...ids: readonly string[]): Reply => ({
  text,
  choices: ids.map((id) => ({ id, label: `Chọn ${id.slice(0, 5)}` })),
});

/** Stores messages by keeping them, and answers each with `replies`. */
export function createInbox(...replies: readonly Reply[]): {
  readonly got: Inbound[];
  readonly receive: Receive;
} {
  const got: Inbound[] = [];
  const receive: Receive = (message) => {
    got.push(message);
    return Promise.resolve(replies);
  };
  return { got, receive };
}

export const textOf = ({ body }: Inbound): string => (body.kind === "text" ? body.text : body.kind);

/** Waits until it is so. */
export async function until(condition: () => boolean): Promise<void> {
  await vi.waitUntil(condition, { timeout: 5_000, interval: 3 });
}
