import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ComplaintEvent } from "../../src/complaints/complaint.ts";
import { newSession } from "../../src/conversation/session.ts";
import type { Entry } from "../../src/store/entry.ts";
import { isSealed } from "../../src/store/postgres/sealed.ts";
import { openPostgresStore, type PostgresOptions } from "../../src/store/postgres/store.ts";
import { wholePostgres } from "../../src/store/postgres/whole.ts";
import type { StoreFact } from "../../src/store/report.ts";
import { Conflict, NotSaved, type Store, StoreError, WrongKey } from "../../src/store/store.ts";
import type { Verified } from "../../src/store/whole.ts";
import { AGENCY, AT, filing, handClock, reply, toAgency, toPerson } from "../contracts/examples.ts";
import { borrowed, type PostgresServer, startPostgres } from "../fakes/postgres-server.ts";
import { KEY } from "./folder.ts";

let server: PostgresServer;
let url = "";
let clock = handClock();
let stores: Store[] = [];
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server.remove());
beforeEach(async () => {
  url = await server.database();
  [clock, stores] = [handClock(), []];
});
afterEach(() => Promise.all(stores.map((store) => store.close())));

async function open(more: Partial<PostgresOptions> = {}): Promise<Store> {
  const store = await openPostgresStore({ url, key: KEY, clock: clock.now, ...more });
  stores.push(store);
  return store;
}

const by = { agency: AGENCY, via: "chat" as const };

/** Ends the connection by which processes tell that they are there. */
async function cutOff(): Promise<void> {
  await server.run(
    url,
    "select pg_terminate_backend(pid, 1000) from pg_stat_activity where datname = current_database() and application_name = 'motcua beside'",
  );
}

it("a case that cannot be read holds up the clocks of no other: it is passed over and reported", async () => {
  const facts: StoreFact[] = [];
  const store = await open({ onReport: (fact) => facts.push(fact) });
  for (const id of ["c1", "c2", "c3"]) await store.commit(filing(id));
  await server.run(url, "update events set entry = '{}' where complaint = 'c2'");
  const waking: string[] = [];
  for await (const { id } of store.waking(clock.now())) waking.push(id);
  expect(waking).toEqual(["c1", "c3"]);
  const problem = expect.stringContaining("complaint c2 cannot be read");
  const since: string[] = [];
  for await (const { id } of store.filedSince(new Date("2020-01-01"), (id) => id === "c3")) since.push(id);
  expect(since).toEqual(["c1"]);
  expect((await store.openComplaints()).map(({ id }) => id)).toEqual(["c1", "c3"]);
  expect(await store.figures()).toMatchObject({ open: 3, unreadable: 1 });
  expect(facts).toEqual([{ event: "case_unreadable", complaint: "c2", problem }]);
  await expect(store.complaint("c2")).rejects.toThrow("complaint c2 cannot be read");
});

it("a session that cannot be read keeps no other from being erased", async () => {
  const store = await open();
  for (const conversation of ["web:a", "web:b", "web:c"])
    await store.commit({ session: { conversation, session: newSession() } });
  await server.run(
    url,
    "update sessions set entry = json_build_object('kind', 'session', 'conversation', conversation, 'sealed', repeat('A', 80)) where ctid = (select ctid from sessions offset 1 limit 1)",
  );
  const names: string[] = [];
  for await (const { conversation } of store.quiet()) names.push(conversation);
  expect(names).toHaveLength(2);
});

describe("several processes on one database", () => {
  it("handle a message that comes to both of them once", async () => {
    const both = [await open(), await open()];
    const outcomes = await Promise.allSettled(
      both.map((store, index) =>
        store.commit({
          ...filing(`c${index}`),
          handled: { key: "m1", conversation: "web:a", replies: [reply(`c${index}`)] },
        }),
      ),
    );
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
      reason: expect.any(Conflict),
    });
    expect(await both[0]?.openComplaints()).toHaveLength(1);
  });

  it("take turns in a conversation, and lose no turn with the process that had it", async () => {
    const [one, other] = [await open(), await open()];
    const done: string[] = [];
    const first = one.inTurn("web:a", async () => {
      await pause(150);
      done.push("one");
    });
    await pause(50);
    await other.inTurn("web:a", async () => {
      done.push("other");
    });
    await first;
    expect(done).toEqual(["one", "other"]);
    await new Promise<void>((began) => {
      void one.inTurn("web:a", () => {
        began();
        return new Promise(() => {});
      });
    });
    await one.close();
    expect(await other.inTurn("web:a", () => Promise.resolve("mine"))).toBe("mine");
  });

  it("a hundred acts of each in one conversation lose none", async () => {
    const both = [await open(), await open()];
    const conversation = "web:a";
    await both[0]?.commit({ session: { conversation, session: newSession() } });
    const acts = both.flatMap((store, process) =>
      Array.from({ length: 100 }, (_, number) =>
        store.inTurn(conversation, async () => {
          const session = await store.session(conversation);
          const topics = [...(session?.topics ?? []), `${process}.${number}`];
          await store.commit({ session: { conversation, session: { ...newSession(), topics } } });
        }),
      ),
    );
    await Promise.all(acts);
    const topics = (await both[0]?.session(conversation))?.topics ?? [];
    expect(topics).toHaveLength(200);
    // Those of one process in the order they came.
    for (const process of ["0", "1"]) {
      const own = topics.filter((topic) => topic.startsWith(process)).map((topic) => Number(topic.slice(2)));
      expect(own).toEqual(Array.from({ length: 100 }, (_, number) => number));
    }
  });

  it("wake a page of the other one", async () => {
    const [one, other] = [await open(), await open()];
    let woken = 0;
    one.watchPosts("web:a", () => (woken += 1));
    await other.commit({ posts: [{ conversation: "web:a", reply: reply("x") }] });
    await expect.poll(() => woken).toBe(1);
  });

  it("claim different deliveries, and give back what they held when they stop", async () => {
    const [one, other] = [await open(), await open()];
    const ids = Array.from({ length: 40 }, (_, number) => `c${number}`);
    await one.commit({ deliveries: ids.map((id) => toAgency(`d-${id}`, id)) });
    const claims = await Promise.all(
      [one, other, one, other].map((store) => store.claim(clock.now(), 10, 60)),
    );
    const taken = claims.flat().map(({ delivery }) => delivery.id);
    expect(new Set(taken).size).toBe(taken.length);
    await one.close();
    const given = await other.claim(clock.now(), 40, 60);
    expect(given.length + taken.length).toBeGreaterThan(40);
  });

  it("look again at what another put off, when the rules are others", async () => {
    const [one, other] = [await open({ rules: "old" }), await open({ rules: "new" })];
    await one.commit(filing("c1"));
    await one.putOff([{ id: "c1", revision: 1 }]);
    const waking = async (store: Store): Promise<number> => {
      let count = 0;
      for await (const _ of store.waking(clock.now())) count += 1;
      return count;
    };
    expect([await waking(one), await waking(other)]).toEqual([0, 1]);
  });

  it("see what the other decided, whatever they remember", async () => {
    const [one, other] = [await open(), await open()];
    await one.commit(filing("c1"));
    await other.commit({
      complaints: [{ id: "c1", revision: 1, events: [{ type: "acknowledged", at: AT, by }] }],
    });
    await one.commit({ complaints: [{ id: "c1", revision: 2, events: [{ type: "confirmed", at: AT }] }] });
    expect(await other.complaint("c1")).toMatchObject({ revision: 3, status: "closed_confirmed" });
  });
});

describe("a database", () => {
  it("holds nothing private outside the seals", async () => {
    const store = await open();
    await store.commit({
      ...filing("c1"),
      handled: { key: "tin-nhan-1", conversation: "telegram:7770001112", replies: [reply("bí mật")] },
      session: { conversation: "telegram:7770001112", session: { ...newSession(), asked: "bí mật" } },
      deliveries: [toAgency("d1", "c1"), toPerson("d2", "c1", "telegram:7770001112")],
      posts: [{ conversation: "telegram:7770001112", reply: reply("bí mật") }],
      unanswered: { at: AT, question: "bí mật", intent: "unclear" },
      linkCode: { hash: "h1", agency: "x", role: "officer", expiresAt: AT },
    });
    await store.commit({
      bind: { official: { sender: "zalo:555", agency: "x", role: "officer", boundAt: AT }, codeHash: "h1" },
    });
    const tables = await server.run(url, "select tablename from pg_tables where schemaname = 'public'");
    let all = "";
    for (const { tablename } of tables) {
      const rows = await server.run(url, `select t::text as row from "${String(tablename)}" t`);
      all += rows.map(({ row }) => String(row)).join("\n");
    }
    expect(all).toContain("c1");
    for (const word of [
      "Thử",
      "0905000111",
      "thu@example.vn",
      "bí mật",
      "MC-c1",
      "7770001112",
      "zalo:555",
      "H17.01",
      "tin-nhan",
      AGENCY,
      "Sở Xây dựng",
    ]) {
      expect(all).not.toContain(word);
    }
  });

  it("whose key is changed while a process is cut off takes nothing more under the old one", async () => {
    const store = await open();
    await store.commit(filing("c1"));
    const next = Buffer.alloc(32, 8);
    const whole = await wholePostgres(url, KEY);
    let late: Promise<unknown> = Promise.resolve();
    // It comes back by itself soon, so the moment may have to be tried for.
    await expect.poll(() => cutOff().then(() => whole.alone(() => changeWhile()))).toBe("waited");
    await whole.close();
    async function changeWhile(): Promise<unknown> {
      late = store.commit(filing("c2")).catch((error: unknown) => error);
      const first = await Promise.race([late, pause(300, "waited")]);
      await whole.rewrap(next);
      return first;
    }
    expect(await late).toBeInstanceOf(WrongKey);
    await expect(store.commit(filing("c3"))).rejects.toThrow("rotate-key");
    expect(await store.health()).toMatchObject({ ok: false, problem: expect.stringContaining("rotate-key") });
    const after = await wholePostgres(url, next);
    expect(await after.verify()).toMatchObject({ complaints: 1, faults: [] });
    await after.close();
  });

  it("that is replaced while a process is cut off is not taken for what that one remembers", async () => {
    const store = await open();
    await store.commit(filing("c1"));
    const whole = await wholePostgres(url, KEY);
    const before: Entry[] = [];
    for await (const entry of whole.entries()) before.push(entry);
    const acts = (event: ComplaintEvent) => ({ complaints: [{ id: "c1", revision: 1, events: [event] }] });
    await store.commit(acts({ type: "transferred", at: AT, by, to: "other", reason: "x" }));
    const replace = (): Promise<unknown> =>
      whole.alone(() =>
        whole.fill(async function* () {
          yield* before;
        }),
      );
    await expect
      .poll(() =>
        cutOff()
          .then(replace)
          .then(Boolean, () => false),
      )
      .toBe(true);
    const other = await open();
    await other.commit(acts({ type: "acknowledged", at: AT, by }));
    await store.commit({
      complaints: [{ id: "c1", revision: 2, events: [{ type: "progress", at: AT, by, text: "x" }] }],
    });
    expect(await whole.verify()).toMatchObject({ events: 3, faults: [] });
    await whole.close();
  });

  it("sealed with another key is refused, and so is one of a newer program", async () => {
    await open();
    await expect(open({ key: Buffer.alloc(32, 8) })).rejects.toThrow(StoreError);
    await expect(open({ key: Buffer.alloc(32, 8) })).rejects.toThrow("identity key");
    await server.run(url, "insert into migrations (number) values (999)");
    await expect(open()).rejects.toThrow("newer program");
  });

  it("of a version before looks once more at what was put off, to count what waits for a human", async () => {
    const before = await open();
    await before.commit(filing("c1"));
    await before.putOff([{ id: "c1", revision: 1 }]);
    await before.close();
    await server.run(url, "alter table complaints drop column standing, drop column standing_since");
    await server.run(url, "drop table identities");
    await server.run(url, "delete from migrations where number >= 4");
    const store = await open();
    const waking: string[] = [];
    for await (const { id } of store.waking(clock.now())) waking.push(id);
    expect(waking).toEqual(["c1"]);
    await store.putOff([{ id: "c1", revision: 1, standing: { why: "overdue", since: AT } }]);
    expect((await store.figures()).standing).toEqual([{ why: "overdue", count: 1, oldestAt: AT }]);
  });

  it("tells whether it was sealed, so that no second key is made for it", async () => {
    expect(await isSealed(url, false)).toBe(false);
    await open();
    expect(await isSealed(url, false)).toBe(true);
    await expect(isSealed("postgres://nobody@127.0.0.1:1/none", false)).rejects.toThrow(
      "no identity key yet",
    );
  });

  it("is made once by several that start at the same moment", async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => open()));
    await all[0]?.commit(filing("c1"));
    expect(await all[4]?.complaint("c1")).toBeDefined();
  });

  it("that cannot be reached is told in a sentence", async () => {
    const nowhere = "postgres://nobody@127.0.0.1:1/none";
    await expect(open({ url: nowhere })).rejects.toThrow("cannot be reached (ECONNREFUSED)");
    const store = await open({ url: nowhere, patient: true });
    expect(await store.health()).toMatchObject({
      ok: false,
      problem: expect.stringContaining("ECONNREFUSED"),
    });
    await expect(store.commit(filing("c1"))).rejects.toThrow(NotSaved);
    await expect(store.inTurn("web:a", () => Promise.resolve())).rejects.toThrow(NotSaved);
  });
});

describe.skipIf(borrowed)("a server that goes away", () => {
  afterEach(() => server.restart());

  it("is waited for at the start, and used when it comes", async () => {
    await server.stop();
    const facts: StoreFact[] = [];
    const store = await open({ patient: true, onReport: (fact) => facts.push(fact) });
    expect(await store.health()).toMatchObject({ ok: false });
    await server.restart();
    await store.commit(filing("c1"));
    expect(await store.health()).toEqual({ ok: true });
    expect(facts.map(({ event }) => event)).toEqual(["database_lost", "database_back"]);
  });

  it.each(["kill", undefined] as const)(
    "refuses what is not stored, keeps what is, and goes on (%s)",
    async (how) => {
      const store = await open();
      await store.commit(filing("c1"));
      await server.stop(how);
      await expect(store.commit(filing("c2"))).rejects.toThrow("not saved: unavailable");
      await expect(store.complaint("c1")).rejects.toThrow(NotSaved);
      await expect(store.inTurn("web:a", () => Promise.resolve())).rejects.toThrow(NotSaved);
      await server.restart();
      await store.commit(filing("c2"));
      await expect
        .poll(() => store.inTurn("web:a", () => store.complaint("c1")), { timeout: 5000 })
        .toBeDefined();
      let woken = 0;
      store.watchPosts("web:a", () => (woken += 1));
      await store.commit({ posts: [{ conversation: "web:a", reply: reply("x") }] });
      await expect.poll(() => woken).toBeGreaterThan(0);
    },
  );
});

describe("verify", () => {
  const fill = async (): Promise<void> => {
    const store = await open();
    for (const id of ["c1", "c2", "c3"]) {
      await store.commit({
        ...filing(id),
        deliveries: [toAgency(`d-${id}`, id)],
        session: { conversation: `web:${id}`, session: newSession() },
      });
      for (const revision of [1, 2]) {
        const event = { type: "progress" as const, at: AT, by, text: `${revision}` };
        await store.commit({ complaints: [{ id, revision, events: [event] }] });
      }
    }
  };
  const verified = async (): Promise<Verified> => {
    const whole = await wholePostgres(url, KEY);
    try {
      return await whole.verify();
    } finally {
      await whole.close();
    }
  };

  it("finds nothing wrong with what the program wrote", async () => {
    await fill();
    expect(await verified()).toEqual({ complaints: 3, events: 9, deliveries: 3, faults: [] });
  });

  it("follows chains of more than nine events", async () => {
    await fill();
    const store = await open();
    for (let revision = 3; revision < 25; revision += 1) {
      const event = { type: "progress" as const, at: AT, by, text: `${revision}` };
      await store.commit({ complaints: [{ id: "c1", revision, events: [event] }] });
    }
    expect(await verified()).toMatchObject({ events: 31, faults: [] });
  });

  it.each([
    [
      "an event changed",
      "update events set entry = jsonb_set(entry::jsonb, '{sealed}', '\"AAAA\"') where complaint = 'c1' and revision = 1",
      "was changed",
    ],
    ["an event removed", "delete from events where complaint = 'c1' and revision = 1", "is missing"],
    ["the last event removed", "delete from events where complaint = 'c2' and revision = 2", "missing"],
    [
      "a whole complaint removed",
      "with gone as (delete from complaints where id = 'c2') delete from events where complaint = 'c2'",
      "missing",
    ],
    [
      "two events exchanged",
      "update events e set entry = o.entry, digest = o.digest from events o where e.complaint = 'c1' and o.complaint = 'c1' and e.revision + o.revision = 3 and e.revision in (1, 2)",
      "was changed",
    ],
    [
      "a revision changed",
      "update events set revision = 7 where complaint = 'c1' and revision = 2",
      "was changed",
    ],
    ["a head set back", "update chains set number = number - 1 where number > 0", "head was changed"],
    ["another holder listed", "update complaints set holders = '{x}' where id = 'c3'", "holders"],
    ["a case closed in the list alone", "update complaints set open = false where id = 'c3'", "open"],
    ["a list entry removed", "delete from complaints where id = 'c3'", "missing in the list"],
    [
      "a session moved",
      "update sessions set entry = jsonb_set(entry::jsonb, '{conversation}', (select to_jsonb(max(conversation)) from sessions)) where conversation = (select min(conversation) from sessions)",
      "does not open",
    ],
    ["a key lost", "delete from keys where owner = 'complaint:c2'", "data key"],
    ["a delivery damaged", "update deliveries set entry = '{}' where seq = 1", "not of the form"],
  ])("finds %s", async (_, damage, told) => {
    await fill();
    await server.run(url, damage);
    expect((await verified()).faults.join("\n")).toContain(told);
  });
});
