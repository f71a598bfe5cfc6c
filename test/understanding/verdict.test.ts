import { describe, expect, it } from "vitest";
import { isBareNo, verdictIn } from "../../src/understanding/verdict.ts";

const others = (texts: readonly string[], verdict: ReturnType<typeof verdictIn>): string[] =>
  texts.filter((text) => verdictIn(text) !== verdict);

describe("what is said to “is it solved?”", () => {
  it("yes, in many ways", () => {
    const texts = [
      "rồi",
      "xong rồi",
      "dạ xong rồi ạ",
      "đã xong",
      "được rồi cảm ơn em",
      "ok rồi",
      "đã giải quyết",
      "giải quyết xong rồi",
      "đã nhận được giấy rồi",
      "da nhan duoc giay roi",
      "nhận rồi",
      "lấy được rồi em ơi",
      "họ trả tiền cho tôi rồi",
      "đã có kết quả rồi",
      "tôi đã nhận được sổ",
      "ổn rồi",
      "yes it is solved",
      "I have received it",
    ];
    expect(others(texts, "yes")).toEqual([]);
  });

  it("no, in many ways", () => {
    const texts = [
      "chưa",
      "chưa xong",
      "họ nói dối, tôi chưa nhận được gì",
      "tôi lên hỏi thì chưa có kết quả",
      "toi len hoi thi chua co ket qua",
      "họ chưa trả tiền cho tôi",
      "không hài lòng",
      "tôi không đồng ý với câu trả lời này",
      "vẫn vậy",
      "như cũ",
      "họ trả giấy rồi nhưng sai tên",
      "chua ai lien lac",
      "không thấy ai gọi",
      "họ chưa xin lỗi",
      "vẫn bị hẹn lại",
      "cán bộ vẫn quát tôi",
      "cảm ơn nhưng chưa xong",
      "sao họ vẫn chưa trả cho tôi?",
      "hứa hão",
      "not yet",
      "they lied, I got nothing",
    ];
    expect(others(texts, "no")).toEqual([]);
    expect(texts.filter(isBareNo)).toEqual(["chưa", "chưa xong", "not yet"]);
  });

  it("neither", () => {
    const texts = [
      "họ có gọi cho tôi",
      "ok",
      "dạ",
      "nó nói tuần sau mới có",
      "họ trả lời rồi",
      "họ nhận hồ sơ rồi",
    ];
    expect(others(texts, "perhaps")).toEqual([]);
  });

  it("nothing, in questions and other matters", () => {
    const texts = [
      "khai sinh cần gì",
      "làm căn cước",
      "không có giấy chứng sinh thì làm khai sinh được không",
      "hồ sơ đất đai nộp ở đâu",
      "phí bao nhiêu",
      "chưa có căn cước thì làm hộ chiếu thế nào",
      "tôi muốn làm hộ chiếu",
      "hộ chiếu",
      "ho chieu",
      "chữa bệnh bảo hiểm y tế",
      "đăng ký kết hôn với người nước ngoài",
      "cảm ơn",
      "chùa Linh Ứng",
    ];
    expect(others(texts, undefined)).toEqual([]);
  });
});
