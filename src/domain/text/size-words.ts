const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** A size as a person says it, in powers of ten: "0 B", "812 kB", "4.1 GB". */
export function sizeWords(bytes: number): string {
  let figure = bytes;
  let unit = 0;
  while (figure >= 999.5 && unit < UNITS.length - 1) {
    figure /= 1000;
    unit += 1;
  }
  return `${unit > 0 && figure < 9.95 ? figure.toFixed(1) : Math.round(figure)} ${UNITS[unit]}`;
}
