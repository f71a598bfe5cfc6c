import { escapeHtml, numberText } from "./table.ts";

/** The style of all figures pages: one file, nothing from elsewhere, light and dark, for paper too. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #16242c; --soft: #4a5b65; --line: #ccd6da; --paper: #fff; --good: #0b5a78; --bad: #b45309; --wait: #9aa9b1; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eff2; --soft: #a9b9c2; --line: #35464f; --paper: #10181d; --good: #93d3f2; --bad: #ffbd66; --wait: #5d6f79; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 70rem; padding: 1rem; color: var(--ink); background: var(--paper); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; }
h1 { font-size: 1.375rem; margin: 0 0 .5rem; }
h2 { font-size: 1.125rem; margin: 2rem 0 .5rem; }
p { max-width: 46rem; margin: .25rem 0; color: var(--soft); }
a { color: var(--good); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .875rem; }
th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: bottom; }
thead th { font-weight: 600; }
tbody th { font-weight: 400; min-width: 12rem; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
figure { margin: 1rem 0; }
svg { width: 100%; height: auto; max-width: 46rem; }
svg text { fill: var(--ink); font-size: 13px; }
.good { fill: var(--good); color: var(--good); } .bad { fill: var(--bad); color: var(--bad); } .wait { fill: var(--wait); color: var(--wait); }
@media print { body { max-width: none; } h2 { break-after: avoid; } tr { break-inside: avoid; } }
`;

/** One bar: a name and its parts, in the classes of the style. */
export type Bar = {
  readonly name: string;
  readonly parts: readonly { readonly look: "good" | "bad" | "wait"; readonly count: number }[];
};

const ROW = 26;
const NAME_WIDTH = 250;
const BAR_WIDTH = 330;
/** Letters of a name that fit. */
const NAME_LENGTH = 33;

/** Width of a chart, in its own units. */
export const CHART_WIDTH = NAME_WIDTH + BAR_WIDTH + 60;

/** Bars beside their names, with the sum at the end; read aloud as one sentence a bar. */
export function barChart(title: string, bars: readonly Bar[]): string {
  const { body, height } = barRows(bars);
  const spoken = bars.map((bar) => `${bar.name}: ${String(sumOf(bar))}`).join("; ");
  return `<figure><svg viewBox="0 0 ${CHART_WIDTH} ${height}" role="img" aria-label="${escapeHtml(`${title}. ${spoken}`)}">${body}</svg></figure>`;
}

const sumOf = ({ parts }: Bar): number => parts.reduce((sum, { count }) => sum + count, 0);

/** The bars as parts of an SVG, the first at its top. */
export function barRows(bars: readonly Bar[]): { readonly body: string; readonly height: number } {
  const sums = bars.map(sumOf);
  const most = Math.max(1, ...sums);
  const rows = bars.map(({ name, parts }, row) => {
    let x = NAME_WIDTH;
    const rects = parts.map(({ look, count }) => {
      const width = (count / most) * BAR_WIDTH;
      const rect = `<rect class="${look}" x="${x.toFixed(1)}" y="${row * ROW + 4}" width="${width.toFixed(1)}" height="18"/>`;
      x += width;
      return rect;
    });
    const y = row * ROW + 18;
    const short = name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH - 1)}…` : name;
    return `<text x="0" y="${y}">${escapeHtml(short)}</text>${rects.join("")}<text x="${(x + 6).toFixed(1)}" y="${y}">${numberText(sums[row] ?? 0)}</text>`;
  });
  return { body: rows.join(""), height: Math.max(1, bars.length) * ROW };
}

/** What the looks of the parts mean. */
export function legend(names: Readonly<Record<Bar["parts"][number]["look"], string>>): string {
  const told = (["good", "bad", "wait"] as const).map(
    (look) => `<span class="${look}" aria-hidden="true">■</span> ${escapeHtml(names[look])}`,
  );
  return `<p>${told.join(" · ")}</p>`;
}

/** A whole page. */
export function htmlPage(title: string, body: readonly string[]): string {
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${body.join("\n")}
</body>
</html>
`;
}

export function paragraph(text: string): string {
  return `<p>${escapeHtml(text)}</p>`;
}

export function heading(text: string): string {
  return `<h2>${escapeHtml(text)}</h2>`;
}
