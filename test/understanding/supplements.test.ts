import { describe, expect, it } from "vitest";
import { supplementsAnswered, supplementsIn } from "../../src/understanding/supplements.ts";

const NOW = new Date("2026-11-20T09:00:00+07:00");

describe("supplement requests in a story", () => {
  it.each([
    ["Hồ sơ của tôi bị bắt bổ sung 3 lần rồi", { times: 3 }],
    ["bổ sung lần 3 rồi mà vẫn chưa xong", { times: 3 }],
    ["lần thứ hai yêu cầu bổ sung giấy tờ, chỉ nói miệng", { times: 2, inWriting: false }],
    ["ho bat bo sung ho so lan thu ba ma khong co giay gi", { times: 3, inWriting: false }],
    ["cán bộ yêu cầu bổ sung, có phiếu yêu cầu hẳn hoi", { inWriting: true }],
    ["tới lui bổ sung hoài mà không nhận", {}],
    ["tôi nộp 2/11, hẹn 9/11, bị kêu về bổ sung, nộp bổ sung ngày 10/11", { lastOn: "2026-11-10" }],
    [
      "ba lần bắt bổ sung, đã bổ sung đủ hôm 12/11 qua điện thoại",
      { times: 3, inWriting: false, lastOn: "2026-11-12" },
    ],
    ["they asked for more papers again, only orally", { inWriting: false }],
  ])("%s", (text, told) => {
    expect(supplementsIn(text, NOW)).toEqual(told);
  });

  it.each([
    "Tôi nộp hồ sơ ngày 2/11, hẹn 9/11 mà tới nay vẫn chưa trả",
    "Cán bộ đòi tôi năm trăm nghìn mới chịu nhận hồ sơ",
    "Luật sửa đổi, bổ sung một số điều có hiệu lực chưa",
  ])("nothing: %s", (text) => {
    expect(supplementsIn(text, NOW)).toBeUndefined();
  });

  it.each([
    ["3 lần, nói miệng", { times: 3, inWriting: false }],
    ["hai lần có phiếu", { times: 2, inWriting: true }],
    ["1", { times: 1 }],
    ["chỉ nói thôi", { inWriting: false }],
    ["không rõ", {}],
  ])("answered: %s", (text, told) => {
    expect(supplementsAnswered(text)).toEqual(told);
  });
});
