import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { createRateLimits } from "../../src/http/rate-limit.ts";
import { serve } from "../../src/http/serve.ts";
import {
  ADMIN_TOKEN,
  type Built,
  build,
  CODE,
  cookieOf,
  HOOK_SECRET,
  links,
  OPEN,
  PAPER_TOKEN,
  sessions,
} from "./doors.ts";

const MINE = await sessions.create("a", "b");
const NASTY = [
  "%0d%0aSet-Cookie:%20a=b",
  "//evil.example/",
  "https://evil.example/",
  "<script>alert(1)</script>",
  "..%2f..%2fetc%2fpasswd",
  "%00",
  "'%20or%20''='",
];
const PATHS = [
  "/",
  "/reply/",
  "/api/messages?session=",
  "/api/stream?session=",
  "/health?next=",
  "/login?to=",
];

/** The routes on a port of their own. */
async function onPort(
  built: Built,
  options: { headersMs?: number; requestMs?: number; uploadMs?: number } = {},
): Promise<number> {
  const served = await serve({
    fetch: built.app.fetch,
    hostname: "127.0.0.1",
    port: 0,
    graceMs: 1,
    ...options,
  });
  onTestFinished(() => served.close());
  return served.port;
}

/** Sends these bytes and gives all that comes back until the server ends the connection. */
async function raw(port: number, bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let got = "";
  socket.setEncoding("utf8");
  socket.on("data", (chunk: string) => {
    got += chunk;
  });
  socket.on("error", () => undefined);
  socket.write(bytes);
  await once(socket, "close");
  return got;
}

describe("what a request cannot put into an answer", () => {
  test.each(PATHS)("no redirect, cookie, foreign header or script after %s", async (path) => {
    const { ask } = build();
    for (const nasty of NASTY) {
      const response = await ask(`${path}${nasty}`);
      expect(response.status, nasty).not.toBe(500);
      expect(response.status < 300 || response.status >= 400, nasty).toBe(true);
      for (const name of ["location", "set-cookie", "refresh", "access-control-allow-origin"])
        expect(response.headers.get(name), `${name} after ${nasty}`).toBeNull();
      expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
      expect(await response.text()).not.toContain("alert(1)");
    }
  });

  test("what is said comes back as JSON only, which no browser takes for a page", async () => {
    const body = JSON.stringify({ id: "<script>", text: "<script>" });
    const response = await build().ask("/api/messages", { method: "POST", body });
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.json()).toMatchObject({ messages: [{ text: "<b>Chào</b>" }] });
  });

  test("a form of another site sends nothing: a session travels in the body, never by itself", async () => {
    const { ask, took } = build();
    const form = {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: "id=1&text=a",
    };
    expect((await ask("/api/messages", form)).status).toBe(400);
    expect(took).toEqual([]);
  });
});

describe("an object in the place of a text, whose length cannot be compared", () => {
  const odd = { length: { valueOf: 1, toString: 1 } };
  const json = (body: object): RequestInit => ({ method: "POST", body: JSON.stringify(body) });

  test.each<[string, object]>([
    ["session", { session: odd, id: "1", text: "a" }],
    ["id", { id: odd, text: "a" }],
    ["text", { id: "1", text: odd }],
    ["choice", { id: "1", choice: odd }],
  ])("is refused as the %s of a message", async (_, body) => {
    const { ask, took } = build();
    expect((await ask("/api/messages", json(body))).status).toBe(400);
    expect(took).toEqual([]);
  });

  test("is refused by a reply link and at the desk's door", async () => {
    const { url, token } = links.api("case-1", OPEN.agency);
    const headers = { Authorization: `Bearer ${token}` };
    for (const part of [
      { text: odd },
      { to: odd },
      { until: odd },
      { apology: odd },
      { form: { found: odd } },
    ]) {
      const sent = { ...json({ action: "answer", ...part }), headers };
      expect((await build().ask(new URL(url).pathname, sent)).status, JSON.stringify(part)).toBe(400);
    }
    expect((await build().ask("/desk/api/sign-in", desk({ code: odd }))).status).toBe(400);
  });
});

/** What the desk's page sends. */
function desk(body: object, cookie: Readonly<Record<string, string>> = {}): RequestInit {
  const headers = { "Content-Type": "application/json", "X-Motcua-Desk": "1", ...cookie };
  return { method: "POST", headers, body: JSON.stringify(body) };
}

describe("methods that nobody needs", () => {
  test("HEAD says what GET would, without a body, and keeps no stream open", async () => {
    const limits = createRateLimits();
    const { ask } = build({ limits });
    expect((await ask("/", { method: "HEAD" })).status).toBe(200);
    for (let count = 0; count < 20; count += 1) {
      const response = await ask(`/api/stream?session=${MINE}`, { method: "HEAD" });
      expect(response.status).toBe(200);
      expect(await response.text()).toBe("");
    }
    const opened = Array.from({ length: 6 }, () => limits.stream(`web:${MINE}`));
    expect(opened.every((end) => end !== undefined)).toBe(true);
  });

  test.each(["OPTIONS", "PUT", "DELETE", "PATCH", "PROPFIND"])(
    "%s opens nothing and allows no other site",
    async (method) => {
      const { ask } = build();
      for (const path of [
        "/",
        "/api/messages",
        "/metrics",
        "/telegram",
        `/api/replies/${OPEN.id}.${OPEN.agency}`,
      ]) {
        const response = await ask(path, { method, headers: { Origin: "https://evil.example" } });
        expect(response.status, path).toBe(404);
        expect(response.headers.get("access-control-allow-origin")).toBeNull();
        expect(response.headers.get("access-control-allow-methods")).toBeNull();
      }
    },
  );

  test("TRACE gives nothing back of what was sent", async () => {
    const port = await onPort(build());
    const got = await raw(
      port,
      "TRACE / HTTP/1.1\r\nHost: a\r\nCookie: secret=1\r\nConnection: close\r\n\r\n",
    );
    expect(got).not.toContain("secret=1");
    expect(got).not.toMatch(/^HTTP\/1\.1 2/);
  });
});

describe("bodies and time", () => {
  test.each([
    ["/api/messages", 64 * 1024, {}],
    [
      `/api/replies/${OPEN.id}.${OPEN.agency}`,
      64 * 1024,
      { Authorization: `Bearer ${links.api(OPEN.id, OPEN.agency).token}` },
    ],
    ["/telegram", 1024 * 1024, { "X-Telegram-Bot-Api-Secret-Token": HOOK_SECRET }],
  ])("%s takes no more than %i bytes, whether it says how many or not", async (path, most, headers) => {
    const { ask, took, acted, updates } = build();
    const large = "x".repeat(most + 1);
    const told = { "Content-Length": String(large.length), ...headers };
    expect((await ask(path, { method: "POST", headers: told, body: large })).status).toBe(413);
    const parts = new ReadableStream({
      start: (stream) => {
        stream.enqueue(new TextEncoder().encode(large));
        stream.close();
      },
    });
    const untold = { method: "POST", headers, body: parts, duplex: "half" } as RequestInit;
    expect((await ask(path, untold)).status).toBe(413);
    expect([...took, ...acted, ...updates]).toEqual([]);
  });

  test.each([
    ["a head that never ends", "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: "],
    ["a body that never ends", "POST /api/messages HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n{"],
  ])("whoever sends %s is cut off", async (_, bytes) => {
    const port = await onPort(build(), { headersMs: 150, requestMs: 200 });
    const began = Date.now();
    expect(await raw(port, bytes)).toMatch(/^(?:HTTP\/1\.1 408|$)/);
    expect(Date.now() - began).toBeLessThan(5_000);
  });

  test("a file has longer to come, but not for ever", async () => {
    const port = await onPort(build(), { headersMs: 150, requestMs: 100, uploadMs: 700 });
    const began = Date.now();
    const type = "Content-Type: multipart/form-data; boundary=b";
    const answer = await raw(
      port,
      `POST /api/messages HTTP/1.1\r\nHost: a\r\n${type}\r\nContent-Length: 900\r\n\r\n--b`,
    );
    expect(answer).toMatch(/^(?:HTTP\/1\.1 408|$)/);
    expect(Date.now() - began).toBeGreaterThan(500);
    expect(Date.now() - began).toBeLessThan(5_000);
  });

  test.each(["Content-Length: 5\r\nTransfer-Encoding: chunked", "Content-Length: 5\r\nContent-Length: 6"])(
    "a request whose end is ambiguous is refused: %j",
    async (headers) => {
      const built = build();
      const port = await onPort(built);
      const got = await raw(
        port,
        `POST /api/messages HTTP/1.1\r\nHost: a\r\n${headers}\r\n\r\n0\r\n\r\nGET /metrics`,
      );
      expect(got).toMatch(/^HTTP\/1\.1 400/);
      expect(built.took).toEqual([]);
    },
  );
});

describe("too much", () => {
  const says = (session: string | undefined, id: string): RequestInit => ({
    method: "POST",
    body: JSON.stringify({ ...(session && { session }), id, text: "a" }),
  });

  test("is told with when it works again, on every door", async () => {
    const { ask } = build({ limits: createRateLimits() }, true, ADMIN_TOKEN);
    const wrong = { Authorization: "Bearer wrong" };
    const paper = { Authorization: `Bearer ${PAPER_TOKEN}` };
    const doors: readonly (() => Promise<Response>)[] = [
      () => ask("/api/messages", says(MINE, "1")),
      () => ask(`/api/messages?session=${MINE}`),
      () => ask("/metrics", { headers: wrong }, "203.0.113.8"),
      () => ask(`/api/replies/${OPEN.id}.${OPEN.agency}`, { method: "POST", headers: wrong }, "203.0.113.9"),
      () => ask("/telegram", { method: "POST", body: "{}" }, "203.0.113.10"),
      () => ask("/desk/api/sign-in", desk({ code: "LK-AAAA-AAAA-AAAA" }), "203.0.113.11"),
      () => ask("/desk/api/me", { headers: cookieOf("guessed") }, "203.0.113.12"),
      () => ask("/desk/api/me", { headers: cookieOf("holder") }, "203.0.113.13"),
      () => ask(`/desk/api/cases/${CODE}/acts`, desk({}, cookieOf("other")), "203.0.113.14"),
      () => ask("/api/paper", { method: "POST", headers: wrong }, "203.0.113.15"),
      () => ask("/api/paper", { method: "POST", headers: paper }, "203.0.113.16"),
    ];
    for (const door of doors) {
      let response = await door();
      for (let count = 0; count < 300 && response.status !== 429; count += 1) response = await door();
      expect(response.status).toBe(429);
      expect(Number(response.headers.get("Retry-After"))).toBeGreaterThan(0);
      expect(Number(response.headers.get("Retry-After"))).toBeLessThanOrEqual(60);
    }
  });

  test("after too many wrong tokens the operator's is not looked at from there, but an agency's right one is", async () => {
    const { ask } = build({ limits: createRateLimits() }, true, ADMIN_TOKEN);
    for (let count = 0; count < 40; count += 1)
      await ask("/metrics", { headers: { Authorization: "Bearer wrong" } });
    const right = { headers: { Authorization: `Bearer ${ADMIN_TOKEN}` } };
    expect((await ask("/metrics", right)).status).toBe(429);
    expect((await ask("/metrics", right, "203.0.113.99")).status).toBe(200);
    const { token } = links.api(OPEN.id, OPEN.agency);
    const act = {
      method: "POST",
      headers: { Authorization: `Bearer ${token}` },
      body: '{"action":"acknowledge"}',
    };
    expect((await ask(`/api/replies/${OPEN.id}.${OPEN.agency}`, act)).status).toBe(200);
  });

  test("an office behind one address: neither guesses nor a busy colleague hold up who is signed in", async () => {
    const { ask } = build({ limits: createRateLimits() });
    for (let count = 0; count < 40; count += 1) {
      await ask("/desk/api/me", { headers: cookieOf(`guess${count}`) });
      await ask("/desk/api/sign-in", desk({ code: `LK-AAAA-AAAA-${count}` }));
    }
    expect((await ask("/desk/api/me", { headers: cookieOf("guessed") })).status).toBe(429);
    for (let count = 0; count < 300; count += 1) await ask("/desk/api/me", { headers: cookieOf("other") });
    expect((await ask("/desk/api/me", { headers: cookieOf("other") })).status).toBe(429);
    expect((await ask("/desk/api/me", { headers: cookieOf("holder") })).status).toBe(200);
    const act = desk({ action: "acknowledge", revision: 1 }, cookieOf("holder"));
    expect((await ask(`/desk/api/cases/${CODE}/acts`, act)).status).toBe(200);
  });

  test("a flood from one session, or from many, does not lock out a person at the same address", async () => {
    const { ask, took } = build({ limits: createRateLimits() });
    const flooding = await Promise.all(
      Array.from({ length: 80 }, (_, index) => sessions.create(`f${index}`, "x")),
    );
    for (const session of flooding) {
      for (let count = 0; count < 4; count += 1) await ask("/api/messages", says(session, String(count)));
    }
    for (let count = 0; count < 500; count += 1) await ask("/api/messages", says(flooding[0], `n${count}`));
    const before = took.length;
    for (let count = 0; count < 10; count += 1)
      expect((await ask("/api/messages", says(MINE, `m${count}`))).status).toBe(200);
    expect(took).toHaveLength(before + 10);
    const flooder = await ask("/api/messages", says(flooding[0], "last"));
    expect(flooder.status).toBe(429);
  });

  test("files that one address sends slowly leave room for those of others", async () => {
    const { ask, took } = build();
    const boundary = { "Content-Type": "multipart/form-data; boundary=b", "Content-Length": "900" };
    const ends: (() => void)[] = [];
    const slowly = (peer: string): Promise<Response> => {
      const body = new ReadableStream({ start: (stream) => void ends.push(() => stream.close()) });
      return ask("/api/messages", { method: "POST", headers: boundary, body, duplex: "half" }, peer);
    };
    const slow = [1, 2, 3].map(() => slowly("203.0.113.9"));
    const field = (name: string, value: string): string =>
      `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const file = (peer: string): Promise<Response> => {
      const whole = `${field("id", "m1")}${field('file"; filename="a.pdf', "x")}--b--\r\n`;
      const headers = { ...boundary, "Content-Length": String(whole.length) };
      return ask("/api/messages", { method: "POST", headers, body: whole }, peer);
    };
    expect((await file("203.0.113.9")).status).toBe(429);
    expect((await file("203.0.113.8")).status).toBe(200);
    for (const end of ends) end();
    expect((await Promise.all(slow)).map(({ status }) => status)).toEqual([400, 400, 429]);
    expect((await file("203.0.113.9")).status).toBe(200);
    expect(took).toHaveLength(2);
    // Without its length it would be read before it is known whether there is room.
    const { "Content-Length": _length, ...untold } = boundary;
    const body = new Blob([field("id", "m2")]).stream();
    const refused = await ask("/api/messages", {
      method: "POST",
      headers: untold,
      body,
      duplex: "half",
    });
    expect(refused.status).toBe(411);
  });

  test("whoever asks how it goes a hundred times at once has it looked up once", async () => {
    let looks = 0;
    const health = (): Promise<{ ok: boolean }> => {
      looks += 1;
      return Promise.resolve({ ok: true });
    };
    const nothing = (): Promise<undefined> => Promise.resolve(undefined);
    const { ask } = build({ store: { health, complaint: nothing, identity: nothing, session: nothing } });
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask("/health")));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(looks).toBe(1);
  });

  test("streams: some pages of one person, not any number", async () => {
    const limits = createRateLimits();
    const opened = Array.from({ length: 6 }, () => limits.stream("web:a"));
    expect(limits.stream("web:a")).toBeUndefined();
    expect(limits.stream("web:b")).toBeDefined();
    opened[0]?.();
    expect(limits.stream("web:a")).toBeDefined();
  });
});
