import { formatDuration, parseDuration } from './duration.ts';

/** What is counted: shares in percent points, times in milliseconds, sizes in bytes, and plain numbers. */
export const QUANTITIES = ['percent', 'time', 'size', 'count'] as const;

export type Quantity = (typeof QUANTITIES)[number];

/** A figure with its unit; `value` is in the one unit its quantity has inside Mainstay. */
export interface Measure {
  quantity: Quantity;
  value: number;
}

export type MeasureResult = { ok: true; measure: Measure } | { ok: false; problem: string };

const NUMBER = String.raw`\d+(?:\.\d+)?`;
const BYTES: Record<string, number> = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};
const SIZE = new RegExp(`^(${NUMBER}) ?(${Object.keys(BYTES).join('|')})$`);
const HOW = 'write a figure with its unit, such as 5%, 500ms, 20GB, or a plain number where things are counted';

/** Reads "5%", "500ms", "1h30m", "20GB", "1.5GiB" or "1000". */
export function parseMeasure(text: string): MeasureResult {
  const written = text.trim();
  const [, percent] = new RegExp(`^(${NUMBER}) ?%$`).exec(written) ?? [];
  if (percent !== undefined) return read('percent', Number(percent));
  const [, size, unit = ''] = SIZE.exec(written) ?? [];
  if (size !== undefined) return read('size', Math.round(Number(size) * (BYTES[unit] ?? 0)));
  if (new RegExp(`^${NUMBER}$`).test(written)) return read('count', Number(written));
  const time = parseDuration(written);
  return time.ok ? read('time', time.ms) : { ok: false, problem: `"${written}" is not a figure; ${HOW}` };
}

const read = (quantity: Quantity, value: number): MeasureResult => ({ ok: true, measure: { quantity, value } });

/** Writes a figure the way the spec does: 5%, 500ms, 20GB, 1000. */
export function formatMeasure({ quantity, value }: Measure): string {
  switch (quantity) {
    case 'percent':
      return `${value}%`;
    case 'time':
      return formatDuration(value);
    case 'size':
      return formatSize(value);
    case 'count':
      return String(value);
  }
}

/** In the unit that needs the fewest digits. */
function formatSize(bytes: number): string {
  const forms = Object.entries(BYTES)
    .filter(([, size]) => bytes >= size || size === 1)
    .map(([unit, size]) => `${bytes / size}${unit}`);
  return forms.reduce((best, form) => (form.length < best.length ? form : best));
}
