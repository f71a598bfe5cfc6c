/** The value below which this share (0 to 1) of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
}

/** How many of the rows are so, as a share of them all (0 to 1). */
export function share<T>(rows: readonly T[], isSo: (row: T) => boolean): number {
  return rows.filter(isSo).length / (rows.length || 1);
}

export const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;
/** A share seen in so many rows, with the half-width of its 95 % interval (Wilson's) in points. */
export function estimate(part: number, n: number): string {
  const z = 1.96;
  const half = (z / (1 + z ** 2 / n)) * Math.sqrt((part * (1 - part)) / n + z ** 2 / (4 * n ** 2));
  return `${percent(part)} ± ${points(half)}`;
}

export const points = (part: number): string => (100 * part).toFixed(1);

/** Three digits that count, the way times and sizes are read. */
export function short(value: number): string {
  const places = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toFixed(places).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** A Markdown table; the first column is words, the others are figures. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, at) => (at === 0 ? "---" : "--:"))), ...rows.map(line), ""].join(
    "\n",
  );
}
