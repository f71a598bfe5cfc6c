import { copyFile, cp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { rotateKey } from "../../src/commands/rotate-key.ts";
import { readConfig } from "../../src/config.ts";
import { newSession } from "../../src/conversation/session.ts";
import { openPostgresStore } from "../../src/store/postgres/store.ts";
import { wholePostgres } from "../../src/store/postgres/whole.ts";
import { createSealer } from "../../src/store/seal.ts";
import { type Store, WrongKey } from "../../src/store/store.ts";
import type { Whole } from "../../src/store/whole.ts";
import { wholeEmbedded } from "../../src/store/whole-embedded.ts";
import { AGENCY, AT, filing, handClock, reply, toAgency } from "../contracts/examples.ts";
import { type PostgresServer, startPostgres } from "../fakes/postgres-server.ts";
import { type DataFolder, dataFolder, KEY } from "./folder.ts";

const NEW = Buffer.alloc(32, 8);
const NEWER = Buffer.alloc(32, 9);

type Place = {
  open(key: Uint8Array): Promise<Store>;
  whole(key: Uint8Array): Promise<Whole>;
  /** All that lies there, in one text. */
  raw(): Promise<string>;
};

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server.remove());

const clock = handClock();
let folders: DataFolder[] = [];
let opened: { close(): Promise<void> }[] = [];
beforeEach(() => {
  [folders, opened] = [[], []];
});
afterEach(async () => {
  for (const one of opened) await one.close();
  for (const folder of folders) await folder.remove();
});

const keep = <T extends { close(): Promise<void> }>(one: T): T => {
  opened.push(one);
  return one;
};

async function embedded(): Promise<Place> {
  const folder = await dataFolder();
  folders.push(folder);
  return {
    open: (key) => folder.open({ key, clock: clock.now }),
    whole: async (key) => keep(wholeEmbedded(folder.data, key)),
    raw: async () =>
      [...(await folder.contents()).values()].map((bytes) => bytes.toString("latin1")).join("\n"),
  };
}

async function postgres(): Promise<Place> {
  const url = await server.database();
  return {
    open: async (key) => keep(await openPostgresStore({ url, key, clock: clock.now })),
    whole: async (key) => keep(await wholePostgres(url, key)),
    raw: async () => {
      const whole = await wholePostgres(url, NEW).catch(() => wholePostgres(url, NEWER));
      let text = "";
      for await (const entry of whole.entries()) text += `${JSON.stringify(entry)}\n`;
      await whole.close();
      return text;
    },
  };
}

async function fillWith(store: Store): Promise<void> {
  await store.commit({
    ...filing("c1"),
    handled: { key: "m1", conversation: "web:c1", replies: [reply("một")] },
    session: { conversation: "web:c1", session: newSession() },
    deliveries: [toAgency("d1", "c1")],
    posts: [{ conversation: "web:c1", reply: reply("hai") }],
  });
  await store.commit({ linkCode: { hash: "h", agency: AGENCY, role: "officer", expiresAt: AT } });
  await store.commit({
    bind: { official: { sender: "telegram:1", agency: AGENCY, role: "officer", boundAt: AT }, codeHash: "h" },
  });
}

async function check(store: Store): Promise<void> {
  expect(await store.complaintByCode("MC-c1")).toMatchObject({ id: "c1" });
  expect(await store.complaintsOf("web:c1")).toHaveLength(1);
  expect(await store.complaintsHeldBy(AGENCY)).toHaveLength(1);
  expect(await store.handled("m1")).toEqual([reply("một")]);
  expect(await store.session("web:c1")).toEqual(newSession());
  expect(await store.posts("web:c1", 0)).toMatchObject([{ reply: reply("hai") }]);
  expect(await store.official("telegram:1")).toMatchObject({ agency: AGENCY });
  // A message that was handled before the change is not handled again.
  await expect(
    store.commit({ handled: { key: "m1", conversation: "web:c1", replies: [] } }),
  ).rejects.toThrow();
}

for (const [name, make] of [
  ["the embedded store", embedded],
  ["the PostgreSQL store", postgres],
] as const) {
  describe(`changing the identity key of ${name}`, () => {
    it("keeps everything, found by the same names, and the old key opens nothing any more", async () => {
      const place = await make();
      const before = await place.open(KEY);
      await fillWith(before);
      const secret = Buffer.from(await before.sessionSecret());
      await before.close();
      const whole = await place.whole(KEY);
      const keys = await whole.alone(() => whole.rewrap(NEW));
      expect(keys).toBeGreaterThanOrEqual(3);
      await expect(place.open(KEY)).rejects.toThrow(WrongKey);
      expect(await place.raw()).not.toContain(createSealer(KEY).keyId);
      const after = await place.open(NEW);
      await check(after);
      expect(Buffer.from(await after.sessionSecret())).toEqual(secret);
      await after.commit(filing("c2"));
      await after.close();
      expect(await (await place.whole(NEW)).verify()).toMatchObject({ complaints: 2, faults: [] });
    });

    it("can be done again, and is refused when it was done", async () => {
      const place = await make();
      const before = await place.open(KEY);
      await fillWith(before);
      await before.close();
      for (const [from, to] of [
        [KEY, NEW],
        [NEW, NEWER],
      ] as const) {
        const whole = await place.whole(from);
        await whole.alone(() => whole.rewrap(to));
      }
      const after = await place.open(NEWER);
      await check(after);
      await after.close();
      await expect(
        (async () => {
          const whole = await place.whole(KEY);
          return whole.alone(() => whole.rewrap(NEW));
        })(),
      ).rejects.toThrow(WrongKey);
    });

    it("is refused while a program has the store open", async () => {
      const place = await make();
      await fillWith(await place.open(KEY));
      const whole = await place.whole(KEY);
      await expect(whole.alone(() => whole.rewrap(NEW))).rejects.toThrow(/in use/);
    });
  });
}

it("a backup of a store whose key was changed can be put into the other kind of store", async () => {
  const from = await embedded();
  const store = await from.open(KEY);
  await fillWith(store);
  await store.close();
  const source = await from.whole(KEY);
  await source.alone(() => source.rewrap(NEW));
  const to = await postgres();
  const target = await to.whole(NEW);
  const rewrapped = await from.whole(NEW);
  await target.alone(() => target.fill(() => rewrapped.entries()));
  await check(await to.open(NEW));
});

it("leaves no file behind that the old key still opens", async () => {
  const folder = await dataFolder();
  folders.push(folder);
  const store = await folder.open({ checkpointBytes: 1 });
  await fillWith(store);
  await store.close();
  const again = await folder.open();
  await again.commit(filing("c3"));
  const whole = keep(wholeEmbedded(folder.data, KEY));
  await again.close();
  await whole.alone(() => whole.rewrap(NEW));
  expect(await filesOfOldKey(folder)).toEqual([]);
});

it("broken off when the new key stood already is finished by the same command", async () => {
  const folder = await dataFolder();
  folders.push(folder);
  const store = await folder.open({ checkpointBytes: 1 });
  await fillWith(store);
  await store.close();
  for (const name of ["journal-000001.log.torn", "store.json.bak.tmp"]) {
    await copyFile(join(folder.files, "store.json"), join(folder.files, name));
  }
  const left = join(folder.data, "left");
  await cp(folder.files, left, { recursive: true });
  const whole = keep(wholeEmbedded(folder.data, KEY));
  await whole.alone(() => whole.rewrap(NEW));
  for (const beside of [".before", ".restoring"]) {
    await cp(left, `${folder.files}${beside}`, { recursive: true });
  }
  await rm(join(left, "store.json"));
  await cp(left, folder.files, { recursive: true });
  await rm(left, { recursive: true });
  const next = join(folder.data, "next.key");
  await writeFile(next, NEW.toString("base64"));
  const environment = {
    DATA_DIR: folder.data,
    IDENTITY_KEY: KEY.toString("base64"),
    IDENTITY_KEY_FILE_NEW: next,
  };
  const said: string[] = [];
  const code = await rotateKey.run({
    args: [],
    config: () => readConfig(environment),
    out: (text) => said.push(text),
    err: (text) => said.push(text),
    lines: async function* () {},
  });
  expect([code, said.join()]).toEqual([0, expect.stringContaining("had the new key already")]);
  expect(await filesOfOldKey(folder)).toEqual([]);
  await check(await folder.open({ key: NEW }));
});

async function filesOfOldKey(folder: DataFolder): Promise<string[]> {
  const old = createSealer(KEY).keyId;
  return [...(await folder.contents())].flatMap(([path, bytes]) => (bytes.includes(old) ? path : []));
}
