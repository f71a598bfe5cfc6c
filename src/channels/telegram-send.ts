import type { Api } from "grammy";
import type { InlineKeyboardMarkup } from "grammy/types";
import type { Log } from "../log.ts";
import type { Choice, Reply } from "../messages/message.ts";
import type { Sent } from "./channel.ts";
import { backOff, type Failure, outcomeOf, readFailure } from "./telegram-failure.ts";
import { within } from "./telegram-signal.ts";
import { splitText } from "./telegram-text.ts";

/** Telegram's limits on one message and on one button. */
const LONGEST_TEXT = 4096;
const MOST_BYTES = 64;
/** A second part is worth waiting for: sending the whole again would repeat the first. */
const TRIES_OF_LATER_PARTS = 3;
/** Longer waits than this are left to the caller. */
const LONGEST_WAIT_SECONDS = 60;
const CALL_MS = 10_000;

type Part = { readonly text: string; readonly keyboard: InlineKeyboardMarkup | undefined };

export type Sender = {
  /** Says something in a chat, trying the first part `tries` times. Never rejects. */
  send(conversation: string, reply: Reply, tries: number): Promise<Sent>;
};

export type SenderOptions = {
  readonly api: Api;
  readonly log: Log;
  /** Waits, shorter when the channel stops. */
  readonly wait: (seconds: number) => Promise<void>;
  readonly stopping: AbortSignal;
  readonly onFailure: (failure: Failure) => void;
};

/** Builds what says something on Telegram: plain text, cut to size, with a button a row on the last part. */
export function createSender({ api, log, wait, stopping, onFailure }: SenderOptions): Sender {
  return {
    send: async (conversation, reply, tries) => {
      let chat = chatOf(conversation);
      if (chat === undefined) return { kind: "gone", problem: "not a Telegram chat" };
      for (const [index, part] of partsOf(reply, log).entries()) {
        const result = await sendPart(chat, part, index === 0 ? tries : TRIES_OF_LATER_PARTS);
        if (result.sent.kind !== "sent") return result.sent;
        chat = result.chat;
      }
      return { kind: "sent" };
    },
  };

  async function sendPart(to: number, part: Part, tries: number): Promise<{ sent: Sent; chat: number }> {
    let chat = to;
    for (let tried = 1; ; tried += 1) {
      const failure = await attempt(chat, part);
      if (!failure) return { sent: { kind: "sent" }, chat };
      if (failure.movedTo !== undefined && chat === to) {
        log("warn", "channel.chat-moved", { channel: "telegram", problem: failure.problem });
        chat = failure.movedTo;
        continue;
      }
      const sent = outcomeOf(failure);
      const seconds = failure.afterSeconds ?? backOff(tried);
      if (sent.kind === "gone" || tried >= tries || seconds > LONGEST_WAIT_SECONDS) return { sent, chat };
      await wait(seconds);
      if (stopping.aborted) return { sent, chat };
    }
  }

  async function attempt(chat: number, { text, keyboard }: Part): Promise<Failure | undefined> {
    // A preview of the portal's front page would be longer than the answer.
    const other = {
      link_preview_options: { is_disabled: true },
      ...(keyboard && { reply_markup: keyboard }),
    };
    try {
      await api.sendMessage(chat, text, other, within(CALL_MS));
      return undefined;
    } catch (error) {
      const failure = readFailure(error);
      onFailure(failure);
      return failure;
    }
  }
}

function chatOf(conversation: string): number | undefined {
  const id = /^telegram:(-?\d{1,16})$/.exec(conversation)?.[1];
  return id === undefined ? undefined : Number(id);
}

function partsOf({ text, choices }: Reply, log: Log): Part[] {
  const texts = splitText(text, LONGEST_TEXT);
  const keyboard = keyboardOf(choices, log);
  return texts.map((part, index) => ({
    text: part,
    keyboard: index === texts.length - 1 ? keyboard : undefined,
  }));
}

/** One button a row. One that Telegram would refuse is left out, as it would take the whole message with it. */
function keyboardOf(choices: readonly Choice[], log: Log): InlineKeyboardMarkup | undefined {
  const fitting = choices.filter(({ id }) => id !== "" && Buffer.byteLength(id) <= MOST_BYTES);
  if (fitting.length < choices.length) {
    const count = choices.length - fitting.length;
    log("error", "channel.choice-left-out", { channel: "telegram", count, problem: "id over 64 bytes" });
  }
  if (fitting.length === 0) return undefined;
  return { inline_keyboard: fitting.map(({ id, label }) => [{ text: label, callback_data: id }]) };
}
