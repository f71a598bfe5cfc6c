import { describe, expect, it, vi } from "vitest";
import type { ComplaintEvent, Filing } from "../../src/complaints/complaint.ts";
import { COORDINATOR } from "../../src/complaints/route.ts";
import type { Role } from "../../src/store/store.ts";
import { desk as words } from "../../src/wording/desk.ts";
import { official } from "../../src/wording/official.ts";
import { CENTRE, CITY, COMMUNE, INSPECTORATE, NOW } from "../complaints/case.ts";
import { deskOffice, PERSON, type Seat } from "./desk-office.ts";

const at = NOW.toISOString();
const late: Extract<ComplaintEvent, { type: "escalated" }> = {
  type: "escalated",
  at,
  clock: "answer",
  step: "next-level",
  round: 0,
  to: [CITY],
};
const FORM = { found: "Đã xem lại camera.", done: "Đã nhắc nhở, xin lỗi người dân." };

describe("a session at the desk", () => {
  it("begins with a link code that works once, and is kept where no script reads it", async () => {
    const { stranger, link, store, log } = await deskOffice();
    const code = await link(COMMUNE, "head");
    const answer = await stranger.post("sign-in", { code: code.toLowerCase() });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ role: "Người đứng đầu", cases: true, coordinates: false });
    const cookie = answer.headers.get("Set-Cookie") ?? "";
    expect(cookie).toMatch(
      /^motcua-desk=[\w-]{43}; Max-Age=2592000; Path=\/desk; HttpOnly; SameSite=Strict$/,
    );
    const [official] = await store.officials();
    expect(official).toMatchObject({ agency: COMMUNE, role: "head" });
    // Who reads the store cannot sign in with what stands there.
    expect(cookie).not.toContain(official?.sender.replace("desk:", ""));
    expect(JSON.stringify(log.mock.calls)).not.toContain(code);
    const again = await stranger.post("sign-in", { code });
    expect([again.status, again.headers.get("Set-Cookie")]).toEqual([401, null]);
  });

  it("goes over TLS only, where the program is reached by it", async () => {
    const { stranger, link } = await deskOffice("https://motcua.example");
    const answer = await stranger.post("sign-in", { code: await link(COMMUNE, "officer") });
    expect(answer.headers.get("Set-Cookie")).toMatch(/^__Secure-motcua-desk=.*; Secure; /);
  });

  it("does not begin with a code that is unknown, too old or no code", async () => {
    const { stranger, link, later } = await deskOffice();
    expect((await stranger.post("sign-in", { code: "LK-AAAA-AAAA-AAAA" })).status).toBe(401);
    const code = await link(COMMUNE, "officer");
    later(1);
    expect((await stranger.post("sign-in", { code })).status).toBe(401);
    for (const body of [{}, { code: 7 }, { code: "x".repeat(65) }, [], null])
      expect((await stranger.post("sign-in", body)).status, JSON.stringify(body)).toBe(400);
  });

  it("lives through a restart and ends after 30 days, by signing out, or by a new one in the same browser", async () => {
    const { signsIn, later, seatWith, link, store } = await deskOffice();
    const first = await signsIn(COMMUNE, "officer");
    expect((await first.get("me")).status).toBe(200);
    const renewed = await first.post("sign-in", { code: await link(COMMUNE, "officer") });
    expect((await first.get("me")).status).toBe(401);
    const second = seatWith((renewed.headers.get("Set-Cookie") ?? "").split(";")[0] ?? "");
    later(29.9);
    expect((await second.get("me")).status).toBe(200);
    later(0.2);
    expect((await second.get("me")).status).toBe(401);
    const third = await signsIn(CITY, "officer");
    // What ran out is forgotten when somebody signs in.
    expect((await store.officials()).map(({ agency }) => agency)).toEqual([CITY]);
    const left = await third.post("sign-out", {});
    expect(left.headers.get("Set-Cookie")).toMatch(/^motcua-desk=; Max-Age=0/);
    expect((await third.get("me")).status).toBe(401);
    expect(await store.officials()).toEqual([]);
  });

  it("is not opened by guessed secrets", async () => {
    const { signsIn, seatWith } = await deskOffice();
    const { cookie } = await signsIn(COMMUNE, "officer");
    for (const wrong of [
      `${cookie}x`,
      cookie.slice(0, -1),
      "motcua-desk=",
      "motcua-desk=' OR 1=1",
      "other=1",
    ])
      expect((await seatWith(wrong).get("me")).status, wrong).toBe(401);
  });

  it("takes nothing that another site's page could send", async () => {
    const { signsIn, files, read, app } = await deskOffice();
    const seat = await signsIn(COMMUNE, "officer");
    const code = await files();
    const act = { action: "acknowledge", revision: 1 };
    for (const headers of [
      { "Content-Type": "text/plain" },
      { "Content-Type": "application/x-www-form-urlencoded" },
      { Origin: "https://evil.example" },
      { Origin: "null" },
      { "Sec-Fetch-Site": "cross-site" },
      { "Sec-Fetch-Site": "same-site" },
    ])
      expect((await seat.post(`cases/${code}/acts`, act, headers)).status, JSON.stringify(headers)).toBe(403);
    const bare = await app.request(`/desk/api/cases/${code}/acts`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Cookie: seat.cookie },
      body: JSON.stringify(act),
    });
    expect(bare.status).toBe(403);
    expect((await read(code)).revision).toBe(1);
    const own = { Origin: "http://desk.test", "Sec-Fetch-Site": "same-origin" };
    expect((await seat.post(`cases/${code}/acts`, act, own)).status).toBe(200);
  });
});

describe("who may see and do what", () => {
  /** Cases by who holds them. */
  async function world() {
    const office = await deskOffice();
    const codes = {
      commune: await office.files(),
      city: await office.files({ about: { id: COMMUNE, name: "UBND xã Núi Thành" } }),
      bribe: await office.files({ kind: "bribe" }),
      unrouted: await office.files({ about: { name: "cán bộ" } }),
      neglected: await office.files({}, late),
      keptNeglected: await office.files({ kind: "bribe" }, { ...late, to: [] }),
    };
    return { ...office, codes };
  }
  type Case = keyof Awaited<ReturnType<typeof world>>["codes"];

  const NOTHING: readonly Case[] = [];
  const SEES: readonly (readonly [Role, string, readonly Case[]])[] = [
    ...(["officer", "head", "custodian"] as const).flatMap((role) => [
      [role, COMMUNE, ["commune", "neglected"]] as const,
      [role, CITY, ["city", "neglected"]] as const,
      [role, INSPECTORATE, ["bribe", "keptNeglected"]] as const,
      // The unit complained about.
      [role, CENTRE, NOTHING] as const,
      [role, COORDINATOR, ["unrouted"]] as const,
    ]),
    ["coordinator", COORDINATOR, ["unrouted", "neglected"]],
    // A coordinator bound to a unit is one of its officials, no more.
    ["coordinator", COMMUNE, ["commune", "neglected"]],
    ["coordinator", CENTRE, NOTHING],
    ...[COMMUNE, CITY, INSPECTORATE, CENTRE, COORDINATOR].map((id) => ["supervisor", id, NOTHING] as const),
  ];

  it.each(SEES)(
    "a %s of %s sees and acts on %j, and cannot tell the rest from what does not exist",
    async (role, agency, seen) => {
      const { signsIn, codes, read } = await world();
      const seat = await signsIn(agency, role);
      const absent = await outcomes(seat, "MC-0000-0000-0000");
      for (const [name, code] of Object.entries(codes)) {
        const got = await outcomes(seat, code);
        if (seen.includes(name as Case)) {
          // The act names nothing to be done: it gets as far as being read.
          expect(
            got.map(({ status }) => status),
            name,
          ).toEqual([200, 200, 400]);
        } else {
          expect(got, name).toEqual(absent);
          expect(JSON.stringify(got)).not.toMatch(/camera|Núi Thành/);
        }
        expect((await read(code)).events.some(({ type }) => type === "acknowledged")).toBe(false);
      }
      expect(absent.map(({ status }) => status)).toEqual(
        role === "supervisor" ? [403, 403, 403] : [404, 404, 404],
      );
      const list = await seat.get("cases");
      expect(list.status).toBe(role === "supervisor" ? 403 : 200);
      // The coordinator's further cases stand in the lists of what is astray.
      const own = seen.filter((name) => !(agency === COORDINATOR && name === "neglected"));
      if (role !== "supervisor")
        expect(list.body.cases?.map((row) => row.code).toSorted()).toEqual(
          own.map((name) => codes[name]).toSorted(),
        );
      expect((await seat.get("figures")).status).toBe(200);
      const coordinates = role === "coordinator" && agency === COORDINATOR;
      expect((await seat.get("coordination")).status).toBe(coordinates ? 200 : 403);
    },
  );

  const outcomes = async (seat: Seat, code: string) => {
    const answers = [
      await seat.get(`cases/${code}`),
      await seat.get(`cases/${code}/agencies?q=so+noi+vu`),
      await seat.post(`cases/${code}/acts`, {}),
    ];
    return answers.map(({ status, body }) => ({ status, error: body.error }));
  };

  it("nobody without a session is told anything", async () => {
    const { stranger, codes, app } = await world();
    for (const path of [
      "me",
      "cases",
      "figures",
      "coordination",
      "nothing",
      `cases/${codes.commune}`,
      `cases/${codes.commune}/agencies?q=x`,
    ]) {
      const { status, body, headers } = await stranger.get(path);
      expect([status, Object.keys(body), headers.get("Cache-Control")], path).toEqual([
        401,
        ["error"],
        "no-store",
      ]);
    }
    for (const path of ["sign-out", `cases/${codes.commune}/acts`])
      expect((await stranger.post(path, { action: "acknowledge", revision: 1 })).status, path).toBe(401);
    // The page itself holds nothing of any case.
    const page = await app.request("/desk");
    expect([page.status, await page.text()]).toEqual([200, "<p>desk</p>"]);
  });

  it("a case handed on is gone from the desk of who handed it on", async () => {
    const { signsIn, codes } = await world();
    const seat = await signsIn(CITY, "officer");
    const wish = { action: "transfer", to: "so-noi-vu-da-nang", text: "Đúng thẩm quyền", revision: 1 };
    const done = await seat.post(`cases/${codes.city}/acts`, wish);
    expect([done.status, done.body.case]).toEqual([200, null]);
    expect((await seat.get(`cases/${codes.city}`)).status).toBe(404);
    expect((await seat.post(`cases/${codes.city}/acts`, wish)).status).toBe(404);
    const next = await signsIn("so-noi-vu-da-nang", "officer");
    expect((await next.get(`cases/${codes.city}`)).status).toBe(200);
  });
});

describe("acts at the desk", () => {
  async function begin(told: Partial<Filing> = {}, agency = COMMUNE) {
    const office = await deskOffice();
    const code = await office.files(told);
    const seat = await office.signsIn(agency, "officer");
    let revision = 1;
    return {
      ...office,
      code,
      seat,
      acts: async (body: object) => {
        const answer = await seat.post(`cases/${code}/acts`, { revision, ...body });
        revision = answer.body.case?.revision ?? revision;
        return answer;
      },
    };
  }

  it("are also decisions of the coordinator on what is held back, once, with a reason for its author", async () => {
    const { signsIn, files, read } = await deskOffice();
    const held = {
      type: "quarantined",
      at: NOW.toISOString(),
      suspicion: "words",
      lane: "coordinator",
    } as const;
    const [released, rejected] = [await files({}, held), await files({ text: "Khác" }, held)];
    const [seat, officer] = [await signsIn(COORDINATOR, "coordinator"), await signsIn(COMMUNE, "officer")];
    const act = (who: Seat, code: string, body: object) =>
      who.post(`cases/${code}/acts`, { revision: 2, ...body });
    expect((await act(officer, released, { action: "release" })).status).toBe(404);
    expect((await act(seat, released, { action: "acknowledge" })).status).toBe(409);
    expect((await act(seat, released, { action: "release" })).body).toMatchObject({
      done: official.guards.released(1, released),
      case: null,
    });
    expect(await read(released)).toMatchObject({ status: "registered", holders: [COMMUNE] });
    expect((await act(seat, released, { action: "release" })).status).toBe(404);
    expect((await act(seat, rejected, { action: "reject", text: " " })).status).toBe(409);
    expect((await act(seat, rejected, { action: "reject", text: "Không có sự việc" })).status).toBe(200);
    expect((await read(rejected)).events.at(-1)).toMatchObject({
      type: "rejected",
      by: { agency: COORDINATOR, via: "desk", role: "coordinator" },
      reason: "Không có sự việc",
    });
  });

  it("ask who the person is, with a reason that the person reads", async () => {
    const { acts, code, read } = await begin();
    expect((await acts({ action: "ask-identity", text: "Để tìm hồ sơ" })).status).toBe(200);
    expect((await read(code)).events.at(-1)).toMatchObject({
      type: "identity-asked",
      reason: "Để tìm hồ sơ",
    });
  });

  it("are recorded with the session that did them, told to the person, and shown with the fresh case", async () => {
    const { acts, code, read, store, seat } = await begin();
    const taken = await acts({ action: "acknowledge" });
    expect(taken.body.done).toBe(official.done.acknowledge(code));
    expect(taken.body.case).toMatchObject({ revision: 2, status: "Đã tiếp nhận" });
    expect(taken.body.case?.deeds).toEqual([
      "answer",
      "ask",
      "progress",
      "extend",
      "transfer",
      "ask-identity",
    ]);
    await acts({ action: "progress", text: "Đang xem camera" });
    const apology = "Mong anh/chị thông cảm\u202e";
    await acts({ action: "extend", until: "2026-12-05", text: "Cần thêm thời gian", apology });
    await acts({ action: "ask", text: "Quầy số mấy?" });
    const { events, status } = await read(code);
    expect(status).toBe("needs_info");
    const [bound] = await store.officials();
    const by = { agency: COMMUNE, via: "desk", person: bound?.sender };
    expect(events.slice(1)).toMatchObject([
      { type: "acknowledged", by },
      { type: "progress", by, text: "Đang xem camera" },
      { type: "extended", by, until: "2026-12-05", apology: "Mong anh/chị thông cảm" },
      { type: "asked", by, text: "Quầy số mấy?" },
    ]);
    const told = (await store.claim(new Date("2027-01-01"), 20, 60)).map(({ delivery }) => delivery.to.kind);
    expect(told.filter((kind) => kind === "chat").length).toBeGreaterThan(0);
    const { filters, cases } = (await seat.get("cases")).body;
    expect(cases?.[0]?.filters).toEqual(["waiting", "mine", "all"]);
    expect(filters?.find(({ id }) => id === "waiting")?.count).toBe(1);
    // Nothing says from where an official or the person wrote.
    expect(JSON.stringify((await seat.get(`cases/${code}`)).body)).not.toMatch(/desk:|web:/);
  });

  it("answer with parts of which two are needed, and with words of one's own", async () => {
    const { acts, code, read, seat } = await begin();
    const answer = (form: object) => acts({ action: "answer", form });
    expect(await answer({ found: "Đã xem." })).toMatchObject({
      status: 400,
      body: { error: "Còn thiếu: Đã giải quyết." },
    });
    expect((await answer({ ...FORM, found: "x".repeat(4000) })).body.error).toContain("dài quá");
    expect((await answer({ ...FORM, next: "Gọi [điền: số]" })).body.error).toContain("[điền: số]");
    expect((await acts({ action: "answer", text: "Xong" })).status).toBe(400);
    expect((await read(code)).revision).toBe(1);
    const done = await answer({ ...FORM, basis: " ", next: "Đến quầy 3\u202e" });
    expect(done.status).toBe(200);
    expect((await read(code)).events.at(-1)).toMatchObject({
      type: "answered",
      text: "Kết quả xác minh: Đã xem lại camera.\nĐã giải quyết: Đã nhắc nhở, xin lỗi người dân.\nBước tiếp theo: Đến quầy 3",
    });
    expect(done.body.case).toMatchObject({ deeds: [], templates: [] });
    expect((await seat.get("cases")).body.cases?.[0]?.filters).toEqual(["answered", "mine", "all"]);
    expect((await answer(FORM)).body.error).toContain("Phản ánh này đã được trả lời.");
  });

  it("refuse an answer that is a template word for word, however it is spaced", async () => {
    const { acts, seat, code } = await begin({ kind: "praise" }, CENTRE);
    const { templates } = (await seat.get(`cases/${code}`)).body;
    const template = templates?.find(({ id }) => id === "khen");
    const praise = template && "parts" in template ? template.parts : {};
    const { done = "" } = praise;
    expect(praise.found).toContain("21/11/2026");
    for (const form of [praise, { ...praise, done: done.replaceAll(" ", "  ").toUpperCase() }])
      expect((await acts({ action: "answer", form })).body.error).toContain("y nguyên mẫu");
    expect(
      (await acts({ action: "answer", form: { ...praise, next: "Chị Lan gửi lời cảm ơn." } })).status,
    ).toBe(200);
  });

  it("say in a sentence why they are refused", async () => {
    const { acts } = await begin();
    const told = async (body: object) => {
      const { status, body: said } = await acts(body);
      return [status, said.error];
    };
    expect(await told({ action: "transfer", to: CENTRE, text: "x" })).toEqual([
      409,
      "Không chuyển được: đó là đơn vị bị phản ánh hoặc đơn vị dưới quyền.",
    ]);
    expect(await told({ action: "transfer", text: "x" })).toEqual([
      400,
      expect.stringContaining("Chưa chọn cơ quan"),
    ]);
    expect(await told({ action: "transfer", to: CITY, text: " " })).toEqual([
      400,
      expect.stringContaining("trống"),
    ]);
    expect(await told({ action: "extend", text: "x" })).toEqual([
      400,
      expect.stringContaining("Chưa có ngày mới"),
    ]);
    expect(await told({ action: "extend", until: "2026-11-01", text: "x" })).toEqual([
      409,
      expect.stringContaining("phải sau hôm nay"),
    ]);
    expect(await told({ action: "progress" })).toEqual([400, expect.stringContaining("trống")]);
    for (const body of [{ action: "close" }, { action: "acknowledge", revision: 0 }, { revision: 1 }])
      expect((await acts(body)).status, JSON.stringify(body)).toBe(400);
  });

  it("are not done on a case that somebody has changed since it was shown; what happens by itself is no change", async () => {
    const { acts, code, read, seat, signsIn } = await begin();
    const head = await signsIn(COMMUNE, "head");
    const answered = await head.post(`cases/${code}/acts`, { action: "answer", form: FORM, revision: 1 });
    expect(answered.status).toBe(200);
    const late = await acts({ action: "answer", form: { found: "Khác", done: "Khác" } });
    expect(late.status).toBe(409);
    expect(late.body).toMatchObject({
      changed: true,
      error: expect.stringMatching(/^Đã có người trả lời \(.*xã Núi Thành, 21\/11\/2026 09:00\)/),
      case: { revision: 2, status: "Đã trả lời, chờ xác nhận" },
    });
    expect((await read(code)).revision).toBe(2);
    expect((await seat.get(`cases/${code}`)).body.timeLine?.at(-1)).toMatchObject({
      when: "21/11/2026 09:00",
      text: expect.stringContaining("Đã xem lại camera."),
    });
  });

  it("tell what else changed, and are done after a mere delivery or reminder", async () => {
    const { acts, code, read, store } = await begin();
    const { id } = await read(code);
    const delivered = { type: "delivered", at, agency: COMMUNE } as const;
    await store.commit({ complaints: [{ id, revision: 1, events: [delivered] }] });
    expect((await acts({ action: "acknowledge", revision: 1 })).status).toBe(200);
    const informed = { type: "informed", at, text: "Có thêm ảnh" } as const;
    await store.commit({ complaints: [{ id, revision: 3, events: [informed] }] });
    const told = await acts({ action: "progress", text: "Đang làm" });
    expect([told.status, told.body.error]).toEqual([
      409,
      "Vụ này vừa có thay đổi: Người dân viết thêm (21/11/2026 09:00). Chưa gửi gì của anh/chị; xem lại rồi gửi.",
    ]);
    expect((await acts({ action: "progress", text: "Đang làm" })).status).toBe(200);
  });

  it("of two at the same moment one is done, and the other is told", async () => {
    const { seat, code, signsIn, read } = await begin();
    const head = await signsIn(COMMUNE, "head");
    const both = await Promise.all(
      [seat, head].map((each) =>
        each.post(`cases/${code}/acts`, { action: "answer", form: FORM, revision: 1 }),
      ),
    );
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409]);
    expect((await read(code)).events.filter(({ type }) => type === "answered")).toHaveLength(1);
  });
});

describe("an answer in the protected lane at the desk", () => {
  async function proposes() {
    const office = await deskOffice();
    const code = await office.files({ kind: "bribe" });
    const seatOf = async (role: Role) => {
      const seat = await office.signsIn(INSPECTORATE, role);
      return {
        view: async () => (await seat.get(`cases/${code}`)).body,
        acts: (body: object, revision = 2) => seat.post(`cases/${code}/acts`, { revision, ...body }),
      };
    };
    const [author, head] = [await seatOf("officer"), await seatOf("head")];
    expect([(await author.view()).needsSignature, (await head.view()).needsSignature]).toEqual([true, false]);
    const proposed = await author.acts({ action: "answer", form: FORM }, 1);
    return { ...office, code, author, head, proposed };
  }

  it("waits for a signature and says so; its author and the signers read it, and only those may sign who do", async () => {
    const { author, head, proposed, code, signsIn } = await proposes();
    expect(proposed.body).toMatchObject({
      done: official.done.propose(code),
      case: { status: words.toSign },
    });
    const text = "Kết quả xác minh: Đã xem lại camera.\nĐã giải quyết: Đã nhắc nhở, xin lỗi người dân.";
    for (const { proposal } of [await author.view(), await head.view()])
      expect(proposal).toEqual({
        by: "Thanh tra thành phố Đà Nẵng",
        when: "09:00 ngày 21/11/2026",
        text,
      });
    expect((await author.view()).deeds).not.toEqual(expect.arrayContaining(["sign"]));
    expect((await author.view()).deeds).not.toContain("answer");
    expect((await head.view()).deeds?.slice(0, 4)).toEqual(["acknowledge", "sign", "return", "answer"]);
    const row = (await (await signsIn(INSPECTORATE, "officer")).get("cases")).body.cases?.[0];
    expect(row?.status).toBe("Chờ ký câu trả lời");
    expect((await author.acts({ action: "sign" })).body.error).toBe(official.notSigner);
  });

  it("reaches the person when it is signed", async () => {
    const { author, head, code, read } = await proposes();
    const signed = await head.acts({ action: "sign" });
    expect(signed.body.done).toBe(official.done.sign(code));
    expect(signed.body.case).toMatchObject({ status: "Đã trả lời, chờ xác nhận", deeds: [] });
    expect(signed.body.case).not.toHaveProperty("proposal");
    const { events } = await read(code);
    expect(events.at(-1)).toMatchObject({
      type: "answered",
      by: { role: "officer" },
      signedBy: { role: "head" },
    });
    expect((await author.acts({ action: "progress", text: "Đang xem" })).status).toBe(409);
  });

  it("goes back to its author with a reason, and is not signed once somebody has changed the case", async () => {
    const { author, head, code } = await proposes();
    expect((await head.acts({ action: "sign" }, 1)).body).toMatchObject({
      changed: true,
      error: expect.stringContaining("trình ký câu trả lời"),
    });
    expect((await head.acts({ action: "return", text: " " })).body.error).toBe(official.empty);
    const returned = await head.acts({ action: "return", text: "Nêu căn cứ" });
    expect(returned.body.done).toBe(official.done.return(code));
    const view = await author.view();
    expect(view.timeLine?.at(-1)?.text).toBe("Nêu căn cứ");
    expect(view.deeds).toContain("answer");
    expect((await author.acts({ action: "answer", form: FORM }, 3)).body.done).toBe(
      official.done.propose(code),
    );
  });
});

describe("more time at the desk", () => {
  it("is offered with the last possible day and an apology to begin with, until nobody may ask for more", async () => {
    const { files, signsIn } = await deskOffice();
    const code = await files();
    const seat = await signsIn(COMMUNE, "officer");
    const { extension } = (await seat.get(`cases/${code}`)).body;
    expect(extension).toEqual({ until: "2026-12-07", latest: "07/12/2026", apology: words.apology });
    const asks = (until: string, revision: number) =>
      seat.post(`cases/${code}/acts`, { action: "extend", until, text: "Chờ xác minh", revision });
    expect((await asks("2026-12-08", 1)).body.error).toBe(official.tooFar("2026-12-07"));
    const done = await asks(extension?.until ?? "", 1);
    expect(done.body.done).toBe(official.done.extend(code, "2026-12-07"));
    expect(done.body.case).not.toHaveProperty("extension");
  });
});

describe("who the person is", () => {
  const asked = {
    type: "identity-asked",
    at,
    by: { agency: COMMUNE, via: "desk" },
    reason: "Tìm hồ sơ",
  } as const;

  it("stands on the page of an agency of the preview, and is not even opened for another that has the case", async () => {
    const { files, signsIn, store } = await deskOffice();
    const opening = vi.spyOn(store, "identity");
    const by = { agency: COMMUNE, via: "desk" } as const;
    const moved = { type: "transferred", at, by, to: CITY, reason: "Đúng nơi" } as const;
    const [own, handedOn] = [await files({ named: true }), await files({ named: true }, moved)];
    const [commune, city] = [await signsIn(COMMUNE, "officer"), await signsIn(CITY, "head")];
    expect((await commune.get(`cases/${own}`)).body.facts).toContain(`${PERSON.name}, ${PERSON.phone}`);
    const done = await commune.post(`cases/${own}/acts`, { action: "acknowledge", revision: 1 });
    expect(done.body.case?.facts).toContain(PERSON.name);
    expect(opening).toHaveBeenCalledTimes(2);
    const read = [
      await city.get(`cases/${handedOn}`),
      await city.post(`cases/${handedOn}/acts`, { action: "acknowledge", revision: 2 }),
    ];
    expect(read.map(({ status }) => status)).toEqual([200, 200]);
    expect(JSON.stringify(read)).toContain("giấu tên");
    expect(JSON.stringify(read)).not.toMatch(/Lan|0901234567/);
    expect(opening).toHaveBeenCalledTimes(2);
  });

  it("is asked with a reason, once", async () => {
    const { files, signsIn } = await deskOffice();
    const code = await files();
    const seat = await signsIn(COMMUNE, "officer");
    const asks = (text: string, revision: number) =>
      seat.post(`cases/${code}/acts`, { action: "ask-identity", text, revision });
    expect((await asks("", 1)).body.error).toBe(official.empty);
    const done = await asks("Tìm hồ sơ", 1);
    expect(done.body.done).toBe(official.done["ask-identity"](code));
    expect(done.body.case?.deeds).not.toContain("ask-identity");
    expect((await asks("Tìm hồ sơ", 2)).body.error).toBe(official.identity["identity-asked"]);
  });

  it("is opened by two who see the case; the coordinator reads of it with the others that wait", async () => {
    const { files, signsIn, later, read } = await deskOffice();
    const unrouted = { about: { name: "cán bộ" }, named: true } as const;
    const own = { ...asked, by: { agency: COORDINATOR, via: "desk" } } as const;
    const refused = { type: "identity-refused", at } as const;
    const code = await files(
      unrouted,
      { type: "protected", at, to: [COORDINATOR], seen: [], answerDue: "2026-11-30" },
      own,
      refused,
    );
    const elsewhere = { ...asked, by: { agency: INSPECTORATE, via: "desk" } } as const;
    const hidden = await files({ kind: "bribe", named: true }, elsewhere);
    const coordinator = await signsIn(COORDINATOR, "coordinator");
    const custodian = await signsIn(COORDINATOR, "custodian");
    const waiting = async () =>
      (await coordinator.get("coordination")).body.sections?.find(({ id }) => id === "identity")?.rows;
    expect(await waiting()).toMatchObject([
      { code, opens: true, since: "từ 21/11/2026", detail: expect.stringContaining("“Tìm hồ sơ”") },
    ]);
    expect((await coordinator.get(`cases/${code}`)).body.deeds?.at(-1)).toBe("approve-identity");
    const approve = { action: "approve-identity", text: "Không tìm được hồ sơ" };
    const first = await coordinator.post(`cases/${code}/acts`, { ...approve, revision: 4 });
    expect(first.body.done).toBe(official.done["approve-identity"](code));
    expect(first.body.case?.deeds).not.toContain("approve-identity");
    expect(await waiting()).toEqual([]);
    expect((await custodian.post(`cases/${code}/acts`, { ...approve, revision: 5 })).status).toBe(200);
    expect((await read(code)).events.at(-1)).toMatchObject({ type: "identity-opened", basis: "two-persons" });
    // Once the person has been waited for.
    later(6);
    expect(await waiting()).toMatchObject([{ code: hidden, opens: false, what: words.hiddenCase }]);
  });
});

describe("the search for an agency", () => {
  it("finds by words with or without accents, nearest first, and never the accused or a former holder", async () => {
    const { files, signsIn } = await deskOffice();
    const code = await files({ about: { id: COMMUNE, name: "UBND xã Núi Thành" } });
    const seat = await signsIn(CITY, "officer");
    const find = async (typed: string) =>
      (await seat.get(`cases/${code}/agencies?q=${encodeURIComponent(typed)}`)).body.agencies ?? [];
    expect((await find("so noi vu da nang"))[0]).toEqual({
      id: "so-noi-vu-da-nang",
      name: "Sở Nội vụ thành phố Đà Nẵng",
    });
    expect((await find("thanh tra đà"))[0]?.id).toBe(INSPECTORATE);
    expect(await find("")).toEqual([]);
    expect(await find("khong co noi nao nhu the")).toEqual([]);
    const all = await Promise.all(["núi thành", "ubnd", "đà nẵng", "trung tâm xã"].map(find));
    for (const found of all) {
      expect(found.length).toBeLessThanOrEqual(10);
      expect(found.map(({ id }) => id)).not.toEqual(expect.arrayContaining([COMMUNE]));
      expect(found.map(({ id }) => id)).not.toEqual(expect.arrayContaining([CENTRE]));
      expect(found.map(({ id }) => id)).not.toEqual(expect.arrayContaining([CITY]));
    }
  });
});
