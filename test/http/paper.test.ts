import { describe, expect, it } from "vitest";
import type { Paper } from "../../src/complaints/paper.ts";
import { newSession } from "../../src/conversation/session.ts";
import { readPage } from "../../src/http/page.ts";
import { createPaperLinks } from "../../src/http/paper-links.ts";
import { createRateLimits, noRateLimits } from "../../src/http/rate-limit.ts";
import { build } from "./doors.ts";

const KEY = new Uint8Array(32).fill(7);
const NOW = new Date("2026-11-20T09:00:00+07:00");
const HOUR = 3_600_000;
const links = createPaperLinks(KEY, () => "https://mot-cua.example");
const PAPER: Paper = {
  way: "denunciation",
  to: "Chủ tịch Ủy ban nhân dân xã Núi Thành",
  story: ["<script>alert(1)</script>"],
  facts: [],
  requests: ["Xác minh."],
  enclosures: [],
  madeAt: NOW.toISOString(),
};
const tokenOf = (page: string): string => page.split("#")[1] ?? "";
const inHours = (hours: number): Date => new Date(NOW.getTime() + hours * HOUR);

describe("a paper's link", () => {
  it("opens that paper of that conversation for a day, and neither name stands in it", () => {
    const page = links.page("telegram:712345", "complaint", NOW);
    const url = new URL(page);
    expect([url.pathname, url.search]).toEqual(["/paper", ""]);
    expect(page).not.toContain("712345");
    expect(Buffer.from(tokenOf(page), "base64url").toString("latin1")).not.toContain("712345");
    const opened = { conversation: "telegram:712345", way: "complaint" };
    expect(links.open(tokenOf(page), inHours(23.9))).toEqual(opened);
    expect(links.open(tokenOf(page), inHours(24))).toBeUndefined();
  });

  it("opens nothing when it is changed, cut short, of another key or made up", () => {
    const token = tokenOf(links.page("web:a", "complaint", NOW));
    const foreign = createPaperLinks(new Uint8Array(32).fill(8), () => "").page("web:a", "complaint", NOW);
    const bytes = Buffer.from(token, "base64url");
    const changed = Array.from(bytes, (_, at) => {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] ?? 0) ^ 1;
      return copy.toString("base64url");
    });
    for (const given of [
      ...changed,
      token.slice(4),
      token.slice(0, -4),
      tokenOf(foreign),
      "",
      "x".repeat(80),
    ])
      expect(links.open(given, NOW), given).toBeUndefined();
  });
});

describe("the paper's page", () => {
  /** The routes over the parts that a paper needs. */
  const routes = (clock: () => Date, limits = noRateLimits()) =>
    build({
      paperLinks: links,
      paperPage: readPage("paper-page.html", {}),
      store: {
        health: () => Promise.resolve({ ok: true }),
        complaint: () => Promise.resolve(undefined),
        identity: () => Promise.resolve(undefined),
        session: async (conversation: string) =>
          conversation === "web:a" ? { ...newSession(), papers: { denunciation: PAPER } } : undefined,
      },
      clock,
      limits,
    });
  const ask = (token: string, clock = (): Date => NOW, doors = routes(clock)): Promise<Response> =>
    doors.ask("/api/paper", { method: "POST", headers: { Authorization: `Bearer ${token}` } });
  const own = tokenOf(links.page("web:a", "denunciation", NOW));

  it("holds no text of anybody and runs only its own script", async () => {
    const response = await routes(() => NOW).ask("/paper");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-security-policy")).toMatch(
      /default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-/,
    );
    expect(await response.text()).toContain("@page { size: A4;");
  });

  it("gives the paper to who has the link, and to nobody's cache", async () => {
    const response = await ask(own);
    expect(await response.json()).toEqual(PAPER);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  it("refuses a wrong or old link, says when the paper is gone, and lets nobody try without end", async () => {
    expect((await ask("x")).status).toBe(401);
    expect((await ask(own, () => inHours(25))).status).toBe(401);
    expect((await ask(tokenOf(links.page("web:a", "complaint", NOW)))).status).toBe(404);
    expect((await ask(tokenOf(links.page("web:b", "denunciation", NOW)))).status).toBe(404);
    const doors = routes(() => NOW, createRateLimits());
    const guesses = await Promise.all(Array.from({ length: 40 }, () => ask("x", () => NOW, doors)));
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(30);
    expect(guesses.filter(({ status }) => status === 429)).toHaveLength(10);
    // Who has the right one is no neighbour's victim, and yet asks only so often.
    expect((await ask(own, () => NOW, doors)).status).toBe(200);
    const looks = await Promise.all(Array.from({ length: 240 }, () => ask(own, () => NOW, doors)));
    expect(looks.filter(({ status }) => status === 429)).toHaveLength(1);
  });
});
