import { describe, expect, it, vi } from "vitest";
import { createWeb } from "../../src/channels/web.ts";
import { createHandler, type HttpParts } from "../../src/http/handle.ts";
import { createReplyLinks } from "../../src/http/reply-links.ts";
import { createSessions } from "../../src/http/sessions.ts";
import type { Acted } from "../../src/inbox/act.ts";
import { official } from "../../src/wording/official.ts";
import { COMMUNE, file } from "../complaints/case.ts";
import { dataFolder } from "../store/folder.ts";

const KEY = new Uint8Array(32).fill(7);

/** What an agency's system is answered when it sends this. */
async function replied(body: object, acted: Acted) {
  const folder = await dataFolder();
  try {
    const store = await folder.open();
    const act = vi.fn(async () => acted);
    const replyLinks = createReplyLinks(KEY, () => "http://127.0.0.1:8080");
    const page = { html: "", policy: "" };
    const app = createHandler({
      web: createWeb(store),
      sessions: createSessions(
        async () => KEY,
        (bytes) => new Uint8Array(bytes),
      ),
      replyLinks,
      store,
      alarms: () => [],
      act,
      wait: async () => 0,
      addressOf: () => "127.0.0.1",
      chatPage: page,
      replyPage: page,
      metrics: async () => "",
      countRequest: () => undefined,
      isOperator: () => false,
      // No request of this test goes to the desk, or asks for a file.
      evidence: {} as HttpParts["evidence"],
      largestFile: 1000,
      desk: {} as HttpParts["desk"],
      clock: () => new Date("2026-11-23T02:00:00Z"),
      log: () => undefined,
    });
    const { url, token } = replyLinks.api("case-1", COMMUNE);
    const response = await app.request(new URL(url).pathname, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json(), act };
  } finally {
    await folder.remove();
  }
}

describe("an agency's system that needs to know who the person is", () => {
  const done: Acted = { kind: "done", complaint: file().complaint, step: { events: [], deliveries: [] } };

  it("asks with a reason, as a seventh action beside the six", async () => {
    const { status, act } = await replied({ action: "identity", text: "Tìm hồ sơ bị trả" }, done);
    expect(status).toBe(200);
    expect(act).toHaveBeenCalledWith("case-1", COMMUNE, "webhook", {
      action: "ask-identity",
      text: "Tìm hồ sơ bị trả",
    });
  });

  it("is told what is missing, and why it is refused", async () => {
    const wordless = await replied({ action: "identity" }, done);
    expect([wordless.status, wordless.act.mock.calls]).toEqual([400, []]);
    const refused = await replied(
      { action: "identity", text: "Cần gấp" },
      { kind: "refused", refusal: "identity-asked" },
    );
    expect(refused).toMatchObject({ status: 409, body: { error: official.identity["identity-asked"] } });
  });

  it("cannot approve an opening: two persons do that", async () => {
    const { status, act } = await replied({ action: "approve-identity", text: "Tự duyệt" }, done);
    expect([status, act.mock.calls]).toEqual([400, []]);
  });
});
