import { describe, expect, test } from "vitest";
import {
  ADMIN_TOKEN,
  type Built,
  build,
  CLOSED,
  CODE,
  COMMUNE_FILE,
  cookieOf,
  fileAt,
  HOOK_SECRET,
  LINK_CODE,
  links,
  OPEN,
  PAPER_TOKEN,
  sessions,
} from "./doors.ts";

const MINE = await sessions.create("a", "b");
const BEARER = (token: string): Record<string, string> => ({ Authorization: `Bearer ${token}` });
const OTHER_AGENCY = "so-noi-vu";

/** Whoever may stand before the door, with all that this one can show. */
const ROLES: Readonly<
  Record<
    string,
    {
      readonly headers?: Readonly<Record<string, string>>;
      readonly session?: string;
      readonly link?: string;
      readonly peer?: string;
    }
  >
> = {
  stranger: {},
  "stranger who forges a session": { session: `${MINE.slice(0, -1)}${MINE.endsWith("A") ? "B" : "A"}` },
  "stranger who forges a token": { headers: BEARER("x".repeat(43)) },
  "stranger who says to be this machine": {
    headers: { "X-Forwarded-For": "127.0.0.1", Forwarded: "for=127.0.0.1", Host: "localhost" },
  },
  citizen: { session: MINE },
  "agency that holds it": { headers: BEARER(links.api(OPEN.id, OPEN.agency).token) },
  "agency that held a closed one": { headers: BEARER(links.api(CLOSED.id, CLOSED.agency).token) },
  "another agency": { headers: BEARER(links.api(OPEN.id, OTHER_AGENCY).token) },
  operator: { headers: BEARER(ADMIN_TOKEN) },
  telegram: { headers: { "X-Telegram-Bot-Api-Secret-Token": HOOK_SECRET } },
  "somebody on this machine": { peer: "127.0.0.1" },
  "who has a paper's link": { headers: BEARER(PAPER_TOKEN) },
  "stranger who forges a cookie": { headers: cookieOf("x".repeat(43)) },
  "who has a link to the desk": { link: LINK_CODE },
  "official of who holds it": { headers: cookieOf("holder") },
  "official of another agency": { headers: cookieOf("other") },
  "official of who is complained about": { headers: cookieOf("accused") },
  supervisor: { headers: cookieOf("supervisor") },
  coordinator: { headers: cookieOf("coordinator") },
  "another site in an official's browser": {
    headers: { ...cookieOf("holder"), Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" },
    link: LINK_CODE,
  },
};
type Role = keyof typeof ROLES;

const ACT = JSON.stringify({ action: "acknowledge" });
const MESSAGE = (session?: string): string =>
  JSON.stringify({ ...(session && { session }), id: "1", text: "chào" });

const FOREIGN = "another site in an official's browser";
/** What the desk says to those who are signed in: the same to each, unless more is said. */
function seats(all: number, but: Readonly<Record<Role, number>> = {}): Readonly<Record<Role, number>> {
  const names = [
    "official of who holds it",
    "official of another agency",
    "official of who is complained about",
    "supervisor",
    "coordinator",
    FOREIGN,
  ];
  return { ...Object.fromEntries(names.map((name) => [name, all])), ...but };
}
/** A case: who may see it may act on it. Nothing that another site sends changes anything. */
const ONE_CASE = seats(404, { "official of who holds it": 200, supervisor: 403, [FOREIGN]: 200 });
const DESK_ACT = JSON.stringify({ action: "acknowledge", revision: 1 });

/** Each route: how it is asked, what everybody gets, and who gets something else. */
const ROUTES: Readonly<
  Record<
    string,
    {
      readonly ask: (built: Built, role: (typeof ROLES)[Role]) => Promise<Response>;
      readonly all: number;
      readonly but?: Readonly<Record<Role, number>>;
    }
  >
> = {
  "GET /": { ask: get("/"), all: 200 },
  "GET /reply/:id": { ask: get(`/reply/${OPEN.id}.${OPEN.agency}`), all: 200 },
  "GET /health": { ask: get("/health"), all: 200 },
  "GET /metrics": { ask: get("/metrics"), all: 404, but: { operator: 200 } },
  "POST /telegram": { ask: post("/telegram", () => '{"update_id":1}'), all: 401, but: { telegram: 200 } },
  "POST /api/messages": {
    ask: post("/api/messages", ({ session }) => MESSAGE(session)),
    all: 200,
    but: { "stranger who forges a session": 400 },
  },
  "GET /api/messages": { ask: withSession("/api/messages"), all: 400, but: { citizen: 200 } },
  "GET /api/stream": { ask: withSession("/api/stream"), all: 400, but: { citizen: 200 } },
  "POST /api/replies/:id": {
    ask: post(`/api/replies/${OPEN.id}.${OPEN.agency}`, () => ACT),
    all: 401,
    but: { "agency that holds it": 200 },
  },
  "GET /api/replies/:id": {
    ask: get(`/api/replies/${OPEN.id}.${OPEN.agency}`),
    all: 401,
    but: { "agency that holds it": 200 },
  },
  "GET /api/replies/:id/agencies": {
    ask: get(`/api/replies/${OPEN.id}.${OPEN.agency}/agencies?q=x`),
    all: 401,
    but: { "agency that holds it": 200 },
  },
  // The address itself is the key: who has it has it from a notice or the desk.
  "GET /evidence/:id": { ask: get(COMMUNE_FILE), all: 200 },
  "GET /paper": { ask: get("/paper"), all: 200 },
  "POST /api/paper": { ask: post("/api/paper", () => ""), all: 401, but: { "who has a paper's link": 200 } },
  "GET /cong-khai": { ask: get("/cong-khai"), all: 200 },
  "GET /api/statistics.json": { ask: get("/api/statistics.json"), all: 200 },
  "GET /api/statistics.csv": { ask: get("/api/statistics.csv"), all: 200 },
  "GET /open311/v2/:file{discovery\\.(?:json|xml)}": { ask: get("/open311/v2/discovery.json"), all: 200 },
  "GET /open311/v2/:file{services\\.(?:json|xml)}": { ask: get("/open311/v2/services.json"), all: 200 },
  "GET /open311/v2/services/:file{[^/]+\\.(?:json|xml)}": {
    ask: get("/open311/v2/services/late.json"),
    all: 200,
  },
  "GET /open311/v2/:file{requests\\.(?:json|xml)}": { ask: get("/open311/v2/requests.json"), all: 200 },
  // One case alone is never public.
  "GET /open311/v2/requests/:file{[^/]+\\.(?:json|xml)}": {
    ask: get(`/open311/v2/requests/${OPEN.id}.json`),
    all: 404,
  },
  "GET /desk": { ask: get("/desk"), all: 200 },
  "POST /desk/api/sign-in": {
    ask: post("/desk/api/sign-in", ({ link = "LK-AAAA-AAAA-AAAA" }) => JSON.stringify({ code: link })),
    all: 401,
    but: { "who has a link to the desk": 200, [FOREIGN]: 403 },
  },
  "POST /desk/api/sign-out": {
    ask: post("/desk/api/sign-out", () => "{}"),
    all: 401,
    but: seats(200, { [FOREIGN]: 403 }),
  },
  "GET /desk/api/me": { ask: get("/desk/api/me"), all: 401, but: seats(200) },
  "GET /desk/api/figures": { ask: get("/desk/api/figures"), all: 401, but: seats(200) },
  "GET /desk/api/cases": { ask: get("/desk/api/cases"), all: 401, but: seats(200, { supervisor: 403 }) },
  "GET /desk/api/cases/:code": { ask: get(`/desk/api/cases/${CODE}`), all: 401, but: ONE_CASE },
  "GET /desk/api/cases/:code/agencies": {
    ask: get(`/desk/api/cases/${CODE}/agencies?q=x`),
    all: 401,
    but: ONE_CASE,
  },
  "POST /desk/api/cases/:code/acts": {
    ask: post(`/desk/api/cases/${CODE}/acts`, () => DESK_ACT),
    all: 401,
    but: { ...ONE_CASE, [FOREIGN]: 403 },
  },
  "GET /desk/api/coordination": {
    ask: get("/desk/api/coordination"),
    all: 401,
    but: seats(403, { coordinator: 200 }),
  },
};

function get(path: string) {
  return (built: Built, { peer, headers = {} }: (typeof ROLES)[Role]) => built.ask(path, { headers }, peer);
}
function post(path: string, body: (role: (typeof ROLES)[Role]) => string) {
  return (built: Built, role: (typeof ROLES)[Role]) => {
    const headers = { "Content-Type": "application/json", "X-Motcua-Desk": "1", ...role.headers };
    return built.ask(path, { method: "POST", headers, body: body(role) }, role.peer);
  };
}
function withSession(path: string) {
  return (built: Built, { session = "", peer, headers = {} }: (typeof ROLES)[Role]) =>
    built.ask(`${path}?session=${session}`, { headers }, peer);
}

describe("who may do what over HTTP", () => {
  const routes = build().app.routes.filter(({ method }) => method !== "ALL");

  test("every route there is stands in this table, so that a new one is closed until somebody says who may", () => {
    expect([...new Set(routes.map(({ method, path }) => `${method} ${path}`))].toSorted()).toEqual(
      Object.keys(ROUTES).toSorted(),
    );
  });

  for (const [route, { ask, all, but }] of Object.entries(ROUTES)) {
    test.each(Object.keys(ROLES))(`${route} for: %s`, async (role) => {
      const built = build({}, true, ADMIN_TOKEN);
      const response = await ask(built, ROLES[role] ?? {});
      expect(response.status).toBe(but?.[role] ?? all);
      await response.body?.cancel();
      if (/^POST .*(replies|acts)/.test(route))
        expect(built.acted).toHaveLength(response.status === 200 ? 1 : 0);
      if (route === "POST /telegram") expect(built.updates).toHaveLength(response.status === 200 ? 1 : 0);
    });
  }

  test("a closed case refuses its agency; a case that nobody has is not told apart from a wrong token", async () => {
    const closed = links.api(CLOSED.id, CLOSED.agency);
    const init = (token: string): RequestInit => ({ method: "POST", headers: BEARER(token), body: ACT });
    const { ask } = build();
    expect((await ask(`/api/replies/${CLOSED.id}.${CLOSED.agency}`, init(closed.token))).status).toBe(409);
    const wrong = await ask(`/api/replies/${OPEN.id}.${OPEN.agency}`, init(closed.token));
    const none = await ask("/api/replies/none.none", init(closed.token));
    expect([wrong.status, none.status]).toEqual([401, 401]);
    expect(await wrong.text()).toBe(await none.text());
  });

  test.each([
    [
      "without a token, on a machine of its own, loopback is the operator",
      false,
      undefined,
      "127.0.0.1",
      "",
      200,
    ],
    ["without a token, on a machine of its own, nobody else is", false, undefined, "203.0.113.7", "", 404],
    ["without a token, once it is public, loopback is nobody", true, undefined, "127.0.0.1", "", 404],
    ["with a token loopback is nobody", false, ADMIN_TOKEN, "127.0.0.1", "", 404],
    ["with a token the token opens", true, ADMIN_TOKEN, "203.0.113.7", ADMIN_TOKEN, 200],
    ["an empty token opens nothing", true, ADMIN_TOKEN, "203.0.113.7", "", 404],
    ["a longer token opens nothing", true, ADMIN_TOKEN, "203.0.113.7", `${ADMIN_TOKEN}x`, 404],
  ])("%s", async (_, isPublic, token, peer, shown, status) => {
    const headers = shown ? BEARER(shown) : {};
    expect((await build({}, isPublic, token).ask("/metrics", { headers }, peer)).status).toBe(status);
  });

  test("a file opens at no other address, and for no agency that does not hold its case", async () => {
    const { ask } = build();
    expect(await (await ask(COMMUNE_FILE)).text()).toBe("\u0001\u0002\u0003");
    const others = [
      COMMUNE_FILE.replace("file-1", "file-2"),
      COMMUNE_FILE.replace(/d=[^&]+/, "d=2027-01-01"),
      COMMUNE_FILE.replace(/a=[^&]+/, "a=so-noi-vu"),
      fileAt(OTHER_AGENCY),
    ];
    for (const other of others) expect((await ask(other)).status).toBe(404);
  });

  test("a file is taken in a conversation of ours only, with where it came from, and not too large", async () => {
    const form = async (size: number, session?: string): Promise<RequestInit> => {
      const body = new FormData();
      body.set("id", "1");
      body.set("file", new File([new Uint8Array(size)], "a.jpg"));
      if (session !== undefined) body.set("session", session);
      const sent = new Response(body);
      const bytes = await sent.arrayBuffer();
      const type = sent.headers.get("content-type") ?? "";
      const headers = { "Content-Type": type, "Content-Length": String(bytes.byteLength) };
      return { method: "POST", headers, body: bytes };
    };
    const { ask, took } = build();
    expect((await ask("/api/messages", await form(10, "forged"))).status).toBe(400);
    expect((await ask("/api/messages", await form(2_000_000))).status).toBe(413);
    expect(took).toHaveLength(0);
    expect((await ask("/api/messages", await form(500_000, MINE))).status).toBe(200);
    expect(took).toMatchObject([{ conversation: `web:${MINE}`, origin: "here" }]);
  });

  test("Telegram's door does not exist while Telegram does not come by it", async () => {
    const { ask } = build({ telegram: undefined });
    const headers = { "X-Telegram-Bot-Api-Secret-Token": HOOK_SECRET };
    expect((await ask("/telegram", { method: "POST", headers, body: "{}" })).status).toBe(404);
  });
});
