import { describe, expect, it } from "vitest";
import { createReplyLinks } from "../../src/http/reply-links.ts";

const KEY = new Uint8Array(32).fill(7);
const links = createReplyLinks(KEY, () => "http://127.0.0.1:8080");
const tokenOf = (page: string): string => page.split("#")[1] ?? "";

describe("the address by which an agency answers one case", () => {
  it("opens that case for that agency, and tells which way it was handed out", () => {
    const api = links.api("c1", "so-noi-vu-da-nang");
    const page = links.page("c1", "so-noi-vu-da-nang");
    const opened = { complaint: "c1", agency: "so-noi-vu-da-nang" };
    expect(links.open("c1.so-noi-vu-da-nang", api.token)).toEqual({ ...opened, via: "webhook" });
    expect(links.open("c1.so-noi-vu-da-nang", tokenOf(page))).toEqual({ ...opened, via: "email-link" });
  });

  it("opens nothing for another case, another agency, another key, or a token cut short", () => {
    const { token } = links.api("c1", "a");
    const foreign = createReplyLinks(new Uint8Array(32).fill(8), () => "").api("c1", "a").token;
    for (const [id, given] of [
      ["c2.a", token],
      ["c1.b", token],
      ["c1", token],
      ["c1.a", foreign],
      ["c1.a", token.slice(1)],
      ["c1.a", ""],
    ] as const)
      expect(links.open(id, given), `${id} ${given}`).toBeUndefined();
  });

  it("keeps the token of a letter's page behind “#”, which no server log holds", () => {
    const url = new URL(links.page("c1", "a"));
    expect(url.pathname).toBe("/reply/c1.a");
    expect(url.search).toBe("");
    expect(url.hash.length).toBeGreaterThan(40);
  });
});
