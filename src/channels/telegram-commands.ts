import type { BotCommand } from "grammy/types";

/** The menu of commands in a private chat, per language. Officials' commands work without being offered to everybody. */
export const COMMANDS: { readonly vi: readonly BotCommand[]; readonly en: readonly BotCommand[] } = {
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
