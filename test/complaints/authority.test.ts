import { describe, expect, it } from "vitest";
import { accusesHead, authorityOf, type FormalWay } from "../../src/complaints/authority.ts";
import { CENTRE, CITY, COMMUNE, COMMUNE_POLICE, directory, PLACE } from "./case.ts";

const DEPARTMENT = "so-noi-vu-da-nang";
const nameOf = (id: string): string => directory.agencies.get(id)?.name ?? "";
const decides = (way: FormalWay, id: string, headAccused = false) =>
  authorityOf(
    way,
    { kind: "other", place: PLACE.code, about: { id, name: nameOf(id) } },
    headAccused,
    directory,
  );
const CITY_HEAD = `Chủ tịch ${nameOf(CITY)}`;

describe("who decides", () => {
  it.each([
    ["a commune's decision", COMMUNE, `Chủ tịch ${nameOf(COMMUNE)}`],
    ["what its centre did", CENTRE, `Chủ tịch ${nameOf(COMMUNE)}`],
    ["a department's decision", DEPARTMENT, `Giám đốc ${nameOf(DEPARTMENT)}`],
    ["what the commune's police did", COMMUNE_POLICE, `Người đứng đầu ${nameOf(COMMUNE_POLICE)}`],
    ["the city's decision", CITY, CITY_HEAD],
  ])("a first complaint about %s goes to the head of that unit", (_, unit, to) => {
    expect(decides("complaint", unit)).toEqual({ to });
  });

  it.each([
    ["an official of a commune", COMMUNE, `Chủ tịch ${nameOf(COMMUNE)}`, CITY_HEAD],
    ["an official of its centre", CENTRE, `Chủ tịch ${nameOf(COMMUNE)}`, CITY_HEAD],
    ["an official of a department", DEPARTMENT, `Giám đốc ${nameOf(DEPARTMENT)}`, CITY_HEAD],
  ])("a denunciation of %s goes to who manages them; of the head, to the superior", (_, unit, to, above) => {
    expect(decides("denunciation", unit)).toEqual({ to, above });
    expect(decides("denunciation", unit, true)).toEqual({ to: above });
  });

  it("is left open where the directory does not know it", () => {
    expect(decides("denunciation", CITY, true)).toBeUndefined();
    expect(
      authorityOf("complaint", { kind: "other", about: { name: "một chỗ nào đó" } }, false, directory),
    ).toBeUndefined();
  });
});

describe("the head of an agency", () => {
  it.each([
    "ông chủ tịch xã nhận tiền",
    "phó giám đốc sở bắt đưa phong bì",
    "Tôi gửi lên chủ tịch tỉnh rồi, nay ông chủ tịch xã lại đòi tiền",
  ])("is accused: %s", (text) => {
    expect(accusesHead(text)).toBe(true);
  });

  it.each([
    "cán bộ tư pháp đòi tiền",
    "tôi đã gặp ông chủ tịch xã để kể",
    "đơn gửi chủ tịch mà không ai trả lời",
  ])("is not accused: %s", (text) => {
    expect(accusesHead(text)).toBe(false);
  });
});
