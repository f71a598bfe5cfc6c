import { describe, expect, it } from "vitest";
import { vietnamese } from "../../src/wording/citizen.ts";
import { type Talk, talk } from "./talk.ts";

const words = vietnamese.complaint;
const { addWords } = vietnamese.before;
/** Lacks place, body and day. */
const VAGUE = "Hồ sơ của tôi trễ hẹn lâu lắm rồi mà vẫn chưa trả";
const REFUSED = "Một cửa xã Núi Thành, Đà Nẵng không nhận hồ sơ khai sinh của tôi, không nói lý do";
const ASKED = "làm hộ chiếu cần giấy tờ gì";

/** Who has told this first. */
function after(opening: string): Talk {
  const person = talk();
  person.types(opening);
  return person;
}

const labels = (said: ReturnType<Talk["types"]>): string[] => said.choices.map(({ label }) => label);

describe("a question typed while a complaint is being told", () => {
  it("is answered, and what was asked is asked again", () => {
    const person = after(VAGUE);
    const before = person.draft();
    const said = person.types(ASKED);
    expect(said.text).toContain("Làm hộ chiếu phổ thông – Giấy tờ cần có");
    expect(said.text).toContain(words.stillOpen);
    expect(said.text).toContain(words.askMissing(["place", "about", "promised"]));
    expect(person.draft()).toEqual({ ...before, answered: { code: "1.001456", step: "missing" } });
    person.types("xã Núi Thành, Đà Nẵng; một cửa xã; hẹn 9/11");
    expect(person.draft().place?.name).toBe("Xã Núi Thành, Thành phố Đà Nẵng");
  });

  it("is about complaints where it names nothing", () => {
    expect(after(VAGUE).types("bao lâu thì được trả lời").text).toContain(
      "Phản ánh bao lâu thì được trả lời?",
    );
  });

  it("of two needs is answered for both, as no button leads to the second", () => {
    const said = after(VAGUE).types("làm căn cước và hộ chiếu cần gì");
    expect(said.text).toContain("Làm hộ chiếu phổ thông – Giấy tờ cần có");
    expect(said.text).toContain("Làm thẻ căn cước (từ đủ 14 tuổi) – Giấy tờ cần có");
    expect(said.text).not.toContain("gõ 1");
  });

  it("that names nothing is about what was just answered, until something else is asked of the person", () => {
    const person = after(VAGUE);
    person.types(ASKED);
    expect(person.types("lệ phí bao nhiêu").text).toContain("Làm hộ chiếu phổ thông – Phí, lệ phí");
    expect(person.types("họ thu bao nhiêu tiền").text).not.toContain("Làm hộ chiếu phổ thông");
    person.types("xã Núi Thành, Đà Nẵng; một cửa xã; hẹn 9/11");
    expect(person.types("lệ phí bao nhiêu").text).not.toContain("Làm hộ chiếu phổ thông");
  });

  it.each([
    "giấy khai sinh ghi sai tên thì làm thế nào",
    "không biết tên cán bộ thì làm sao",
    "có cần ghi tên cán bộ không",
    "cán bộ đọc to thông tin của tôi thì làm thế nào",
  ])("“%s” is not about the person's own name", (typed) => {
    const { nameHidden } = vietnamese.before;
    expect(after(REFUSED).types(typed).text).not.toContain(nameHidden);
    expect(after("phản ánh").types(typed).text).not.toContain(nameHidden);
  });

  it.each([
    "có bị lộ tên không",
    "họ có biết ai gửi không",
    "co giau ten duoc khong",
    "tên tôi có bị lộ không",
    "có ai biết tôi là ai không",
  ])("“%s” is answered with what becomes of the name as the draft stands", (question) => {
    const person = after(REFUSED);
    expect(person.types(question).text).toContain(vietnamese.before.nameHidden);
    person.types("Nguyễn Văn An, 0901234567");
    expect(person.types(question).text).toContain(vietnamese.before.nameShown);
    const unnamed = after("công an phường Hải Châu, Đà Nẵng đòi tôi 500 nghìn mới làm căn cước hôm 2/11");
    expect(unnamed.types(question).text).toContain(vietnamese.before.nameHidden);
  });

  it("becomes part of the story by a button where the story was asked for", () => {
    const person = after("phản ánh");
    const said = person.types(ASKED);
    expect(labels(said)).toContain(addWords);
    expect(person.draft().story).toEqual([]);
    person.presses(addWords);
    expect(person.draft().story).toEqual([ASKED]);
  });

  it("under the preview leaves it as it is, to be sent or added to", () => {
    const person = after(REFUSED);
    const { shown } = person.draft();
    const said = person.types(ASKED);
    expect(said.text).toContain("Làm hộ chiếu phổ thông – Giấy tờ cần có");
    expect(labels(said)).toEqual(expect.arrayContaining([words.send, addWords]));
    expect(person.draft().shown).toBe(shown);
    expect(person.types("ok").text).not.toContain("MC-");
    expect(person.types("đồng ý gửi").text).toContain("MC-");
  });

  it.each([
    "tôi hỏi khai sinh cần giấy tờ gì thì họ quát tôi",
    "họ đòi tôi bao nhiêu tiền cũng phải đưa",
    "gửi cho ai vậy",
    "Tôi nộp hồ sơ đổi bằng lái xe máy từ tháng trước, bảo giờ này nghỉ",
  ])("“%s” is none", (told) => {
    const person = after(REFUSED);
    expect(person.types(told).text).not.toContain(words.stillOpen);
  });

  it.each([
    "họ dọa cho nghỉ việc thì làm sao",
    "họ vòi tôi 500 nghìn thì báo ai",
    "họ đòi thêm giấy xác nhận, có đúng không",
  ])("“%s” belongs to the complaint even though it asks", (told) => {
    const person = after(REFUSED);
    person.types(told);
    expect(person.draft().story).toContain(told);
  });

  it("a demand for money where the kind is asked is the kind", () => {
    const person = after("phản ánh");
    person.types("bắt đưa 500k mới trả");
    expect([person.draft().kind, person.draft().step]).toEqual(["bribe", "story"]);
  });

  it("a place named where the kind is asked is not asked for again", () => {
    const person = after("phản ánh");
    expect(person.types("xã Núi Thành, Đà Nẵng").text).toContain(words.askKind);
    expect(person.draft().place?.name).toBe("Xã Núi Thành, Thành phố Đà Nẵng");
  });
});

describe("while it is asked whether the draft is to be dropped", () => {
  const asked = (): Talk => {
    const person = after(VAGUE);
    expect(person.types("hủy").text).toBe(words.cancelAsk);
    return person;
  };

  it.each(["có", "bỏ đi", "ừ bỏ luôn em", "có, bỏ đi", "hủy", "thôi không gửi nữa", "ok", "yes"])(
    "“%s” drops it",
    (yes) => {
      const person = asked();
      const { id } = person.draft();
      const said = person.types(yes);
      expect(said.text).toBe(vietnamese.menu.cancelled);
      expect(said.outcome.unwanted).toEqual([id]);
      expect(person.session().draft).toBeUndefined();
    },
  );

  it.each([
    "không",
    "không bỏ đâu",
    "không, giữ lại",
    "đừng bỏ",
    "viết tiếp đi",
    "giữ lại nha",
    "no, keep it",
  ])("“%s” keeps it", (no) => {
    const person = asked();
    expect(person.types(no).text).toContain(words.askMissing(["place", "about", "promised"]));
    expect(person.session().draft).toBeDefined();
  });

  it("a question is answered and nothing dropped; a yes later is none", () => {
    const person = asked();
    expect(person.types(ASKED).text).toContain("Làm hộ chiếu phổ thông");
    person.types("có");
    expect(person.session().draft).toBeDefined();
  });

  it.each(["thôi", "không biết nữa", "đúng"])(
    "“%s” is neither, and the question is asked again",
    (unclear) => {
      const person = asked();
      const before = person.draft();
      expect(person.types(unclear).text).toBe(words.cancelAsk);
      expect(person.draft()).toEqual(before);
    },
  );

  it("a yes a day later is none", () => {
    const person = asked();
    person.passes(2);
    person.types("có");
    expect(person.session().draft).toBeDefined();
  });

  it("a place goes where it was asked for", () => {
    const person = asked();
    person.types("xã Núi Thành, Đà Nẵng");
    expect(person.draft().place?.name).toBe("Xã Núi Thành, Thành phố Đà Nẵng");
  });
});
