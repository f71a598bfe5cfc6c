import { expect, it, onTestFinished } from "vitest";
import type { ComplaintEvent } from "../src/complaints/complaint.ts";
import { COORDINATOR } from "../src/complaints/route.ts";
import { createControl } from "../src/control.ts";
import { createTicker } from "../src/inbox/tick.ts";
import { createMetrics } from "../src/metrics.ts";
import { NO_CONTACT } from "../src/outbox/attempt.ts";
import type { Store } from "../src/store/store.ts";
import { createStuckCounts } from "../src/stuck.ts";
import { createReconciliation } from "../src/watch/promises.ts";
import { vietnamese } from "../src/wording/citizen.ts";
import { english } from "../src/wording/citizen-en.ts";
import { COMMUNE, filing, NOW, rules } from "./complaints/case.ts";
import { guarded, newCase } from "./complaints/guarded.ts";
import { knowledge } from "./fixtures/real-knowledge.ts";
import { dataFolder } from "./store/folder.ts";

const HOUR_MS = 3_600_000;

/** A program's store, clocks and metrics, with cases filed on Saturday, 21 November 2026. */
async function office() {
  const folder = await dataFolder();
  onTestFinished(folder.remove);
  let now = NOW;
  const clock = (): Date => now;
  const opened = await folder.open({ clock });
  const read = { cases: 0, stuck: 0 };
  const store: Store = {
    ...opened,
    openComplaints: () => {
      read.cases += 1;
      return opened.openComplaints();
    },
    stuck: () => {
      read.stuck += 1;
      return opened.stuck();
    },
  };
  const log = (): void => undefined;
  const guide = { rules, wordings: { vi: vietnamese, en: english } };
  const { lost, go } = createReconciliation({ store, clock, log });
  const metrics = createMetrics(store.figures, createStuckCounts({ store, lost, clock }), clock);
  const ticker = createTicker({ store, guide, clock, log, nudge: log, morning: async () => undefined });
  /** The gauges of this name, by why. */
  const gauges = async (name: string): Promise<Readonly<Record<string, number>>> => {
    const lines = (await metrics.text()).matchAll(new RegExp(`^${name}\\{why="([^"]+)"\\} (\\S+)$`, "gm"));
    return Object.fromEntries([...lines].map(([, why, value]) => [why, Number(value)]));
  };
  return {
    store: opened,
    read,
    control: createControl({ store, clock, knowledge }),
    pass: ticker.tick,
    reconcile: go,
    counts: () => gauges("motcua_stuck"),
    hours: async () => {
      const ages = Object.entries(await gauges("motcua_stuck_oldest_seconds"));
      return Object.fromEntries(ages.map(([why, seconds]) => [why, (seconds * 1000) / HOUR_MS]));
    },
    later: (hours: number): void => {
      now = new Date(now.getTime() + hours * HOUR_MS);
    },
    file: async (
      id: string,
      { held = false, about = filing().about, promised = true, more = [] as ComplaintEvent[] } = {},
    ) => {
      const told = filing({ text: `Chuyện ${id}`, ...(about && { about }) });
      const { change, deliveries } = guarded(
        newCase(id, told, `web:${id}`, now),
        held ? { suspicion: "words" } : {},
      );
      const events = [...change.events, ...more];
      await opened.commit({ complaints: [{ ...change, events }], ...(promised && { deliveries }) });
    },
  };
}

const arrived: ComplaintEvent = { type: "delivered", at: NOW.toISOString(), agency: COMMUNE };
const NONE = { "held-back": 0, "no-route": 0, overdue: 0, "no-contact": 0, undelivered: 0, lost: 0 };

it("metrics count what motcua stuck lists, with the age of the oldest, and read no case for it", async () => {
  const { store, read, control, pass, reconcile, counts, hours, later, file } = await office();
  expect(await counts()).toEqual(NONE);
  await file("usual", { more: [arrived] });
  await file("refused");
  await file("unreached");
  await file("forgotten", { promised: false });
  const fail = (id: string, problem: string): Promise<void> =>
    store.settle(`${id}.0.${COMMUNE}.0`, NOW, { kind: "failed", problem, dead: true });
  await fail("refused", "answered 403");
  await fail("unreached", NO_CONTACT);
  later(1);
  await file("unrouted", { about: { name: "Bộ phận lạ" }, more: [{ ...arrived, agency: COORDINATOR }] });
  await file("held", { held: true });
  later(1);
  await file("held-too", { held: true });
  await file("overdue", {
    more: [
      arrived,
      ...(["superior", "next-level"] as const).map(
        (step): ComplaintEvent => ({
          type: "escalated",
          at: new Date(NOW.getTime() + 2 * HOUR_MS).toISOString(),
          clock: "answer",
          step,
          round: 0,
          to: [],
        }),
      ),
    ],
  });
  await pass();
  later(24);
  await reconcile();

  expect(await counts()).toEqual({
    "held-back": 2,
    "no-route": 1,
    overdue: 1,
    "no-contact": 1,
    undelivered: 1,
    lost: 1,
  });
  expect(await hours()).toEqual({
    "held-back": 25,
    "no-route": 25,
    overdue: 24,
    "no-contact": 26,
    undelivered: 26,
    lost: 26,
  });
  expect(read).toEqual({ cases: 0, stuck: 1 });
  const all = Object.values(await counts()).reduce((sum, count) => sum + count, 0);
  expect(await control.stuck()).toHaveLength(all);
});

it("what goes on is counted no more, and what needs a human anew at the next pass of the clocks", async () => {
  const { store, pass, counts, later, file } = await office();
  await file("held", { held: true });
  await pass();
  expect(await counts()).toEqual({ ...NONE, "held-back": 1 });
  const at = NOW.toISOString();
  const by = { agency: COORDINATOR, via: "chat" } as const;
  const { revision = 0 } = (await store.complaint("held")) ?? {};
  await store.commit({
    complaints: [{ id: "held", revision, events: [{ type: "rejected", at, by, reason: "Không rõ" }] }],
  });
  await pass();
  expect(await counts()).toEqual(NONE);

  await file("unreached");
  await store.settle(`unreached.0.${COMMUNE}.0`, NOW, { kind: "failed", problem: NO_CONTACT, dead: true });
  expect(await counts()).toEqual({ ...NONE, "no-contact": 1 });
  await store.settle(`unreached.0.${COMMUNE}.0`, NOW, { kind: "sent" });
  await file("refused");
  await store.settle(`refused.0.${COMMUNE}.0`, NOW, { kind: "failed", problem: "answered 403", dead: true });
  // Remembered for a minute.
  expect(await counts()).toEqual({ ...NONE, "no-contact": 1 });
  later(1 / 60);
  expect(await counts()).toEqual({ ...NONE, undelivered: 1 });
});
