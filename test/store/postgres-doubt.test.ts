import { connect, createServer, type Server, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openDatabase } from "../../src/store/postgres/database.ts";
import { openPostgresStore } from "../../src/store/postgres/store.ts";
import { prune } from "../../src/store/postgres/write.ts";
import type { Store } from "../../src/store/store.ts";
import { AT, filing, handClock, reply } from "../contracts/examples.ts";
import { borrowed, type PostgresServer, startPostgres } from "../fakes/postgres-server.ts";
import { KEY } from "./folder.ts";

let server: PostgresServer;
let wire: Server;
let store: Store;
let url = "";
const clock = handClock();
/**
 * What happens to a connection that sends a commit: cut before the server sees it, or before its answer comes back, or the
 * server crashes first.
 */
let cut: "before" | "after" | "crash" | undefined;
let cuts = 0;
/** The name under which connections prepare the statement. */
let commit = "";
/** No connection gets through after the cut. */
let staysAway = false;
/** While true no connection gets through. */
let closed = false;
const sockets = new Set<Socket>();

/** After it the numbers of transactions that left no trace are given to others. */
async function crash(): Promise<void> {
  await server.stop("kill");
  await server.restart();
  const take = (): Promise<unknown> => server.run(url, "select pg_current_xact_id()");
  // A server that has just started may still refuse one.
  for (let count = 0; count < 40; count += 1) await vi.waitFor(take, { timeout: 20_000 });
}

beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server.remove());

beforeEach(async () => {
  [cut, cuts, closed, staysAway] = [undefined, 0, false, false];
  url = await server.database();
  const target = new URL(url);
  wire = createServer((client) => {
    if (closed) {
      client.destroy();
      return;
    }
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        client.destroy();
        upstream.destroy();
      });
    }
    upstream.on("data", (chunk) => void client.write(chunk));
    client.on("data", (chunk) => {
      // A statement's text is sent when it is prepared, once a connection, and its name each time.
      const [, name] = /(s\d+)\0commit\0/.exec(chunk.toString("latin1")) ?? [];
      commit = name ?? commit;
      if (cut === undefined || !chunk.includes(`\0${commit}\0`)) {
        upstream.write(chunk);
        return;
      }
      cuts += 1;
      const how = cut;
      cut = undefined;
      if (how === "before") {
        client.destroy();
        return;
      }
      if (how === "crash") {
        void crash().then(() => client.destroy());
        return;
      }
      upstream.removeAllListeners("data");
      upstream.once("data", () => {
        closed = staysAway;
        if (closed) for (const socket of sockets) socket.destroy();
        client.destroy();
      });
      upstream.write(chunk);
    });
  });
  await new Promise<void>((done) => wire.listen(0, "127.0.0.1", done));
  const address = wire.address();
  const through = new URL(url);
  through.port = String(typeof address === "object" && address ? address.port : 0);
  // Prepared already, so that the next commit is ours.
  await (await openPostgresStore({ url, key: KEY, clock: clock.now })).close();
  store = await openPostgresStore({ url: through.href, key: KEY, clock: clock.now, patient: true });
});
afterEach(async () => {
  await store.close();
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await new Promise((done) => wire.close(done));
});

describe("a connection that is lost during a commit", () => {
  it("before the server heard of it: the change is stored all the same, once", async () => {
    cut = "before";
    await store.commit({
      ...filing("c1"),
      handled: { key: "m1", conversation: "web:c1", replies: [reply("x")] },
    });
    expect(cuts).toBe(1);
    expect(await store.complaint("c1")).toMatchObject({ revision: 1 });
  });

  it.skipIf(borrowed)(
    "as the server crashes: what was not stored is not taken for another's that was",
    async () => {
      for (const id of ["c1", "c2", "c3"]) {
        cut = "crash";
        const handled = { key: `m-${id}`, conversation: `web:${id}`, replies: [reply("x")] };
        // Refused or stored, and never acknowledged without being stored.
        const stored = await store.commit({ ...filing(id), handled }).then(
          () => true,
          (error: unknown) => {
            expect(String(error)).toMatch(/not saved/);
            return false;
          },
        );
        expect(cut).toBeUndefined();
        await expect.poll(async () => (await store.health()).ok).toBe(true);
        expect((await store.complaint(id)) !== undefined, id).toBe(stored);
      }
      expect(cuts).toBe(3);
    },
    60_000,
  );

  it("after the server did it: it is asked, and the change is not stored twice", async () => {
    cut = "after";
    const post = { conversation: "web:a", reply: reply("x") };
    await store.commit({ posts: [post] });
    expect(cuts).toBe(1);
    expect(await store.posts("web:a", 0)).toHaveLength(1);
  });

  it.each(["before", "after"] as const)("of several changes (%s): each is stored once", async (how) => {
    cut = how;
    const conversations = ["web:a", "web:b", "web:c"];
    await Promise.all(
      conversations.map((conversation) => store.commit({ posts: [{ conversation, reply: reply("x") }] })),
    );
    expect(cuts).toBe(1);
    for (const conversation of conversations) expect(await store.posts(conversation, 0)).toHaveLength(1);
  });

  it("and nobody can tell what became of it: refused, never tried again unasked", {
    timeout: 60_000,
  }, async () => {
    cut = "after";
    const post = { conversation: "web:a", reply: reply("x") };
    staysAway = true;
    await expect(store.commit({ posts: [post] })).rejects.toThrow("not saved: unavailable");
    expect(cuts).toBe(1);
    closed = false;
    await expect.poll(async () => (await store.health()).ok).toBe(true);
    expect(await store.posts("web:a", 0)).toHaveLength(1);
  });
});

describe("pruning", () => {
  it("forgets messages after thirty days and the oldest of too many questions, the thumbs up apart", async () => {
    await store.commit({ handled: { key: "old", conversation: "web:a", replies: [] } });
    clock.pass(31 * 86_400);
    await store.commit({ handled: { key: "new", conversation: "web:a", replies: [] } });
    await store.commit({ unanswered: { at: AT, question: "first", intent: "unclear" } });
    await store.commit({ unanswered: { at: AT, question: "", intent: "procedure", verdict: "up" } });
    await server.run(
      url,
      "insert into unanswered (up, entry) select false, entry from unanswered, generate_series(1, 5000) where not up",
    );
    const db = openDatabase(url, () => undefined);
    await db.transaction(["prune"], (tx) => prune(tx, clock.now()));
    await db.close();
    expect(await store.handled("old")).toBeUndefined();
    expect(await store.handled("new")).toEqual([]);
    expect(
      await server.run(
        url,
        "select up, count(*)::int as count, min(seq)::int as first from unanswered group by up order by up",
      ),
    ).toEqual([
      { up: false, count: 5000, first: 3 },
      { up: true, count: 1, first: 2 },
    ]);
    expect(await store.unanswered()).toHaveLength(5001);
  });
});
