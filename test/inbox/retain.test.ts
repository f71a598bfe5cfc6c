import { expect, it, onTestFinished, vi } from "vitest";
import type { ComplaintEvent } from "../../src/complaints/complaint.ts";
import type { Draft } from "../../src/complaints/draft.ts";
import { erase } from "../../src/complaints/erase.ts";
import { COORDINATOR } from "../../src/complaints/route.ts";
import { newSession, type Session } from "../../src/conversation/session.ts";
import type { EvidenceStore } from "../../src/evidence/evidence.ts";
import { createRetention } from "../../src/inbox/retain.ts";
import { openEvidenceFiles } from "../../src/store/evidence-files.ts";
import { StoreError } from "../../src/store/store.ts";
import { filed } from "../contracts/examples.ts";
import { guide } from "../conversation/talk.ts";
import { dataFolder } from "../store/folder.ts";

const DAY_MS = 86_400_000;
const START = Date.parse("2026-11-20T01:00:00Z");

async function ownersIn(evidence: EvidenceStore): Promise<string[]> {
  const found: string[] = [];
  for await (const owner of evidence.owners()) found.push(owner);
  return found.toSorted();
}

const draft = { id: "d", shown: 0, story: ["x"], placeChoices: [], done: [], step: "place" } as const;
const told: Draft = { ...draft, story: ["x"], placeChoices: [], done: [] };

/** A store whose clock jumps, with a case in each state that matters. `evidence`: files of another one. */
async function open({
  evidence: shared,
  cases,
  ways = ["telegram:-7", "email:x@y.vn"],
}: {
  evidence?: EvidenceStore;
  cases?: [];
  ways?: string[];
} = {}) {
  const folder = await dataFolder();
  onTestFinished(folder.remove);
  let now = START;
  const clock = (): Date => new Date(now);
  const store = await folder.open({ clock });
  const evidence = shared ?? openEvidenceFiles(folder.data, clock);
  const lines: string[] = [];
  const contacts = (agency: string): string[] => (agency === COORDINATOR ? ways : []);
  const parts = {
    store,
    evidence,
    guide: { ...guide, rules: { ...guide.rules, contactsOf: contacts } },
    clock,
    nudge: () => undefined,
    log: (_level: string, event: string, facts?: object) => void lines.push(JSON.stringify([event, facts])),
  };
  const run = createRetention(parts);
  const at = clock().toISOString();
  const commit = (id: string, events: readonly ComplaintEvent[]): Promise<void> =>
    store.commit({ complaints: [{ id, revision: 0, events: [filed(id, { at }), ...events] }] });
  const all: readonly (readonly [id: string, ...events: ComplaintEvent[]])[] = [
    ["open"],
    [
      "appealed",
      { type: "answered", at, by: { agency: "a", via: "chat" }, text: "Xong" },
      { type: "disputed", at, reason: "Chưa", to: [COORDINATOR] },
    ],
    ["held", { type: "withdrawn", at }, { type: "held", at, reason: "Tòa án cần" }],
    ["over", { type: "withdrawn", at }],
  ];
  for (const [id, ...events] of cases ?? all) await commit(id, events);
  return {
    store,
    evidence,
    lines,
    run,
    retainWith: (other: typeof store) => createRetention({ ...parts, store: other }),
    /** One that is filed and taken back at this time. */
    withdraws: (id: string, iso: string): Promise<void> =>
      store.commit({
        complaints: [{ id, revision: 0, events: [filed(id, { at: iso }), { type: "withdrawn", at: iso }] }],
      }),
    to: (iso: string): void => {
      now = Date.parse(iso);
    },
    pass: (days: number): void => {
      now += days * DAY_MS;
    },
    /** The coordinator is told this long before. */
    announced: async (iso: string): Promise<void> => {
      now = Date.parse(iso);
      await run();
    },
    status: async (id: string): Promise<string | undefined> => (await store.complaint(id))?.status,
    due: async () => store.claim(clock(), 50, 60),
  };
}

it("erases closed cases after 24 months to the day, never an open, appealed or held one", async () => {
  const { store, run, to, status, announced } = await open();
  await announced("2028-10-21T00:00:00Z");
  to("2028-11-20T16:59:00Z");
  expect(await run()).toBe(0);
  expect(await status("over")).toBe("withdrawn");
  to("2028-11-20T17:00:00Z");
  expect(await run()).toBe(1);
  expect(await status("over")).toBe("erased");
  to("2036-01-01T00:00:00Z");
  expect(await run()).toBe(0);
  expect(await status("open")).toBe("registered");
  expect(await status("appealed")).toBe("disputed");
  expect(await status("held")).toBe("withdrawn");
  const held = await store.complaint("held");
  await store.commit({
    complaints: [
      {
        id: "held",
        revision: held?.revision ?? 0,
        events: [{ type: "unheld", at: "2036-01-01T00:00:00Z" }],
      },
    ],
  });
  await announced("2036-01-02T00:00:00Z");
  to("2036-02-01T00:00:00Z");
  expect(await run()).toBe(0);
  to("2036-02-02T00:00:00Z");
  expect(await run()).toBe(1);
  expect(await status("held")).toBe("erased");
});

it("announces a case anew when a hold is lifted that came after the announcement", async () => {
  const { store, run, to, status, announced } = await open();
  await announced("2028-10-21T00:00:00Z");
  const adds = async (event: ComplaintEvent): Promise<void> => {
    const revision = (await store.complaint("over"))?.revision ?? 0;
    await store.commit({ complaints: [{ id: "over", revision, events: [event] }] });
  };
  await adds({ type: "held", at: "2028-10-30T00:00:00Z", reason: "Tòa án cần" });
  await adds({ type: "unheld", at: "2029-03-01T00:00:00Z" });
  to("2029-03-02T00:00:00Z");
  await run();
  expect(await status("over")).toBe("withdrawn");
  expect((await store.complaint("over"))?.events.at(-1)?.type).toBe("expiring");
  to("2029-04-02T00:00:00Z");
  await run();
  expect(await status("over")).toBe("erased");
});

it("erases the conversation with its last case", async () => {
  const { store, run, to, announced } = await open();
  const old = { ...newSession(), menuAt: "2026-11-20T01:00:00Z" };
  await store.commit({ session: { conversation: "web:over", session: old } });
  await store.commit({
    posts: [{ conversation: "web:over", reply: { text: "Cơ quan trả lời", choices: [] } }],
  });
  await announced("2028-12-01T00:00:00Z");
  to("2029-01-01T00:00:00Z");
  await run();
  expect(await store.session("web:over")).toBeUndefined();
  expect(await store.posts("web:over", 0)).toEqual([]);
});

it("erases what was said in a conversation without a case 90 days after the last word, and nothing else", async () => {
  const { store, run, to, lines } = await open();
  const says = (name: string, menuAt: string, more: Partial<Session> = {}): Promise<void> =>
    store.commit({
      session: { conversation: name, session: { ...newSession(), asked: "khai sinh", menuAt, ...more } },
      posts: [{ conversation: name, reply: { text: "Trả lời", choices: [] } }],
    });
  await says("web:over", "2026-11-20T01:00:00Z");
  await says("web:a", "2026-11-20T01:00:00Z");
  await says("web:b", "2026-11-25T01:00:00Z");
  await says("web:c", "2026-11-20T01:00:00Z", { draft: told });
  to("2027-02-17T00:00:00Z");
  await run();
  expect(await store.session("web:a")).toBeDefined();
  to("2027-02-19T00:00:00Z");
  await run();
  expect(lines.join()).toContain('"conversations":2');
  for (const name of ["web:a", "web:c"]) {
    expect(await store.session(name)).toBeUndefined();
    expect(await store.posts(name, 0)).toEqual([]);
  }
  for (const name of ["web:b", "web:over"]) expect(await store.posts(name, 0)).toHaveLength(1);
  expect(await store.session("web:over")).toBeDefined();
  to("2027-02-24T00:00:00Z");
  await run();
  expect(await store.session("web:b")).toBeUndefined();
});

it("goes on past a damaged case that has files", async () => {
  const { store, evidence, retainWith, to, lines } = await open();
  await evidence.put("open", new Uint8Array(3));
  await store.commit({
    session: { conversation: "web:a", session: { ...newSession(), menuAt: "2026-11-20T01:00:00Z" } },
  });
  const run = retainWith({
    ...store,
    complaint: (id) => (id === "open" ? Promise.reject(new StoreError("damaged")) : store.complaint(id)),
  });
  to("2027-03-01T00:00:00Z");
  await run();
  expect(await store.session("web:a")).toBeUndefined();
  expect(await ownersIn(evidence)).toEqual(["open"]);
  expect(lines.join()).toContain('"problem":"StoreError"');
});

it.each<readonly [string, Partial<Session>]>([
  ["what is being told", { draft: told }],
  ["a reminder to come", { reminders: [{ id: "r", at: "2029-03-01T01:00:00Z", day: "2029-03-01", told }] }],
  ["a reminder just come", { reminders: [{ id: "r", at: "2028-12-30T01:00:00Z", day: "2028-12-30", told }] }],
  ["what was said lately", { menuAt: "2028-12-20T01:00:00Z" }],
])("erases a case and leaves %s", async (_, more) => {
  const { store, run, to, announced, status } = await open();
  const reminder = more.reminders?.[0];
  await announced("2028-12-01T00:00:00Z");
  await store.commit({
    session: { conversation: "web:over", session: { ...newSession(), ...more } },
    ...(reminder && {
      deliveries: [
        {
          id: reminder.id,
          notBefore: reminder.at,
          to: { kind: "chat", conversation: "web:over" },
          content: { kind: "person", text: "Hôm nay đến hẹn", choices: [] },
        },
      ],
    }),
  });
  to("2029-01-01T00:00:00Z");
  await run();
  expect(await status("over")).toBe("erased");
  expect(await store.session("web:over")).toMatchObject(more);
  to("2029-03-02T00:00:00Z");
  const due = await store.claim(new Date("2029-03-02T00:00:00Z"), 50, 60);
  expect(due.filter(({ delivery }) => delivery.id === "r")).toHaveLength(reminder ? 1 : 0);
});

it("does not take back what is promised to a chat while quiet ones are looked through", async () => {
  const { store, to, due, retainWith } = await open({ cases: [] });
  const old = { ...newSession(), menuAt: "2026-11-20T01:00:00Z" };
  await store.commit({ session: { conversation: "telegram:8", session: old } });
  to("2027-03-01T00:00:00Z");
  const list = { id: "list", to: { kind: "chat", conversation: "telegram:8" } } as const;
  const retain = retainWith({
    ...store,
    quiet: async function* () {
      for await (const one of store.quiet()) {
        await store.commit({
          deliveries: [{ ...list, content: { kind: "official", text: "Việc hôm nay", choices: [] } }],
        });
        yield one;
      }
    },
  });
  await retain();
  expect((await due()).map(({ delivery }) => delivery.id)).toEqual(["list"]);
  expect(await store.session("telegram:8")).toEqual(old);
});

it("tells the coordinator's chats once of each case, a month before, and no mail box", async () => {
  const { run, to, due, store } = await open();
  to("2028-10-20T00:00:00Z");
  await run();
  expect(await due()).toEqual([]);
  for (const day of ["2028-10-21", "2028-10-22", "2028-10-23"]) {
    to(`${day}T00:00:00Z`);
    await run();
  }
  const told = await due();
  expect(told.map(({ delivery }) => delivery.to)).toEqual([{ kind: "chat", conversation: "telegram:-7" }]);
  expect(JSON.stringify(told)).toContain("MC-over");
  expect(JSON.stringify(told)).toContain("20/11/2028");
  expect(JSON.stringify(told)).not.toMatch(/MC-(?:held|open|appealed)/);
  expect((await store.complaint("over"))?.events.at(-1)?.type).toBe("expiring");
});

it.each([
  [["email:x@y.vn", "webhook:https://a.vn"]],
  // Until somebody says how the coordinator is reached.
  [[]],
])("tells a coordinator without a chat in the other ways that there are: %j", async (ways) => {
  const { run, to, due, store } = await open({ ways });
  const [agency, role] = [COORDINATOR, "coordinator"] as const;
  const at = "2026-11-20T01:00:00Z";
  await store.commit({ linkCode: { hash: "h", agency, role, expiresAt: "2030-01-01T00:00:00.000Z" } });
  await store.commit({ bind: { official: { sender: "desk:1", agency, role, boundAt: at }, codeHash: "h" } });
  to("2028-10-21T00:00:00Z");
  await run();
  const told = (await due()).map(({ delivery }) => delivery);
  expect(told.map((one) => one.to)).toEqual(
    (ways.length > 0 ? ways : ["none"]).map((contact) => ({ kind: "agency", agency, contact })),
  );
  for (const { content } of told)
    expect(content).toMatchObject({ kind: "alarm", alarm: { kind: "retention" } });
  expect(JSON.stringify(told)).toContain("MC-over");
});

it("tells of a later case in the same month, also when an earlier one is erased before its news goes out", async () => {
  const { run, to, due, store, withdraws } = await open({ cases: [] });
  await withdraws("early", "2026-11-20T01:00:00Z");
  await withdraws("later", "2026-11-26T01:00:00Z");
  to("2028-10-21T02:00:00Z");
  await run();
  const early = await store.complaint("early");
  const step = early && erase(early, "request", new Date("2028-10-21T03:00:00Z"), guide.rules);
  await store.commit({
    complaints: [{ id: "early", revision: early?.revision ?? 0, events: step?.events ?? [] }],
  });
  to("2028-10-27T02:00:00Z");
  await run();
  const texts = (await due()).map(({ delivery }) => JSON.stringify(delivery.content));
  expect(texts).toHaveLength(2);
  expect(texts.join()).toMatch(/MC-early.*MC-later/);
});

it("erases nothing that was not announced a month before, however long the program did not run", async () => {
  const { run, to, due, status } = await open();
  to("2029-06-01T00:00:00Z");
  expect(await run()).toBe(0);
  expect(JSON.stringify(await due())).toContain("01/07/2029");
  to("2029-07-01T00:00:00Z");
  expect(await run()).toBe(0);
  expect(await status("over")).toBe("withdrawn");
  to("2029-07-02T00:00:00Z");
  expect(await run()).toBe(1);
});

it("announces a case that was taken up again and closed anew as if it had not been announced", async () => {
  const { run, to, status, announced, store } = await open();
  await announced("2028-10-21T00:00:00Z");
  const { revision = 0 } = (await store.complaint("over")) ?? {};
  const events: ComplaintEvent[] = [
    { type: "reopened", at: "2028-10-22T00:00:00Z" },
    { type: "withdrawn", at: "2028-10-23T00:00:00Z" },
  ];
  await store.commit({ complaints: [{ id: "over", revision, events }] });
  to("2030-11-01T00:00:00Z");
  expect(await run()).toBe(0);
  to("2030-12-02T00:00:00Z");
  expect(await run()).toBe(1);
  expect(await status("over")).toBe("erased");
});

it("names every case to be erased, in lists that can be read", async () => {
  const { run, to, due, withdraws } = await open({ cases: [] });
  const ids = Array.from({ length: 41 }, (_, index) => `c${index}`);
  for (const id of ids) await withdraws(id, "2026-11-20T01:00:00Z");
  to("2028-10-21T02:00:00Z");
  await run();
  const texts = (await due()).map(({ delivery }) => JSON.stringify(delivery.content));
  expect(texts).toHaveLength(3);
  for (const id of ids) expect(texts.join()).toMatch(new RegExp(`MC-${id}\\b`));
});

it("destroys files whose complaint was never sent after 7 days, or is erased, and no others", async () => {
  const { evidence, run, pass, to, announced } = await open();
  const bytes = Buffer.from("ảnh");
  for (const owner of ["never", "touched", "open", "over"]) await evidence.put(owner, bytes);
  pass(5);
  await evidence.touch("touched");
  pass(3);
  await run();
  expect(await ownersIn(evidence)).toEqual(["open", "over", "touched"]);
  await announced("2028-12-01T00:00:00Z");
  to("2029-01-01T00:00:00Z");
  await run();
  expect(await ownersIn(evidence)).toEqual(["open"]);
});

it("one folder that cannot be destroyed is logged and keeps no other from it, and the day is done", async () => {
  const { evidence, run, pass, lines, store } = await open();
  for (const owner of ["a", "b", "c"]) await evidence.put(owner, Buffer.from("ảnh"));
  const { discard } = evidence;
  evidence.discard = async (owner) => {
    if (owner === "b") throw new Error("EACCES");
    await discard(owner);
  };
  pass(8);
  await run();
  expect(await ownersIn(evidence)).toEqual(["b"]);
  expect(lines.filter((line) => line.includes('"evidence"'))).toHaveLength(1);
  const looked = vi.spyOn(store, "complaints");
  await run();
  expect(looked).not.toHaveBeenCalled();
});

it("keeps the files of filed cases that the opened store does not know, and says so", async () => {
  const first = await open();
  for (const owner of ["open", "over", "unsent"]) await first.evidence.put(owner, Buffer.from("ảnh"));
  await first.evidence.keep("open");
  await first.evidence.keep("over");
  const other = await open({ evidence: first.evidence, cases: [] });
  other.pass(30);
  await other.run();
  expect(await ownersIn(first.evidence)).toEqual(["open", "over"]);
  expect(other.lines.join()).toContain("does not know");
  expect(other.lines.join()).toContain('"count":2');
});

it("marks what was filed before there were marks", async () => {
  const { evidence, run, pass } = await open();
  for (const owner of ["open", "over"]) await evidence.put(owner, Buffer.from("ảnh"));
  pass(30);
  await run();
  const other = await open({ evidence, cases: [] });
  other.pass(60);
  await other.run();
  expect(await ownersIn(evidence)).toEqual(["open", "over"]);
});

it("looks once a day, and writes no code or name into the log", async () => {
  const { run, to, lines, store, announced } = await open();
  await announced("2028-12-01T00:00:00Z");
  to("2029-01-01T00:00:00Z");
  expect(await run()).toBe(1);
  const before = await store.figures();
  expect(await run()).toBe(0);
  expect(await store.figures()).toEqual(before);
  expect(lines).toEqual(['["retention",{"count":1,"files":0,"conversations":0}]']);
});
