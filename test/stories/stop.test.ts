import { once } from "node:events";
import { rename } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startBotApi } from "../fakes/bot-api.ts";
import { saysNothing, startWebhookReceiver } from "../fakes/webhook-receiver.ts";
import { machine } from "./machine.ts";
import { listen, visitor } from "./visitor.ts";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
/** So long a stop may take, in milliseconds, on a machine that has nothing else to do. */
const STOPPED_WITHIN = 10_000;

type Sent = { readonly session: string; readonly id: string; readonly answer: string };

/** Goes on writing in a conversation of its own until the program is gone; every answer it got is kept. */
async function writeUntilGone(address: string, number: number, kept: Sent[]): Promise<void> {
  const person = visitor(address);
  for (let count = 0; ; count += 1) {
    const id = `${number}.${count}`;
    try {
      const { raw } = await person.says(count % 2 === 0 ? "phản ánh" : `Việc thứ ${count} ở phường`, id);
      kept.push({ session: person.session(), id, answer: raw });
    } catch {
      return;
    }
  }
}

describe("SIGTERM", () => {
  test("under load: ends by itself with exit code 0, and every message that was answered is there afterwards", async () => {
    const api = await startBotApi();
    const agency = await startWebhookReceiver(SECRET);
    // The agency's system never answers: nobody waits for it.
    agency.next(...Array.from({ length: 50 }, () => saysNothing));
    const here = await machine(
      { TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root },
      { light: true },
    );
    await here.contacts({ "dieu-phoi": [{ channel: "webhook", url: agency.url, secret: SECRET }] });
    try {
      const first = await here.start();
      const kept: Sent[] = [];
      const writers = Array.from({ length: 12 }, (_, number) => writeUntilGone(first.address, number, kept));
      await expect.poll(() => kept.length, { timeout: 60_000 }).toBeGreaterThan(60);
      const { leave } = await listen(first.address, kept[0]?.session ?? "");
      const idle = connect(Number(new URL(first.address).port), "127.0.0.1");
      idle.on("error", () => undefined);
      await once(idle, "connect");
      for (let user = 1; user <= 20; user += 1) api.user(user).says("xin chào");

      const began = Date.now();
      expect(await first.stop()).toBe(0);
      expect(Date.now() - began).toBeLessThan(STOPPED_WITHIN);
      await Promise.all(writers);
      leave();
      idle.destroy();
      const events = first.log().map(({ event }) => event);
      expect(events.slice(-1)).toEqual(["stopped"]);
      expect(first.log().filter(({ event }) => event === "request failed")).toEqual([]);

      const again = await here.start();
      for (const { session, id, answer } of kept) {
        // The same message again is answered the same without being handled: so it was stored.
        const { raw } = await visitor(again.address, session).says("something else", id);
        expect(raw).toBe(answer);
      }
      await expect.poll(() => api.unconfirmed(), { timeout: 15_000 }).toEqual([]);
      for (let user = 1; user <= 20; user += 1)
        expect(api.user(user).messages().length, `user ${user}`).toBeGreaterThan(0);
      expect(await again.stop()).toBe(0);
    } finally {
      await agency.close();
      await api.down();
    }
  });

  test("a second one ends at once, also while something is still being waited for", async () => {
    const here = await machine({}, { light: true });
    const program = await here.start();
    const slow = connect(Number(new URL(program.address).port), "127.0.0.1");
    slow.on("error", () => undefined);
    slow.write("POST /api/messages HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{");
    await once(slow, "connect");
    const stopped = program.stop();
    await expect
      .poll(() => program.log().some(({ event }) => event === "stopping"), { timeout: 10_000 })
      .toBe(true);
    const began = Date.now();
    await program.stop();
    expect(Date.now() - began).toBeLessThan(3_000);
    expect(await stopped).toBe(1);
    slow.destroy();
  });
});

test("a disk that fails ends the program, so that whoever watches over it starts it anew; nobody is told that it was stored", async () => {
  const here = await machine({}, { light: true });
  const program = await here.start();
  const store = join(here.data, "store");
  // Gone from under the program, as a disk is that was taken away.
  await rename(store, `${store}.away`);
  const person = visitor(program.address);
  await expect(person.says("khai sinh cần gì", "1")).rejects.toThrow();
  expect(await program.ended()).toBe(1);
  expect(program.log().map(({ event }) => event)).toContain("disk failed");
  await rename(`${store}.away`, store);
  const again = await here.start();
  expect((await visitor(again.address).says("khai sinh cần gì", "1")).raw).toContain("khai sinh");
  expect(await again.stop()).toBe(0);
});
