import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { Conflict, type Figures, type Store } from "./store/store.ts";
import type { StuckCount } from "./stuck.ts";

/** What is counted while the program runs; nothing in it says who or what about. */
export type Metrics = {
  /** A message was handled; `intent` as it was understood, `none` where nothing had to be. */
  message(channel: string, intent: string, seconds: number): void;
  /** A commit was made, or could not be. */
  commit(outcome: "stored" | "conflict" | "failed", seconds: number): void;
  request(route: string, status: number): void;
  /** In Prometheus' text format, with what the store says of itself now. */
  text(): Promise<string>;
};

const SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5];

/** @param stuck what `motcua stuck` lists, with these figures of the store */
export function createMetrics(
  figures: () => Promise<Figures>,
  stuck: (figures: Figures) => Promise<readonly StuckCount[]>,
  clock: () => Date,
): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: "motcua_" });
  const messages = new Counter({
    name: "motcua_messages_total",
    help: "Messages handled",
    labelNames: ["channel", "intent"],
    registers,
  });
  const answering = new Histogram({
    name: "motcua_message_seconds",
    help: "Time from a message to its stored answer",
    labelNames: ["channel"],
    buckets: SECONDS,
    registers,
  });
  const committing = new Histogram({
    name: "motcua_commit_seconds",
    help: "Time until a commit is durable",
    labelNames: ["outcome"],
    buckets: SECONDS,
    registers,
  });
  const requests = new Counter({
    name: "motcua_requests_total",
    help: "HTTP requests",
    labelNames: ["route", "status"],
    registers,
  });
  const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, registers });
  const open = gauge("motcua_cases_open", "Complaints that are not closed");
  const unreadable = gauge("motcua_cases_unreadable", "Complaints that are damaged");
  const waiting = gauge("motcua_deliveries_waiting", "Deliveries that are still tried");
  const dead = gauge("motcua_deliveries_dead", "Deliveries that need a human");
  const oldest = gauge("motcua_delivery_oldest_seconds", "Age of the oldest delivery that did not arrive");
  const waits = new Gauge({
    name: "motcua_stuck",
    help: "Cases and deliveries that wait for a human, as motcua stuck lists them",
    labelNames: ["why"],
    registers,
  });
  const waitsLongest = new Gauge({
    name: "motcua_stuck_oldest_seconds",
    help: "Age of the oldest of these",
    labelNames: ["why"],
    registers,
  });
  const ageOf = (at: string | undefined): number =>
    at === undefined ? 0 : (clock().getTime() - Date.parse(at)) / 1000;
  return {
    message: (channel, intent, seconds) => {
      messages.inc({ channel, intent });
      answering.observe({ channel }, seconds);
    },
    commit: (outcome, seconds) => {
      committing.observe({ outcome }, seconds);
    },
    request: (route, status) => {
      requests.inc({ route, status: String(status) });
    },
    text: async () => {
      const now = await figures();
      open.set(now.open);
      unreadable.set(now.unreadable);
      waiting.set(now.waiting);
      dead.set(now.dead);
      oldest.set(ageOf(now.oldestAt));
      for (const { why, count, oldestAt } of await stuck(now)) {
        waits.set({ why }, count);
        waitsLongest.set({ why }, ageOf(oldestAt));
      }
      return registry.metrics();
    },
  };
}

/** The same store, whose commits are timed. */
export function timedStore(store: Store, count: Metrics["commit"]): Store {
  return {
    ...store,
    commit: async (change) => {
      const began = performance.now();
      const took = (): number => (performance.now() - began) / 1000;
      try {
        await store.commit(change);
        count("stored", took());
      } catch (error) {
        count(error instanceof Conflict ? "conflict" : "failed", took());
        throw error;
      }
    },
  };
}
