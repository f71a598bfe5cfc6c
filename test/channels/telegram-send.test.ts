import { expect, test } from "vitest";
import { tooManyRequests } from "../fakes/bot-api-wire.ts";
import { say, setUp, type World } from "./telegram-setup.ts";

const textsTo = ({ api }: World, id: number): (string | undefined)[] =>
  api
    .user(id)
    .messages()
    .map((message) => message.text);

async function writtenTo(): Promise<World> {
  const world = await setUp();
  world.api.user(5).says("xin chào");
  return world;
}

test("a reply arrives as plain text, a button a row, without a preview", async () => {
  const world = await writtenTo();
  const text = "Lệ phí < 50.000đ & *không* _hoàn_";
  expect(await world.channel().send("telegram:5", say(text, "a", "b"))).toEqual({ kind: "sent" });
  expect(world.api.user(5).messages()[0]).toMatchObject({
    text,
    reply_markup: { inline_keyboard: [[{ callback_data: "a" }], [{ callback_data: "b" }]] },
  });
  const [call] = world.api.calls("sendMessage");
  expect(call?.params).toMatchObject({ chat_id: 5, link_preview_options: { is_disabled: true } });
  expect(call?.params["parse_mode"]).toBeUndefined();
});

test("an id of 64 bytes is a button; a longer one is left out and told, and the message still arrives", async () => {
  const world = await writtenTo();
  const longest = `${"ề".repeat(21)}x`;
  await world.channel().send("telegram:5", say("Chọn", longest, "ề".repeat(22)));
  expect(world.api.user(5).messages()[0]?.reply_markup?.inline_keyboard.flat()).toEqual([
    { text: "Chọn ềềềềề", callback_data: longest },
  ]);
  expect(world.lines[0]).toContain("channel.choice-left-out");
});

test("a long reply comes in parts, in order, with the buttons on the last", async () => {
  const world = await writtenTo();
  const lines = Array.from({ length: 300 }, (_, index) => `Bước ${index}: nộp hồ sơ tại bộ phận một cửa`);
  expect(await world.channel().send("telegram:5", say(lines.join("\n"), "a"))).toEqual({ kind: "sent" });
  const messages = world.api.user(5).messages();
  expect(messages.length).toBeGreaterThan(2);
  expect(messages.map((message) => message.text).join("\n")).toBe(lines.join("\n"));
  expect(messages.map((message) => message.reply_markup !== undefined)).toEqual([
    ...messages.slice(1).map(() => false),
    true,
  ]);
});

test("too many requests: another try, not before the seconds named", async () => {
  const world = await writtenTo();
  world.api.faults.next("sendMessage", tooManyRequests(23));
  expect(await world.channel().send("telegram:5", say("Chào"))).toEqual({
    kind: "retry",
    problem: "429 Too Many Requests: retry after 23",
    afterSeconds: 23,
  });
  expect(world.pauses).toEqual([]);
});

test("a later part is waited for, so that the first is not said twice", async () => {
  const world = await writtenTo();
  world.api.faults.next("sendMessage", { kind: "none" });
  world.api.faults.next("sendMessage", tooManyRequests(7));
  world.api.faults.next("sendMessage", { kind: "break", when: "before" });
  const text = `${"a".repeat(4000)}\n${"b".repeat(4000)}`;
  expect(await world.channel().send("telegram:5", say(text))).toEqual({ kind: "sent" });
  expect(textsTo(world, 5).map((part) => part?.charAt(0))).toEqual(["a", "b"]);
  expect(world.pauses).toEqual([7, 2]);
});

test("a later part that has to wait for too long is left to the caller", async () => {
  const world = await writtenTo();
  world.api.faults.next("sendMessage", { kind: "none" });
  world.api.faults.next("sendMessage", tooManyRequests(600));
  const text = `${"a".repeat(4000)}\n${"b".repeat(4000)}`;
  expect(await world.channel().send("telegram:5", say(text))).toMatchObject({
    kind: "retry",
    afterSeconds: 600,
  });
  expect(world.pauses).toEqual([]);
});

test.each([
  ["a server's error", { kind: "refuse", status: 502, description: "Bad Gateway" }, 0],
  ["a broken connection", { kind: "break", when: "before" }, 0],
  ["a connection broken after the sending", { kind: "break", when: "after" }, 1],
  ["a page of a proxy's", { kind: "page", status: 502 }, 0],
] as const)("%s: the outcome is unknown, another try is for the caller", async (_, fault, arrived) => {
  const world = await writtenTo();
  world.api.faults.next("sendMessage", fault);
  expect(await world.channel().send("telegram:5", say("Chào"))).toMatchObject({ kind: "retry" });
  expect(textsTo(world, 5)).toHaveLength(arrived);
});

test("who blocked the bot, never wrote to it or does not exist is gone for good", async () => {
  const world = await writtenTo();
  const telegram = world.channel();
  world.api.user(5).blocks();
  expect(await telegram.send("telegram:5", say("Chào"))).toEqual({
    kind: "gone",
    problem: "403 Forbidden: bot was blocked by the user",
  });
  world.api.user(6);
  expect((await telegram.send("telegram:6", say("Chào"))).kind).toBe("gone");
  expect(await telegram.send("telegram:7", say("Chào"))).toEqual({
    kind: "gone",
    problem: "400 Bad Request: chat not found",
  });
  expect((await telegram.send("web:7", say("Chào"))).kind).toBe("gone");
  expect(world.api.calls("sendMessage")).toHaveLength(3);
});

test("a group that became a supergroup is followed to its new id, part by part", async () => {
  const world = await setUp();
  world.api.user(5, { group: -77 }).says("/viec");
  world.api.upgrade(-77, -1_000_000_000_077);
  const text = `${"a".repeat(4000)}\n${"b".repeat(4000)}`;
  expect(await world.channel().send("telegram:-77", say(text))).toEqual({ kind: "sent" });
  expect(world.api.user(5, { group: -1_000_000_000_077 }).messages()).toHaveLength(2);
  expect(world.lines[0]).toContain("channel.chat-moved");
});

test("text that Telegram could not write down is mended", async () => {
  const world = await writtenTo();
  await world.channel().send("telegram:5", say("Hỏi \uD83D gì?".normalize("NFD")));
  expect(textsTo(world, 5)).toEqual(["Hỏi \uFFFD gì?"]);
});
