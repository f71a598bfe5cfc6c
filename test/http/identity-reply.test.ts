import { describe, expect, it, vi } from "vitest";
import type { Acted } from "../../src/inbox/act.ts";
import { official } from "../../src/wording/official.ts";
import { COMMUNE, file } from "../complaints/case.ts";
import { build, links } from "./doors.ts";

/** What an agency's system is answered when it sends this. */
async function replied(body: object, acted: Acted) {
  const act = vi.fn(async () => acted);
  const { url, token } = links.api("case-1", COMMUNE);
  const response = await build({ act }).ask(new URL(url).pathname, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json(), act };
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
