import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { vietnamese } from "../../src/wording/citizen.ts";
import { startBotApi } from "../fakes/bot-api.ts";
import { machine, SOON } from "./machine.ts";
import { visitor } from "./visitor.ts";

const PUBLIC = "https://motcua.example.vn";
const WEAK = "whsec_AAAAAAAA";

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

describe("a program that the Internet can reach", () => {
  test("Telegram comes by webhook with a secret that is made and stays the same, and is asked by polling again without PUBLIC_URL", async () => {
    const api = await startBotApi();
    const port = await freePort();
    const telegram = { TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root };
    const open = { PUBLIC_URL: PUBLIC, PORT: String(port), RATE_LIMITS: "on", MOTCUA_NOW: "" };
    const here = await machine(telegram, { light: true });
    try {
      api.user(5).says("xin chào");
      const first = await here.start(open);
      api.leadHookTo(`http://127.0.0.1:${port}`);
      expect(first.address).toBe(PUBLIC);
      expect(first.output()).toContain("telegram: on (webhook)");
      await expect.poll(() => api.user(5).messages().length, SOON).toBe(1);
      expect(api.hookUrl()).toBe(`${PUBLIC}/telegram`);
      expect((await fetch(`http://127.0.0.1:${port}/telegram`, { method: "POST", body: "{}" })).status).toBe(
        401,
      );
      expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(404);
      await first.kill();
      api.user(5).says("cảm ơn");
      const second = await here.start(open);
      await expect.poll(() => api.user(5).messages().length, SOON).toBe(2);
      const secrets = api.calls("setWebhook").map(({ params }) => params["secret_token"]);
      expect(secrets.length).toBeGreaterThanOrEqual(2);
      expect(new Set(secrets).size).toBe(1);
      expect(String(secrets[0])).toMatch(/^[\w-]{43}$/);
      expect(first.output() + second.output()).not.toContain(String(secrets[0]));
      expect(await second.stop()).toBe(0);
      const polling = await here.start();
      api.user(5).says("xin chào");
      await expect.poll(() => api.user(5).messages().length, SOON).toBe(3);
      expect(api.hookUrl()).toBe("");
      expect(await polling.stop()).toBe(0);
    } finally {
      await api.down();
    }
  });

  test("does not start with secrets that would be guessed, and names each with its remedy", async () => {
    const here = await machine({ PUBLIC_URL: PUBLIC, RATE_LIMITS: "on", MOTCUA_NOW: "" }, { light: true });
    await here.contacts({
      "dieu-phoi": [{ channel: "webhook", url: "https://a.example.vn/", secret: WEAK }],
    });
    const settings = await here.run(["start"], {
      env: { ADMIN_TOKEN: "a".repeat(30), PUBLIC_URL: "http://a.vn" },
    });
    expect(settings.code).toBe(1);
    expect(settings.stderr).toMatch(/PUBLIC_URL[\s\S]*ADMIN_TOKEN.*openssl rand/);
    const contacts = await here.run(["start"]);
    expect(contacts.code).toBe(1);
    expect(contacts.stderr).toMatch(/webhook secret of dieu-phoi .*too short.*openssl rand/);
    expect(contacts.stdout + contacts.stderr).not.toContain(WEAK);
  });
});

describe("motcua switch", () => {
  test("turns off and on what runs, with the reason told to people, on /health and at the start", async () => {
    const here = await machine({}, { light: true });
    const program = await here.start();
    const person = visitor(program.address);
    const ran = await here.run(["switch", "off", "answers", "Đang sửa dữ liệu khai sinh"]);
    expect(ran).toMatchObject({ code: 0, stdout: "answers are turned off: Đang sửa dữ liệu khai sinh.\n" });
    const off = vietnamese.doors.answersOff("Đang sửa dữ liệu khai sinh.");
    expect((await person.says("làm khai sinh cần giấy tờ gì")).text).toBe(off);
    const health = await fetch(`${program.address}/health`);
    expect(health.status).toBe(200);
    expect(JSON.stringify(await health.json())).toContain("Đang sửa dữ liệu khai sinh.");
    await here.run(["switch", "off", "channel:web", "Bảo trì đến 17 giờ"]);
    expect((await person.says("phản ánh")).text).toContain("Bảo trì đến 17 giờ.");
    expect(await program.stop()).toBe(0);
    const again = await here.start();
    expect(again.output()).toContain("channel web is turned off: Bảo trì đến 17 giờ.");
    for (const what of ["answers", "channel:web"]) await here.run(["switch", "on", what]);
    expect((await here.run(["switch"])).stdout).toBe("everything is on\n");
    expect((await person.at(again.address).says("làm khai sinh cần giấy tờ gì")).text).not.toBe(off);
    for (const wrong of [
      ["switch", "off", "agency:none", "Một lý do"],
      ["switch", "off", "intake"],
      ["switch", "off", "fax", "Một lý do"],
    ])
      expect((await here.run(wrong)).code, wrong.join(" ")).toBe(1);
    expect((await here.run(["switch", "maybe", "intake"])).code).toBe(2);
    expect(await again.stop()).toBe(0);
  });
});
