import { describe, expect, it } from "vitest";
import { tally } from "../../src/complaints/figures.ts";
import { clustersOnly, monthCsv, monthHtml, monthText } from "../../src/report/month.ts";
import { monthPicture } from "../../src/report/picture.ts";
import { cellText, csvTable, numberText, textTable } from "../../src/report/table.ts";
import type { MonthReport } from "../../src/watch/figures.ts";

const EVIL = '=HYPERLINK("http://x","<b>bấm</b>")';
const figures = { ...tally([]), filed: 1234, inTime: 1000, late: 34, hoursToAnswer: 12.5 };
const report: MonthReport = {
  month: "2026-11",
  at: "2026-11-30T10:00:00Z",
  total: figures,
  agencies: [{ agency: "so-y-te", name: EVIL, ...figures }],
  kinds: [{ kind: "late", ...figures }],
  cells: [{ agency: "so-y-te", name: EVIL, kind: "late", ...figures }],
  clusters: [{ at: "2026-11-20T01:00:00Z", unit: EVIL, kind: "late", size: 3, to: "Sở Nội vụ" }],
  answers: [],
  satisfaction: [
    { agency: "so-y-te", name: EVIL, rated: 4, result: [1, 0, 0, 1, 2], conduct: [0, 0, 0, 0, 0] },
  ],
};

describe("the report of a month", () => {
  it("for a terminal has its tables, numbers as they are written here, and says where there is nothing", () => {
    const text = monthText(report);
    expect(text).toContain("tháng 11/2026");
    expect(text).toContain("30/11/2026 17:00");
    expect(text).toContain("1.234");
    expect(text).toContain("12,5");
    expect(text).toMatch(/Câu trả lời cần xem lại\nKhông có\.\n/);
    expect(text).toMatch(/kết quả giải quyết +4 +75\n/);
    expect(text).toMatch(/thái độ phục vụ +0 +–\n/);
  });

  it("for a spreadsheet starts with the mark of UTF-8 and lets no name become a formula", () => {
    const csv = monthCsv(report);
    expect(csv.startsWith("\uFEFFTháng,Mã cơ quan,")).toBe(true);
    expect(csv).toContain(
      `2026-11,so-y-te,"'=HYPERLINK(""http://x"",""<b>bấm</b>"")",Hồ sơ trễ hẹn,1234,1000,34,`,
    );
    expect(clustersOnly.csv(report)).toContain(`"'=HYPERLINK`);
  });

  it("as a page needs nothing else and lets no name become markup", () => {
    const html = monthHtml(report);
    expect(html).not.toMatch(/<script|<b>|src=|href=|url\(/);
    expect(html).toContain("<svg");
    expect(html).toContain("&#60;b&#62;");
    expect(clustersOnly.html(report)).not.toContain("<b>");
  });

  it("as a picture is one sheet that says as much and lets no name become markup", () => {
    const svg = monthPicture(report);
    expect(svg).toContain("tháng 11/2026");
    expect(svg).toContain("Trả lời đúng hạn: 1.000");
    expect(svg).toContain("&#60;b&#62;");
    expect(svg).not.toMatch(/<b>|NaN|undefined/);
    const height = Number(/height="(\d+)"/.exec(svg)?.[1]);
    const lowest = Math.max(...[...svg.matchAll(/translate\(28 (\d+)\)/g)].map(([, top]) => Number(top)));
    expect(height).toBeGreaterThan(lowest);
  });

  it("of clusters alone has nothing else", () => {
    expect(clustersOnly.text(report)).toContain("Sở Nội vụ");
    expect(clustersOnly.text(report)).not.toContain("1.234");
    expect(JSON.parse(clustersOnly.json(report))).toEqual(report.clusters);
  });
});

describe("a table", () => {
  it("keeps every text that a spreadsheet would run as a text, and numbers as numbers", () => {
    for (const start of ["=", "+", "-", "@", "\t", " =", "\r", "|", "%"])
      expect(csvTable({ head: [], rows: [[`${start}1`]] })).toContain("'");
    expect(csvTable({ head: ["a"], rows: [[-5], [undefined], ["x,y"], ['"']] })).toBe(
      'a\r\n-5\r\n\r\n"x,y"\r\n""""\r\n',
    );
  });

  it("writes numbers with points for thousands and a comma for tenths", () => {
    expect([0, 999, 1000, 1234567, 0.5, -1234.5].map(numberText)).toEqual([
      "0",
      "999",
      "1.000",
      "1.234.567",
      "0,5",
      "-1.234,5",
    ]);
    expect(cellText(undefined)).toBe("–");
  });

  it("stands in columns, letters with marks counted as one", () => {
    expect(
      textTable({
        head: ["Tên", "Số"],
        rows: [
          ["Đà Nẵng", 5],
          ["Hà Nội", 1000],
        ],
      }),
    ).toBe(["Tên         Số", "Đà Nẵng      5", "Hà Nội   1.000"].join("\n"));
  });
});
