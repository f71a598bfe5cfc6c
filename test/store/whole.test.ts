import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { newSession } from "../../src/conversation/session.ts";
import { checkBackup, readBackup, writeBackup } from "../../src/store/backup-file.ts";
import { openPostgresStore } from "../../src/store/postgres/store.ts";
import { wholePostgres } from "../../src/store/postgres/whole.ts";
import type { Store } from "../../src/store/store.ts";
import { tallyOf } from "../../src/store/tally.ts";
import type { Whole } from "../../src/store/whole.ts";
import { wholeEmbedded } from "../../src/store/whole-embedded.ts";
import { AGENCY, AT, filing, handClock, reply, toAgency, toPerson } from "../contracts/examples.ts";
import { type PostgresServer, startPostgres } from "../fakes/postgres-server.ts";
import { type DataFolder, dataFolder, KEY } from "./folder.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server.remove());

/** A place for a store: opens it as the program does, and takes it as a whole. */
type Place = { open(): Promise<Store>; whole(): Promise<Whole>; url?: string };

let folders: DataFolder[] = [];
let stores: Store[] = [];
let wholes: Whole[] = [];
let clock = handClock();
beforeEach(() => {
  [folders, stores, wholes, clock] = [[], [], [], handClock()];
});
afterEach(async () => {
  for (const store of stores) await store.close();
  for (const whole of wholes) await whole.close();
  for (const folder of folders) await folder.remove();
});

async function embedded(): Promise<Place> {
  const folder = await dataFolder();
  folders.push(folder);
  return {
    open: () => folder.open({ clock: clock.now }),
    whole: async () => keep(wholeEmbedded(folder.data, KEY)),
  };
}

async function postgres(): Promise<Place> {
  const url = await server.database();
  return {
    url,
    open: async () => {
      const store = await openPostgresStore({ url, key: KEY, clock: clock.now });
      stores.push(store);
      return store;
    },
    whole: async () => keep(await wholePostgres(url, KEY)),
  };
}

function keep(whole: Whole): Whole {
  wholes.push(whole);
  return whole;
}

const CONVERSATION = "web:c1";

/** Something of every kind that is stored. */
async function live(store: Store): Promise<void> {
  await store.commit({
    ...filing("c1"),
    handled: { key: "m1", conversation: CONVERSATION, replies: [reply("Đã nhận")] },
    session: { conversation: CONVERSATION, session: newSession("en") },
    deliveries: [toAgency("d1", "c1"), toPerson("d2", "c1", CONVERSATION), toAgency("d3", "c1", "b")],
    posts: [{ conversation: CONVERSATION, reply: reply("Đã nhận") }],
    unanswered: { at: AT, question: "?", intent: "unclear" },
    linkCode: { hash: "h1", agency: AGENCY, role: "head", expiresAt: AT },
  });
  await store.commit({ linkCode: { hash: "h2", agency: AGENCY, role: "head", expiresAt: AT } });
  await store.commit({
    bind: { official: { sender: "zalo:5", agency: AGENCY, role: "head", boundAt: AT }, codeHash: "h2" },
  });
  const by = { agency: AGENCY, via: "chat" as const };
  await store.settle(
    "d1",
    clock.now(),
    { kind: "sent" },
    {
      complaints: [{ id: "c1", revision: 1, events: [{ type: "delivered", at: AT, agency: AGENCY }] }],
    },
  );
  const tried = { since: AT, times: 1 };
  await store.settle("d2", clock.now(), { kind: "failed", problem: "blocked", dead: true, tried });
  await store.commit({
    complaints: [{ id: "c1", revision: 2, events: [{ type: "acknowledged", at: AT, by }] }],
  });
  for (const id of ["c2", "c3"]) await store.commit(filing(id));
  const conversation = "web:gone";
  await store.commit({
    handled: { key: "m2", conversation, replies: [reply("bí mật")] },
    posts: [{ conversation, reply: reply("bí mật") }],
  });
  await store.commit({ erase: { conversation } });
}

async function reading(store: Store): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const complaint of store.complaints()) all.push(complaint);
  return [
    all,
    await store.complaintByCode("MC-c1"),
    await store.identity("c1"),
    await store.complaintsOf(CONVERSATION),
    await store.complaintsHeldBy(AGENCY),
    await store.handled("m1"),
    await store.handled("m2"),
    await store.session(CONVERSATION),
    await store.posts(CONVERSATION, 0),
    await store.unanswered(),
    await store.linkCode("h1"),
    await store.linkCode("h2"),
    await store.officials(),
    await store.stuck(),
    (await store.claim(clock.now(), 10, 1)).map(({ delivery }) => delivery.id),
  ];
}

const places = { embedded, postgres };

describe.each([
  ["embedded", "embedded"],
  ["embedded", "postgres"],
  ["postgres", "embedded"],
  ["postgres", "postgres"],
] as const)("from %s to %s", (fromKind, toKind) => {
  it("a store is backed up while it is in use, and restored with everything in it", async () => {
    const from = await places[fromKind]();
    const store = await from.open();
    await live(store);
    const folder = await dataFolder();
    folders.push(folder);
    const file = join(folder.data, "backup");
    const source = await from.whole();
    const written = await writeBackup(file, AT, source.keyId, source.entries());
    const before = await reading(store);
    await store.close();

    const to = await places[toKind]();
    const target = await to.whole();
    expect(await target.holdsData()).toBe(false);
    expect(await checkBackup(file)).toEqual({ at: AT, keyId: source.keyId, tally: written });
    expect(await target.alone(() => target.fill(() => readBackup(file)))).toEqual(written);
    expect(await target.holdsData()).toBe(true);
    expect(written).toMatchObject({ complaints: 3 });
    expect(await target.verify()).toMatchObject({ complaints: 3, events: 5, deliveries: 3, faults: [] });
    clock.pass(10);
    const restored = await to.open();
    expect(await reading(restored)).toEqual(before);
    await restored.commit(filing("c9"));
    await expect(restored.settle("d1", clock.now(), { kind: "sent" })).resolves.toBeUndefined();
  });

  it("a store moves while nobody uses it, and holds the same there", async () => {
    const from = await places[fromKind]();
    const store = await from.open();
    await live(store);
    const source = await from.whole();
    const to = await places[toKind]();
    const target = await to.whole();
    const moving = (): Promise<unknown> =>
      source.alone(() => target.alone(() => target.fill(() => source.entries())));
    await expect(moving()).rejects.toThrow("in use");
    await store.close();
    await moving();
    expect((await tallyOf(target.entries())).complaints).toBe(3);
    expect((await source.verify()).faults).toEqual([]);
    const doubted = await source.verify(({ id }) => (id === "c1" ? ["it is doubted"] : []));
    expect(doubted).toMatchObject({ complaints: 3, faults: ["complaint c1: it is doubted"] });
  });

  it("what replaces a store leaves nothing of it, and is refused while it is in use", async () => {
    const from = await places[fromKind]();
    const first = await from.open();
    await live(first);
    await first.close();
    const to = await places[toKind]();
    const old = await to.open();
    await old.commit(filing("old"));
    const source = await from.whole();
    const target = await to.whole();
    await expect(target.alone(() => target.fill(() => source.entries()))).rejects.toThrow("in use");
    await old.close();
    await target.alone(() => target.fill(() => source.entries()));
    const now = await to.open();
    expect(await now.complaint("old")).toBeUndefined();
    expect(await now.complaint("c1")).toBeDefined();
  });
});

describe("a backup", () => {
  const backedUp = async (): Promise<string> => {
    const place = await embedded();
    const store = await place.open();
    await live(store);
    const whole = await place.whole();
    const file = join(folders[0]?.data ?? "", "backup");
    await writeBackup(file, AT, whole.keyId, whole.entries());
    return file;
  };

  it("is refused with any byte of it changed", { timeout: 120_000 }, async () => {
    const file = await backedUp();
    const bytes = await readFile(file);
    const bad = `${file}.bad`;
    for (let at = 0; at < bytes.length; at += 41) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      await writeFile(bad, changed);
      await expect(checkBackup(bad), `byte ${at}`).rejects.toThrow("backup");
    }
  });

  it("is refused when it is cut off anywhere", async () => {
    const file = await backedUp();
    const bytes = await readFile(file);
    for (let length = 0; length < bytes.length - 1; length += 509) {
      await writeFile(`${file}.bad`, bytes.subarray(0, length));
      await expect(checkBackup(`${file}.bad`), `${length} bytes`).rejects.toThrow();
    }
  });

  it("replaces no file, and leaves none behind when it fails", async () => {
    const file = await backedUp();
    const whole = wholeEmbedded(folders[0]?.data ?? "", KEY);
    await expect(writeBackup(file, AT, whole.keyId, whole.entries())).rejects.toThrow("exists");
    await expect(writeBackup("/nowhere/b", AT, whole.keyId, whole.entries())).rejects.toThrow("ENOENT");
  });

  it("holds neither the key nor anything that anybody said", async () => {
    const text = (await readFile(await backedUp())).toString("latin1");
    expect(text).not.toContain(KEY.toString("base64"));
    for (const word of ["Thử", "0905000111", "H17.01", "MC-c1", "web:c1", "zalo:5", "blocked"]) {
      expect(text).not.toContain(Buffer.from(word).toString("latin1"));
    }
  });
});
