import { describe, expect, it } from "vitest";
import { fold } from "../../src/text/fold.ts";
import { legalPathIn, speaksOfCourt } from "../../src/understanding/legal-path.ts";

describe("the formal way that words name", () => {
  it.each([
    ["tôi muốn khiếu nại quyết định xử phạt", "complaint"],
    ["tui muon kien ubnd xa", "complaint"],
    ["làm đơn kiện cán bộ", "complaint"],
    ["tôi tố cáo ông trưởng phòng", "denunciation"],
    ["vừa khiếu nại vừa tố cáo", "denunciation"],
    ["I want to denounce an official", "denunciation"],
    ["góp ý kiến nghị phường làm nhanh hơn", undefined],
    ["điều kiện sự kiện bưu kiện", undefined],
    ["tôi muốn kiến nghị", undefined],
    ["hồ sơ trễ hẹn", undefined],
  ])("%s", (text, path) => {
    expect(legalPathIn(fold(text))).toBe(path);
  });

  it("tells the court apart", () => {
    expect(speaksOfCourt(fold("tôi muốn kiện ra tòa"))).toBe(true);
    expect(speaksOfCourt(fold("tôi khiếu nại quyết định"))).toBe(false);
  });
});
