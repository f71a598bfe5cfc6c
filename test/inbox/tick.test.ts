import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import type { Complaint, ComplaintEvent } from "../../src/complaints/complaint.ts";
import { type Act, dispute } from "../../src/complaints/progress.ts";
import { performAct } from "../../src/inbox/act.ts";
import { createTicker, type Ticker, type TickerParts } from "../../src/inbox/tick.ts";
import { Conflict, NotSaved, type Store } from "../../src/store/store.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { english } from "../../src/wording/citizen-en.ts";
import { CITY, COMMUNE, file, NOW, rules } from "../complaints/case.ts";
import { dataFolder } from "../store/folder.ts";

const DAY_MS = 86_400_000;
const guide = { rules, wordings: { vi: vietnamese, en: english } };
/** What filing the usual case records. */
const first = file().complaint.events.flatMap((event) => (event.type === "filed" ? [event] : []));

/** A program's store, clock and ticker, with cases filed on Saturday 21 November 2026. */
async function office() {
  const folder = await dataFolder();
  onTestFinished(folder.remove);
  let now = NOW;
  const clock = (): Date => now;
  const store = await folder.open({ clock });
  const nudge = vi.fn();
  const logged: string[] = [];
  const parts = {
    store,
    guide,
    clock,
    nudge,
    log: (level, event, facts) => void (level === "error" && logged.push(JSON.stringify([event, facts]))),
    morning: async () => undefined,
  } satisfies TickerParts;
  const ticker = createTicker(parts);
  return {
    parts,
    store,
    nudge,
    logged,
    ticker,
    later: (days: number): void => {
      now = new Date(now.getTime() + days * DAY_MS);
    },
    file: async (id: string, ...more: readonly ComplaintEvent[]): Promise<void> => {
      const own = { trackingCode: `MC-${id}`, conversation: `web:${id}` };
      const events = [...first.map((event) => ({ ...event, ...own })), ...more];
      await store.commit({ complaints: [{ id, revision: 0, events }] });
    },
    does: async (id: string, deed: Act): Promise<void> => {
      const by = { agency: COMMUNE, via: "chat" } as const;
      const acted = await performAct(() => store.complaint(id), by, deed, { ...parts, guide });
      if (acted.kind !== "done") throw new Error(acted.kind);
    },
    read: async (id: string): Promise<Complaint> => {
      const complaint = await store.complaint(id);
      if (!complaint) throw new Error(`no ${id}`);
      return complaint;
    },
  };
}

/** Ticks until nothing is due; the number of cases moved on. */
async function settle(ticker: Ticker): Promise<number> {
  let moved = 0;
  for (let last = await ticker.tick(); last > 0; last = await ticker.tick()) moved += last;
  return moved;
}

const steps = ({ events }: Complaint): string[] =>
  events.flatMap((event) => ("round" in event ? [`${event.clock} ${event.step}`] : [event.type]));

afterEach(() => void vi.useRealTimers());

describe("the clocks of all cases", () => {
  it("move on what is due, tell the outbox once, and leave the rest", async () => {
    const { ticker, file: files, later, nudge, read, store } = await office();
    await files("c1");
    expect(await ticker.tick()).toBe(0);
    expect(nudge).not.toHaveBeenCalled();
    later(5);
    await files("c2", { type: "acknowledged", at: NOW.toISOString(), by: { agency: COMMUNE, via: "chat" } });
    expect(await ticker.tick()).toBe(1);
    expect(nudge).toHaveBeenCalledTimes(1);
    expect(steps(await read("c1"))).toEqual(["filed", "acknowledge superior"]);
    expect((await store.complaintsHeldBy(CITY)).map(({ id }) => id)).toEqual(["c1"]);
    const promised = await store.claim(new Date("2027-01-01"), 10, 60);
    expect(promised.map(({ delivery }) => delivery.to.kind)).toEqual(["agency", "agency", "chat"]);
    expect(await ticker.tick()).toBe(0);
  });

  it("live through a whole case in jumps of a month: asked, silent, reopened, disputed, confirmed by silence", async () => {
    const { ticker, file: files, later, does, read, store, parts } = await office();
    await files("c1");
    const begun = performance.now();
    const month = async (): Promise<string> => {
      later(31);
      await settle(ticker);
      return (await read("c1")).status;
    };
    await does("c1", { action: "acknowledge" });
    await does("c1", { action: "ask", text: "Quầy số mấy?" });
    // The first jump only recalls the question: nobody loses a case without having been told.
    expect(await month()).toBe("needs_info");
    expect(await month()).toBe("closed_no_reply");
    const closed = await read("c1");
    const informed = { type: "informed", at: parts.clock().toISOString(), text: "Quầy 3" } as const;
    await store.commit({ complaints: [{ id: "c1", revision: closed.revision, events: [informed] }] });
    expect(await month()).toBe("in_progress");
    expect(await read("c1")).toMatchObject({ overdue: 3, holders: [COMMUNE, CITY, "thanh-tra-tp-da-nang"] });
    await does("c1", { action: "answer", text: "Đã nhắc nhở" });
    expect(await month()).toBe("answered");
    const answered = await read("c1");
    const { events } = dispute(answered, "Vẫn quát", parts.clock(), rules);
    await store.commit({ complaints: [{ id: "c1", revision: answered.revision, events }] });
    expect(await month()).toBe("disputed");
    await does("c1", { action: "answer", text: "Đã xử lý kỷ luật" });
    expect(await month()).toBe("answered");
    expect(await month()).toBe("closed_unconfirmed");
    expect(await store.openComplaints()).toEqual([]);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it("catch up once after a month without the program, also when it dies again at once", async () => {
    const { ticker, file: files, later, read, store } = await office();
    await files("c1");
    later(31);
    await Promise.all([ticker.tick(), ticker.tick()]);
    expect(steps(await read("c1"))).toEqual([
      "filed",
      "acknowledge superior",
      "answer remind-1",
      "answer remind-2",
      "answer overdue",
      "answer superior",
      "answer next-level",
    ]);
    const promised = await store.claim(new Date("2028-01-01"), 100, 60);
    const told = promised.map(({ delivery }) => JSON.stringify(delivery.to));
    expect(new Set(told).size).toBe(told.length);
    expect(await ticker.tick()).toBe(0);
  });

  it("move a case on that an official touches in the same moment, and decide anew on what it became", async () => {
    const { parts, file: files, later, does, read, store } = await office();
    await files("c1");
    later(5);
    let meddled = false;
    const commit: Store["commit"] = async (change) => {
      if (!meddled) {
        meddled = true;
        await does("c1", { action: "acknowledge" });
      }
      await store.commit(change);
    };
    const ticker = createTicker({ ...parts, store: { ...store, commit } });
    expect(await ticker.tick()).toBe(0);
    expect(steps(await read("c1"))).toEqual(["filed", "acknowledged"]);
  });

  it("do not let a case that cannot be moved hold up the others", async () => {
    const { parts, file: files, later, read, store, logged } = await office();
    for (const id of ["c1", "c2", "c3"]) await files(id);
    later(5);
    const commit: Store["commit"] = async (change) => {
      if (change.complaints?.[0]?.id === "c1") throw new Conflict("it moves on and on");
      await store.commit(change);
    };
    const ticker = createTicker({ ...parts, store: { ...store, commit } });
    expect(await ticker.tick()).toBe(2);
    expect((await read("c3")).revision).toBe(2);
    expect(logged).toEqual([JSON.stringify(["clock", { complaint: "c1", problem: "Conflict" }])]);
  });

  it("stop for this pass when the store cannot save, and go on with the next", async () => {
    const { parts, file: files, later, read, store } = await office();
    for (const id of ["c1", "c2"]) await files(id);
    later(5);
    let full = true;
    const commit: Store["commit"] = async (change) => {
      if (full) throw new NotSaved("full");
      await store.commit(change);
    };
    const ticker = createTicker({ ...parts, store: { ...store, commit } });
    await expect(ticker.tick()).rejects.toThrow(NotSaved);
    full = false;
    expect(await ticker.tick()).toBe(2);
    expect((await read("c2")).revision).toBe(2);
  });

  it("look at once and every minute, never twice at a time, and stop when told to", async () => {
    vi.useFakeTimers();
    const looked = vi.fn(async function* () {});
    const inTurn = <T>(_: string, act: () => Promise<T>): Promise<T> => act();
    const store = { commit: vi.fn(), complaint: vi.fn(), inTurn, putOff: vi.fn(), waking: looked };
    const quiet = (): void => undefined;
    const ticker = createTicker({
      store,
      guide,
      clock: () => NOW,
      nudge: quiet,
      log: quiet,
      morning: async () => looked(),
    });
    ticker.start();
    expect(looked).toHaveBeenCalledTimes(1);
    // The cases first, then the morning's lists.
    await vi.advanceTimersByTimeAsync(3 * 60_000);
    expect(looked).toHaveBeenCalledTimes(8);
    await ticker.stop();
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(looked).toHaveBeenCalledTimes(8);
  });

  it("do what comes afterwards one by one, and the rest although one fails", async () => {
    const { parts, logged } = await office();
    const done = vi.fn(async () => undefined);
    const fails = vi.fn(() => Promise.reject(new NotSaved("unavailable")));
    const ticker = createTicker({ ...parts, afterwards: [fails, done] });
    ticker.start();
    await vi.waitFor(() => expect(done).toHaveBeenCalledTimes(1));
    await ticker.stop();
    expect(logged).toEqual([JSON.stringify(["rounds", { problem: "not saved: unavailable" }])]);
  });

  it("escalate cases on which somebody writes every hour all the same", async () => {
    const { ticker, file: files, later, store } = await office();
    const comments = Array.from({ length: 48 }, (_, hour): ComplaintEvent => {
      const at = new Date(NOW.getTime() + (20 * 24 - 48 + hour) * 3_600_000).toISOString();
      return { type: "informed", at, text: "Vẫn chưa ai làm gì" };
    });
    for (let index = 0; index < 50; index++) await files(`c${index}`, ...comments);
    later(20);
    expect(await ticker.tick()).toBe(50);
    const open = await store.openComplaints();
    expect(open.filter(({ overdue, holders }) => overdue === 3 && holders.length > 2)).toHaveLength(50);
  });

  it("escalate ten thousand overdue cases in one pass, three in ten never taken by anybody", async () => {
    const { ticker, file: files, later, store } = await office();
    const taken: ComplaintEvent = {
      type: "acknowledged",
      at: NOW.toISOString(),
      by: { agency: COMMUNE, via: "chat" },
    };
    const ids = Array.from({ length: 10_000 }, (_, index) => `c${index}`);
    for (let from = 0; from < ids.length; from += 500)
      await Promise.all(
        ids.slice(from, from + 500).map((id, index) => files(id, ...(index % 10 < 3 ? [] : [taken]))),
      );
    later(20);
    const begun = performance.now();
    expect(await ticker.tick()).toBe(10_000);
    const seconds = (performance.now() - begun) / 1000;
    expect(seconds).toBeLessThan(40);
    const open = await store.openComplaints();
    expect(open.filter(({ overdue, holders }) => overdue === 3 && holders.length > 2)).toHaveLength(10_000);
    // Comments of the hour change nothing: no step comes twice.
    later(1 / 24);
    expect(await ticker.tick()).toBe(0);
  }, 120_000);
});
