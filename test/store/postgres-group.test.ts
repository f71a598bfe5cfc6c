import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openPostgresStore } from "../../src/store/postgres/store.ts";
import type { Change, Store } from "../../src/store/store.ts";
import { handClock, toRemind } from "../contracts/examples.ts";
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
