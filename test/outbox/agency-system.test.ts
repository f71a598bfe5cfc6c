import { type AddressInfo, createServer } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createWebhookSender } from "../../src/channels/webhook.ts";
import type { Contact } from "../../src/outbox/contacts.ts";
import { createBench, toAgency } from "../fakes/outbox-bench.ts";
import {
  answers,
  resets,
  saysNothing,
  startWebhookReceiver,
  type WebhookReceiver,
} from "../fakes/webhook-receiver.ts";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const webhookTo = (url: string): Contact => ({ channel: "webhook", url, secrets: [SECRET] });

describe("an agency's real system", () => {
  let receiver: WebhookReceiver;
  beforeEach(async () => {
    receiver = await startWebhookReceiver(SECRET);
  });
  afterEach(() => receiver.close());
  const real = (timeoutMs = 5_000): Parameters<typeof createBench>[0] => ({
    webhook: createWebhookSender({ clock: () => new Date(), allowPrivate: true, timeoutMs }),
  });

  it("gets the same id and the same bytes at each attempt, also from a store that reorders fields", async () => {
    const bench = createBench(real());
    bench.contacts = { snv: [webhookTo(receiver.url)] };
    const first = toAgency("d1", "snv", `webhook:${receiver.url}`);
    bench.store.promise(first);
    receiver.next(answers(500), answers(503), resets, answers(429, { "retry-after": "7200" }));
    const settle = bench.store.settle;
    bench.store.settle = async (...given) => {
      await settle(...given);
      const { content } = bench.store.state("d1").delivery;
      if (content.kind === "agency") Object.assign(content, { notice: reversed(content.notice) });
    };
    await bench.run(6);
    expect(receiver.received).toHaveLength(5);
    expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"]))).toEqual(new Set(["d1"]));
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    expect(receiver.refused).toEqual([]);
    expect(bench.store.state("d1")).toMatchObject({ status: "sent", attempts: 5 });
  });

  it("ends delivered or with a human, whatever it does: slow 200, 500, reset, silence, 403", async () => {
    const bench = createBench(real(300));
    const paths = ["/slow", "/500", "/reset", "/silent", "/403"];
    bench.contacts = { snv: paths.map((path) => webhookTo(receiver.url + path)) };
    bench.store.promise(...paths.map((path) => toAgency(path, "snv", `webhook:${receiver.url}${path}`)));
    receiver.usually((response, { path }) => {
      if (path === "/slow") setTimeout(() => response.writeHead(200).end(), 30);
      else if (path === "/reset") resets(response, { path, body: "", headers: {} });
      else if (path !== "/silent") response.writeHead(Number(path.slice(1))).end();
    });
    await bench.outbox.deliverDue();
    const standing = (): string[] =>
      bench.store.states().map(({ delivery, status }) => `${delivery.id} ${status}`);
    expect(standing()).toEqual([
      "/slow sent",
      "/500 waiting",
      "/reset waiting",
      "/silent waiting",
      "/403 dead",
    ]);
    receiver.usually(saysNothing);
    receiver.next(answers(200), answers(200), answers(200));
    await bench.run(1);
    expect(standing()).toEqual(["/slow sent", "/500 sent", "/reset sent", "/silent sent", "/403 dead"]);
  });

  it("that answered too late gets the same id again and so keeps one item", async () => {
    const bench = createBench(real(100));
    bench.contacts = { snv: [webhookTo(receiver.url)] };
    bench.store.promise(toAgency("d1", "snv", `webhook:${receiver.url}`));
    receiver.next(saysNothing);
    await bench.run(1);
    expect(receiver.received).toHaveLength(2);
    expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  });

  it("gets its notice within the minute although 150 dead addresses stand before it", async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const dead = `http://127.0.0.1:${(closed.address() as AddressInfo).port}`;
    await new Promise((resolve) => closed.close(resolve));
    const bench = createBench(real());
    const ids = Array.from({ length: 150 }, (_, index) => `dead-${index}`);
    bench.contacts = Object.fromEntries([
      ...ids.map((id) => [id, [webhookTo(`${dead}/${id}`)]] as const),
      ["good", [webhookTo(receiver.url)]] as const,
    ]);
    bench.store.promise(...ids.map((id) => toAgency(id, id, `webhook:${dead}/${id}`)));
    bench.store.promise(toAgency("good", "good", `webhook:${receiver.url}`));
    while ((await bench.outbox.deliverDue()) > 0);
    expect(receiver.received).toHaveLength(1);
    expect(bench.store.state("good").status).toBe("sent");
    const rest = bench.store.states().filter(({ status }) => status !== "sent");
    expect(new Set(rest.map(({ attempts, problem }) => `${attempts} ${problem}`))).toEqual(
      new Set(["1 no connection (ECONNREFUSED)"]),
    );
    expect(rest).toHaveLength(150);
  });

  it("never finds its secret, its address or a citizen's words in our log or problems", async () => {
    const bench = createBench(real(200));
    const url = `${receiver.url}/canary?key=CANARY`;
    bench.contacts = { snv: [webhookTo(url)] };
    bench.store.promise(toAgency("d1", "snv", `webhook:${url}`));
    receiver.next(answers(500), resets, saysNothing, answers(403));
    await bench.run(30);
    expect(bench.store.state("d1")).toMatchObject({ status: "dead", attempts: 4 });
    const told =
      bench.lines.join("") +
      bench.store
        .states()
        .map(({ problem }) => problem)
        .join("");
    expect(told).toContain("answered 403");
    expect(told).not.toMatch(/canary|MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw|127\.0\.0\.1|chưa có|MC-7K4P/i);
  });
});

/** The same value with the fields of every object in reverse, as jsonb may give them back. */
function reversed(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, inner]) => [name, reversed(inner)]),
  );
}
