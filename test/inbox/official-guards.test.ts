import { describe, expect, it } from "vitest";
import { officialCommandIn } from "../../src/officials/official-command.ts";
import { makeTrackingCode } from "../../src/understanding/codes.ts";
import { official } from "../../src/wording/official.ts";

const CODE = makeTrackingCode(Uint8Array.from({ length: 11 }, (_, index) => index * 7));
const NOW = new Date("2026-11-21T02:00:00Z");
const read = (text: string) => officialCommandIn(text, undefined, NOW);

describe("a moderator's command", () => {
  it("lists what is held back, or shows one case in full", () => {
    expect(read("/cach")).toEqual({ kind: "held-back", trackingCode: undefined });
    expect(read(`/cach ${CODE.toLowerCase()}`)).toEqual({ kind: "held-back", trackingCode: CODE });
  });

  it("releases one case, or all of its text", () => {
    const verdict = { action: "release" };
    expect(read(`/tha ${CODE}`)).toEqual({ kind: "verdict", trackingCode: CODE, verdict, likewise: false });
    expect(read(`/THA ${CODE} nhóm`)).toEqual({
      kind: "verdict",
      trackingCode: CODE,
      verdict,
      likewise: true,
    });
  });

  it("rejects with a reason, also in a group", () => {
    const reason = { action: "reject", text: "Không có sự việc" };
    expect(read(`/loai ${CODE} Không có sự việc`)).toMatchObject({ verdict: reason, likewise: false });
    expect(read(`/loai ${CODE} nhom Không có sự việc`)).toMatchObject({ verdict: reason, likewise: true });
  });

  it("without a code or a reason is explained", () => {
    for (const text of ["/loai", "/loai lý do", `/loai ${CODE}`, `/loai ${CODE} nhóm`])
      expect(read(text)).toEqual({ kind: "misuse", usage: official.usage.reject });
    expect(read("/tha")).toEqual({ kind: "misuse", usage: official.usage.release });
  });
});
