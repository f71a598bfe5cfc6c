import { describe, expect, test } from "vitest";
import { type AlarmParts, createAlarms } from "../src/alarms.ts";
import type { CalendarYear } from "../src/knowledge/calendar.ts";
import type { Delivery, DeliveryState } from "../src/messages/delivery.ts";
import { ALL_ON } from "../src/messages/switches.ts";
import { NO_CONTACT } from "../src/outbox/attempt.ts";
import { NotSaved } from "../src/store/store.ts";
import { createBench } from "./fakes/outbox-bench.ts";

const DAY = 86_400_000;
const YEAR = {} as CalendarYear;

function setUp(given: Partial<AlarmParts> = {}) {
  let now = Date.parse("2026-11-26T03:00:00Z");
  const committed: Delivery[] = [];
  const logged: string[] = [];
  const stuck: DeliveryState[] = [];
  const alarms = createAlarms({
    store: {
      commit: async ({ deliveries = [] }) => {
        // As the real one: a delivery promised before is not promised again.
        committed.push(...deliveries.filter(({ id }) => !committed.some((known) => known.id === id)));
      },
      figures: async () => ({ open: 0, unreadable: 0, waiting: 0, dead: stuck.length, standing: [] }),
      stuck: async () => stuck,
      health: async () => ({ ok: true }),
    },
    clock: () => new Date(now),
    log: (_, __, facts) => void logged.push(String(facts?.["kind"])),
    calendar: new Map([2026, 2027].map((year) => [year, YEAR])),
    switches: { now: () => ALL_ON, faults: () => [] },
    lost: () => [],
    nameOf: (agency) => `Sở ${agency}`,
    contactsOf: () => ["webhook:https://a.vn", "email:a@b.vn"],
    nudge: () => undefined,
    ...given,
  });
  const dead = (problem: string): void => {
    stuck.push({ problem, status: "dead" } as DeliveryState);
  };
  return {
    alarms,
    committed,
    logged,
    dead,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

describe("alarms", () => {
  test("all is well: nothing is told", async () => {
    const { alarms, committed, logged } = setUp();
    await alarms.look();
    expect(await alarms.current()).toEqual([]);
    expect([...committed, ...logged]).toEqual([]);
  });

  test("while the database is away, that and what needs no database is told", async () => {
    const away = (): Promise<never> => Promise.reject(new NotSaved("unavailable"));
    const { alarms } = setUp({
      store: {
        commit: away,
        figures: away,
        stuck: away,
        health: async () => ({ ok: false, problem: "the database cannot be reached" }),
      },
      switches: { now: () => ({ ...ALL_ON, intake: "Đang sửa." }), faults: () => [] },
    });
    expect((await alarms.current()).map(({ kind }) => kind)).toEqual(["store", "switched-off"]);
  });

  test("each kind is told once a day, by every way to the coordinator, also by another process", async () => {
    const { alarms, committed, logged, dead, pass } = setUp();
    dead("answered 500");
    for (let minute = 0; minute < 5; minute += 1) {
      await alarms.look();
      pass(60_000);
    }
    dead(NO_CONTACT);
    await alarms.look();
    expect(logged).toEqual(["dead", "no-contact"]);
    expect(committed.map(({ id }) => id)).toEqual([
      "alarm.dead.2026-11-26.0",
      "alarm.dead.2026-11-26.1",
      "alarm.no-contact.2026-11-26.0",
      "alarm.no-contact.2026-11-26.1",
    ]);
    expect(committed.every(({ complaint, to }) => complaint === undefined && to.kind === "agency")).toBe(
      true,
    );
    pass(DAY);
    await alarms.look();
    expect(committed).toHaveLength(8);
  });

  test("a missing calendar, switches, their faults and a store that cannot save are told", async () => {
    const { alarms } = setUp({
      calendar: new Map([[2026, YEAR]]),
      switches: {
        now: () => ({ ...ALL_ON, intake: "Bảo trì." }),
        faults: () => [{ file: "a", line: 1, problem: "b" }],
      },
    });
    expect((await alarms.current()).map(({ kind }) => kind)).toEqual([
      "calendar",
      "switched-off",
      "switches",
    ]);
    expect((await alarms.current())[1]?.text).toContain("Bảo trì.");
  });

  test("a damaged case is told", async () => {
    const figures = async () => ({ open: 3, unreadable: 2, waiting: 0, dead: 0, standing: [] });
    const { alarms, committed } = setUp({
      store: {
        commit: async ({ deliveries = [] }) => void committed.push(...deliveries),
        figures,
        stuck: async () => [],
        health: async () => ({ ok: true }),
      },
    });
    const [alarm, ...more] = await alarms.current();
    expect(more).toEqual([]);
    expect(alarm?.kind).toBe("damaged");
    await alarms.look();
    expect(JSON.stringify(committed)).toContain("Có 2 hồ sơ phản ánh bị hỏng dữ liệu");
  });

  test("lost notices are counted for everybody, and named by day and agency to the coordinator alone", async () => {
    const row = (day: string, agency: string, count: number) => ({ day, agency, count, oldestAt: day });
    let lost = [row("2026-11-25", "a", 2), row("2026-11-24", "b", 1)];
    const { alarms, committed, logged } = setUp({ lost: () => lost });
    expect(await alarms.current()).toMatchObject([
      {
        kind: "lost",
        text: "3 notices to agencies are lost: neither delivered nor in the outbox; see motcua stuck",
      },
    ]);
    await alarms.look();
    await alarms.look();
    expect(logged).toEqual(["lost"]);
    expect(committed).toHaveLength(2);
    expect(JSON.stringify(committed[0])).toContain("Có 3 tin gửi cơ quan bị thất lạc");
    expect(JSON.stringify(committed[0])).toContain("(25/11/2026 Sở a: 2; 24/11/2026 Sở b: 1)");
    lost = Array.from({ length: 11 }, (_, index) => row("2026-11-25", `s${index}`, 1));
    expect((await alarms.current())[0]?.notice).toContain("Sở s9: 1; …)");
  });

  test("many look-ups of codes that nobody has are one alarm, which goes by itself", async () => {
    const { alarms, pass } = setUp();
    for (let count = 0; count < 60; count += 1) alarms.missed();
    expect(await alarms.current()).toEqual([]);
    alarms.missed();
    expect((await alarms.current()).map(({ kind }) => kind)).toEqual(["guessing"]);
    pass(16 * 60_000);
    expect(await alarms.current()).toEqual([]);
    for (let count = 0; count < 200; count += 1) {
      alarms.missed();
      pass(1_100);
    }
    expect(await alarms.current()).toEqual([]);
  });

  test("what could not be promised is promised as soon as the store saves again", async () => {
    let full = true;
    const promised: Delivery[] = [];
    const { alarms } = setUp({
      store: {
        commit: async ({ deliveries = [] }) => {
          if (full) throw new NotSaved("full");
          promised.push(...deliveries);
        },
        figures: async () => ({ open: 0, unreadable: 0, waiting: 0, dead: 0, standing: [] }),
        stuck: async () => [],
        health: async () => (full ? { ok: false, problem: "disk full" } : { ok: true }),
      },
      calendar: new Map([[2026, YEAR]]),
    });
    await expect(alarms.look()).rejects.toThrow(NotSaved);
    full = false;
    await alarms.look();
    expect(promised.map(({ id }) => id.split(".")[1])).toEqual(["calendar", "calendar"]);
  });

  test("without a contact of the coordinator the log says so, and nothing waits for ever", async () => {
    const { alarms, committed, logged, dead } = setUp({ contactsOf: () => [] });
    dead("answered 500");
    await alarms.look();
    expect(logged).toEqual(["dead", "no-coordinator"]);
    expect(committed).toEqual([]);
  });
});

describe("an alarm on its way", () => {
  const alarm = {
    id: "alarm.dead.2026-11-26.0",
    kind: "dead",
    subject: "Cảnh báo",
    text: "Có 3 tin.",
    at: "x",
  };
  const to = (contact: string): Delivery => ({
    id: alarm.id,
    to: { kind: "agency", agency: "dieu-phoi", contact },
    content: { kind: "alarm", alarm },
  });

  test.each([
    ["webhook:https://a.vn", { id: alarm.id, event: "alarm", kind: "dead", text: "Có 3 tin.", at: "x" }],
    ["email:a@b.vn", { subject: "Cảnh báo", text: "Có 3 tin." }],
    ["telegram:-100", { text: "Cảnh báo\nCó 3 tin.", choices: [] }],
  ])("goes to %s", async (contact, body) => {
    const bench = createBench();
    bench.contacts = {
      "dieu-phoi": [
        { channel: "webhook", url: "https://a.vn", secrets: [] },
        { channel: "email", to: "a@b.vn" },
        { channel: "telegram", chat: "-100" },
      ],
    };
    bench.store.promise(to(contact));
    await bench.outbox.deliverDue();
    const [sent] = bench.out;
    expect(typeof sent?.body === "string" ? JSON.parse(sent.body) : sent?.body).toEqual(body);
  });
});
