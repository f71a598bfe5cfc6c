import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeTrackingCode } from "../../src/understanding/codes.ts";
import { personalDataIn, withoutPersonalData } from "../../src/understanding/personal-data.ts";
import { dong } from "../../src/wording/citizen.ts";

/** What is found, as kind and words. */
const found = (text: string): string[] =>
  personalDataIn(text).map(({ kind, at, length }) => `${kind} ${text.slice(at, at + length)}`);

describe("personal data in a text", () => {
  it.each([
    ["CCCD 048190001234 của tôi", ["identity 048190001234"]],
    ["số căn cước 048.190.001.234.", ["identity 048.190.001.234"]],
    ["căn cước 0481 9000 1234", ["identity 0481 9000 1234"]],
    ["gọi 0905123456 nhé", ["phone 0905123456"]],
    ["sđt 0905 123 456 k gọi được", ["phone 0905 123 456"]],
    [
      "090.512.3456, 0905.123.456 hoặc 0905-12-34-56",
      ["phone 090.512.3456", "phone 0905.123.456", "phone 0905-12-34-56"],
    ],
    ["+84 905 123 456 và 84905123456", ["phone +84 905 123 456", "phone 84905123456"]],
    ["máy bàn 0236 3123 456, 02363123456", ["phone 0236 3123 456", "phone 02363123456"]],
    ["nộp ngày 5/11/2026 số 0905123456", ["phone 0905123456"]],
    ["0905 123 456 12/11 tới lấy", ["phone 0905 123 456"]],
    ["xe 43A-123.45 và 29-X1 123.45", ["plate 43A-123.45", "plate 29-X1 123.45"]],
    ["biển 51g12345, 43C1-1234", ["plate 51g12345", "plate 43C1-1234"]],
    ["xe 30K-123.45 bị giữ", ["plate 30K-123.45"]],
    [
      "tôi, 048190001234, 0905123456, xe 43A-123.45",
      ["identity 048190001234", "phone 0905123456", "plate 43A-123.45"],
    ],
  ])("is found: %s", (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each([
    "hồ sơ H17.25-261105-0012 và 000.00.15.H17-250901-0007",
    "thủ tục 1.001193",
    "phản ánh MC-0123-4567-8901, mc 0123 4567 8901",
    "nộp 05.11.2026 09.11.2026 hẹn 02/11/2026, 5-11-26, 15t11 2026, ngày 05 tháng 11 năm 2026, 2026-11-05",
    "lúc 15h30, 9h 15, 15:30",
    "phí 500.000 đồng, 20k, 2 triệu, 1.500.000đ, 84.905.123.456 đồng, từ 20k-50000 đ, 100000000000 VND",
    "Nghị định 118/2025/NĐ-CP, Luật 132/2025/QH15, Thông tư 03/2025/TT-VPCP",
    "gọi 113, 1022, 18001096",
    "số nhà 12A, tổ 5, thửa 123, tờ bản đồ 45, 120m2",
    "",
  ])("is none: %s", (text) => {
    expect(found(text)).toEqual([]);
  });

  it("is replaced by the mark, and the rest stays as it was", () => {
    expect(
      withoutPersonalData("Tôi (048190001234) gọi 0905 123 456, xe 43A-123.45 vẫn bị giữ.", "[đã bỏ]"),
    ).toBe("Tôi ([đã bỏ]) gọi [đã bỏ], xe [đã bỏ] vẫn bị giữ.");
  });
});

describe("whatever stands round it", () => {
  const digits = (length: number): fc.Arbitrary<string> =>
    fc
      .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
      .map((list) => list.join(""));
  const two = (from: number, to: number): fc.Arbitrary<string> =>
    fc.integer({ min: from, max: to }).map((number) => String(number).padStart(2, "0"));
  const dossier = fc
    .tuple(
      fc.constantFrom("", "000.00.15."),
      fc.integer({ min: 1, max: 99 }),
      fc.integer({ min: 1, max: 99 }),
      digits(6),
      digits(4),
    )
    .map(([head, province, unit, day, number]) => `${head}H${province}.${unit}-${day}-${number}`);
  const procedure = fc
    .tuple(fc.integer({ min: 1, max: 9 }), digits(6))
    .map(([head, rest]) => `${head}.${rest}`);
  const tracking = fc
    .tuple(fc.uint8Array({ minLength: 11, maxLength: 11 }), fc.constantFrom("-", " ", ""))
    .map(([random, between]) => makeTrackingCode(random).replaceAll("-", between));
  const date = fc
    .tuple(two(1, 31), fc.constantFrom("/", ".", "-"), two(1, 12), fc.constantFrom("2025", "2026", "26"))
    .map(([day, between, month, year]) => [day, month, year].join(between));
  const sum = fc.oneof(
    fc.integer({ min: 1000, max: 2_000_000_000 }).map(dong),
    fc.integer({ min: 1, max: 999 }).map((thousands) => `${thousands}k`),
    fc.integer({ min: 1000, max: 2_000_000_000 }).map((amount) => `${amount} đ`),
    fc.integer({ min: 1, max: 999 }).map((millions) => `${millions} triệu`),
  );
  const harmless = fc.oneof(dossier, procedure, tracking, date, sum);
  const words = fc.constantFrom(" ", ", ", " và ", " nộp ", " hẹn ", "\n", " (", ") ", ": ");
  const text = fc
    .array(fc.tuple(harmless, words), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.flat().join(""));

  it("codes, days and sums are never taken for personal data", () => {
    fc.assert(
      fc.property(text, (told) => {
        expect(found(told)).toEqual([]);
        expect(withoutPersonalData(told, "[đã bỏ]")).toBe(told);
      }),
      { numRuns: 5000 },
    );
  });

  it("a phone and an identity number are found beside them, and are gone when taken out", () => {
    const phone = fc
      .tuple(fc.constantFrom("3", "5", "7", "8", "9"), digits(8))
      .map(([head, rest]) => `0${head}${rest}`);
    const identity = fc.tuple(two(1, 96), digits(9)).map(([province, rest]) => `0${province}${rest}`);
    fc.assert(
      fc.property(text, fc.oneof(phone, identity), text, (before, number, after) => {
        const told = `${before} số ${number} của tôi ${after}`;
        expect(found(told).map((one) => one.split(" ")[1])).toEqual([number]);
        expect(withoutPersonalData(told, "[đã bỏ]")).toBe(`${before} số [đã bỏ] của tôi ${after}`);
      }),
      { numRuns: 2000 },
    );
  });
});
