import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { vietnamese } from "../../src/wording/citizen.ts";
import { type BotApi, startBotApi } from "../fakes/bot-api.ts";
import { NASTY_TEXTS } from "../fakes/nasty-texts.ts";
import { answers, startWebhookReceiver, type WebhookReceiver } from "../fakes/webhook-receiver.ts";
import { bodyOf, noticed, replies, SECRET } from "./agency.ts";
import { type Machine, machine, type Running, SOON } from "./machine.ts";
import { chatter } from "./telegram-chat.ts";
import { type Answered, codeIn, visitor } from "./visitor.ts";

const { complaint: asks, lateness } = vietnamese;
const STORY =
  "Tôi nộp hồ sơ ở UBND xã Tam Quang, huyện Núi Thành, Quảng Nam ngày 2/11, hẹn 9/11 mà vẫn chưa trả";
/** No message may take longer, in milliseconds, however it is made. */
const LONGEST_MS = 5_000;

let api: BotApi;
let city: WebhookReceiver;
let own: Machine;
let program: Running;

beforeAll(async () => {
  api = await startBotApi();
  city = await startWebhookReceiver(SECRET);
  own = await machine({ TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root, LOG_LEVEL: "debug" });
  await own.contacts({ "ubnd-tp-da-nang": [{ channel: "webhook", url: city.url, secret: SECRET }] });
  program = await own.start();
});
afterAll(async () => {
  await program.kill();
  await city.close();
  await api.down();
});

type Raw = { readonly status: number; readonly text: string; readonly ms: number };

async function request(path: string, init: RequestInit = {}): Promise<Raw> {
  const started = performance.now();
  const response = await fetch(program.address + path, init);
  const text = await response.text();
  return { status: response.status, text, ms: performance.now() - started };
}

const post = (body: string, type = "application/json"): Promise<Raw> =>
  request("/api/messages", { method: "POST", headers: { "Content-Type": type }, body });

/** A program in good order: alive, storing, and without a fault of its own in the log. */
async function expectWell(): Promise<void> {
  expect(program.alive()).toBe(true);
  expect(await request("/health")).toMatchObject({ status: 200 });
  expect(program.log().filter(({ level }) => level === "error")).toEqual([]);
}

describe("over HTTP", () => {
  test("a page that listens is answered at once, though nothing is said yet", async () => {
    const { session } = JSON.parse((await post(JSON.stringify({ id: randomUUID(), text: "xin chào" }))).text);
    const response = await fetch(`${program.address}/api/stream?session=${session}`, {
      signal: AbortSignal.timeout(LONGEST_MS),
    });
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/event-stream"]);
    await response.body?.cancel();
  });

  test("every nasty text gets a sentence at once, before, during and after a complaint, and the draft stays", async () => {
    const drafting = visitor(program.address);
    await drafting.tells(STORY);
    await drafting.presses(asks.addDossier);
    for (const [name, text] of Object.entries(NASTY_TEXTS)) {
      for (const session of [undefined, drafting.session()]) {
        const {
          status,
          text: raw,
          ms,
        } = await post(JSON.stringify({ ...(session && { session }), id: randomUUID(), text }));
        expect(status, name).toBe(200);
        expect(ms, name).toBeLessThan(LONGEST_MS);
        const { messages } = JSON.parse(raw) as Answered;
        expect(messages.length, name).toBeGreaterThan(0);
        for (const message of messages) {
          expect(message.text.trim(), name).not.toBe("");
          expect(message.text.isWellFormed(), name).toBe(true);
        }
      }
    }
    // Each of them was refused as a dossier code.
    const preview = await drafting.says("H17.25-261102-0012");
    expect(preview.text).toContain(STORY);
    const code = codeIn((await drafting.presses(asks.send)).text);
    expect(await noticed(city, code, "filed")).toMatchObject({ dossier: "H17.25-261102-0012", person: null });
    await expectWell();
  });

  test("a body that is not what the route takes is refused with a sentence, never with a fault", async () => {
    const session = visitor(program.address);
    await session.says("xin chào");
    const good = { id: "m1", text: "phí" };
    const bodies: readonly (readonly [string, number, string?])[] = [
      ["", 400],
      ["{", 400],
      ["null", 400],
      ["[]", 400],
      ['"text"', 400],
      ["\uFEFF{", 400],
      ["id=1&text=phí", 400, "application/x-www-form-urlencoded"],
      ["<m/>", 400, "text/xml"],
      ["--x\r\n", 400, "multipart/form-data; boundary=x"],
      [`${"[".repeat(30_000)}${"]".repeat(30_000)}`, 400],
      [`{"id":"m1","text":${'{"text":'.repeat(5_000)}1${"}".repeat(5_000)}}`, 400],
      [JSON.stringify({ text: "phí" }), 400],
      [JSON.stringify({ id: "m1" }), 400],
      [JSON.stringify({ id: 1, text: "phí" }), 400],
      [JSON.stringify({ id: "", text: "phí" }), 400],
      [JSON.stringify({ id: "x".repeat(129), text: "phí" }), 400],
      [JSON.stringify({ id: "m1", text: null }), 400],
      [JSON.stringify({ id: "m1", text: ["phí"] }), 400],
      [JSON.stringify({ ...good, choice: "p:1.001193:fee" }), 400],
      [JSON.stringify({ id: "m1", choice: "x".repeat(129) }), 400],
      [JSON.stringify({ ...good, admin: true }), 400],
      [`{"id":"m1","text":"phí","__proto__":{"admin":true}}`, 400],
      [JSON.stringify({ ...good, session: "not-ours" }), 400],
      [JSON.stringify({ ...good, session: `${session.session().slice(0, -1)}!` }), 400],
      [JSON.stringify({ ...good, session: "a".repeat(36) }), 400],
      [JSON.stringify({ ...good, session: "a".repeat(10_000) }), 400],
      [JSON.stringify({ ...good, text: "c".repeat(100_000) }), 413],
    ];
    for (const [body, expected, type] of bodies) {
      const { status, text } = await post(body, type);
      expect(status, body.slice(0, 60)).toBe(expected);
      expect((JSON.parse(text) as { error: string }).error.length).toBeGreaterThan(10);
      expect(text).not.toMatch(/ at |Error|node_modules/);
    }
    const routes: readonly (readonly [string, RequestInit, number])[] = [
      ["/api/messages", {}, 400],
      ["/api/messages?session=x&after=abc", {}, 400],
      ["/api/stream?session=%00%ff", {}, 400],
      ["/api/stream", {}, 400],
      ["/api/messages", { method: "PUT", body: "{}" }, 404],
      ["/api/messages", { method: "DELETE" }, 404],
      ["/api/replies/x", { method: "POST", body: "{}" }, 401],
      ["/api/replies/%2e%2e%2f", { method: "POST", headers: { Authorization: "Bearer  " } }, 401],
      ["/../../etc/passwd", {}, 404],
      ["/%c0%ae%c0%ae/", {}, 404],
      ["/constructor", {}, 404],
      [`/${"x".repeat(10_000)}`, {}, 404],
    ];
    for (const [path, init, expected] of routes) {
      const { status, text } = await request(path, init);
      expect(status, path.slice(0, 60)).toBe(expected);
      expect((JSON.parse(text) as { error: string }).error.length).toBeGreaterThan(10);
    }
    // A position that cannot be is the beginning.
    for (const after of ["-5", "abc", "1e400", "9".repeat(400)]) {
      const { status } = await request(`/api/messages?session=${session.session()}&after=${after}`);
      expect(status).toBe(200);
    }
    await expectWell();
  });

  test("ids of any letters are only ids, and a first message sent twice at once begins one conversation", async () => {
    for (const id of ["\0", "\uD800", "__proto__", "../x", "a".repeat(128), "😀", "0"]) {
      const person = visitor(program.address);
      const one = await person.says("phí làm khai sinh", id);
      expect((await person.says("phí làm khai sinh", id)).raw).toBe(one.raw);
    }
    const id = randomUUID();
    const body = JSON.stringify({ id, text: "làm khai sinh cần gì" });
    const raws = await Promise.all(Array.from({ length: 8 }, () => post(body)));
    expect(new Set(raws.map(({ text }) => text)).size).toBe(1);
    // Who guesses the id but not what was asked gets nothing of it.
    const other = JSON.parse((await post(JSON.stringify({ id, text: "khác" }))).text) as Answered;
    expect(other.session).not.toBe((JSON.parse(raws[0]?.text ?? "") as Answered).session);
    await expectWell();
  });

  test("buttons that are old, made up, or of another person do nothing and say so", async () => {
    const person = visitor(program.address);
    const old = (await person.tells(STORY)).choices.find(({ label }) => label === asks.send)?.id ?? "";
    // The preview changes: what was consented to is no longer what would be sent.
    await person.presses(asks.editStory);
    const said = await person.tells(`${STORY}, đã hơn hai tuần`);
    expect(said.text).toContain(`${STORY}, đã hơn hai tuần`);
    const stranger = visitor(program.address);
    await stranger.says("chào");
    const made = [
      old,
      "d:send",
      "d:send:x:1",
      "d:place:99999",
      "d:about:ubnd-tp-da-nang",
      "d:kind:constructor",
      "d:skip",
      "p:9.999999:fee",
      "p::",
      "p:1.001193:__proto__",
      "c:yes:none",
      "c:no:",
      "c:send:x",
      "x:maybe",
      "none",
      "o:answer",
      "o:ack:MC-0000-0000-0000",
      "",
      ":",
      "zzz",
      "\0",
      "\uD800",
    ];
    for (const choice of made) {
      for (const one of [person, stranger]) {
        const { text } = await one.chooses(choice);
        expect(text.trim(), choice).not.toBe("");
        expect(text, choice).not.toMatch(/MC-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/);
      }
    }
    const before = city.received.length;
    // Any other words bring the buttons of the newest preview back.
    await person.says("?");
    const sent = await person.presses(asks.send);
    const filed = await noticed(city, codeIn(sent.text), "filed");
    expect(filed.text).toContain("hai tuần");
    expect(city.received).toHaveLength(before + 1);
    await expectWell();
  });

  test("a confirmation sent ten times at once files one complaint", async () => {
    const person = visitor(program.address);
    const send = (await person.tells(STORY)).choices.find(({ label }) => label === asks.send)?.id ?? "";
    const id = randomUUID();
    const same = await Promise.all(Array.from({ length: 10 }, () => person.chooses(send, id)));
    expect(new Set(same.map(({ raw }) => raw)).size).toBe(1);
    const code = codeIn(same[0]?.text ?? "");
    const each = await Promise.all(Array.from({ length: 10 }, () => person.chooses(send)));
    expect(new Set(each.map(({ text }) => codeIn(text)))).toEqual(new Set([code]));
    const { reply, text } = await noticed(city, code, "filed");
    const acts = await Promise.all(
      Array.from({ length: 5 }, () => replies(reply, { action: "acknowledge" })),
    );
    expect(acts.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
      200, 409, 409, 409, 409,
    ]);
    expect(city.received.map(bodyOf).filter((body) => body.case === code)).toHaveLength(1);
    expect(text).toBe(STORY);
    await expectWell();
  });

  test("an agency's answer that is none is refused with a sentence, and the case stays open", async () => {
    const person = visitor(program.address);
    await person.tells(STORY);
    const code = codeIn((await person.presses(asks.send)).text);
    const { reply } = await noticed(city, code, "filed");
    const headers = { Authorization: `Bearer ${reply.token}` };
    for (const body of [
      "",
      "{",
      "[]",
      "null",
      '{"action":"answer"}',
      '{"action":"answer","text":" \\n"}',
      '{"action":"close"}',
      '{"action":"transfer","text":"x"}',
      '{"action":"extend","text":"x","until":"hôm nào đó"}',
      JSON.stringify({ action: "answer", text: "d".repeat(4001) }),
    ]) {
      const response = await fetch(reply.url, { method: "POST", headers, body });
      expect(response.status, body.slice(0, 40)).toBe(400);
      expect(await response.json()).toEqual({ error: expect.stringMatching(/.{10}/) });
    }
    for (const act of [
      { action: "extend", text: "x", until: "2026-13-45" },
      { action: "extend", text: "x", until: "2020-01-01" },
      { action: "transfer", text: "x", to: "__proto__" },
      { action: "transfer", text: "x", to: "ubnd-tp-da-nang" },
    ])
      expect([400, 409], act.until ?? act.to).toContain((await replies(reply, act)).status);
    expect((await replies(reply, { action: "answer", text: "\u0000Đã trả xong\uD800\u202E" })).status).toBe(
      200,
    );
    await person.hears("Đã trả");
    await expectWell();
  });
});

describe("over Telegram", () => {
  test("every nasty text, sticker, edit and picture gets one answer at most, and the draft stays", async () => {
    const person = chatter(api, 4_503_599_627_370_495);
    const apology = await person.says(STORY, lateness.askApology);
    const told = await person.presses(apology, lateness.apology.none, asks.hidden);
    await person.presses(told, asks.addDossier, asks.askDossier);
    for (const [name, text] of Object.entries(NASTY_TEXTS)) {
      // Telegram itself takes no empty message and none above 4,096 characters.
      if (text.trim() === "" || text.length > 4096) continue;
      const before = person.all().length;
      person.person.says(text);
      await vi.waitUntil(() => person.all().length > before, SOON);
      expect(person.all().at(-1)?.trim(), name).not.toBe("");
    }
    const before = person.all().length;
    person.person.sends({ sticker: { file_id: "x" } });
    person.person.sends({ photo: [{ file_id: "x" }], caption: "ảnh giấy hẹn" });
    person.person.sends({ voice: { file_id: "x" } });
    await vi.waitUntil(() => person.all().length === before + 3, SOON);
    const preview = await person.says("H17.25-261102-0012", STORY, "H17.25-261102-0012");
    // Two presses before the first is answered.
    const send = preview.reply_markup?.inline_keyboard.flat()[0]?.callback_data ?? "";
    person.person.taps(preview.message_id, send);
    person.person.taps(preview.message_id, send);
    const code = codeIn((await person.hears("Mã tra cứu")).text ?? "");
    await person.hears(code);
    await noticed(city, code, "filed");
    // A button of a question long answered.
    await person.presses(apology, lateness.apology.none, vietnamese.answers.staleChoice);
    expect(city.received.map(bodyOf).filter((body) => body.case === code)).toHaveLength(1);
    expect(program.log().filter(({ event }) => event === "reply.lost")).toEqual([]);
    await expectWell();
  });

  test("a Telegram that breaks, refuses and floods loses nothing, and nothing is handled twice", async () => {
    const person = chatter(api, 11);
    await person.says("xin chào", "Một Cửa");
    await vi.waitUntil(() => api.isPolled(), SOON);
    api.faults.next("getUpdates", { kind: "break", when: "after" });
    api.faults.next("sendMessage", { kind: "break", when: "before" });
    const before = person.all().length;
    person.person.says("sao y giấy tờ mất bao nhiêu tiền");
    person.person.says("7");
    await vi.waitUntil(() => person.all().length >= before + 2, SOON);
    await vi.waitUntil(() => api.unconfirmed().length === 0, SOON);
    expect(person.all().slice(before)).toEqual([
      expect.stringContaining("2.000 đồng"),
      expect.not.stringContaining("2.000 đồng"),
    ]);
    expect(program.log().some(({ event }) => event === "channel.unreachable")).toBe(true);
    await expectWell();
  });

  test("a Telegram out of reach, or one that knows no such token, leaves the page working, a line in the log, no token in it", async () => {
    const troubles = [
      [{ TELEGRAM_API_ROOT: "http://127.0.0.1:9" }, "channel.unreachable"],
      [{ TELEGRAM_BOT_TOKEN: `123:${"KANARIENTOKEN".padEnd(35, "x")}` }, "channel.off"],
      [{ TELEGRAM_BOT_TOKEN: "123:KANARIENTOKEN" }, "channel.off"],
    ] as const;
    const meet = async ([env, event]: (typeof troubles)[number]): Promise<void> => {
      const token = `7000000001:${"KANARIENTOKEN".padEnd(35, "x")}`;
      const settings = { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: api.root, ...env };
      const lonely = await (await machine(settings, { light: true })).start();
      await vi.waitUntil(() => lonely.log().some((line) => line["event"] === event), SOON);
      expect((await visitor(lonely.address).says("xin chào")).text).toBe(vietnamese.answers.greeting);
      expect(lonely.output()).not.toContain("KANARIENTOKEN");
      expect(await lonely.stop()).toBe(0);
    };
    await Promise.all(troubles.map(meet));
  });
});

describe("what is private", () => {
  test("stands in no line of the log and in no file of DATA_DIR, also after the stop", async () => {
    const told = {
      name: "Kanarien Vogel",
      phone: "0912345678",
      email: "kanarie@example.com",
      dossier: "H17.25-261102-7777",
      story:
        "Kanariengeschichte: tôi nộp hồ sơ ở UBND xã Tam Quang, huyện Núi Thành, Quảng Nam ngày 2/11, hẹn 9/11, chưa trả",
      question: "kanarienfrage zzyzx zzyzx quux",
      answer: "Kanarienantwort của cơ quan",
      official: "kanariennotiz",
      token: api.token.slice(11),
    };
    const person = visitor(program.address);
    await person.says(told.question);
    await person.tells(told.story);
    await person.says(told.dossier);
    await person.says(`${told.name}, ${told.phone}`);
    await person.says(told.email);
    city.next(answers(503));
    const code = codeIn((await person.presses(asks.send)).text);
    const filed = await noticed(city, code, "filed");
    expect(filed.person).toEqual({ name: told.name, phone: told.phone });
    await replies(filed.reply, { action: "progress", text: told.answer });
    await person.hears(told.answer);
    await visitor(program.address).says(told.story);
    await chatter(api, 12).says(told.story, lateness.askApology);
    await post(`{"${told.name}": ${told.phone}`);
    await request(`/api/messages?session=${told.name}&text=${told.email}`);
    await request(`/${told.official}`);
    await replies({ url: `${program.address}/api/replies/${told.official}`, token: told.official }, {});
    const secrets = {
      ...told,
      session: person.session(),
      replyToken: filed.reply.token,
      webhookSecret: SECRET.slice(6),
    };

    const leaks = async (): Promise<string[]> => {
      const names = await readdir(own.data, { recursive: true, withFileTypes: true });
      const files = names.filter((entry) => entry.isFile() && entry.name !== "contacts.yaml");
      expect(files.length).toBeGreaterThan(1);
      const contents = await Promise.all(
        files.map(async (entry) => ({
          place: entry.name,
          text: (await readFile(join(entry.parentPath, entry.name))).toString("latin1"),
        })),
      );
      return [...contents, { place: "the log", text: program.output() }].flatMap(({ place, text }) =>
        Object.entries(secrets)
          .filter(([, secret]) =>
            [secret, Buffer.from(secret).toString("latin1")].some((form) => text.includes(form)),
          )
          .map(([name]) => `${name} in ${place}`),
      );
    };
    expect(await leaks()).toEqual([]);
    expect(await program.stop()).toBe(0);
    expect(await leaks()).toEqual([]);
    // The log is not empty for that: it says what happened.
    expect(program.log().length).toBeGreaterThan(20);
  });
});
