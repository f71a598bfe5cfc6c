import { describe, expect, it } from "vitest";
import { ownNamesIn } from "../../src/understanding/own-name.ts";

const found = (text: string): string[] =>
  ownNamesIn(text).map(({ at, length }) => text.slice(at, at + length));

describe("the name by which a person says who they are", () => {
  it.each([
    ["cán bộ đòi 500 ngàn. Tôi tên Trần Thị Lan sđt 0912345678 xe 92A-123.45", "Trần Thị Lan"],
    ["cán bộ xã đòi 500 ngàn tôi tên trần thị lan sđt 0912345678", "trần thị lan"],
    ["tôi là Phạm Văn Tèo, cán bộ địa chính đòi tôi 300 ngàn", "Phạm Văn Tèo"],
    ["toi la pham van teo can bo doi tien", "pham van teo"],
    ["toi ten tran thi lan o xa nui thanh", "tran thi lan"],
    ["tên tôi là Nguyễn Thị Hồng Nhung, nộp hồ sơ", "Nguyễn Thị Hồng Nhung"],
    ["ten toi la nguyen thi hong nhung nop ho so", "nguyen thi hong nhung"],
    ["Em tên Lê Hoa, bị quát", "Lê Hoa"],
    ["dạ em tên là Võ Thị B ạ", "Võ Thị B"],
    ["Thưa anh chị cháu là Hồ Ngọc Hà", "Hồ Ngọc Hà"],
    ["mình là Đỗ Quốc Anh Tuấn ở phường Hải Châu", "Đỗ Quốc Anh Tuấn"],
    ["Tôi là công dân Trần Văn Ba", "Trần Văn Ba"],
    ["Em là vợ ông Nguyễn Văn Sáu, hồ sơ bị trễ", "Nguyễn Văn Sáu"],
    ["con tôi tên Nguyễn Văn Bé bị gọi lên", "Nguyễn Văn Bé"],
    ["chúng tôi là Huỳnh Thị Mười ở thôn 3", "Huỳnh Thị Mười"],
    ["Họ và tên: Bùi Văn Chín\nĐịa chỉ: thôn 2", "Bùi Văn Chín"],
    ["tôi tên là TRẦN THỊ LAN ở UBND xã", "TRẦN THỊ LAN"],
    ["CÁN BỘ ĐÒI TIỀN. TÔI TÊN TRẦN THỊ LAN SĐT 0912345678", "TRẦN THỊ LAN"],
    ["Trần thị Lan đây: tôi là Trần thị Lan", "Trần thị Lan"],
    ["người phản ánh: Đặng Thị Thu", "Đặng Thị Thu"],
    ["my name is Tran Thi Lan and they asked for money", "Tran Thi Lan"],
    ["tôi là Chu Văn Bình, nộp hồ sơ", "Chu Văn Bình"],
    ["I am Nguyen Van A", "Nguyen Van A"],
  ])("is found: %s", (text, name) => {
    expect(found(text)).toContain(name);
    expect(new Set(found(text)).size).toBe(1);
  });

  it("is found wherever it stands again", () => {
    expect(found("tôi là Phạm Văn Tèo. Họ gọi Phạm văn Tèo lên hỏi. Phạm Văn Tèo")).toHaveLength(3);
  });

  it.each([
    "cán bộ tên Nguyễn Văn B đòi tiền",
    "cán bộ là Nguyễn Văn B đòi tiền tôi",
    "người tiếp tôi tên Nguyễn Văn B",
    "cán bộ nhận hồ sơ của tôi là Nguyễn Văn B",
    "người đòi tiền em tên là Nguyễn Văn B",
    "ông Nguyễn Văn B, phó chủ tịch xã, đòi tôi 2 triệu",
    "có em tên Nguyễn Thị Hoa ở quầy 3 quát tôi",
    "cán bộ nói: tôi là Nguyễn Văn B, muốn nhanh thì đưa tiền",
    "anh ta bảo “tôi là Trần Văn C”",
    "tôi là công dân",
    "tôi là chủ hộ",
    "Tôi là nông dân ở xã Tam Nghĩa",
    "toi la nong dan",
    "em là người dân tộc Cơ Tu",
    "có người đứng tên tôi đăng ký hai cái sim",
    "co nguoi dung ten toi dang ky hai cai sim",
    "thuế nhắn còn tên em là chủ quán đó",
    "thôn không đưa tên tui vô danh sách",
    "tôi là giáo viên trường Trần Phú",
    "tôi là Hộ nghèo",
    "tôi là mẹ đơn thân làm khai sinh cho con",
    "tôi tên trong hồ sơ bị ghi sai",
    "họ tên trong giấy khai sinh bị sai",
    "ho ten con bi ghi sai",
    "tên tôi bị ghi sai trên giấy hẹn",
    "tôi là cán bộ hưu trí",
    "tôi là tổ trưởng tổ dân phố",
    "toi la to truong to dan pho",
    "làm giấy khai sinh cho con cần gì",
    "",
  ])("is none: %s", (text) => {
    expect(found(text)).toEqual([]);
  });
});
