import { describe, expect, it, vi } from "vitest";
import type { ComplaintEvent } from "../../src/complaints/complaint.ts";
import type { Acted } from "../../src/inbox/act.ts";
import { desk } from "../../src/wording/desk.ts";
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

const done: Acted = { kind: "done", complaint: file().complaint, step: { events: [], deliveries: [] } };

describe("an agency's system or page that answers", () => {
  it("sends an answer in its parts, of which two are needed, or as one text", async () => {
    const form = { found: "Đã xem camera", done: "Đã xin lỗi", basis: " ", next: "Đến quầy 3" };
    const { status, act } = await replied({ action: "answer", form }, done);
    expect(status).toBe(200);
    expect(act).toHaveBeenCalledWith("case-1", COMMUNE, "webhook", {
      action: "answer",
      text: "Kết quả xác minh: Đã xem camera\nĐã giải quyết: Đã xin lỗi\nBước tiếp theo: Đến quầy 3",
    });
    const half = await replied({ action: "answer", form: { found: "Đã xem" } }, done);
    expect(half).toMatchObject({ status: 400, body: { error: desk.missing(["Đã giải quyết"]) } });
    const long = await replied({ action: "answer", form: { ...form, found: "x".repeat(4000) } }, done);
    expect(long).toMatchObject({ status: 400, body: { error: official.tooLong } });
    const plain = await replied({ action: "answer", text: "Đã trả kết quả" }, done);
    expect(plain.act.mock.lastCall?.at(-1)).toEqual({ action: "answer", text: "Đã trả kết quả" });
  });

  it("apologises for more time where it wants to, in at most 4,000 characters", async () => {
    const wish = { action: "extend", until: "2026-12-04", text: "Chờ xác minh" };
    const extend = async (more: object) =>
      (await replied({ ...wish, ...more }, done)).act.mock.lastCall?.at(-1);
    expect(await extend({ apology: " Mong bà thông cảm " })).toEqual({
      ...wish,
      apology: "Mong bà thông cảm",
    });
    for (const apology of ["", " ", undefined]) expect(await extend({ apology })).toEqual(wish);
    expect((await replied({ ...wish, apology: "x".repeat(4001) }, done)).status).toBe(400);
  });

  it("is told that an answer waits for its signature, and who was first", async () => {
    const by = { agency: COMMUNE, via: "webhook" } as const;
    const proposed: ComplaintEvent = { type: "proposed", at: "2026-11-23T02:00:00Z", by, text: "Xong" };
    const answer = { action: "answer", text: "Đã đình chỉ" };
    const waits = await replied(answer, { ...done, step: { events: [proposed], deliveries: [] } });
    expect(waits.body).toMatchObject({ ok: true, waitsFor: "signature" });
    const last = { agency: "UBND xã Núi Thành", at: "2026-11-23T01:00:00Z" };
    expect(await replied(answer, { kind: "refused", refusal: "already-proposed", last })).toMatchObject({
      status: 409,
      body: { error: `${official.alreadyProposed} ${official.doneBy(last.agency, last.at)}` },
    });
  });

  it("is told what was left to fill in", async () => {
    const blank = "[điền: nguyên nhân]";
    const refused = await replied(
      { action: "answer", text: `Trễ do ${blank}` },
      { kind: "refused", refusal: "blank-left", blank },
    );
    expect(refused).toMatchObject({ status: 409, body: { error: official.blankLeft(blank) } });
  });

  it.each([{ action: "sign" }, { action: "return", text: "Sửa" }] as const)(
    "is told by the sentence of the refusal that it may not $action",
    async (body) => {
      const refused = await replied(body, { kind: "refused", refusal: "not-signer" });
      expect(refused.act).toHaveBeenCalledWith("case-1", COMMUNE, "webhook", body);
      expect(refused).toMatchObject({ status: 409, body: { error: official.notSigner } });
    },
  );
});

describe("an agency's system that needs to know who the person is", () => {
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
