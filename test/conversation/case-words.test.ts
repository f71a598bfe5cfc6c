import { describe, expect, it } from "vitest";
import { type CaseWish, forcedIn, wishIn } from "../../src/conversation/case-words.ts";
import { pressureIn, threatIn } from "../../src/understanding/threat.ts";

const CODE = "MC-7K4P-29QX-84MT";

describe("what a person wants with their case", () => {
  it.each<readonly [CaseWish, readonly string[]]>([
    [
      "add",
      [
        "bổ sung",
        "Bo sung",
        "tôi muốn bổ sung thông tin",
        "cho em bổ sung thêm",
        "bổ sung phản ánh",
        `bổ sung ${CODE}`,
        "kể thêm một chút",
        "gửi thêm thông tin cho phản ánh này",
        "add information",
      ],
    ],
    [
      "withdraw",
      [
        "rút phản ánh",
        "rut phan anh",
        "tôi muốn rút phản ánh",
        "cho tôi rút đơn",
        "em xin rút lại khiếu nại",
        `rút ${CODE}`,
        "thu hồi phản ánh",
        "hủy phản ánh",
        "tôi muốn rút lại",
        "withdraw",
      ],
    ],
    [
      "nudge",
      [
        "nhắc cơ quan",
        "nhắc giúp tôi",
        "nhắc họ với",
        "giục họ đi",
        "nhờ nhắc cán bộ giúp em",
        `nhắc ${CODE}`,
      ],
    ],
    ["resume", ["tiếp tục phản ánh", "không rút nữa", "thôi không rút", "hủy rút"]],
    [
      "reopen",
      [
        "mở lại phản ánh",
        "tôi muốn mở lại phản ánh",
        "Mở lại giúp tôi",
        `mở lại vụ ${CODE}`,
        "mo lai",
        "reopen my complaint",
      ],
    ],
    [
      "dispute",
      ["chưa xong", "vẫn chưa giải quyết", "vẫn chưa giải quyết gì cả", "chưa được giải quyết", "not solved"],
    ],
    [
      "show",
      [
        "tình trạng",
        "tinh trang",
        "bao gio co ket qua",
        "bao giờ xong vậy",
        "tinh hinh sao roi",
        "phan anh cua toi den dau roi",
        "Phản ánh của tôi ai xử lý vậy?",
        "da giai quyet chua",
        "đến đâu rồi",
        "vụ này giải quyết chưa",
        "status",
        "how is my complaint going?",
      ],
    ],
  ])("%s: said in many ways", (wish, texts) => {
    expect(texts.filter((text) => wishIn(text) !== wish)).toEqual([]);
  });

  it("is not read into questions and stories", () => {
    const others = [
      "bổ sung hồ sơ khai sinh cần giấy gì",
      "cán bộ bắt bổ sung hồ sơ ba lần",
      "rút hồ sơ đất đai thì làm thế nào",
      "rút tiền bảo hiểm xã hội một lần",
      "rút gọn thủ tục đăng ký kết hôn",
      "nhắc lại giấy tờ cần nộp giúp tôi với được không",
      "hồ sơ chưa xong thì hỏi ở đâu",
      "chưa giải quyết hồ sơ đất đai cho tôi mà đã hẹn lại",
      "hủy hợp đồng công chứng",
      "tiếp tục làm thủ tục nào",
      "phản ánh",
      "mở lại hộ kinh doanh",
      "mở lại lớp học",
      "khai sinh",
      "tình trạng hôn nhân",
      "giay xac nhan tinh trang doc than",
      "bao giờ có kết quả khai sinh",
      "bao gio co so do",
      "cccd den dau lam",
      "ai giải quyết thủ tục ly hôn",
    ];
    expect(others.filter((text) => wishIn(text) !== undefined)).toEqual([]);
  });
});

describe("what tells of pressure", () => {
  it("is heard in the words of people who are threatened or afraid", () => {
    const cries = [
      "tôi sợ",
      "Toi so qua",
      "em sợ lắm",
      "tôi sợ bị trả thù",
      "sợ họ trù dập",
      "tôi bị dọa vì phản ánh",
      "bị dọa vì phản ánh",
      "họ dọa tôi",
      "có người gọi điện dọa tôi",
      "cán bộ ép tôi rút đơn",
      "tôi đang bị ép rút phản ánh",
      "ông chủ tịch xã đe dọa gia đình tôi nếu không rút phản ánh này",
      "tôi bị trù dập",
      "không dám phản ánh nữa",
      "bị đe dọa",
      "tôi bị dọa đánh nếu còn kiện tiếp",
      "chủ tịch xã bắt tôi phải rút thì mới trả hồ sơ",
      "I am threatened",
      "they threatened me because of the complaint",
      "I am afraid",
      "I was threatened",
      "toi so bi tra thu",
    ];
    expect(cries.filter((text) => !pressureIn(text))).toEqual([]);
  });

  it("is not heard in other fears, other threats, or where it is denied", () => {
    const others = [
      "tôi sợ trễ hạn nộp hồ sơ",
      "sợ mất giấy hẹn thì làm sao",
      "tôi sợ thiếu giấy tờ",
      "ép plastic thẻ căn cước có được không",
      "không ai dọa cả",
      "không có ai ép tôi",
      "tôi không bị ép",
      "cán bộ xã Bình Minh đòi tiền, dọa không nhận hồ sơ làm sổ đỏ nếu không đưa 2 triệu",
      "bắt ép người dân mua tờ khai có đúng không",
      "chỉ có em làm hồ sơ",
      "đăng ký khai sinh cho con",
      "hăm bảy tháng chạp",
      "quầy số hai chưa trả",
      "nộp hồ sơ đánh giá tác động môi trường",
      "can bo nhan ho so lam kho toi",
      "cán bộ yêu cầu tôi rút hồ sơ về",
    ];
    expect(others.filter(pressureIn)).toEqual([]);
  });

  it.each([
    "Tôi bị cán bộ phường Hải Châu đe dọa vì đã phản ánh",
    "Cán bộ xã dọa sẽ không cho tôi làm giấy tờ nếu tôi khiếu nại",
    "can bo phuong hai chau tra thu toi vi toi phan anh",
    "cán bộ trù dập tôi vì tố cáo",
    "họ bắt gia đình tôi rút đơn thì mới trả hồ sơ",
    "The officer threatened me after I complained",
  ])("threats are heard in a story: %s", (text) => {
    expect(threatIn(text)).toBe(true);
  });

  it.each([
    "chưa trả thư xin lỗi cho tôi",
    "chua tra thu xin loi",
    "trả thủ tục về, chua tra thu tuc dat dai",
    "trả thù lao hòa giải viên, tra thu lao",
    "không ai dọa tôi, chỉ là trễ hẹn",
    "trang trí đóa hoa ở trụ sở",
    "bộ đội đánh biên giới, đổi danh sách, quy hoan doi danh muc",
    "cán bộ bắt tôi rút hồ sơ về nộp lại",
    "bắt ép mua tờ khai, tôi muốn phản ánh",
  ])("… and not in %s", (text) => {
    expect(threatIn(text)).toBe(false);
  });

  it("is asked about, and yes and no are understood", () => {
    for (const yes of [
      "có",
      "dạ có",
      "co",
      "đúng vậy",
      "bị dọa",
      "vâng",
      "không dám nói",
      "họ dọa tôi",
      "yes",
    ])
      expect([yes, forcedIn(yes)]).toEqual([yes, "yes"]);
    for (const no of [
      "không",
      "ko",
      "dạ không",
      "không ai ép cả",
      "có ai đâu",
      "tôi tự rút",
      "tự nguyện",
      "no",
    ])
      expect([no, forcedIn(no)]).toEqual([no, "no"]);
    for (const neither of ["hôm nay trời đẹp", "là sao", "?"]) expect(forcedIn(neither)).toBeUndefined();
  });
});
