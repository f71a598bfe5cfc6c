import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPlaces } from "../../src/knowledge/place.ts";
import { buildGazetteer, type Whereabouts } from "../../src/understanding/places.ts";
import { KNOWLEDGE_DIR } from "../fixtures/real-knowledge.ts";

const places = readPlaces(join(KNOWLEDGE_DIR, "places"), KNOWLEDGE_DIR, []);
const gazetteer = buildGazetteer(places);
const COMMUNES = [...places.communes.values()];
const DA_NANG = "48";

const named = (found: Whereabouts | undefined): string[] =>
  found?.commune ? [found.commune.name] : (found?.choices.map((commune) => commune.name) ?? []);
const codes = (found: Whereabouts | undefined): string[] =>
  found?.commune ? [found.commune.code] : (found?.choices.map((commune) => commune.code) ?? []);
const provinceOf = (code: string): { name: string; short: string } =>
  places.provinces.get(code) ?? { name: "", short: "" };
const unmarked = (text: string): string =>
  text.normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll("đ", "d").replaceAll("Đ", "D");

/** Former units: "name, district, province" → codes of the communes of today that hold a part of it. */
const FORMER = new Map<
  string,
  { readonly parts: readonly [string, string, string]; readonly now: Set<string> }
>();
for (const commune of COMMUNES) {
  for (const { name, district, province } of commune.was) {
    const key = [name, district, province].join(", ");
    const known = FORMER.get(key);
    if (known) known.now.add(commune.code);
    else FORMER.set(key, { parts: [name, district, province], now: new Set([commune.code]) });
  }
}

describe("the places of today", () => {
  it("are all there", () => {
    expect(places.provinces.size).toBe(34);
    expect(COMMUNES.length).toBe(3321);
  });

  it("each resolve to themselves by full name and province, as an answer and inside a message", () => {
    for (const commune of COMMUNES) {
      const { name, short } = provinceOf(commune.province);
      for (const typed of [`${commune.name}, ${name}`, `${commune.name}, ${short}`]) {
        for (const direct of [true, false]) {
          const found = gazetteer.find(typed, direct);
          expect(found?.commune?.code, typed).toBe(commune.code);
          expect(found?.province?.code, typed).toBe(commune.province);
        }
      }
    }
  });

  it("are found without marks, with a question where marks alone tell them apart", () => {
    const asked: string[] = [];
    for (const commune of COMMUNES) {
      const typed = unmarked(`${commune.name}, ${provinceOf(commune.province).name}`).toLowerCase();
      const found = gazetteer.find(typed, true);
      expect(codes(found), typed).toContain(commune.code);
      if (!found?.commune) asked.push(commune.name);
      expect(new Set(found?.choices.map((choice) => unmarked(choice.name))).size).toBeLessThanOrEqual(1);
    }
    expect(asked.length).toBeLessThan(20);
    expect(asked).toEqual(expect.arrayContaining(["Xã Sơn Hà", "Xã Sơn Hạ"]));
  });

  it("are told apart by their marks where the person typed them", () => {
    expect(named(gazetteer.find("xã Sơn Hà, Quảng Ngãi"))).toEqual(["Xã Sơn Hà"]);
    expect(named(gazetteer.find("xã Sơn Hạ, Quảng Ngãi"))).toEqual(["Xã Sơn Hạ"]);
    expect(named(gazetteer.find("xã Cẩm Giàng, Hải Phòng"))).toEqual(["Xã Cẩm Giàng"]);
  });

  it("are found by their short forms", () => {
    expect(named(gazetteer.find("x. Núi Thành, Đà Nẵng"))).toEqual(["Xã Núi Thành"]);
    expect(named(gazetteer.find("p.Hải Châu, Đà Nẵng"))).toEqual(["Phường Hải Châu"]);
    expect(named(gazetteer.find("P HẢI CHÂU ĐÀ NẴNG"))).toEqual(["Phường Hải Châu"]);
  });

  it("are found in the middle of a story", () => {
    const found = gazetteer.find("hôm qua tôi lên ủy ban phường Hải Châu nộp hồ sơ mà họ không nhận");
    expect(found?.commune?.name).toBe("Phường Hải Châu");
    expect(found?.text).toBe("phường Hải Châu");
  });

  it("know Huế by its mark, and do not take a woman named Huệ for it", () => {
    expect(gazetteer.find("tôi ở Huế")?.province?.name).toBe("Thành phố Huế");
    expect(gazetteer.find("chị Huệ hẹn tôi hôm qua")).toBeUndefined();
  });

  it("are asked for where two provinces have one of the name", () => {
    const found = gazetteer.find("phường An Hải");
    expect(found?.commune).toBeUndefined();
    expect(new Set(found?.choices.map((commune) => commune.province)).size).toBeGreaterThan(1);
  });
});

describe("names from before July 2025", () => {
  it("each lead to every commune that holds a part of the old unit, and to no other", () => {
    const wrong = [...FORMER].filter(([typed, { now }]) => {
      const got = codes(gazetteer.find(typed, true));
      return got.length !== now.size || got.some((code) => !now.has(code));
    });
    expect(FORMER.size).toBeGreaterThan(10_000);
    expect(wrong.map(([typed]) => typed)).toEqual([]);
  });

  it("say which old unit was understood", () => {
    for (const [typed, { parts }] of [...FORMER].slice(0, 2000)) {
      const found = gazetteer.find(typed, true);
      expect(found?.former?.startsWith(parts[0]), typed).toBe(true);
    }
  });

  it("of a split unit give a choice of all its communes, the district said or not", () => {
    for (const typed of [
      "xã Hòa Liên",
      "xa hoa lien",
      "xã Hòa Liên, Hòa Vang, Đà Nẵng",
      "xã Hòa Liên huyện Hòa Vang",
    ]) {
      for (const direct of [true, false]) {
        expect(named(gazetteer.find(typed, direct)).toSorted(), typed).toEqual([
          "Phường Hải Vân",
          "Phường Liên Chiểu",
        ]);
      }
    }
  });

  it("of a split unit that lives on in one of its parts give the choice when its old district is named", () => {
    const found = gazetteer.find("phường Cửa Nam, quận Hoàn Kiếm, Hà Nội");
    expect(named(found)).toContain("Phường Cửa Nam");
    expect(found?.choices.length).toBeGreaterThan(1);
    expect(named(gazetteer.find("phường Cửa Nam, Hà Nội"))).toEqual(["Phường Cửa Nam"]);
  });

  it("of a district give all its communes to choose from", () => {
    for (const typed of [
      "huyện Núi Thành",
      "h. Núi Thành",
      "huyen nui thanh, quang nam",
      "ở huyện Núi Thành tỉnh Quảng Nam",
    ]) {
      const found = gazetteer.find(typed);
      expect(found?.commune, typed).toBeUndefined();
      expect(named(found), typed).toEqual(
        expect.arrayContaining(["Xã Núi Thành", "Xã Tam Xuân", "Xã Tam Hải"]),
      );
      expect(found?.province?.code, typed).toBe(DA_NANG);
    }
  });

  it("of a ward by number are read together with the district", () => {
    for (const typed of ["phường 5 quận 3 TP HCM", "p5 q3 sài gòn", "P.5, Q.3, TP.HCM"]) {
      expect(named(gazetteer.find(typed)), typed).toEqual(["Phường Bàn Cờ"]);
    }
  });

  it.each([
    ["xã Phú Hòa Đồng Nai", "Xã Phú Hòa", "Tỉnh Đồng Nai"],
    ["xa phu hoa dong nai", "Xã Phú Hòa", "Tỉnh Đồng Nai"],
    ["xã Tân Hòa Đồng Tháp", "Xã Tân Hòa", "Tỉnh Đồng Tháp"],
    ["phường Láng Hà Nội", "Phường Láng", "Thành phố Hà Nội"],
    ["xã Phú Hòa Đông", "Xã Phú Hòa Đông", "Thành phố Hồ Chí Minh"],
  ])("%s: the name ends where its province begins", (typed, commune, province) => {
    for (const direct of [true, false]) {
      const found = gazetteer.find(typed, direct);
      expect([found?.commune?.name, found?.province?.name]).toEqual([commune, province]);
    }
  });

  it("do not take the district or the province for the ward of the same name", () => {
    expect(named(gazetteer.find("Q3 Sài Gòn", true))).not.toContain("Phường Sài Gòn");
    expect(named(gazetteer.find("xã Hòa Liên, Hòa Vang", true))).not.toContain("Xã Hòa Vang");
    expect(named(gazetteer.find("Núi Thành, Núi Thành, Quảng Nam", true))).toEqual(["Xã Núi Thành"]);
  });
});

describe("Đà Nẵng by its names of today and before", () => {
  it.each([
    "Đà Nẵng",
    "da nang",
    "thành phố Đà Nẵng",
    "TP Đà Nẵng",
    "tp. đà nẵng",
    "Quảng Nam",
    "tỉnh Quảng Nam",
    "quang nam",
  ])("is meant by %j", (typed) => {
    for (const direct of [true, false]) {
      const found = gazetteer.find(typed, direct);
      expect(found?.province?.code).toBe(DA_NANG);
      expect(found?.commune).toBeUndefined();
    }
  });

  it("holds every former unit of the old Đà Nẵng and of Quảng Nam, by its bare names", () => {
    const bare = (name: string): string =>
      name.replace(/^(?:Thị trấn|Thị xã|Thành phố|Phường|Quận|Huyện|Xã|Tỉnh) /, "");
    const mine = [...FORMER.values()].filter(({ parts }) => /Đà Nẵng|Quảng Nam/.test(parts[2]));
    expect(mine.length).toBeGreaterThan(250);
    for (const { parts, now } of mine) {
      const [name, district, province] = parts;
      const typed = `${name}, ${bare(district)}, ${bare(province)}`;
      const found = gazetteer.find(typed, true);
      expect(codes(found).toSorted(), typed).toEqual([...now].toSorted());
      expect(found?.province?.code, typed).toBe(DA_NANG);
    }
  });

  it("is one of its communes when one is named under the old province", () => {
    const found = gazetteer.find("xã Tam Quang, huyện Núi Thành, tỉnh Quảng Nam");
    expect(found?.commune?.name).toBe("Xã Núi Thành");
    expect(found?.province?.code).toBe(DA_NANG);
    expect(found?.former).toBe("Xã Tam Quang, Huyện Núi Thành, Tỉnh Quảng Nam");
  });
});

describe("the same name before and after July 2025", () => {
  it("means the unit of today, or the old one when the day is before", () => {
    expect(named(gazetteer.find("phường Cửa Nam, Hà Nội", true))).toEqual(["Phường Cửa Nam"]);
    expect(named(gazetteer.find("phường Cửa Nam, Hà Nội", true, true)).toSorted()).toEqual([
      "Phường Ba Đình",
      "Phường Cửa Nam",
      "Phường Hoàn Kiếm",
      "Phường Văn Miếu - Quốc Tử Giám",
    ]);
  });

  it("asks where a bare name is a ward of today and was a city before", () => {
    const found = gazetteer.find("Phan Thiết", true);
    expect(found?.commune).toBeUndefined();
    expect(named(found)).toEqual(expect.arrayContaining(["Phường Phan Thiết", "Phường Mũi Né"]));
    expect(named(gazetteer.find("phường Phan Thiết", true))).toEqual(["Phường Phan Thiết"]);
  });
});

describe("everyday names", () => {
  it.each([
    ["Sài Gòn", "79"],
    ["ở sg", "79"],
    ["Thừa Thiên Huế", "46"],
    ["Hà Tây", "01"],
    ["daklak", "66"],
  ])("%j is a province", (typed, code) => {
    const found = gazetteer.find(typed, true);
    expect(found?.commune).toBeUndefined();
    expect(found?.province?.code).toBe(code);
  });

  it("of towns lead to what the town became", () => {
    expect(named(gazetteer.find("Ban Mê Thuột", true))).toContain("Phường Buôn Ma Thuột");
    expect(named(gazetteer.find("Qui Nhơn", true))).toContain("Phường Quy Nhơn");
    expect(named(gazetteer.find("Phố Hiến", true))).toEqual(["Phường Phố Hiến"]);
  });
});

describe("misspelt names", () => {
  it.each([
    ["xã Nui Than, Da Nang", "Xã Núi Thành"],
    ["phường Hải Trâu, Đà Nẵng", "Phường Hải Châu"],
    ["xã Núi Thàng, Đà Nẵng", "Xã Núi Thành"],
    ["phường Quy Nhong, Gia Lai", "Phường Quy Nhơn"],
    ["tôi nộp ở ủy ban phường Hải Trâu hôm qua", "Phường Hải Châu"],
  ])("%j is %s", (typed, name) => {
    expect(named(gazetteer.find(typed, typed.length < 30))).toEqual([name]);
  });

  it.each(["xã Côn Đảo", "phường Côn Đảo", "Cán bộ xã Côn Đảo bắt tôi chờ hai tuần"])(
    "%j has the wrong kind of unit, and is Đặc khu Côn Đảo",
    (typed) => expect(named(gazetteer.find(typed))).toEqual(["Đặc khu Côn Đảo"]),
  );

  it("are not seen in ordinary words", () => {
    for (const typed of ["bảo hiểm xã hội một lần", "cơ quan thuế", "huyện nào cũng được", "quận huyện cũ"])
      expect(gazetteer.find(typed), typed).toBeUndefined();
  });
});

describe("texts that name no place", () => {
  it.each([
    "",
    "không biết",
    "tôi muốn làm lại căn cước",
    "hồ sơ nộp ngày 5/11 hẹn 10/11",
    "xã",
    "phường",
    "ở trên đó",
    "ở bộ phận một cửa",
  ])("such as %j give none", (typed) => {
    expect(gazetteer.find(typed)).toBeUndefined();
  });

  it("never throw, and a choice is never of one", () => {
    const word = fc.constantFrom(
      "xã",
      "phường",
      "quận",
      "Núi Thành",
      "Hải Châu",
      "3",
      "q",
      ",",
      "Đà Nẵng",
      "Sài Gòn",
      "ở",
      "Hội An",
    );
    const text = fc.oneof(
      fc.array(word, { maxLength: 8 }).map((words) => words.join(" ")),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(text, fc.boolean(), (typed, direct) => {
        const found = gazetteer.find(typed, direct);
        expect(found?.choices.length).not.toBe(1);
        if (found?.commune) expect(found.province?.code).toBe(found.commune.province);
      }),
    );
  });
});

describe("a place that is plainly named", () => {
  const plain = (text: string): string | undefined => {
    const found = gazetteer.find(text)?.plain;
    return found && (found.commune?.name ?? found.province.name);
  };

  it.each([
    ["em ở Đà Lạt mất ví", "Tỉnh Lâm Đồng"],
    ["em ở Vinh nha", "Tỉnh Nghệ An"],
    ["lam can cuoc o Nghe An", "Tỉnh Nghệ An"],
    ["mình ở tphcm", "Thành phố Hồ Chí Minh"],
    ["sổ đỏ ở Quảng Nam cũ", "Thành phố Đà Nẵng"],
    ["tôi ở xã Hòa Vang, Đà Nẵng", "Xã Hòa Vang"],
    ["my shop in Da Nang", "Thành phố Đà Nẵng"],
  ])("is the person's: %s", (text, name) => {
    expect(plain(text)).toBe(name);
  });

  it.each([
    "mẹ mất không có di chúc, bốn anh chị em thống nhất chia căn nhà",
    "xác nhận sơ yếu lý lịch đi xin việc làm ở xã cần mang gì",
    "bán nhà tái định cư",
    "dân ở xã biên giới làm giấy gì",
    "em bị mất hộ chiếu ở chợ",
    "xin tinh gia lai tien su dung dat",
    "cong ty co dang ky o tinh minh chua",
    "em quê Nghệ An đang sống ở Đà Nẵng",
  ])("is nothing by chance, and not one of two: %s", (text) => {
    expect(plain(text)).toBeUndefined();
  });
});
