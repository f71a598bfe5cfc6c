import { describe, expect, it } from "vitest";
import { placeAlone, placeAnswered } from "../../src/conversation/where.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { guide, type Talk, talk } from "./talk.ts";

const { complaint: words } = vietnamese;
const { gazetteer } = guide.reader;
const INSULTED = "cán bộ một cửa quát mắng tôi khi nộp hồ sơ khai sinh";
const PLACE = "phường Hải Châu, Đà Nẵng";

const after = (...said: readonly string[]): Talk => {
  const person = talk();
  for (const text of said) person.types(text);
  return person;
};

describe("an answer to “where?”", () => {
  it.each([
    "họ có biết ai gửi không",
    "ho co biet ai gui khong",
    "tôi sợ lắm",
    "toi so lam",
    "để tôi hỏi lại",
    "ở quê",
    "tôi đang ở trên xã",
    "chỗ làm giấy tờ",
    "gần chợ",
    "tôi ở xa lắm",
    "từ từ đã",
    "bên công an",
    "sao phải nói chỗ",
    "Việt Nam",
    "trường học",
    "bình thường",
    "hồ sơ đất",
    "chờ cả buổi",
    "bên thuế",
    "công nhân",
  ])("“%s” is none, though a commune somewhere sounds like it", (text) => {
    expect(placeAnswered(text, gazetteer)).toBeUndefined();
  });

  it.each([
    ["Hồ, Thuận Thành", "Phường Thuận Thành"],
    ["dạ phường Hải Châu Đà Nẵng ạ", "Phường Hải Châu"],
    ["nhà em ở xã Tam Hải, huyện Núi Thành, Quảng Nam", "Xã Tam Hải"],
    ["xa nui thanh da nang", "Xã Núi Thành"],
    ["tôi nộp ở xã Núi Thành, Đà Nẵng hôm qua", "Xã Núi Thành"],
    ["P5 Q3", "Phường Bàn Cờ"],
    ["Công an phường Hải Châu, Đà Nẵng", "Phường Hải Châu"],
    ["ấp 4, Phước Kiển, Nhà Bè", "Xã Nhà Bè"],
    ["thôn 5 Tam Hải Núi Thành", "Xã Tam Hải"],
  ])("“%s” is %s", (text, name) => {
    expect(placeAnswered(text, gazetteer)).toMatchObject({ sure: true, place: { commune: { name } } });
  });

  it.each([
    ["Tam Kì", 4],
    ["Núi Thanh", 6],
    ["q1", 4],
    ["hoi an", 5],
    ["Gò Vấp nha", 6],
    ["hồ sơ nộp ở Gò Vấp", 6],
    ["UBND Xã Bình An", 5],
  ])("“%s” is one of several communes now", (text, count) => {
    expect(placeAnswered(text, gazetteer)?.place.choices).toHaveLength(count);
  });

  it.each(["Sài Gòn", "HN", "Đak Lak", "in Da Nang"])("“%s” is a province", (text) => {
    const heard = placeAnswered(text, gazetteer);
    expect(heard?.sure).toBe(true);
    expect(heard?.place.province).toBeDefined();
    expect(heard?.place.commune).toBeUndefined();
  });

  it.each(["đồng ý", "bình tĩnh", "hải quan", "trung tâm thành phố", "xã vùng sâu", "cho", "thái độ"])(
    "“%s” may be one, and is put before the person, not taken",
    (text) => {
      expect(placeAnswered(text, gazetteer)?.sure).toBe(false);
      const person = after(INSULTED);
      const said = person.types(text);
      expect(person.draft()).toMatchObject({ step: "place" });
      expect(person.draft().place).toBeUndefined();
      expect(said.choices.map(({ id }) => id.split(":", 2).join(":"))).toEqual(["d:place", "d:skip"]);
      expect(person.types(PLACE).text).toContain("Nơi xảy ra: Phường Hải Châu, Thành phố Đà Nẵng");
    },
  );

  it.each(["đúng rồi", "ừ", "dạ phải", "chờ lâu"])("“%s” takes the one that is offered", (yes) => {
    const person = after(INSULTED, "chờ lâu");
    expect(person.types(yes).text).toContain("Nơi xảy ra: Xã Bắc Bình, Tỉnh Lâm Đồng");
  });

  it.each(["không phải", "sai rồi", "không"])("“%s” asks for the place anew", (no) => {
    const person = after(INSULTED, "chờ lâu");
    expect(person.types(no).text).toBe(words.askPlace);
    expect(person.draft()).toMatchObject({ step: "place", placeChoices: [] });
  });

  it("among answers to several questions takes no everyday word for one", () => {
    const alone = after("hồ sơ đất của tôi trễ hẹn", "đồng ý");
    expect(alone.draft()).toMatchObject({ step: "missing", placeChoices: [] });
    expect(alone.draft().place).toBeUndefined();
    const beside = after("hồ sơ đất của tôi trễ hẹn", "đồng ý; một cửa xã; hẹn 9/11");
    expect(beside.draft()).toMatchObject({ step: "place", about: { name: "một cửa xã" } });
    expect(beside.draft().place).toBeUndefined();
    expect(beside.draft().placeChoices).toHaveLength(1);
  });

  it("with an office beside it names more than a place", () => {
    expect(placeAlone("Công an phường Hải Châu, Đà Nẵng", gazetteer)).toBeUndefined();
    expect(placeAlone("phường Hải Châu hay phường Thanh Khê", gazetteer)).toBeUndefined();
    expect(placeAlone(PLACE, gazetteer)?.place.commune?.name).toBe("Phường Hải Châu");
  });

  it("that says something else is asked for once more, and sends nothing elsewhere", () => {
    const person = after(INSULTED);
    expect(person.draft().step).toBe("place");
    expect(person.types("để tôi hỏi lại").text).toContain(words.placeUnknown("để tôi hỏi lại"));
    expect(person.draft().place).toBeUndefined();
    person.types(PLACE);
    expect(person.draft().place?.name).toBe("Phường Hải Châu, Thành phố Đà Nẵng");
  });
});

describe("the place under the preview", () => {
  const moved = "Xã Núi Thành, Thành phố Đà Nẵng";

  it.each([
    "xã Núi Thành, Đà Nẵng",
    "sai nơi rồi, xã Núi Thành, Đà Nẵng",
    "đổi thành xã Núi Thành Đà Nẵng",
    "không, xã Núi Thành, Đà Nẵng",
    "nhà tôi ở xã Núi Thành, Đà Nẵng",
  ])("is corrected by one press after typing it: %s", (typed) => {
    const person = after(INSULTED, PLACE);
    const { text } = person.types(typed);
    expect(text).toContain(vietnamese.before.keepWords(typed));
    expect(person.draft().place?.name).toBe("Phường Hải Châu, Thành phố Đà Nẵng");
    const said = person.presses(words.movePlace(moved));
    expect(said.text).toContain(words.placeChanged(moved));
    expect(said.text).toContain(`Nơi xảy ra: ${moved}`);
    expect(person.draft()).toMatchObject({ step: "preview", place: { name: moved } });
    expect(person.draft()).not.toHaveProperty("typed");
  });

  it("is asked for anew by its button", () => {
    const person = after(INSULTED, PLACE);
    expect(person.presses(words.editPlace).text).toContain(words.askPlace);
    const said = person.types("xã Núi Thành, Đà Nẵng");
    expect(said.text).toContain(`Nơi xảy ra: ${moved}`);
    expect(said.text).toContain("XEM TRƯỚC");
  });

  it("takes the unit that was chosen there with it, which is asked for anew", () => {
    const late = "hồ sơ đất của tôi nộp ngày 2/11 hẹn 9/11 mà chưa trả, phường Hải Châu, Đà Nẵng";
    const person = talk();
    const { choices } = person.types(late);
    person.presses(choices.find(({ id }) => id.startsWith("d:about:"))?.label ?? "");
    expect(person.draft().about?.id).toBeDefined();
    while (person.draft().step !== "preview") person.types("bỏ qua");
    person.types("xã Núi Thành, Đà Nẵng");
    person.presses(words.movePlace(moved));
    expect(person.draft()).toMatchObject({ step: "about", place: { name: moved } });
    expect(person.draft().about).toBeUndefined();
  });

  it.each([PLACE, "Trần Thị Hải Châu", "Hải Châu", "cảm ơn bạn nhiều"])(
    "has no such button after “%s”",
    (typed) => {
      const said = after(INSULTED, PLACE).types(typed);
      expect(said.choices.map(({ id }) => id)).not.toContain("d:moved");
    },
  );

  it("is no part of a tale that names another one, which is added as it is", () => {
    const person = after(INSULTED, PLACE);
    person.types("phường Thanh Khê quát mắng tôi trước mặt phường Hải Châu");
    expect(person.draft().story).toHaveLength(2);
    expect(person.draft().place?.name).toBe("Phường Hải Châu, Thành phố Đà Nẵng");
  });
});
