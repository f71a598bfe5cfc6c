import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Identity } from "../../src/complaints/person.ts";
import { outgoing } from "../../src/outbox/outgoing.ts";
import { checkBackup, readBackup } from "../../src/store/backup-file.ts";
import type { Entry } from "../../src/store/entry.ts";
import { openPostgresStore } from "../../src/store/postgres/store.ts";
import { wholePostgres } from "../../src/store/postgres/whole.ts";
import { createSealer } from "../../src/store/seal.ts";
import { openEntry, ownerOf } from "../../src/store/seal-entry.ts";
import { type Store, StoreError } from "../../src/store/store.ts";
import type { Whole } from "../../src/store/whole.ts";
import { wholeEmbedded } from "../../src/store/whole-embedded.ts";
import { AGENCY, AT, erased, filed, filing, handClock, IDENTITY, toAgency } from "../contracts/examples.ts";
import { type PostgresServer, startPostgres } from "../fakes/postgres-server.ts";
import filesBefore from "../fixtures/store-before-identity.json" with { type: "json" };
import { type DataFolder, dataFolder, KEY } from "./folder.ts";
import { sealedUnder } from "./sealed-under.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server.remove());

type Place = { open(): Promise<Store>; whole(): Promise<Whole> };

let clock = handClock();
let folders: DataFolder[] = [];
let opened: { close(): Promise<void> }[] = [];
beforeEach(() => {
  [clock, folders, opened] = [handClock(), [], []];
});
afterEach(async () => {
  for (const one of opened) await one.close();
  for (const folder of folders) await folder.remove();
});

function closedLater<T extends { close(): Promise<void> }>(one: T): T {
  opened.push(one);
  return one;
}

async function freshFolder(): Promise<DataFolder> {
  const folder = await dataFolder();
  folders.push(folder);
  return folder;
}

const inFolder = (folder: DataFolder): Place => ({
  open: () => folder.open({ clock: clock.now }),
  whole: async () => closedLater(wholeEmbedded(folder.data, KEY)),
});

const places = {
  embedded: async (): Promise<Place> => inFolder(await freshFolder()),
  postgres: async (): Promise<Place> => {
    const url = await server.database();
    return {
      open: async () => closedLater(await openPostgresStore({ url, key: KEY, clock: clock.now })),
      whole: async () => closedLater(await wholePostgres(url, KEY)),
    };
  },
};

/** What the sealed entries of a store say under these keys. */
async function readable(whole: Whole, isKeyOf: (owner: string) => boolean): Promise<string> {
  return sealedUnder(createSealer(KEY), whole.entries(), isKeyOf);
}

const ofCase = (owner: string): boolean => owner.startsWith("complaint:");
const WHO = /Trần Thị Thử|0905000111|thu@example\.vn|Lê Thị Cho/;

describe.each(["embedded", "postgres"] as const)("who filed a case, in the %s store", (kind) => {
  const given = {
    type: "identity-opened",
    at: AT,
    agency: AGENCY,
    basis: "consent",
    given: true,
  } as const;
  const giving = { id: "c2", revision: 1, events: [given], identity: { person: { name: "Lê Thị Cho" } } };
  const fill = async (store: Store): Promise<void> => {
    await store.commit({ ...filing("c1"), deliveries: [toAgency("c1.0.a.0", "c1")] });
    const unnamed = filed("c2", { filing: { kind: "late", text: "Chưa trả" }, mailed: true });
    await store.commit({
      complaints: [{ id: "c2", revision: 0, events: [unnamed], identity: { email: "thu@example.vn" } }],
    });
    await store.commit({ complaints: [giving] });
  };

  it("is in nothing that the key of the case opens, and the key of who filed it opens nothing else", async () => {
    const place = await places[kind]();
    await fill(await place.open());
    const whole = await place.whole();
    const content = await readable(whole, ofCase);
    expect(content).toContain("chưa có kết quả");
    expect(content).not.toMatch(WHO);
    const identities = await readable(whole, (owner) => owner.startsWith("identity:"));
    for (const word of ["Trần Thị Thử", "0905000111", "thu@example.vn", "Lê Thị Cho"])
      expect(identities).toContain(word);
    expect(identities).not.toContain("chưa có kết quả");
  });

  it("goes along when the store moves, and is missed by verify where it does not", async () => {
    const from = await places[kind]();
    const store = await from.open();
    await fill(store);
    const entries: Entry[] = [];
    for await (const entry of (await from.whole()).entries()) entries.push(entry);
    const to = await places[kind]();
    const target = await to.whole();
    const fillWith = (kept: readonly Entry[]) =>
      target.alone(() =>
        target.fill(async function* () {
          yield* kept;
        }),
      );
    await fillWith(entries);
    expect((await target.verify()).faults).toEqual([]);
    await fillWith(entries.filter((entry) => !(entry.kind === "identity" && entry.complaint === "c1")));
    expect((await target.verify()).faults).toEqual([
      expect.stringMatching(/^complaint c1: who filed it, told with event 0, is missing; restore a backup/),
    ]);
  });

  it("opens for its own case and event alone, wherever somebody puts it", async () => {
    const from = await places[kind]();
    await fill(await from.open());
    const entries: Entry[] = [];
    for await (const entry of (await from.whole()).entries()) entries.push(entry);
    const sealedOf = (complaint: string, event: number): string =>
      entries.flatMap((one) =>
        one.kind === "identity" && one.complaint === complaint && one.event === event ? one.sealed : [],
      )[0] ?? "";
    const moved = entries.map((entry): Entry => {
      if (entry.kind !== "identity" || entry.complaint !== "c2") return entry;
      return { ...entry, sealed: entry.event === 0 ? sealedOf("c1", 0) : sealedOf("c2", 0) };
    });
    const sealer = createSealer(KEY);
    const keys = new Map(
      moved.flatMap((entry) => {
        const fact = entry.kind === "key" ? openEntry(sealer, new Map(), entry) : undefined;
        return fact?.kind === "key" ? [[fact.owner, fact.key] as const] : [];
      }),
    );
    expect(keys.size).toBeGreaterThan(4);
    const to = await places[kind]();
    const target = await to.whole();
    const put = target.alone(() =>
      target.fill(async function* () {
        yield* moved;
      }),
    );
    if (kind === "embedded") {
      // What cannot be opened is not restored.
      await expect(put).rejects.toThrow(/identity:c2.*does not open/);
      return;
    }
    await put;
    expect((await target.verify()).faults.join()).toMatch(/identity:c2.*does not open/);
    const store = await to.open();
    await expect(store.identity("c2")).rejects.toThrow(StoreError);
    expect(await store.identity("c1")).toEqual(IDENTITY);
    expect(await store.complaint("c2")).toMatchObject({ mailed: true });
  });

  it("loses its key and all that was sealed under it when the case is erased, and verify finds all sound", async () => {
    const place = await places[kind]();
    const store = await place.open();
    await fill(store);
    await store.commit({ complaints: [{ id: "c1", revision: 1, events: [{ type: "confirmed", at: AT }] }] });
    await store.commit({ complaints: [{ id: "c1", revision: 2, events: [erased("c1", 2)] }] });
    expect(await store.identity("c1")).toBeUndefined();
    const whole = await place.whole();
    const left: (string | undefined)[] = [];
    for await (const entry of whole.entries()) left.push(entry.kind === "key" ? entry.owner : ownerOf(entry));
    expect(left).not.toContain("identity:c1");
    expect(left).toContain("identity:c2");
    expect((await whole.verify()).faults).toEqual([]);
  });
});

describe("what an earlier program stored, names and all", () => {
  const named = { name: "Trần Thị Thử", phone: "0905 000 111" };
  const NAMES = /Trần Thị Thử|0905|thu@|binh@|Lê Văn Bình|Phạm Hai Người/;

  const lay = async (files: Readonly<Record<string, string>>): Promise<DataFolder> => {
    const folder = await freshFolder();
    await mkdir(folder.files, { recursive: true });
    for (const [name, text] of Object.entries(files))
      await writeFile(join(folder.files, name), text, "latin1");
    return folder;
  };
  const restored = async (place: Place): Promise<Place> => {
    const file = new URL("../fixtures/backup-before-identity.jsonl", import.meta.url).pathname;
    await checkBackup(file);
    const whole = await place.whole();
    await whole.alone(() => whole.fill(() => readBackup(file)));
    return place;
  };
  const before: Readonly<Record<string, () => Promise<Place>>> = {
    "a journal": async () => inFolder(await lay(filesBefore.journal)),
    "a snapshot": async () => inFolder(await lay(filesBefore.snapshot)),
    "a backup, in the embedded store": async () => restored(await places.embedded()),
    "a backup, in the postgres store": async () => restored(await places.postgres()),
  };

  /** Everything that was told of persons, as the store tells it. */
  const told = (store: Store): Promise<(Identity | undefined)[]> =>
    Promise.all([
      store.identity("named"),
      store.identity("given"),
      store.identity("given", 2),
      store.identity("two", 2),
      store.identity("plain", 2),
      store.identity("nobody"),
    ]);
  const TOLD = [
    { person: named, email: "thu@example.vn" },
    { email: "binh@example.vn" },
    { person: { name: "Lê Văn Bình" }, email: "binh@example.vn" },
    { person: { name: "Phạm Hai Người" } },
    undefined,
    undefined,
  ];

  it.each(Object.entries(before))(
    "%s is read: the person is found apart, and stands in no case",
    async (_, make) => {
      const place = await make();
      const first = await place.open();
      expect(await told(first)).toEqual(TOLD);
      await first.close();
      const store = await place.open();
      expect(await told(store)).toEqual(TOLD);
      const cases = await Promise.all(["named", "given", "two", "plain"].map((id) => store.complaint(id)));
      expect(cases).toMatchObject([
        { revision: 1, filing: { named: true }, mailed: true },
        { revision: 3, mailed: true },
        { revision: 4, filing: { named: true } },
        { revision: 1 },
      ]);
      expect(JSON.stringify(cases)).not.toMatch(NAMES);
      expect(cases[0]?.events[0]).toMatchObject({ phoneMark: await store.phoneMark("0905000111") });
      expect((await (await place.whole()).verify()).faults).toEqual([]);
    },
  );

  it.each(Object.entries(before))(
    "%s goes on: what waited is sent to whom and as it would have been",
    async (_, make) => {
      const store = await (await make()).open();
      clock.pass(60);
      const waiting = await store.claim(clock.now(), 10, 60);
      expect(JSON.stringify(waiting)).not.toMatch(NAMES);
      const sent: Record<string, unknown> = {};
      for (const { delivery } of waiting) {
        const out = await outgoing(delivery, store);
        if (out?.content.kind === "agency") sent[out.id] = out.content.notice.person;
        else if (out?.to.kind === "email") sent[out.id] = out.to.address;
      }
      expect(sent).toEqual({
        [`named.0.${AGENCY}.0`]: named,
        "named.0.person.email": "thu@example.vn",
        [`given.2.${AGENCY}.0`]: { name: "Lê Văn Bình", phone: null },
        [`two.2.${AGENCY}.0`]: { name: "Phạm Hai Người", phone: null },
        [`plain.0.${AGENCY}.0`]: null,
      });
    },
  );

  it.each(Object.entries(before))("%s takes more of a person, and forgets an erased one", async (_, make) => {
    const place = await make();
    const store = await place.open();
    const given = { type: "identity-opened", at: AT, agency: "b", basis: "consent", given: true } as const;
    const identity = { person: { name: "Lê Bình Hai" } };
    await store.commit({ complaints: [{ id: "given", revision: 3, events: [given], identity }] });
    await store.commit({ complaints: [{ id: "two", revision: 4, events: [{ type: "withdrawn", at: AT }] }] });
    await store.commit({ complaints: [{ id: "two", revision: 5, events: [erased("two", 5)] }] });
    const check = async (at: Store): Promise<void> => {
      expect(await at.identity("given", 3)).toEqual({ ...identity, email: "binh@example.vn" });
      expect(await at.identity("given", 2)).toEqual(TOLD[2]);
      expect(await at.identity("two", 9)).toBeUndefined();
    };
    await check(store);
    await store.close();
    await check(await place.open());
    const whole = await place.whole();
    expect((await whole.verify()).faults).toEqual([]);
    const moved = await places.embedded();
    const target = await moved.whole();
    await target.alone(() => target.fill(() => whole.entries()));
    await check(await moved.open());
  });

  it("is set apart before anything new is stored, so that a kill right after loses nothing of it", async () => {
    for (const files of [filesBefore.journal, filesBefore.snapshot]) {
      const folder = await lay(files);
      const store = await folder.open({
        failPoint: (name) => {
          // Nothing of the old files is written anew.
          if (name === "before-snapshot") throw new Error("killed");
        },
      });
      const given = { type: "identity-opened", at: AT, agency: "b", basis: "consent", given: true } as const;
      const identity = { person: { name: "Lê Bình Hai" } };
      await store.commit({ complaints: [{ id: "given", revision: 3, events: [given], identity }] });
      const copied = await freshFolder();
      await cp(folder.files, copied.files, { recursive: true, filter: (path) => !path.endsWith("lock") });
      const again = await copied.open();
      expect(await again.identity("given", 3)).toEqual({ ...identity, email: "binh@example.vn" });
      expect(await told(again)).toEqual(TOLD);
    }
  });

  it("does not begin on a full disk, and loses nothing by that", async () => {
    const folder = await lay(filesBefore.snapshot);
    const failPoint = (name: string): void => {
      if (name === "before-write") throw Object.assign(new Error("no room"), { code: "ENOSPC" });
    };
    await expect(folder.open({ failPoint })).rejects.toThrow(/the disk is full; make room and start again/);
    expect(await told(await folder.open())).toEqual(TOLD);
  });

  it("keeps what it told when the identity key changes before anything else happens", async () => {
    const next = Buffer.alloc(32, 9);
    for (const files of [filesBefore.journal, filesBefore.snapshot]) {
      const folder = await lay(files);
      const whole = wholeEmbedded(folder.data, KEY);
      await whole.alone(() => whole.rewrap(next));
      expect((await wholeEmbedded(folder.data, next).verify()).faults).toEqual([]);
      expect(await told(await folder.open({ key: next }))).toEqual(TOLD);
    }
  });

  it("is written anew without the names, in a form that the earlier program refuses", async () => {
    for (const files of [filesBefore.journal, filesBefore.snapshot]) {
      const folder = await lay(files);
      await (await folder.open()).close();
      expect(await readFile(join(folder.files, "store.json"), "latin1")).toMatch(/^[0-9a-f]{8} 5 /);
      const whole = wholeEmbedded(folder.data, KEY);
      expect(await readable(whole, ofCase)).not.toMatch(NAMES);
      expect(await readable(whole, (owner) => owner.startsWith("identity:"))).toMatch(NAMES);
    }
  });
});
