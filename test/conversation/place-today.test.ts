import { describe, expect, it } from "vitest";
import { asksPlaceToday, isPlace, placeToday } from "../../src/conversation/place-today.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { read } from "../fixtures/real-guide.ts";
import { knowledge } from "../fixtures/real-knowledge.ts";

const told = (text: string): string => placeToday(read(text), knowledge.places, vietnamese)?.text ?? "";

describe("what a place is today", () => {
  it.each([
    ["hà tây giờ thuộc tỉnh nào", "Thành phố Hà Nội"],
    ["xã Tam Quang huyện Núi Thành giờ là xã gì", "Xã Núi Thành, Thành phố Đà Nẵng"],
    ["xa tam quang nui thanh sap nhap vao dau", "Xã Núi Thành, Thành phố Đà Nẵng"],
    ["quận 3 sài gòn đổi tên gì", "– Phường Bàn Cờ, Thành phố Hồ Chí Minh"],
    ["what is Tam Ky now called", "– Phường Bàn Thạch, Thành phố Đà Nẵng"],
  ])("is asked by %j", (text, today) => {
    expect(asksPlaceToday(read(text)), text).toBe(true);
    expect(told(text)).toContain(today);
    expect(told(text)).toContain(vietnamese.answers.placeSource);
  });

  it.each([
    "đăng ký khai sinh ở Hà Tây giờ nộp ở đâu",
    "tôi ở phường mới Hải Châu, đăng ký tạm trú ở đâu",
    "sở kế hoạch và đầu tư nhập vào sở nào",
    "ở Núi Thành thì làm căn cước ở đâu",
  ])("is not asked by %j", (text) => {
    expect(asksPlaceToday(read(text))).toBe(false);
  });

  it("is told for the bare name of a place, and of a split commune each part", () => {
    expect(isPlace(read("xã Hòa Liên, Hòa Vang"))).toBe(true);
    expect(isPlace(read("làm căn cước ở xã Hòa Liên"))).toBe(false);
    expect(told("xã Hòa Liên, Hòa Vang").split("\n")).toEqual([
      vietnamese.answers.placeIsOneOf("Xã Hòa Liên, Huyện Hòa Vang, Thành phố Đà Nẵng"),
      "– Phường Hải Vân, Thành phố Đà Nẵng",
      "– Phường Liên Chiểu, Thành phố Đà Nẵng",
      "",
      vietnamese.answers.placeSource,
    ]);
  });

  it("is counted where a former district became many", () => {
    const lines = told("huyện Núi Thành, Quảng Nam giờ là xã nào").split("\n");
    expect(lines.filter((line) => line.startsWith("– ")).length).toBeLessThanOrEqual(12);
    expect(told("làm khai sinh cần gì")).toBe("");
  });
});
