import { describe, expect, it } from "vitest";
import type { Refusal } from "../../src/complaints/progress.ts";
import { officialCommandIn } from "../../src/officials/official-command.ts";
import { refusalText } from "../../src/officials/refusals.ts";
import { makeTrackingCode } from "../../src/understanding/codes.ts";
import { official } from "../../src/wording/official.ts";

const CODE = makeTrackingCode(new Uint8Array(11).fill(5));
const NOW = new Date("2026-11-23T02:00:00Z");
const typed = (text: string, inReplyTo?: string) => officialCommandIn(text, inReplyTo, NOW);

describe("an official who needs to know who the person is", () => {
  it.each([
    ["/danhtinh", "ask-identity"],
    ["/duyetdanhtinh", "approve-identity"],
  ] as const)("types %s with the code and a reason, or in reply to a notice", (verb, action) => {
    const act = { action, text: "Tìm hồ sơ bị trả" };
    const said = { kind: "act", trackingCode: CODE, act };
    expect(typed(`${verb} ${CODE} Tìm hồ sơ bị trả`)).toEqual(said);
    expect(typed(`${verb} Tìm hồ sơ bị trả`, `Phản ánh mới – ${CODE}`)).toEqual(said);
    for (const misuse of [verb, `${verb} Tìm hồ sơ`])
      expect(typed(misuse)).toEqual({ kind: "misuse", usage: official.usage[action] });
  });

  it("reads why it is refused, in a sentence of its own", () => {
    const refusals: readonly Refusal[] = [
      "identity-known",
      "identity-asked",
      "identity-refused",
      "identity-not-asked",
      "identity-unknown",
      "identity-wait",
      "identity-second",
    ];
    const texts = refusals.map((refusal) => refusalText(refusal, ""));
    expect(new Set(texts).size).toBe(refusals.length);
    for (const text of texts) expect(text).toMatch(/^\p{Lu}.{20,}\.$/u);
  });
});
