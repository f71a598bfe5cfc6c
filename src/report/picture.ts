import type { MonthReport } from "../watch/figures.ts";
import { vietnamese } from "../wording/citizen.ts";
import { monthYear } from "../wording/official.ts";
import { report as words } from "../wording/report.ts";
import { barOf, instant } from "./month.ts";
import { type Bar, barRows, CHART_WIDTH } from "./page.ts";
import { escapeHtml, numberText } from "./table.ts";

/** Agencies in a picture: the most spoken of. */
const MOST = 15;
const MARGIN = 28;
const LINE = 22;
const MAIN = ["filed", "inTime", "late", "overdue", "open", "disputed"] as const;
const LOOKS = ["good", "bad", "wait"] as const;

const STYLE = `
  text { font-family: "DejaVu Sans"; font-size: 13px; fill: #16242c; }
  .title { font-size: 20px; font-weight: bold; } .head { font-size: 15px; font-weight: bold; } .soft { fill: #4a5b65; font-size: 12px; }
  .good { fill: #0b5a78; } .bad { fill: #b45309; } .wait { fill: #9aa9b1; }`;

/** A part of the picture: what it draws from its own top on, and how high it is. */
type Part = { readonly body: string; readonly height: number };

/** The month on one sheet, as SVG: the totals, and bars by agency and by kind. The font is DejaVu Sans. */
export function monthPicture(report: MonthReport): string {
  const agencies = report.agencies.toSorted((one, other) => other.filed - one.filed).slice(0, MOST);
  const parts: readonly Part[] = [
    lineOf("title", words.title(monthYear(report.month)), 30),
    lineOf("soft", words.made(instant(report.at))),
    space(10),
    ...MAIN.map((column) => lineOf("", `${words.columns[column]}: ${numberText(report.total[column])}`)),
    ...chart(
      words.byAgency,
      agencies.map((row) => barOf(row.name, row)),
    ),
    ...chart(
      words.byKind,
      report.kinds.map((row) => barOf(vietnamese.kinds[row.kind], row)),
    ),
    space(6),
    legendOf(),
  ];
  let top = MARGIN;
  const drawn = parts.map(({ body, height }) => {
    const part = `<g transform="translate(${MARGIN} ${top})">${body}</g>`;
    top += height;
    return part;
  });
  const width = CHART_WIDTH + 2 * MARGIN;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${top + MARGIN}"><style>${STYLE}</style><rect width="100%" height="100%" fill="#fff"/>${drawn.join("")}</svg>`;
}

function chart(title: string, bars: readonly Bar[]): Part[] {
  return [space(14), lineOf("head", title, 26), bars.length > 0 ? barRows(bars) : lineOf("soft", words.none)];
}

function legendOf(): Part {
  const parts = LOOKS.map((look, at) => {
    const x = at * 210;
    return `<rect class="${look}" x="${x}" y="5" width="12" height="12"/><text x="${x + 18}" y="16">${escapeHtml(words.looks[look])}</text>`;
  });
  return { body: parts.join(""), height: LINE };
}

function lineOf(look: string, text: string, height = LINE): Part {
  return { body: `<text class="${look}" y="16">${escapeHtml(text)}</text>`, height };
}

function space(height: number): Part {
  return { body: "", height };
}
