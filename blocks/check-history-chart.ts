import { type CheckDay, goodShare, markOf } from '../src/domain/health/day.ts';
import type { CheckHistory } from '../src/domain/health/history.ts';
import { BLUE, type Chart, FAINT, GREY, INK, LEFT, picture, SKY, text, VERMILLION, WIDTH } from './chart.ts';

const ACROSS = WIDTH - 2 * LEFT;
const STRIP = { top: 180, height: 240 };
const TIMES = { top: 640, height: 190 };
/** A minute of trouble would be no wider than a hair: a day with any shows this share of it at least. */
const LEAST_SHOWN = 0.12;
const DAY = 86_400_000;
/** Days a name takes in the picture: one that has fewer before the next is left out, so that words never overlap. */
const ROOM = { month: 6, day: 12 };

const KINDS = [
  { kind: 'good', label: 'well', color: BLUE },
  { kind: 'bad', label: 'failing', color: VERMILLION },
  { kind: 'unclear', label: 'could not be asked', color: SKY },
  { kind: 'unknown', label: 'unknown', color: GREY },
] as const;

/** Every day of a check as a column, what was bad on top; below, how long its answers took. */
export function checkHistoryChart(history: CheckHistory): Chart {
  const { check, days } = history;
  const head = `${check.title.length > 30 ? `${check.title.slice(0, 29)}…` : check.title}: the last ${days.length} days`;
  const share = shareWords(goodShare(days));
  const svg = picture(
    text(LEFT, 66, head, { size: 42, bold: true }),
    text(LEFT, 130, share, { color: FAINT }),
    ...days.flatMap((day, index) => column(day, index, days.length)),
    ...months(history),
    ...legend(),
    ...times(days),
  );
  const bad = days.filter((day) => (day?.bad ?? 0) > 0).length;
  const known = days.filter((day) => markOf(day) !== 'unknown').length;
  const slow = slowest(days);
  return {
    svg,
    alt: [
      `Chart. ${head}`,
      share,
      `something is known of ${known} days, and on ${bad} of them it failed`,
      ...(slow === null ? [] : [`the slowest answer took ${timeWords(slow)}`]),
    ].join('. '),
  };
}

function column(day: CheckDay | null, index: number, count: number): string[] {
  const step = ACROSS / count;
  const shares = sharesOf(day);
  let y = STRIP.top;
  // What is bad hangs from the top, where nothing hides it.
  return (['bad', 'unclear', 'unknown', 'good'] as const).flatMap((kind) => {
    const height = STRIP.height * shares[kind];
    if (height === 0) return [];
    const rect = `x="${round(LEFT + step * index)}" y="${round(y)}" width="${round(step * 0.84)}" height="${round(height)}"`;
    y += height;
    const { color } = KINDS.find((one) => one.kind === kind) ?? { color: GREY };
    return [`<rect ${rect} fill="${color}"/>`, ...(kind === 'bad' ? [`<rect ${rect} fill="url(#hatch)"/>`] : [])];
  });
}

/** How much of a column each takes; together all of it. Of answers without a length, how many there were counts. */
function sharesOf(day: CheckDay | null): Record<(typeof KINDS)[number]['kind'], number> {
  if (day === null || day.good + day.bad + day.unclear === 0) return { good: 0, bad: 0, unclear: 0, unknown: 1 };
  const lasted = day.goodMs + day.badMs + day.unclearMs;
  const { good, bad, unclear } =
    lasted === 0
      ? { good: day.good, bad: day.bad, unclear: day.unclear }
      : { good: day.goodMs, bad: day.badMs, unclear: day.unclearMs };
  const whole = good + bad + unclear;
  const shown = day.bad === 0 ? 0 : Math.max(LEAST_SHOWN, bad / whole);
  const rest = good + unclear === 0 ? 0 : (1 - shown) / (good + unclear);
  return { bad: good + unclear === 0 ? 1 : shown, unclear: unclear * rest, good: good * rest, unknown: 0 };
}

/** The first of each month under its day. */
function months({ today, days }: CheckHistory): string[] {
  const step = ACROSS / days.length;
  const last = Date.parse(today);
  const y = STRIP.top + STRIP.height;
  return days.flatMap((_day, index) => {
    const at = new Date(last - (days.length - 1 - index) * DAY);
    if (index > 0 && at.getUTCDate() !== 1) return [];
    const left = days.length - index;
    const untilNext = index === 0 ? daysLeftInMonth(at) : left;
    if (untilNext < (index === 0 ? ROOM.day : ROOM.month)) return [];
    const x = LEFT + step * index;
    const name = at.toLocaleDateString('en', { month: 'short', timeZone: 'UTC' });
    return [
      `<line x1="${round(x)}" y1="${y + 6}" x2="${round(x)}" y2="${y + 20}" stroke="${FAINT}" stroke-width="2"/>`,
      text(x, y + 54, index === 0 ? `${name} ${at.getUTCDate()}` : name, { color: FAINT }),
    ];
  });
}

function daysLeftInMonth(at: Date): number {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate() - at.getUTCDate() + 1;
}

function legend(): string[] {
  let x = LEFT;
  const y = STRIP.top + STRIP.height + 116;
  return KINDS.flatMap(({ kind, label, color }) => {
    const at = x;
    x += 44 + label.length * 18 + 46;
    const square = `x="${at}" y="${y - 26}" width="32" height="32"`;
    return [
      `<rect ${square} fill="${color}"/>`,
      ...(kind === 'bad' ? [`<rect ${square} fill="url(#hatch)"/>`] : []),
      text(at + 44, y, label, { color: FAINT }),
    ];
  });
}

/** The average of each day as a bar, its slowest answer as a mark above it. */
function times(days: readonly (CheckDay | null)[]): string[] {
  const most = slowest(days);
  const base = TIMES.top + TIMES.height;
  const title = text(LEFT, TIMES.top - 22, 'How long answers took', { size: 36, bold: true });
  const floor = `<line x1="${LEFT}" y1="${base}" x2="${WIDTH - LEFT}" y2="${base}" stroke="${FAINT}" stroke-width="2"/>`;
  if (most === null) return [title, text(LEFT, TIMES.top + 60, 'Nothing is known of it.', { color: FAINT }), floor];
  const step = ACROSS / days.length;
  const high = (ms: number) => (TIMES.height * ms) / most;
  const drawn = days.flatMap((day, index) => {
    if (day?.latencyAvgMs == null) return [];
    const x = round(LEFT + step * index);
    const width = round(step * 0.84);
    const average = high(day.latencyAvgMs);
    const slow = high(day.latencyMaxMs ?? day.latencyAvgMs);
    return [
      `<rect x="${x}" y="${round(base - average)}" width="${width}" height="${round(average)}" fill="${BLUE}"/>`,
      `<rect x="${x}" y="${round(base - slow - 2)}" width="${width}" height="4" fill="${INK}"/>`,
    ];
  });
  return [
    title,
    ...drawn,
    floor,
    text(LEFT, base + 46, `bars: average  ·  marks: slowest, at most ${timeWords(most)}`, { color: FAINT }),
  ];
}

function slowest(days: readonly (CheckDay | null)[]): number | null {
  const times = days.flatMap((day) => day?.latencyMaxMs ?? day?.latencyAvgMs ?? []);
  return times.length === 0 ? null : Math.max(...times, 1);
}

/** Never rounded up to a hundred. */
function shareWords(share: number | null): string {
  if (share === null) return 'Nothing is known of these days yet';
  return `Well ${share === 1 ? '100' : (Math.floor(share * 10_000) / 100).toFixed(2)} % of the time that is known`;
}

function timeWords(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

const round = (pixels: number) => Math.round(pixels * 10) / 10;
