import { describe, expect, it } from "vitest";
import { vietnamese } from "../../src/wording/citizen.ts";
import { type Said, talk } from "./talk.ts";

const { complaint, before } = vietnamese;
const COMMITTEE = "Ủy ban nhân dân xã Núi Thành";

const labels = ({ choices }: Said): string[] => choices.map(({ label }) => label);

describe("the unit complained about", () => {
  it.each([
    "Cán bộ ở xã Núi Thành, Đà Nẵng đòi tôi 500 nghìn mới làm",
    "can bo o xa nui thanh doi toi 500 nghin moi lam giay",
    "Tổ trưởng dân phố ở xã Núi Thành đòi tôi 300 nghìn mới xác nhận",
    "Tôi bị vòi tiền ở xã Núi Thành",
  ])("is asked for with the bodies of the place, as “%s” names a person or a level alone", (text) => {
    const person = talk();
    const said = person.types(text);
    expect(person.draft().about).toBeUndefined();
    expect(person.draft().step).toBe("about");
    expect(labels(said)[0]).toBe(COMMITTEE);
    person.presses(COMMITTEE);
    expect(person.draft().about?.id).toBe("ubnd-xa-nui-thanh-da-nang");
  });

  it("is what was told, where a person of a body is named", () => {
    const person = talk();
    person.types("can bo phuong hai chau doi toi 2 trieu");
    expect(person.draft().about?.name).toBe("can bo phuong");
  });

  it.each(["cán bộ", "xã", "không", "ko", "khong biet", "không nhớ", "bỏ qua", "skip"])(
    "is not known from the answer “%s”",
    (answer) => {
      const person = talk();
      person.types("Cán bộ ở xã Núi Thành, Đà Nẵng đòi tôi 500 nghìn mới làm");
      person.types(answer);
      expect(person.draft().about).toBeUndefined();
      expect(person.draft().step).toBe("preview");
    },
  );

  it.each([
    "toi nop ho so khai sinh o ubnd xa nui thanh da nang hen 9/11 chua tra, voi lai can bo con doi 500k boi duong",
    "Tôi nộp hồ sơ khai sinh ở UBND xã Núi Thành, Đà Nẵng hẹn 9/11 chưa trả, ngoài ra cán bộ đòi 500k",
  ])("of two things told as one message, with marks or without, one is a demand for money: %s", (text) => {
    const person = talk();
    person.types(text);
    expect(person.draft()).toMatchObject({ kind: "late", aside: expect.stringMatching(/500k/) });
    person.chooses("d:one");
    expect(person.draft()).toMatchObject({ kind: "bribe", kindBefore: "late" });
  });

  it.each(["Bộ phận một cửa", "không nhớ rõ, công an xã", "Thôn Bốn"])("is the answer “%s”", (answer) => {
    const person = talk();
    person.types("Cán bộ ở xã Núi Thành, Đà Nẵng đòi tôi 500 nghìn mới làm");
    person.types(answer);
    expect(person.draft().about?.name).toBe(answer);
  });

  it("of the first of two things is that of the second, which names none", () => {
    const person = talk();
    person.types(
      "Tôi nộp hồ sơ khai sinh ở UBND xã Núi Thành, Đà Nẵng hẹn 9/11 chưa trả, với lại cán bộ còn đòi 500k bồi dưỡng",
    );
    person.types("chưa");
    person.presses(complaint.send);
    const said = person.presses(before.aside.goOn);
    expect(person.draft().about?.id).toBe("ubnd-xa-nui-thanh-da-nang");
    expect(said.text).toContain(COMMITTEE);
    person.presses(complaint.send);
    expect(person.mine()[0]?.filing.kind).toBe("bribe");
    expect(person.mine()[0]?.holders).toEqual(["thanh-tra-tp-da-nang"]);
  });
});

describe("the place", () => {
  it.each(["không", "ko", "khong biet", "k nhớ", "bỏ qua", "skip"])("is left open by “%s”", (answer) => {
    const person = talk();
    person.types("Cán bộ ở UBND phường đòi tôi 500 nghìn mới làm giấy cho con tôi");
    expect(person.draft().step).toBe("place");
    person.types(answer);
    expect(person.draft().place).toBeUndefined();
    expect(person.draft().step).toBe("preview");
  });

  it("is told all the same where the answer only begins with a no, or sounds like one", () => {
    const person = talk();
    person.types("Cán bộ ở UBND phường đòi tôi 500 nghìn mới làm giấy cho con tôi");
    const other = person.fork();
    person.types("không nhớ, xã Núi Thành Đà Nẵng");
    expect(person.draft().place?.code).toBe("20965");
    other.types("Thới Bình, Cà Mau");
    expect(other.draft().placeChoices).not.toEqual([]);
  });
});
