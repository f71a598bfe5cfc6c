import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Receive } from "../../src/channels/channel.ts";
import { NotSaved, StoreError } from "../../src/store/store.ts";
import { createInbox, say, setUp, textOf, until } from "./telegram-setup.ts";

describe("taking messages in", () => {
  test("an update is confirmed only after it was stored", async () => {
    const { api, channel } = await setUp();
    let store: (() => void) | undefined;
    const stored = new Promise<void>((resolve) => {
      store = resolve;
    });
    const id = api.user(5).says("Làm khai sinh ở đâu?");
    let reached = false;
    await channel().start(async () => {
      reached = true;
      await stored;
      return [];
    });
    await until(() => reached);
    expect(api.unconfirmed()).toEqual([id]);
    store?.();
    await until(() => api.unconfirmed().length === 0);
  });

  test("a message that could not be stored is tried again, and nothing is lost or passed over", async () => {
    const { api, channel, lines, pauses } = await setUp();
    const { got, receive } = createInbox();
    for (const text of ["một", "hai", "ba"]) api.user(5).says(text);
    let failures = 0;
    await channel().start((message) => {
      if (textOf(message) !== "hai" || failures === 4) return receive(message);
      failures += 1;
      expect(got.map(textOf)).toEqual(["một"]);
      expect(api.unconfirmed()).toHaveLength(3);
      return Promise.reject(new Error("disk full: hai"));
    });
    await until(() => api.unconfirmed().length === 0);
    expect(got.map(textOf)).toEqual(["một", "hai", "ba"]);
    expect(pauses).toEqual([1, 2, 4, 8]);
    expect(lines.filter((line) => line.includes("message.not-stored"))).toHaveLength(4);
    expect(lines.join("")).not.toContain("disk full");
  });

  test.each([
    ["nothing can be made of", new TypeError("a fault of ours")],
    ["needs what is damaged", new StoreError("complaint c1 cannot be read")],
  ])("a message that %s is given up with a word, and holds up no other for ever", async (_, fault) => {
    const { api, channel, lines } = await setUp();
    const { got, receive } = createInbox();
    const person = api.user(5);
    for (const text of ["một", "hai", "ba"]) person.says(text);
    await channel({ sorry: "Máy chủ gặp lỗi." }).start((message) =>
      textOf(message) === "hai" ? Promise.reject(fault) : receive(message),
    );
    await until(() => api.unconfirmed().length === 0);
    expect(got.map(textOf)).toEqual(["một", "ba"]);
    await until(() => person.messages().some(({ text }) => text === "Máy chủ gặp lỗi."));
    expect(lines.filter((line) => line.includes("message.given-up"))).toHaveLength(1);
  });

  test("but while the store cannot save, a message is never given up", async () => {
    const { api, channel, pauses } = await setUp();
    const { got, receive } = createInbox();
    api.user(5).says("một");
    let failures = 0;
    await channel().start((message) => {
      failures += 1;
      return failures > 12 ? receive(message) : Promise.reject(new NotSaved("full"));
    });
    await until(() => api.unconfirmed().length === 0);
    expect(pauses).toHaveLength(12);
    expect(got.map(textOf)).toEqual(["một"]);
  });

  test("messages of many chats keep their order over many batches", async () => {
    const { api, channel } = await setUp();
    const { got, receive } = createInbox();
    const texts = Array.from({ length: 250 }, (_, index) => `câu ${index}`);
    for (const [index, text] of texts.entries()) api.user(1 + (index % 7)).says(text);
    await channel().start(receive);
    await until(() => api.unconfirmed().length === 0);
    expect(got.map(textOf)).toEqual(texts);
    expect(new Set(got.map((message) => message.key)).size).toBe(250);
  });

  test("after a kill only what was not confirmed comes again", async () => {
    const { api, channel } = await setUp();
    const source = new URL("../../src/channels/telegram.ts", import.meta.url).href;
    const script = `import { createTelegram } from ${JSON.stringify(source)};
      const channel = createTelegram({ token: process.env.TOKEN, apiRoot: process.env.ROOT, log: () => {} });
      await channel.start((m) => m.body.text === "hai" ? new Promise(() => console.log("in hand")) : Promise.resolve([]));`;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
      env: { ...process.env, TOKEN: api.token, ROOT: api.root },
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    api.user(5).says("một");
    await until(() => api.isPolled() && api.unconfirmed().length === 0);
    api.user(5).says("hai");
    api.user(6).says("ba");
    await once(child.stdout, "data");
    child.kill("SIGKILL");
    await once(child, "exit");
    const { got, receive } = createInbox();
    await channel().start(receive);
    await until(() => api.unconfirmed().length === 0);
    expect(got.map(textOf)).toEqual(["hai", "ba"]);
  });

  test("stopping waits for the message in hand, confirms it, and leaves the rest for the next start", async () => {
    const { api, channel } = await setUp();
    const [first, second] = [channel(), channel()];
    let store: (() => void) | undefined;
    let reached = false;
    const receive: Receive = () => {
      reached = true;
      return new Promise((resolve) => {
        store = () => resolve([say("Đã nhận")]);
      });
    };
    api.user(5).says("một");
    const waiting = api.user(5).says("hai");
    await first.start(receive);
    await until(() => reached);
    let stopped = false;
    const stopping = first.stop().then(() => {
      stopped = true;
    });
    expect(stopped).toBe(false);
    store?.();
    await stopping;
    expect(api.unconfirmed()).toEqual([waiting]);
    expect(
      api
        .user(5)
        .messages()
        .map((message) => message.text),
    ).toEqual(["Đã nhận"]);
    const { got, receive: receiveRest } = createInbox();
    await second.start(receiveRest);
    await until(() => got.length === 1);
  });

  test("stopping ends a poll that is being held", async () => {
    const { api, channel } = await setUp();
    const telegram = channel();
    await telegram.start(createInbox().receive);
    await until(() => api.isPolled());
    const before = performance.now();
    await telegram.stop();
    expect(performance.now() - before).toBeLessThan(1_000);
    await until(() => !api.isPolled());
  });

  test("a message that cannot be stored does not hold up the stop", async () => {
    const { api, channel } = await setUp();
    const telegram = channel();
    let tries = 0;
    const id = api.user(5).says("một");
    await telegram.start(() => {
      tries += 1;
      return Promise.reject(new Error("disk full"));
    });
    await until(() => tries > 2);
    await telegram.stop();
    expect(api.unconfirmed()).toEqual([id]);
  });
});
