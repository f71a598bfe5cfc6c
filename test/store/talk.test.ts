import { copyFile, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newSession } from "../../src/conversation/session.ts";
import type { FailPointName } from "../../src/store/report.ts";
import type { Change, Store } from "../../src/store/store.ts";
import { wholeEmbedded } from "../../src/store/whole-embedded.ts";
import { filing, reply } from "../contracts/examples.ts";
import { type DataFolder, dataFolder, KEY } from "./folder.ts";

/** A checkpoint after each commit. */
const OFTEN = { checkpointBytes: 1 };
/** Longer than what is put together with later talk. */
const LONG = "Câu trả lời dài. ".repeat(80_000);

let folder: DataFolder;
beforeEach(async () => {
  folder = await dataFolder();
});
afterEach(() => folder.remove());

/** A message of a conversation, what was replied, and a post that waits for the page. */
function talk(number: number, conversation = `web:${number}`, text = `trả lời ${number}`): Change {
  return {
    handled: { key: `m${number}`, conversation, replies: [reply(text)] },
    session: { conversation, session: { ...newSession(), language: number % 2 === 0 ? "en" : "vi" } },
    posts: [{ conversation, reply: reply(`tin ${number}`) }],
  };
}

/** All that a conversation tells of a message. */
async function told(store: Store, number: number, conversation = `web:${number}`) {
  return {
    replies: await store.handled(`m${number}`),
    language: (await store.session(conversation))?.language,
    posts: (await store.posts(conversation, 0)).map(({ reply }) => reply.text),
  };
}

const expected = (number: number) => ({
  replies: [reply(`trả lời ${number}`)],
  language: number % 2 === 0 ? "en" : "vi",
  posts: [`tin ${number}`],
});

const talkFiles = async (): Promise<string[]> =>
  (await readdir(folder.files)).filter((name) => name.startsWith("talk-")).toSorted();
const inFiles = async (name: string): Promise<string> => readFile(join(folder.files, name), "latin1");

describe("what is said in conversations", () => {
  it("is read from its files after checkpoints, and after the next start", async () => {
    let store = await folder.open(OFTEN);
    for (let number = 0; number < 20; number += 1) await store.commit(talk(number));
    for (let number = 0; number < 20; number += 1)
      expect(await told(store, number)).toEqual(expected(number));
    await store.close();
    // The snapshot only says where it lies.
    const [, sealed = ""] = /"sealed":"([^"]+)"/.exec(await inFiles("store.json")) ?? [];
    expect(sealed).toBe("");
    store = await folder.open();
    for (let number = 0; number < 20; number += 1)
      expect(await told(store, number)).toEqual(expected(number));
  });

  it("is in memory no more after a checkpoint", async () => {
    const store = await folder.open(OFTEN);
    await store.commit(talk(1));
    await store.commit(talk(2));
    await expect.poll(async () => (await inFiles("store.json")).includes('"post"')).toBe(true);
    for (const name of await talkFiles()) await truncate(join(folder.files, name), 0);
    await expect(store.handled("m1")).rejects.toThrow(/talk-\d+\.log is cut short; restore/);
    await expect(store.session("web:1")).rejects.toThrow("is cut short");
    await expect(store.posts("web:1", 0)).rejects.toThrow("is cut short");
  });

  it("is put together, so that many checkpoints and starts make few files", async () => {
    for (let start = 0; start < 5; start += 1) {
      const store = await folder.open(OFTEN);
      for (let number = 0; number < 6; number += 1) await store.commit(talk(start * 6 + number));
      await store.close();
    }
    expect((await talkFiles()).length).toBeLessThanOrEqual(2);
    const store = await folder.open();
    for (let number = 0; number < 30; number += 1)
      expect(await told(store, number)).toEqual(expected(number));
  });

  it("stays where it lies in a long file, until most of that is not needed any more", async () => {
    let store = await folder.open();
    await store.commit(talk(1, "web:1", LONG));
    await store.commit(talk(2, "web:2", LONG));
    await store.close();
    const [long = ""] = await talkFiles();
    store = await folder.open();
    await store.commit(talk(3));
    await store.close();
    expect(await talkFiles()).toContain(long);

    store = await folder.open();
    await store.commit({ erase: { conversation: "web:1" } });
    await store.close();
    store = await folder.open();
    await store.commit({ erase: { conversation: "web:2" } });
    await store.close();
    expect(await talkFiles()).not.toContain(long);
    store = await folder.open();
    expect(await told(store, 3)).toEqual(expected(3));
    expect(await store.handled("m1")).toEqual([]);
  });

  it("can be read while the file it lies in is taken away, and erased while it is read", async () => {
    const store = await folder.open(OFTEN);
    for (let number = 0; number < 40; number += 1) {
      await store.commit(talk(number, "web:1"));
      const [language] = await Promise.all([
        store.session("web:1").then((session) => session?.language),
        store.handled(`m${number}`),
        ...(number % 7 === 6 ? [store.commit({ erase: { conversation: "web:1" } })] : []),
      ]);
      expect(language).toBe(number % 2 === 0 ? "en" : "vi");
    }
  });

  it("is in a backup that is read while checkpoints go on", async () => {
    const store = await folder.open(OFTEN);
    for (let number = 0; number < 10; number += 1) await store.commit(talk(number));
    const entries: { readonly kind: string; readonly sealed?: unknown }[] = [];
    for await (const entry of wholeEmbedded(folder.data, KEY).entries()) {
      await store.commit(talk(100 + entries.length));
      entries.push(entry);
    }
    const sealed = entries.filter(({ kind }) => ["session", "handled", "post"].includes(kind));
    expect(sealed).toHaveLength(30);
    expect(sealed.every((entry) => typeof entry.sealed === "string")).toBe(true);
  });

  it("of before there were files of talk is read from the snapshot", async () => {
    const store = await folder.open();
    for (let number = 0; number < 3; number += 1) await store.commit(talk(number));
    const entries: object[] = [];
    for await (const entry of wholeEmbedded(folder.data, KEY).entries()) entries.push(entry);
    await store.close();
    const { crc32 } = await import("node:zlib");
    const [first = ""] = (await inFiles("store.json")).split("\n");
    const [, , ...header] = first.split(" ");
    const rest = ["1", ...header].join(" ");
    const text = `${rest}\n${entries.map((entry) => `${JSON.stringify(entry)}\n`).join("")}`;
    const sum = crc32(text).toString(16).padStart(8, "0");
    await writeFile(join(folder.files, "store.json"), `${sum} ${text}`);
    for (const name of await talkFiles()) await rm(join(folder.files, name));
    const again = await folder.open();
    for (let number = 0; number < 3; number += 1) expect(await told(again, number)).toEqual(expected(number));
  });
});

describe("a file of talk", () => {
  const stored = async (): Promise<string> => {
    const store = await folder.open();
    await store.commit(talk(1, "web:1", LONG));
    await store.close();
    const [name = ""] = await talkFiles();
    return join(folder.files, name);
  };

  it("that is missing or cut short is missed at the start, which tells the remedy", async () => {
    const path = await stored();
    await copyFile(path, join(folder.data, "aside"));
    await truncate(path, 1000);
    await expect(folder.open()).rejects.toThrow(
      /talk-000001\.log has 1000 bytes, not \d+; restore the store from a backup/,
    );
    await rm(path);
    await expect(folder.open()).rejects.toThrow(/talk-000001\.log is missing; put it back, or restore/);
    expect((await wholeEmbedded(folder.data, KEY).verify()).faults).toEqual([
      expect.stringMatching(/talk-000001\.log is missing/),
    ]);
    await copyFile(join(folder.data, "aside"), path);
    expect((await (await folder.open()).handled("m1"))?.length).toBe(1);
  });

  it("with a byte changed is found by verify, and what lies there never opens", async () => {
    const path = await stored();
    const bytes = await readFile(path);
    bytes[500_000] = bytes[500_000] === 0x41 ? 0x42 : 0x41;
    await writeFile(path, bytes);
    expect((await wholeEmbedded(folder.data, KEY).verify()).faults).toEqual([
      expect.stringMatching(/talk-000001\.log: .*does not open/),
    ]);
    const store = await folder.open();
    await expect(store.handled("m1")).rejects.toThrow(/talk-000001\.log: .*does not open/);
    expect((await store.session("web:1"))?.language).toBe("vi");
  });

  for (const at of ["after-talk", "before-link", "before-rename", "after-rename"] as const) {
    it(`is not left behind when a snapshot fails ${at}, and nothing is lost`, async () => {
      let broken = false;
      const failPoint = (name: FailPointName): void => {
        if (name === at && broken) throw Object.assign(new Error("EIO"), { code: "EIO" });
      };
      let store = await folder.open({ failPoint });
      broken = true;
      await store.commit(talk(1));
      await store.close();
      expect(folder.events()).toContain("snapshot_failed");
      // After the rename the next start may find the snapshot that needs it.
      expect(await talkFiles()).toHaveLength(at === "after-rename" ? 1 : 0);
      broken = false;
      store = await folder.open();
      expect(await told(store, 1)).toEqual(expected(1));
      await store.commit(filing("c1"));
      await store.close();
      store = await folder.open();
      expect(await told(store, 1)).toEqual(expected(1));
      expect((await stat(join(folder.files, (await talkFiles()).at(-1) ?? ""))).size).toBeGreaterThan(0);
    });
  }

  it("left by a program that was killed before its snapshot goes with the next checkpoint", async () => {
    const path = await stored();
    await copyFile(path, join(folder.files, "talk-000007.log"));
    const store = await folder.open();
    await store.commit(talk(2));
    await store.close();
    expect(await talkFiles()).toEqual(["talk-000001.log", "talk-000008.log"]);
  });
});
