import { withoutControls } from './controls.ts';

/** Cells wider than this are cut: an output is read on a phone too. */
const WIDEST = 40;

/** Rows under a heading, each column as wide as its widest cell; for text of a fixed width. */
export function textTable(heading: readonly string[], rows: readonly (readonly (string | null)[])[]): string[] {
  const written = [heading, ...rows].map((row) => row.map((cell) => cut(cell ?? '(null)')));
  const widths = heading.map((_, column) => Math.max(...written.map((row) => row[column]?.length ?? 0)));
  return written.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** On one line, without what steers a screen. */
export function oneLine(text: string): string {
  return withoutControls(text.replaceAll(/\s+/g, ' ')).trim();
}

/** One line, cut where it is too long for its place. */
export function cut(text: string, width = WIDEST): string {
  const line = oneLine(text);
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}
