import { availabilityOf } from '../src/domain/uptime/account.ts';
import { type Budget, shareLeft } from '../src/domain/uptime/budget.ts';
import type { ServiceDay } from '../src/domain/uptime/days.ts';
import type { UptimeReport } from '../src/domain/uptime/report.ts';
import { BLUE, type Chart, FAINT, GREY, INK, LEFT, ORANGE, picture, SKY, text, VERMILLION, WIDTH } from './chart.ts';
import { OBJECTIVE_WORDS, roughly, shareWords } from './uptime-words.ts';

const ACROSS = WIDTH - 2 * LEFT;
const STRIP = { top: 190, height: 190 };
const BUDGET = { head: 530, top: 610, height: 230 };
/** A minute of downtime would be no wider than a hair: a day with any shows this share of it at least. */
const LEAST_SHOWN = 0.15;

const KINDS = [
  { kind: 'up', label: 'up', color: BLUE },
  { kind: 'excluded', label: 'announced work', color: SKY },
  { kind: 'unknown', label: 'unknown', color: GREY },
  { kind: 'down', label: 'down', color: VERMILLION },
] as const;

const LINES = [
  { color: INK, dash: '' },
  { color: ORANGE, dash: ' stroke-dasharray="18 10"' },
] as const;

/** A period day by day above; below, how its budgets were spent. */
export function uptimeChart(report: UptimeReport): Chart {
  const { service, title, period, times, budgets } = report;
  const name = `${service}, ${title}`;
  const head = `${name.length > 34 ? `${name.slice(0, 33)}…` : name}: ${period.name}`;
  const share = shareWords(availabilityOf(times));
  const svg = picture(
    text(LEFT, 66, head, { size: 42, bold: true }),
    text(LEFT, 140, `Availability ${share}`, { size: 36 }),
    ...days(report),
    ...legend(),
    ...budgetPanel(report),
  );
  const left = budgets.map(
    (one) => `${OBJECTIVE_WORDS[one.objective](one.target)}: ${roughly(shareLeft(one))} of the budget left`,
  );
  const bad = report.days.filter(({ down }) => down > 0).length;
  return {
    svg,
    alt: ['Chart', head, `Availability ${share}`, `down on ${bad} of ${report.days.length} days`, ...left].join('. '),
  };
}

function days({ days: all, period }: UptimeReport): string[] {
  const step = ACROSS / dayCount(period);
  return all.flatMap((day, index) => {
    const x = LEFT + step * index;
    const width = step * 0.86;
    let y = STRIP.top;
    return sharesOf(day).flatMap(({ color, share, isBad }) => {
      const height = STRIP.height * share;
      const rect = `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;
      y += height;
      if (height === 0) return [];
      return [`<rect ${rect} fill="${color}"/>`, ...(isBad && width > 6 ? [`<rect ${rect} fill="url(#hatch)"/>`] : [])];
    });
  });
}

/** How much of a day's column each kind takes: all of it together, and never so little of what was bad that nobody sees it. */
function sharesOf(day: ServiceDay) {
  const whole = day.up + day.down + day.excluded + day.unknown;
  const down = day.down === 0 ? 0 : Math.max(LEAST_SHOWN, day.down / whole);
  const rest = whole - day.down;
  return KINDS.map(({ kind, color }) => {
    const isBad = kind === 'down';
    const share = isBad ? down : rest === 0 ? 0 : (day[kind] / rest) * (1 - down);
    return { color, share, isBad };
  });
}

function legend(): string[] {
  let x = LEFT;
  const y = STRIP.top + STRIP.height + 60;
  return KINDS.flatMap(({ label, color, kind }) => {
    const at = x;
    x += 52 + label.length * 20 + 30;
    const rect = `x="${at}" y="${y - 26}" width="32" height="32"`;
    return [
      `<rect ${rect} fill="${color}"/>`,
      ...(kind === 'down' ? [`<rect ${rect} fill="url(#hatch)"/>`] : []),
      text(at + 44, y, label, { color: FAINT }),
    ];
  });
}

function budgetPanel({ budgets, days: all, period, promisedPer }: UptimeReport): string[] {
  const base = BUDGET.top + BUDGET.height;
  const floor = `<line x1="${LEFT}" y1="${base}" x2="${WIDTH - LEFT}" y2="${base}" stroke="${FAINT}" stroke-width="2"/>`;
  if (budgets.length === 0) return [text(LEFT, BUDGET.head, `It is promised per ${promisedPer}.`, { color: FAINT })];
  return [
    text(LEFT, BUDGET.head, 'Budget left', { size: 36, bold: true }),
    ...budgets.flatMap((budget, index) => spentLine(budget, all, period, index)),
    floor,
  ];
}

function spentLine(
  budget: Budget,
  all: readonly ServiceDay[],
  period: UptimeReport['period'],
  index: number,
): string[] {
  const { color, dash } = LINES[index] ?? LINES[0];
  let spent = 0;
  const points = all.map((day, position) => {
    spent += day.down;
    const x = LEFT + ACROSS * Math.min(1, (position + 1) / dayCount(period));
    return `${round(x)},${heightOf({ ...budget, left: budget.total - spent })}`;
  });
  const words = `${OBJECTIVE_WORDS[budget.objective](budget.target)}: ${roughly(shareLeft(budget))} left`;
  return [
    `<polyline points="${[`${LEFT},${BUDGET.top}`, ...points].join(' ')}" fill="none" stroke="${color}" stroke-width="6"${dash}/>`,
    text(LEFT + 300, BUDGET.head + index * 44, words, { color: index === 0 ? INK : FAINT }),
    `<line x1="${LEFT + 240}" y1="${BUDGET.head - 11 + index * 44}" x2="${LEFT + 288}" y2="${BUDGET.head - 11 + index * 44}" stroke="${color}" stroke-width="6"${dash}/>`,
  ];
}

function heightOf(budget: Budget): number {
  return round(BUDGET.top + BUDGET.height * (1 - shareLeft(budget)));
}

function dayCount({ from, to }: UptimeReport['period']): number {
  return Math.round((to - from) / 86_400_000);
}

const round = (length: number) => Math.round(length * 10) / 10;
