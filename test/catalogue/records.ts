/** A record of the cleaned shape, as plain as it can be. */
export function cleaned(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    code: "1.000001",
    name: "Cấp giấy thử",
    sector: "Thử nghiệm",
    agency: "Ủy ban nhân dân cấp xã",
    level: "Cấp xã",
    audience: ["Công dân Việt Nam"],
    channels: [channel()],
    steps: ["Nộp hồ sơ"],
    documents: [{ name: "Tờ khai", original: 1, copy: 0, form: null, forms: [], case: null }],
    legalBasis: [{ number: "1/2026/NĐ-CP", name: "Nghị định thử" }],
    result: "Giấy thử",
    conditions: "Không",
    url: "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/0001",
    crawledAt: "2026-07-18",
    province: null,
    internal: false,
    updatedAt: "2026-07-01",
    ...more,
  };
}

export function channel(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { channel: "Trực tiếp", timeValue: 5, timeUnit: "WORKING_DAY", note: "", fees: [], ...more };
}

export function fee(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { type: "Lệ phí", value: 0, currency: null, note: "", ...more };
}

/** The same procedure as the portal's own detail record. */
export function detail(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: "0001",
    code: "1.000001",
    name: "Cấp giấy thử",
    state: "ACTIVE",
    type: "STANDARD",
    isInternal: false,
    isWard: true,
    departmentPromulgateName: "Bộ Thử nghiệm",
    executingAgencies: "Ủy ban nhân dân cấp xã",
    categoriesDetails: [{ name: "Thử nghiệm" }],
    subjectTypesDetails: [{ name: "Công dân Việt Nam" }],
    resultsDetails: [{ name: "Giấy thử" }],
    legalBasisesDetails: [{ code: "1/2026/NĐ-CP", name: "Nghị định thử" }],
    executionMethods: [
      {
        submissionMethod: "DIRECT",
        processingTime: 5,
        processingTimeUnit: "WORKING_DAY",
        description: "",
        fees: [],
      },
    ],
    executionSteps: [{ name: "", description: "Nộp hồ sơ" }],
    executionCases: [
      { name: "", profileComponents: [{ name: "Tờ khai", originalQty: 1, copyQty: 0, attachments: [] }] },
    ],
    requirementsAndConditions: "Không",
    // 23:30 of 30 June in UTC is 1 July in Vietnam.
    updatedAt: Date.parse("2026-06-30T23:30:00Z"),
    ...more,
  };
}

/** So many different records of the cleaned shape. */
export function many(count: number, from = 1): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, index) => {
    const code = `1.${String(from + index).padStart(6, "0")}`;
    return cleaned({ code, name: `Thủ tục số ${from + index}` });
  });
}

export function ndjson(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}
