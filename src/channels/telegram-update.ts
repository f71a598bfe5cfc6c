import type { CallbackQuery, Chat, Message, Update, User } from "grammy/types";
import type { Inbound, InboundBody } from "../messages/message.ts";

/** The bot itself, as `getMe` tells it. */
export type Me = { readonly id: number; readonly username: string };

/** The kinds of update that Telegram is asked for. */
export const UPDATES = ["message", "callback_query"] as const;

/** What a person can send that is not text. Other messages without text are Telegram's own notes ("pinned"). */
const UNREADABLE = [
  "animation",
  "audio",
  "checklist",
  "contact",
  "dice",
  "document",
  "game",
  "live_photo",
  "location",
  "paid_media",
  "photo",
  "poll",
  "rich_message",
  "sticker",
  "story",
  "venue",
  "video",
  "video_note",
  "voice",
] as const satisfies readonly (keyof Message)[];

/** A leading command, with the bot that it names if any: `/tracuu@MotCuaBot`. `/xoa-du-lieu` counts as one. */
const COMMAND = /^(\/[^\s@]+)(?:@(\w+))?/;

/** Whether something that was posted to us is an update at all; what is in it `readUpdate` tells. */
export function isUpdate(posted: unknown): posted is Update {
  return (
    typeof posted === "object" &&
    posted !== null &&
    "update_id" in posted &&
    Number.isSafeInteger(posted.update_id)
  );
}

/** The message in an update, or undefined when it is none for us: an edit, another bot's command, chatter of a group. */
export function readUpdate(update: Update, me: Me): Inbound | undefined {
  // Telegram begins its numbers anew after a quiet week: with the chat, no one can get what another was replied.
  const key = `telegram:${update.message?.chat.id ?? update.callback_query?.message?.chat.id ?? 0}:${update.update_id}`;
  if (update.message) return readMessage(key, update.message, me);
  if (update.callback_query) return readTap(key, update.callback_query);
  return undefined;
}

function readMessage(key: string, message: Message, me: Me): Inbound | undefined {
  const { chat, from, reply_to_message: answered } = message;
  // Anonymous administrators and channels write under one shared sender: nobody who could act.
  if (!from || from.is_bot || message.sender_chat) return undefined;
  const body = readBody(message, me);
  // Only our own words count as what was answered: a person's could be forged.
  const ours = answered?.from?.id === me.id;
  if (!body || (chat.type !== "private" && !ours && !isCommandFor(message.text, me))) return undefined;
  const inReplyTo = ours ? (answered.text ?? answered.caption) : undefined;
  return { ...envelope(key, chat, from), body, ...(inReplyTo !== undefined && { inReplyTo }) };
}

function readTap(key: string, tap: CallbackQuery): Inbound | undefined {
  if (!tap.message || tap.data === undefined) return undefined;
  return { ...envelope(key, tap.message.chat, tap.from), body: { kind: "choice", id: tap.data } };
}

function envelope(key: string, chat: Chat, from: User): Omit<Inbound, "body"> {
  const language = readLanguage(from.language_code);
  return {
    key,
    conversation: `telegram:${chat.id}`,
    sender: `telegram:${from.id}`,
    privately: chat.type === "private",
    ...(language && { language }),
  };
}

function readBody(message: Message, me: Me): InboundBody | undefined {
  if (message.text !== undefined) return { kind: "text", text: withoutOurName(message.text, me) };
  return UNREADABLE.some((kind) => message[kind] !== undefined) ? { kind: "unsupported" } : undefined;
}

function withoutOurName(text: string, me: Me): string {
  const [whole = "", command = "", bot] = COMMAND.exec(text) ?? [];
  return sameName(bot, me) ? command + text.slice(whole.length) : text;
}

function isCommandFor(text: string | undefined, me: Me): boolean {
  const command = COMMAND.exec(text ?? "");
  return command !== null && (command[2] === undefined || sameName(command[2], me));
}

function sameName(name: string | undefined, me: Me): boolean {
  return name?.toLowerCase() === me.username.toLowerCase();
}

function readLanguage(code: string | undefined): "vi" | "en" | undefined {
  const language = code?.toLowerCase().split("-")[0];
  return language === "vi" || language === "en" ? language : undefined;
}
