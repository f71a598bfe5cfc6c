import { describe, expect, it } from "vitest";
import { vietnamese } from "../../src/wording/citizen.ts";
import { english } from "../../src/wording/citizen-en.ts";
import { talk } from "./talk.ts";

describe("the language of the answers", () => {
  it("becomes English where plain English is written, and says so", () => {
    const person = talk();
    const said = person.types("How do I register a birth?");
    expect(said.outcome.replies[0]?.text).toBe(english.menu.language);
    expect(person.session().language).toBe("en");
    expect(person.types("tiếng Việt").text).toBe(vietnamese.menu.language);
  });

  it.each(["English please", "Do you speak English?"])("becomes English by “%s”", (text) => {
    const person = talk();
    person.types(text);
    expect(person.session().language).toBe("en");
  });

  it("stays Vietnamese where the typing system is off, and what was meant is heard and kept", () => {
    const person = talk();
    const said = person.types(
      "Casn booj xax Nuis Thanhf, DDaf Nawngx ddoif tieenf moiws kys giaays khai sinh",
    );
    expect(person.session().language).toBe("vi");
    expect(person.draft().kind).toBe("bribe");
    expect(person.draft().story).toEqual(["Cán bộ xã Núi Thành, Đà Nẵng đòi tiền mới ký giấy khai sinh"]);
    expect(said.text).toContain("Tôi hiểu đây là phản ánh");
  });

  it("stays as it is while a complaint is being told", () => {
    const person = talk();
    person.types("phản ánh");
    person.types("The officer at Hai Chau ward asked me for 2 million to process my residence registration");
    expect(person.session().language).toBe("vi");
    expect(person.draft().kind).toBe("bribe");
  });

  it("a demand for money told in English is one", () => {
    const person = talk();
    person.types("The officer at Hai Chau ward asked me for 2 million to process my residence registration");
    expect(person.draft().kind).toBe("bribe");
  });

  it.each(["skip", "bỏ qua"])("does not matter for “%s”", (text) => {
    const person = talk();
    person.types("Tôi nộp hồ sơ khai sinh ở UBND xã Núi Thành, Đà Nẵng ngày 2/11 hẹn 9/11 mà chưa trả");
    expect(person.draft().step).toBe("apology");
    person.types(text);
    expect(person.draft().step).toBe("preview");
  });
});
