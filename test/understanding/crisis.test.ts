import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { reader } from "../fixtures/real-guide.ts";
import { knowledge } from "../fixtures/real-knowledge.ts";

const FOLDER = new URL("../fixtures/danger/", import.meta.url);
const NOW = new Date("2026-11-20T02:00:00Z");
const crisisIn = (text: string): string | undefined => reader.read(text, NOW).crisis;
const Sentences = z.strictObject({ class: z.string(), texts: z.array(z.string()) });

describe("danger", () => {
  it.each([
    "nợ nần quá rồi, tôi không thiết sống nữa",
    "sống chẳng để làm gì nữa, con chỉ muốn đi theo mẹ con",
    "ngày mai em uống hết vỉ thuốc ngủ là xong",
    "I want to end my life",
    "con bé hàng xóm 6 tuổi bị cha dượng đánh bầm tím mỗi tối, tui phải báo ai",
    "có người gọi xưng công an bắt tôi chuyển 50 triệu ngay không là bắt giam, tôi đang sợ quá",
    "ba tui bị điện giật nằm im hổng thở",
    "có đứa nhỏ bị đuối nước ở sông, kêu ai bây giờ",
    "chồng em bạo hành em suốt mấy năm nay, em phải làm sao",
    "giang hồ tới nhà tạt sơn khủng bố đòi nợ",
    "nha toi dang chay cuu voi",
    "co nguoi cam dao duoi chem truoc nha",
    "me toi bi dot quy nam bat tinh",
    "toi muon tu tu",
    "em không còn thiết tha gì nữa, chỉ muốn nhảy cầu cho xong",
    "ong xa say ruou danh toi chay mau dau",
    "con tôi nuốt phải pin, tím tái rồi",
    "bị nhốt trong phòng không cho ra, cứu em với",
    "tai nạn giao thông ngã tư có người nằm chảy máu nhiều",
    "bo toi dau nguc kho tho va mo hoi",
    "help there is a fire in my building",
    "someone is threatening to kill me",
    "em bị bạn trai cũ dọa tung ảnh nóng đòi 20 triệu",
    "my husband beats me every night",
    "nha em dang bi chay bep ga",
    "khói bốc ra từ nhà bên cạnh",
    "lũ lên ngập tới mái rồi",
    "tàu bị chìm ngoài biển",
    "con em bị lạc ở chợ",
    "có người lạ theo em về tận nhà, em sợ quá",
    "xe tải lật đè người",
    "vợ tôi đau đẻ giữa đường",
  ])("is heard in “%s”", (text) => {
    expect(crisisIn(text)).toBeDefined();
  });

  it.each([
    "nhờ anh chị tư vấn giúp em thủ tục mở tiệm nail",
    "em làm từ từ cũng được, cho hỏi đổi bằng lái xe ở đâu",
    "em đang chạy xe ôm công nghệ, muốn đăng ký hộ kinh doanh",
    "nuôi nhốt 50 con heo có phải đăng ký không",
    "hồ sơ đất của tôi mắc kẹt ở xã cả tháng nay",
    "làm giấy tờ mà mệt muốn chết luôn á, cho hỏi khai sinh trễ 5 năm làm sao",
    "nho tu van giup thu tuc nhap ho khau",
    "khói bốc ra từ nhà máy xi măng cả ngày",
    "tàu tôi bị chìm ngoài biển năm ngoái giờ xóa đăng ký sao",
    "năm ngoái lũ ngập tới nóc nhà, xin hỗ trợ sửa nhà",
    "ba tôi mất vì tai nạn giao thông, làm giấy khai tử ở đâu",
    "chồng tôi đột quỵ mất tháng trước, xin trợ cấp tuất",
    "bảo hiểm tai nạn lao động cần giấy gì",
    "nhà tôi bị cháy năm ngoái mất hết giấy tờ, làm lại sổ đỏ",
    "xin giấy phép phòng cháy chữa cháy quán karaoke",
    "mua bình chữa cháy có cần giấy phép không",
    "thủ tục xin cấm tiếp xúc với chồng bạo lực",
    "đăng ký kinh doanh dịch vụ bán dao kéo",
    "bị cướp giật túi xách tuần trước mất căn cước làm lại ở đâu",
    "cháu tôi tử vong do đuối nước hè năm ngoái, hỗ trợ trẻ em",
    "tôi sợ nước nên chưa học bơi, cấp giấy chứng nhận bơi",
    "di ung thuoc co duoc cap the bao hiem khong",
    "can bo danh may sai ten toi",
    "xuat khau lao dong can giay gi",
    "cach nhot cho ga dung quy dinh",
    "đang chay thu tuc xin viec",
    "bán gas có cần giấy phép không",
    "cấp lại sổ hộ khẩu bị cháy",
    "Quầy 3 ngủ gật, gọi không dậy",
  ])("is not heard in “%s”", (text) => {
    expect(crisisIn(text)).toBeUndefined();
  });

  it("of a child names the children's number, of a fire the fire brigade's, of who despairs no police", () => {
    expect(crisisIn("con bé hàng xóm bị cha dượng đánh bầm tím mỗi tối")).toBe("child");
    expect(crisisIn("nha toi dang chay cuu voi")).toBe("fire");
    expect(crisisIn("nợ nần quá rồi, tôi không thiết sống nữa")).toBe("suicide");
  });

  it("is heard in nearly none of our own phrasings, which ask for papers", () => {
    const { procedures, rules, gaps, phrasings } = knowledge;
    const own = [...procedures, ...rules, ...gaps, ...phrasings.values()].flatMap((of) => of.phrasings);
    const heard = own.filter((text) => crisisIn(text) !== undefined);
    expect(own.length).toBeGreaterThan(30_000);
    // Those that are cries: "cứu bé bị bạo hành".
    expect(heard.length, heard.join("\n")).toBeLessThan(60);
  }, 120_000);

  it("is told by many hundred sentences, hints among them: more than a third are heard, and of what only sounds so not one in a hundred", () => {
    const sets = readdirSync(FOLDER).map((name) =>
      Sentences.parse(parse(readFileSync(new URL(name, FOLDER), "utf8"))),
    );
    const share = (texts: readonly string[]): number =>
      texts.filter((text) => crisisIn(text) !== undefined).length / texts.length;
    const harmless = sets.filter((set) => set.class === "none").flatMap(({ texts }) => texts);
    const dangerous = sets.filter((set) => set.class !== "none").flatMap(({ texts }) => texts);
    expect(share(harmless)).toBeLessThan(0.01);
    expect(share(dangerous)).toBeGreaterThan(0.35);
  });
});
