import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { openEmbeddedStore } from "../../src/store/embedded.ts";
import { identityKey } from "../../src/store/identity-key.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { answers, startWebhookReceiver } from "../fakes/webhook-receiver.ts";
import { bodyOf, SECRET } from "./agency.ts";
import { type Machine, machine, SOON } from "./machine.ts";
import { codeIn, visitor } from "./visitor.ts";

const { complaint: asks, notices, overdue } = vietnamese;
const STORY =
  "Tôi nộp hồ sơ ở UBND xã Tam Quang, huyện Núi Thành, Quảng Nam ngày 2/11, hẹn 9/11 mà vẫn chưa trả";
const CITY = "ubnd-tp-da-nang";
const COORDINATOR = "dieu-phoi";
const INSPECTORATE = "thanh-tra-tp-da-nang";

describe("a complaint that nobody takes", () => {
  test("goes up while the program stands still for a month: caught up once at the next start, and told to an operator", async ({
    onTestFinished,
  }) => {
    const agencies = await startWebhookReceiver(SECRET);
    onTestFinished(() => agencies.close());
    const office = await machine({}, { light: true });
    const contact = { channel: "webhook", url: agencies.url, secret: SECRET };
    await office.contacts({ [CITY]: [contact], [COORDINATOR]: [contact], [INSPECTORATE]: [contact] });
    const heard = (): string[] =>
      agencies.received.map(bodyOf).map(({ agency, event }) => `${agency.id} ${event}`);

    let program = await office.start();
    const person = visitor(program.address);
    await person.tells(STORY);
    const code = codeIn((await person.presses(asks.send)).text);
    await vi.waitFor(() => expect(heard()).toEqual([`${CITY} filed`]), SOON);
    await program.stop();

    const inAMonth = { MOTCUA_NOW: "2026-12-21T09:00+07:00" };
    program = await office.start(inAMonth);
    const escalated = [CITY, COORDINATOR, INSPECTORATE].map((id) => `${id} escalated`);
    await vi.waitFor(
      () => expect(heard().toSorted()).toEqual([`${CITY} filed`, ...escalated].toSorted()),
      SOON,
    );
    const later = person.at(program.address);
    await later.hears(notices.escalatedFurther(code, "Thanh tra thành phố Đà Nẵng"));
    expect((await later.says(`tra cứu ${code}`)).text).toContain(overdue[3]);
    const rows = JSON.parse((await office.run(["stuck", "--json"], { env: inAMonth })).stdout);
    expect(rows).toEqual([
      {
        delivery: expect.any(String),
        case: code,
        to: `${CITY} ${COORDINATOR} ${INSPECTORATE}`,
        since: expect.stringMatching(/^2026-12-21T02:/),
        attempts: 0,
        problem: "overdue, and nobody answers",
      },
    ]);
    await program.stop();

    // Once more the next day: everything was done already.
    program = await office.start({ MOTCUA_NOW: "2026-12-22T09:00+07:00" });
    onTestFinished(() => program.kill());
    await person.at(program.address).says("xin chào");
    expect(heard()).toHaveLength(4);
    const [, age = "0"] = await vi.waitFor(async () => {
      const metrics = await (await fetch(`${program.address}/metrics`)).text();
      expect(metrics).toMatch(/^motcua_stuck\{why="overdue"\} 1$/m);
      return /^motcua_stuck_oldest_seconds\{why="overdue"\} ([\d.]+)$/m.exec(metrics) ?? [];
    }, SOON);
    expect(Number(age) / 3600).toBeCloseTo(24, 1);
  });
});

/** Takes the first notice of the only case out of the outbox, as a fault of the store would. */
async function drop({ folder, data }: Machine, agency: string): Promise<void> {
  const madeAt = join(folder, "keys", "identity.key");
  const { key } = await identityKey({ madeAt, dataDir: data });
  const store = await openEmbeddedStore({ dir: data, key, clock: () => new Date("2026-11-20T03:00:00Z") });
  for await (const { id } of store.complaints()) await store.commit({ cancelled: [`${id}.0.${agency}.0`] });
  await store.close();
}

test("a notice that the outbox lost is told to the operator the next day, though nobody asks", async ({
  onTestFinished,
}) => {
  const agencies = await startWebhookReceiver(SECRET);
  onTestFinished(() => agencies.close());
  agencies.usually(answers(503));
  const office = await machine({}, { light: true });
  const contact = { channel: "webhook", url: agencies.url, secret: SECRET };
  await office.contacts({ [CITY]: [contact], [COORDINATOR]: [contact] });
  let program = await office.start();
  const person = visitor(program.address);
  await person.tells(STORY);
  const code = codeIn((await person.presses(asks.send)).text);
  await program.stop();
  await drop(office, CITY);

  agencies.usually(answers(200));
  const nextDay = { MOTCUA_NOW: "2026-11-21T10:00+07:00" };
  program = await office.start(nextDay);
  onTestFinished(() => program.kill());
  await vi.waitFor(async () => {
    const health = await (await fetch(`${program.address}/health`)).text();
    expect(health).toContain("1 notices to agencies are lost");
  }, SOON);
  const rows = JSON.parse((await office.run(["stuck", "--json"], { env: nextDay })).stdout);
  expect(rows).toMatchObject([
    { case: code, to: CITY, problem: "lost: neither delivered nor in the outbox" },
  ]);
  expect(program.output()).toContain("promise lost");
  expect(await (await fetch(`${program.address}/metrics`)).text()).toMatch(/^motcua_stuck\{why="lost"\} 1$/m);
});
