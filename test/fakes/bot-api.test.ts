import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { type BotApi, startBotApi } from "./bot-api.ts";
import { tooManyRequests } from "./bot-api-wire.ts";

let api: BotApi;
beforeEach(async () => {
  api = await startBotApi();
  const started = api;
  onTestFinished(() => started.down());
});

type Answered = {
  ok: boolean;
  error_code?: number;
  description?: string;
  parameters?: object;
  result?: unknown;
};

async function post(method: string, body: string, token = api.token): Promise<Answered & { status: number }> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${api.root}/bot${token}/${method}`, { method: "POST", headers, body });
  return { status: response.status, ...((await response.json()) as Answered) };
}

const call = (method: string, params: object = {}): Promise<Answered> => post(method, JSON.stringify(params));
const bad = (description: string): object => ({
  ok: false,
  error_code: 400,
  description: `Bad Request: ${description}`,
});
const keyboard = (...buttons: readonly object[]): object => ({
  reply_markup: { inline_keyboard: [buttons] },
});
const ids = async (params: object): Promise<number[]> => {
  const { result } = await call("getUpdates", params);
  return (result as { update_id: number }[]).map((update) => update.update_id);
};

describe("the fake Bot API refuses what the real one refuses", () => {
  test("wrong tokens, unknown methods and bodies that are no JSON object", async () => {
    expect(await post("getMe", "{}", api.token.replace("AAF", "AAG"))).toMatchObject({
      status: 401,
      ok: false,
    });
    expect(await post("getMe", "{}", "abc")).toMatchObject({ status: 404, ok: false });
    expect(await post("noSuchMethod", "{}")).toMatchObject({ status: 404, ok: false });
    expect(await post("getMe", "{no")).toMatchObject({ status: 400, ok: false });
    expect(await post("getMe", "[1]")).toMatchObject({ status: 400, ok: false });
    expect(await post("GETME", "")).toMatchObject({ status: 200, result: { username: api.botName } });
  });

  test("a message to a chat that does not exist, has not written first or has blocked the bot", async () => {
    expect(await call("sendMessage", { text: "Chào" })).toMatchObject(bad("chat_id is empty"));
    expect(await call("sendMessage", { chat_id: 5, text: "Chào" })).toMatchObject(bad("chat not found"));
    const lan = api.user(5);
    expect(await call("sendMessage", { chat_id: 5, text: "Chào" })).toMatchObject({ error_code: 403 });
    lan.says("xin chào");
    expect(await call("sendMessage", { chat_id: "5", text: "Chào" })).toMatchObject({ ok: true });
    lan.blocks();
    expect(await call("sendMessage", { chat_id: 5, text: "Chào" })).toMatchObject({ error_code: 403 });
  });

  test("text and buttons out of bounds", async () => {
    api.user(5).says("xin chào");
    const send = (content: object): Promise<Answered> =>
      call("sendMessage", { chat_id: 5, text: "Chào", ...content });
    expect(await send({ text: " \n" })).toMatchObject(bad("message text is empty"));
    expect(await send({ text: "a".repeat(4097) })).toMatchObject(bad("message is too long"));
    expect(await send({ text: "\uD83D" })).toMatchObject(bad("strings must be encoded in UTF-8"));
    expect(await send({ text: "ệ".repeat(4096) })).toMatchObject({ ok: true });
    expect(await send(keyboard({ text: "a", callback_data: "ề".repeat(22) }))).toMatchObject(
      bad("BUTTON_DATA_INVALID"),
    );
    expect(await send(keyboard({ text: "a", callback_data: "" }))).toMatchObject(bad("BUTTON_DATA_INVALID"));
    expect(await send(keyboard({ text: "", callback_data: "a" }))).toMatchObject({ error_code: 400 });
    expect(await send(keyboard({ text: "a" }))).toMatchObject({ error_code: 400 });
    expect(await send(keyboard({ text: "a", callback_data: "x".repeat(64) }))).toMatchObject({ ok: true });
    expect(await send({ reply_markup: { inline_keyboard: ["a"] } })).toMatchObject({ error_code: 400 });
  });

  test("an edit that changes nothing or of what is not the bot's", async () => {
    const lan = api.user(5);
    lan.says("xin chào");
    await call("sendMessage", { chat_id: 5, text: "Chào" });
    const edit = (message_id: number, text: string): Promise<Answered> =>
      call("editMessageText", { chat_id: 5, message_id, text });
    expect((await edit(2, "Chào")).description).toMatch(/message is not modified/);
    expect(await edit(3, "Chào")).toMatchObject(bad("message to edit not found"));
    expect(await edit(1, "Chào")).toMatchObject(bad("message can't be edited"));
    expect(await edit(2, "Chào bạn")).toMatchObject({ ok: true });
    expect(lan.messages().map((message) => message.text)).toEqual(["Chào bạn"]);
  });

  test("an answer to a tap that never was, or twice; and nobody taps a button that is not there", async () => {
    const lan = api.user(5);
    lan.says("xin chào");
    await call("sendMessage", { chat_id: 5, text: "Chọn", ...keyboard({ text: "a", callback_data: "a" }) });
    expect(() => lan.taps(2, "b")).toThrow("no such button");
    lan.taps(2, "a");
    const { result } = await call("getUpdates", { offset: -1 });
    const [{ callback_query: tap }] = result as [{ callback_query: { id: string } }];
    expect(await call("answerCallbackQuery", { callback_query_id: tap.id })).toMatchObject({ ok: true });
    expect(await call("answerCallbackQuery", { callback_query_id: tap.id })).toMatchObject({
      error_code: 400,
    });
    expect(await call("answerCallbackQuery", { callback_query_id: "7" })).toMatchObject({ error_code: 400 });
  });

  test("commands with marks, capitals or without words", async () => {
    const set = (command: string, description: string, other: object = {}): Promise<Answered> =>
      call("setMyCommands", { commands: [{ command, description }], ...other });
    expect(await set("xoa-du-lieu", "Xóa")).toMatchObject(bad("BOT_COMMAND_INVALID"));
    expect(await set("hủy", "Hủy")).toMatchObject(bad("BOT_COMMAND_INVALID"));
    expect(await set("huy", "")).toMatchObject(bad("BOT_COMMAND_DESCRIPTION_INVALID"));
    expect(await set("huy", "Hủy", { language_code: "vie" })).toMatchObject({ error_code: 400 });
    expect(await set("huy", "Hủy", { scope: { type: "everybody" } })).toMatchObject({ error_code: 400 });
    expect(
      await set("huy", "Hủy", { language_code: "vi", scope: { type: "all_private_chats" } }),
    ).toMatchObject({
      ok: true,
    });
    expect(api.commands("all_private_chats/vi")).toHaveLength(1);
  });
});

describe("the fake Bot API hands out updates as the real one does", () => {
  test("an update comes again until an offset above it is named", async () => {
    const [one, two] = [api.user(5).says("một"), api.user(5).says("hai")];
    expect(await ids({})).toEqual([one, two]);
    expect(await ids({ offset: one, limit: 1 })).toEqual([one]);
    expect(await ids({ offset: two })).toEqual([two]);
    expect(await ids({ offset: two + 1 })).toEqual([]);
    expect(api.unconfirmed()).toEqual([]);
  });

  test("a poll is held until something happens, and the older of two is ended", async () => {
    const older = call("getUpdates", { timeout: 30 });
    await expect.poll(() => api.isPolled()).toBe(true);
    const newer = ids({ timeout: 30, allowed_updates: ["message"] });
    expect(await older).toMatchObject({ ok: false, error_code: 409 });
    const id = api.user(5).says("một");
    expect(await newer).toEqual([id]);
    api.user(5).edits(1, "một sửa");
    expect(api.unconfirmed()).toEqual([id]);
  });

  test("no polling while a webhook is set", async () => {
    expect(await call("setWebhook", { url: "http://example.vn" })).toMatchObject({ error_code: 400 });
    await call("setWebhook", { url: "https://example.vn" });
    api.user(5).says("một");
    expect(await call("getUpdates")).toMatchObject({ error_code: 409 });
    expect(await call("getWebhookInfo")).toMatchObject({ result: { pending_update_count: 1 } });
    for (const refused of [
      { url: "https://10.0.0.1/x" },
      { url: "https://localhost/x" },
      { url: "https://example.vn:8080/x" },
      { url: "example.vn" },
      { url: "https://example.vn", secret_token: "có dấu" },
      { url: "https://example.vn", secret_token: "x".repeat(257) },
      { url: "https://example.vn", max_connections: 101 },
    ])
      expect(await call("setWebhook", refused), JSON.stringify(refused)).toMatchObject({ error_code: 400 });
    await call("deleteWebhook");
    expect(await ids({})).toHaveLength(1);
    await call("deleteWebhook", { drop_pending_updates: true });
    expect(api.unconfirmed()).toEqual([]);
  });

  test("faults strike the calls they are meant for, once", async () => {
    api.faults.next("getMe", tooManyRequests(9));
    expect(await call("getWebhookInfo")).toMatchObject({ ok: true });
    expect(await call("getMe")).toMatchObject({ error_code: 429, parameters: { retry_after: 9 } });
    expect(await call("getMe")).toMatchObject({ ok: true });
    api.faults.next("getMe", { kind: "break", when: "after" });
    await expect(call("getMe")).rejects.toThrow();
  });
});
