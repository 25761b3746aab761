/** One line of the benchmark's table: what was measured, against what, and whether the target was met. */
export interface Row {
  readonly target: string;
  readonly measured: string;
  readonly limit: string;
  readonly ratio: string;
  readonly wanted: string;
  readonly met: boolean;
}

const HEADINGS = ['target', 'measured', 'limit or peer', 'ratio', 'wanted', 'met'] as const;

/** The table as Markdown, ready for a closing note or docs. */
export function renderTable(rows: readonly Row[]): string {
  const lines = rows.map((row) => [
    row.target,
    row.measured,
    row.limit,
    row.ratio,
    row.wanted,
    row.met ? 'yes' : '**NO**',
  ]);
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...lines.map((line) => (line[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(HEADINGS), line(widths.map((width) => '-'.repeat(width))), ...lines.map(line)].join('\n');
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export const round = (value: number, digits = 1): string => value.toFixed(digits);
