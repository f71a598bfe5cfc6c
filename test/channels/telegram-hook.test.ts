import { describe, expect, test } from "vitest";
import type { Receive } from "../../src/channels/channel.ts";
import { NotSaved } from "../../src/store/store.ts";
import { createInbox, HOOK_SECRET, HOOK_URL, say, setUp, textOf, until } from "./telegram-setup.ts";

const SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token";

function post(door: string, body: string, secret?: string): Promise<Response> {
  const headers = {
    "Content-Type": "application/json",
    ...(secret !== undefined && { [SECRET_HEADER]: secret }),
  };
  return fetch(`${door}/telegram`, { method: "POST", headers, body });
}

describe("Telegram by webhook", () => {
  test("is set with the secret and the kinds of update we read, and keeps what waited", async () => {
    const { api, hooked } = await setUp();
    api.user(5).says("Làm khai sinh ở đâu?");
    const { got, receive } = createInbox(say("Ở xã ạ"));
    await (await hooked()).channel.start(receive);
    await until(() => api.unconfirmed().length === 0);
    expect(got.map(textOf)).toEqual(["Làm khai sinh ở đâu?"]);
    expect(api.calls("setWebhook")[0]?.params).toEqual({
      url: HOOK_URL,
      secret_token: HOOK_SECRET,
      allowed_updates: ["message", "callback_query"],
    });
    expect(api.calls("getUpdates")).toEqual([]);
    await until(() => api.user(5).messages().length === 1);
    expect(api.commands("all_private_chats/vi")).toHaveLength(8);
  });

  test("an update is answered with 2xx only after it was stored, and comes again until then", async () => {
    const { api, hooked } = await setUp();
    const { got, receive } = createInbox();
    let failures = 0;
    const { channel } = await hooked();
    await channel.start((message) => {
      if (failures === 3) return receive(message);
      failures += 1;
      expect(api.unconfirmed()).toHaveLength(1);
      return Promise.reject(new Error("disk full"));
    });
    api.user(5).says("một");
    await until(() => api.unconfirmed().length === 0);
    expect(got.map(textOf)).toEqual(["một"]);
    expect(failures).toBe(3);
  });

  test("a message that nothing can be made of is given up with a word, and its chat goes on", async () => {
    const { api, hooked, lines } = await setUp();
    const { got, receive } = createInbox();
    const person = api.user(5);
    const { channel } = await hooked(HOOK_SECRET, { sorry: "Máy chủ gặp lỗi." });
    let tries = 0;
    await channel.start((message) => {
      if (textOf(message) !== "hai") return receive(message);
      tries += 1;
      // What the store could not do meanwhile does not count.
      return Promise.reject(tries % 2 ? new NotSaved("unavailable") : new TypeError("a fault of ours"));
    });
    for (const text of ["một", "hai", "ba"]) person.says(text);
    await until(() => api.unconfirmed().length === 0);
    expect(got.map(textOf)).toEqual(["một", "ba"]);
    expect(tries).toBe(12);
    await until(() => person.messages().some(({ text }) => text === "Máy chủ gặp lỗi."));
    expect(lines.filter((line) => line.includes("message.given-up"))).toHaveLength(1);
  });

  test("but while the store cannot save, a message is never given up", async () => {
    const { api, hooked } = await setUp();
    const { got, receive } = createInbox();
    api.user(5).says("một");
    let failures = 0;
    await (await hooked()).channel.start((message) => {
      failures += 1;
      return failures > 12 ? receive(message) : Promise.reject(new NotSaved("full"));
    });
    await until(() => api.unconfirmed().length === 0);
    expect(got.map(textOf)).toEqual(["một"]);
  });

  test("a chat's messages keep their order while chats go side by side", async () => {
    const { api, hooked } = await setUp();
    const { got, receive } = createInbox();
    await (await hooked()).channel.start(receive);
    for (let index = 0; index < 120; index += 1) api.user(1 + (index % 6)).says(`câu ${index}`);
    await until(() => api.unconfirmed().length === 0);
    for (let user = 1; user <= 6; user += 1) {
      const own = got.filter(({ conversation }) => conversation === `telegram:${user}`).map(textOf);
      expect(own).toEqual(Array.from({ length: 20 }, (_, index) => `câu ${index * 6 + user - 1}`));
    }
  });

  test("who does not know the secret gets nothing in, however the secret is near", async () => {
    const { api, hooked } = await setUp();
    const { got, receive } = createInbox();
    const { channel, door } = await hooked();
    await channel.start(receive);
    await until(() => api.hookUrl() === HOOK_URL);
    const update = JSON.stringify({ update_id: 1, message: { message_id: 1, date: 1, text: "giả" } });
    for (const secret of [
      undefined,
      "",
      HOOK_SECRET.slice(0, -1),
      `${HOOK_SECRET}x`,
      HOOK_SECRET.toUpperCase(),
    ]) {
      expect((await post(door, update, secret)).status).toBe(401);
    }
    expect(got).toEqual([]);
  });

  test("what is no update, or an unreadable one, is done with and does not come again", async () => {
    const { api, hooked, lines } = await setUp();
    const { got, receive } = createInbox();
    const { channel, door } = await hooked();
    await channel.start(receive);
    await until(() => api.hookUrl() === HOOK_URL);
    const bodies = [
      "",
      "null",
      "[]",
      '"x"',
      "{",
      '{"update_id":"1"}',
      '{"update_id":7,"message":{"from":1}}',
    ];
    for (const body of bodies) expect((await post(door, body, HOOK_SECRET)).status, body).toBe(200);
    expect(got).toEqual([]);
    expect(lines.some((line) => line.includes("update.unreadable"))).toBe(true);
  });

  test("before Telegram has said who we are, and after the stop, an update waits at Telegram", async () => {
    const { api, hooked } = await setUp();
    const { got, receive } = createInbox();
    const { channel, door } = await hooked();
    const update = JSON.stringify({ update_id: 1 });
    expect((await post(door, update, HOOK_SECRET)).status).toBe(503);
    await channel.start(receive);
    await until(() => api.hookUrl() === HOOK_URL);
    await channel.stop();
    const id = api.user(5).says("một");
    expect((await post(door, update, HOOK_SECRET)).status).toBe(503);
    expect(api.unconfirmed()).toEqual([id]);
    expect(api.hookUrl()).toBe(HOOK_URL);
    expect(got).toEqual([]);
  });

  test("the stop waits for the message in hand", async () => {
    const { api, hooked } = await setUp();
    let store: (() => void) | undefined;
    const receive: Receive = () =>
      new Promise((resolve) => {
        store = () => resolve([say("Đã nhận")]);
      });
    const { channel } = await hooked();
    await channel.start(receive);
    api.user(5).says("một");
    await until(() => store !== undefined);
    const stopped = channel.stop();
    expect(await Promise.race([stopped, new Promise((resolve) => setTimeout(resolve, 20, "waits"))])).toBe(
      "waits",
    );
    store?.();
    await stopped;
    expect(
      api
        .user(5)
        .messages()
        .map(({ text }) => text),
    ).toEqual(["Đã nhận"]);
  });

  test("it is set again when somebody takes it away, and the loss is told", async () => {
    const { api, hooked, lines } = await setUp();
    await (await hooked()).channel.start(createInbox().receive);
    await until(() => api.hookUrl() === HOOK_URL);
    await fetch(`${api.root}/bot${api.token}/deleteWebhook`);
    await until(() => api.hookUrl() === HOOK_URL);
    expect(lines.some((line) => line.includes("channel.webhook-lost"))).toBe(true);
  });

  test("Telegram out of reach at the start is waited for; a wrong token switches it off", async () => {
    const { api, hooked, pauses, lines } = await setUp();
    api.faults.next("setWebhook", { kind: "break", when: "before" }, 2);
    await (await hooked()).channel.start(createInbox().receive);
    await until(() => api.hookUrl() === HOOK_URL);
    expect(pauses.slice(0, 2)).toEqual([1, 2]);
    expect(lines.join("")).not.toContain(api.token);
    const other = await hooked();
    api.faults.next("getMe", { kind: "refuse", status: 401, description: "Unauthorized" });
    await other.channel.start(createInbox().receive);
    await until(() => lines.some((line) => line.includes("channel.off")));
    expect(await other.channel.send("telegram:5", say("a"))).toMatchObject({ kind: "retry" });
  });
});
