import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { reachOf } from "../../src/channels/address.ts";
import type { Sent } from "../../src/channels/channel.ts";
import { judgedLookup, post } from "../../src/channels/post.ts";
import { createWebhookSender, type WebhookOptions } from "../../src/channels/webhook.ts";
import {
  answers,
  resets,
  saysNothing,
  startWebhookReceiver,
  type WebhookReceiver,
} from "../fakes/webhook-receiver.ts";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const NEXT_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
const BODY = '{"id":"d1","text":"Hồ sơ trễ hẹn 🙏"}';

let receiver: WebhookReceiver;
beforeEach(async () => {
  receiver = await startWebhookReceiver(SECRET);
});
afterEach(() => receiver.close());

function send(options: Partial<WebhookOptions> = {}, url = receiver.url, secrets = [SECRET]): Promise<Sent> {
  const sender = createWebhookSender({ clock: () => new Date(), allowPrivate: true, ...options });
  return sender.send({ url, secrets }, BODY, "d1");
}

/** Fails the test when anything is requested. */
const noRequest: typeof post = () => Promise.reject(new Error("a request was made"));

describe("a delivery by webhook", () => {
  it("arrives byte for byte as JSON, signed, under its id", async () => {
    expect(await send({}, `${receiver.url}/complaints?unit=1`)).toEqual({ kind: "sent" });
    const [request] = receiver.received;
    expect(request?.path).toBe("/complaints?unit=1");
    expect(request?.body).toBe(BODY);
    expect(request?.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(request?.headers["webhook-id"]).toBe("d1");
    expect(request?.headers["webhook-signature"]).toMatch(/^v1,[A-Za-z0-9+/]{43}=$/);
  });

  it("is stamped with the clock's second and signed as the specification's own library signs", async () => {
    const at = new Date("2026-11-21T02:03:04.999Z");
    await send({ clock: () => at });
    const [request] = receiver.refused;
    expect(request?.headers["webhook-timestamp"]).toBe(String(Date.parse("2026-11-21T02:03:04Z") / 1000));
    expect(request?.headers["webhook-signature"]).toBe(new Webhook(SECRET).sign("d1", at, BODY));
  });

  it("is signed with both secrets while they are rotated, so that either one verifies it", async () => {
    expect(await send({}, receiver.url, [NEXT_SECRET, SECRET])).toEqual({ kind: "sent" });
    const [request] = receiver.received;
    expect(request?.headers["webhook-signature"]).toMatch(/^v1,\S+ v1,\S+$/);
    const headers = request?.headers as Record<string, string>;
    expect(() => new Webhook(NEXT_SECRET).verify(BODY, headers)).not.toThrow();
  });

  it.each([200, 201, 202, 204, 299])("is proved by the answer %i", async (status) => {
    receiver.next(answers(status));
    expect(await send()).toEqual({ kind: "sent" });
  });

  it("is proved by a slow 200, and by a 200 whose text never ends", async () => {
    receiver.next(
      (response) => setTimeout(() => response.writeHead(200).end(), 150),
      (response) => void response.writeHead(200).write("thank you, and"),
    );
    expect(await send({ timeoutMs: 5_000 })).toEqual({ kind: "sent" });
    expect(await send({ timeoutMs: 5_000 })).toEqual({ kind: "sent" });
  });
});

describe("a failed webhook", () => {
  it.each([408, 425, 429, 500, 501, 502, 503, 504, 599])("is tried again after %i", async (status) => {
    receiver.next(answers(status));
    expect(await send()).toEqual({ kind: "retry", problem: `answered ${status}` });
  });

  it.each([400, 401, 403, 404, 405, 409, 410, 413, 415, 422])(
    "has failed for good after %i",
    async (status) => {
      receiver.next(answers(status));
      expect(await send()).toEqual({ kind: "gone", problem: `answered ${status}` });
    },
  );

  it.each([301, 302, 303, 307, 308])(
    "has failed for good after the redirect %i, which is not followed",
    async (status) => {
      receiver.next(answers(status, { location: `${receiver.url}/elsewhere` }));
      expect(await send()).toEqual({
        kind: "gone",
        problem: `answered ${status}; redirects are not followed`,
      });
      expect(receiver.received).toHaveLength(1);
    },
  );

  it.each([
    ["120", 120],
    [" 0 ", 0],
    ["Sat, 21 Nov 2026 02:01:30 GMT", 90],
    ["Sat, 21 Nov 2026 01:00:00 GMT", 0],
  ])("is tried again not before Retry-After: %s", async (retryAfter, afterSeconds) => {
    const response = (): ReturnType<typeof post> => Promise.resolve({ status: 429, retryAfter });
    const clock = (): Date => new Date("2026-11-21T02:00:00Z");
    expect(await send({ post: response, clock })).toEqual({
      kind: "retry",
      problem: "answered 429",
      afterSeconds,
    });
  });

  it.each(["soon", "-5", "1.5", ""])(
    "is tried again in its own time after Retry-After: %s",
    async (retryAfter) => {
      receiver.next(answers(503, { "retry-after": retryAfter }));
      expect(await send()).toEqual({ kind: "retry", problem: "answered 503" });
    },
  );

  it("is tried again after a reset connection", async () => {
    receiver.next(resets);
    expect(await send()).toMatchObject({
      kind: "retry",
      problem: expect.stringMatching(/^no connection \([A-Z_]+\)$/),
    });
  });

  it("is tried again when nobody listens", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    expect(await send({}, `http://127.0.0.1:${port}/`)).toEqual({
      kind: "retry",
      problem: "no connection (ECONNREFUSED)",
    });
  });

  it("is tried again when no answer comes in time", async () => {
    receiver.next(saysNothing);
    expect(await send({ timeoutMs: 50 })).toEqual({ kind: "retry", problem: "no answer within 0.05 s" });
  });

  it("is tried again when the name server does not answer, or knows no such name", async () => {
    const never = (): Promise<string[]> => new Promise(() => undefined);
    const outside = { allowPrivate: false, timeoutMs: 50 };
    expect(await send({ ...outside, resolve: never }, "https://a.vn/")).toEqual({
      kind: "retry",
      problem: "no answer within 0.05 s",
    });
    const unknown = (): Promise<string[]> =>
      Promise.reject(Object.assign(new Error("getaddrinfo ENOTFOUND a.vn"), { code: "ENOTFOUND" }));
    expect(await send({ ...outside, resolve: unknown }, "https://a.vn/")).toEqual({
      kind: "retry",
      problem: "no connection (ENOTFOUND)",
    });
  });

  it("tells neither query nor secret nor text in its problem", async () => {
    receiver.next(answers(500), answers(404), answers(302), resets, saysNothing);
    const url = `${receiver.url}/?key=CANARY`;
    const outcomes: Sent[] = [];
    for (let count = 0; count < 5; count++) outcomes.push(await send({ timeoutMs: 200 }, url));
    outcomes.push(await send({ timeoutMs: 200 }, `http://canary.invalid/?key=CANARY`));
    outcomes.push(await send({}, "CANARY"));
    outcomes.push(
      await send({ post: () => Promise.reject(new TypeError(`cannot post ${url} with ${SECRET}`)) }, url),
    );
    expect(outcomes.map(({ kind }) => kind)).not.toContain("sent");
    expect(JSON.stringify(outcomes)).not.toMatch(/canary|MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw|trễ hẹn/i);
  });
});

describe("where a webhook may lead", () => {
  const resolved: Readonly<Record<string, string[]>> = {
    "inside.example.vn": ["203.0.113.9", "10.0.0.5"],
    "localhost.": ["127.0.0.1"],
    "outside.example.vn": ["203.0.113.9", "2001:db8::9"],
  };
  const resolve = (host: string): Promise<string[]> => Promise.resolve(resolved[host] ?? []);
  const ok: typeof post = () => Promise.resolve({ status: 204, retryAfter: "" });

  it.each([
    "https://127.0.0.1/",
    "https://localhost/",
    "http://127.0.0.1:9090/",
    "https://10.1.2.3/",
    "https://192.168.1.1/",
    "https://172.31.255.1/",
    "https://169.254.169.254/latest/meta-data",
    "https://0x7f.1/",
    "https://[::1]/",
    "https://[::ffff:10.0.0.1]/",
    "https://[fd00::1]/",
    "https://[64:ff9b::10.0.0.1]/",
    "https://[2002:a00:1::]/",
    "https://2130706433/",
    "https://localhost./",
    "https://inside.example.vn/",
  ])("is not %s once the program serves others", async (url) => {
    expect(await send({ allowPrivate: false, resolve }, url)).toEqual({
      kind: "gone",
      problem: "a private address is not taken here",
    });
  });

  it.each(["https://outside.example.vn/", "https://203.0.113.9/", "https://[2001:db8::9]/"])(
    "is %s",
    async (url) => {
      expect(await send({ allowPrivate: false, post: ok, resolve }, url)).toEqual({ kind: "sent" });
    },
  );

  it.each(["https://10.1.2.3/", "https://localhost/", "http://localhost:9090/", "http://[::1]:9090/"])(
    "is also %s while the program serves this machine only",
    async (url) => {
      expect(await send({ post: ok }, url)).toEqual({ kind: "sent" });
    },
  );

  it.each(["http://example.vn/", "http://10.1.2.3/", "ftp://127.0.0.1/", "file:///etc/passwd", "example.vn"])(
    "is never %s",
    async (url) => {
      expect(await send({ post: noRequest }, url)).toMatchObject({ kind: "gone" });
    },
  );

  it("is told apart by the address's meaning, however it is written", () => {
    expect(["LOCALHOST", "a.localhost", "127.9.9.9", "::ffff:127.0.0.1"].map(reachOf)).toEqual(
      Array(4).fill("loopback"),
    );
    expect(["0.0.0.0", "::", "100.64.0.1", "fe80::1", "224.0.0.1"].map(reachOf)).toEqual(
      Array(5).fill("private"),
    );
    expect(["172.32.0.1", "11.0.0.1", "2606:4700::1"].map(reachOf)).toEqual(Array(3).fill("public"));
    expect(["example.vn", "localhost.example.vn"].map(reachOf)).toEqual(["name", "name"]);
  });

  it("connects to the address that was judged, and asks the name server once", async () => {
    const asked: string[] = [];
    const { port } = new URL(receiver.url);
    // The second answer would lead elsewhere, where nobody listens.
    const rebinding = async (host: string): Promise<string[]> => {
      asked.push(host);
      return asked.length === 1 ? ["127.0.0.1"] : ["192.0.2.1"];
    };
    const { status } = await post(new URL(`http://agency.example:${port}/`), {
      headers: {},
      body: BODY,
      signal: AbortSignal.timeout(2_000),
      allowPrivate: true,
      resolve: rebinding,
    });
    expect(status).toBeGreaterThan(0);
    expect(asked).toEqual(["agency.example"]);
    expect(receiver.refused).toHaveLength(1);
  });

  it.each([{ all: true }, { all: false }])(
    "refuses a name with any private address, asked with %o",
    (options) => {
      const mixed = judgedLookup(false, resolve);
      return new Promise<void>((done) => {
        mixed("inside.example.vn", options, (error, address) => {
          expect(error?.name).toBe("PrivateAddress");
          expect(address).toBe("");
          done();
        });
      });
    },
  );
});
