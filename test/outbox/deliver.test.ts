import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Sent } from "../../src/channels/channel.ts";
import type { ComplaintEvent } from "../../src/complaints/complaint.ts";
import type { Contact } from "../../src/outbox/contacts.ts";
import { NotSaved, StoreError } from "../../src/store/store.ts";
import { createBench, toAgency, toPerson } from "../fakes/outbox-bench.ts";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FAILED: Sent = { kind: "retry", problem: "answered 500" };
const webhookTo = (url: string): Contact => ({ channel: "webhook", url, secrets: [SECRET] });

describe("a recipient who fails", () => {
  it("is tried again alone: the other one has it and gets it once (FMS #3168)", async () => {
    const bench = createBench();
    bench.contacts = { snv: [webhookTo("https://a.vn/x"), { channel: "email", to: "a@b.vn" }] };
    bench.store.promise(
      toAgency("d1", "snv", "webhook:https://a.vn/x"),
      toAgency("d2", "snv", "email:a@b.vn"),
    );
    let failures = 3;
    bench.fate = ({ way }) => (way === "webhook" && failures-- > 0 ? FAILED : { kind: "sent" });
    await bench.outbox.deliverDue();
    expect(bench.store.state("d1")).toMatchObject({
      status: "waiting",
      attempts: 1,
      problem: "answered 500",
    });
    expect(bench.store.state("d2").status).toBe("sent");
    await bench.run(2);
    expect(bench.store.state("d1")).toMatchObject({ status: "sent", attempts: 4 });
    expect(bench.out.map(({ way }) => way)).toEqual(["webhook", "email", "webhook", "webhook", "webhook"]);
  });

  it("is tried after 1, 5, 15 and 60 minutes, then hourly, and after a day is with a human and still tried", async () => {
    const bench = createBench();
    const times: number[] = [];
    const start = bench.now().getTime();
    bench.contacts = { snv: [webhookTo("https://a.vn/x")] };
    bench.store.promise(toAgency("d1", "snv", "webhook:https://a.vn/x"));
    bench.fate = () => {
      times.push((bench.now().getTime() - start) / MINUTE);
      return FAILED;
    };
    await bench.run(23.5);
    expect(times.slice(0, 7)).toEqual([0, 1, 6, 21, 81, 141, 201]);
    expect(bench.store.state("d1").status).toBe("waiting");
    await bench.run(2);
    expect(bench.store.state("d1")).toMatchObject({ status: "dead", problem: "answered 500" });
    expect(bench.lines.filter((line) => line.includes('"outbox.dead"'))).toHaveLength(1);
    const tries = times.length;
    await bench.run(5);
    expect(times.length - tries).toBe(5);
    bench.fate = () => ({ kind: "sent" });
    await bench.run(1);
    expect(bench.store.state("d1").status).toBe("sent");
  });

  it("of a later day has its day of attempts from then on, without a case too", async () => {
    const bench = createBench();
    const notBefore = new Date(bench.now().getTime() + 72 * HOUR).toISOString();
    const { complaint: _none, ...reminder } = toPerson("r1", { kind: "chat", conversation: "telegram:7" });
    bench.store.promise({ ...reminder, notBefore });
    bench.fate = () => FAILED;
    await bench.run(71);
    expect(bench.out).toEqual([]);
    await bench.run(20);
    expect(bench.store.state("r1")).toMatchObject({ status: "waiting", problem: "answered 500" });
    bench.fate = () => ({ kind: "sent" });
    await bench.run(2);
    expect(bench.store.state("r1").status).toBe("sent");
  });

  it("for good is with a human at once and tried no more", async () => {
    const bench = createBench();
    bench.store.promise(toPerson("d1", { kind: "chat", conversation: "telegram:7" }));
    bench.fate = () => ({ kind: "gone", problem: "blocked by the person" });
    await bench.run(48);
    expect(bench.store.state("d1")).toMatchObject({
      status: "dead",
      attempts: 1,
      problem: "blocked by the person",
    });
    expect(bench.out).toHaveLength(1);
  });

  it("whose case is damaged is with a human, is not told what may not be meant for them, and gets it once it is mended", async () => {
    const bench = createBench();
    bench.store.promise(
      toPerson("d1", { kind: "chat", conversation: "telegram:7" }),
      toPerson("d2", { kind: "chat", conversation: "telegram:8" }, "c2"),
    );
    const read = bench.store.complaint;
    const reading = vi
      .spyOn(bench.store, "complaint")
      .mockImplementation((id) => (id === "c1" ? Promise.reject(new StoreError("damaged")) : read(id)));
    await bench.run(3);
    expect(bench.store.state("d1")).toMatchObject({
      status: "dead",
      problem: "the case is damaged; restore a backup",
    });
    expect(bench.out.map(({ to }) => to)).toEqual(["telegram:8"]);
    reading.mockRestore();
    await bench.run(1);
    expect(bench.store.state("d1").status).toBe("sent");
  });

  it("is not tried before the time they asked for", async () => {
    const bench = createBench();
    bench.store.promise(toPerson("d1", { kind: "chat", conversation: "telegram:7" }));
    bench.fate = () => ({ kind: "retry", problem: "answered 429", afterSeconds: 600 });
    await bench.outbox.deliverDue();
    expect(Date.parse(bench.store.state("d1").nextAt ?? "") - bench.now().getTime()).toBe(10 * MINUTE);
  });

  it("by throwing or by never answering is a failure like any other", async () => {
    const bench = createBench({ attemptMs: 20 });
    bench.store.promise(
      toPerson("d1", { kind: "chat", conversation: "telegram:7" }),
      toPerson("d2", { kind: "chat", conversation: "web:8" }),
    );
    bench.fate = ({ way }) => {
      if (way === "telegram") throw new TypeError("CANARY");
      return new Promise(() => undefined);
    };
    await bench.outbox.deliverDue();
    expect(bench.store.state("d1")).toMatchObject({ status: "waiting", problem: "not sent (TypeError)" });
    expect(bench.store.state("d2")).toMatchObject({ status: "waiting", problem: "no outcome within 0.02 s" });
    expect(bench.lines.join("")).not.toContain("CANARY");
  });

  it("does not bring down the others when the notice itself cannot be written", async () => {
    const officialText = (): never => {
      throw new Error("no such wording");
    };
    const bench = createBench({ officialText });
    bench.contacts = { snv: [{ channel: "telegram", chat: "-100" }, webhookTo("https://a.vn/x")] };
    bench.store.promise(
      toAgency("d1", "snv", "telegram:-100"),
      toAgency("d2", "snv", "webhook:https://a.vn/x"),
    );
    await bench.outbox.deliverDue();
    expect(bench.store.states().map(({ status }) => status)).toEqual(["waiting", "sent"]);
  });
});

describe("what an outcome means for the complaint", () => {
  const delivered = (at: Date): ComplaintEvent => ({
    type: "delivered",
    at: at.toISOString(),
    agency: "snv",
  });

  it("is stored with the outcome, and the person's notice goes out next", async () => {
    const bench = createBench({
      outcome: (state, result, { id, revision }) =>
        state.delivery.to.kind === "agency" && result.kind === "sent"
          ? {
              complaints: [{ id, revision, events: [delivered(new Date(0))] }],
              deliveries: [toPerson("d2", { kind: "chat", conversation: "telegram:7" }, id)],
            }
          : undefined,
    });
    bench.store.file("c-snv");
    bench.contacts = { snv: [webhookTo("https://a.vn/x")] };
    bench.store.promise(toAgency("d1", "snv", "webhook:https://a.vn/x"));
    await bench.run(0);
    expect((await bench.store.complaint("c-snv"))?.status).toBe("delivered");
    expect(bench.out.map(({ way }) => way)).toEqual(["webhook", "telegram"]);
  });

  it("is asked with the state as it was before, so that a human is called once", async () => {
    const asked: string[] = [];
    const bench = createBench({
      outcome: (state, result) => {
        asked.push(`${state.status} ${result.kind === "failed" && result.dead}`);
        return undefined;
      },
    });
    bench.store.file("c1");
    bench.store.promise(toPerson("d1", { kind: "chat", conversation: "telegram:7" }));
    bench.fate = () => FAILED;
    await bench.run(26);
    expect(asked.filter((call) => call === "waiting true")).toHaveLength(1);
    expect(asked.at(-1)).toBe("dead true");
  });

  it("is decided again on what the complaint has become meanwhile, without a second sending", async () => {
    const revisions: number[] = [];
    const bench = createBench({
      outcome: (_, __, { id, revision }) => {
        revisions.push(revision);
        return { complaints: [{ id, revision, events: [delivered(new Date(0))] }] };
      },
    });
    bench.store.file("c1");
    bench.store.promise(toPerson("d1", { kind: "chat", conversation: "telegram:7" }));
    let others = 5;
    bench.store.beforeSettle = () => {
      if (others-- > 0) bench.store.moveOn("c1");
    };
    await bench.outbox.deliverDue();
    expect(revisions).toEqual([1, 2, 3, 4, 5, 6]);
    expect(bench.out).toHaveLength(1);
    expect(bench.store.state("d1").status).toBe("sent");
  });

  it("waits for the next pass, unsent again, when the complaint never comes to rest, and holds up nobody else", async () => {
    const bench = createBench({
      outcome: (_, __, { id, revision }) => ({ complaints: [{ id, revision, events: [] }] }),
    });
    bench.store.file("c1");
    bench.store.promise(
      toPerson("d1", { kind: "chat", conversation: "telegram:7" }),
      toPerson("d2", { kind: "chat", conversation: "web:8" }, "c2"),
    );
    bench.store.beforeSettle = (id) => {
      if (id === "d1") bench.store.moveOn("c1");
    };
    expect(await bench.outbox.deliverDue()).toBe(2);
    expect(bench.store.states().map(({ status }) => status)).toEqual(["waiting", "sent"]);
    bench.store.beforeSettle = () => undefined;
    await bench.outbox.deliverDue();
    expect(bench.store.state("d1").status).toBe("sent");
    expect(bench.out).toHaveLength(2);
  });

  it("may be nothing when the complaint is no more", async () => {
    const outcome = vi.fn();
    const bench = createBench({ outcome });
    bench.store.promise(toPerson("d1", { kind: "chat", conversation: "telegram:7" }, "erased"));
    await bench.outbox.deliverDue();
    expect(bench.store.state("d1").status).toBe("sent");
    expect(outcome).not.toHaveBeenCalled();
  });
});

describe("when something breaks between sending and recording", () => {
  it("a killed process's delivery is sent again, under the same id, when its lease is over (R1)", async () => {
    const bench = createBench();
    bench.contacts = { snv: [webhookTo("https://a.vn/x")] };
    bench.store.promise(toAgency("d1", "snv", "webhook:https://a.vn/x"));
    const { settle } = bench.store;
    bench.store.settle = () => new Promise(() => undefined);
    void bench.outbox.deliverDue();
    await vi.waitFor(() => expect(bench.out).toHaveLength(1));

    bench.store.settle = settle;
    const second = bench.another();
    bench.pass(119_000);
    expect(await second.deliverDue()).toBe(0);
    bench.pass(1_000);
    expect(await second.deliverDue()).toBe(1);
    expect(bench.out.map(({ id }) => id)).toEqual(["d1", "d1"]);
    expect(bench.out[1]?.body).toBe(bench.out[0]?.body);
  });

  it("a full disk stops new sendings; what was sent is recorded first when there is room, and not sent again", async () => {
    const bench = createBench();
    for (const number of [1, 2, 3]) {
      bench.store.promise(toPerson(`d${number}`, { kind: "chat", conversation: `telegram:${number}` }));
    }
    let tries = 0;
    bench.store.beforeSettle = () => {
      tries += 1;
      throw new NotSaved("full");
    };
    await expect(bench.outbox.deliverDue()).rejects.toThrow("not saved: full");
    expect(tries).toBe(3);
    bench.store.promise(toPerson("late", { kind: "chat", conversation: "telegram:9" }));
    bench.pass(HOUR);
    await expect(bench.outbox.deliverDue()).rejects.toThrow("not saved: full");
    expect(bench.out).toHaveLength(3);
    expect(bench.store.claims).toBe(1);

    bench.store.beforeSettle = () => undefined;
    await bench.outbox.deliverDue();
    expect(bench.out.map(({ to }) => to)).toEqual(["telegram:1", "telegram:2", "telegram:3", "telegram:9"]);
    expect(bench.store.states().map(({ status, attempts }) => `${status} ${attempts}`)).toEqual(
      Array(4).fill("sent 1"),
    );
  });

  it("an outcome that cannot be decided is reported, kept, never sent again and holds up nobody", async () => {
    let mended = false;
    const bench = createBench({
      outcome: (state) => {
        if (state.delivery.id === "d1" && !mended) throw new TypeError("CANARY");
        return undefined;
      },
    });
    bench.store.file("c1");
    bench.store.promise(toPerson("d1", { kind: "chat", conversation: "telegram:1" }));
    bench.store.promise(toPerson("d2", { kind: "chat", conversation: "telegram:2" }));
    for (let count = 0; count < 5; count++) {
      await bench.outbox.deliverDue();
      bench.pass(HOUR);
    }
    expect(bench.out).toHaveLength(2);
    expect(bench.store.states().map(({ status }) => status)).toEqual(["waiting", "sent"]);
    expect(bench.lines.filter((line) => line.includes('"level":"error"'))).toHaveLength(1);
    expect(bench.lines.join("")).not.toContain("CANARY");
    mended = true;
    await bench.outbox.deliverDue();
    expect(bench.store.state("d1").status).toBe("sent");
    expect(bench.out).toHaveLength(2);
  });
});

describe("the running outbox", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const person = (id: string): ReturnType<typeof toPerson> =>
    toPerson(id, { kind: "chat", conversation: `telegram:${id}` });

  it("sends at once on a nudge", async () => {
    const bench = createBench();
    bench.outbox.start();
    await vi.advanceTimersByTimeAsync(0);
    bench.store.promise(person("d1"));
    bench.outbox.nudge();
    await vi.advanceTimersByTimeAsync(0);
    expect(bench.store.state("d1").status).toBe("sent");
    await bench.outbox.stop();
  });

  it("sends no more than eight of a pass at once, each once", async () => {
    const bench = createBench();
    bench.store.promise(...Array.from({ length: 20 }, (_, index) => person(`d${index}`)));
    let open = 0;
    let most = 0;
    bench.fate = async () => {
      most = Math.max(most, ++open);
      await new Promise((resolve) => setTimeout(resolve, 10));
      open -= 1;
      return { kind: "sent" };
    };
    const pass = bench.outbox.deliverDue();
    await vi.advanceTimersByTimeAsync(100);
    expect(await pass).toBe(20);
    expect(most).toBe(8);
    expect(new Set(bench.out.map(({ to }) => to)).size).toBe(20);
  });

  it("reaches a good address within the minute although 150 before it never answer", async () => {
    const bench = createBench();
    bench.store.promise(
      ...Array.from({ length: 150 }, (_, index) => person(`dead-${index}`)),
      person("good"),
    );
    bench.fate = ({ to }) => {
      if (to === "telegram:good") return { kind: "sent" };
      return new Promise((resolve) =>
        setTimeout(() => resolve({ kind: "retry", problem: "no answer" }), 10_000),
      );
    };
    bench.outbox.start();
    await vi.advanceTimersByTimeAsync(59_000);
    expect(bench.store.state("good").status).toBe("sent");
    await vi.advanceTimersByTimeAsync(60_000);
    await bench.outbox.stop();
    expect(bench.out).toHaveLength(151);
  });

  it("keeps the order of one case towards one recipient, and lets other recipients pass", async () => {
    const bench = createBench();
    const chat = { kind: "chat", conversation: "telegram:7" } as const;
    bench.store.promise(
      toPerson("first", chat),
      toPerson("second", chat),
      toPerson("other", { kind: "chat", conversation: "web:8" }),
    );
    let failures = 2;
    bench.fate = ({ way }) => (way === "telegram" && failures-- > 0 ? FAILED : { kind: "sent" });
    await bench.run(1);
    expect(bench.out.map(({ way }) => way)).toEqual(["telegram", "web", "telegram", "telegram", "telegram"]);
    expect(bench.store.states().map(({ status }) => status)).toEqual(["sent", "sent", "sent"]);
  });

  it("does not hammer a store that fails, and goes on by itself when it works again", async () => {
    const bench = createBench();
    bench.store.promise(person("d1"), person("d2"));
    bench.store.beforeSettle = () => {
      throw new NotSaved("full");
    };
    bench.outbox.start();
    for (let second = 0; second < 600; second++) {
      bench.pass(1_000);
      await vi.advanceTimersByTimeAsync(1_000);
      bench.outbox.nudge();
    }
    expect(bench.out).toHaveLength(2);
    expect(bench.store.claims).toBe(1);
    bench.store.beforeSettle = () => undefined;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(bench.store.states().map(({ status }) => status)).toEqual(["sent", "sent"]);
    expect(bench.out).toHaveLength(2);
    await bench.outbox.stop();
  });

  it("survives a store that cannot even be read", async () => {
    const bench = createBench();
    bench.store.promise(person("d1"));
    let failures = 3;
    bench.store.beforeClaim = () => {
      if (failures-- > 0) throw new Error("connection to CANARY lost");
    };
    bench.outbox.start();
    await vi.advanceTimersByTimeAsync(8_000);
    expect(bench.store.state("d1").status).toBe("sent");
    expect(bench.lines.join("")).not.toContain("CANARY");
    await bench.outbox.stop();
  });

  it("stops after what is in flight is recorded, and begins nothing more", async () => {
    const bench = createBench();
    bench.store.promise(...Array.from({ length: 12 }, (_, index) => person(`d${index}`)));
    bench.fate = () => new Promise((resolve) => setTimeout(() => resolve({ kind: "sent" }), 1_000));
    bench.outbox.start();
    await vi.advanceTimersByTimeAsync(500);
    const stopped = bench.outbox.stop();
    await vi.advanceTimersByTimeAsync(500);
    await stopped;
    expect(bench.out).toHaveLength(8);
    expect(bench.store.states().filter(({ status }) => status === "sent")).toHaveLength(8);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(bench.out).toHaveLength(8);
  });
});

describe("a notice whose recipient may no longer hear of the case", () => {
  it("is not sent, counts as kept, and is no arrival; the others go out", async () => {
    const outcome = vi.fn();
    const bench = createBench({
      outcome,
      withheld: (_complaint, { to }) => to.kind === "agency" && to.agency === "snv",
    });
    bench.contacts = { snv: [webhookTo("https://a.vn/x")], tt: [webhookTo("https://b.vn/x")] };
    const notices = [
      toAgency("d1", "snv", "webhook:https://a.vn/x"),
      toAgency("d2", "tt", "webhook:https://b.vn/x"),
    ];
    for (const { complaint = "" } of notices) bench.store.file(complaint);
    bench.store.promise(...notices);
    await bench.run(2);
    expect(bench.out.map(({ to }) => to)).toEqual(["https://b.vn/x"]);
    expect(bench.store.state("d1").status).toBe("sent");
    expect(outcome.mock.calls.map(([state]) => state.delivery.id)).toEqual(["d2"]);
    expect(bench.lines.filter((line) => line.includes('"outbox.withheld"'))).toHaveLength(1);
  });
});

describe("a way that somebody has too who may not hear of the case", () => {
  it("is not taken, be it the one promised, one of the same kind or the first that is found", async () => {
    let open = ["webhook:https://b.vn/x"];
    const bench = createBench({ waysOpen: () => open });
    bench.contacts = {
      snv: [{ channel: "email", to: "chung@b.vn" }],
      tt: [{ channel: "email", to: "chung@b.vn" }, webhookTo("https://b.vn/x")],
    };
    const notices = [
      toAgency("d1", "snv", "none"),
      toAgency("d2", "snv", "email:chung@b.vn"),
      toAgency("d3", "snv", "email:cu@b.vn"),
      toAgency("d4", "tt", "none"),
    ];
    for (const { complaint = "" } of notices) bench.store.file(complaint);
    bench.store.promise(...notices);
    await bench.run(2);
    expect(bench.out.map(({ to }) => to)).toEqual(["https://b.vn/x"]);
    expect(bench.store.states().map(({ status }) => status)).toEqual(["dead", "dead", "dead", "sent"]);
    bench.contacts = { snv: [{ channel: "email", to: "rieng@b.vn" }] };
    open = ["email:rieng@b.vn"];
    await bench.run(2);
    expect(bench.store.states().every(({ status }) => status === "sent")).toBe(true);
  });
});
