/** A table to be told as text, CSV or HTML: its head and rows of cells; a number or nothing stands to the right. */
export type Table = {
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
};
export type Cell = string | number | undefined;

/** What stands for a number that is not shown or not known. */
export const NO_NUMBER = "–";

/** `1234.5` → `1.234,5`. */
export function numberText(number: number): string {
  const [whole = "", part] = String(Math.abs(number)).split(".");
  const grouped = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ".");
  return `${number < 0 ? "-" : ""}${grouped}${part === undefined ? "" : `,${part}`}`;
}

export function cellText(cell: Cell): string {
  if (cell === undefined) return NO_NUMBER;
  return typeof cell === "number" ? numberText(cell) : cell;
}

/** Without the columns in which every row has nothing or 0. */
export function withoutEmpty({ head, rows }: Table): Table {
  const kept = head.flatMap((_, column) => (rows.some((row) => Boolean(row[column])) ? [column] : []));
  return {
    head: kept.map((column) => head[column] ?? ""),
    rows: rows.map((row) => kept.map((column) => row[column])),
  };
}

/** Columns under each other for a terminal. */
export function textTable({ head, rows }: Table): string {
  const lines = [head, ...rows.map((row) => row.map(cellText))];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => lettersIn(line[column] ?? ""))));
  const numeric = head.map((_, column) => rows.every((row) => typeof row[column] !== "string"));
  const padded = (text: string, column: number): string => {
    const space = " ".repeat((widths[column] ?? 0) - lettersIn(text));
    return numeric[column] ? space + text : text + space;
  };
  return lines.map((line) => line.map(padded).join("  ").trimEnd()).join("\n");
}

/** As a person counts them: a letter with its marks is one. */
function lettersIn(text: string): number {
  return Array.from(text.normalize("NFC")).length;
}

/** Marks a CSV file as UTF-8 for Excel. */
export const BYTE_ORDER_MARK = "\uFEFF";

/**
 * Comma-separated values (RFC 4180). Numbers are written plainly; a text that a spreadsheet would take for a formula is
 * kept a text by an apostrophe.
 */
export function csvTable({ head, rows }: Table): string {
  return [head, ...rows].map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
}

function csvCell(cell: Cell): string {
  if (cell === undefined) return "";
  if (typeof cell === "number") return String(cell);
  const harmless = /^[\s]*[=+\-@\t\r|%]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

export function htmlTable({ head, rows }: Table): string {
  const cells = rows.map(
    (row) =>
      `<tr>${row
        .map((cell, column) => {
          const text = escapeHtml(cellText(cell));
          if (column === 0) return `<th scope="row">${text}</th>`;
          return typeof cell === "string" ? `<td>${text}</td>` : `<td class="n">${text}</td>`;
        })
        .join("")}</tr>`,
  );
  const top = head.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("");
  return `<div class="wide"><table><thead><tr>${top}</tr></thead><tbody>${cells.join("")}</tbody></table></div>`;
}

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`);
}
