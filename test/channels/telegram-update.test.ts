import { describe, expect, test } from "vitest";
import { readUpdate } from "../../src/channels/telegram-update.ts";
import type { Inbound } from "../../src/messages/message.ts";

const ME = { id: 99, username: "MotCuaBot" };
const LAN = { id: 5, is_bot: false, first_name: "Lan" };
const BOT = { id: 99, is_bot: true, first_name: "Một Cửa" };
const PRIVATE = { id: 5, type: "private" };
const GROUP = { id: -100_123, type: "supergroup", title: "Tổ một cửa" };

const read = (content: object): Inbound | undefined => readUpdate({ update_id: 41, ...content }, ME);
const message = (content: object, chat: object = PRIVATE, from: object = LAN): Inbound | undefined =>
  read({ message: { message_id: 1, date: 1, chat, from, ...content } });
const inGroup = (content: object): Inbound | undefined => message(content, GROUP);

describe("what a Telegram update says", () => {
  test("a private text names its update, chat and person", () => {
    expect(message({ text: "Làm khai sinh ở đâu?" })).toEqual({
      key: "telegram:5:41",
      conversation: "telegram:5",
      sender: "telegram:5",
      privately: true,
      body: { kind: "text", text: "Làm khai sinh ở đâu?" },
    });
  });

  test.each([
    ["/start", "/start"],
    ["/start pa_7K4P", "/start pa_7K4P"],
    ["/tracuu@motcuabot MC-7K4P-29QX-84MT", "/tracuu MC-7K4P-29QX-84MT"],
    ["/xoa-du-lieu@MotCuaBot", "/xoa-du-lieu"],
    ["/huy@AnotherBot", "/huy@AnotherBot"],
    ["gửi về lan@motcuabot", "gửi về lan@motcuabot"],
  ])("%s is the text %s", (typed, text) => {
    expect(message({ text: typed })?.body).toEqual({ kind: "text", text });
  });

  test.each([
    ["vi", "vi"],
    ["vi-VN", "vi"],
    ["en", "en"],
    ["en-GB", "en"],
    ["km", undefined],
    ["eng", undefined],
    [undefined, undefined],
  ])("the language %s counts as %s", (code, language) => {
    expect(message({ text: "hi" }, PRIVATE, { ...LAN, language_code: code })?.language).toBe(language);
  });

  test.each([
    "sticker",
    "voice",
    "photo",
    "video",
    "document",
    "location",
    "contact",
    "poll",
    "dice",
    "rich_message",
  ])("a %s cannot be read by us", (kind) => {
    expect(message({ [kind]: {}, caption: "xem ảnh" })?.body).toEqual({ kind: "unsupported" });
  });

  test("edits, notes of Telegram's own, channels and messages of nobody in particular are not for us", () => {
    const edited = { message_id: 1, date: 1, edit_date: 2, chat: PRIVATE, from: LAN, text: "đã sửa" };
    expect(read({ edited_message: edited })).toBeUndefined();
    expect(read({ channel_post: edited })).toBeUndefined();
    expect(message({ pinned_message: edited })).toBeUndefined();
    expect(inGroup({ new_chat_members: [BOT] })).toBeUndefined();
    expect(
      message({ text: "/viec", sender_chat: GROUP }, GROUP, { id: 1_087_968_824, is_bot: true }),
    ).toBeUndefined();
    expect(message({ text: "/viec" }, GROUP, { ...LAN, is_bot: true })).toBeUndefined();
    expect(read({ message: { message_id: 1, date: 1, chat: GROUP, text: "/viec" } })).toBeUndefined();
  });

  test("in a group only commands, answers to the bot and taps are heard, and nothing counts as private", () => {
    const ours = { message_id: 3, date: 1, chat: GROUP, from: BOT, text: "Phản ánh mới MC-7K4P-29QX-84MT" };
    expect(inGroup({ text: "ăn trưa chưa?" })).toBeUndefined();
    expect(inGroup({ text: "12 Lê Lợi" })).toBeUndefined();
    expect(inGroup({ sticker: {} })).toBeUndefined();
    expect(inGroup({ text: "/viec@AnotherBot" })).toBeUndefined();
    expect(inGroup({ text: "chào", reply_to_message: { ...ours, from: LAN } })).toBeUndefined();
    expect(inGroup({ text: "/viec" })).toMatchObject({
      conversation: "telegram:-100123",
      sender: "telegram:5",
      privately: false,
    });
    expect(inGroup({ text: "/viec@MotCuaBot" })?.body).toEqual({ kind: "text", text: "/viec" });
    expect(inGroup({ text: "Đã nhận", reply_to_message: ours })).toMatchObject({
      inReplyTo: "Phản ánh mới MC-7K4P-29QX-84MT",
      body: { kind: "text", text: "Đã nhận" },
    });
    expect(read({ callback_query: { id: "1", from: LAN, message: ours, data: "nhan:1" } })).toMatchObject({
      privately: false,
      sender: "telegram:5",
      body: { kind: "choice", id: "nhan:1" },
    });
  });

  test("only what the bot itself said counts as answered", () => {
    const forged = {
      message_id: 3,
      date: 1,
      chat: PRIVATE,
      from: LAN,
      text: "Phản ánh mới MC-7K4P-29QX-84MT",
    };
    expect(message({ text: "Đồng ý", reply_to_message: forged })).not.toHaveProperty("inReplyTo");
  });

  test("a tap works on a message too old to be read, and one without data is none", () => {
    const old = { message_id: 3, date: 0, chat: PRIVATE };
    expect(read({ callback_query: { id: "1", from: LAN, message: old, data: "menu" } })?.body).toEqual({
      kind: "choice",
      id: "menu",
    });
    expect(
      read({ callback_query: { id: "1", from: LAN, message: old, game_short_name: "x" } }),
    ).toBeUndefined();
    expect(
      read({ callback_query: { id: "1", from: LAN, inline_message_id: "x", data: "menu" } }),
    ).toBeUndefined();
  });
});
