import { describe, expect, it, onTestFinished } from "vitest";
import { erase } from "../../src/complaints/erase.ts";
import { fileComplaint, type Rules } from "../../src/complaints/file.ts";
import { noteDelivered, noteUndeliverable } from "../../src/complaints/progress.ts";
import { protect } from "../../src/complaints/protect.ts";
import { COORDINATOR } from "../../src/complaints/route.ts";
import type { Step } from "../../src/complaints/tell.ts";
import { withdraw } from "../../src/complaints/withdraw.ts";
import { createControl } from "../../src/control.ts";
import { NotSaved, type Store } from "../../src/store/store.ts";
import { createReconciliation } from "../../src/watch/promises.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { COMMUNE, filing, NOW, rules } from "../complaints/case.ts";
import { guarded, newCase } from "../complaints/guarded.ts";
import { knowledge } from "../fixtures/real-knowledge.ts";
import { dataFolder } from "../store/folder.ts";

const DAY_MS = 86_400_000;
/** Everybody but the coordinator waits to be told how they are reached. */
const nobody: Rules = { ...rules, contactsOf: (agency) => (agency === COORDINATOR ? ["email:x@y.vn"] : []) };

async function office() {
  const folder = await dataFolder();
  onTestFinished(folder.remove);
  let now = NOW;
  const clock = (): Date => now;
  const opened = await folder.open({ clock });
  const named: unknown[] = [];
  const start = (store: Store = opened) =>
    createReconciliation({ store, clock, log: (_, __, facts) => void named.push(facts) });
  return {
    store: opened,
    start,
    /** What the log named. */
    named,
    control: createControl({ store: opened, clock, knowledge }),
    later: (hours: number): void => {
      now = new Date(now.getTime() + (hours / 24) * DAY_MS);
    },
    file: async (id: string, store: Store = opened, of: Rules = rules): Promise<void> => {
      const { event } = newCase(id, filing({ text: `Chuyện ${id}` }), `web:${id}`, now);
      if (event.type !== "filed") return;
      const { deliveries } = fileComplaint({ ...event, id }, now, of);
      await store.commit({ complaints: [{ id, revision: 0, events: [event] }], deliveries });
    },
    hold: async (id: string): Promise<void> => {
      const filed = newCase(id, filing({ text: `Chuyện ${id}` }), `web:${id}`, now);
      const { change, deliveries } = guarded(filed, { suspicion: "words" });
      await opened.commit({ complaints: [change], deliveries });
    },
    step: async (
      id: string,
      decide: (complaint: NonNullable<Awaited<ReturnType<Store["complaint"]>>>) => Step,
    ) => {
      const complaint = await opened.complaint(id);
      if (!complaint) throw new Error(`no case ${id}`);
      const { events, deliveries } = decide(complaint);
      await opened.commit({ complaints: [{ id, revision: complaint.revision, events }], deliveries });
    },
    /** One pass of the post: every notice arrives, but those of the cases named, which wait or go to a human. */
    post: async ({ fails = [], dead = [] }: { fails?: string[]; dead?: string[] } = {}): Promise<void> => {
      for (const { delivery } of await opened.claim(now, 500, 60)) {
        const { id, complaint: of = "", to } = delivery;
        const complaint = await opened.complaint(of);
        if (!complaint || to.kind !== "agency") continue;
        const refused = dead.includes(of);
        const arrived = noteDelivered(complaint, to.agency, now, rules, vietnamese);
        const stuck = noteUndeliverable(complaint, to.agency, "refused", now, vietnamese);
        const step = fails.includes(of) ? undefined : refused ? stuck : arrived;
        await opened.settle(
          id,
          now,
          fails.includes(of) || refused
            ? { kind: "failed", problem: "refused", dead: refused, nextAt: "2027-01-01T00:00:00Z" }
            : { kind: "sent" },
          step && { complaints: [{ id: of, revision: complaint.revision, events: step.events }] },
        );
      }
    },
  };
}

/** The same store, where what is promised with a change never comes into the outbox. */
function forgetful(store: Store): Store {
  return { ...store, commit: ({ deliveries: _dropped, ...change }) => store.commit(change) };
}

describe("the daily reconciliation", () => {
  it("names a notice the next day that was dropped from the outbox, to the operator with its case", async () => {
    const { store, file, post, start, later, named, control } = await office();
    await file("a");
    await file("b", forgetful(store));
    await post();
    const reconciliation = start();
    await reconciliation.go();
    later(23);
    await start().go();
    expect(named).toEqual([]);
    later(2);
    await reconciliation.go();
    expect(reconciliation.lost()).toEqual([
      { day: "2026-11-21", agency: COMMUNE, count: 1, oldestAt: NOW.toISOString() },
    ]);
    expect(named).toEqual([{ complaint: "b", agency: COMMUNE }]);
    expect(await control.stuck()).toEqual([
      {
        delivery: "b",
        case: "MC-b",
        to: COMMUNE,
        since: NOW.toISOString(),
        attempts: 0,
        problem: "lost: neither delivered nor in the outbox",
      },
    ]);
  });

  it("names one that left the outbox as if it had been sent, though nothing tells that it arrived", async () => {
    const { store, file, start, later } = await office();
    await file("a");
    await store.commit({ cancelled: [`a.0.${COMMUNE}.0`] });
    later(25);
    const reconciliation = start();
    await reconciliation.go();
    expect(reconciliation.lost()).toMatchObject([{ agency: COMMUNE, count: 1 }]);
  });

  it("misses nothing in a sound store, whatever became of its cases", async () => {
    const { store, file, hold, step, post, start, later, control } = await office();
    for (const id of ["arrived", "waits", "dead", "withdrawn", "threatened", "erased"]) await file(id);
    await file("in-its-place", store, nobody);
    await hold("held");
    await step("withdrawn", (complaint) => withdraw(complaint, undefined, NOW, rules));
    await step("threatened", (complaint) => protect(complaint, "Họ dọa tôi", NOW, rules));
    await post({ fails: ["waits", "withdrawn"], dead: ["dead"] });
    await step("erased", (complaint) => withdraw(complaint, undefined, NOW, rules));
    await step("erased", (complaint) => erase(complaint, "request", NOW, rules));
    for (const hours of [25, 24, 72]) {
      later(hours);
      const reconciliation = start();
      await reconciliation.go();
      expect(reconciliation.lost()).toEqual([]);
    }
    expect((await store.complaint("in-its-place"))?.events.at(-1)).toMatchObject({
      type: "delivered",
      agency: COORDINATOR,
    });
    expect((await control.stuck()).filter(({ problem }) => problem.startsWith("lost"))).toEqual([]);
  });

  it("takes what arrives at that very moment for what it is", async () => {
    const { store, file, post, start, later } = await office();
    await file("a");
    later(25);
    const reconciliation = start({
      ...store,
      deliveryStatus: async (id) => {
        await post();
        return store.deliveryStatus(id);
      },
    });
    await reconciliation.go();
    expect(reconciliation.lost()).toEqual([]);
  });

  it("goes once a day, and again when the cases could not be read; older ones are not looked at", async () => {
    const { store, file, start, later } = await office();
    await file("a", forgetful(store));
    later(25);
    let away = true;
    const since: string[] = [];
    const { go, lost } = start({
      ...store,
      filedSince: (day, known) => {
        since.push(day.toISOString());
        if (away) throw new NotSaved("unavailable");
        return store.filedSince(day, known);
      },
    });
    await expect(go()).rejects.toThrow(NotSaved);
    away = false;
    await go();
    await go();
    expect(since).toEqual(["2026-11-15T03:00:00.000Z", "2026-11-15T03:00:00.000Z"]);
    expect(lost()).toHaveLength(1);
    later(7 * 24);
    await go();
    expect(lost()).toEqual([]);
  });
});
