import { expect, it } from "vitest";
import { withoutSpending } from "../../src/understanding/spending.ts";

it.each([
  ["đăng ký kết hôn mất bao lâu", "đăng ký kết hôn bao lâu"],
  ["làm căn cước mất tầm mấy ngày", "làm căn cước tầm mấy ngày"],
  ["đổi bằng lái hết khoảng bao nhiêu tiền ạ", "đổi bằng lái khoảng bao nhiêu tiền ạ"],
  ["khai tử mất phí không", "khai tử phí không"],
  ["lam ho chieu mat bao nhieu", "lam ho chieu bao nhieu"],
  ["Mất hộ chiếu, làm lại mất mấy triệu", "Mất hộ chiếu, làm lại mấy triệu"],
])("%s: takes or costs", (text, without) => expect(withoutSpending(text)).toBe(without));

it.each([
  "mất căn cước",
  "hộ chiếu hết hạn",
  "bà nội mất mấy hôm rồi, khai tử ở đâu",
  "bố mất bao lâu nay chưa khai tử",
  "mất bằng lái bao nhiêu ngày thì xin lại được",
  "bị mất mấy tờ giấy khai sinh",
  "mật ong bao nhiêu tiền",
])("%s: is lost, dead or over", (text) => expect(withoutSpending(text)).toBe(text));
