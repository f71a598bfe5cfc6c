import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Command, commandIn } from "../../src/conversation/command.ts";
import { fold } from "../../src/text/fold.ts";

/** What the outside is promised to understand at any moment. */
const PROMISED: readonly (readonly [string, Command])[] = [
  ["trợ giúp", "help"],
  ["hủy", "cancel"],
  ["quay lại", "back"],
  ["khiếu nại", "complain"],
  ["phản ánh", "complain"],
  ["tra cứu", "status"],
  ["tiếng Anh", "english"],
  ["English", "english"],
  ["tiếng Việt", "vietnamese"],
  ["gặp cán bộ", "human"],
  ["quyền riêng tư", "privacy"],
  ["xóa dữ liệu", "erase"],
  ["/start", "start"],
  ["/help", "help"],
  ["/phananh", "complain"],
  ["/tracuu", "status"],
  ["/huy", "cancel"],
  ["/privacy", "privacy"],
  ["/xoadulieu", "erase"],
];

describe("a word that is understood at any moment", () => {
  it.each(PROMISED)("“%s” means %s, with marks or without, however it was typed", (typed, command) => {
    for (const same of [
      typed,
      fold(typed),
      typed.toUpperCase(),
      typed.normalize("NFD"),
      `  ${typed} \n`,
      typed.replaceAll(" ", "   "),
    ]) {
      expect(commandIn(same, "vi"), same).toBe(command);
      expect(commandIn(same, "en"), same).toBe(command);
    }
    for (const end of [".", "!", "?", "!!!"]) expect(commandIn(`${typed}${end}`, "vi"), end).toBe(command);
  });

  it("is understood with the old and the new place of the tone mark", () => {
    expect(commandIn("huỷ", "vi")).toBe("cancel");
    expect(commandIn("hủy", "vi")).toBe("cancel");
    expect(commandIn("xoá dữ liệu", "vi")).toBe("erase");
    expect(commandIn("xóa dữ liệu", "vi")).toBe("erase");
  });

  it("is not seen in a sentence that merely holds it", () => {
    for (const text of [
      "hủy đăng ký kinh doanh cần giấy tờ gì",
      "quay lại ba lần mà vẫn chưa được nhận hồ sơ",
      "tôi muốn học tiếng Anh",
      "tôi gặp cán bộ ở phường thì bị quát",
      "hướng dẫn làm căn cước",
      "trợ giúp xã hội",
      "menu quán ăn",
      "",
      "…",
      "/",
      "/unknown",
    ])
      expect(commandIn(text, "vi"), text).toBeUndefined();
  });

  it("turns the language to the other one when it is /ngonngu", () => {
    expect(commandIn("/ngonngu", "vi")).toBe("english");
    expect(commandIn("/ngonngu", "en")).toBe("vietnamese");
  });

  it("may carry what a chat app puts behind it: a start parameter, a tracking code", () => {
    expect(commandIn("/start phananh", "vi")).toBe("start");
    expect(commandIn("/tracuu MC-7K4P-29QX-84MT", "vi")).toBe("status");
    expect(commandIn("/TRACUU MC-7K4P-29QX-84MT", "en")).toBe("status");
  });

  it("is the same word after folding, for any text: marks never change what is meant", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom(...PROMISED.map(([typed]) => typed))),
        (text) => {
          const meant = commandIn(text, "vi");
          if (meant) expect(commandIn(fold(text), "vi")).toBe(meant);
        },
      ),
    );
  });
});
