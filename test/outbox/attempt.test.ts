import { describe, expect, it } from "vitest";
import type { Sent } from "../../src/channels/channel.ts";
import type { Contact } from "../../src/outbox/contacts.ts";
import { StoreError } from "../../src/store/store.ts";
import { createBench, toAgency, toPerson } from "../fakes/outbox-bench.ts";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const MINUTE = 60_000;
const webhookTo = (url: string): Contact => ({ channel: "webhook", url, secrets: [SECRET] });
const FAILED: Sent = { kind: "retry", problem: "answered 500" };

describe("what goes out", () => {
  it("is to a webhook the wire format, complete, with where to answer", async () => {
    const bench = createBench();
    bench.contacts = { snv: [webhookTo("https://a.vn/x")] };
    bench.store.promise(toAgency("d1", "snv", "webhook:https://a.vn/x", { person: { toldBy: 0 } }));
    bench.store.identities.set("c-snv", { person: { name: "Lê Thị B" }, email: "b@example.vn" });
    expect(await bench.outbox.deliverDue()).toBe(1);
    const [sent] = bench.out;
    expect(sent).toMatchObject({ way: "webhook", to: "https://a.vn/x", id: "d1" });
    expect(JSON.parse(String(sent?.body))).toEqual({
      id: "d1",
      case: "MC-7K4P-29QX-84MT",
      event: "filed",
      kind: "late",
      summary: "Hồ sơ trễ hẹn",
      text: "Tôi nộp hồ sơ ngày 2/11, hẹn ngày 9/11, đến nay chưa có.",
      procedure: { code: "1.001193", name: "Đăng ký khai sinh" },
      dossier: null,
      place: "xã Núi Thành, Đà Nẵng",
      agency: { id: "so-noi-vu", name: "Sở Nội vụ" },
      due: "2026-12-01",
      person: { name: "Lê Thị B", phone: null },
      evidence: [],
      reply: { url: "https://bot.example/webhook/d1", token: "t-snv" },
    });
    expect(bench.store.state("d1")).toMatchObject({ status: "sent", attempts: 1 });
  });

  it("holds nothing beyond the wire format, whatever was stored with the notice", async () => {
    const bench = createBench();
    bench.contacts = { snv: [webhookTo("https://a.vn/x")] };
    const more = { chat: "telegram:7 CANARY" };
    const by = { id: "so-noi-vu", name: "Sở Nội vụ", ...more };
    const answered = { at: "2026-11-20T02:00:00Z", by, what: "Sở Nội vụ trả lời", text: "Đã trả", ...more };
    const notice = {
      person: { toldBy: 0, ...more },
      procedure: { code: "1", name: "n", ...more },
      story: "Tôi nộp hồ sơ",
      history: [
        answered,
        { at: "2026-11-21T02:00:00Z", by: null, what: "Người dân viết thêm", text: "Chưa" },
      ],
    };
    const person = { name: "Lê Thị B", ...more };
    bench.store.identities.set("c-snv", { person });
    bench.store.promise(toAgency("d1", "snv", "webhook:https://a.vn/x", { ...notice, ...more }));
    await bench.outbox.deliverDue();
    expect(String(bench.out[0]?.body)).toContain("Lê Thị B");
    expect(JSON.parse(String(bench.out[0]?.body))).toMatchObject({
      story: "Tôi nộp hồ sơ",
      history: [
        { by: { id: "so-noi-vu" }, text: "Đã trả" },
        { by: null, text: "Chưa" },
      ],
    });
    expect(String(bench.out[0]?.body)).not.toContain("CANARY");
  });

  it("is to an agency's mailbox the official text with its signed link", async () => {
    const bench = createBench();
    bench.contacts = { snv: [{ channel: "email", to: "a@example.vn" }] };
    bench.store.promise(toAgency("d1", "snv", "email:a@example.vn"));
    await bench.outbox.deliverDue();
    const body = { subject: "Về MC-7K4P-29QX-84MT", text: "Hồ sơ trễ hẹn https://bot.example/email/d1" };
    expect(bench.out).toEqual([{ way: "email", to: "a@example.vn", id: "d1", body }]);
  });

  it("is to an agency's chat the official text, and no link that would act for whoever sees it", async () => {
    const bench = createBench();
    bench.contacts = { snv: [{ channel: "telegram", chat: "-100" }] };
    bench.store.promise(toAgency("d1", "snv", "telegram:-100"));
    await bench.outbox.deliverDue();
    expect(bench.out).toEqual([
      { way: "telegram", to: "telegram:-100", body: { text: "Hồ sơ trễ hẹn", choices: [] } },
    ]);
  });

  it("is never to a way that somebody reads who may not hear of it, though the promised one is gone", async () => {
    const bench = createBench({
      waysOpen: (_, { to }) => (to.kind === "agency" && to.agency === "snv" ? ["email:b@example.vn"] : []),
    });
    const mailboxes = ["a", "b"].map((name): Contact => ({ channel: "email", to: `${name}@example.vn` }));
    bench.contacts = { snv: mailboxes, tt: mailboxes };
    const promised = [toAgency("d1", "snv", "email:old@example.vn"), toAgency("d2", "tt", "none")];
    for (const { complaint = "" } of promised) bench.store.file(complaint);
    bench.store.promise(...promised);
    await bench.outbox.deliverDue();
    expect(bench.out.map(({ to }) => to)).toEqual(["b@example.vn"]);
    expect(bench.store.state("d2")).toMatchObject({
      status: "dead",
      problem: expect.stringContaining("no contact"),
    });
  });

  it("has the buttons that the official text gives", async () => {
    const choices = [{ id: "o:1", label: "Nhận" }];
    const bench = createBench({ officialText: () => ({ subject: "s", text: "t", choices }) });
    bench.contacts = { snv: [{ channel: "telegram", chat: "-100" }] };
    bench.store.promise(toAgency("d1", "snv", "telegram:-100"));
    await bench.outbox.deliverDue();
    expect(bench.out[0]?.body).toEqual({ text: "t", choices });
  });

  it("is to an official's chat the message as it was made, with its buttons", async () => {
    const bench = createBench();
    const choices = [{ id: "o:list:all", label: "Mở danh sách việc" }];
    const content = { kind: "official", text: "Việc hôm nay", choices } as const;
    bench.store.promise({ id: "d1", to: { kind: "chat", conversation: "web:desk" }, content });
    await bench.outbox.deliverDue();
    expect(bench.out).toEqual([{ way: "web", to: "web:desk", body: { text: "Việc hôm nay", choices } }]);
  });

  it("is to a person the message, on the channel of their chat or by e-mail under a subject that tells at most which case it is", async () => {
    const bench = createBench();
    bench.store.identities.set("c1", { email: "b@example.vn" });
    bench.store.promise(
      toPerson("d1", { kind: "chat", conversation: "web:a:b" }),
      toPerson("d2", { kind: "email" }),
    );
    expect(await bench.outbox.deliverDue()).toBe(2);
    const text = "Cơ quan đã nhận phản ánh.";
    expect(bench.out).toEqual([
      { way: "web", to: "web:a:b", body: { text, choices: [{ id: "confirm", label: "Đã giải quyết" }] } },
      { way: "email", to: "b@example.vn", id: "d2", body: { subject: "Một Cửa", text } },
    ]);
    const known = toPerson("d3", { kind: "email" });
    bench.store.promise({ ...known, content: { kind: "person", text, choices: [], code: "MC-1" } });
    await bench.outbox.deliverDue();
    expect(bench.out.at(-1)?.body).toEqual({ subject: "Một Cửa: MC-1", text });
  });
});

describe("who the person is", () => {
  const A = webhookTo("https://a.vn/x");
  const named = { person: { toldBy: 0 } };
  const personsIn = (bench: ReturnType<typeof createBench>): (readonly [string, unknown])[] =>
    bench.out.map(({ id = "", body }) => {
      const told: unknown = JSON.parse(String(body));
      return [id, typeof told === "object" && told !== null && "person" in told ? told.person : undefined];
    });

  it("is looked up when the notice is sent, and stands in no notice that may not name them", async () => {
    const bench = createBench();
    bench.contacts = { snv: [A], other: [A] };
    bench.store.identities.set("c-other", { person: { name: "Lê Thị B" } });
    bench.store.promise(toAgency("d1", "snv", "webhook:https://a.vn/x", named));
    bench.store.promise(toAgency("d2", "other", "webhook:https://a.vn/x"));
    bench.store.identities.set("c-snv", { person: { name: "Trần Thị Hoa", phone: "0905123456" } });
    await bench.outbox.deliverDue();
    expect(Object.fromEntries(personsIn(bench))).toEqual({
      d1: { name: "Trần Thị Hoa", phone: "0905123456" },
      d2: null,
    });
  });

  it("that is erased meanwhile is in nothing that is sent: the notice goes without, the letter not at all", async () => {
    const bench = createBench();
    bench.contacts = { snv: [A] };
    bench.store.promise(toAgency("d1", "snv", "webhook:https://a.vn/x", named));
    bench.store.promise(toPerson("d2", { kind: "email" }));
    await bench.outbox.deliverDue();
    expect(personsIn(bench)).toEqual([["d1", null]]);
    expect(bench.store.state("d2").status).toBe("sent");
    expect(bench.lines.join()).toContain("outbox.withheld");
  });

  it("that is not there though the case says so is told to a human: no letter is lost unseen", async () => {
    const bench = createBench();
    bench.store.file("c1", true);
    bench.store.promise(toPerson("d1", { kind: "email" }));
    await bench.outbox.deliverDue();
    expect(bench.out).toEqual([]);
    expect(bench.store.state("d1")).toMatchObject({ status: "dead", nextAt: expect.any(String) });
  });

  it("that cannot be opened holds its own deliveries, which are told to a human, and no others", async () => {
    const bench = createBench();
    bench.contacts = { snv: [A] };
    bench.store.identity = async () => {
      throw new StoreError("sealed content does not open");
    };
    bench.store.promise(toAgency("d1", "snv", "webhook:https://a.vn/x", named));
    bench.store.promise(toPerson("d2", { kind: "chat", conversation: "web:a" }));
    await bench.outbox.deliverDue();
    expect(bench.out.map(({ way }) => way)).toEqual(["web"]);
    expect(bench.store.state("d1")).toMatchObject({ status: "dead", nextAt: expect.any(String) });
  });
});

describe("an agency's address", () => {
  it("is looked up when the notice is sent, with the secret of now", async () => {
    const secrets: (readonly string[])[] = [];
    const webhook = {
      send: async (target: { secrets: readonly string[] }): Promise<Sent> => {
        secrets.push(target.secrets);
        return FAILED;
      },
    };
    const bench = createBench({ webhook });
    bench.store.promise(toAgency("d1", "snv", "webhook:https://a.vn/x"));
    bench.contacts = { snv: [{ channel: "webhook", url: "https://a.vn/x", secrets: ["old"] }] };
    await bench.outbox.deliverDue();
    bench.contacts = { snv: [{ channel: "webhook", url: "https://a.vn/x", secrets: ["new", "old"] }] };
    bench.pass(MINUTE);
    await bench.outbox.deliverDue();
    expect(secrets).toEqual([["old"], ["new", "old"]]);
  });

  it("that left the file is replaced by the agency's other contact of the same channel", async () => {
    const bench = createBench();
    bench.contacts = { snv: [{ channel: "email", to: "a@b.vn" }, webhookTo("https://new.vn/x")] };
    bench.store.promise(toAgency("d1", "snv", "webhook:https://old.vn/x"));
    await bench.outbox.deliverDue();
    expect(bench.out.map(({ to }) => to)).toEqual(["https://new.vn/x"]);
  });

  it("that left the file without another of its channel is for a human at once", async () => {
    const bench = createBench();
    bench.contacts = { snv: [{ channel: "email", to: "a@b.vn" }] };
    bench.store.promise(toAgency("d1", "snv", "webhook:https://old.vn/x"));
    await bench.outbox.deliverDue();
    expect(bench.out).toEqual([]);
    expect(bench.store.state("d1")).toMatchObject({
      status: "dead",
      attempts: 1,
      problem: "no contact in the contacts file",
    });
  });

  it("that is added later gets what was promised, without a restart", async () => {
    const bench = createBench();
    bench.contacts = {};
    bench.store.promise(toAgency("d1", "snv", "none"));
    await bench.outbox.deliverDue();
    expect(bench.store.state("d1").status).toBe("dead");
    bench.contacts = { snv: [webhookTo("https://new.vn/x")] };
    await bench.run(2);
    expect(bench.out.map(({ to }) => to)).toEqual(["https://new.vn/x"]);
    expect(bench.store.state("d1").status).toBe("sent");
  });

  it("on a channel that is switched off is tried again, for it may be on after the next start", async () => {
    const bench = createBench({ email: undefined, channels: new Map() });
    bench.contacts = { snv: [{ channel: "telegram", chat: "-100" }] };
    bench.store.identities.set("c1", { email: "b@example.vn" });
    bench.store.promise(
      toAgency("d1", "snv", "telegram:-100"),
      toPerson("d2", { kind: "email" }),
      toPerson("d3", { kind: "chat", conversation: "zalo:7" }),
    );
    await bench.outbox.deliverDue();
    expect(bench.store.states().map(({ status, problem }) => `${status}: ${problem}`)).toEqual([
      "waiting: telegram is switched off",
      "waiting: email is switched off",
      "waiting: zalo is switched off",
    ]);
  });
});
