import type { Api } from "grammy";
import type { BotCommand } from "grammy/types";
import type { Log } from "../log.ts";
import { isTokenRefused, readFailure } from "./telegram-failure.ts";
import { within } from "./telegram-signal.ts";

const CALL_MS = 10_000;

/** The menu of commands in a private chat, per language. Officials' commands work without being offered to everybody. */
const COMMANDS: { readonly vi: readonly BotCommand[]; readonly en: readonly BotCommand[] } = {
  vi: [
    { command: "start", description: "Bắt đầu" },
    { command: "help", description: "Hướng dẫn sử dụng" },
    { command: "phananh", description: "Gửi phản ánh, khiếu nại" },
    { command: "tracuu", description: "Tra cứu theo mã đã nhận" },
    { command: "huy", description: "Hủy việc đang làm" },
    { command: "ngonngu", description: "Đổi ngôn ngữ (Tiếng Việt, English)" },
    { command: "privacy", description: "Quyền riêng tư" },
    { command: "xoadulieu", description: "Xóa dữ liệu của tôi" },
  ],
  en: [
    { command: "start", description: "Begin" },
    { command: "help", description: "How to use this bot" },
    { command: "phananh", description: "Make a complaint (phản ánh)" },
    { command: "tracuu", description: "Look up a tracking code (tra cứu)" },
    { command: "huy", description: "Cancel what you are doing (hủy)" },
    { command: "ngonngu", description: "Change language (Tiếng Việt, English)" },
    { command: "privacy", description: "Privacy" },
    { command: "xoadulieu", description: "Delete my data (xóa dữ liệu)" },
  ],
};

/**
 * Sets the menu. It is a convenience: without it the commands work all the same.
 * @throws what the call threw, when the token is refused
 */
export async function offerCommands(api: Api, log: Log): Promise<void> {
  const scope = { type: "all_private_chats" } as const;
  try {
    await api.setMyCommands(COMMANDS.en, { scope }, within(CALL_MS));
    await api.setMyCommands(COMMANDS.vi, { scope, language_code: "vi" }, within(CALL_MS));
  } catch (error) {
    const failure = readFailure(error);
    if (isTokenRefused(failure)) throw error;
    log("warn", "channel.commands-not-set", { channel: "telegram", problem: failure.problem });
  }
}
