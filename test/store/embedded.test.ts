import { constants, cpSync } from "node:fs";
import { cp, open, readdir, readFile, readlink, stat } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ComplaintEvent } from "../../src/complaints/complaint.ts";
import { newSession } from "../../src/conversation/session.ts";
import { HANDLED_DAYS } from "../../src/store/state.ts";
import { type Change, type Store, StoreError } from "../../src/store/store.ts";
import { AGENCY, AT, erased, filed, filing, reply, toAgency, toPerson } from "../contracts/examples.ts";
import { type DataFolder, dataFolder, KEY } from "./folder.ts";

let folder: DataFolder;
beforeEach(async () => {
  folder = await dataFolder();
});
afterEach(() => folder.remove());

describe("saving", () => {
  it("a hundred commits at once share a few writes", async () => {
    let writes = 0;
    const store = await folder.open({ failPoint: (name) => (writes += name === "after-write" ? 1 : 0) });
    await Promise.all(Array.from({ length: 100 }, (_, index) => store.commit(filing(`c${index}`))));
    expect(writes).toBeLessThanOrEqual(5);
    expect(await store.complaintsHeldBy(AGENCY)).toHaveLength(100);
  });

  it("nothing can be read before it is on the disk", async () => {
    let store: Store | undefined;
    const seen: unknown[] = [];
    const look = async (): Promise<void> => {
      seen.push(await store?.complaint("c1"), await store?.handled("m1"));
    };
    const looks: Promise<void>[] = [];
    store = await folder.open({ failPoint: (name) => name === "after-write" && looks.push(look()) });
    await store.commit({ ...filing("c1"), handled: { key: "m1", conversation: "web:1", replies: [] } });
    await Promise.all(looks);
    expect(seen).toEqual([undefined, undefined]);
    expect(await store.complaint("c1")).toBeDefined();
  });

  it("a commit waits for the disk to say that it has it", async () => {
    const store = await folder.open();
    await store.commit(filing("c1"));
    const file = await open(join(folder.files, "lock"), "r");
    const handles: { write(...given: unknown[]): Promise<unknown> } = Object.getPrototypeOf(file);
    const { write: original } = handles;
    const write = vi.spyOn(handles, "write");
    try {
      let letGo = (): void => {};
      const held = new Promise<void>((resolve) => {
        letGo = resolve;
      });
      write.mockImplementationOnce(async function (this: unknown, ...given: unknown[]) {
        await held;
        return await Reflect.apply(original, this, given);
      });
      let saved = false;
      const commit = store.commit(filing("c2")).then(() => {
        saved = true;
      });
      await vi.waitFor(() => expect(write).toHaveBeenCalledTimes(1));
      // A later commit joins the next batch, and must not overtake.
      const next = store.commit(filing("c3"));
      await file.stat();
      expect([saved, await store.complaint("c2"), write.mock.calls.length]).toEqual([false, undefined, 1]);
      letGo();
      await Promise.all([commit, next]);
      expect(write).toHaveBeenCalledTimes(2);
    } finally {
      write.mockRestore();
      await file.close();
    }
  });

  it.runIf(process.platform === "linux")("a write to the journal ends when the disk has it", async () => {
    const store = await folder.open();
    await store.commit(filing("c1"));
    const fds = await readdir("/proc/self/fd");
    const paths = await Promise.all(fds.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => "")));
    const fd = fds[paths.indexOf(join(folder.files, "journal-000001.log"))];
    const [, flags = ""] = /flags:\s+([0-7]+)/.exec(await readFile(`/proc/self/fdinfo/${fd}`, "utf8")) ?? [];
    expect(Number.parseInt(flags, 8) & constants.O_DSYNC).toBe(constants.O_DSYNC);
  });

  it("a journal grows ahead of what is written to it, and is cut to that when the store is closed", async () => {
    const path = join(folder.files, "journal-000001.log");
    const store = await folder.open({ checkpointBytes: 1e9 });
    const ids = Array.from({ length: 1_500 }, (_, index) => `c${index}`);
    await store.commit(filing("first"));
    const ahead = await readFile(path);
    await Promise.all(ids.map((id) => store.commit(filing(id))));
    const more = await readFile(path);
    expect([ahead.length, ahead.at(-1)]).toEqual([1_048_576, 0]);
    expect(more.length % 1_048_576).toBe(0);
    expect(more.length).toBeGreaterThan(ahead.length);
    // Killed now, it is read to the last commit.
    const copy = await dataFolder();
    await cp(folder.data, copy.data, { recursive: true });
    const other = await copy.open();
    expect(copy.events()).toEqual([]);
    for (const id of ids) expect((await other.complaint(id))?.id).toBe(id);
    await copy.remove();
    await store.close();
    expect((await readFile(path)).at(-1)).toBe("\n".charCodeAt(0));
  });

  it("commits on one complaint, each deciding on what it reads, all get their turn", async () => {
    const store = await folder.open();
    await store.commit(filing("c1"));
    const add = async (text: string): Promise<void> => {
      const complaint = await store.complaint("c1");
      const event = { type: "informed" as const, at: AT, text };
      const change = { complaints: [{ id: "c1", revision: complaint?.revision ?? 0, events: [event] }] };
      await store.commit(change).catch(() => add(text));
    };
    await Promise.all(Array.from({ length: 10 }, (_, index) => add(`tin ${index}`)));
    expect(await store.complaint("c1")).toMatchObject({ revision: 11 });
  });

  it("a message is forgotten after a month, so that memory does not grow for ever", async () => {
    const handled = (key: string): Change => ({ handled: { key, conversation: "web:1", replies: [] } });
    let store = await folder.open();
    await store.commit(handled("old"));
    folder.clock.pass(HANDLED_DAYS * 86_400 + 1);
    await store.commit(handled("new"));
    expect([await store.handled("old"), await store.handled("new")]).toEqual([undefined, []]);
    await store.close();
    store = await folder.open();
    expect([await store.handled("old"), await store.handled("new")]).toEqual([undefined, []]);
  });
});

describe("starting", () => {
  it("a second store on the same folder is refused, and let in after the first is closed", async () => {
    const store = await folder.open();
    await expect(folder.open()).rejects.toThrow(/is in use by another process \(\d+\); stop it first/);
    await store.close();
    await folder.open();
  });

  it("a refused start leaves the folder free", async () => {
    const store = await folder.open();
    await store.close();
    await expect(folder.open({ key: Buffer.alloc(32, 8) })).rejects.toThrow(StoreError);
    await folder.open();
  });

  it("another identity key is refused, with what to do", async () => {
    const store = await folder.open();
    await store.commit(filing("c1"));
    await store.close();
    await expect(folder.open({ key: Buffer.alloc(32, 8) })).rejects.toThrow(
      /was sealed with identity key [0-9a-f]{16}, the key given is [0-9a-f]{16}; set IDENTITY_KEY or IDENTITY_KEY_FILE/,
    );
  });

  it("only we may read what is stored", async () => {
    const store = await folder.open();
    await store.commit(filing("c1"));
    await store.close();
    const names = await readdir(folder.files);
    const modes = await Promise.all(
      names.map(async (name) => (await stat(join(folder.files, name))).mode & 0o777),
    );
    expect(new Set(modes)).toEqual(new Set([0o600]));
    expect((await stat(folder.files)).mode & 0o777).toBe(0o700);
  });

  it("any history of commits, checkpoints and kills reads back the same", { timeout: 60_000 }, async () => {
    const conversations = ["web:a", "telegram:1"];
    const complaints = ["c1", "c2"];
    const change = fc.oneof(
      fc.record({ conversation: fc.constantFrom(...conversations), text: fc.string({ unit: "binary" }) }).map(
        ({ conversation, text }): Change => ({
          session: { conversation, session: { ...newSession(), topics: [text] } },
          posts: [{ conversation, reply: reply(text) }],
        }),
      ),
      fc.constantFrom(...conversations).map((conversation): Change => ({ erase: { conversation } })),
      fc.record({ id: fc.constantFrom(...complaints), revision: fc.nat(3), text: fc.string() }).map(
        ({ id, revision, text }): Change => ({
          complaints: [
            { id, revision, events: [revision === 0 ? filed(id) : { type: "informed", at: AT, text }] },
          ],
          deliveries: [toAgency(`${id}/${revision}`, id), toPerson(`${id}/${revision}/p`, id, "web:a")],
          handled: { key: `${id} ${revision}`, conversation: "web:a", replies: [reply(text)] },
        }),
      ),
      fc
        .record({ id: fc.constantFrom(...complaints), revision: fc.integer({ min: 1, max: 3 }) })
        .chain(({ id, revision }) => {
          const withdrawn: ComplaintEvent = { type: "withdrawn", at: AT };
          const event = fc.constantFrom(withdrawn, erased(id, revision));
          return event.map((one): Change => ({ complaints: [{ id, revision, events: [one] }] }));
        }),
    );
    const act = fc.oneof(
      { weight: 8, arbitrary: change },
      { weight: 2, arbitrary: fc.constantFrom("close", "kill", "attempt") },
    );
    const readAll = async (store: Store) =>
      JSON.stringify([
        await Promise.all(complaints.map((id) => store.complaint(id))),
        await Promise.all(
          conversations.flatMap((name) => [
            store.session(name),
            store.posts(name, 0),
            store.complaintsOf(name),
          ]),
        ),
        await Promise.all(
          complaints.flatMap((id) => [0, 1, 2].map((revision) => store.handled(`${id} ${revision}`))),
        ),
        await store.stuck(),
      ]);
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 25 }), fc.boolean(), async (acts, eager) => {
        let place = await dataFolder();
        const options = eager ? { checkpointBytes: 1 } : {};
        let store = await place.open(options);
        try {
          for (const next of acts) {
            if (next === "attempt") {
              const [claimed] = await store.claim(folder.clock.now(), 1, 60);
              if (!claimed) continue;
              const failed = { kind: "failed" as const, problem: "503", dead: true };
              await store.settle(
                claimed.delivery.id,
                folder.clock.now(),
                claimed.attempts > 0 ? { kind: "sent" } : failed,
              );
            } else if (typeof next !== "string") {
              await store.commit(next).catch(() => undefined);
            } else {
              const before = await readAll(store);
              if (next === "close") await store.close();
              // The files as they are this moment, as after kill -9. With checkpoints under way they are not one moment's.
              else if (!eager) {
                const copy = await dataFolder();
                await cp(place.data, copy.data, { recursive: true });
                await place.remove();
                place = copy;
              } else continue;
              store = await place.open(options);
              if ((await readAll(store)) !== before) throw new Error("not the same after reopening");
            }
          }
        } finally {
          await place.remove();
        }
      }),
      { numRuns: 15 },
    );
  });
});

describe("privacy", () => {
  const canaries = {
    name: "Nguyễn Thị Hoàng Yến",
    phone: "0905777888",
    code: "MC-7K3F-9QWE-2RTY",
    text: "họ đòi tôi năm triệu",
    chat: "telegram:771199228833",
    email: "yen.canary@example.vn",
    official: "zalo:998877665544",
    message: "tg-update-4455667788",
    question: "con tôi tên Bảo Trâm",
  };
  const told = async (store: Store): Promise<void> => {
    const conversation = canaries.chat;
    const filing = { kind: "bribe" as const, text: canaries.text, named: true as const };
    const identity = { person: { name: canaries.name, phone: canaries.phone }, email: canaries.email };
    const notice = toAgency("c1/1/agency", "c1");
    await store.commit({
      complaints: [
        {
          id: "c1",
          revision: 0,
          events: [filed("c1", { conversation, trackingCode: canaries.code, mailed: true, filing })],
          identity,
        },
      ],
      handled: { key: canaries.message, conversation, replies: [reply(`Mã của bạn: ${canaries.code}`)] },
      session: { conversation, session: { ...newSession(), topics: [canaries.text] } },
      posts: [{ conversation, reply: reply(canaries.name) }],
      deliveries: [notice, toPerson(`c1/1/${conversation}`, "c1", conversation)],
      unanswered: { at: AT, question: canaries.question, intent: "unclear" },
      linkCode: { hash: "h1", agency: AGENCY, role: "officer", expiresAt: AT },
    });
    const official = { sender: canaries.official, agency: AGENCY, role: "officer" as const, boundAt: AT };
    await store.commit({ bind: { official, codeHash: "h1" } });
    const problem = `bounced: ${canaries.email}`;
    await store.settle(`c1/1/${conversation}`, folder.clock.now(), { kind: "failed", problem, dead: true });
  };

  const leaks = async (): Promise<string[]> => {
    const files = [...(await folder.contents())].flatMap(([path, bytes]) => [path, bytes.toString("utf8")]);
    return Object.values(canaries).filter((canary) =>
      [
        canary,
        canary.split(":").at(-1) ?? "",
        JSON.stringify(canary).slice(1, -1),
        Buffer.from(canary).toString("base64").slice(0, -4),
      ].some((form) => files.some((text) => text.includes(form))),
    );
  };

  it("nothing of anybody is readable in the files, neither in the journal nor in a snapshot", async () => {
    const store = await folder.open();
    await told(store);
    expect(await leaks()).toEqual([]);
    await store.close();
    expect((await readdir(folder.files)).toSorted()).toContain("store.json");
    expect(await leaks()).toEqual([]);
  });

  it("what an operator is told names nobody", async () => {
    const store = await folder.open({ checkpointBytes: 1 });
    await told(store);
    await store.close();
    const reported = JSON.stringify(folder.facts);
    expect(Object.values(canaries).filter((canary) => reported.includes(canary))).toEqual([]);
  });

  it("after erasing and closing, no file holds the conversation's key any more", async () => {
    let store = await folder.open();
    await told(store);
    await store.commit({ session: { conversation: "web:other", session: newSession() } });
    await store.close();
    store = await folder.open();
    const keysOf = async (): Promise<Set<string>> => {
      const texts = [...(await folder.contents()).values()].map((bytes) => bytes.toString("latin1"));
      return new Set(
        texts.flatMap((text) =>
          [...text.matchAll(/"owner":"(conversation:[^"]+)"/g)].map(([, owner]) => owner ?? ""),
        ),
      );
    };
    const before = await keysOf();
    await store.commit({ erase: { conversation: canaries.chat } });
    expect(await keysOf()).toEqual(before);
    await store.close();
    expect([before.size, (await keysOf()).size]).toEqual([2, 1]);
    store = await folder.open();
    expect(await store.session(canaries.chat)).toBeUndefined();
    expect(await store.complaintByCode(canaries.code)).toMatchObject({ mailed: true });
    expect(await store.identity("c1")).toMatchObject({ email: canaries.email });
  });

  it("an erasure cut short by a kill is finished after the next start", async () => {
    const first = await folder.open();
    await told(first);
    await first.commit({ erase: { conversation: canaries.chat } });
    const copy = await dataFolder();
    await cp(folder.data, copy.data, { recursive: true });
    const store = await copy.open();
    await store.close();
    const texts = [...(await copy.contents()).values()].map((bytes) => bytes.toString("latin1"));
    expect(texts.filter((text) => text.includes('"owner":"conversation:'))).toEqual([]);
    await copy.remove();
  });

  it("the identity key itself is in no file", async () => {
    const store = await folder.open();
    await told(store);
    await store.close();
    for (const bytes of (await folder.contents()).values()) {
      for (const form of [KEY.toString("base64"), KEY.toString("hex")])
        expect(bytes.includes(form)).toBe(false);
    }
  });
});

describe("checkpoints", () => {
  it("keep the journal short and drop a segment one generation late", async () => {
    const store = await folder.open({ checkpointBytes: 20_000 });
    for (let index = 0; index < 200; index += 1) {
      await store.commit({
        session: { conversation: "web:a", session: { ...newSession(), topics: ["x".repeat(500)] } },
      });
    }
    await store.close();
    expect(folder.events().filter((event) => event === "snapshot_written").length).toBeGreaterThan(4);
    const segments = (await readdir(folder.files)).filter((name) => name.startsWith("journal"));
    expect(segments.length).toBeLessThanOrEqual(2);
  });

  it("opened and closed without a commit, nothing is written", async () => {
    const store = await folder.open();
    await store.commit(filing("c1"));
    await store.close();
    const before = await folder.contents();
    const again = await folder.open();
    await again.close();
    expect(new Map([...(await folder.contents())].filter(([path]) => !path.endsWith("lock")))).toEqual(
      new Map([...before].filter(([path]) => !path.endsWith("lock"))),
    );
  });

  it("a snapshot made while commits go on is of one moment, so that a kill right after it loses nothing", async () => {
    const copy = await dataFolder();
    const acknowledged: string[] = [];
    let copied: string[] | undefined;
    let snapshots = 0;
    const store = await folder.open({
      checkpointBytes: 1,
      failPoint: (name) => {
        if (name !== "after-drop") return;
        snapshots += 1;
        if (snapshots !== 2) return;
        copied = [...acknowledged];
        cpSync(folder.data, copy.data, { recursive: true });
      },
    });
    // Much to write, so that several batches are stored while one snapshot is written.
    const big = Array.from({ length: 60 }, (_, index) => `big${index}`);
    const filing50k = { kind: "late" as const, text: "x".repeat(50_000) };
    await store.commit({
      complaints: big.map((id) => ({ id, revision: 0, events: [filed(id, { filing: filing50k })] })),
    });
    acknowledged.push(...big);
    const isCopied = (): boolean => copied !== undefined;
    const lane = async (number: number): Promise<void> => {
      for (let index = 0; index < 300 && !isCopied(); index += 1) {
        const id = `c${number}-${index}`;
        await store.commit(filing(id));
        acknowledged.push(id);
      }
    };
    await Promise.all([0, 1, 2, 3, 4, 5].map(lane));
    await store.close();
    expect(folder.events()).not.toContain("snapshot_failed");
    const reopened = await copy.open();
    const found = await Promise.all((copied ?? []).map((id) => reopened.complaint(id)));
    expect(found.every(Boolean)).toBe(true);
    expect(found.length).toBeGreaterThan(60);
    await copy.remove();
  });
});
