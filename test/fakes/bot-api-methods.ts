import { reachOf } from "../../src/channels/address.ts";
import { type Account, type ChatState, keepMessage, setAllowed, type WireButton } from "./bot-api-account.ts";

export type Params = Readonly<Record<string, unknown>>;
export type Answer =
  | { readonly ok: true; readonly result: unknown }
  | {
      readonly ok: false;
      readonly error_code: number;
      readonly description: string;
      readonly parameters?: Readonly<Record<string, number>>;
    };

export const okay = (result: unknown): Answer => ({ ok: true, result });
export const refused = (
  error_code: number,
  description: string,
  parameters?: Record<string, number>,
): Answer => ({
  ok: false,
  error_code,
  description,
  ...(parameters && { parameters }),
});
const bad = (description: string): Answer => refused(400, `Bad Request: ${description}`);

/** The methods, save getUpdates, by lower-case name: the real server does not mind the case. */
export const METHODS: Readonly<Record<string, (account: Account, params: Params) => Answer>> = {
  getme: ({ me }) =>
    okay({
      ...me,
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
    }),
  getwebhookinfo: ({ hook, updates, allowed, hookError }) =>
    okay({
      url: hook?.url ?? "",
      has_custom_certificate: false,
      pending_update_count: updates.length,
      ...(hook && { max_connections: hook.connections, allowed_updates: allowed }),
      ...hookError,
    }),
  setwebhook: setWebhook,
  deletewebhook: (account, { drop_pending_updates: drop }) => {
    delete account.hook;
    delete account.hookError;
    if (drop === true) account.updates = [];
    return okay(true);
  },
  getfile: (account, { file_id: id }) => {
    const file = typeof id === "string" ? account.files.get(id) : undefined;
    if (!file) return bad("wrong file_id or the file is temporarily unavailable");
    if (file.bytes.length > 20 * 1024 * 1024) return bad("file is too big");
    account.paths.add(file.path);
    return okay({
      file_id: id,
      file_unique_id: `u${file.path.length}`,
      file_size: file.bytes.length,
      file_path: file.path,
    });
  },
  setmycommands: setMyCommands,
  sendmessage: sendMessage,
  editmessagetext: editMessageText,
  answercallbackquery: (account, { callback_query_id: id, text }) => {
    if (typeof text === "string" && text.length > 200) return bad("MESSAGE_TOO_LONG");
    if (typeof id === "string" && account.taps.delete(id)) return okay(true);
    return bad("query is too old and response timeout expired or query ID is invalid");
  },
};

/** Ports that the real server posts to. */
const HOOK_PORTS = new Set(["", "80", "88", "443", "8443"]);

function setWebhook(account: Account, params: Params): Answer {
  const { url, secret_token: secret, max_connections: connections = 40, allowed_updates: allowed } = params;
  if (url === "" || url === undefined) return METHODS["deletewebhook"]?.(account, params) ?? okay(true);
  if (typeof url !== "string" || !URL.canParse(url)) return bad("bad webhook: invalid webhook URL specified");
  const { protocol, port, hostname } = new URL(url);
  if (protocol !== "https:") return bad("bad webhook: An HTTPS URL must be provided for webhook");
  if (!HOOK_PORTS.has(port))
    return bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443");
  if (reachOf(hostname) !== "name" && reachOf(hostname) !== "public")
    return bad(`bad webhook: IP address ${hostname} is reserved`);
  if (secret !== undefined) {
    if (typeof secret !== "string" || secret.length > 256) return bad("secret token is too long");
    if (!/^[A-Za-z0-9_-]*$/.test(secret)) return bad("secret token contains unallowed characters");
  }
  if (!Number.isInteger(connections) || Number(connections) < 1 || Number(connections) > 100)
    return bad("max_connections must be between 1 and 100");
  if (allowed !== undefined) {
    if (!Array.isArray(allowed)) return bad("can't parse allowed updates: expected an Array of String");
    setAllowed(account, allowed as string[]);
  }
  if (params["drop_pending_updates"] === true) account.updates = [];
  account.hook = { url, secret: secret ?? "", connections: Number(connections) };
  delete account.hookError;
  return okay(true);
}

const SCOPES = new Set(["default", "all_private_chats", "all_group_chats", "all_chat_administrators"]);

function setMyCommands(account: Account, { commands, scope, language_code: language = "" }: Params): Answer {
  if (!Array.isArray(commands) || commands.length > 100)
    return bad("can't parse commands: expected an Array of BotCommand");
  for (const { command, description } of commands as readonly Params[]) {
    if (typeof command !== "string" || !/^\/?[a-z0-9_]{1,32}$/.test(command))
      return bad("BOT_COMMAND_INVALID");
    if (typeof description !== "string" || !isLong(description.trim(), 1, 256))
      return bad("BOT_COMMAND_DESCRIPTION_INVALID");
  }
  if (typeof language !== "string" || !/^([a-z]{2})?$/.test(language))
    return bad("invalid language code specified");
  const type = (scope as Params | undefined)?.["type"] ?? "default";
  if (typeof type !== "string" || !SCOPES.has(type))
    return bad("can't parse BotCommandScope: unsupported type specified");
  account.commands.set(`${type}/${language}`, commands);
  return okay(true);
}

function sendMessage(account: Account, params: Params): Answer {
  const state = writableChat(account, params["chat_id"]);
  if ("ok" in state) return state;
  const content = readContent(params);
  if ("ok" in content) return content;
  return okay(keepMessage(account, state, account.me, content));
}

function editMessageText(account: Account, params: Params): Answer {
  const state = writableChat(account, params["chat_id"]);
  if ("ok" in state) return state;
  const message = state.messages.get(Number(params["message_id"]));
  if (!message) return bad("message to edit not found");
  if (message.from.id !== account.me.id) return bad("message can't be edited");
  const content = readContent(params);
  if ("ok" in content) return content;
  const { reply_markup: before, ...kept } = message;
  if (message.text === content.text && JSON.stringify(before) === JSON.stringify(content.reply_markup))
    return bad(
      "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
    );
  const edited = { ...kept, ...content, edit_date: message.date };
  state.messages.set(message.message_id, edited);
  return okay(edited);
}

/** The chat, if the bot may write to it. */
function writableChat(account: Account, id: unknown): ChatState | Answer {
  if (id === undefined || id === "") return bad("chat_id is empty");
  const state = typeof id === "number" || typeof id === "string" ? account.chats.get(Number(id)) : undefined;
  if (!state) return bad("chat not found");
  if (state.movedTo !== undefined)
    return refused(400, "Bad Request: group chat was upgraded to a supergroup chat", {
      migrate_to_chat_id: state.movedTo,
    });
  if (state.closed === "blocked") return refused(403, "Forbidden: bot was blocked by the user");
  if (state.closed === "deactivated") return refused(403, "Forbidden: user is deactivated");
  if (state.closed === "kicked") return refused(403, "Forbidden: bot was kicked from the group chat");
  return state.open ? state : refused(403, "Forbidden: bot can't initiate conversation with a user");
}

type Content = {
  readonly text: string;
  readonly reply_markup?: { readonly inline_keyboard: readonly WireButton[][] };
};

function readContent({ text, reply_markup: markup, parse_mode: mode }: Params): Content | Answer {
  if (mode !== undefined) return bad("unsupported parse_mode");
  if (typeof text !== "string" || text.trim() === "") return bad("message text is empty");
  if (!text.isWellFormed()) return bad("strings must be encoded in UTF-8");
  if (text.length > 4096) return bad("message is too long");
  if (markup === undefined) return { text: text.trim() };
  const keyboard = (markup as Params | null)?.["inline_keyboard"];
  if (!Array.isArray(keyboard) || !keyboard.every(Array.isArray))
    return bad("object expected as reply markup");
  const rows = keyboard as readonly WireButton[][];
  const wrong = rows
    .flat()
    .map(refuseButton)
    .find((problem) => problem !== undefined);
  return wrong ? bad(wrong) : { text: text.trim(), reply_markup: { inline_keyboard: rows } };
}

function refuseButton({ text, callback_data: data, url }: WireButton): string | undefined {
  if (typeof text !== "string" || text.trim() === "")
    return "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard";
  if (url !== undefined)
    return data === undefined
      ? undefined
      : "can't parse inline keyboard button: Exactly one action is allowed";
  if (typeof data !== "string")
    return "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard";
  return isLong(Buffer.from(data), 1, 64) ? undefined : "BUTTON_DATA_INVALID";
}

function isLong({ length }: { readonly length: number }, least: number, most: number): boolean {
  return length >= least && length <= most;
}
