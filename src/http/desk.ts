import { type Context, Hono, type MiddlewareHandler } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { z } from "zod";
import type { Complaint } from "../complaints/complaint.ts";
import type { CaseFacts } from "../complaints/figures.ts";
import { agencyName, type Rules } from "../complaints/file.ts";
import { personFor } from "../inbox/known-person.ts";
import { dayInVietnam } from "../knowledge/calendar.ts";
import type { Log } from "../log.ts";
import { coordinates, maySee, seesCases } from "../officials/access.ts";
import { listCases } from "../officials/case-list.ts";
import { coordinationOf, openingsOf } from "../officials/coordination.ts";
import { FILTERS, viewOf } from "../officials/desk.ts";
import { factsFor, figureTable } from "../officials/figures.ts";
import { listAgencies } from "../officials/find-agency.ts";
import { type Official, passDamaged, type Store } from "../store/store.ts";
import { trackingCodeIn } from "../understanding/codes.ts";
import { desk as words } from "../wording/desk.ts";
import { official as officialWords } from "../wording/official.ts";
import { bounded } from "./bounded.ts";
import { type DeskActParts, takeDeskAct } from "./desk-act.ts";
import { type DeskSessions, SESSION_DAYS } from "./desk-sessions.ts";
import { jsonOf } from "./json.ts";
import type { Page } from "./page.ts";
import type { RateLimits } from "./rate-limit.ts";
import { tooMany, wrongSecret } from "./refuse.ts";

export type DeskParts = DeskActParts & {
  readonly store: Pick<
    Store,
    | "complaint"
    | "complaintByCode"
    | "identity"
    | "complaints"
    | "complaintsHeldBy"
    | "openComplaints"
    | "stuck"
  >;
  readonly sessions: DeskSessions;
  readonly rules: Rules;
  readonly limits: RateLimits;
  readonly addressOf: (context: Context) => string;
  readonly page: Page;
  /** Where this program is reached from outside. */
  readonly address: () => string;
  readonly clock: () => Date;
  readonly log: Log;
};

type Env = { Variables: { who: Official } };
type Desk = Context<Env>;

/** Characters read of what is searched for. */
const LONGEST_SEARCH = 100;
/** A page of another site can neither set this header nor send JSON without being asked first. */
const HEADER = "X-Motcua-Desk";
const SignIn = z.strictObject({ code: bounded(64) });

/** The officials' desk: the page, and what it reads and does. Nothing is told without a session. */
export function createDesk(parts: DeskParts): Hono<Env> {
  const app = new Hono<Env>();
  app.get("/", (c) => {
    c.header("Content-Security-Policy", parts.page.policy);
    c.header("Cache-Control", "no-cache");
    return c.html(parts.page.html);
  });
  app.use("/api/*", async (c, next) => {
    c.header("Cache-Control", "no-store");
    await next();
  });
  app.use("/api/*", onlyOwnPage(parts));
  app.post("/api/sign-in", (c) => signIn(c, parts));
  app.use("/api/*", async (c, next) => {
    const shown = getCookie(c, cookieName(parts));
    const who = await parts.sessions.who(shown);
    // Who shows nothing guesses nothing: the page asks so when it is opened.
    if (!who) return shown ? wrongSecret(c, parts, words.signIn) : c.json({ error: words.signIn }, 401);
    const seconds = await secondsToWait(c, who, parts);
    if (seconds > 0) return tooMany(c, seconds);
    c.set("who", who);
    return next();
  });
  app.post("/api/sign-out", async (c) => {
    await parts.sessions.end(c.get("who"));
    deleteCookie(c, cookieName(parts), cookieOptions(parts));
    return c.json({ ok: true });
  });
  app.get("/api/me", (c) => c.json(meOf(c.get("who"), parts.rules)));
  app.get("/api/figures", (c) => figures(c, parts));
  app.use("/api/*", async (c, next) =>
    seesCases(c.get("who")) ? next() : c.json({ error: officialWords.figuresOnly }, 403),
  );
  app.get("/api/cases", (c) => list(c, parts));
  app.get("/api/cases/:code", (c) => showCase(c, parts));
  app.get("/api/cases/:code/agencies", (c) => searchAgencies(c, parts));
  app.post("/api/cases/:code/acts", (c) => takeDeskAct(c, c.get("who"), c.req.param("code"), parts));
  app.get("/api/coordination", (c) => coordination(c, parts));
  return app;
}

/** Refuses what another site's page makes a browser send. */
function onlyOwnPage(parts: DeskParts): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (c.req.method === "GET" || c.req.method === "HEAD") return next();
    const isJson = c.req.header("Content-Type")?.split(";")[0]?.trim() === "application/json";
    if (!isJson || c.req.header(HEADER) === undefined || !isSameOrigin(c, parts.address()))
      return c.json({ error: words.foreign }, 403);
    return next();
  };
}

/** An official's share is their session's own: a whole office may sit behind one address. */
function secondsToWait(c: Desk, { sender }: Official, { limits, addressOf }: DeskParts): Promise<number> {
  return c.req.method === "POST" ? limits.message(addressOf(c), sender) : limits.look(sender);
}

function isSameOrigin(c: Desk, address: string): boolean {
  const site = c.req.header("Sec-Fetch-Site");
  if (site !== undefined && site !== "same-origin") return false;
  const origin = c.req.header("Origin");
  if (origin === undefined || !URL.canParse(origin)) return origin === undefined;
  const { host } = new URL(origin);
  return host === c.req.header("Host") || (URL.canParse(address) && host === new URL(address).host);
}

const isSecure = ({ address }: DeskParts): boolean => address().startsWith("https:");

function cookieName(parts: DeskParts): string {
  return isSecure(parts) ? "__Secure-motcua-desk" : "motcua-desk";
}

function cookieOptions(parts: DeskParts): Parameters<typeof setCookie>[3] {
  return { path: "/desk", httpOnly: true, sameSite: "Strict", secure: isSecure(parts) };
}

async function signIn(c: Desk, parts: DeskParts): Promise<Response> {
  const seconds = await parts.limits.message(parts.addressOf(c), undefined);
  if (seconds > 0) return tooMany(c, seconds);
  const parsed = SignIn.safeParse(await jsonOf(c));
  if (!parsed.success) return c.json({ error: words.badRequest }, 400);
  const opened = await parts.sessions.open(parsed.data.code, getCookie(c, cookieName(parts)));
  if (!opened) return wrongSecret(c, parts, words.linkUsed);
  const { secret, official } = opened;
  const maxAge = SESSION_DAYS * 86_400;
  setCookie(c, cookieName(parts), secret, { ...cookieOptions(parts), maxAge });
  parts.log("info", "official bound", { agency: official.agency, kind: official.role, channel: "desk" });
  return c.json(meOf(official, parts.rules));
}

/** What the page shows of whoever looks, and which of its parts it offers. */
function meOf(who: Official, { directory }: Rules): object {
  return {
    agency: agencyName(who.agency, directory),
    role: words.roles[who.role],
    cases: seesCases(who),
    coordinates: coordinates(who),
  };
}

async function list(c: Desk, { store, rules, clock }: DeskParts): Promise<Response> {
  const who = c.get("who");
  const wish = {
    filter: FILTERS.find((id) => id === c.req.query("filter")) ?? "all",
    typed: (c.req.query("q") ?? "").slice(0, LONGEST_SEARCH),
    after: Math.max(0, Math.trunc(Number(c.req.query("after")) || 0)),
  };
  return c.json(listCases(await store.complaintsHeldBy(who.agency), who, wish, clock(), rules));
}

/** The case of a code as typed or linked; undefined also when it may not be shown. */
async function seenCase(c: Desk, { store, rules }: DeskParts): Promise<Complaint | undefined> {
  const code = trackingCodeIn(c.req.param("code") ?? "");
  const complaint = code ? await store.complaintByCode(code) : undefined;
  return complaint && maySee(complaint, c.get("who"), rules) ? complaint : undefined;
}

async function showCase(c: Desk, parts: DeskParts): Promise<Response> {
  const complaint = await seenCase(c, parts);
  if (!complaint) return c.json({ error: officialWords.unknownCase }, 404);
  const who = c.get("who");
  const person = await personFor(complaint, who.agency, parts.store);
  const view = viewOf(complaint, person, who, parts.clock(), parts.rules);
  return c.json({ ...view, files: parts.filesFor(complaint, who.agency) });
}

async function searchAgencies(c: Desk, parts: DeskParts): Promise<Response> {
  const complaint = await seenCase(c, parts);
  if (!complaint) return c.json({ error: officialWords.unknownCase }, 404);
  const typed = (c.req.query("q") ?? "").slice(0, LONGEST_SEARCH);
  const agencies = listAgencies(typed, complaint, parts.rules).map(({ id, name }) => ({ id, name }));
  return c.json({ agencies });
}

async function figures(c: Desk, { store, rules, clock }: DeskParts): Promise<Response> {
  const { agency } = c.get("who");
  const today = dayInVietnam(clock());
  const cases: CaseFacts[] = [];
  for await (const complaint of store.complaints()) {
    const facts = factsFor(agency, complaint, today, rules.workingTime);
    if (facts) cases.push(facts);
  }
  return c.json(figureTable(cases));
}

async function coordination(c: Desk, { store, rules, clock }: DeskParts): Promise<Response> {
  const who = c.get("who");
  if (!coordinates(who)) return c.json({ error: words.coordinatorOnly }, 403);
  const states = await store.stuck();
  const stuck = await Promise.all(
    states.map(
      async (state) => [state, await passDamaged(store.complaint(state.delivery.complaint ?? ""))] as const,
    ),
  );
  const known = stuck.flatMap(([state, complaint]) => (complaint ? [[state, complaint] as const] : []));
  const open = await store.openComplaints();
  const sections = [...coordinationOf(open, known, who, rules), openingsOf(open, who, clock(), rules)];
  return c.json({ sections });
}
