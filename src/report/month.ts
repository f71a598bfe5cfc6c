import { Tally } from "../complaints/figures.ts";
import { satisfiedShare } from "../complaints/satisfaction.ts";
import { dayInVietnam, VIETNAM_MS } from "../knowledge/calendar.ts";
import type { MonthReport } from "../watch/figures.ts";
import { day, vietnamese } from "../wording/citizen.ts";
import { survey } from "../wording/citizen-case.ts";
import { ANSWER_FAULTS, monthYear } from "../wording/official.ts";
import { report as words } from "../wording/report.ts";
import { type Bar, barChart, heading, htmlPage, legend, paragraph } from "./page.ts";
import {
  BYTE_ORDER_MARK,
  type Cell,
  csvTable,
  htmlTable,
  type Table,
  textTable,
  withoutEmpty,
} from "./table.ts";

/** The clusters of the month alone. */
export const clustersOnly = {
  text: (report: MonthReport): string =>
    `${[`${words.clusters}: ${monthYear(report.month)}`, tableText(clusters(report))].join("\n")}\n`,
  csv: (report: MonthReport): string => BYTE_ORDER_MARK + csvTable(clusters(report)),
  html: (report: MonthReport): string =>
    htmlPage(`${words.clusters}: ${monthYear(report.month)}`, [tableHtml(clusters(report))]),
  json: (report: MonthReport): string => `${JSON.stringify(report.clusters)}\n`,
};

function tableText(table: Table): string {
  return table.rows.length > 0 ? textTable(table) : words.none;
}

function tableHtml(table: Table): string {
  return table.rows.length > 0 ? htmlTable(table) : paragraph(words.none);
}

type Columns = typeof words.columns;
type Figures = MonthReport["total"];
const COLUMNS: readonly (keyof Columns)[] = Tally.keyof().options;
/** What fits a terminal. */
const MAIN: readonly (keyof Columns)[] = ["filed", "inTime", "late", "overdue", "open", "disputed"];

/** For a terminal. */
export function monthText(report: MonthReport): string {
  const parts: (readonly [string, Table])[] = [
    [words.total, sums(report)],
    [words.byAgency, agencies(report, MAIN)],
    [words.byKind, kinds(report, MAIN)],
    [words.clusters, clusters(report)],
    [words.answers, answers(report)],
    [words.satisfaction, satisfaction(report, false)],
  ];
  const told = parts.flatMap(([title, table]) => ["", title, tableText(table)]);
  return `${[words.title(monthYear(report.month)), words.made(instant(report.at)), words.basis, ...told].join("\n")}\n`;
}

/** One row for each agency and kind, for a spreadsheet. */
export function monthCsv(report: MonthReport): string {
  const rows = report.cells.map(({ agency, name, kind, ...figures }) => [
    report.month,
    agency,
    name,
    vietnamese.kinds[kind],
    ...cellsOf(figures),
  ]);
  const head = [words.month, words.agencyId, words.agency, words.kind, ...heads()];
  return BYTE_ORDER_MARK + csvTable({ head, rows });
}

/** One page that needs nothing else. */
export function monthHtml(report: MonthReport): string {
  const section = (title: string, table: Table): string[] => [heading(title), tableHtml(table)];
  return htmlPage(words.title(monthYear(report.month)), [
    paragraph(words.made(instant(report.at))),
    paragraph(words.basis),
    ...section(words.total, sums(report)),
    legend(words.looks),
    heading(words.byAgency),
    barChart(
      words.byAgency,
      report.agencies.map((row) => barOf(row.name, row)),
    ),
    htmlTable(withoutEmpty(agencies(report))),
    heading(words.byKind),
    barChart(
      words.byKind,
      report.kinds.map((row) => barOf(vietnamese.kinds[row.kind], row)),
    ),
    htmlTable(withoutEmpty(kinds(report))),
    ...section(words.byBoth, withoutEmpty(cells(report))),
    ...section(words.clusters, clusters(report)),
    ...section(words.answers, answers(report)),
    ...section(words.satisfaction, satisfaction(report, true)),
  ]);
}

function heads(columns = COLUMNS): string[] {
  return columns.map((column) => words.columns[column]);
}

function cellsOf(figures: Figures, columns = COLUMNS): Cell[] {
  return columns.map((column) => figures[column]);
}

/** All totals, one a line. */
function sums({ total }: MonthReport): Table {
  return { head: ["", ""], rows: COLUMNS.map((column) => [words.columns[column], total[column]]) };
}

function agencies(report: MonthReport, columns = COLUMNS): Table {
  const rows = report.agencies.map((row) => [row.name, ...cellsOf(row, columns)]);
  return { head: [words.agency, ...heads(columns)], rows };
}

function kinds(report: MonthReport, columns = COLUMNS): Table {
  const rows = report.kinds.map((row) => [vietnamese.kinds[row.kind], ...cellsOf(row, columns)]);
  return { head: [words.kind, ...heads(columns)], rows };
}

function cells(report: MonthReport): Table {
  const rows = report.cells.map((row) => [row.name, vietnamese.kinds[row.kind], ...cellsOf(row)]);
  return { head: [words.agency, words.kind, ...heads()], rows };
}

function clusters(report: MonthReport): Table {
  const { at, size, to } = words.clusterColumns;
  return {
    head: [at, words.unit, words.kind, size, to],
    rows: report.clusters.map((one) => [
      day(dayInVietnam(one.at)),
      one.unit,
      vietnamese.kinds[one.kind],
      one.size,
      one.to,
    ]),
  };
}

function answers(report: MonthReport): Table {
  const { at, code, why, like } = words.answerColumns;
  return {
    head: [at, words.agency, code, why, like],
    rows: report.answers.map((one) => [
      day(dayInVietnam(one.at)),
      one.name,
      one.trackingCode,
      one.faults.map((fault) => ANSWER_FAULTS[fault]).join(", "),
      one.like.join(" "),
    ]),
  };
}

/** One row for each agency and question; `all`: how many gave each level, the lowest first. */
function satisfaction(report: MonthReport, all: boolean): Table {
  const { question, rated, satisfied } = words.satisfactionColumns;
  const levels = all ? Object.values(survey.levels) : [];
  return {
    head: [words.agency, question, rated, satisfied, ...levels],
    rows: report.satisfaction.flatMap((one) =>
      (["result", "conduct"] as const).map((asked) => {
        const share = satisfiedShare(one[asked]);
        return [
          one.name,
          words.questions[asked],
          one[asked].reduce((sum, count) => sum + count, 0),
          share === undefined ? undefined : Math.round(share * 100),
          ...(all ? one[asked] : []),
        ];
      }),
    ),
  };
}

export function barOf(name: string, { filed, inTime, late, overdue }: Figures): Bar {
  return {
    name,
    parts: [
      { look: "good", count: inTime },
      { look: "bad", count: late + overdue },
      { look: "wait", count: filed - inTime - late - overdue },
    ],
  };
}

/** `2026-11-26T12:30:00Z` → `26/11/2026 19:30`. */
export function instant(at: string): string {
  const there = new Date(Date.parse(at) + VIETNAM_MS).toISOString();
  return `${day(there.slice(0, 10))} ${there.slice(11, 16)}`;
}
