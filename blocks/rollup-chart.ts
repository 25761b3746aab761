import type { Figures } from '../src/domain/digest/figures.ts';
import type { Rollup, RollupBar } from '../src/domain/digest/rollup.ts';
import {
  BLUE,
  type Chart,
  FAINT,
  GREY,
  INK,
  LEFT,
  ORANGE,
  picture,
  SKY,
  SMALL,
  text,
  VERMILLION,
  WIDTH,
} from './chart.ts';
import { incidentCounts } from './rollup-words.ts';

interface Part {
  readonly label: string;
  readonly color: string;
  /** Of the count that stands in it. */
  readonly ink: string;
  /** Hatched too: what is bad is not told by its colour alone. */
  readonly hatched?: boolean;
  readonly count: (figures: Figures) => number;
}

const DUTIES: readonly Part[] = [
  { label: 'done in time', color: BLUE, ink: '#ffffff', count: ({ duties }) => duties.done },
  { label: 'done late', color: ORANGE, ink: INK, count: ({ duties }) => duties.doneLate },
  { label: 'not done', color: VERMILLION, ink: '#ffffff', hatched: true, count: ({ duties }) => notDone(duties) },
];

const INCIDENTS: readonly Part[] = [
  {
    label: 'SEV1',
    color: VERMILLION,
    ink: '#ffffff',
    hatched: true,
    count: ({ incidents }) => incidents.bySeverity.SEV1,
  },
  { label: 'SEV2', color: ORANGE, ink: INK, count: ({ incidents }) => incidents.bySeverity.SEV2 },
  { label: 'SEV3', color: SKY, ink: INK, count: ({ incidents }) => incidents.bySeverity.SEV3 },
  {
    label: 'SEV4 or unrated',
    color: GREY,
    ink: INK,
    count: ({ incidents }) => incidents.bySeverity.SEV4 + incidents.bySeverity.unrated,
  },
];

/** The figures of a look back, beside those of the periods before it: duties above, incidents below. */
export function rollupChart({ name, period, bars }: Rollup): Chart {
  const title = `${name.length > 40 ? `${name.slice(0, 39)}…` : name}: ${period}`;
  const rate = ({ rate: done }: Figures) => (done === null ? '' : `${Math.round(done * 100)} %`);
  const svg = picture(
    text(LEFT, 66, title, { size: 42, bold: true }),
    ...panel({ top: 128, title: 'Duties done', parts: DUTIES, bars, above: rate, none: 'Nothing was to be done.' }),
    ...panel({
      top: 530,
      title: 'Incidents',
      parts: INCIDENTS,
      bars,
      above: ({ incidents }) => String(incidents.total),
      none: 'There was none.',
    }),
  );
  return { svg, alt: `Chart. ${title}. ${bars.map(barWords).join('; ')}.` };
}

interface Panel {
  readonly top: number;
  readonly title: string;
  readonly parts: readonly Part[];
  readonly bars: readonly RollupBar[];
  readonly above: (figures: Figures) => string;
  readonly none: string;
}

/** From its title to its marks, in pixels; and how high the highest bar is. */
const PANEL = 340;
const TALLEST = 190;
/** A bar of one is no tower: the scale goes at least this far. */
const LEAST_SCALE = 4;

function panel({ top, title, parts, bars, above, none }: Panel): string[] {
  const base = top + PANEL - 50;
  const totals = bars.map(({ figures }) => parts.reduce((sum, { count }) => sum + count(figures), 0));
  const head = [text(LEFT, top + 8, title, { size: 36, bold: true }), ...legend(parts, LEFT + 270, top + 6)];
  const floor = `<line x1="${LEFT}" y1="${base}" x2="${WIDTH - LEFT}" y2="${base}" stroke="${FAINT}" stroke-width="2"/>`;
  const scale = TALLEST / Math.max(LEAST_SCALE, ...totals);
  const step = (WIDTH - 2 * LEFT) / bars.length;
  const drawn = bars.flatMap(({ mark, figures }, index) => {
    const middle = LEFT + step * (index + 0.5);
    const isLast = index === bars.length - 1;
    const height = (totals[index] ?? 0) * scale;
    return [
      ...stack(parts, figures, { middle, width: Math.min(120, step * 0.6), base, scale }),
      text(middle, base - height - 14, above(figures), { bold: isLast, middle: true }),
      text(middle, base + 42, mark, { bold: isLast, middle: true, color: isLast ? INK : FAINT }),
    ];
  });
  const empty = totals.every((total) => total === 0);
  return [
    ...head,
    ...drawn,
    floor,
    ...(empty ? [text(WIDTH / 2, base - 80, none, { middle: true, color: FAINT })] : []),
  ];
}

function stack(
  parts: readonly Part[],
  figures: Figures,
  at: { readonly middle: number; readonly width: number; readonly base: number; readonly scale: number },
): string[] {
  let y = at.base;
  return parts.flatMap(({ count, color, ink, hatched }) => {
    const found = count(figures);
    if (found === 0) return [];
    const height = found * at.scale;
    y -= height;
    const rect = `x="${at.middle - at.width / 2}" y="${y}" width="${at.width}" height="${height}"`;
    return [
      `<rect ${rect} fill="${color}" stroke="#ffffff" stroke-width="2"/>`,
      ...(hatched ? [`<rect ${rect} fill="url(#hatch)"/>`] : []),
      // A count that does not fit is in the words beside the picture.
      ...(height < SMALL + 6 ? [] : [plate(at.middle, y + height / 2, String(found), hatched ? color : 'none')]),
      ...(height < SMALL + 6
        ? []
        : [text(at.middle, y + height / 2 + 11, String(found), { middle: true, color: ink })]),
    ];
  });
}

/** Keeps a count readable on hatching. */
function plate(x: number, y: number, words: string, color: string): string {
  const width = words.length * 22 + 16;
  return color === 'none'
    ? ''
    : `<rect x="${x - width / 2}" y="${y - 19}" width="${width}" height="38" rx="6" fill="${color}"/>`;
}

function legend(parts: readonly Part[], left: number, y: number): string[] {
  let x = left;
  return parts.flatMap(({ label, color, hatched }) => {
    const at = x;
    x += 52 + label.length * 19 + 22;
    return [
      `<rect x="${at}" y="${y - 26}" width="32" height="32" fill="${color}"/>`,
      ...(hatched ? [`<rect x="${at}" y="${y - 26}" width="32" height="32" fill="url(#hatch)"/>`] : []),
      text(at + 44, y, label, { color: FAINT }),
    ];
  });
}

function barWords({ mark, figures }: RollupBar): string {
  const [inTime = 0, late = 0, not = 0] = DUTIES.map(({ count }) => count(figures));
  return `${mark}: of duties ${inTime} done in time, ${late} late, ${not} not done, and ${incidentCounts(figures.incidents)}`;
}

function notDone({ missed, missedUnasked, failed, openLate }: Figures['duties']): number {
  return missed + missedUnasked + failed + openLate;
}
