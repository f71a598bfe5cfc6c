import { createHash, randomBytes } from "node:crypto";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { Complaint } from "../../src/complaints/complaint.ts";
import { createRecentFilings } from "../../src/complaints/recent-filings.ts";
import { COORDINATOR } from "../../src/complaints/route.ts";
import { hashLinkCode } from "../../src/inbox/official.ts";
import { createInbox } from "../../src/inbox/receive.ts";
import type { Reply } from "../../src/messages/message.ts";
import { openEvidenceFiles } from "../../src/store/evidence-files.ts";
import { NotSaved, type Role, type Store } from "../../src/store/store.ts";
import { watchFilings } from "../../src/watch/filings.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { official as words } from "../../src/wording/official.ts";
import { INSPECTORATE, NOW, rules } from "../complaints/case.ts";
import { guide } from "../conversation/talk.ts";
import { dataFolder } from "../store/folder.ts";

const STORY =
  "Tôi nộp hồ sơ đăng ký khai sinh ở UBND xã Núi Thành, Đà Nẵng ngày 2/11, hẹn 9/11 mà tới nay vẫn chưa trả, mã hồ sơ H17.25-261102-0012";
const RUDE = "Cán bộ một cửa xã Núi Thành, Đà Nẵng quát mắng tôi khi hỏi lại giờ trả kết quả hồ sơ sáng nay";
/** Of the same unit and kind, in words that are not alike. */
const OWN_WORDS = [
  "Cán bộ quát mắng tôi khi hỏi giờ trả kết quả",
  "Chị ngồi quầy hai ném giấy tờ của mẹ tôi xuống đất, thái độ rất hỗn",
  "Nhân viên tiếp nhận vừa xem điện thoại vừa trả lời trống không, thái độ coi thường dân",
  "Bị mắng trước mặt mọi người vì điền sai một ô trong tờ khai, thái độ hách dịch",
  "Ông trưởng bộ phận chửi cha tôi là đồ nhà quê, thái độ quá tệ",
];
const DAY_MS = 86_400_000;

/** The program from the inbox to the disk, without its outbox. */
async function office() {
  const folder = await dataFolder();
  onTestFinished(folder.remove);
  let now = NOW;
  let failing: boolean | "after one" = false;
  const clock = (): Date => now;
  const recent = createRecentFilings(rules.guards);
  const opened = await folder.open({ clock });
  const failable: Store = {
    ...opened,
    commit: (change) => {
      if (failing === true) return Promise.reject(new NotSaved("full"));
      if (failing === "after one") failing = true;
      return opened.commit(change);
    },
  };
  const store = watchFilings(failable, recent);
  const nudge = vi.fn();
  const receive = createInbox({
    store,
    evidence: openEvidenceFiles(folder.data, clock),
    guide,
    clock,
    recent,
    random: randomBytes,
    nudge,
    log: () => undefined,
  });
  let messages = 0;
  const send = (who: string, body: { text: string } | { choice: string }): Promise<readonly Reply[]> => {
    now = new Date(now.getTime() + 1000);
    return receive({
      key: `${who}:${++messages}`,
      conversation: who,
      sender: who,
      privately: true,
      origin: "here",
      body: "text" in body ? { kind: "text", text: body.text } : { kind: "choice", id: body.choice },
    });
  };
  const says = async (who: string, text: string): Promise<string> =>
    (await send(who, { text })).map((reply) => reply.text).join("\n");
  return {
    store,
    recent,
    says,
    send,
    later: (days: number): void => {
      now = new Date(now.getTime() + days * DAY_MS);
    },
    fail: (fails: boolean | "after one"): void => {
      failing = fails;
    },
    /** Tells a complaint, skips what is asked, names the person where one is given, and sends it; what is said last. */
    files: async (who: string, story: string, person?: string): Promise<Reply> => {
      let replies = await send(who, { text: `phản ánh: ${story}` });
      let named = person === undefined;
      for (let asked = 0; asked < 12; asked++) {
        const choices = replies.flatMap((reply) => reply.choices);
        const sends = choices.find(({ id }) => id.startsWith("d:send"));
        if (sends && !named) {
          await send(who, { choice: "d:name" });
          replies = await send(who, { text: person ?? "" });
          named = true;
          continue;
        }
        const next = sends ?? choices.find(({ id }) => id.startsWith("d:skip")) ?? choices[0];
        replies = next ? await send(who, { choice: next.id }) : await send(who, { text: story });
        if (sends) return replies.at(-1) ?? { text: "", choices: [] };
      }
      throw new Error(`never asked to send: ${JSON.stringify(replies)}`);
    },
    binds: async (who: string, agency: string, role: Role): Promise<void> => {
      const code = `LK-${createHash("sha256").update(who).digest("hex").slice(0, 12).toUpperCase()}`;
      const hash = hashLinkCode(code);
      await store.commit({ linkCode: { hash, agency, role, expiresAt: "2027-01-01T00:00:00Z" } });
      const official = { sender: who, agency, role, boundAt: NOW.toISOString() };
      await store.commit({ bind: { official, codeHash: hash } });
    },
    all: async (): Promise<Complaint[]> => {
      const found: Complaint[] = [];
      for await (const complaint of store.complaints()) found.push(complaint);
      return found;
    },
  };
}

describe("a person who files about the same dossier again", () => {
  it("gets the code of the first case, which takes the text in", async () => {
    const { files, all } = await office();
    await files("web:hoa", STORY);
    const again = await files("web:hoa", `${STORY}. Nay họ lại hẹn thêm một tuần nữa`);
    const [only, ...others] = await all();
    expect(others).toEqual([]);
    expect(only?.events.map(({ type }) => type)).toEqual(["filed", "informed"]);
    expect(again.text).toContain(only?.trackingCode);
  });

  it("as another person has a case of their own, linked", async () => {
    const { files, all } = await office();
    await files("web:hoa", STORY);
    const other = await files("web:nam", `Chị tôi nhờ tôi hỏi hộ. ${STORY}`);
    const [first, second] = await all();
    expect(second?.events.map(({ type }) => type)).toEqual(["filed", "linked"]);
    expect(second?.events[1]).toMatchObject({ to: first?.id });
    expect(other.text).not.toContain(first?.trackingCode);
  });

  it("is not remembered when nothing could be stored", async () => {
    const { files, fail, all } = await office();
    for (const round of [1, 2, 3, 4, 5, 6]) {
      fail(false);
      const told = files(`web:${round}`, RUDE);
      if (round < 6) {
        fail(true);
        await expect(told).rejects.toThrow(NotSaved);
      } else await told;
    }
    expect((await all()).map(({ status }) => status)).toEqual(["registered"]);
  });
});

describe("a person known by the phone number that they gave", () => {
  it("is one person in all conversations, also for a program that starts anew, and no case tells the number", async () => {
    const { files, all, store, recent } = await office();
    const told = async (number: number, phone: string): Promise<void> => {
      const story = `${OWN_WORDS[number] ?? ""} ở bộ phận một cửa xã Núi Thành, Đà Nẵng`;
      await files(`web:${number}`, story, `Trần Thị Hoa, ${phone}`);
    };
    const known = async (): Promise<readonly object[][]> => {
      const anew = createRecentFilings(rules.guards);
      for (const complaint of await all()) anew.see(complaint);
      return [recent, anew].map((one) => [...one.clusters(NOW)]);
    };
    for (const [number, phone] of ["0905 777 888", "0905777888", "0905.777.888"].entries())
      await told(number, phone);
    expect(await known()).toEqual([[], []]);
    await told(3, "0905777880");
    await told(4, "0905777881");
    expect(await known()).toMatchObject([[{ persons: 3 }], [{ persons: 3 }]]);
    const cases = await all();
    expect(cases).toHaveLength(5);
    expect(JSON.stringify(cases)).not.toMatch(/Hoa|0905|777888/);
    expect(await store.identity(cases[4]?.id ?? "")).toEqual({
      person: { name: "Trần Thị Hoa", phone: "0905777881" },
    });
  });
});

describe("a flood", () => {
  it("is held back under codes, listed to the coordinator, released or rejected, objected to and decided by another", async () => {
    const { files, says, send, all, binds, store } = await office();
    const told: Reply[] = [];
    for (let number = 0; number < 7; number++) told.push(await files(`web:${number}`, RUDE));
    const cases = await all();
    expect(cases.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 4 }, () => "registered"),
      ...Array.from({ length: 3 }, () => "quarantined"),
    ]);
    for (const [index, complaint] of cases.entries())
      expect(told[index]?.text).toContain(complaint.trackingCode);
    const [, , , , one, two, three] = cases;
    if (!one || !two || !three) throw new Error("no cases");
    expect(await says("web:4", `tra cứu ${one.trackingCode}`)).toContain(vietnamese.statuses.quarantined);

    expect(await says("telegram:9", "/cach")).toBe(words.notLinked);
    await binds("telegram:1", COORDINATOR, "coordinator");
    await binds("telegram:2", COORDINATOR, "coordinator");
    await binds("telegram:3", INSPECTORATE, "officer");
    expect(await says("telegram:3", "/cach")).toBe(words.guards.none);
    expect(await says("telegram:3", `/tha ${one.trackingCode}`)).toBe(words.unknownCase);
    const list = await says("telegram:1", "/cach");
    expect(list).toContain(one.trackingCode);
    expect(list).toContain("3 phản ánh");
    expect(await says("telegram:1", `/cach ${one.trackingCode}`)).toContain(RUDE);
    expect(await says("telegram:1", `/loai ${one.trackingCode}`)).toBe(words.usage.reject);

    expect(await says("telegram:1", `/tha ${one.trackingCode}`)).toBe(
      words.guards.released(1, one.trackingCode),
    );
    expect(await says("telegram:1", `/tha ${one.trackingCode}`)).toBe(words.guards.notHeldBack);
    expect(await store.complaint(one.id)).toMatchObject({ status: "registered" });

    expect(await says("telegram:1", `/loai ${two.trackingCode} nhóm Trùng một nội dung`)).toBe(
      words.guards.rejected(2, two.trackingCode),
    );
    expect(await store.complaint(three.id)).toMatchObject({ status: "rejected" });
    const status = await says("web:5", `tra cứu ${two.trackingCode}`);
    expect(status).toContain("Trùng một nội dung");
    await send("web:5", { choice: `c:object:${two.id}` });
    expect(await store.complaint(two.id)).toMatchObject({ status: "quarantined" });
    expect(await says("telegram:1", `/tha ${two.trackingCode}`)).toBe(words.guards.ownRejection);
    expect(await says("telegram:2", `/tha ${two.trackingCode}`)).toBe(
      words.guards.released(1, two.trackingCode),
    );
    const deliveries = await store.claim(new Date("2027-01-01"), 200, 60);
    const filedFor = deliveries.flatMap(({ delivery }) =>
      delivery.content.kind === "agency" && delivery.content.notice.event === "filed"
        ? delivery.complaint
        : [],
    );
    expect(filedFor).toEqual(expect.arrayContaining([one.id, two.id]));
    expect(filedFor).not.toContain(three.id);
  }, 60_000);

  it("decided on together is decided to the end when the message comes again after a crash", async () => {
    const { files, says, all, binds, fail } = await office();
    for (let number = 0; number < 7; number++) await files(`web:${number}`, RUDE);
    await binds("telegram:1", COORDINATOR, "coordinator");
    await binds("telegram:2", COORDINATOR, "coordinator");
    const held = async () => (await all()).filter(({ status }) => status === "quarantined");
    const [named] = await held();
    const code = named?.trackingCode ?? "";
    fail("after one");
    await expect(says("telegram:1", `/loai ${code} nhóm Trùng một nội dung`)).rejects.toThrow(NotSaved);
    expect(await held()).toHaveLength(2);
    fail(false);
    for (const [who, said] of [
      ["telegram:2", `/loai ${code} nhóm Trùng một nội dung`],
      ["telegram:1", `/tha ${code} nhóm`],
      ["telegram:1", `/loai ${code} nhóm Một lý do khác`],
    ] as const) {
      expect(await says(who, said)).toBe(words.guards.notHeldBack);
    }
    expect(await says("telegram:1", `/loai ${code} nhóm Trùng một nội dung`)).toBe(
      words.guards.rejected(3, code),
    );
    expect(await held()).toEqual([]);
  }, 60_000);
});
