/** Asks a server on this machine in closed loops; started by load.ts. */
import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { z } from "zod";
import { mean, percentile } from "./figures.ts";
import { Load } from "./load.ts";
import { inputOf, tell } from "./measure.ts";

/** Questions of one conversation; people ask a few. */
const TALK = 10;
const MILLISECONDS = 1000;

const { address, questions, clients, warmUpSeconds, seconds } = inputOf(Load);
const url = new URL("/api/messages", address);
if (url.hostname !== "127.0.0.1") throw new Error("only this machine is ever asked");
const agent = new Agent({ keepAlive: true, maxSockets: clients });
const from = performance.now() + warmUpSeconds * MILLISECONDS;
const until = from + seconds * MILLISECONDS;
const answered: { ms: number; status: number; bytes: number }[] = [];

await Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
agent.destroy();
const times = answered.map(({ ms }) => ms);
tell({
  rate: answered.length / seconds,
  p50: percentile(times, 0.5),
  p99: percentile(times, 0.99),
  n: answered.length,
  failed: answered.filter(({ status }) => status !== 200).length,
  bytes: Math.round(mean(answered.map(({ bytes }) => bytes))),
});

/** One person after another, each in a conversation of their own; the questions begin at another place a client. */
async function client(number: number): Promise<void> {
  let session: string | undefined;
  const offset = Math.floor((number * questions.length) / clients);
  for (let asked = 0; performance.now() < until; asked++) {
    if (asked % TALK === 0) session = undefined;
    const text = questions[(offset + asked) % questions.length] ?? "";
    const began = performance.now();
    const { status, body } = await post(JSON.stringify({ session, id: randomUUID(), text }));
    const ended = performance.now();
    if (began >= from && ended <= until) answered.push({ ms: ended - began, status, bytes: body.length });
    if (status === 200) session = sessionIn(body);
  }
}

function post(body: string): Promise<{ status: number; body: Buffer }> {
  const headers = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) };
  return new Promise((done, failed) => {
    const sent = request(url, { method: "POST", agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response
        .on("data", (chunk: Buffer) => chunks.push(chunk))
        .on("end", () => done({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }))
        .on("error", failed);
    });
    sent.on("error", failed).end(body);
  });
}

function sessionIn(body: Buffer): string {
  return z.object({ session: z.string() }).parse(JSON.parse(body.toString())).session;
}
