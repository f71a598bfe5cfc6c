import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ComplaintEvent } from "../../src/complaints/complaint.ts";
import { newSession } from "../../src/conversation/session.ts";
import type { DeliveryState } from "../../src/messages/delivery.ts";
import { type Change, Conflict, type Store, StoreError, type Unanswered } from "../../src/store/store.ts";
import {
  AGENCY,
  AT,
  erased,
  FILING,
  filed,
  filing,
  handClock,
  IDENTITY,
  reply,
  toAgency,
  toCoordinator,
  toPerson,
  toRemind,
} from "./examples.ts";

/** A store made for one test. `reopen` closes it and opens what it left behind. */
export type StoreUnderTest = {
  readonly store: Store;
  reopen(): Promise<Store>;
  dispose(): Promise<void>;
};

/** What every store promises, whatever it keeps its data in. */
export function storeContract(open: (clock: () => Date) => Promise<StoreUnderTest>): void {
  let clock = handClock();
  let under: StoreUnderTest;
  let store: Store;
  beforeEach(async () => {
    clock = handClock();
    under = await open(clock.now);
    ({ store } = under);
  });
  afterEach(() => under.dispose());

  const claimIds = async (limit = 10): Promise<string[]> =>
    (await store.claim(clock.now(), limit, 60)).map(({ delivery }) => delivery.id);
  const later = (seconds: number): string => new Date(clock.now().getTime() + seconds * 1000).toISOString();
  const fail = (id: string, nextAt: string | undefined, dead = false, change?: Change): Promise<void> =>
    store.settle(
      id,
      clock.now(),
      { kind: "failed", problem: "503", dead, ...(nextAt && { nextAt }) },
      change,
    );

  describe("complaints", () => {
    it("a filed complaint is found by its number, its code, its conversation and its agency", async () => {
      await store.commit(filing("c1"));
      const complaint = await store.complaint("c1");
      expect(complaint).toMatchObject({ id: "c1", revision: 1, trackingCode: "MC-c1", status: "registered" });
      expect(await store.complaintByCode("MC-c1")).toEqual(complaint);
      expect(await store.complaintsOf("web:c1")).toEqual([complaint]);
      expect(await store.complaintsHeldBy(AGENCY)).toEqual([complaint]);
      expect(await store.openComplaints()).toEqual([complaint]);
    });

    it("nothing is found by what was never stored", async () => {
      expect(await store.complaint("c1")).toBeUndefined();
      expect(await store.complaintByCode("")).toBeUndefined();
      expect(await store.complaintsOf("web:c1")).toEqual([]);
      expect(await store.complaintsHeldBy(AGENCY)).toEqual([]);
      expect(await store.openComplaints()).toEqual([]);
      expect(await store.session("web:c1")).toBeUndefined();
      expect(await store.handled("m1")).toBeUndefined();
      expect(await store.posts("web:c1", 0)).toEqual([]);
      expect(await store.official("telegram:1")).toBeUndefined();
      expect(await store.linkCode("h")).toBeUndefined();
      expect(await store.stuck()).toEqual([]);
      expect(await claimIds()).toEqual([]);
    });

    it("events follow the revision they were decided on", async () => {
      await store.commit(filing("c1"));
      await store.commit({
        complaints: [{ id: "c1", revision: 1, events: [{ type: "confirmed", at: AT }] }],
      });
      expect(await store.complaint("c1")).toMatchObject({ revision: 2, status: "closed_confirmed" });
    });

    it("a change decided on an old revision is refused, and nothing of it is stored", async () => {
      await store.commit(filing("c1"));
      const change: Change = {
        handled: { key: "m9", conversation: "web:c1", replies: [reply("đã rút")] },
        session: { conversation: "web:c1", session: newSession() },
        complaints: [
          { id: "c2", revision: 0, events: [filed("c2")] },
          { id: "c1", revision: 0, events: [{ type: "confirmed", at: AT }] },
        ],
        deliveries: [toAgency("d1", "c1")],
        posts: [{ conversation: "web:c1", reply: reply("đã rút") }],
      };
      await expect(store.commit(change)).rejects.toThrow(Conflict);
      expect(await store.complaint("c1")).toMatchObject({ revision: 1 });
      expect(await store.complaint("c2")).toBeUndefined();
      expect(await store.handled("m9")).toBeUndefined();
      expect(await store.session("web:c1")).toBeUndefined();
      expect(await store.posts("web:c1", 0)).toEqual([]);
      expect(await claimIds()).toEqual([]);
    });

    it("of two officials deciding on the same revision at once, one is told to decide again", async () => {
      await store.commit(filing("c1"));
      const by = { agency: AGENCY, via: "chat" as const };
      const outcomes = await Promise.allSettled([
        store.commit({
          complaints: [{ id: "c1", revision: 1, events: [{ type: "acknowledged", at: AT, by }] }],
        }),
        store.commit({
          complaints: [{ id: "c1", revision: 1, events: [{ type: "answered", at: AT, by, text: "x" }] }],
        }),
      ]);
      expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
      expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
        reason: expect.any(Conflict),
      });
      expect(await store.complaint("c1")).toMatchObject({ revision: 2 });
    });

    it("a revision can be asked for without adding an event to it", async () => {
      await store.commit(filing("c1"));
      await store.commit({ complaints: [{ id: "c1", revision: 1, events: [] }] });
      await expect(store.commit({ complaints: [{ id: "c1", revision: 2, events: [] }] })).rejects.toThrow(
        Conflict,
      );
    });

    it("a tracking code belongs to one complaint", async () => {
      await store.commit(filing("c1"));
      await expect(store.commit(filing("c2", { trackingCode: "MC-c1" }))).rejects.toThrow(Conflict);
      const both = await Promise.allSettled(
        ["c3", "c4"].map((id) => store.commit(filing(id, { trackingCode: "MC-x" }))),
      );
      expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    });

    it("a person sees the newest complaint first, an agency the one due first, without closed ones", async () => {
      const conversation = "telegram:7";
      await store.commit(filing("c1", { conversation, answerDue: "2026-12-09" }));
      await store.commit(filing("c2", { conversation, answerDue: "2026-12-02" }));
      await store.commit(filing("c3", { conversation, answerDue: "2026-12-05" }));
      await store.commit({
        complaints: [{ id: "c3", revision: 1, events: [{ type: "confirmed", at: AT }] }],
      });
      expect((await store.complaintsOf(conversation)).map(({ id }) => id)).toEqual(["c3", "c2", "c1"]);
      expect((await store.complaintsHeldBy(AGENCY)).map(({ id }) => id)).toEqual(["c2", "c1"]);
    });

    it("open complaints about a dossier are found by its code, however it is written, and by no other", async () => {
      const about = (id: string, dossierCode?: string): Change => {
        const { dossierCode: _other, ...rest } = FILING;
        return filing(id, { filing: { ...rest, ...(dossierCode && { dossierCode }) } });
      };
      await store.commit(about("c1", "H17.25-261105-0012"));
      await store.commit(about("c2", "h17.25-261105-0012"));
      await store.commit(about("c3", "H17.25-261105-0013"));
      await store.commit(about("c4"));
      const found = async (code: string): Promise<string[]> =>
        (await store.complaintsByDossier(code)).map(({ id }) => id);
      expect(await found(" H17.25-261105-0012")).toEqual(["c1", "c2"]);
      expect(await found("H17.25-261105")).toEqual([]);
      expect(await found("")).toEqual([]);
      await store.commit({
        complaints: [{ id: "c1", revision: 1, events: [{ type: "confirmed", at: AT }] }],
      });
      expect(await found("H17.25-261105-0012")).toEqual(["c2"]);
      store = await under.reopen();
      expect(await found("H17.25-261105-0012")).toEqual(["c2"]);
    });

    it("all complaints are read oldest first, closed ones too, also after a restart", async () => {
      for (const id of ["c2", "c1", "c3"]) await store.commit(filing(id));
      await store.commit({
        complaints: [{ id: "c1", revision: 1, events: [{ type: "confirmed", at: AT }] }],
      });
      const all = async (): Promise<string[]> => {
        const ids: string[] = [];
        for await (const { id } of store.complaints()) ids.push(id);
        return ids;
      };
      expect(await all()).toEqual(["c2", "c1", "c3"]);
      store = await under.reopen();
      expect(await all()).toEqual(["c2", "c1", "c3"]);
    });

    it("what was filed since a moment is read in the order of filing, but for what is known", async () => {
      const at = (minute: number): string => new Date(Date.parse(AT) + minute * 60_000).toISOString();
      for (let minute = 0; minute < 20; minute++)
        await store.commit(filing(`c${minute}`, { at: at(minute - (minute % 2)) }));
      await store.commit({
        complaints: [{ id: "c17", revision: 1, events: [{ type: "confirmed", at: at(30) }] }],
      });
      const since = async (minute: number, ...known: readonly string[]): Promise<string[]> => {
        const found = store.filedSince(new Date(at(minute)), (id) => known.includes(id));
        const ids: string[] = [];
        for await (const { id } of found) ids.push(id);
        return ids;
      };
      const all = Array.from({ length: 20 }, (_, minute) => `c${minute}`);
      for (const _ of [1, 2]) {
        expect(await since(16)).toEqual(["c16", "c17", "c18", "c19"]);
        expect(await since(15.5, "c16", "c18")).toEqual(["c17", "c19"]);
        expect(await since(0)).toEqual(all);
        expect(await since(-500)).toEqual(all);
        expect(await since(18.5)).toEqual([]);
        store = await under.reopen();
      }
    });

    it("a conversation is quiet that has no case, nothing to come and no message of a month", async () => {
      const session = (name: string): Change => ({
        session: { conversation: name, session: { ...newSession(), asked: name } },
      });
      const handled = { key: "m1", replies: [reply("Chào")] };
      await store.commit({ ...session("web:now"), handled: { ...handled, conversation: "web:now" } });
      await store.commit({ ...filing("c1"), ...session("web:c1") });
      await store.commit({ ...filing("c2"), ...session("web:c2") });
      await store.commit({ ...session("telegram:5"), deliveries: [toRemind("r", "telegram:5", AT)] });
      await store.commit(session("web:old"));
      await store.commit({
        complaints: [
          { id: "c2", revision: 1, events: [{ type: "confirmed", at: AT }] },
          { id: "c2", revision: 2, events: [erased("c2", 2)] },
        ],
      });
      const quiet = async (): Promise<string[]> => {
        const found: string[] = [];
        for await (const { conversation, session: said } of store.quiet()) {
          expect(said).toEqual(await store.session(conversation));
          expect(said.asked).toBe(conversation);
          found.push(conversation);
        }
        return found.toSorted();
      };
      expect(await quiet()).toEqual(["web:c2", "web:old"]);
      store = await under.reopen();
      expect(await quiet()).toEqual(["web:c2", "web:old"]);
      clock.pass(31 * 86_400);
      expect(await quiet()).toEqual(["web:c2", "web:now", "web:old"]);
      await expect(
        store.commit({ erase: { conversation: "telegram:5", ifIdle: true } }),
      ).rejects.toBeInstanceOf(Conflict);
      expect(await claimIds()).toEqual(["r"]);
      expect(await store.session("telegram:5")).toBeDefined();
      await store.commit({ erase: { conversation: "web:old", ifIdle: true } });
      expect(await quiet()).toEqual(["web:c2", "web:now"]);
      await store.settle("r", clock.now(), { kind: "sent" });
      expect(await quiet()).toEqual(["telegram:5", "web:c2", "web:now"]);
    });

    it("what is open is every complaint that is not closed, whoever holds it, also after a restart", async () => {
      for (const id of ["c1", "c2", "c3"])
        await store.commit(filing(id, { route: { to: [`agency-${id}`], copy: [], why: [] } }));
      const step = { clock: "confirm", step: "close", round: 1 } as const;
      const by = { agency: "agency-c2", via: "chat" } as const;
      const answered = { type: "answered", at: AT, by, text: "Đã xong" } as const;
      const closed = { type: "closed", at: AT, ...step, reason: "unconfirmed" } as const;
      await store.commit({ complaints: [{ id: "c2", revision: 1, events: [answered, closed] }] });
      const open = async (): Promise<string[]> => (await store.openComplaints()).map(({ id }) => id);
      expect(await open()).toEqual(["c1", "c3"]);
      store = await under.reopen();
      expect(await open()).toEqual(["c1", "c3"]);
      const disputed: ComplaintEvent = {
        type: "disputed",
        at: AT,
        reason: "Chưa xong",
        to: ["agency-c2"],
      };
      await store.commit({ complaints: [{ id: "c2", revision: 3, events: [disputed] }] });
      expect(await open()).toEqual(["c1", "c2", "c3"]);
    });

    const waking = async (): Promise<string[]> => {
      const ids: string[] = [];
      for await (const { id } of store.waking(clock.now())) ids.push(id);
      return ids;
    };

    it("what is put off is looked at again when its time has come, or something happened to it", async () => {
      for (const id of ["c1", "c2", "c3", "c4"]) await store.commit(filing(id));
      await store.commit({
        complaints: [{ id: "c4", revision: 1, events: [{ type: "confirmed", at: AT }] }],
      });
      expect(await waking()).toEqual(["c1", "c2", "c3"]);
      const until = new Date(clock.now().getTime() + 60_000);
      await store.putOff([
        { id: "c1", revision: 1, until },
        { id: "c2", revision: 1 },
        { id: "c3", revision: 1 },
      ]);
      expect(await waking()).toEqual([]);
      const by = { agency: AGENCY, via: "chat" as const };
      await store.commit({
        complaints: [{ id: "c2", revision: 1, events: [{ type: "acknowledged", at: AT, by }] }],
      });
      expect(await waking()).toEqual(["c2"]);
      clock.pass(60);
      expect((await waking()).toSorted()).toEqual(["c1", "c2"]);
    });

    it("what moved on meanwhile is not put off", async () => {
      await store.commit(filing("c1"));
      const by = { agency: AGENCY, via: "chat" as const };
      await store.commit({
        complaints: [{ id: "c1", revision: 1, events: [{ type: "acknowledged", at: AT, by }] }],
      });
      await store.putOff([{ id: "c1", revision: 1 }]);
      expect(await waking()).toEqual(["c1"]);
    });

    it("a clock's steps come back as they were recorded", async () => {
      await store.commit(filing("c1"));
      const step = { clock: "answer", step: "superior", round: 0 } as const;
      await store.commit({
        complaints: [{ id: "c1", revision: 1, events: [{ type: "escalated", at: AT, ...step, to: ["up"] }] }],
        deliveries: [toAgency("d1", "c1")],
      });
      const before = await store.complaint("c1");
      store = await under.reopen();
      expect(await store.complaint("c1")).toEqual(before);
      expect(before).toMatchObject({ holders: [AGENCY, "up"], overdue: 2 });
      expect(await claimIds()).toEqual(["d1"]);
    });

    it("what its person did after filing comes back, and says who holds it and whether it is open", async () => {
      const by = { agency: AGENCY, via: "chat", person: "telegram:1", role: "custodian" } as const;
      for (const id of ["c1", "c2", "c3"]) await store.commit(filing(id));
      await store.commit({
        complaints: [
          {
            id: "c1",
            revision: 1,
            events: [
              { type: "withdrawn", at: AT, reason: "Đã xong" },
              { type: "reopened", at: AT, answerDue: "2026-12-09" },
              { type: "nudged", at: AT },
              {
                type: "protected",
                at: AT,
                to: ["up"],
                seen: [AGENCY],
                answerDue: "2026-12-11",
                words: "Họ dọa",
              },
              { type: "identity-asked", at: AT, by, reason: "Tìm hồ sơ" },
              { type: "identity-refused", at: AT },
              { type: "identity-approved", at: AT, by, reason: "Tìm hồ sơ" },
              { type: "identity-opened", at: AT, agency: "up", basis: "consent", given: true },
            ],
          },
          { id: "c2", revision: 1, events: [{ type: "withdrawn", at: AT }] },
          {
            id: "c3",
            revision: 1,
            events: [
              { type: "answered", at: AT, by, text: "Đã xong" },
              { type: "confirmed", at: AT },
              { type: "rated", at: AT, result: 5 },
            ],
          },
        ],
      });
      const session = { ...newSession(), expecting: { kind: "pressure", complaint: "c1" } } as const;
      await store.commit({ session: { conversation: "web:a", session } });
      const before = await Promise.all(["c1", "c2", "c3"].map((id) => store.complaint(id)));
      store = await under.reopen();
      expect(await Promise.all(["c1", "c2", "c3"].map((id) => store.complaint(id)))).toEqual(before);
      expect(before.map((complaint) => complaint?.status)).toEqual([
        "registered",
        "withdrawn",
        "closed_confirmed",
      ]);
      expect((await store.openComplaints()).map(({ id }) => id)).toEqual(["c1"]);
      expect(await store.complaintsHeldBy(AGENCY)).toEqual([]);
      expect((await store.complaintsHeldBy("up")).map(({ id }) => id)).toEqual(["c1"]);
      expect(await store.session("web:a")).toEqual(session);
    });

    it("a transferred complaint is held by the agency it went to", async () => {
      await store.commit(filing("c1"));
      const by = { agency: AGENCY, via: "chat" as const };
      const event = {
        type: "transferred" as const,
        at: AT,
        by,
        to: "ubnd.nui-thanh",
        reason: "đúng thẩm quyền",
      };
      await store.commit({ complaints: [{ id: "c1", revision: 1, events: [event] }] });
      expect(await store.complaintsHeldBy(AGENCY)).toEqual([]);
      expect(await store.complaintsHeldBy("ubnd.nui-thanh")).toHaveLength(1);
    });
  });

  describe("who filed a complaint", () => {
    const given = { type: "identity-opened", at: AT, agency: AGENCY, basis: "consent", given: true } as const;

    it("is told apart from it, and stands neither in it nor in what is to be sent", async () => {
      await store.commit({ ...filing("c1"), deliveries: [toAgency("d1", "c1")] });
      for (let openings = 0; openings < 2; openings += 1) {
        if (openings > 0) store = await under.reopen();
        expect(await store.identity("c1")).toEqual(IDENTITY);
        const complaint = await store.complaint("c1");
        expect(complaint).toMatchObject({ filing: { named: true }, mailed: true });
        expect(JSON.stringify(complaint)).not.toMatch(/Trần Thị Thử|0905000111|thu@example/);
      }
      const [waiting] = await store.claim(clock.now(), 1, 1);
      expect(JSON.stringify(waiting)).not.toMatch(/Trần Thị Thử|0905000111|thu@example/);
    });

    it("is not left out where the case says that it is there, nor kept where it does not", async () => {
      const [{ identity = IDENTITY, ...named } = { id: "c1", revision: 0, events: [] }] =
        filing("c1").complaints ?? [];
      await expect(store.commit({ complaints: [named] })).rejects.toThrow(StoreError);
      const kept = { id: "c1", revision: 0, events: [filed("c1")], identity };
      await expect(store.commit({ complaints: [kept] })).rejects.toThrow(StoreError);
      expect(await store.complaint("c1")).toBeUndefined();
    });

    it("is undefined where nothing was told, and of what was never stored", async () => {
      await store.commit({ complaints: [{ id: "c1", revision: 0, events: [filed("c1")] }] });
      expect(await store.identity("c1")).toBeUndefined();
      expect(await store.identity("c2", 5)).toBeUndefined();
    });

    it("is told up to an event: what came later is added to what was told at the filing", async () => {
      await store.commit(filing("c1"));
      const [first, second] = [{ name: "Hoa" }, { name: "Hoa Thị Hai", phone: "0912" }];
      await store.commit({
        complaints: [{ id: "c1", revision: 1, events: [given], identity: { person: first } }],
      });
      store = await under.reopen();
      await store.commit({
        complaints: [{ id: "c1", revision: 2, events: [given], identity: { person: second } }],
      });
      const { email = "" } = IDENTITY;
      for (let openings = 0; openings < 2; openings += 1) {
        if (openings > 0) store = await under.reopen();
        expect(await store.identity("c1")).toEqual(IDENTITY);
        expect(await store.identity("c1", 1)).toEqual({ person: first, email });
        expect(await store.identity("c1", 2)).toEqual({ person: second, email });
        expect(await store.identity("c1", 9)).toEqual({ person: second, email });
      }
    });

    it("is stored with the events that it came with, or not at all", async () => {
      await store.commit(filing("c1"));
      const change = (revision: number): Change => ({
        complaints: [{ id: "c1", revision, events: [given], identity: { person: { name: "Hoa" } } }],
      });
      await expect(store.commit(change(0))).rejects.toThrow(Conflict);
      const empty = { id: "c1", revision: 1, events: [], identity: { person: { name: "Hoa" } } };
      await store.commit({ complaints: [empty] });
      expect(await store.identity("c1", 9)).toEqual(IDENTITY);
      await store.commit(change(1));
      expect(await store.identity("c1", 9)).toMatchObject({ person: { name: "Hoa" } });
    });

    it("is met again by the mark of a phone number, however it is written, which is not the number", async () => {
      const mark = await store.phoneMark("0905 000 111");
      expect(await store.phoneMark("0905.000.111")).toBe(mark);
      expect(await store.phoneMark("0905000112")).not.toBe(mark);
      expect(mark).not.toMatch(/0905|000111/);
      store = await under.reopen();
      expect(await store.phoneMark("0905000111")).toBe(mark);
    });
  });

  describe("erasing a complaint", () => {
    const close = async (id: string): Promise<void> => {
      await store.commit({ ...filing(id), deliveries: [toAgency(`d-${id}`, id)] });
      await store.commit({ complaints: [{ id, revision: 1, events: [{ type: "confirmed", at: AT }] }] });
    };
    const erase = (id: string, revision = 2): Promise<void> =>
      store.commit({ complaints: [{ id, revision, events: [erased(id, 2)] }] });

    it("leaves one event, found by the code and no more by who filed it", async () => {
      await close("c1");
      await close("c2");
      await erase("c1");
      for (let openings = 0; openings < 3; openings += 1) {
        const at = openings === 0 ? store : await under.reopen();
        const left = await at.complaint("c1");
        expect(left).toMatchObject({ id: "c1", revision: 3, status: "erased", filedAt: AT });
        expect(left?.events).toEqual([erased("c1", 2)]);
        expect(JSON.stringify(left)).not.toMatch(/Trần Thị Thử|0905000111|chưa có kết quả|web:c1/);
        expect([await at.identity("c1", 9), await at.identity("c2")]).toEqual([undefined, IDENTITY]);
        expect(await at.complaintByCode("MC-c1")).toEqual(left);
        expect(await at.complaintsOf("web:c1")).toEqual([]);
        expect(await at.complaintsOf("")).toEqual([]);
        expect(await at.complaintByCode("MC-c2")).toMatchObject({ status: "closed_confirmed" });
        const all: string[] = [];
        for await (const { id } of at.complaints()) all.push(id);
        expect(all).toEqual(["c1", "c2"]);
      }
    });

    it("what was to be sent about it is not sent, nor promised again under the same id", async () => {
      await close("c1");
      await close("c2");
      await erase("c1");
      store = await under.reopen();
      await store.commit({ deliveries: [toAgency("d-c1", "c1")] });
      expect(await claimIds()).toEqual(["d-c2"]);
      expect(await store.figures()).toMatchObject({ open: 0, waiting: 1 });
    });

    it("an attempt that was under way is recorded without harm", async () => {
      await close("c1");
      expect(await claimIds()).toEqual(["d-c1"]);
      await erase("c1");
      await store.settle("d-c1", clock.now(), { kind: "sent" });
      expect(await store.stuck()).toEqual([]);
    });

    it("is refused on an old revision, while it is open, and together with other events", async () => {
      await store.commit(filing("c1"));
      await expect(erase("c1", 1)).rejects.toThrow();
      await store.commit({
        complaints: [{ id: "c1", revision: 1, events: [{ type: "confirmed", at: AT }] }],
      });
      await expect(erase("c1", 1)).rejects.toThrow(Conflict);
      const change: Change = {
        complaints: [{ id: "c1", revision: 2, events: [erased("c1", 2), { type: "unheld", at: AT }] }],
      };
      await expect(store.commit(change)).rejects.toThrow();
      expect(await store.complaint("c1")).toMatchObject({ revision: 2, status: "closed_confirmed" });
    });

    it("its code is taken for good, and it goes with its conversation in one commit", async () => {
      await close("c1");
      await store.commit({ session: { conversation: "web:c1", session: newSession() } });
      await store.commit({
        erase: { conversation: "web:c1" },
        complaints: [{ id: "c1", revision: 2, events: [erased("c1", 2)] }],
      });
      store = await under.reopen();
      expect(await store.session("web:c1")).toBeUndefined();
      expect(await store.complaint("c1")).toMatchObject({ status: "erased" });
      await expect(store.commit(filing("c3", { trackingCode: "MC-c1" }))).rejects.toThrow(Conflict);
    });
  });

  describe("conversations", () => {
    it("a session is as it was last saved", async () => {
      await store.commit({ session: { conversation: "web:a", session: newSession("vi") } });
      await store.commit({ session: { conversation: "web:a", session: newSession("en") } });
      expect(await store.session("web:a")).toEqual(newSession("en"));
      expect(await store.session("web:b")).toBeUndefined();
    });

    it("the same message again is refused, and what was replied can be read", async () => {
      const handled = { key: "tg:1", conversation: "telegram:1", replies: [reply("Chào bạn")] };
      await store.commit({ handled });
      await expect(store.commit({ handled: { ...handled, replies: [] } })).rejects.toThrow(Conflict);
      expect(await store.handled("tg:1")).toEqual([reply("Chào bạn")]);
    });

    it("the same message twice at once is handled once", async () => {
      const changes = ["c1", "c2", "c3"].map((id): Change => {
        const handled = { key: "tg:1", conversation: "telegram:1", replies: [reply(id)] };
        return { complaints: [{ id, revision: 0, events: [filed(id)] }], handled };
      });
      const outcomes = await Promise.allSettled(changes.map((change) => store.commit(change)));
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      const stored = (await Promise.all(["c1", "c2", "c3"].map((id) => store.complaint(id)))).filter(Boolean);
      expect(stored).toHaveLength(1);
      expect(await store.handled("tg:1")).toEqual([reply(stored[0]?.id ?? "")]);
    });

    it("a mailbox numbers its messages and gives those after a number", async () => {
      const post = (conversation: string, text: string) => ({ conversation, reply: reply(text) });
      await store.commit({ posts: [post("web:a", "một"), post("web:a", "hai"), post("web:b", "khác")] });
      await store.commit({ posts: [post("web:a", "ba")] });
      expect(await store.posts("web:a", 1)).toEqual([
        { number: 2, at: AT, reply: reply("hai") },
        { number: 3, at: AT, reply: reply("ba") },
      ]);
      expect((await store.posts("web:b", 0)).map(({ number }) => number)).toEqual([1]);
    });

    it("a mailbox keeps the last 200 messages", async () => {
      const posts = Array.from({ length: 250 }, (_, index) => ({
        conversation: "web:a",
        reply: reply(String(index + 1)),
      }));
      await store.commit({ posts });
      const kept = await store.posts("web:a", 0);
      expect([kept.length, kept[0]?.number, kept.at(-1)?.number]).toEqual([200, 51, 250]);
    });

    it("acts of one conversation run in turn, those of others beside them", async () => {
      const done: string[] = [];
      let free = (): void => {};
      const held = new Promise<void>((resolve) => {
        free = resolve;
      });
      const first = store.inTurn("web:a", async () => {
        await held;
        done.push("first");
      });
      const second = store.inTurn("web:a", async () => {
        done.push("second");
      });
      await store.inTurn("web:b", async () => {
        done.push("other");
      });
      expect(done).toEqual(["other"]);
      free();
      await Promise.all([first, second]);
      expect(done).toEqual(["other", "first", "second"]);
    });

    it("an act that fails hands its turn on, and its failure to whoever asked for it", async () => {
      const failing = store.inTurn("web:a", () => Promise.reject(new Error("no")));
      const next = store.inTurn("web:a", () => Promise.resolve("next"));
      await expect(failing).rejects.toThrow("no");
      expect(await next).toBe("next");
    });

    it("an act in its turn stores what it decided", async () => {
      await store.inTurn("web:a", () =>
        store.commit({ session: { conversation: "web:a", session: newSession("en") } }),
      );
      expect(await store.session("web:a")).toEqual(newSession("en"));
    });

    it("who watches a mailbox is woken by what is put into it, and by nothing else", async () => {
      const post = (conversation: string) => ({ posts: [{ conversation, reply: reply("x") }] });
      const woken: string[] = [];
      const stop = store.watchPosts("web:a", () => woken.push("a"));
      store.watchPosts("web:b", () => woken.push("b"));
      await store.commit(post("web:a"));
      await expect.poll(() => woken).toEqual(["a"]);
      stop();
      await store.commit(post("web:a"));
      await store.commit(post("web:b"));
      await expect.poll(() => woken).toEqual(["a", "b"]);
    });

    it("erasing takes what a conversation told, but not its complaints", async () => {
      const conversation = "web:a";
      await store.commit({
        ...filing("c1", { conversation }),
        handled: { key: "m1", conversation, replies: [reply("bí mật")] },
        session: { conversation, session: newSession() },
        posts: [{ conversation, reply: reply("bí mật") }],
      });
      await store.commit({ session: { conversation: "web:b", session: newSession() } });
      await store.commit({
        erase: { conversation },
        handled: { key: "m2", conversation, replies: [reply("Đã xóa")] },
      });
      for (const look of ["at once", "after reopening"]) {
        if (look === "after reopening") store = await under.reopen();
        expect(await store.session(conversation)).toBeUndefined();
        expect(await store.posts(conversation, 0)).toEqual([]);
        expect(await store.session("web:b")).toBeDefined();
        expect(await store.complaintsOf(conversation)).toHaveLength(1);
        // Known, so that it is not handled again; its replies are gone.
        expect(await store.handled("m1")).toEqual([]);
        expect(await store.handled("m2")).toEqual([reply("Đã xóa")]);
      }
    });

    it("a mailbox goes on counting after it was erased, so that an open chat page misses nothing", async () => {
      const post = { posts: [{ conversation: "web:a", reply: reply("x") }] };
      await store.commit(post);
      await store.commit(post);
      await store.commit({ erase: { conversation: "web:a" } });
      store = await under.reopen();
      await store.commit(post);
      expect((await store.posts("web:a", 2)).map(({ number }) => number)).toEqual([3]);
    });

    it("questions without an answer are kept in order", async () => {
      const asked = ["một", "hai"].map((question) => ({ at: AT, question, intent: "unclear" }));
      for (const unanswered of asked) await store.commit({ unanswered });
      expect(await store.unanswered()).toEqual(asked);
    });

    it("verdicts on answers are kept beside them, as told, also after reopening", async () => {
      const about = { at: AT, intent: "procedure", code: "1.001193" } as const;
      const told: readonly Unanswered[] = [
        { at: AT, question: "một", intent: "unclear" },
        { ...about, question: "", verdict: "up" },
        { ...about, question: "hai", verdict: "down" },
        { ...about, question: "hai", verdict: "down", reason: "outdated" },
      ];
      for (const unanswered of told) await store.commit({ unanswered });
      expect(await store.unanswered()).toEqual(told);
      store = await under.reopen();
      expect(await store.unanswered()).toEqual(told);
    });

    it("a verdict of a shape that could not be read again is refused", async () => {
      const strange = { at: AT, question: "một", intent: "unclear", sender: "telegram:7" };
      await expect(store.commit({ unanswered: strange })).rejects.toThrow();
      expect(await store.unanswered()).toEqual([]);
    });
  });

  describe("figures", () => {
    it("count open cases and what is not delivered, with the age of the oldest", async () => {
      expect(await store.figures()).toEqual({ open: 0, unreadable: 0, waiting: 0, dead: 0, standing: [] });
      await store.commit({ ...filing("c1"), deliveries: [toAgency("d1", "c1")] });
      const oldestAt = clock.now().toISOString();
      clock.pass(60);
      await store.commit({ ...filing("c2"), deliveries: [toAgency("d2", "c2")] });
      await claimIds();
      await fail("d2", undefined, true);
      expect(await store.figures()).toEqual({
        open: 2,
        unreadable: 0,
        waiting: 1,
        dead: 1,
        oldestAt,
        standing: [],
      });
    });

    it("count cases put off that wait for a human, until something happens to them", async () => {
      const standing = async (): Promise<unknown> =>
        (await store.figures()).standing.toSorted((one, other) => one.why.localeCompare(other.why));
      for (const id of ["c1", "c2", "c3", "c4"]) await store.commit(filing(id));
      const later = "2026-11-20T02:00:00.000Z";
      await store.putOff([
        { id: "c1", revision: 1, standing: { why: "held-back", since: later } },
        { id: "c2", revision: 1, standing: { why: "held-back", since: AT } },
        { id: "c3", revision: 1, standing: { why: "overdue", since: AT } },
        { id: "c4", revision: 1 },
        // It has moved on since.
        { id: "c4", revision: 0, standing: { why: "overdue", since: AT } },
      ]);
      expect(await standing()).toEqual([
        { why: "held-back", count: 2, oldestAt: AT },
        { why: "overdue", count: 1, oldestAt: AT },
      ]);
      await store.commit({
        complaints: [
          { id: "c2", revision: 1, events: [{ type: "withdrawn", at: AT }] },
          { id: "c3", revision: 1, events: [{ type: "nudged", at: AT }] },
        ],
      });
      expect(await standing()).toEqual([{ why: "held-back", count: 1, oldestAt: later }]);
      await store.putOff([{ id: "c1", revision: 1 }]);
      expect(await standing()).toEqual([]);
    });
  });

  describe("officials", () => {
    const linkCode = {
      hash: "h1",
      agency: AGENCY,
      role: "officer" as const,
      expiresAt: "2026-11-20T01:15:00.000Z",
    };
    const official = { sender: "telegram:42", agency: AGENCY, role: "officer" as const, boundAt: AT };

    it("a link code binds one person and is burnt by it", async () => {
      await store.commit({ linkCode });
      expect(await store.linkCode("h1")).toEqual(linkCode);
      await store.commit({ bind: { official, codeHash: "h1" } });
      expect(await store.official("telegram:42")).toEqual(official);
      expect(await store.officials()).toEqual([official]);
      expect(await store.linkCode("h1")).toBeUndefined();
      await expect(store.commit({ bind: { official, codeHash: "h1" } })).rejects.toThrow(Conflict);
    });

    it("who is unbound is an official no more, also after a restart, and can be bound again", async () => {
      await store.commit({ linkCode });
      await store.commit({ linkCode: { ...linkCode, hash: "h2" } });
      await store.commit({ bind: { official, codeHash: "h1" } });
      const other = { ...official, sender: "desk:other" };
      // The old binding goes in the change that makes the new one.
      await store.commit({
        unbind: ["telegram:42", "telegram:42", "desk:unknown"],
        bind: { official: other, codeHash: "h2" },
      });
      for (const look of ["at once", "after reopening"]) {
        if (look === "after reopening") store = await under.reopen();
        expect(await store.official("telegram:42"), look).toBeUndefined();
        expect(await store.officials(), look).toEqual([other]);
      }
      await store.commit({ unbind: ["telegram:42"] });
      await store.commit({ linkCode: { ...linkCode, hash: "h3" } });
      await store.commit({ unbind: ["desk:other"], bind: { official: other, codeHash: "h3" } });
      expect(await store.officials()).toEqual([other]);
    });

    it("a link code that was used unbinds nobody", async () => {
      await store.commit({ linkCode });
      await store.commit({ bind: { official, codeHash: "h1" } });
      const other = { ...official, sender: "desk:other" };
      const change = { unbind: [official.sender], bind: { official: other, codeHash: "h1" } };
      await expect(store.commit(change)).rejects.toThrow(Conflict);
      expect(await store.officials()).toEqual([official]);
    });

    it("of two people with the same link code, one is bound", async () => {
      await store.commit({ linkCode });
      const both = ["telegram:1", "telegram:2"].map((sender) =>
        store.commit({ bind: { official: { ...official, sender }, codeHash: "h1" } }),
      );
      expect((await Promise.allSettled(both)).map(({ status }) => status).toSorted()).toEqual([
        "fulfilled",
        "rejected",
      ]);
    });
  });

  describe("deliveries", () => {
    it("a delivery is due at once, with what it says", async () => {
      await store.commit({ ...filing("c1"), deliveries: [toAgency("d1", "c1")] });
      const expected: DeliveryState = {
        delivery: toAgency("d1", "c1"),
        status: "waiting",
        attempts: 0,
        nextAt: AT,
        createdAt: AT,
      };
      expect(await store.claim(clock.now(), 10, 60)).toEqual([expected]);
    });

    it("nobody else gets a leased delivery until the lease is over", async () => {
      await store.commit({ deliveries: [toAgency("d1", "c1")] });
      expect(await claimIds()).toEqual(["d1"]);
      expect(await claimIds()).toEqual([]);
      clock.pass(59);
      expect(await claimIds()).toEqual([]);
      clock.pass(2);
      expect(await claimIds()).toEqual(["d1"]);
    });

    it("two workers claiming at once get different deliveries", async () => {
      await store.commit({ deliveries: ["c1", "c2", "c3"].map((id) => toAgency(`d-${id}`, id)) });
      const [one, other] = await Promise.all([claimIds(2), claimIds(2)]);
      expect([...one, ...other].toSorted()).toEqual(["d-c1", "d-c2", "d-c3"]);
    });

    it("the longest due is claimed first, and no more than asked for", async () => {
      for (const id of ["c1", "c2", "c3"]) {
        await store.commit({ deliveries: [toAgency(`d-${id}`, id)] });
        clock.pass(1);
      }
      await claimIds(1);
      await fail("d-c1", later(10));
      clock.pass(20);
      expect(await claimIds(2)).toEqual(["d-c2", "d-c3"]);
      expect(await claimIds(2)).toEqual(["d-c1"]);
    });

    it("a failed delivery comes again at its next attempt, counted", async () => {
      await store.commit({ deliveries: [toAgency("d1", "c1")] });
      await claimIds();
      await fail("d1", later(300));
      expect(await claimIds()).toEqual([]);
      clock.pass(300);
      expect(await store.claim(clock.now(), 1, 60)).toMatchObject([
        { attempts: 1, problem: "503", status: "waiting" },
      ]);
    });

    it("how often and since when it was tried stays with it until that begins anew, also over a restart", async () => {
      await store.commit({ deliveries: [toAgency("d1", "c1")] });
      await claimIds();
      const tried = { since: AT, times: 3 };
      const failed = { kind: "failed", problem: "503", dead: false } as const;
      await store.settle("d1", clock.now(), { ...failed, nextAt: later(300), tried });
      store = await under.reopen();
      clock.pass(300);
      expect(await store.claim(clock.now(), 1, 60)).toMatchObject([{ attempts: 1, tried }]);
      await store.settle("d1", clock.now(), { ...failed, nextAt: later(300) });
      clock.pass(300);
      const [state] = await store.claim(clock.now(), 1, 60);
      expect(state).toMatchObject({ attempts: 2 });
      expect(state).not.toHaveProperty("tried");
    });

    it("one recipient hears of one complaint in order, even while the first attempt fails", async () => {
      await store.commit({ deliveries: [toAgency("d1", "c1")] });
      await store.commit({ deliveries: [toAgency("d2", "c1")] });
      expect(await claimIds()).toEqual(["d1"]);
      await fail("d1", later(300));
      expect(await claimIds()).toEqual([]);
      clock.pass(300);
      expect(await claimIds()).toEqual(["d1"]);
      await store.settle("d1", clock.now(), { kind: "sent" });
      expect(await claimIds()).toEqual(["d2"]);
    });

    it("one recipient's failure holds up nobody else, and no other complaint", async () => {
      await store.commit({
        deliveries: [
          toAgency("d1", "c1", "a"),
          toAgency("d2", "c1", "b"),
          toPerson("d3", "c1", "web:1"),
          toAgency("d4", "c2", "a"),
        ],
      });
      expect(await claimIds(1)).toEqual(["d1"]);
      await fail("d1", later(300));
      expect(await claimIds()).toEqual(["d2", "d3", "d4"]);
    });

    it("a dead delivery is listed for a human, still tried when it is due, and holds up nothing", async () => {
      await store.commit({ deliveries: [toAgency("d1", "c1"), toAgency("d2", "c1")] });
      await claimIds();
      await fail("d1", later(3600), true);
      expect(await claimIds()).toEqual(["d2"]);
      expect(await store.stuck()).toMatchObject([{ delivery: { id: "d1" }, status: "dead" }]);
      clock.pass(3600);
      expect(await claimIds()).toContain("d1");
      await store.settle("d1", clock.now(), { kind: "sent" });
      expect(await store.stuck()).toEqual([]);
    });

    it("a delivery without a next attempt is never stranded: it is dead", async () => {
      await store.commit({ deliveries: [toAgency("d1", "c1")] });
      await claimIds();
      await fail("d1", undefined, false);
      clock.pass(1_000_000);
      expect(await claimIds()).toEqual([]);
      expect(await store.stuck()).toMatchObject([{ status: "dead", attempts: 1 }]);
    });

    it("it is known of each where it stands, also after it was kept or cancelled, and of none that nobody promised", async () => {
      const ids = ["d-c1", "d-c2", "d-c3", "d-c4", "d-c5"];
      const standing = (): Promise<unknown> => Promise.all(ids.map((id) => store.deliveryStatus(id)));
      await store.commit({ deliveries: ["c1", "c2", "c3", "c4"].map((id) => toAgency(`d-${id}`, id)) });
      await store.settle("d-c1", clock.now(), { kind: "sent" });
      await store.commit({ cancelled: ["d-c2"] });
      await fail("d-c3", undefined, true);
      expect(await standing()).toEqual(["sent", "sent", "dead", "waiting", undefined]);
      store = await under.reopen();
      expect(await standing()).toEqual(["sent", "sent", "dead", "waiting", undefined]);
    });

    it("the oldest stuck delivery is listed first", async () => {
      for (const id of ["c1", "c2"]) {
        await store.commit({ deliveries: [toAgency(`d-${id}`, id)] });
        clock.pass(1);
      }
      for (const id of ["d-c2", "d-c1"]) await fail(id, undefined, true);
      expect((await store.stuck()).map(({ delivery }) => delivery.id)).toEqual(["d-c1", "d-c2"]);
    });

    it("a promise made twice under one id is kept once, also after it was kept", async () => {
      const change = { deliveries: [toAgency("d1", "c1"), toAgency("d1", "c1")] };
      await store.commit(change);
      await store.commit(change);
      expect(await claimIds()).toEqual(["d1"]);
      await store.settle("d1", clock.now(), { kind: "sent" });
      await store.commit(change);
      store = await under.reopen();
      await store.commit(change);
      expect(await claimIds()).toEqual([]);
    });

    it("a promise is known by its id alone: made again for another complaint it is the same promise", async () => {
      const content = { kind: "official", text: "Việc hôm nay", choices: [] } as const;
      const list = (complaint: string): Change => ({
        deliveries: [
          { id: "digest.1", complaint, to: { kind: "chat", conversation: "telegram:1" }, content },
        ],
      });
      for (const id of ["c1", "c2"]) await store.commit(filing(id));
      await store.commit(list("c1"));
      await store.commit(list("c2"));
      store = await under.reopen();
      const [claimed, ...others] = await store.claim(clock.now(), 10, 60);
      expect(claimed?.delivery).toEqual(list("c1").deliveries?.[0]);
      expect(others).toEqual([]);
      await store.settle("digest.1", clock.now(), { kind: "sent" });
      await store.commit(list("c2"));
      expect(await claimIds()).toEqual([]);
    });

    it("an outcome and what it means for the complaint are stored together, or not at all", async () => {
      await store.commit({ ...filing("c1"), deliveries: [toAgency("d1", "c1"), toAgency("d2", "c1", "b")] });
      await claimIds();
      const event = { type: "delivered" as const, at: AT, agency: AGENCY };
      const change: Change = { complaints: [{ id: "c1", revision: 1, events: [event] }] };
      await store.settle("d1", clock.now(), { kind: "sent" }, change);
      expect(await store.complaint("c1")).toMatchObject({ status: "delivered", revision: 2 });
      await expect(store.settle("d2", clock.now(), { kind: "sent" }, change)).rejects.toThrow(Conflict);
      clock.pass(61);
      expect(await claimIds()).toEqual(["d2"]);
    });

    it("an outcome told twice changes nothing the second time", async () => {
      await store.commit({ ...filing("c1"), deliveries: [toAgency("d1", "c1")] });
      const event = { type: "delivered" as const, at: AT, agency: AGENCY };
      const change: Change = { complaints: [{ id: "c1", revision: 1, events: [event] }] };
      await store.settle("d1", clock.now(), { kind: "sent" }, change);
      await store.settle("d1", clock.now(), { kind: "sent" }, change);
      await fail("d1", later(10), false, change);
      expect(await store.complaint("c1")).toMatchObject({ revision: 2 });
      clock.pass(20);
      expect(await claimIds()).toEqual([]);
    });

    it("an outcome of something never promised is refused", async () => {
      await expect(store.settle("d1", clock.now(), { kind: "sent" })).rejects.toThrow(Conflict);
    });

    it("a delivery for a later time waits for it, also over a restart, and comes back as it was promised", async () => {
      await store.commit({ deliveries: [toRemind("r1", "web:a", later(3600))] });
      expect(await claimIds()).toEqual([]);
      store = await under.reopen();
      clock.pass(3599);
      expect(await claimIds()).toEqual([]);
      clock.pass(1);
      expect(await store.claim(clock.now(), 10, 60)).toEqual([
        {
          delivery: toRemind("r1", "web:a", later(0)),
          status: "waiting",
          attempts: 0,
          nextAt: later(0),
          createdAt: AT,
        },
      ]);
    });

    it("a time that has passed makes a delivery due at once", async () => {
      await store.commit({ deliveries: [toRemind("r1", "web:a", later(-3600))] });
      expect(await store.claim(clock.now(), 10, 60)).toMatchObject([{ nextAt: AT }]);
    });

    it("what belongs to no case waits for nothing else to the same recipient", async () => {
      await store.commit({
        deliveries: ["r1", "r2"].map((id) => toRemind(id, "web:a", AT)),
      });
      expect(await claimIds(1)).toEqual(["r1"]);
      await fail("r1", later(300));
      expect(await claimIds()).toEqual(["r2"]);
    });

    it("what a case has for a later time holds up nothing of it until then", async () => {
      await store.commit({ deliveries: [{ ...toAgency("d1", "c1"), notBefore: later(3600) }] });
      await store.commit({ deliveries: [toAgency("d2", "c1")] });
      expect(await claimIds()).toEqual(["d2"]);
      clock.pass(3600);
      expect(await claimIds()).toEqual(["d1"]);
    });

    it("an alarm is kept word for word over a restart, and promised again under its id it is one", async () => {
      const alarm = toCoordinator("alarm.dead.2026-11-20.0");
      await store.commit({ deliveries: [alarm] });
      await store.commit({ deliveries: [alarm] });
      store = await under.reopen();
      const claimed = await store.claim(clock.now(), 10, 60);
      expect(claimed.map(({ delivery }) => delivery)).toEqual([alarm]);
      await store.settle(alarm.id, clock.now(), { kind: "sent" });
      await store.commit({ deliveries: [alarm] });
      expect((await store.figures()).waiting).toBe(0);
    });

    it("what belongs to no case can be sent to anyone, fail, be listed for a human and settle", async () => {
      const { complaint: _none, ...digest } = toAgency("d1", "c1");
      await store.commit({ deliveries: [digest, toRemind("r1", "web:a", AT)] });
      expect(await claimIds()).toEqual(["d1", "r1"]);
      await fail("d1", later(60), true);
      await fail("r1", later(60));
      store = await under.reopen();
      expect(await store.stuck()).toMatchObject([{ delivery: digest, attempts: 1, problem: "503" }]);
      clock.pass(60);
      expect((await store.claim(clock.now(), 10, 60)).map(({ delivery }) => delivery)).toEqual([
        digest,
        toRemind("r1", "web:a", AT),
      ]);
      for (const id of ["d1", "r1"]) await store.settle(id, clock.now(), { kind: "sent" });
      clock.pass(100_000);
      expect(await claimIds()).toEqual([]);
    });

    it("a cancelled delivery is never sent, promised again or not, and its outcome is no fault", async () => {
      const deliveries = [toRemind("r1", "web:a", later(60)), toRemind("r2", "web:a", later(60))];
      await store.commit({ deliveries });
      clock.pass(60);
      expect(await claimIds()).toEqual(["r1", "r2"]);
      await store.commit({ cancelled: ["r1", "never promised"] });
      await store.settle("r1", clock.now(), { kind: "failed", problem: "503", dead: false, nextAt: AT });
      await store.commit({ deliveries });
      store = await under.reopen();
      clock.pass(60);
      expect(await claimIds()).toEqual(["r2"]);
      expect(await store.stuck()).toEqual([]);
    });

    it("erasing a conversation cancels what was to be said in it beside its cases", async () => {
      const conversation = "web:a";
      await store.commit({
        ...filing("c1", { conversation }),
        session: { conversation, session: newSession() },
        deliveries: [
          toRemind("r1", conversation, AT),
          toRemind("r2", "web:b", AT),
          toPerson("d1", "c1", conversation),
        ],
      });
      await store.commit({ erase: { conversation } });
      expect((await claimIds()).toSorted()).toEqual(["d1", "r2"]);
      store = await under.reopen();
      await store.commit({ deliveries: [toRemind("r3", conversation, AT)] });
      clock.pass(60);
      expect((await claimIds()).toSorted()).toEqual(["d1", "r2", "r3"]);
    });

    it("what a worker held when the program ended is due again, and what it recorded stays", async () => {
      await store.commit({ deliveries: ["c1", "c2", "c3"].map((id) => toAgency(`d-${id}`, id)) });
      await claimIds();
      await store.settle("d-c1", clock.now(), { kind: "sent" });
      await fail("d-c2", later(300));
      store = await under.reopen();
      clock.pass(300);
      expect((await claimIds()).toSorted()).toEqual(["d-c2", "d-c3"]);
    });
  });

  describe("keeping", () => {
    it("texts come back exactly, whatever is in them", async () => {
      const texts = [
        "\u0000\u001b[31m",
        "\ud800 lẻ",
        "👨‍👩‍👧",
        "\u202eđảo",
        "a\u2028b",
        "'; drop table --",
        "\r\n",
        "e\u0323\u0302",
        "",
      ];
      await store.commit({
        session: { conversation: "__proto__", session: { ...newSession(), topics: texts } },
      });
      await store.commit({
        handled: {
          key: "constructor",
          conversation: "__proto__",
          replies: texts.map((text) => ({ text, choices: [] })),
        },
      });
      store = await under.reopen();
      expect((await store.session("__proto__"))?.topics).toEqual(texts);
      expect((await store.handled("constructor"))?.map(({ text }) => text)).toEqual(texts);
    });

    it("what cannot be read again is refused instead of stored", async () => {
      const broken = { ...newSession(), topics: [Number.NaN] };
      await expect(
        store.commit({
          session: { conversation: "web:a", session: broken as unknown as ReturnType<typeof newSession> },
        }),
      ).rejects.toThrow();
      store = await under.reopen();
      expect(await store.session("web:a")).toBeUndefined();
    });

    it("everything is there after reopening, the same in every reading", async () => {
      const conversation = "web:c1";
      await store.commit({
        ...filing("c1"),
        handled: { key: "m1", conversation, replies: [reply("Đã nhận")] },
        session: { conversation, session: newSession("en") },
        deliveries: [toAgency("d1", "c1"), toPerson("d2", "c1", conversation), toAgency("d3", "c1", "b")],
        posts: [{ conversation, reply: reply("Đã nhận") }],
        unanswered: { at: AT, question: "?", intent: "unclear" },
        linkCode: { hash: "h1", agency: AGENCY, role: "head", expiresAt: AT },
      });
      await store.commit({ linkCode: { hash: "h2", agency: AGENCY, role: "head", expiresAt: AT } });
      const official = { sender: "zalo:5", agency: AGENCY, role: "head" as const, boundAt: AT };
      await store.commit({ bind: { official, codeHash: "h2" } });
      await fail("d2", undefined, true);
      const readAll = async () => [
        await store.complaintByCode("MC-c1"),
        await store.complaintsOf(conversation),
        await store.handled("m1"),
        await store.session(conversation),
        await store.posts(conversation, 0),
        await store.unanswered(),
        await store.linkCode("h1"),
        await store.linkCode("h2"),
        await store.official("zalo:5"),
        await store.stuck(),
      ];
      const before = await readAll();
      store = await under.reopen();
      expect(await readAll()).toEqual(before);
      expect(await store.claim(clock.now(), 10, 60)).toHaveLength(2);
    });

    it("a healthy store says so, and a closed one takes nothing more", async () => {
      expect(await store.health()).toEqual({ ok: true });
      await store.close();
      await expect(store.commit(filing("c1"))).rejects.toThrow("not saved: stopped");
      await store.close();
    });
  });
}
