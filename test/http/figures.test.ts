import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import type { Complaint, Filing } from "../../src/complaints/complaint.ts";
import { addFigures } from "../../src/http/figures.ts";
import { createPublicView } from "../../src/watch/figures.ts";
import { after, COMMUNE, file, filing, NOW, rules } from "../complaints/case.ts";

const by = { agency: COMMUNE, via: "chat" } as const;

function cases(count: number, told: Partial<Filing>, answered = false): Complaint[] {
  return Array.from({ length: count }, (_, number) => {
    const { complaint } = file(filing(told));
    const done = answered
      ? after(complaint, [{ type: "answered", at: NOW.toISOString(), by, text: "Đã trả lời kín" }])
      : complaint;
    return {
      ...done,
      id: `${told.kind ?? "attitude"}-${String(answered)}-${number}`,
      trackingCode: `MC-${number}`,
    };
  });
}

const ALL = [
  ...cases(6, { named: true }),
  ...cases(5, {}, true),
  ...cases(3, { kind: "refusal" }),
  ...cases(20, { kind: "bribe" }),
];

function app(): Hono {
  const made = new Hono();
  const store = {
    complaints: async function* () {
      yield* ALL;
    },
  };
  const publicView = createPublicView({
    store,
    rules,
    clock: () => NOW,
    publicId: (id) => `p${ALL.findIndex((one) => one.id === id)}`,
  });
  addFigures(made, { publicView, address: () => "https://motcua.example" });
  return made;
}

const get = async (path: string): Promise<{ status: number; text: string; headers: Headers }> => {
  const response = await app().request(path);
  return { status: response.status, text: await response.text(), headers: response.headers };
};
const json = async (path: string): Promise<unknown> => JSON.parse((await get(path)).text);

describe("figures for everybody", () => {
  it("are a page that runs nothing, tells what is hidden and names nobody", async () => {
    const { text, headers } = await get("/cong-khai");
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(text).not.toContain("<script");
    expect(text).toContain("Tổng các dòng được công bố: 11.");
    expect(text).not.toMatch(/MC-|kín|Bị đòi tiền|Không nhận hồ sơ/);
  });

  it("are numbers for programs: null where hidden, and no row of fewer than five or of a protected kind", async () => {
    expect(await json("/api/statistics.json")).toMatchObject({
      filed: 11,
      hiddenBelow: 5,
      rows: [{ agency: COMMUNE, kind: "attitude", filed: 11, answeredLate: null }],
      months: [{ month: "2026-11", filed: 11 }],
    });
  });

  it("are a table that Excel reads as UTF-8", async () => {
    const response = await app().request("/api/statistics.csv");
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(Array.from(bytes.slice(0, 3))).toEqual([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder().decode(bytes)).toContain(`${COMMUNE},Ủy ban nhân dân xã Núi Thành`);
  });
});

describe("public cases as Open311", () => {
  it("have the kinds that are ever shown, in both formats", async () => {
    const services = (await json("/open311/v2/services.json")) as { service_code: string }[];
    expect(services.map(({ service_code: code }) => code)).toContain("late");
    expect(services.map(({ service_code: code }) => code)).not.toContain("bribe");
    const { text, headers } = await get("/open311/v2/services.xml");
    expect(headers.get("content-type")).toMatch(/^text\/xml/);
    expect(text).toMatch(/^<\?xml.*<services><service><service_code>late<\/service_code>/s);
    expect(await json("/open311/v2/services/late.json")).toMatchObject([{ service_code: "late" }]);
  });

  it("are listed without text, person, tracking code or the unit complained about", async () => {
    const { text } = await get("/open311/v2/requests.json");
    const all = JSON.parse(text) as Record<string, unknown>[];
    expect(all).toHaveLength(11);
    expect(all[0]).toMatchObject({
      service_code: "attitude",
      requested_datetime: "2026-11-01T00:00:00+07:00",
    });
    expect(text).not.toMatch(/MC-|kín|quát|Trung tâm Phục vụ/);
    const { text: xml } = await get("/open311/v2/requests.xml");
    expect(xml.match(/<request>/g)).toHaveLength(11);
  });

  it("are chosen by state, kind, id, dates and page", async () => {
    const count = async (query: string): Promise<number> =>
      ((await json(`/open311/v2/requests.json?${query}`)) as unknown[]).length;
    expect(await count("status=open")).toBe(6);
    expect(await count("status=closed")).toBe(5);
    expect(await count("service_code=late,refusal")).toBe(0);
    expect(await count("service_request_id=p0,p7")).toBe(2);
    expect(await count("start_date=2026-12-01T00:00:00Z")).toBe(0);
    expect(await count("end_date=2026-10-01T00:00:00Z")).toBe(0);
    expect(await count("page=2&page_size=8")).toBe(3);
    expect(await json("/open311/v2/requests/p7.json")).toMatchObject([
      { service_request_id: "p7", status: "closed" },
    ]);
  });

  it("answer what is wrong or unknown in the standard's way", async () => {
    for (const query of ["status=half", "start_date=yesterday", "page=0", "page_size=x"]) {
      const { status, text } = await get(`/open311/v2/requests.json?${query}`);
      expect([status, JSON.parse(text)]).toMatchObject([400, [{ code: 400 }]]);
    }
    expect((await get("/open311/v2/requests/p12.json")).status).toBe(404);
    expect((await get("/open311/v2/requests/MC-1.xml")).text).toContain("<errors><error><code>404</code>");
    expect((await get("/open311/v2/services/bribe.json")).status).toBe(404);
    expect((await get("/open311/v2/requests.html")).status).toBe(404);
  });

  it("say where they are", async () => {
    expect(await json("/open311/v2/discovery.json")).toMatchObject({
      endpoints: [{ url: "https://motcua.example/open311/v2" }],
    });
    expect((await get("/open311/v2/discovery.xml")).text).toContain(
      "<url>https://motcua.example/open311/v2</url>",
    );
  });
});
