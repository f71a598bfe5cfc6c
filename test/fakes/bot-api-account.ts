/** A message as the Bot API writes it; only what our tests look at is named. */
export type WireMessage = {
  readonly message_id: number;
  readonly date: number;
  readonly chat: WireChat;
  readonly from: WireUser;
  readonly text?: string;
  readonly reply_markup?: { readonly inline_keyboard: readonly (readonly WireButton[])[] };
  readonly reply_to_message?: WireMessage;
  readonly [field: string]: unknown;
};
type WireChat = {
  readonly id: number;
  readonly type: "private" | "group" | "supergroup";
  readonly title?: string;
};
export type WireUser = {
  readonly id: number;
  readonly is_bot: boolean;
  readonly first_name: string;
  readonly username?: string;
  readonly language_code?: string;
};
export type WireButton = { readonly text: string; readonly callback_data?: string; readonly url?: string };
export type WireUpdate = { readonly update_id: number; readonly [kind: string]: unknown };

/** One chat as the server knows it. */
export type ChatState = {
  readonly chat: WireChat;
  /** The bot may write: the person has written first, or the bot is in the group. */
  open: boolean;
  closed?: "blocked" | "kicked" | "deactivated";
  movedTo?: number;
  /** All messages by id; the bot's own are those `from` it. */
  readonly messages: Map<number, WireMessage>;
};

/** All that the server keeps of one bot. */
export type Account = {
  readonly token: string;
  readonly me: WireUser & { readonly username: string };
  readonly chats: Map<number, ChatState>;
  /** Taps that may still be answered. */
  readonly taps: Set<string>;
  readonly commands: Map<string, readonly unknown[]>;
  /** Files by id; `path` is where they are had, once they were asked for. */
  readonly files: Map<string, { readonly path: string; readonly bytes: Uint8Array }>;
  /** Paths that were asked for and may be had. */
  readonly paths: Set<string>;
  updates: WireUpdate[];
  allowed: readonly string[];
  hook?: { readonly url: string; readonly secret: string; readonly connections: number };
  hookError?: { readonly last_error_date: number; readonly last_error_message: string };
  lastUpdate: number;
  lastMessage: number;
};

/** The types of update that are sent when none are asked for. */
const DEFAULT_UPDATES = [
  "message",
  "edited_message",
  "channel_post",
  "callback_query",
  "my_chat_member",
  "poll",
];

export function createAccount(): Account {
  return {
    token: `7000000001:${"AAF-strict_fake".padEnd(35, "x")}`,
    me: { id: 7_000_000_001, is_bot: true, first_name: "Một Cửa", username: "MotCuaTestBot" },
    chats: new Map(),
    taps: new Set(),
    commands: new Map(),
    files: new Map(),
    paths: new Set(),
    updates: [],
    allowed: DEFAULT_UPDATES,
    lastUpdate: 100,
    lastMessage: 0,
  };
}

/** The chat with this id; made when it is new. Private chats have positive ids, groups negative ones. */
export function chatState(account: Account, id: number): ChatState {
  const known = account.chats.get(id);
  if (known) return known;
  const chat: WireChat =
    id > 0 ? { id, type: "private" } : { id, type: id < -1e12 ? "supergroup" : "group", title: "Tổ một cửa" };
  const state: ChatState = { chat, open: id < 0, messages: new Map() };
  account.chats.set(id, state);
  return state;
}

/** Puts a message into a chat under the next id. */
export function keepMessage(
  account: Account,
  state: ChatState,
  from: WireUser,
  content: Readonly<Record<string, unknown>>,
): WireMessage {
  account.lastMessage += 1;
  const date = Math.floor(Date.now() / 1000);
  const message = { message_id: account.lastMessage, date, chat: state.chat, from, ...content };
  state.messages.set(message.message_id, message);
  return message;
}

/** Queues an update, unless its kind was not asked for when it happened. */
export function pushUpdate(account: Account, kind: string, content: unknown): number {
  if (!account.allowed.includes(kind)) return account.lastUpdate;
  account.lastUpdate += 1;
  account.updates.push({ update_id: account.lastUpdate, [kind]: content });
  return account.lastUpdate;
}

export function setAllowed(account: Account, kinds: readonly string[]): void {
  account.allowed = kinds.length > 0 ? kinds : DEFAULT_UPDATES;
}
