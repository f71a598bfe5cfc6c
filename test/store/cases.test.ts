import { readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Complaint, ComplaintEvent } from "../../src/complaints/complaint.ts";
import type { Change, Store } from "../../src/store/store.ts";
import { wholeEmbedded } from "../../src/store/whole-embedded.ts";
import { AGENCY, AT, erased, filing, reply } from "../contracts/examples.ts";
import { type DataFolder, dataFolder, KEY } from "./folder.ts";

/** A checkpoint as soon as the journal is longer than a kilobyte for each case. */
const OFTEN = { checkpointBytes: 1 };
const CASES = 12;
const by = { agency: AGENCY, via: "chat" } as const;

let folder: DataFolder;
beforeEach(async () => {
  folder = await dataFolder();
});
afterEach(() => folder.remove());

let messages = 0;
/** With so many words beside it that a checkpoint is due. */
const loud = (change: Change): Change => {
  messages += 1;
  const replies = [reply("Dài. ".repeat(5_000))];
  return { ...change, handled: { key: `loud ${messages}`, conversation: "web:loud", replies } };
};

const id = (number: number): string => `c${number}`;
const after = (revision: number, name: string, ...events: ComplaintEvent[]): Change => ({
  complaints: [{ id: name, revision, events }],
});
const progress = (text: string): ComplaintEvent => ({ type: "progress", at: AT, by, text });

/** Some filed, some under way, some answered and closed, one erased; two of one conversation. */
async function fill(store: Store): Promise<void> {
  for (let number = 0; number < CASES; number += 1)
    await store.commit(loud(filing(id(number), number === 1 ? { conversation: "web:c0" } : {})));
  for (let number = 0; number < CASES; number += 2)
    await store.commit(loud(after(1, id(number), progress(`đang xem xét ${number}`))));
  for (let number = 0; number < CASES; number += 4) {
    await store.commit(after(2, id(number), { type: "answered", at: AT, by, text: "Đã giải quyết." }));
    await store.commit(after(3, id(number), { type: "confirmed", at: AT }));
  }
  await store.commit(after(4, "c8", erased("c8", 4)));
}

async function listed(cases: AsyncIterable<Complaint>): Promise<Complaint[]> {
  const found: Complaint[] = [];
  for await (const complaint of cases) found.push(complaint);
  return found;
}

/** All that a store tells of its cases. */
async function told(store: Store): Promise<unknown> {
  return {
    each: await Promise.all(Array.from({ length: CASES }, (_, number) => store.complaint(id(number)))),
    byCode: await store.complaintByCode("MC-c3"),
    of: await store.complaintsOf("web:c0"),
    held: await store.complaintsHeldBy(AGENCY),
    dossier: await store.complaintsByDossier("h17.01-261002-0007"),
    open: await store.openComplaints(),
    all: await listed(store.complaints()),
    waking: await listed(store.waking(new Date(AT))),
    figures: await store.figures(),
  };
}

const saidFiles = async (): Promise<string[]> =>
  (await readdir(folder.files))
    .filter((name) => name.startsWith("talk-"))
    .map((name) => join(folder.files, name));

describe("cases that left memory", () => {
  it("are found and read as before, now and after the next start", async () => {
    const other = await dataFolder();
    const control = await other.open({ checkpointBytes: 1e9 });
    await fill(control);
    let store = await folder.open(OFTEN);
    await fill(store);
    expect(await told(store)).toEqual(await told(control));
    await store.close();
    expect(await readFile(join(folder.files, "store.json"), "utf8")).not.toMatch(/"events".*"sealed":"/);
    store = await folder.open();
    expect(await told(store)).toEqual(await told(control));
    await other.remove();
  });

  it("are in memory no more after a checkpoint", async () => {
    const store = await folder.open(OFTEN);
    await store.commit(loud(filing("c1")));
    await store.commit(loud(filing("c2")));
    await expect
      .poll(async () => (await readFile(join(folder.files, "store.json"), "utf8")).includes('"c1"'))
      .toBe(true);
    for (const path of await saidFiles()) await truncate(path, 0);
    await expect(store.complaint("c1")).rejects.toThrow(/talk-\d+\.log is cut short; restore/);
    // What is chosen by is still known.
    expect((await store.figures()).open).toBe(2);
  });

  it("come back when something happens to them, while checkpoints go on", async () => {
    const store = await folder.open(OFTEN);
    for (let number = 0; number < 3; number += 1) await store.commit(filing(id(number)));
    const go = async (name: string): Promise<void> => {
      for (let revision = 1; revision <= 40; revision += 1) {
        const [seen] = await Promise.all([
          store.complaint(name),
          store.commit(loud(after(revision, name, progress(`${name} ${revision}`)))),
        ]);
        expect(seen?.revision).toBeGreaterThanOrEqual(revision);
      }
    };
    await Promise.all([go("c0"), go("c1"), go("c2")]);
    await store.close();
    const again = await folder.open();
    for (let number = 0; number < 3; number += 1) {
      const complaint = await again.complaint(id(number));
      expect(complaint?.events.slice(1)).toEqual(
        Array.from({ length: 40 }, (_, index) => progress(`${id(number)} ${index + 1}`)),
      );
    }
  });

  it("stay put off, until something happens", async () => {
    const store = await folder.open(OFTEN);
    await store.commit(loud(filing("c1")));
    await store.commit(loud(filing("c2")));
    const names = async (): Promise<string[]> =>
      (await listed(store.waking(new Date(AT)))).map((one) => one.id);
    await store.putOff([{ id: "c1", revision: 1, until: new Date(Date.parse(AT) + 60_000) }]);
    await store.putOff([{ id: "c2", revision: 7 }]);
    // Two more checkpoints.
    await store.commit(loud({}));
    await store.commit(loud({}));
    expect(await names()).toEqual(["c2"]);
    await store.commit(after(1, "c1", progress("xem")));
    expect(await names()).toEqual(["c1", "c2"]);
  });

  it("that are handed on while others are read are not told to who held them", async () => {
    const store = await folder.open();
    for (let number = 0; number < 100; number += 1) await store.commit(filing(id(number)));
    await store.close();
    const again = await folder.open();
    const to = "ubnd.nui-thanh";
    const handedOn: ComplaintEvent = { type: "transferred", at: AT, by, to, reason: "đúng thẩm quyền" };
    const [held] = await Promise.all([
      again.complaintsHeldBy(AGENCY),
      again.commit(after(1, "c99", handedOn)),
    ]);
    expect(held.flatMap(({ id, holders }) => (holders.includes(AGENCY) ? [] : [id]))).toEqual([]);
    expect(held.length).toBeGreaterThanOrEqual(99);
  });

  it("and became unreadable since hold up no other: they are passed over and reported", async () => {
    const first = await folder.open();
    for (const name of ["c1", "c2", "c3"]) await first.commit(filing(name));
    await first.close();
    const store = await folder.open();
    const snapshot = await readFile(join(folder.files, "store.json"), "utf8");
    const [, at = ""] = /"complaint":"c2".*?"at":(\d+)/.exec(snapshot) ?? [];
    const [path = ""] = await saidFiles();
    const bytes = await readFile(path);
    bytes.fill("A", Number(at) + 40, Number(at) + 60);
    await writeFile(path, bytes);
    const waking = await listed(store.waking(new Date(AT)));
    expect(waking.map((one) => one.id)).toEqual(["c1", "c3"]);
    const since = await listed(store.filedSince(new Date(AT), () => false));
    expect(since.map((one) => one.id)).toEqual(["c1", "c3"]);
    expect(folder.facts).toContainEqual({
      event: "case_unreadable",
      complaint: "c2",
      problem: expect.stringMatching(/talk-000001\.log: .*does not open.*restore/),
    });
    expect(folder.facts.filter(({ event }) => event === "case_unreadable")).toHaveLength(1);
    expect((await store.openComplaints()).map((one) => one.id)).toEqual(["c1", "c3"]);
    expect(await store.figures()).toMatchObject({ open: 3, unreadable: 1 });
    await expect(store.complaint("c2")).rejects.toThrow("does not open");
  });

  it("that are damaged stop the start, which tells the file and the remedy", async () => {
    const store = await folder.open();
    await store.commit(filing("c1"));
    await store.close();
    const [path = ""] = await saidFiles();
    const bytes = await readFile(path);
    bytes[40] = bytes[40] === 0x41 ? 0x42 : 0x41;
    await writeFile(path, bytes);
    const problem = /talk-000001\.log: .*does not open.*; restore the store from a backup/;
    await expect(folder.open()).rejects.toThrow(problem);
    const { faults } = await wholeEmbedded(folder.data, KEY).verify();
    expect(faults).toEqual([expect.stringMatching(problem)]);
  });
});
