import { randomUUID } from "node:crypto";
import {
  type Account,
  type ChatState,
  chatState,
  keepMessage,
  pushUpdate,
  type WireMessage,
  type WireUser,
} from "./bot-api-account.ts";

/** A person with a Telegram client, in one chat with the bot. */
export type Person = {
  readonly state: ChatState;
  /** Writes; returns the id of the update. */
  says(text: string, options?: { readonly replyTo?: number }): number;
  /** Sends something else: `{ sticker: {…} }`. */
  sends(content: Readonly<Record<string, unknown>>): number;
  /** Sends a photograph, in two sizes as clients do, or anything else that is a file. */
  sendsFile(
    kind: "photo" | "document" | "voice" | "audio" | "video",
    bytes: Uint8Array,
    more?: Readonly<Record<string, unknown>>,
    tellsSize?: boolean,
  ): number;
  /** Presses the button of that message which carries these data; the client shows no others. */
  taps(messageId: number, data: string): number;
  edits(messageId: number, text: string): number;
  /** Stops the bot, and lets it in again by writing. */
  blocks(): void;
  /** What the bot has said in this chat, oldest first, as it reads now. */
  messages(): readonly WireMessage[];
};

/** Hands out a person; `wake` ends a poll that is being held. */
export function personIn(
  account: Account,
  id: number,
  facts: { readonly language?: string; readonly group?: number },
  wake: () => void,
): Person {
  const state = chatState(account, facts.group ?? id);
  const me: WireUser = {
    id,
    is_bot: false,
    first_name: "Lan",
    ...(facts.language !== undefined && { language_code: facts.language }),
  };
  const push = (kind: string, content: unknown): number => {
    const update = pushUpdate(account, kind, content);
    wake();
    return update;
  };
  const sends = (content: Readonly<Record<string, unknown>>): number => {
    state.open = true;
    if (state.closed === "blocked") delete state.closed;
    return push("message", keepMessage(account, state, me, content));
  };
  return {
    state,
    says: (text, { replyTo } = {}) =>
      sends({ text, ...(replyTo !== undefined && { reply_to_message: messageOf(state, replyTo) }) }),
    sends,
    sendsFile: (kind, bytes, more = {}, tellsSize = true) => {
      const id = randomUUID();
      account.files.set(id, { path: `${kind}s/file_${account.files.size + 1}`, bytes });
      const file = { file_id: id, file_unique_id: id, ...(tellsSize && { file_size: bytes.length }) };
      const small = { file_id: randomUUID(), file_unique_id: "small", file_size: 90, width: 90, height: 67 };
      const content = kind === "photo" ? [small, { ...file, width: 1280, height: 960 }] : file;
      return sends({ [kind]: content, ...more });
    },
    taps: (messageId, data) => {
      const message = messageOf(state, messageId);
      const buttons = message.reply_markup?.inline_keyboard.flat() ?? [];
      if (!buttons.some((button) => button.callback_data === data))
        throw new Error(`no such button: ${data}`);
      const tap = randomUUID();
      account.taps.add(tap);
      return push("callback_query", {
        id: tap,
        from: me,
        message,
        chat_instance: String(state.chat.id),
        data,
      });
    },
    edits: (messageId, text) => {
      const edited = { ...messageOf(state, messageId), text, edit_date: 1 };
      state.messages.set(messageId, edited);
      return push("edited_message", edited);
    },
    blocks: () => {
      state.closed = "blocked";
    },
    messages: () => [...state.messages.values()].filter((message) => message.from.id === account.me.id),
  };
}

function messageOf(state: ChatState, id: number): WireMessage {
  const message = state.messages.get(id);
  if (!message) throw new Error(`no message ${id} in chat ${state.chat.id}`);
  return message;
}
