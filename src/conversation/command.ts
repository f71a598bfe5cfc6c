import { words } from "../text/fold.ts";

/** Words understood at any moment, with or without marks. */
export type Command =
  | "start"
  | "help"
  | "cancel"
  | "back"
  | "complain"
  | "status"
  | "reminders"
  | "english"
  | "vietnamese"
  | "human"
  | "privacy"
  | "erase";

const WORDS: Readonly<Record<Command, readonly string[]>> = {
  start: ["/start", "bắt đầu", "start"],
  help: ["/help", "trợ giúp", "giúp đỡ", "hướng dẫn", "help", "menu"],
  cancel: ["/huy", "hủy", "hủy bỏ", "thôi không gửi nữa", "cancel"],
  back: ["quay lại", "trở lại", "back"],
  complain: [
    "/phananh",
    "phản ánh",
    "khiếu nại",
    "tố cáo",
    "gửi phản ánh",
    "tôi muốn phản ánh",
    "tôi muốn khiếu nại",
    "tôi muốn tố cáo",
    "em muốn phản ánh",
    "mình muốn phản ánh",
    "complain",
    "complaint",
    "file a complaint",
  ],
  status: [
    "/tracuu",
    "tra cứu",
    "xem phản ánh",
    "tình trạng phản ánh",
    "tra cứu phản ánh",
    "status",
    "track",
  ],
  reminders: [
    "/nhachen",
    "nhắc hẹn",
    "xem nhắc hẹn",
    "hủy nhắc",
    "hủy nhắc hẹn",
    "bỏ nhắc hẹn",
    "reminders",
    "cancel reminder",
  ],
  english: [
    "tiếng anh",
    "english",
    "in english",
    "speak english",
    "english please",
    "please speak english",
    "do you speak english",
    "can you speak english",
  ],
  vietnamese: ["tiếng việt", "vietnamese", "nói tiếng việt", "tiếng việt đi"],
  human: [
    "gặp cán bộ",
    "gặp người thật",
    "nói chuyện với người",
    "gặp nhân viên",
    "gặp tư vấn viên",
    "human",
    "talk to a human",
  ],
  privacy: ["/privacy", "quyền riêng tư", "chính sách riêng tư", "privacy"],
  erase: ["/xoadulieu", "/xoa-du-lieu", "xóa dữ liệu", "xóa dữ liệu của tôi", "delete my data"],
};

const LANGUAGE = ["/ngonngu"];

const COMMANDS: readonly Command[] = [
  "start",
  "help",
  "cancel",
  "back",
  "complain",
  "status",
  "reminders",
  "english",
  "vietnamese",
  "human",
  "privacy",
  "erase",
];

const BY_WORDS: ReadonlyMap<string, Command> = new Map(
  COMMANDS.flatMap((command) => WORDS[command].map((text) => [keyOf(text), command] as const)),
);

/** The command that the whole message is; undefined for anything else. `language` says which way /ngonngu turns. */
export function commandIn(text: string, language: "vi" | "en"): Command | undefined {
  const [first = "", ...rest] = text.trim().split(/\s+/);
  if (LANGUAGE.includes(first.toLowerCase())) return language === "vi" ? "english" : "vietnamese";
  if (/^\/(?:start|tracuu)$/i.test(first) && rest.length > 0)
    return first.toLowerCase() === "/start" ? "start" : "status";
  const key = keyOf(text.replace(/[.!?]+$/, ""));
  return BY_WORDS.get(key);
}

/** Folded words, a leading slash kept so that "/huy" and "hủy" are told apart from mere words. */
function keyOf(text: string): string {
  return (text.trimStart().startsWith("/") ? "/" : "") + words(text).join(" ");
}
