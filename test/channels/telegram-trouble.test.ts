import { describe, expect, test } from "vitest";
import { createTelegram } from "../../src/channels/telegram.ts";
import { tooManyRequests } from "../fakes/bot-api-wire.ts";
import { createInbox, say, setUp, textOf, until } from "./telegram-setup.ts";

describe("when Telegram is in the way", () => {
  test("a wrong token switches the channel off with one line, and the program goes on", async () => {
    const { api, channel, lines } = await setUp();
    const token = api.token.replace("AAF", "AAG");
    const telegram = channel({ token });
    await telegram.start(createInbox().receive);
    await until(() => lines.length > 0);
    expect(await telegram.send("telegram:5", say("Chào"))).toEqual({
      kind: "retry",
      problem: "channel is off: token refused (401)",
    });
    await telegram.stop();
    expect(lines).toEqual([
      JSON.stringify({
        level: "error",
        event: "channel.off",
        channel: "telegram",
        reason: "token refused (401)",
      }),
    ]);
  });

  test("something that is no token at all switches it off as well", async () => {
    const { channel, lines } = await setUp();
    await channel({ token: "abc" }).start(createInbox().receive);
    await until(() => lines.length > 0);
    expect(lines[0]).toContain("token refused (404)");
  });

  test("a token that is taken back while running switches the channel off", async () => {
    const { api, channel, lines } = await setUp();
    api.user(5).says("xin chào");
    const telegram = channel();
    await telegram.start(createInbox().receive);
    await until(() => api.isPolled());
    api.faults.next("sendMessage", { kind: "refuse", status: 401, description: "Unauthorized" });
    expect((await telegram.send("telegram:5", say("Chào"))).kind).toBe("retry");
    await until(() => !api.isPolled());
    expect(lines.filter((line) => line.includes("channel.off"))).toHaveLength(1);
  });

  test("out of reach at the start and in between: it waits longer and longer, comes back, and nothing is lost", async () => {
    const { api, channel, lines, pauses } = await setUp();
    const { got, receive } = createInbox();
    await api.down();
    await channel().start(receive);
    await until(() => pauses.length >= 8);
    expect(pauses.slice(0, 8)).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    expect(lines[0]).toContain("channel.unreachable");
    expect(lines[0]).toContain("ECONNREFUSED");
    await api.up();
    api.user(5).says("một");
    await until(() => got.length === 1 && api.isPolled());
    await api.down();
    api.user(5).says("hai");
    await until(() => lines.filter((line) => line.includes("channel.unreachable")).length > 10);
    await api.up();
    await until(() => got.length === 2);
    expect(got.map(textOf)).toEqual(["một", "hai"]);
    expect(lines.some((line) => line.includes("channel.back"))).toBe(true);
  });

  test("a page of a proxy's instead of an answer is waited out", async () => {
    const { api, channel, lines } = await setUp();
    const { got, receive } = createInbox();
    api.faults.next("getUpdates", { kind: "page", status: 502 });
    api.faults.next("getUpdates", { kind: "refuse", status: 500, description: "Internal Server Error" });
    api.user(5).says("một");
    await channel().start(receive);
    await until(() => got.length === 1);
    expect(lines.join("\n")).toContain("invalid-json");
  });

  test("a poll that breaks after its updates were handed out repeats them", async () => {
    const { api, channel } = await setUp();
    const { got, receive } = createInbox();
    api.faults.next("getUpdates", { kind: "break", when: "after" });
    api.user(5).says("một");
    await channel().start(receive);
    await until(() => api.unconfirmed().length === 0);
    expect(got.map(textOf)).toEqual(["một"]);
  });

  test("two programs on one token: both say so and back off, and no message is lost", async () => {
    const { api, channel, lines } = await setUp();
    const { got, receive } = createInbox();
    const [one, other] = [channel(), channel()];
    await one.start(receive);
    await until(() => api.isPolled());
    await other.start(receive);
    await until(() => lines.filter((line) => line.includes("channel.conflict")).length > 3);
    await other.stop();
    api.user(5).says("một");
    await until(() => api.unconfirmed().length === 0);
    expect(new Set(got.map(textOf))).toEqual(new Set(["một"]));
  });

  test("a webhook is removed at the start, and also when somebody sets one later", async () => {
    const { api, channel, lines } = await setUp();
    const { got, receive } = createInbox();
    const setWebhook = (): Promise<Response> =>
      fetch(
        `${api.root}/bot${api.token}/setWebhook?url=${encodeURIComponent("https://example.gov.vn/telegram")}`,
      );
    await setWebhook();
    api.user(5).says("một");
    await channel().start(receive);
    await until(() => got.length === 1 && api.isPolled());
    await setWebhook();
    api.user(5).says("hai");
    await until(() => got.length === 2);
    expect(lines.filter((line) => line.includes("channel.webhook-removed"))).toHaveLength(2);
  });

  test("the menu of commands is set in both languages, and the channel works without it too", async () => {
    const { api, channel, lines } = await setUp();
    const { got, receive } = createInbox();
    const first = channel();
    await first.start(receive);
    await until(() => api.isPolled());
    const names = (key: string): unknown[] =>
      (api.commands(key) ?? []).map((item) => (item as { command: string }).command);
    expect(names("all_private_chats/vi")).toEqual([
      "start",
      "help",
      "phananh",
      "tracuu",
      "huy",
      "ngonngu",
      "privacy",
      "xoadulieu",
    ]);
    expect(names("all_private_chats/")).toEqual(names("all_private_chats/vi"));
    await first.stop();
    api.faults.next("setMyCommands", {
      kind: "refuse",
      status: 429,
      description: "Too Many Requests",
      retryAfter: 5,
    });
    api.user(5).says("một");
    await channel().start(receive);
    await until(() => got.length === 1);
    expect(lines.some((line) => line.includes("channel.commands-not-set"))).toBe(true);
  });

  test("the token stands in no log line, outcome or error", async () => {
    const { api, channel, lines } = await setUp();
    api.user(5).says("xin chào");
    for (const kind of ["getMe", "getUpdates", "sendMessage", "setMyCommands"]) {
      api.faults.next(kind, { kind: "break", when: "before" });
      api.faults.next(kind, { kind: "page", status: 502 });
    }
    const telegram = channel();
    await telegram.start(createInbox(say("Chào")).receive);
    await until(() => api.user(5).messages().length === 1);
    await api.down();
    const sent = await telegram.send("telegram:5", say("Chào"));
    await until(() => lines.some((line) => line.includes("ECONNREFUSED")));
    expect(sent).toEqual({ kind: "retry", problem: expect.stringContaining("no answer") });
    expect(JSON.stringify([lines, sent])).not.toContain(api.token.slice(0, 10));
  });

  test("a chat that must wait for half a minute does not hold up the others, nor the stop", async () => {
    const { api } = await setUp();
    api.faults.next("sendMessage", tooManyRequests(30));
    api.user(5).says("một");
    const telegram = createTelegram({ token: api.token, apiRoot: api.root, log: () => undefined });
    await telegram.start(createInbox(say("Chào")).receive);
    await until(() => api.calls("sendMessage").length === 1);
    api.user(6).says("hai");
    await until(() => api.user(6).messages().length === 1);
    await telegram.stop();
    expect(api.user(5).messages()).toEqual([]);
  });

  test("without a pause of the test's own it waits in real seconds and stops at once all the same", async () => {
    const { api } = await setUp();
    await api.down();
    const lines: string[] = [];
    const telegram = createTelegram({
      token: api.token,
      apiRoot: `${api.root}/`,
      log: (_, event) => void lines.push(event),
    });
    await telegram.start(createInbox().receive);
    await until(() => lines.length === 1);
    await telegram.stop();
    expect(lines).toEqual(["channel.unreachable"]);
  });
});
