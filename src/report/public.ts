import type { PublicRow } from "../complaints/public-figures.ts";
import type { PublicView } from "../watch/figures.ts";
import { day, vietnamese } from "../wording/citizen.ts";
import { monthYear } from "../wording/official.ts";
import { report as words } from "../wording/report.ts";
import { instant } from "./month.ts";
import { barChart, heading, htmlPage, paragraph } from "./page.ts";
import { BYTE_ORDER_MARK, type Cell, csvTable, htmlTable, type Table } from "./table.ts";

/** The page for everybody. */
export function publicHtml(view: PublicView): string {
  const { figures, since, at, fewest } = view;
  const text = words.public;
  const months = figures.months.filter((month) => month.filed !== undefined);
  return htmlPage(text.title, [
    paragraph(text.lead(day(since), instant(at))),
    paragraph(text.hidden(fewest)),
    heading(text.rows),
    ...(figures.rows.length > 0
      ? [htmlTable(rowsOf(view)), paragraph(text.sum(figures.filed))]
      : [paragraph(text.nothing)]),
    heading(text.satisfaction),
    figures.satisfaction.length > 0 ? htmlTable(satisfactionOf(view)) : paragraph(text.nothing),
    heading(text.months),
    ...(months.length > 0
      ? [
          barChart(
            text.months,
            months.map(({ month, filed = 0 }) => ({
              name: monthYear(month),
              parts: [{ look: "good", count: filed }],
            })),
          ),
        ]
      : [paragraph(text.nothing)]),
    `<p>${text.data} <a href="/api/statistics.csv">CSV</a>, <a href="/api/statistics.json">JSON</a>, <a href="/open311/v2/discovery.json">Open311</a></p>`,
  ]);
}

/** The same for programs; `null` is what is hidden. */
export function publicJson(view: PublicView): object {
  const { figures, since, at, fewest, names } = view;
  const shown = (count: number | undefined): number | null => count ?? null;
  return {
    generated: at,
    since,
    hiddenBelow: fewest,
    filed: figures.filed,
    rows: figures.rows.map((row) => ({
      agency: row.agency,
      agencyName: names.get(row.agency) ?? row.agency,
      kind: row.kind,
      filed: row.filed,
      answeredInTime: shown(row.inTime),
      answeredLate: shown(row.late),
      overdue: shown(row.overdue),
      rest: shown(row.rest),
      medianWorkingHoursToAnswer: shown(row.hoursToAnswer),
    })),
    months: figures.months.map(({ month, filed }) => ({ month, filed: shown(filed) })),
    satisfaction: figures.satisfaction,
  };
}

/** The rows for a spreadsheet; empty is what is hidden. */
export function publicCsv(view: PublicView): string {
  const { head, rows } = rowsOf(view);
  const ids = view.figures.rows.map(({ agency }) => agency);
  return (
    BYTE_ORDER_MARK +
    csvTable({
      head: [words.agencyId, ...head],
      rows: rows.map((row, index) => [ids[index], ...row]),
    })
  );
}

function satisfactionOf({ figures, names }: PublicView): Table {
  const { public: text, satisfactionColumns: columns } = words;
  return {
    head: [words.agency, columns.question, columns.rated, text.satisfied, text.others],
    rows: figures.satisfaction.map(({ agency, question, rated, satisfied, others }) => [
      names.get(agency) ?? agency,
      words.questions[question],
      rated,
      satisfied,
      others,
    ]),
  };
}

function rowsOf({ figures, names }: PublicView): Table {
  const { columns } = words;
  return {
    head: [
      words.agency,
      words.kind,
      columns.filed,
      columns.inTime,
      columns.late,
      columns.overdue,
      words.public.rest,
      columns.hoursToAnswer,
    ],
    rows: figures.rows.map((row: PublicRow): Cell[] => [
      names.get(row.agency) ?? row.agency,
      vietnamese.kinds[row.kind],
      row.filed,
      row.inTime,
      row.late,
      row.overdue,
      row.rest,
      row.hoursToAnswer,
    ]),
  };
}
