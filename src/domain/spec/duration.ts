/** A length of time in milliseconds: the only unit durations have inside Mainstay. */
export type Milliseconds = number;

/** Largest unit first: a written duration names its units in this order. A day is always 24 hours. */
const UNITS = [
  { unit: 'w', ms: 7 * 24 * 60 * 60 * 1000 },
  { unit: 'd', ms: 24 * 60 * 60 * 1000 },
  { unit: 'h', ms: 60 * 60 * 1000 },
  { unit: 'm', ms: 60 * 1000 },
  { unit: 's', ms: 1000 },
  { unit: 'ms', ms: 1 },
] as const;

const HOW = 'write a whole number and a unit (ms, s, m, h, d, w), such as 15m, 48h, 5d or 1h30m';
const WHOLE = /^(?:\d+(?:ms|[wdhms]))+$/;
const PART = /(\d+)(ms|[wdhms])/g;

export type DurationResult = { ok: true; ms: Milliseconds } | { ok: false; problem: string };

/**
 * Reads "15m", "48h", "5d", "500ms" or a sum such as "1h30m" (larger units first, each once).
 * A number without a unit is refused, never guessed. Zero is a duration; a negative one is not.
 */
export function parseDuration(text: string): DurationResult {
  const written = text.trim();
  const refuse = (what: string): DurationResult => ({ ok: false, problem: `${what}; ${HOW}` });
  if (/^\d+$/.test(written)) return refuse(`"${written}" has no unit`);
  if (!WHOLE.test(written)) return refuse(`"${written}" is not a duration`);

  let ms = 0;
  let previous = -1;
  for (const [, count, unit] of written.matchAll(PART)) {
    const index = UNITS.findIndex((known) => known.unit === unit);
    if (index <= previous) return refuse(`"${written}" does not name its units from large to small, each once`);
    previous = index;
    ms += Number(count) * (UNITS[index]?.ms ?? 0);
  }
  if (!Number.isSafeInteger(ms)) return refuse(`"${written}" is too long to count in milliseconds`);
  return { ok: true, ms };
}

/** Writes a duration the way the spec does: 5400000 -> "1h30m", 0 -> "0s". Weeks are written in days. */
export function formatDuration(ms: Milliseconds): string {
  let rest = ms;
  let written = '';
  for (const { unit, ms: size } of UNITS) {
    if (unit === 'w') continue; // "14d" reads better than "2w" beside other durations in days
    const count = Math.floor(rest / size);
    if (count > 0) written += `${count}${unit}`;
    rest -= count * size;
  }
  return written === '' ? '0s' : written;
}
