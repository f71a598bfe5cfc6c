import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import type { Seeded } from "../../bench/seeded.ts";
import { mutated, spoiled, text, value } from "./nasty.ts";
import { startServer } from "./server.ts";
import { type Target, Wrong } from "./target.ts";

const PATHS = [
  "/api/messages",
  "/api/messages",
  "/api/messages",
  "/api/replies/x",
  "/api/paper",
  "/desk/api/sign-in",
  "/desk/api/cases/MC-7K4P-29QX-84MT/acts",
] as const;
const LOOKS = [
  "/",
  "/health",
  "/metrics",
  "/api/messages?session=x&after=1",
  "/reply/x",
  "/paper",
  "/desk",
  "/desk/api/cases",
  "/desk/api/me",
  "/cong-khai",
  "/api/statistics.json",
  "/open311/v2/requests.json",
] as const;
const TYPES = [
  "application/json",
  "application/json; charset=utf-16",
  "text/plain",
  "multipart/form-data",
  "multipart/form-data; boundary=x",
  "application/x-www-form-urlencoded",
  "",
  "application/json, text/html",
] as const;
const METHODS = ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"] as const;
const AT_ONCE = 16;

/** Requests to the running program. */
export const http: Target = {
  name: "HTTP",
  open: async () => {
    const server = await startServer();
    const { address } = server.program;
    const sessions: string[] = [];
    return {
      cpu: server.program.cpu,
      attempt: async (random) => {
        const drawn = Array.from({ length: AT_ONCE }, () => draw(random, sessions));
        await Promise.all(drawn.map((one) => send(address, one, sessions)));
        if (random.next() < 0.1) await sendRaw(address, random);
        return AT_ONCE;
      },
      close: server.close,
    };
  },
};

type Drawn = { readonly path: string; readonly init: RequestInit };

function draw(random: Seeded, sessions: readonly string[]): Drawn {
  if (random.next() < 0.15) return look(random);
  const headers: Record<string, string> = {
    "Content-Type": random.next() < 0.8 ? "application/json" : random.pick(TYPES),
    ...(random.next() < 0.1 && {
      "X-Forwarded-For": random.pick(["::1", "127.0.0.1, evil", "%00", "1".repeat(900)]),
    }),
    ...(random.next() < 0.1 && {
      Authorization: random.pick(["Bearer x", "Bearer ", "Basic AAAA", "Bearer a.b.c"]),
    }),
    ...(random.next() < 0.1 && {
      Cookie: random.pick(["desk=x", "desk=", "__Host-desk=%%%", "a=b;".repeat(50)]),
    }),
  };
  const bytes = Buffer.from(bodyOf(random, sessions));
  const chunked = random.next() < 0.1;
  const body = chunked ? inChunks(bytes) : bytes;
  return {
    path: random.pick(PATHS),
    init: { method: "POST", headers, body, ...(chunked && { duplex: "half" }) },
  };
}

function look(random: Seeded): Drawn {
  const path = random.pick(LOOKS);
  const noise =
    random.next() < 0.5 ? `${path}/${encodeURIComponent(text(random).slice(0, 60).toWellFormed())}` : path;
  return { path: noise, init: { method: random.next() < 0.7 ? "GET" : random.pick(METHODS) } };
}

function bodyOf(random: Seeded, sessions: readonly string[]): string {
  const session = sessions.length > 0 && random.next() < 0.6 ? random.pick(sessions) : undefined;
  const good = { ...(session !== undefined && { session }), id: randomUUID(), text: text(random) };
  const chance = random.next();
  if (chance < 0.5) return JSON.stringify(good);
  if (chance < 0.6) return JSON.stringify({ ...good, text: undefined, choice: text(random).slice(0, 128) });
  if (chance < 0.75) return JSON.stringify(spoiled(good, random, 0.3)) ?? "";
  if (chance < 0.85) return mutated(JSON.stringify(good), random);
  if (chance < 0.93) return JSON.stringify(value(random)) ?? "";
  if (chance < 0.96) return `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
  if (chance < 0.98)
    return JSON.stringify({ ...good, text: "á".repeat(random.pick([32_000, 40_000, 600_000])) });
  return `{"id":"x","text":${'{"a":'.repeat(5000)}1${"}".repeat(5000)}}`;
}

function inChunks(bytes: Buffer): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (out) => {
      for (let at = 0; at < bytes.length; at += 1 + (bytes.length >> 2))
        out.enqueue(bytes.subarray(at, at + 1 + (bytes.length >> 2)));
      out.close();
    },
  });
}

async function send(address: string, { path, init }: Drawn, sessions: string[]): Promise<void> {
  const leaving = new AbortController();
  const timer = setTimeout(() => leaving.abort(), 20_000);
  try {
    const response = await fetch(address + path, { ...init, signal: leaving.signal });
    const raw = await response.text();
    if (response.status >= 500)
      throw new Wrong(`${init.method} ${path} was answered ${response.status}: ${raw}`);
    if (/\n\s+at .*:\d+:\d+/.test(raw)) throw new Wrong(`${path} shows a stack`);
    const type = response.headers.get("content-type") ?? "";
    if (!response.ok || !type.includes("json") || raw === "") return;
    const answer: unknown = JSON.parse(raw);
    if (answer && typeof answer === "object" && "session" in answer && sessions.length < 200)
      sessions.push(String(answer.session));
  } catch (error) {
    if (error instanceof Wrong) throw error;
    // A body that is refused while it is still sent ends the connection; silence does not.
    if (leaving.signal.aborted) throw new Wrong(`${init.method} ${path} was not answered within 20 s`);
  } finally {
    clearTimeout(timer);
  }
}

const LINES = [
  "GET / HTTP/9.9",
  "POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Length: -1",
  "POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked",
  "POST /api/messages HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZZ",
  "GET /%ff%fe HTTP/1.1\r\nHost: x",
  "GET //evil.example/%2e%2e HTTP/1.1\r\nHost: x",
  "GET http://evil.example/ HTTP/1.1\r\nHost: evil.example",
  `GET /${"a".repeat(30_000)} HTTP/1.1\r\nHost: x`,
  "GET / HTTP/1.1\r\nHost: x\r\nHost: y",
  "\0\0\0\0",
];

/** What no client library would send; whatever the answer, nothing breaks. */
async function sendRaw(address: string, random: Seeded): Promise<void> {
  const { hostname, port } = new URL(address);
  const answer = await new Promise<string>((done) => {
    let got = "";
    const socket = connect(Number(port), hostname, () => socket.end(`${random.pick(LINES)}\r\n\r\n`));
    socket.setTimeout(5000, () => socket.destroy());
    socket.on("data", (chunk) => {
      got += String(chunk);
    });
    socket.on("error", () => socket.destroy()).on("close", () => done(got));
  });
  if (answer.startsWith("HTTP/1.1 5")) throw new Wrong(`a raw request was answered ${answer.slice(0, 40)}`);
}
