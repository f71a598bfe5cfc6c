import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { ComplaintEvent } from "../../src/complaints/complaint.ts";
import { createRecentFilings } from "../../src/complaints/recent-filings.ts";
import { type Store, StoreError } from "../../src/store/store.ts";
import { watchFilings } from "../../src/watch/filings.ts";
import { createRounds } from "../../src/watch/rounds.ts";
import { CITY, COMMUNE, filing, NOW, rules } from "../complaints/case.ts";
import { guarded, newCase } from "../complaints/guarded.ts";
import { dataFolder } from "../store/folder.ts";

const DAY_MS = 86_400_000;
const by = { agency: COMMUNE, via: "chat" } as const;

async function office() {
  const folder = await dataFolder();
  onTestFinished(folder.remove);
  let now = NOW;
  const clock = (): Date => now;
  const nudge = vi.fn();
  const opened = await folder.open({ clock });
  const start = (damaged?: string) => {
    const recent = createRecentFilings(rules.guards);
    const complaint: Store["complaint"] = (id) =>
      id === damaged ? Promise.reject(new StoreError("damaged")) : opened.complaint(id);
    const store = watchFilings({ ...opened, complaint }, recent);
    const rounds = createRounds({ store, recent, rules, clock, nudge, log: () => undefined });
    return { store, rounds };
  };
  return {
    start,
    nudge,
    later: (days: number): void => {
      now = new Date(now.getTime() + days * DAY_MS);
    },
    file: async (id: string, ...more: readonly ComplaintEvent[]): Promise<void> => {
      const { change, deliveries } = guarded(newCase(id, filing({ text: `Chuyện ${id}` }), `web:${id}`, now));
      await opened.commit({ complaints: [{ ...change, events: [...change.events, ...more] }], deliveries });
    },
    /** Delivers all that waits; the agencies that were told of this. */
    told: async (event: string): Promise<string[]> => {
      const agencies: string[] = [];
      for (;;) {
        const waiting = await opened.claim(new Date("2028-01-01"), 500, 60);
        if (waiting.length === 0) return agencies;
        for (const { delivery } of waiting) {
          await opened.settle(delivery.id, now, { kind: "sent" });
          const { content } = delivery;
          if (content.kind === "agency" && content.notice.event === event)
            agencies.push(content.notice.agency.id);
        }
      }
    },
  };
}

describe("the rounds over all cases", () => {
  it("tell the head of a cluster once for each size, also over a restart", async () => {
    const { file, start, told, nudge } = await office();
    for (const id of ["a", "b", "c"]) await file(id);
    await start().rounds.go();
    expect(nudge).toHaveBeenCalled();
    // Started again, everything is remembered from the store alone.
    const again = start();
    await again.rounds.go();
    await again.rounds.go();
    expect(await told("cluster")).toEqual([COMMUNE]);
    for (let number = 0; number < 7; number++) await file(`n${number}`);
    await again.rounds.go();
    await start().rounds.go();
    expect(await told("cluster")).toEqual([COMMUNE]);
    expect((await again.store.complaint("n6"))?.events.at(-1)).toMatchObject({ type: "clustered", size: 10 });
  });

  it.each(["a", "c"])("tell of a cluster although %s of its cases is damaged", async (damaged) => {
    const { file, start, told } = await office();
    for (const id of ["a", "b", "c", "d"]) await file(id);
    await start(damaged).rounds.go();
    expect(await told("cluster")).toEqual([COMMUNE]);
  });

  it("tell a superior of the month's answers once, after its end", async () => {
    const { file, start, told, later } = await office();
    const at = NOW.toISOString();
    await file("a", { type: "acknowledged", at, by }, { type: "answered", at, by, text: "Đã nhắc" });
    await file("b", { type: "acknowledged", at, by }, { type: "answered", at, by, text: "Đã nhắc nhở" });
    const { rounds, store } = start();
    await rounds.go();
    expect(await told("review")).toEqual([]);
    later(10);
    await rounds.go();
    await rounds.go();
    await start().rounds.go();
    expect(await told("review")).toEqual([CITY]);
    expect((await store.complaint("a"))?.events.at(-1)).toMatchObject({ type: "reviewed", month: "2026-11" });
  });
});
