import { Hono } from "hono";
import { onTestFinished, vi } from "vitest";
import type { Complaint, ComplaintEvent, Filing } from "../../src/complaints/complaint.ts";
import { createDesk } from "../../src/http/desk.ts";
import { createDeskSessions } from "../../src/http/desk-sessions.ts";
import { listFiles } from "../../src/http/evidence.ts";
import { createEvidenceLinks } from "../../src/http/evidence-links.ts";
import { noRateLimits } from "../../src/http/rate-limit.ts";
import { performAct } from "../../src/inbox/act.ts";
import { performVerdict } from "../../src/inbox/moderate.ts";
import { hashLinkCode } from "../../src/inbox/official.ts";
import type { Agency } from "../../src/knowledge/agency.ts";
import type { Section } from "../../src/officials/coordination.ts";
import type { CaseRow, CaseView, Filter } from "../../src/officials/desk.ts";
import type { Role } from "../../src/store/store.ts";
import { makeTrackingCode } from "../../src/understanding/codes.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { english } from "../../src/wording/citizen-en.ts";
import { file, filing, NOW, rules } from "../complaints/case.ts";
import { dataFolder } from "../store/folder.ts";

const HEADERS = { "Content-Type": "application/json", "X-Motcua-Desk": "1", Host: "desk.test" };

/** One official before the desk, by HTTP. */
export type Seat = {
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  readonly cookie: string;
};
export type Answer = { readonly status: number; readonly body: Body; readonly headers: Headers };
/** All that the desk answers with, here or there. */
type Body = Partial<
  Omit<CaseView, "filters"> & {
    readonly error: string;
    readonly changed: boolean;
    readonly done: string;
    readonly case: CaseView | null;
    readonly cases: readonly CaseRow[];
    readonly filters: readonly { readonly id: Filter; readonly count: number }[];
    readonly agencies: readonly Agency[];
    readonly sections: readonly Section[];
  }
>;

/** Who files the cases with a name. */
export const PERSON = { name: "Nguyễn Thị Lan", phone: "0901234567" };

/** A desk over a store of its own, its clock in the test's hand. */
export async function deskOffice(address = "http://desk.test", limits = noRateLimits()) {
  const folder = await dataFolder();
  onTestFinished(folder.remove);
  let now = NOW;
  let bytes = 0;
  const clock = (): Date => now;
  const store = await folder.open({ clock });
  const guide = { rules, wordings: { vi: vietnamese, en: english } };
  const log = vi.fn();
  const fileLinks = createEvidenceLinks(Buffer.alloc(32, 1), () => "https://bot.example");
  const desk = createDesk({
    store,
    sessions: createDeskSessions({
      store,
      clock,
      random: (count) => Uint8Array.from({ length: count }, () => bytes++ % 251),
    }),
    rules,
    filesFor: (complaint, agency) =>
      listFiles(complaint, agency, rules, (asked) => fileLinks.link(asked, "2026-12-31")),
    act: (find, by, deed) => performAct(find, by, deed, { store, guide, clock, nudge: () => undefined }),
    moderate: (find, by, verdict) =>
      performVerdict(find, by, verdict, { store, guide, clock, nudge: () => undefined }),
    limits,
    addressOf: () => "192.0.2.1",
    page: { html: "<p>desk</p>", policy: "default-src 'none'" },
    address: () => address,
    clock,
    log,
  });
  const app = new Hono().route("/desk", desk);

  const call = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await app.request(`/desk/api/${path}`, init);
    const text = await response.text();
    return { status: response.status, body: JSON.parse(text) as Body, headers: response.headers };
  };
  const seatWith = (cookie: string): Seat => ({
    cookie,
    get: (path) => call(path, { headers: { Cookie: cookie } }),
    post: (path, body, headers = {}) =>
      call(path, {
        method: "POST",
        headers: { ...HEADERS, Cookie: cookie, ...headers },
        body: JSON.stringify(body),
      }),
  });
  let cases = 0;
  let links = 0;

  const link = async (agency: string, role: Role, minutes = 15): Promise<string> => {
    const code = `LK-0000-0000-${String(++links).padStart(4, "0")}`;
    const expiresAt = new Date(now.getTime() + minutes * 60_000).toISOString();
    await store.commit({ linkCode: { hash: hashLinkCode(code), agency, role, expiresAt } });
    return code;
  };
  return {
    app,
    store,
    log,
    link,
    seatWith,
    /** A browser without a session. */
    stranger: seatWith(""),
    later: (days: number): void => {
      now = new Date(now.getTime() + days * 86_400_000);
    },
    signsIn: async (agency: string, role: Role): Promise<Seat> => {
      const answer = await seatWith("").post("sign-in", { code: await link(agency, role) });
      if (answer.status !== 200) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
      return seatWith((answer.headers.get("Set-Cookie") ?? "").split(";")[0] ?? "");
    },
    /** Files a case with what happened to it since; its tracking code. */
    files: async (told: Partial<Filing> = {}, ...more: readonly ComplaintEvent[]): Promise<string> => {
      const id = `c${++cases}`;
      const trackingCode = makeTrackingCode(Uint8Array.from({ length: 11 }, (_, at) => cases * (at + 3)));
      const [filed] = file(filing(told)).complaint.events;
      if (filed?.type !== "filed") throw new Error("nothing was filed");
      const first = { ...filed, trackingCode, conversation: `web:${id}` };
      const identity = told.named && { person: PERSON };
      await store.commit({
        complaints: [{ id, revision: 0, events: [first, ...more], ...(identity && { identity }) }],
      });
      return trackingCode;
    },
    read: async (code: string): Promise<Complaint> => {
      const complaint = await store.complaintByCode(code);
      if (!complaint) throw new Error(`no ${code}`);
      return complaint;
    },
    reopen: () => folder.open({ clock }),
  };
}
