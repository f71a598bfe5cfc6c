import { describe, expect, it } from "vitest";
import type { Complaint } from "../../src/complaints/complaint.ts";
import { act, inform } from "../../src/complaints/progress.ts";
import { protect } from "../../src/complaints/protect.ts";
import { createRateLimits } from "../../src/http/rate-limit.ts";
import type { ReplyView } from "../../src/officials/reply-view.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { official } from "../../src/wording/official.ts";
import {
  after,
  CENTRE,
  CITY,
  COMMUNE,
  directory,
  file,
  filing,
  INSPECTORATE,
  NOW,
  rules,
} from "../complaints/case.ts";
import { build, links } from "./doors.ts";

const CODE = "MC-7K4P-29QX-84MT";
const AT = NOW.toISOString();
const PERSON = { name: "Trần Thị Hoa", phone: "0905123456" };
const nameOf = (id: string): string => directory.agencies.get(id)?.name ?? "";

/** All that is answered here. */
type Body = Partial<ReplyView> & {
  readonly error?: string;
  readonly agencies?: readonly { readonly id: string }[];
};

/** What opens behind a letter's or a system's token for `agency`, over this case. */
function door(complaint: Complaint, agency = COMMUNE, limits?: ReturnType<typeof createRateLimits>) {
  const acts: unknown[] = [];
  const { ask } = build({
    clock: () => NOW,
    store: {
      health: () => Promise.resolve({ ok: true }),
      session: () => Promise.resolve(undefined),
      complaint: (id) => Promise.resolve(id === complaint.id ? complaint : undefined),
      identity: (id) => Promise.resolve(id === complaint.id ? { person: PERSON } : undefined),
    },
    act: async (_id, _agency, _via, deed) => {
      acts.push(deed);
      return { kind: "done", complaint, step: { events: [], deliveries: [] } };
    },
    ...(limits && { limits }),
  });
  const token = links.page(complaint.id, agency).split("#")[1] ?? "";
  const headers = { "Content-Type": "application/json", Authorization: `Bearer ${token}` };
  const path = `/api/replies/${complaint.id}.${agency}`;
  const read = async (more = "") => {
    const response = await ask(`${path}${more}`, { headers });
    return {
      status: response.status,
      body: (await response.json()) as Body,
      cache: response.headers.get("Cache-Control"),
    };
  };
  const post = async (body: object) => {
    const response = await ask(path, { method: "POST", headers, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as Body };
  };
  return { read, post, acts };
}

const filed = file(filing({ named: true, dossierCode: "H17.25-261102-0012" })).complaint;

describe("the page behind a letter's link", () => {
  it("shows which case it is, what the letter said and until when more time can be had, and is not kept", async () => {
    const { status, body, cache } = await door(filed).read();
    expect([status, cache]).toEqual([200, "no-store"]);
    expect(body).toMatchObject({
      case: CODE,
      summary: expect.stringContaining(nameOf(CENTRE)),
      due: "30/11/2026",
      latest: "07/12/2026",
      deeds: ["acknowledge", "answer", "ask", "progress", "extend", "transfer"],
    });
    for (const told of [filing().text, "H17.25-261102-0012", PERSON.name]) expect(body.facts).toContain(told);
    expect(JSON.stringify(body)).not.toMatch(/web:|session/);
  });

  it("shows what the person said since; of others' answers only those before the case came to it", async () => {
    const by = { agency: COMMUNE, via: "chat", role: "head" } as const;
    const told = after(filed, inform(filed, "Quầy số 3", NOW, rules).events);
    const answered = after(told, [{ type: "answered", at: AT, by, text: "Đã nhắc nhở" }]);
    const moved = after(answered, [
      { type: "disputed", at: AT, reason: "Vẫn quát", to: [COMMUNE] },
      { type: "transferred", at: AT, by, to: CITY, reason: "Đúng thẩm quyền" },
      { type: "escalated", at: AT, clock: "answer", step: "next-level", round: 0, to: [INSPECTORATE] },
      { type: "progress", at: AT, by: { agency: CITY, via: "chat" }, text: "Đang họp" },
    ]);
    const city = (await door(moved, CITY).read()).body;
    for (const text of ["Quầy số 3", "Đã nhắc nhở", "Vẫn quát", "Đúng thẩm quyền", "Đang họp"])
      expect(city.facts).toContain(text);
    // The name was for whom the person saw in the preview.
    expect(city.facts).not.toContain(PERSON.name);
    const beside = (await door(moved, INSPECTORATE).read()).body;
    expect(beside.facts).toContain("Đúng thẩm quyền");
    expect(beside.facts).not.toContain("Đang họp");
  });

  it("says that nothing is left to do, and by whom, once the case is answered", async () => {
    const by = { agency: COMMUNE, via: "chat" } as const;
    const answered = after(filed, [{ type: "answered", at: AT, by, text: "Đã nhắc nhở" }]);
    expect((await door(answered).read()).body).toMatchObject({
      deeds: [],
      over: expect.stringContaining(official.alreadyAnswered),
    });
  });

  it.each([
    ["who handed it on", COMMUNE, after(filed, handOn(filed)), official.handedOn],
    ["the unit complained about", CENTRE, filed, official.unknownCase],
    ["another agency", CITY, filed, official.unknownCase],
    ["the coordinator, who only looks after it", "dieu-phoi", filed, official.unknownCase],
    [
      "who had it before it was protected",
      COMMUNE,
      after(filed, protect(filed, "Họ dọa", NOW, rules).events),
      official.unknownCase,
    ],
    [
      "anybody while it is held back",
      COMMUNE,
      after(filed, [{ type: "quarantined", at: AT, suspicion: "words", lane: "coordinator" }]),
      official.unknownCase,
    ],
  ])("shows nothing to %s", async (_, agency, complaint, sentence) => {
    for (const more of ["", "/agencies?q=so noi vu"]) {
      const { status, body } = await door(complaint, agency).read(more);
      expect(status).toBe(more && agency === "dieu-phoi" ? 200 : 409);
      if (status === 409) expect(Object.keys(body)).toEqual(["error"]);
    }
    expect((await door(complaint, agency).read()).body.error).toContain(sentence);
  });

  it("is not read faster than a person reads", async () => {
    const { read } = door(filed, COMMUNE, createRateLimits());
    const answers = [];
    for (let count = 0; count < 250; count++) answers.push((await read()).status);
    expect(answers[0]).toBe(200);
    expect(answers.at(-1)).toBe(429);
  });
});

function handOn(complaint: Complaint) {
  const deed = { action: "transfer", to: CITY, text: "Đúng thẩm quyền" } as const;
  const step = act(complaint, { agency: COMMUNE, via: "email-link" }, deed, NOW, rules, vietnamese);
  return "refused" in step ? [] : step.events;
}

describe("a case handed on by a link or an agency's system", () => {
  const to = (name: string) => ({ action: "transfer", to: name, text: "Đúng thẩm quyền" });

  it("finds the agency as the desk does, and lists only those that can take it", async () => {
    const { body } = await door(filed).read("/agencies?q=so+noi+vu+da+nang");
    expect(body.agencies?.[0]).toMatchObject({ id: "so-noi-vu-da-nang" });
    const accused = await door(filed).read(`/agencies?q=${encodeURIComponent(nameOf(CENTRE))}`);
    expect(accused.body.agencies?.map(({ id }) => id)).not.toContain(CENTRE);
  });

  it("names the agency by its id or its whole name, with or without marks", async () => {
    for (const name of [CITY, nameOf(CITY), "uy ban nhan dan thanh pho da nang", "UBND TP Đà Nẵng"]) {
      const { post, acts } = door(filed);
      expect((await post(to(name))).status, name).toBe(200);
      expect(acts).toEqual([to(CITY)]);
    }
  });

  it("is asked which one where the name leaves it open, with names and ids, and told where there is none", async () => {
    const { post, acts } = door(filed);
    const vague = await post(to("sở nội vụ"));
    expect(vague).toMatchObject({
      status: 409,
      body: { error: expect.stringContaining("so-noi-vu-da-nang") },
    });
    expect(await post(to("hợp tác xã nông nghiệp"))).toMatchObject({
      status: 409,
      body: { error: official.unknownAgency("hợp tác xã nông nghiệp") },
    });
    expect(acts).toEqual([]);
  });

  it("tells nothing of agencies to one who cannot hand it on", async () => {
    const shielded = after(filed, protect(filed, "Họ dọa", NOW, rules).events);
    const { post, acts } = door(shielded);
    await post(to("sở nội vụ"));
    // Left to the rules of the act itself, which refuse it.
    expect(acts).toEqual([to("sở nội vụ")]);
  });
});
