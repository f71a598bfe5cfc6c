import { describe, expect, it } from "vitest";
import { namesNoBody } from "../../src/understanding/body.ts";
import { read } from "../fixtures/real-guide.ts";

/** What a message complains about, as typed. */
function bodyOf(text: string): string | undefined {
  return read(text).grievance.body;
}

describe("the body that a message speaks of", () => {
  it.each([
    ["Sở Tài chính giữ hồ sơ của tôi ba tháng nay", "Sở Tài chính"],
    ["cán bộ văn phòng đăng ký đất đai đòi thêm giấy", "cán bộ văn phòng đăng ký đất đai"],
    ["chi nhanh van phong dat dai hen mai khong xong", "chi nhanh van phong dat dai"],
    ["kính gửi quý cơ quan xem xét, công an phường bắt tôi về ba lần", "công an phường"],
    ["tôi ra phòng đăng ký kinh doanh mà nhân viên gắt gỏng", "phòng đăng ký kinh doanh"],
    ["nộp ở một cửa xã hôm qua, cán bộ không nhận", "một cửa xã"],
  ])("%s → %s", (text, body) => {
    expect(bodyOf(text)).toBe(body);
  });

  it("a name outweighs words that only say that it was an official", () => {
    expect(bodyOf("cán bộ nói phải đưa tiền cho chi cục hải quan")).toBe("chi cục hải quan");
    expect(bodyOf("anh cán bộ nói phải đưa tiền")).toBe("anh cán bộ");
  });

  it("a phrase typed with other marks is hardly meant", () => {
    expect(bodyOf("phải nhập ba lần, một của bên này, một của công an")).toBe("công an");
  });

  it("a bank is a body, but by itself no reason to hear a complaint", () => {
    expect(read("ngân hàng mở cửa mấy giờ").grievance.ofOfficials).toBe(false);
    expect(bodyOf("ngân hàng bắt tôi ra phường xin giấy xác nhận cư trú")).toBe("ngân hàng");
  });

  it("words of offices are no places", () => {
    expect(read("nộp ở văn phòng đăng ký đất đai").place).toBeUndefined();
    expect(read("nộp ở trung tâm hành chính công").place).toBeUndefined();
  });

  it.each(["Cán bộ", "anh cán bộ tiếp nhận", "xã", "tổ trưởng dân phố", "quầy số 3", "the officer"])(
    "“%s” names none",
    (text) => {
      expect(namesNoBody(text)).toBe(true);
    },
  );

  it.each([
    "cán bộ xã",
    "UBND xã",
    "một cửa",
    "Ủy ban nhân dân xã Núi Thành",
    "Phòng Công chứng số 1",
    "sở tài chính",
  ])("“%s” names one", (text) => {
    expect(namesNoBody(text)).toBe(false);
  });

  it("words that name none are read in no time, however many", () => {
    const before = performance.now();
    expect(namesNoBody(`${"bộ phận tiếp nhận chi cục ".repeat(200)}ấy`)).toBe(false);
    expect(performance.now() - before).toBeLessThan(200);
  });
});
