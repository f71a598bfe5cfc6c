import { describe, expect, it } from "vitest";
import { asksForMoney } from "../../src/understanding/money.ts";

describe("a demand for money", () => {
  it.each([
    "cán bộ đòi 500 nghìn mới trả",
    "can bo doi 500k moi tra",
    "can bo vi vinh doi tien",
    "cho xin 500k moi tra ho so",
    "tôi bị vòi tiền",
    "bi voi tien",
    "ho doi tien",
    "can bo doi tien toi o phuong hai chau",
    "can bo xa nui thanh voi vinh toi",
    "phai lot tay 500k moi xong ho so",
    "bị đòi hối lộ",
    "bi doi hoi lo",
    "cán bộ đòi tôi năm trăm nghìn",
    "con nua ho doi toi 2 trieu",
    "cán bộ gợi ý bỏ phong bì 3 triệu",
    "cán bộ thuế gợi ý công ty tôi chi 30 triệu",
    "The officer at Hai Chau ward asked me for 2 million to process my registration",
    "they asked for money",
  ])("is heard in “%s”", (text) => {
    expect(asksForMoney(text)).toBe(true);
  });

  it.each([
    "cán bộ nhiệt tình, không đòi tiền, không vòi vĩnh",
    "can bo khong doi tien",
    "nên dán bảng cấm đòi tiền người dân",
    "cán bộ từ chối nhận phong bì",
    "tôi đòi tiền bồi thường đất",
    "toi muon doi tien coc",
    "xin hỗ trợ 2 triệu cho hộ nghèo",
    "chứng chỉ hành nghề, chung chi xay dung",
    "tôi với Vĩnh Long, voi vinh long",
    "làm hồ sơ với tiền phí bao nhiêu",
    "nộp kèm phong bì có dán tem",
    "tôi hơi lo hồ sơ trễ",
    "thu phí 500k không biên lai",
    "trường đòi con tôi phải có hóa đơn tiền điện",
    "đổi tiền rách ở đâu, doi the can cuoc",
    "bắt bổ sung 3 lần, đòi thêm giấy",
    "giấy phép bán buôn dầu mỡ bôi trơn",
    "năm nhà chung tiền mua máy gặt",
  ])("… and not in “%s”", (text) => {
    expect(asksForMoney(text)).toBe(false);
  });
});
