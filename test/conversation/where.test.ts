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
    "trung tâm",
    "bên công an",
    "sao phải nói chỗ",
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
  ])("“%s” is %s", (text, name) => {
    expect(placeAnswered(text, gazetteer)?.commune?.name).toBe(name);
  });

  it.each(["Tam Kì", "Núi Thanh", "q1", "Sài Gòn", "hoi an"])(
    "“%s” is known, several communes now",
    (text) => {
      const place = placeAnswered(text, gazetteer);
      expect(place?.choices.length || place?.province).toBeTruthy();
    },
  );

  it("with an office beside it names more than a place", () => {
    expect(placeAlone("Công an phường Hải Châu, Đà Nẵng", gazetteer)).toBeUndefined();
    expect(placeAlone(PLACE, gazetteer)?.commune?.name).toBe("Phường Hải Châu");
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
    "nhầm, phải là xã Núi Thành Đà Nẵng",
  ])("is corrected by typing it: %s", (typed) => {
    const person = after(INSULTED, PLACE);
    const said = person.types(typed);
    expect(said.text).toContain(words.placeChanged(moved));
    expect(said.text).toContain(`Nơi xảy ra: ${moved}`);
    expect(person.draft()).toMatchObject({ step: "preview", place: { name: moved } });
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
    expect(person.draft()).toMatchObject({ step: "about", place: { name: moved } });
    expect(person.draft().about).toBeUndefined();
  });

  it.each([PLACE, "không phải xã Núi Thành, Đà Nẵng", "Trần Thị Hải Châu", "Hải Châu"])(
    "stays for “%s”",
    (typed) => {
      const person = after(INSULTED, PLACE);
      person.types(typed);
      expect(person.draft().place?.name).toBe("Phường Hải Châu, Thành phố Đà Nẵng");
    },
  );
});
