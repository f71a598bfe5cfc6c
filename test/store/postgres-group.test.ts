import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/store/postgres/database.ts";
import { createGroups, type Groupable, type Outcome } from "../../src/store/postgres/group.ts";
import { taking } from "../../src/store/postgres/locks.ts";
import { openPostgresStore } from "../../src/store/postgres/store.ts";
import { type Change, Conflict, NotSaved, type Store, StoreError } from "../../src/store/store.ts";
import { AT, filing, handClock, reply, toAgency, toRemind } from "../contracts/examples.ts";
import { type PostgresServer, startPostgres } from "../fakes/postgres-server.ts";
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

async function open(): Promise<Store> {
  const store = await openPostgresStore({ url, key: KEY, clock: clock.now });
  stores.push(store);
  return store;
}

/** Runs a statement and keeps the locks it took until the result is called. */
async function hold(statement: string): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`begin; ${statement}`);
  return () => client.end();
}

/** Transactions that wait for what another holds. */
async function waiting(): Promise<number> {
  const [row] = await server.run(
    url,
    "select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  return Number(row?.["count"]);
}

describe("the outcome of an attempt", () => {
  it.each<[string, Change]>([
    ["by name", { cancelled: ["r1"] }],
    ["with its conversation", { erase: { conversation: "web:a" } }],
  ])("that comes while another process cancels the delivery %s does not bring it back", async (_, change) => {
    const [one, other] = [await open(), await open()];
    await one.commit({ deliveries: [toRemind("r1", "web:a", clock.now().toISOString())] });
    const release = await hold("select from deliveries for update");
    const cancelled = one.commit(change);
    await expect.poll(waiting).toBe(1);
    const nextAt = clock.now().toISOString();
    const settled = other.settle("r1", clock.now(), { kind: "failed", problem: "503", dead: false, nextAt });
    await expect.poll(waiting).toBe(2);
    await release();
    await Promise.all([cancelled, settled]);
    expect(await one.claim(clock.now(), 10, 60)).toEqual([]);
    expect(await server.run(url, "select status from deliveries")).toEqual([{ status: "sent" }]);
  });
});

/** Transactions that commits took so far. */
async function transactions(): Promise<number> {
  const [row] = await server.run(url, "select count(*)::int as count from commits");
  return Number(row?.["count"]);
}

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, number) => number);
const progress = (id: string, revision: number): Change => {
  const by = { agency: "x", via: "chat" as const };
  return { complaints: [{ id, revision, events: [{ type: "progress", at: AT, by, text: "x" }] }] };
};

describe("commits that come at the same time", () => {
  it("share transactions, and each is stored", async () => {
    const store = await open();
    const ids = numbers(40).map((number) => `c${number}`);
    await Promise.all(
      ids.map((id) =>
        store.commit({
          ...filing(id),
          handled: { key: `m-${id}`, conversation: `web:${id}`, replies: [reply(id)] },
          deliveries: [toAgency(`d-${id}`, id)],
          posts: [{ conversation: `web:${id}`, reply: reply(id) }],
        }),
      ),
    );
    expect(await transactions()).toBe(3);
    expect((await store.openComplaints()).map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    for (const id of ids) {
      expect(await store.handled(`m-${id}`)).toEqual([reply(id)]);
      expect(await store.posts(`web:${id}`, 0)).toMatchObject([{ number: 1, reply: reply(id) }]);
    }
    expect(await store.claim(clock.now(), 50, 60)).toHaveLength(40);
  });

  it("and outcomes of attempts with them", async () => {
    const store = await open();
    const ids = numbers(6).map((number) => `c${number}`);
    await Promise.all(
      ids.map((id) => store.commit({ ...filing(id), deliveries: [toAgency(`d-${id}`, id)] })),
    );
    const before = await transactions();
    const delivered = { type: "delivered" as const, at: AT, agency: "x" };
    await Promise.all(
      ids.map((id) =>
        store.settle(
          `d-${id}`,
          clock.now(),
          { kind: "sent" },
          { complaints: [{ id, revision: 1, events: [delivered] }] },
        ),
      ),
    );
    expect(await transactions()).toBeLessThan(before + 6);
    expect(await store.figures()).toMatchObject({ waiting: 0, dead: 0 });
    for (const id of ids) expect(await store.complaint(id)).toMatchObject({ revision: 2 });
  });

  it("are refused one by one: a conflict is nobody else's", async () => {
    const store = await open();
    await store.commit(filing("c1"));
    const before = await transactions();
    const outcomes = await Promise.allSettled([
      store.commit(filing("c2")),
      store.commit(progress("c1", 7)),
      store.commit(filing("c3", { answerDue: 7 as unknown as string })),
      store.commit(filing("c4")),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
    expect(outcomes[1]).toMatchObject({ reason: expect.any(Conflict) });
    expect(await transactions()).toBe(before + 1);
    expect((await store.openComplaints()).map(({ id }) => id)).toEqual(["c1", "c2", "c4"]);
  });

  it.each([
    ["read", "update keys set entry = '{}' where owner = 'complaint:c1'", "kind"],
    ["opened", "update events set entry = jsonb_set(entry::jsonb, '{sealed}', '\"AAAA\"')", "does not open"],
    ["written", "alter table complaints add check (id <> 'c1' or revision < 2)", "violates"],
  ])("go on beside one whose rows cannot be %s", async (_, damage, told) => {
    await (await open()).commit(filing("c1"));
    await server.run(url, damage);
    // Remembers nothing of it.
    const store = await open();
    const outcomes = await Promise.allSettled([
      store.commit(filing("c2")),
      store.commit(progress("c1", 1)),
      store.commit(filing("c3")),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(String(outcomes[1]?.status === "rejected" && outcomes[1].reason)).toContain(told);
    expect(await store.complaint("c2")).toMatchObject({ revision: 1 });
    expect(await store.complaint("c3")).toMatchObject({ revision: 1 });
  });

  it("keep the order in which they touch the same", async () => {
    const store = await open();
    const order = numbers(30).map(String);
    const conversations = ["web:a", "web:b", "web:c"];
    await Promise.all(
      order.flatMap((text) =>
        conversations.map((conversation) => store.commit({ posts: [{ conversation, reply: reply(text) }] })),
      ),
    );
    for (const conversation of conversations) {
      expect((await store.posts(conversation, 0)).map((post) => post.reply.text)).toEqual(order);
    }
    expect(await transactions()).toBe(30);
  });

  it("do not wait for what another process holds up", async () => {
    const store = await open();
    const release = await hold(taking(["conversation:web:a"]));
    const said: string[] = [];
    const say = async (conversation: string, text: string): Promise<void> => {
      await store.commit({ posts: [{ conversation, reply: reply(text) }] });
      said.push(text);
    };
    const held = [say("web:a", "first"), say("web:a", "second")];
    for (const text of ["1", "2", "3"]) await say("web:b", text);
    expect(said).toEqual(["1", "2", "3"]);
    await release();
    await Promise.all(held);
    expect((await store.posts("web:a", 0)).map(({ reply: { text } }) => text)).toEqual(["first", "second"]);
  });

  it("read no more rows when many are there than when the first plan was made", async () => {
    const store = await open();
    const handle = (key: string): Change => {
      return {
        handled: { key, conversation: "web:a", replies: [] },
        deliveries: [toAgency(`d-${key}`, key)],
      };
    };
    await store.commit(handle("first"));
    await server.run(url, "analyze");
    await Promise.all(numbers(300).map((number) => store.commit(handle(`m${number}`))));
    const read = async (): Promise<number> => {
      await Promise.all(stores.splice(0).map((one) => one.close()));
      const [row] = await server.run(
        url,
        "select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows from pg_stat_user_tables where relname in ('deliveries', 'handled')",
      );
      return Number(row?.["rows"]);
    };
    expect(await read()).toBeLessThan(1_000);
  });

  it("are all waited for when the store is closed", async () => {
    const store = await open();
    const all = numbers(60).map((number) => store.commit(filing(`c${number}`)));
    await store.close();
    await Promise.all(all);
    await expect(store.commit(filing("late"))).rejects.toThrow(NotSaved);
    expect(await (await open()).openComplaints()).toHaveLength(60);
  });

  it("are not held up for long by a process that hangs in the midst of one", {
    timeout: 20_000,
  }, async () => {
    const store = await open();
    const hanging = openDatabase(url, () => undefined);
    let hangs: boolean | undefined;
    const lost = hanging.transaction([], async (tx) => {
      // Tried again when it was cut off: then it gives way.
      if (hangs !== undefined) throw new StoreError("given up");
      await tx.query("select from chains for update");
      hangs = true;
      await pause(7_000);
      hangs = false;
      await tx.query("select 1");
    });
    await expect.poll(() => hangs).toBe(true);
    await store.commit(filing("c1"));
    expect(hangs).toBe(true);
    await expect(lost).rejects.toThrow("given up");
    await hanging.close();
  });
});

describe("a queue of groups", () => {
  type Work = Groupable & { readonly name: string };
  const work = (name: string, locks: readonly string[] = [], alone = false): Work => ({ name, locks, alone });

  /** Runs each group only when told to, and as told. */
  const underHand = (limits = { atOnce: 1, most: 3 }) => {
    const groups: { readonly names: readonly string[]; end(outcome: Outcome | Error): void }[] = [];
    const add = createGroups<Work>(
      (group, waits) =>
        new Promise((resolve, reject) => {
          groups.push({
            names: [...group.map(({ name }) => name), ...(waits ? ["waits"] : [])],
            end: (outcome) =>
              outcome instanceof Error ? reject(outcome) : resolve(group.map(() => outcome)),
          });
        }),
      limits,
    );
    const turn = (): Promise<void> => new Promise((done) => setImmediate(done));
    return {
      add: (one: Work) =>
        add(one).then(
          () => "stored",
          (error: unknown) => String(error),
        ),
      /** Those under way, or done. */
      groups: async () => {
        await turn();
        return groups.map(({ names }) => names.join(" "));
      },
      end: async (index: number, outcome: Outcome | Error = "stored") => {
        await turn();
        groups[index]?.end(outcome);
      },
    };
  };

  it("takes those that touch nothing in common, up to its limits, and passes nobody who came before", async () => {
    const { add, groups, end } = underHand();
    void add(work("a", ["1"]));
    void add(work("b", ["1", "2"]));
    void add(work("c", ["2"]));
    for (const name of ["d", "e", "f"]) void add(work(name));
    expect(await groups()).toEqual(["a d e"]);
    await end(0);
    expect(await groups()).toEqual(["a d e", "b f"]);
    await end(1);
    expect(await groups()).toEqual(["a d e", "b f", "c"]);
  });

  it("starts who comes alone at once, and as many groups as it may", async () => {
    const { add, groups } = underHand({ atOnce: 2, most: 3 });
    void add(work("a"));
    expect(await groups()).toEqual(["a"]);
    void add(work("b"));
    expect(await groups()).toEqual(["a", "b"]);
    void add(work("c"));
    expect(await groups()).toEqual(["a", "b"]);
  });

  it("lets nobody share a transaction with who goes alone", async () => {
    const { add, groups, end } = underHand();
    void add(work("a"));
    void add(work("slow", ["1"], true));
    void add(work("b", ["1"]));
    void add(work("c"));
    expect(await groups()).toEqual(["a c"]);
    await end(0);
    void add(work("d"));
    expect(await groups()).toEqual(["a c", "slow"]);
    await end(1);
    expect(await groups()).toEqual(["a c", "slow", "b d"]);
  });

  it("tries each alone when all failed together, but not when nothing can be stored", async () => {
    const { add, groups, end } = underHand();
    const both = [add(work("a")), add(work("b"))];
    await end(0, new StoreError("damaged"));
    await end(1, new StoreError("damaged"));
    await end(2);
    expect(await Promise.all(both)).toEqual(["StoreError: damaged", "stored"]);
    const others = [add(work("c")), add(work("d"))];
    await end(3, new NotSaved("full"));
    expect(await Promise.all(others)).toEqual(["NotSaved: not saved: full", "NotSaved: not saved: full"]);
    expect(await groups()).toEqual(["a b", "a", "b", "c d"]);
  });

  it("lets who must wait for others do so beside the next groups, before those that share with it", async () => {
    const { add, groups, end } = underHand();
    const first = add(work("a", ["1"]));
    await end(0, "busy");
    void add(work("b", ["1"]));
    void add(work("c"));
    expect(await groups()).toEqual(["a", "a waits", "c"]);
    await end(1);
    expect(await first).toBe("stored");
    await end(2);
    expect(await groups()).toEqual(["a", "a waits", "c", "b"]);
  });
});
