import { beforeEach, describe, expect, it } from "vitest";
import type { Status } from "../../src/complaints/complaint.ts";
import { satisfactionOf } from "../../src/complaints/satisfaction.ts";
import { type Officer, openTown } from "./town.ts";

const CITY = "ubnd-tp-da-nang";
const INSPECTORATE = "thanh-tra-tp-da-nang";
const CENTRE = "ttpvhcc-xa-nui-thanh-da-nang";
const COMMUNE = "ubnd-xa-nui-thanh-da-nang";
const COORDINATOR = "dieu-phoi";
const PLACE = "xã Núi Thành, Đà Nẵng";
const ABOUT = "Trung tâm Phục vụ hành chính công xã Núi Thành";
/** Longest test time of a month in the life of a case, in milliseconds. */
const MONTH_MS = 5_000;

type Town = Awaited<ReturnType<typeof openTown>>;
let town: Town;
let begun: number;
beforeEach(async () => {
  town = await openTown();
  begun = performance.now();
});
const inTime = (): void => expect(performance.now() - begun).toBeLessThan(MONTH_MS);
const stands = async (code: string): Promise<Status> => (await town.caseOf(code)).status;
/** The last notice an official read. */
const last = (officer: Officer): string => officer.reads().at(-1) ?? "";

describe("a complaint of each kind, from the first word to the last", () => {
  it("late: the commune asks, puts the day off, gives the result; Hoa is content and says how much", async () => {
    const hoa = town.person("hoa");
    const commune = await town.official(COMMUNE);
    const code = await hoa.files(
      "Một cửa xã Núi Thành trễ hẹn: tôi nộp hồ sơ khai sinh, quá ngày hẹn mà chưa có kết quả",
      {
        place: PLACE,
        about: ABOUT,
        dossier: "H17.25-261102-0012",
        promised: "09/11/2026",
        apology: "Không nhận",
        name: "Trần Thị Hoa, 0905123456",
      },
    );
    expect(last(commune)).toContain("Người phản ánh: Trần Thị Hoa, 0905123456");
    expect(await commune.types(`/nhan ${code}`)).toContain("tiếp nhận");
    expect(hoa.hears()).toContain("đã tiếp nhận");
    await commune.types(`/hoi ${code} Chị nộp ở quầy nào?`);
    expect(hoa.hears()).toContain("Chị nộp ở quầy nào?");
    await hoa.presses("Trả lời câu hỏi");
    await hoa.says("Quầy số 3");
    expect(last(commune)).toContain("Người dân viết thêm: Quầy số 3");
    await town.later(4);
    await commune.types(`/giahan ${code} 04/12/2026 Phải xác minh ở nơi thường trú cũ, xin lỗi chị`);
    expect(hoa.hears()).toContain("xin lùi ngày trả lời");
    await town.later(9);
    await commune.types(`/traloi ${code} Đã trả giấy khai sinh sáng nay, xin lỗi chị vì chậm.`);
    expect(hoa.hears()).toContain("đã được giải quyết chưa?");
    expect(await hoa.presses("Đã giải quyết")).toContain("được ghi là đã giải quyết xong");
    expect(await hoa.presses("Hài lòng")).toContain("thái độ phục vụ");
    expect(await hoa.says("5")).toContain("Cảm ơn anh/chị");
    expect(await stands(code)).toBe("closed_confirmed");
    expect(last(commune)).not.toMatch(/hài lòng/i);
    expect(satisfactionOf([await town.caseOf(code)]).get(COMMUNE)).toEqual({
      rated: 1,
      result: [0, 0, 0, 1, 0],
      conduct: [0, 0, 0, 0, 1],
    });
    inTime();
  });

  it("bribe: they found out, and threaten Minh; nothing is withdrawn, and who knew of it hears no more", async () => {
    const minh = town.person("minh");
    const inspectors = await town.official(INSPECTORATE);
    const coordinator = await town.official(COORDINATOR, "coordinator");
    const code = await minh.files("Cán bộ địa chính xã Núi Thành đòi tôi 5 triệu mới ký giấy tách thửa", {
      place: PLACE,
      about: ABOUT,
    });
    expect(last(inspectors)).toContain("Người phản ánh: giấu tên");
    minh.hears();
    expect(await minh.says("tôi muốn rút phản ánh")).toContain("có ai ép hoặc dọa");
    const said = await minh.says("có, họ gọi điện dọa đuổi việc vợ tôi");
    expect(said).toContain("không bị rút");
    expect(said).toContain("113");
    expect(said).toContain("Luật Phòng, chống tham nhũng 2018");
    const handed = last(coordinator);
    expect(handed).toContain("diện bảo vệ");
    expect(handed).toContain("đòi tôi 5 triệu");
    expect(handed).toContain("dọa đuổi việc vợ tôi");
    expect(handed).toContain("Nơi đã biết phản ánh này trước đây] Thanh tra thành phố Đà Nẵng");
    const ended = last(inspectors);
    expect(ended).toContain("Kết thúc, không cần xử lý tiếp");
    expect(ended).not.toMatch(/dọa|rút|5 triệu/);
    expect(await inspectors.types(`/baocao ${code} Đã mời làm việc`)).toContain("Không tìm thấy");
    expect(await coordinator.types(`/chuyen ${code} ${INSPECTORATE} Đúng thẩm quyền`)).toContain(
      "Không chuyển được",
    );
    await town.later(20);
    expect(inspectors.reads()).toEqual([]);
    expect(await minh.says(`tra cứu ${code}`)).toContain("phản ánh ở diện bảo vệ");
    await coordinator.types(`/traloi ${code} Đã đình chỉ cán bộ, hồ sơ chuyển cơ quan điều tra.`);
    minh.hears();
    await minh.presses("Đã giải quyết");
    expect(await stands(code)).toBe("closed_confirmed");
    inTime();
  });

  it("harassment: who handles it asks who she is; Lan agrees, and that office alone is told, once", async () => {
    const lan = town.person("lan");
    const commune = await town.official(COMMUNE, "head");
    const code = await lan.files(
      "Cán bộ một cửa xã Núi Thành hành tôi đi lại bảy lần, lần nào cũng bắt về làm lại",
      {
        place: PLACE,
        about: ABOUT,
      },
    );
    expect(last(commune)).toContain("giấu tên");
    await commune.types(`/baocao ${code} Cần gì chị gọi 0235 3870 123.`);
    expect(lan.hears()).toContain("liên hệ thẳng thì nơi đó biết anh/chị là ai");
    expect(await commune.types(`/danhtinh ${code} Cần đối chiếu sổ tiếp nhận`)).toContain("đồng ý");
    const asked = lan.hears();
    expect(asked).toContain("xin biết anh/chị là ai");
    expect(asked).toContain("Cần đối chiếu sổ tiếp nhận");
    expect(await commune.types(`/danhtinh ${code} Cần gấp`)).toContain("đang chờ người dân");
    expect(await lan.says("1")).toContain("họ và tên");
    expect(await lan.says("Lê Thị Lan, 0912345678")).toContain("Đã cho riêng");
    expect(last(commune)).toContain("Người phản ánh: Lê Thị Lan, 0912345678");
    await commune.types(`/baocao ${code} Đã đối chiếu xong`);
    await commune.types(`/traloi ${code} Đã phê bình cán bộ và nhận hồ sơ.`);
    lan.hears();
    await lan.presses("Đã giải quyết");
    expect(town.everything().match(/Lê Thị Lan/g)).toHaveLength(1);
    expect(await stands(code)).toBe("closed_confirmed");
    inTime();
  });

  it("extra_documents: twice it is not solved; back once, then up one level, where it is", async () => {
    const tu = town.person("tu");
    const commune = await town.official(COMMUNE);
    const city = await town.official(CITY);
    const code = await tu.files(
      "Làm khai sinh mà cán bộ một cửa xã Núi Thành bắt nộp thêm bản sao hộ khẩu không có trong quy định",
      {
        place: PLACE,
        about: ABOUT,
      },
    );
    await commune.types(`/traloi ${code} Yêu cầu là đúng.`);
    tu.hears();
    await tu.presses("Chưa giải quyết");
    expect(await tu.says("Quy định không có giấy này")).toContain("chưa giải quyết");
    expect(last(commune)).toContain("Lý do chưa giải quyết: Quy định không có giấy này");
    await commune.types(`/traloi ${code} Đề nghị chị nộp đủ.`);
    tu.hears();
    await tu.says("chưa xong");
    await tu.says("Vẫn bắt nộp");
    expect(last(city)).toContain("Người dân báo chưa giải quyết");
    expect(await tu.says(`tra cứu ${code}`)).toContain("anh/chị báo chưa giải quyết xong");
    await city.types(`/traloi ${code} Đã yêu cầu xã nhận hồ sơ, không thu giấy ngoài quy định.`);
    tu.hears();
    await tu.presses("Đã giải quyết");
    expect(await tu.presses("Bỏ qua")).toContain("thái độ phục vụ");
    await tu.presses("Bỏ qua");
    expect(await stands(code)).toBe("closed_confirmed");
    expect(satisfactionOf([await town.caseOf(code)])).toEqual(new Map());
    inTime();
  });

  it("overcharge: nobody answers for a month; Sáu has them reminded, it climbs by itself, the last one answers", async () => {
    const sau = town.person("sau");
    const inspectors = await town.official(INSPECTORATE);
    const commune = await town.official(COMMUNE);
    const code = await sau.files(
      "Chứng thực mấy tờ giấy mà cán bộ một cửa xã Núi Thành thu của tôi 200.000 đồng, cao hơn mức quy định",
      {
        place: PLACE,
        about: ABOUT,
      },
    );
    expect(await sau.says("nhắc cơ quan giúp tôi")).toContain("mới gửi hoặc vừa được nhắc");
    commune.reads();
    await town.later(6);
    sau.hears();
    await sau.says("nhắc giúp tôi");
    expect(commune.reads().join("\n")).toContain("Nhắc hạn trả lời");
    await town.later(25);
    expect(sau.hears()).toContain("Tôi đã báo tiếp");
    expect(await sau.says(`tra cứu ${code}`)).toContain("đã quá hạn nên cấp trên cùng giải quyết");
    await inspectors.types(`/traloi ${code} Đã buộc trả lại 170.000 đồng và xử lý người thu.`);
    sau.hears();
    await sau.presses("Đã giải quyết");
    expect(await stands(code)).toBe("closed_confirmed");
    const story = await sau.says(`tra cứu ${code}`);
    expect(story).toContain("Diễn biến:");
    expect(await sau.presses("Xem thêm")).toContain("Anh/chị nhờ nhắc");
    inTime();
  });

  it("attitude: Bảy takes it back, goes on with it, finds it solved, and later that it was not", async () => {
    const bay = town.person("bay");
    const commune = await town.official(COMMUNE);
    const code = await bay.files(
      "Cán bộ một cửa xã Núi Thành quát mắng tôi khi tôi hỏi lại, trước mặt mọi người",
      {
        place: PLACE,
        about: ABOUT,
      },
    );
    await commune.types(`/nhan ${code}`);
    commune.reads();
    await bay.says("rút phản ánh");
    expect(await bay.says("không ai ép cả, tôi tự rút")).toContain("Vì sao");
    expect(await bay.says("Cô ấy đã xin lỗi")).toContain("Đã rút");
    expect(last(commune)).toContain("Người dân rút phản ánh");
    expect(await stands(code)).toBe("withdrawn");
    await town.later(7);
    expect(await bay.says("tiếp tục phản ánh")).toContain("được tiếp tục");
    expect(last(commune)).toContain("tiếp tục phản ánh đã rút");
    expect(await stands(code)).toBe("acknowledged");
    await commune.types(`/traloi ${code} Đã nhắc nhở và cho xin lỗi công khai.`);
    bay.hears();
    await bay.presses("Đã giải quyết");
    await town.later(6);
    expect(await bay.says("vẫn chưa xong")).toContain("chưa xong ở chỗ nào");
    await bay.says("Hôm nay lại quát");
    expect(await stands(code)).toBe("disputed");
    await commune.types(`/traloi ${code} Đã chuyển cô ấy sang việc khác.`);
    bay.hears();
    await bay.presses("Đã giải quyết");
    expect(await stands(code)).toBe("closed_confirmed");
    inTime();
  });

  it("refusal: handed on without the name; Chín says no, and only two persons together may open it", async () => {
    const chin = town.person("chin");
    const commune = await town.official(COMMUNE);
    const city = await town.official(CITY);
    const custodian = await town.official(INSPECTORATE, "custodian");
    const head = await town.official(INSPECTORATE, "head");
    const code = await chin.files("Một cửa xã Núi Thành không nhận hồ sơ của tôi, đùn đẩy sang chỗ khác", {
      place: PLACE,
      about: ABOUT,
      dossier: "H17.25-261102-0031",
      name: "Võ Văn Chín, 0935111222",
    });
    await commune.types(`/chuyen ${code} ${CITY} Thuộc thẩm quyền thành phố`);
    const handed = last(city);
    expect(handed).toContain("Phản ánh được chuyển đến");
    expect(handed).toContain("giấu tên");
    await city.types(`/danhtinh ${code} Tìm hồ sơ bị trả`);
    chin.hears();
    expect(await chin.presses("Không đồng ý")).toContain("vẫn được giữ kín");
    expect(last(city)).toContain("Người dân không đồng ý");
    expect(await city.types(`/danhtinh ${code} Xin hỏi lại`)).toContain("hai người cùng duyệt");
    expect(await city.types(`/duyetdanhtinh ${code} Tự duyệt`)).toContain("Không tìm thấy");
    await custodian.types(`/duyetdanhtinh ${code} Có dấu hiệu làm mất hồ sơ`);
    expect(chin.hears()).toContain("còn cần một người thứ hai");
    expect(await custodian.types(`/duyetdanhtinh ${code} Duyệt lần nữa`)).toContain("người thứ hai");
    expect(town.everythingAt(CITY)).not.toContain("Võ Văn Chín");
    await head.types(`/duyetdanhtinh ${code} Đồng ý, cần tìm hồ sơ gốc`);
    expect(chin.hears()).toContain("Hai người có thẩm quyền đã cùng cho");
    expect(last(city)).toContain("Người phản ánh: Võ Văn Chín, 0935111222");
    expect(town.everythingAt(INSPECTORATE)).not.toContain("Võ Văn Chín");
    await city.types(`/traloi ${code} Đã tìm thấy và nhận hồ sơ.`);
    chin.hears();
    await chin.presses("Đã giải quyết");
    expect(await stands(code)).toBe("closed_confirmed");
    inTime();
  });

  it("praise: the unit and its superior read it, nobody is hurried, a thank-you closes it", async () => {
    const mai = town.person("mai");
    const centre = await town.official(CENTRE);
    const commune = await town.official(COMMUNE);
    const code = await mai.files(
      "Tôi khen chị Hạnh ở một cửa xã Núi Thành rất nhiệt tình, hướng dẫn tận tình cho người già",
      {
        place: PLACE,
        about: ABOUT,
      },
    );
    expect(last(centre)).toContain("Khen ngợi");
    expect(last(commune)).toContain("Khen ngợi");
    await town.later(4);
    expect([centre.reads(), commune.reads()]).toEqual([[], []]);
    mai.hears();
    await centre.types(`/traloi ${code} Cảm ơn bác, chị Hạnh đã được nghe lời khen.`);
    const heard = mai.hears();
    expect(heard).toContain("Cảm ơn anh/chị đã khen");
    expect(heard).not.toContain("giải quyết chưa");
    expect(await stands(code)).toBe("closed_thanked");
    expect(await mai.says(`tra cứu ${code}`)).toContain("đã đóng với lời cảm ơn");
    expect(mai.buttons()).toEqual([]);

    const again = await mai.files("Tôi khen anh Nam ở một cửa xã Núi Thành phục vụ rất tốt, rất lịch sự", {
      place: PLACE,
      about: ABOUT,
    });
    mai.hears();
    centre.reads();
    await town.later(30);
    expect(mai.hears()).toContain(`Lời khen ${again} đã đến`);
    expect(centre.reads()).toEqual([]);
    expect(await stands(again)).toBe("closed_thanked");
    inTime();
  });

  it("suggestion: Tâm adds to it, forgets to confirm, and can add still while it could be reopened", async () => {
    const tam = town.person("tam");
    const centre = await town.official(CENTRE);
    const code = await tam.files("Tôi góp ý một cửa xã Núi Thành nên có ghế chờ và quạt cho người già", {
      place: PLACE,
      about: ABOUT,
    });
    const noticed = await town.caseOf(code);
    expect(noticed.filing.kind).toBe("suggestion");
    const unit = noticed.holders[0] === CENTRE ? centre : await town.official(noticed.holders[0] ?? "");
    unit.reads();
    expect(await tam.says("bổ sung")).toContain("Anh/chị viết điều cần bổ sung");
    const warned = await tam.says("Gọi tôi 0905 222 333 nếu cần tài trợ ghế");
    expect(warned).toContain("số điện thoại");
    expect(await tam.presses("Bỏ số điện thoại rồi gửi")).toContain("Đã bổ sung");
    expect(last(unit)).toContain("Gọi tôi [đã bỏ] nếu cần tài trợ ghế");
    await unit.types(`/traloi ${code} Đã đặt thêm 20 ghế và 4 quạt.`);
    await town.later(18);
    expect(tam.hears()).toContain("đã đóng");
    expect(await stands(code)).toBe("closed_unconfirmed");
    await tam.says("bổ sung");
    expect(await tam.says("Quạt thứ tư bị hỏng")).toContain("vẫn đang đóng");
    expect(last(unit)).toContain("Quạt thứ tư bị hỏng");
    expect(tam.buttons()).toEqual(["Chưa giải quyết"]);
    inTime();
  });

  it("other: the coordinator finds the place for it; a question left open closes it, its answer opens it again", async () => {
    const ut = town.person("ut");
    const coordinator = await town.official(COORDINATOR, "coordinator");
    const city = await town.official(CITY);
    await ut.says("phản ánh");
    await ut.says("Việc khác");
    const code = await ut.files("Con đường trước nhà tôi ngập nước từ tháng trước tới giờ", {
      place: PLACE,
    });
    expect((await town.caseOf(code)).filing.kind).toBe("other");
    coordinator.reads();
    await coordinator.types(`/chuyen ${code} ${CITY} Thuộc thành phố quản lý`);
    expect(ut.hears()).toContain("được chuyển đến");
    await city.types(`/hoi ${code} Đoạn nào?`);
    ut.hears();
    expect(await ut.says(`tra cứu ${code}`)).toContain("Bước tới: anh/chị trả lời câu hỏi");
    await town.later(20);
    expect(ut.hears()).toContain("đã đóng vì chưa có câu trả lời");
    expect(await stands(code)).toBe("closed_no_reply");
    await ut.presses("Trả lời câu hỏi");
    await ut.says("Từ chợ Tam Hiệp đến cầu");
    expect(await stands(code)).toBe("in_progress");
    await city.types(`/traloi ${code} Đã nạo vét cống.`);
    ut.hears();
    await ut.presses("Đã giải quyết");
    expect(await stands(code)).toBe("closed_confirmed");
    inTime();
  });
});
