import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanRecord } from "../../src/catalogue/clean.ts";
import { channel, cleaned, detail, fee } from "./records.ts";

const taken = (record: unknown) => {
  const outcome = cleanRecord(record);
  if (outcome.kind === "refused") throw new Error(outcome.reason);
  return outcome.procedure;
};
const timeOf = (...channels: readonly object[]) => taken(cleaned({ channels })).time;
const feesOf = (...fees: readonly object[]) => taken(cleaned({ channels: [channel({ fees })] })).fees;
const refusalOf = (record: unknown) => {
  const outcome = cleanRecord(record);
  return outcome.kind === "refused" ? outcome.reason : undefined;
};

describe("a record of the national catalogue", () => {
  it("is the same whichever of the two shapes it comes in", () => {
    const { retrieved, ...fromCleaned } = taken(cleaned());
    expect(retrieved).toBe("2026-07-18");
    expect(taken(detail())).toEqual(fromCleaned);
    expect(fromCleaned).toEqual({
      code: "1.000001",
      name: "Cấp giấy thử",
      sector: "Thử nghiệm",
      level: ["commune"],
      agency: "Ủy ban nhân dân cấp xã",
      audience: ["Công dân Việt Nam"],
      documents: [{ name: "Tờ khai", hand: "submit", originals: 1 }],
      remarks: [],
      time: [{ kind: "within", amount: 5, unit: "working-day" }],
      fees: [{ kind: "unknown" }],
      ways: [{ way: "counter" }],
      steps: ["Nộp hồ sơ"],
      result: ["Giấy thử"],
      conditions: [],
      legalBasis: [{ number: "1/2026/NĐ-CP", name: "Nghị định thử" }],
      url: "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/0001",
      updated: "2026-07-01",
    });
  });

  it("keeps the official wording but for spaces, markup, invisible characters and the form of letters", () => {
    const name = "  Cấp\u00A0giấy <b>thử</b>\u200E  &quot;A&amp;B&quot; dưới <5 tấn ".normalize("NFD");
    expect(taken(cleaned({ name })).name).toBe('Cấp giấy thử "A&B" dưới <5 tấn'.normalize("NFC"));
    expect(taken(cleaned({ name: "Thủ tục: Cấp giấy" })).name).toBe("Thủ tục: Cấp giấy");
  });

  it("is of the province whose committee issued it", () => {
    const province = (departmentPromulgateName: string) =>
      taken(detail({ departmentPromulgateName })).province;
    expect(province("UBND tỉnh Bắc Ninh")).toBe("Bắc Ninh");
    expect(province("UBND Thành phố Huế")).toBe("Huế");
    expect(province("Bộ Tài chính")).toBeUndefined();
    expect(province("Tòa án nhân dân")).toBeUndefined();
  });

  it("is refused when it is internal, by either of the portal's signs, or no longer in force", () => {
    expect(refusalOf(cleaned({ internal: true }))).toBe("internal");
    expect(refusalOf(detail({ isInternal: true }))).toBe("internal");
    expect(refusalOf(detail({ type: "STANDARD_INTERNAL" }))).toBe("internal");
    expect(refusalOf(detail({ state: "DELETED" }))).toBe("not in force (state DELETED)");
    expect(refusalOf(detail({ state: "UPDATED" }))).toBeUndefined();
  });

  it("is refused with a reason that names the field when it cannot be used", () => {
    expect(refusalOf(cleaned({ name: " " }))).toBe("the name is missing");
    expect(refusalOf(cleaned({ name: null }))).toBe("the name is missing");
    expect(refusalOf(cleaned({ code: undefined }))).toBe("the code is missing");
    expect(refusalOf(cleaned({ code: "1.014955-Xoa" }))).toBe("the code is no national code (1.234567)");
    expect(refusalOf(cleaned({ name: "Cấp\u0000giấy" }))).toBe("the name holds control characters");
    expect(refusalOf(cleaned({ name: "a".repeat(10_000_000) }))).toMatch(/^name is longer than/);
    expect(refusalOf(cleaned({ name: 7 }))).toBe("name must be a text");
    expect(refusalOf(cleaned({ documents: "none" }))).toBe("documents must be a list");
    expect(refusalOf(cleaned({ channels: [channel({ channel: "Fax" })] }))).toMatch(
      /^channels\.0\.channel must be/,
    );
    expect(refusalOf(cleaned({ url: "javascript:alert(1)" }))).toBe("the url is no web address");
    expect(refusalOf(JSON.parse('{"__proto__":{"internal":false},"code":"1.000001"}'))).toContain(
      "__proto__",
    );
    for (const value of [null, 7, "text", [], [cleaned()]]) expect(refusalOf(value)).toBe("not a record");
  });

  it("never throws, whatever stands in its fields", () => {
    const keys = Object.keys({ ...cleaned(), ...detail() });
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.jsonValue(), fc.boolean(), (key, value, own) => {
        const outcome = cleanRecord(own ? detail({ [key]: value }) : cleaned({ [key]: value }));
        expect(["taken", "refused"]).toContain(outcome.kind);
      }),
    );
  });
});

describe("a time limit", () => {
  const within = (amount: number, unit: string) => ({ kind: "within", amount, unit });

  it("is a number with its unit", () => {
    expect(timeOf(channel({ timeValue: 15, timeUnit: "DAY" }))).toEqual([within(15, "day")]);
    expect(timeOf(channel({ timeValue: 2, timeUnit: "MONTH" }))).toEqual([within(2, "month")]);
    expect(timeOf(channel({ timeValue: 1, timeUnit: "YEAR" }))).toEqual([within(12, "month")]);
  });

  it("is unknown without a unit, without a number and for zero", () => {
    for (const [timeValue, timeUnit] of [
      [1, "OTHER"],
      [5, ""],
      [0, "DAY"],
      [null, "DAY"],
      ["Theo mô tả", "OTHER"],
      [-3, "DAY"],
      [99_999, "DAY"],
    ]) {
      const [limit] = timeOf(channel({ timeValue, timeUnit }));
      expect(limit?.kind, `${timeValue} ${timeUnit}`).toBe("unknown");
    }
    expect(timeOf(channel({ timeValue: 1, timeUnit: "OTHER" }))).toEqual([{ kind: "unknown" }]);
    expect(taken(cleaned({ channels: [] })).time).toEqual([{ kind: "unknown" }]);
  });

  it("that is unknown keeps the words that state it, and no others", () => {
    const words = "Không quá 15 ngày kể từ ngày nhận đủ hồ sơ hợp lệ.";
    expect(timeOf(channel({ timeValue: words, timeUnit: "OTHER" }))).toEqual([
      { kind: "unknown", note: words },
    ]);
    const note = `Nộp tại Trung tâm Phục vụ hành chính công.\n- ${words}`;
    expect(timeOf(channel({ timeValue: 1, timeUnit: "OTHER", note }))).toEqual([
      { kind: "unknown", note: words },
    ]);
    const other = "Nộp theo Thông tư số 1/2016/TT-BTC ngày 14 tháng 11 năm 2016";
    expect(timeOf(channel({ timeValue: 1, timeUnit: "OTHER", note: other }))).toEqual([{ kind: "unknown" }]);
    const [long] = timeOf(channel({ timeValue: `${words} `.repeat(20), timeUnit: "OTHER" }));
    expect(long && "note" in long ? long.note : "").toMatch(/^Không quá 15 ngày .{0,280} …$/);
  });

  it("of half days counts in working hours beside the portal's words", () => {
    expect(timeOf(channel({ timeValue: 3.5 }))).toEqual([
      { ...within(28, "working-hour"), note: "3,5 ngày làm việc" },
    ]);
  });

  it("in hours is of working hours unless the record says plain hours", () => {
    const hours = (timeValue: number, steps: readonly string[]) =>
      taken(cleaned({ channels: [channel({ timeValue, timeUnit: "HOUR" })], steps })).time[0];
    expect(hours(8, ["Nộp hồ sơ"])).toEqual(within(8, "working-hour"));
    expect(hours(8, ["Trong thời hạn 08 (tám) giờ làm việc"])).toEqual(within(8, "working-hour"));
    expect(hours(24, ["trong vòng 24 giờ kể từ khi bắt đầu kiểm dịch"])).toEqual(within(24, "hour"));
    const sentence = "Trường hợp nhận hồ sơ sau 15 giờ thì trả kết quả trong ngày làm việc tiếp theo.";
    expect(hours(15, [sentence])).toEqual({ kind: "unknown", note: sentence });
  });

  it("that is the same for all ways stands once, else with its ways", () => {
    const post = channel({ channel: "Dịch vụ bưu chính" });
    expect(timeOf(post, channel())).toEqual([within(5, "working-day")]);
    expect(timeOf(channel(), { ...post, timeValue: 7 })).toEqual([
      { ...within(5, "working-day"), ways: ["counter"] },
      { ...within(7, "working-day"), ways: ["post"] },
    ]);
  });

  it("of several cases of one way keeps the words that tell them apart", () => {
    const check = channel({ timeValue: 2, note: "- Trường hợp không phải xác minh." });
    const verify = channel({ timeValue: 4, note: "- Trường hợp cần xác minh." });
    expect(timeOf(check, verify, { ...check, channel: "Trực tuyến" })).toEqual([
      { ...within(2, "working-day"), note: "Trường hợp không phải xác minh." },
      { ...within(4, "working-day"), note: "Trường hợp cần xác minh.", ways: ["counter"] },
    ]);
  });
});

describe("a fee", () => {
  const lePhi = { label: "Lệ phí" };

  it("is an amount in đồng, or in dollars where the portal says so", () => {
    expect(feesOf(fee({ value: 20_000, note: "mỗi bản" }))).toEqual([
      { kind: "amount", amount: 20_000, ...lePhi, note: "mỗi bản" },
    ]);
    expect(feesOf(fee({ value: 20_000, currency: "Việt Nam Đồng" }))).toMatchObject([{ amount: 20_000 }]);
    expect(feesOf(fee({ value: 5, currency: "USD" }))).toEqual([
      { kind: "amount", amount: 5, currency: "USD", ...lePhi },
    ]);
    const dollars = { currencyId: "019b3fb2-dee2-76ab-aa53-22d4d903a2bb", type: "SERVICE_FEE", value: 5 };
    const method = {
      submissionMethod: "DIRECT",
      processingTime: 1,
      processingTimeUnit: "DAY",
      fees: [dollars],
    };
    expect(taken(detail({ executionMethods: [method] })).fees).toMatchObject([{ currency: "USD", ...lePhi }]);
  });

  it("is never free from a bare zero, nor from nothing", () => {
    for (const value of [0, null]) expect(feesOf(fee({ value }))).toEqual([{ kind: "unknown" }]);
    expect(feesOf()).toEqual([{ kind: "unknown" }]);
    expect(feesOf(fee({ note: "0" }))).toMatchObject([{ kind: "unknown" }]);
  });

  it("is free only when the whole note says so, with these words as basis", () => {
    for (const note of [
      "Không",
      "không có.",
      "Miễn phí",
      "Không thu lệ phí",
      "- Miễn lệ phí (Thông tư số 47/2019/TT-BTC).",
    ])
      expect(feesOf(fee({ note })), note).toMatchObject([
        { kind: "free", basis: `Lệ phí: ${note.replace(/^- /, "")}` },
      ]);
    for (const note of [
      "Không quy định",
      "Chưa quy định.",
      "Miễn lệ phí cho người thuộc hộ nghèo",
      "Miễn phí kể từ ngày 07/4/2026 đến 30/6/2026",
      "Theo quy định của Bộ Tài chính",
    ])
      expect(feesOf(fee({ note })), note).toEqual([{ kind: "unknown", ...lePhi, note }]);
  });

  it("is local when the note says that the people's council decides", () => {
    expect(feesOf(fee({ note: "Do Hội đồng nhân dân cấp tỉnh quy định" }))).toEqual([
      { kind: "local", by: "Hội đồng nhân dân cấp tỉnh", ...lePhi },
    ]);
    const note =
      "Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh, thành phố trực thuộc Trung ương quyết định. Miễn lệ phí cho người thuộc hộ nghèo.";
    expect(feesOf(fee({ value: null, note }))).toEqual([
      { kind: "local", by: "Hội đồng nhân dân tỉnh, thành phố trực thuộc Trung ương", ...lePhi, note },
    ]);
    expect(feesOf(fee({ note: "Nghị quyết số 09/2025/NQ-HĐND" }))).toMatchObject([{ kind: "unknown" }]);
    expect(feesOf(fee({ note: "HĐND tỉnh quy định: 20.000 đồng/hồ sơ" }))).toMatchObject([
      { kind: "unknown" },
    ]);
  });

  it("that is a slip of the portal is not repeated as a sum", () => {
    for (const value of [20, 145, 1250, 17_500_000_000])
      expect(feesOf(fee({ value, note: "20.000 đồng/tờ khai" })), String(value)).toEqual([
        { kind: "unknown", ...lePhi, note: "20.000 đồng/tờ khai" },
      ]);
    expect(feesOf(fee({ value: 50, currency: "EUR" }))).toEqual([
      { kind: "unknown", ...lePhi, note: "50 EUR" },
    ]);
  });

  it("that is the same for all ways stands once, else with its ways", () => {
    const paid = channel({ fees: [fee({ value: 20_000 }), fee({ type: "Phí" })] });
    const amount = { kind: "amount", amount: 20_000, ...lePhi };
    const fees = (...channels: readonly object[]) => taken(cleaned({ channels })).fees;
    expect(fees(paid, { ...paid, channel: "Trực tuyến" })).toEqual([amount]);
    expect(fees(paid, channel({ channel: "Trực tuyến" }))).toEqual([
      { ...amount, ways: ["counter"] },
      { kind: "unknown", ways: ["online"] },
    ]);
  });
});

describe("papers and steps", () => {
  it("are without doubles; what is only shown, and what is a remark, is told apart", () => {
    const paper = (name: string, heading: string | null, more = {}) => ({
      name,
      original: 0,
      copy: 0,
      forms: [],
      case: heading,
      ...more,
    });
    const documents = [
      paper("- Tờ khai;", "* Giấy tờ phải nộp:", { original: 1, forms: ["Mẫu 01.docx", "Mẫu 01.docx"] }),
      paper("Tờ khai;", "Giấy tờ phải nộp", { original: 1, forms: ["Mẫu 01.docx"] }),
      paper("Hộ chiếu", "* Giấy tờ phải xuất trình:"),
      paper("Giấy ủy quyền", "- Trường hợp ủy quyền:", { copy: 2 }),
      paper("Bản chụp phải rõ nét.", "* Lưu ý :"),
      paper("Số lượng hồ sơ: 01 (bộ).", null, { original: 1 }),
      paper("* Thành phần hồ sơ gồm:", null, { original: 1 }),
      paper("Số lượng hồ sơ lưu trữ đã lập", null, { original: 1 }),
      paper("  ", null),
    ];
    expect(taken(cleaned({ documents }))).toMatchObject({
      documents: [
        { name: "Tờ khai;", hand: "submit", originals: 1, form: "Mẫu 01.docx" },
        { name: "Hộ chiếu", hand: "present" },
        { name: "Giấy ủy quyền", hand: "submit", copies: 2, when: "Trường hợp ủy quyền" },
        { name: "Số lượng hồ sơ lưu trữ đã lập", hand: "submit", originals: 1 },
      ],
      remarks: ["Bản chụp phải rõ nét.", "Số lượng hồ sơ: 01 (bộ)."],
    });
  });

  it("follow the portal's own numbers, or its lines with their subpoints", () => {
    const steps = (...texts: readonly string[]) => taken(cleaned({ steps: texts })).steps;
    expect(steps("- Bước 1: Nộp hồ sơ:\n+ Tại xã. - Bước 2: Nhận giấy hẹn.")).toEqual([
      "Bước 1: Nộp hồ sơ:\n+ Tại xã.",
      "Bước 2: Nhận giấy hẹn.",
    ]);
    expect(steps("- Nộp hồ sơ:\n+ Tại xã;\n+ Qua mạng.\n- Nhận kết\nquả, ký nhận.")).toEqual([
      "Nộp hồ sơ:\n+ Tại xã;\n+ Qua mạng.",
      "Nhận kết quả, ký nhận.",
    ]);
    const parts = [
      { name: "Bước 1:", description: "Nộp" },
      { name: "Bước 2", description: "Bước 2. Nhận" },
    ];
    expect(taken(detail({ executionSteps: parts })).steps).toEqual(["Bước 1: Nộp", "Bước 2. Nhận"]);
  });
});
