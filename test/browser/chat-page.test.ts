import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const html = readFileSync(new URL("../../src/http/chat-page.html", import.meta.url), "utf8");
const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? "";
const script = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? "";
const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const CSP =
  `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; connect-src 'self'; img-src data:; ` +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

type Message = { id: string; text: string; choices: { id: string; label: string }[] };
type Post = { session?: string; id: string; text?: string; choice?: string };
/** What befalls the next POST: refused, handled but its answer lost, or held until released. */
type Fate = { status: number; error: string; retryAfter?: number } | "drop" | "hold";

const KINDS = [
  { id: "kind:late", label: "Hồ sơ trễ hẹn" },
  { id: "kind:bribe", label: "Bị đòi tiền <i>quà</i>" },
];
const HOSTILE =
  '<img src=x onerror="document.title=1"><b>đậm</b> javascript:alert(1) https://user:pass@evil.example/ ' +
  "(xem https://dichvucong.gov.vn/p/home?a=1&b=(2)).";

/** A server that speaks the wire of the chat page, and nothing more. */
class Stub {
  readonly posts: Post[] = [];
  readonly handled: Post[] = [];
  readonly fates: Fate[] = [];
  streaming = true;
  url = "";
  private readonly answers = new Map<string, unknown>();
  private readonly pushed = new Map<string, Message[]>();
  private readonly streams = new Map<ServerResponse, string>();
  private readonly held: (() => void)[] = [];
  private readonly server = createServer((request, response) => void this.handle(request, response));

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  push(text: string, choices: Message["choices"] = []): void {
    for (const [session, messages] of this.pushed) {
      const message = { id: String(messages.length + 1), text, choices };
      messages.push(message);
      for (const [stream, of] of this.streams) if (of === session) writeEvent(stream, message);
    }
  }

  /** Sends the last pushed message down the open streams once more. */
  repeat(): void {
    for (const [stream, session] of this.streams) writeEvent(stream, this.pushed.get(session)!.at(-1)!);
  }

  get openStreams(): number {
    return this.streams.size;
  }

  /** From now on refuses the sessions it gave. */
  forget(): void {
    this.pushed.clear();
    this.server.closeAllConnections();
  }

  release(): void {
    for (const go of this.held.splice(0)) go();
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.url);
    if (url.pathname === "/") {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-security-policy": CSP });
      response.end(html.replaceAll("{{operator}}", "Đơn vị vận hành: Xã Thử &lt;Nghiệm&gt; (1022)."));
    } else if (url.pathname === "/api/messages" && request.method === "POST") {
      await this.post(request, response);
    } else if (!this.pushed.has(url.searchParams.get("session") ?? "")) {
      json(response, 400, { error: "Phiên không hợp lệ." });
    } else if (url.pathname === "/api/messages") {
      json(response, 200, { messages: this.since(url, undefined) });
    } else if (url.pathname === "/api/stream" && this.streaming) {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      response.write(": open\n\n");
      this.streams.set(response, url.searchParams.get("session") ?? "");
      response.on("close", () => this.streams.delete(response));
      for (const message of this.since(url, request.headers["last-event-id"])) writeEvent(response, message);
    } else {
      json(response, 404, { error: "Không có." });
    }
  }

  private since(url: URL, last: string | string[] | undefined): Message[] {
    const messages = this.pushed.get(url.searchParams.get("session") ?? "") ?? [];
    return messages.slice(Number(last ?? url.searchParams.get("after")));
  }

  private async post(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const post = JSON.parse(body) as Post;
    this.posts.push(post);
    const fate = this.fates.shift();
    if (typeof fate === "object") {
      if (fate.retryAfter) response.setHeader("retry-after", fate.retryAfter);
      json(response, fate.status, { error: fate.error });
      return;
    }
    if (post.session !== undefined && !this.pushed.has(post.session)) {
      json(response, 400, { error: "Phiên không hợp lệ." });
      return;
    }
    if (fate === "hold") await new Promise<void>((resolve) => this.held.push(resolve));
    const answer = this.answers.get(post.id) ?? this.answer(post);
    this.answers.set(post.id, answer);
    if (fate !== "drop") {
      json(response, 200, answer);
      return;
    }
    // Broken off after the headers: before them Chromium repeats the request by itself.
    response.writeHead(200, { "content-type": "application/json", "content-length": 1000 });
    response.write("{", () => request.socket.destroy());
  }

  private answer(post: Post): unknown {
    this.handled.push(post);
    const session = post.session ?? `phien-${this.answers.size}-${post.id}`;
    if (!this.pushed.has(session)) this.pushed.set(session, []);
    const say = (text: string, choices: Message["choices"] = []) => ({
      session,
      messages: [{ id: `a-${post.id}`, text, choices }],
    });
    if (post.choice) return say(`Đã chọn ${post.choice}`);
    if (post.text === "2") return say(`Đã chọn ${KINDS[1]!.id}`);
    if (post.text === "phản ánh") return say("Phản ánh việc gì?", KINDS);
    if (post.text === "độc") return say(HOSTILE);
    if (post.text === "dài")
      return say(`https://example.gov.vn/${"x".repeat(300)}\n${"ư".repeat(300)}`, KINDS);
    return say(`Nghe rồi: ${post.text}\nDòng hai.`);
  }
}

function writeEvent(stream: ServerResponse, message: Message): void {
  stream.write(`id: ${message.id}\ndata: ${JSON.stringify(message)}\n\n`);
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

describe("the file of the chat page", () => {
  test("is one small file that a strict Content-Security-Policy allows", () => {
    expect(Buffer.byteLength(html)).toBeLessThan(100_000);
    expect(html.match(/<style|<script/g)).toHaveLength(2);
    expect(html).not.toMatch(/\sstyle=|\son[a-z]+="|<link[^>]+href="(?!data:)|\ssrc=|@import|url\(/);
    expect(html.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:\/\/\w/);
  });

  test("sets no HTML, makes no code, and uses no syntax that old phones refuse", () => {
    expect(script).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function/,
    );
    expect(script).not.toMatch(
      /\?\.[a-z([]|\?\?|\|\|=|&&=|replaceAll|\.at\(|structuredClone|replaceChildren/,
    );
    expect(style).not.toMatch(/(?<!-)gap:|inset:|:is\(|:where\(|:has\(|aspect-ratio/);
  });

  test("has the operator's place outside style and script, so that their hashes stay", () => {
    expect(html.match(/\{\{\w+\}\}/g)).toEqual(["{{megabytes}}", "{{operator}}"]);
    expect(style + script).not.toContain("{{");
  });
});

const present = existsSync(CHROMIUM);
if (!present)
  process.stderr.write(
    `No Chromium at ${CHROMIUM} (set CHROMIUM): the chat page is not tried in a browser.\n`,
  );

describe.skipIf(!present)("the chat page in Chromium", () => {
  let browser: Browser;
  let stub: Stub;
  let context: BrowserContext;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    faults = [];
    stub = new Stub();
    await stub.start();
    await begin();
  });

  afterEach(async () => {
    await context.close();
    await stub.stop();
    expect(faults, "errors and violations of the Content-Security-Policy").toEqual([]);
  });

  async function begin(options: BrowserContextOptions = {}): Promise<void> {
    if (context) await context.close();
    context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
    page = await openPage();
  }

  async function openPage(): Promise<Page> {
    const opened = await context.newPage();
    opened.on("pageerror", (error) => faults.push(error.message));
    opened.on("console", (message) => {
      if (/Content.Security.Policy/i.test(message.text())) faults.push(message.text());
    });
    await opened.goto(stub.url);
    return opened;
  }

  const box = () => page.getByRole("textbox", { name: "Câu hỏi hoặc phản ánh của anh/chị" });
  const log = () => page.getByRole("log", { name: "Cuộc trò chuyện" });
  const mine = () => page.locator(".turn.me .bubble > span:last-child");
  const bots = () => page.locator(".turn.bot .bubble > span:last-child");
  const openChoices = () => page.locator(".choices button:enabled").allTextContents();
  const again = () => page.getByRole("button", { name: "Chưa gửi – bấm để gửi lại" });
  const stored = (expression: string) => page.evaluate<string | null>(expression);
  const outbox = async () =>
    JSON.parse((await stored("localStorage.getItem('motcua.outbox')")) ?? "[]") as { id: string }[];

  async function say(text: string): Promise<void> {
    await box().fill(text);
    await box().press("Enter");
  }

  /** Asks, and waits for the answer. */
  async function ask(text: string): Promise<void> {
    const before = await bots().count();
    await say(text);
    await bots().nth(before).waitFor();
  }

  test("greets with four examples, names the machine and the operator, and sends nothing by itself", async () => {
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(
      "Một Cửa – hỏi thủ tục, gửi phản ánh",
    );
    expect(await page.getByText("Trợ lý tự động, không phải người").isVisible()).toBe(true);
    expect(await page.getByRole("contentinfo").textContent()).toBe(
      "Đơn vị vận hành: Xã Thử <Nghiệm> (1022).",
    );
    expect(await openChoices()).toHaveLength(4);
    expect((await openChoices())[0]).toBe("1. Đăng ký khai sinh cho con cần giấy tờ gì?");
    expect(stub.posts).toEqual([]);
    expect(stub.openStreams).toBe(0);
  });

  test("asks: the first message without a session, the next with the one given", async () => {
    await ask("làm căn cước ở đâu");
    await ask("lệ phí?");
    expect(await mine().allTextContents()).toEqual(["làm căn cước ở đâu", "lệ phí?"]);
    expect((await bots().allTextContents()).slice(1)).toEqual([
      "Nghe rồi: làm căn cước ở đâu\nDòng hai.",
      "Nghe rồi: lệ phí?\nDòng hai.",
    ]);
    expect(
      await page.evaluate(`new Set(Array.from(${LAST_ANSWER}.getClientRects(), (line) => line.top)).size`),
      "line breaks are kept",
    ).toBe(2);
    const [first, second] = stub.posts;
    expect(first).toEqual({ id: first?.id, text: "làm căn cước ở đâu" });
    expect(second?.session).toMatch(/^phien-/);
    expect(first?.id).toMatch(UUID);
    expect(second?.id).not.toBe(first?.id);
    expect(await box().inputValue()).toBe("");
  });

  test("an example is sent by its button and by its number", async () => {
    await page.getByRole("button", { name: "3. Gửi phản ánh" }).click();
    await page.getByText("Phản ánh việc gì?").waitFor();
    expect(stub.posts[0]?.text).toBe("phản ánh");

    await begin();
    await ask("1");
    expect(stub.posts.at(-1)?.text).toBe("Đăng ký khai sinh cho con cần giấy tờ gì?");
    await ask("1");
    expect(stub.posts.at(-1)?.text, "with no greeting open a number is the bot's business").toBe("1");
  });

  test("choices are numbered buttons; pressing one sends its id and closes all", async () => {
    await ask("phản ánh");
    expect(await openChoices()).toEqual(["1. Hồ sơ trễ hẹn", "2. Bị đòi tiền <i>quà</i>"]);
    await page.getByRole("button", { name: "1. Hồ sơ trễ hẹn" }).click();
    await page.getByText("Đã chọn kind:late").waitFor();
    expect(stub.posts.at(-1)).toMatchObject({ choice: "kind:late" });
    expect(stub.posts.at(-1)).not.toHaveProperty("text");
    expect(await mine().last().textContent()).toBe("Hồ sơ trễ hẹn");
    expect(await openChoices()).toEqual([]);
  });

  test("typing the number works too, and closes the buttons", async () => {
    await ask("phản ánh");
    await ask("2");
    expect(stub.posts.at(-1)).toMatchObject({ text: "2" });
    expect(await bots().last().textContent()).toBe("Đã chọn kind:bribe");
    expect(await openChoices()).toEqual([]);
  });

  test("while it waits it says so, and what is written meanwhile goes after, in order", async () => {
    stub.fates.push("hold");
    await say("một");
    await page.getByRole("status").getByText("đang trả lời…").waitFor();
    await page.getByRole("button", { name: "Đang gửi…" }).waitFor();
    await say("hai");
    expect(stub.posts).toHaveLength(1);
    stub.release();
    await page.getByText("Nghe rồi: hai").waitFor();
    expect(stub.posts.map((post) => post.text)).toEqual(["một", "hai"]);
    expect(stub.posts[1]?.session).toMatch(/^phien-/);
    await page.getByRole("button", { name: "Gửi", exact: true }).waitFor();
    expect(await page.locator("#status").textContent()).toBe("");
  });

  test("a pushed message appears without reload, once, with its choices", async () => {
    await ask("phản ánh");
    await expect.poll(() => stub.openStreams).toBe(1);
    stub.push("Xã trả lời rồi.", [{ id: "solved", label: "Đã giải quyết" }]);
    stub.repeat();
    await log().getByText("Xã trả lời rồi.").waitFor();
    stub.push("Tin thứ hai.");
    await log().getByText("Tin thứ hai.").waitFor();
    expect(await log().getByText("Xã trả lời rồi.").count()).toBe(1);
    expect(await openChoices()).toEqual(["1. Đã giải quyết"]);
  });

  test("without a stream it asks every 15 seconds", async () => {
    await page.clock.install();
    stub.streaming = false;
    await page.reload();
    await ask("xin chào");
    const polled = page.waitForResponse((response) => response.url().includes("/api/messages?"));
    await page.clock.fastForward(1);
    await polled;
    stub.push("Tin qua hỏi.");
    await page.clock.fastForward(15_000);
    await log().getByText("Tin qua hỏi.").waitFor();
    await page.clock.fastForward(15_000);
    await page.clock.fastForward(15_000);
    expect(await log().getByText("Tin qua hỏi.").count()).toBe(1);
  });

  test("a reload keeps the conversation, the open choices, the draft; another tab gets the notices", async () => {
    await ask("phản ánh");
    await expect.poll(() => stub.openStreams).toBe(1);
    stub.push("Tin đã xem.");
    await log().getByText("Tin đã xem.").waitFor();
    await box().fill("đang viết dở");
    await page.reload();
    await expect.poll(() => stub.openStreams).toBe(1);
    stub.push("Tin mới.");
    await log().getByText("Tin mới.").waitFor();
    expect((await bots().allTextContents()).slice(1)).toEqual([
      "Phản ánh việc gì?",
      "Tin đã xem.",
      "Tin mới.",
    ]);
    expect(await mine().allTextContents()).toEqual(["phản ánh"]);
    expect(await openChoices()).toHaveLength(2);
    expect(await box().inputValue()).toBe("đang viết dở");
    await ask("thêm");
    expect(stub.posts.at(-1)?.session).toBe(
      stub.posts[0]?.session ?? (await stored("localStorage['motcua.session']")),
    );

    const tab = await openPage();
    await tab.getByRole("log").getByText("Tin mới.").waitFor();
    expect(await tab.getByText("Tin đã xem.").count()).toBe(1);
  });

  test("offline the message is kept and marked; online it goes once, with the same id", async () => {
    await ask("xin chào");
    await context.setOffline(true);
    await page.getByText("Không có mạng.").waitFor();
    await say("hồ sơ trễ");
    await again().waitFor();
    const [kept] = await outbox();
    expect(kept?.id).toMatch(UUID);
    expect(await box().inputValue()).toBe("");
    await context.setOffline(false);
    await page.getByText("Nghe rồi: hồ sơ trễ").waitFor();
    expect(stub.posts.filter((post) => post.text === "hồ sơ trễ")).toEqual([
      expect.objectContaining({ id: kept?.id }),
    ]);
    expect(await again().count()).toBe(0);
    expect(await outbox()).toEqual([]);
    expect(await page.getByText("Không có mạng.").count()).toBe(0);
  });

  test("an answer lost on the way: the tap repeats the same id, handled once, answered once", async () => {
    stub.fates.push("drop");
    await say("khai sinh");
    await again().click();
    await page.getByText("Nghe rồi: khai sinh").waitFor();
    expect(new Set(stub.posts.map((post) => post.id)).size).toBe(1);
    expect(stub.handled).toHaveLength(1);
    expect(await bots().count()).toBe(2);
  });

  test("a message under way when the page is reloaded, or its tab closed, is sent by the next with the same id", async () => {
    stub.fates.push("hold", "drop");
    await say("đừng mất");
    await expect.poll(() => stub.posts.length).toBe(1);
    await page.reload();
    await again().waitFor();
    await page.close();
    page = await openPage();
    await page.getByText("Nghe rồi: đừng mất").waitFor();
    expect(new Set(stub.posts.map((post) => post.id)).size).toBe(1);
    expect(await mine().allTextContents()).toEqual(["đừng mất"]);
  });

  test("a busy server is tried again after the time it names; its sentence is shown", async () => {
    stub.fates.push({ status: 429, error: "Anh/chị gửi nhanh quá.", retryAfter: 1 });
    await say("nhanh");
    await log().getByText("Anh/chị gửi nhanh quá.").waitFor();
    await page.getByText("Nghe rồi: nhanh").waitFor();
    expect(await log().getByText("Anh/chị gửi nhanh quá.").count()).toBe(0);
    expect(stub.handled).toHaveLength(1);
  });

  test("a session that the server no longer knows gives way to a new one, and the message goes through", async () => {
    await ask("trước");
    const old = await stored("localStorage.getItem('motcua.session')");
    stub.forget();
    await page.reload();
    await ask("sau");
    await expect.poll(() => stub.openStreams).toBe(1);
    expect(await stored("localStorage.getItem('motcua.session')")).not.toBe(old);
    expect(stub.handled.map((post) => post.text)).toEqual(["trước", "sau"]);
    expect(await mine().allTextContents()).toEqual(["trước", "sau"]);
    stub.push("Tin của phiên mới.");
    await log().getByText("Tin của phiên mới.").waitFor();
  });

  test("a refused message goes back to the text box, and does not hold up the next", async () => {
    stub.fates.push({ status: 413, error: "Tin dài quá." });
    await say("rất dài");
    await log().getByText("Tin dài quá.").waitFor();
    await ask("ngắn");
    await page.getByRole("button", { name: "Sửa lại" }).click();
    expect(await box().inputValue()).toBe("rất dài");
    expect(await mine().allTextContents()).toEqual(["ngắn"]);
  });

  test("HTML in a bot's text stays text; only plain web addresses become links", async () => {
    await ask("độc");
    expect(await bots().last().textContent()).toBe(HOSTILE);
    expect(await log().locator("img, b:has-text('đậm'), i").count()).toBe(0);
    const links = bots().last().getByRole("link");
    expect(await links.count()).toBe(1);
    expect(await links.getAttribute("href")).toBe("https://dichvucong.gov.vn/p/home?a=1&b=(2)");
    expect(await links.getAttribute("rel")).toBe("noopener noreferrer");
    expect(await links.getAttribute("target")).toBe("_blank");
    await say("<script>document.title='hỏng'</script>");
    expect(await mine().last().textContent()).toBe("<script>document.title='hỏng'</script>");
    expect(await page.title()).toContain("Một Cửa");
  });

  test("everything is done by keyboard alone, with the focus in sight", async () => {
    const focused = () =>
      page.evaluate<string>("document.activeElement.textContent.trim() || document.activeElement.id");
    const tab = async () => {
      await page.keyboard.press("Tab");
      expect(
        await page.evaluate("getComputedStyle(document.activeElement).outlineStyle"),
        await focused(),
      ).toBe("solid");
      return await focused();
    };
    expect(await tab()).toBe("Đến ô nhập");
    expect(await tab()).toBe("EN");
    await tab();
    expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe("Tùy chọn");
    await tab();
    await tab();
    expect(await tab()).toContain("3. Gửi phản ánh");
    await page.keyboard.press("Enter");
    await page.getByText("Phản ánh việc gì?").waitFor();
    expect(await tab(), "the new choices come next").toContain("1. Hồ sơ");
    await page.keyboard.press("Space");
    await page.getByText("Đã chọn kind:late").waitFor();
    await tab();
    expect(await page.evaluate("document.activeElement.id")).toBe("text");
    await page.keyboard.type("dòng một");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("dòng hai");
    expect(stub.posts).toHaveLength(2);
    await page.keyboard.press("Enter");
    await page.getByText("Nghe rồi: dòng một").waitFor();
    expect(stub.posts.at(-1)?.text).toBe("dòng một\ndòng hai");
    await page.keyboard.press("Enter");
    expect(stub.posts, "nothing typed, nothing sent").toHaveLength(3);

    await page.locator("summary").focus();
    await page.keyboard.press("Enter");
    expect(await tab()).toBe("Trợ giúp");
    await page.keyboard.press("Escape");
    expect(await page.getByText("Trợ giúp").isVisible()).toBe(false);
    expect(await page.evaluate("document.activeElement.localName")).toBe("summary");
  });

  test("the Enter that ends a word of an input method does not send", async () => {
    await box().fill("tiếng Việt");
    await box().dispatchEvent("keydown", { key: "Enter", keyCode: 229, isComposing: true });
    expect(stub.posts).toEqual([]);
    expect(await mine().count()).toBe(0);
  });

  test("“Xóa khỏi máy này” asks, then empties this device in all tabs and begins anew", async () => {
    await ask("chuyện riêng");
    await box().fill("viết dở");
    const tab = await openPage();
    await page.getByLabel("Tùy chọn").click();
    await page.getByRole("button", { name: "Xóa khỏi máy này" }).click();
    await page.getByRole("button", { name: "Giữ lại" }).click();
    expect(await mine().count()).toBe(1);
    await page.getByLabel("Tùy chọn").click();
    await page.getByRole("button", { name: "Xóa khỏi máy này" }).click();
    await page.getByRole("button", { name: "Xóa", exact: true }).click();
    await page.getByText("Đã xóa khỏi máy này.").waitFor();
    expect(await mine().count()).toBe(0);
    expect(await openChoices()).toHaveLength(4);
    expect(await box().inputValue()).toBe("");
    expect(await stored("JSON.stringify([Object.keys(localStorage), Object.keys(sessionStorage)])")).toBe(
      "[[],[]]",
    );
    await expect.poll(() => stub.openStreams).toBe(0);
    expect(await tab.locator(".turn.me").count()).toBe(0);
    await ask("chuyện mới");
    expect(stub.posts.at(-1)).not.toHaveProperty("session");
  });

  test("an answer that comes after erasing is not shown", async () => {
    stub.fates.push("hold");
    await say("chuyện riêng");
    await expect.poll(() => stub.posts.length).toBe(1);
    await page.getByLabel("Tùy chọn").click();
    await page.getByRole("button", { name: "Xóa khỏi máy này" }).click();
    await page.getByRole("button", { name: "Xóa", exact: true }).click();
    stub.release();
    await ask("chuyện mới");
    expect(await mine().allTextContents()).toEqual(["chuyện mới"]);
    expect(await bots().count()).toBe(2);
    expect(stub.posts.at(-1)).not.toHaveProperty("session");
  });

  test("the page's own words switch to English and back, and stay so after a reload", async () => {
    await ask("xin chào");
    await page.getByRole("button", { name: "EN – English" }).click();
    await page.reload();
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    expect(await page.getByRole("textbox", { name: "Your question or complaint" }).count()).toBe(1);
    expect(await page.getByRole("log", { name: "Conversation" }).textContent()).toContain(
      "Nghe rồi: xin chào",
    );
    await page.getByRole("button", { name: "VI – Tiếng Việt" }).click();
    expect(await box().count()).toBe(1);
    expect(await page.getByText("Trợ lý tự động, không phải người").isVisible()).toBe(true);
  });

  test("4,000 characters at most; the count shows near the end", async () => {
    await box().fill("a".repeat(3500));
    expect(await page.locator("#count").isVisible()).toBe(false);
    await box().fill("a".repeat(3990));
    expect(await page.locator("#count").textContent()).toBe("Còn 10 ký tự");
    await page.keyboard.type("b".repeat(20));
    expect((await box().inputValue()).length).toBe(4000);
    expect(await page.locator("#count").textContent()).toBe("Còn 0 ký tự");
  });

  test("does its work where the browser keeps nothing (private mode)", async () => {
    await context.addInitScript(
      "for (const area of ['localStorage', 'sessionStorage']) Object.defineProperty(window, area, { get() { throw new Error('no'); } });",
    );
    await page.reload();
    await ask("phản ánh");
    await ask("2");
    expect(stub.posts[1]?.session).toMatch(/^phien-/);
  });

  test.each([320, 360, 1280])(
    "at %i px nothing scrolls sideways, also with text twice as large",
    async (width) => {
      await begin({ viewport: { width, height: 568 } });
      stub.fates.push({ status: 400, error: `Tin ${"x".repeat(200)}` });
      await say("y".repeat(300));
      await ask("dài");
      const overflow = () =>
        page.evaluate<number>("document.documentElement.scrollWidth - window.innerWidth");
      expect(await overflow()).toBeLessThanOrEqual(0);
      await page.evaluate("document.documentElement.style.fontSize = '200%'");
      expect(await overflow()).toBeLessThanOrEqual(0);
      expect(
        await page.evaluate<number>("document.getElementById('text').getBoundingClientRect().top"),
      ).toBeLessThan(568);
    },
  );

  test.each(["light", "dark"] as const)(
    "in the %s scheme text has AA contrast and targets are large enough",
    async (colorScheme) => {
      await begin({ colorScheme, reducedMotion: "reduce" });
      await ask("phản ánh");
      await ask("độc");
      stub.fates.push(
        { status: 400, error: "Không nhận." },
        { status: 503, error: "Đang bận.", retryAfter: 60 },
      );
      await say("một");
      await say("hai");
      await again().waitFor();
      await page.getByLabel("Tùy chọn").click();
      await page.getByRole("button", { name: "Xóa khỏi máy này" }).click();
      expect(await page.evaluate<string[]>(POOR_CONTRAST)).toEqual([]);
      expect(await page.evaluate<string[]>(SMALL_TARGETS)).toEqual([]);
      expect(
        await page.evaluate<number>("parseFloat(getComputedStyle(document.getElementById('text')).fontSize)"),
      ).toBeGreaterThanOrEqual(16);
      expect(await page.evaluate("document.getAnimations().length")).toBe(0);
    },
  );

  test("a long answer is shown from its beginning; a reader further up is not torn away", async () => {
    await begin({ viewport: { width: 360, height: 500 } });
    await ask(`rất dài ${"chữ ".repeat(10)}`);
    for (let turn = 0; turn < 5; turn += 1) await ask(`câu ${turn}`);
    await ask("dài");
    const top = () => page.evaluate<number>(`${LAST_ANSWER}.getBoundingClientRect().top`);
    expect(await top()).toBeGreaterThan(0);
    expect(await top()).toBeLessThan(300);
    await page.evaluate("window.scrollTo(0, 0)");
    await expect.poll(() => stub.openStreams).toBe(1);
    stub.push("Tin từ xã.");
    await page.getByRole("button", { name: "Tin mới ↓" }).click();
    expect(await page.evaluate<number>("window.scrollY")).toBeGreaterThan(100);
    expect(await top()).toBeLessThan(450);
  });
});

const LAST_ANSWER = "Array.from(document.querySelectorAll('.turn.bot .bubble > span:last-child')).pop()";

/** In the page: every visible piece of text whose contrast with what lies behind it is under 4.5 : 1. */
const POOR_CONTRAST = `(() => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const [r, g, b, a = 1] = channels(getComputedStyle(at).backgroundColor);
      if (a === 1) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const light = (rgb) => rgb.slice(0, 3).map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const poor = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.data.trim());
    if ((!own && element.id !== "text") || element.localName === "script" || element.offsetHeight === 0) continue;
    const [a, b] = [light(channels(getComputedStyle(element).color)), light(behind(element))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) poor.push(element.textContent.slice(0, 30) + " " + ((a + 0.05) / (b + 0.05)).toFixed(2));
  }
  return poor;
})()`;

const SMALL_TARGETS = `Array.from(document.querySelectorAll("button, summary, textarea"))
  .filter((element) => element.offsetHeight > 0 && (element.offsetHeight < 44 || element.offsetWidth < 44))
  .map((element) => element.outerHTML)`;
