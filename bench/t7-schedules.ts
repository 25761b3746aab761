import { Cron } from 'croner';
import { parseWhen } from '../src/domain/duty/parse-when.ts';
import { nextOccurrence, occurrences } from '../src/domain/duty/recurrence.ts';
import type { When } from '../src/domain/duty/when.ts';
import { median, type Row, round } from './table.ts';

const DUTIES = 10_000;
const ROUNDS = 5;
const AFTER = new Date('2026-11-21T12:00:00Z');
const YEARS = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2035-12-31T23:59:59Z') };
const ZONES = ['UTC', 'Europe/Paris', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'];
/** What the documents ask for: daily, weekly, first and last weekdays, month's and quarter's ends. */
const LINES = [
  '0 6 * * *',
  '0 10 * * 1',
  '0 2 * * 0#1',
  '0 16 * * 5L',
  '0 9 L * *',
  '0 9 L 3,6,9,12 *',
  '0 10 * * 3#3',
];

interface Scheduled {
  readonly when: When;
  readonly zone: string;
  readonly cron: Cron;
}

/** T7: the next time of 10,000 duties, and a calendar of ten years, beside bare croner reading the same lines. */
export async function schedules(): Promise<Row[]> {
  const duties = Array.from({ length: DUTIES }, (_, n) => scheduled(n));
  const few = duties.slice(0, LINES.length * ZONES.length);
  return [
    compared(`T7 next time of ${DUTIES} duties`, DUTIES, {
      ours: () => duties.map(({ when, zone }) => nextOccurrence(when, { zone, after: AFTER })?.at),
      theirs: () => duties.map(({ cron }) => cron.nextRun(AFTER) ?? undefined),
    }),
    compared(`T7 ten years of ${few.length} duties`, 1, {
      ours: () => few.flatMap(({ when, zone }) => occurrences(when, { zone, ...YEARS }).map(({ at }) => at)),
      theirs: () => few.flatMap(({ cron }) => allOf(cron)),
    }),
  ];
}

/** The same line at a minute of its own, so that no two duties are alike. */
function scheduled(n: number): Scheduled {
  const line = (LINES[n % LINES.length] ?? '').replace(/^0/, String(n % 60));
  const zone = ZONES[Math.floor(n / LINES.length) % ZONES.length] ?? 'UTC';
  const read = parseWhen({ cron: line, timezone: zone });
  if (!read.ok) throw new Error(`${line} was not understood`);
  return { when: read.value, zone, cron: new Cron(line, { timezone: zone, paused: true, domAndDow: true }) };
}

function allOf(cron: Cron): Date[] {
  const all: Date[] = [];
  let at = cron.nextRun(new Date(YEARS.from.getTime() - 1));
  while (at !== null && at <= YEARS.to) {
    all.push(at);
    at = cron.nextRun(at);
  }
  return all;
}

interface Pair {
  ours(): (Date | undefined)[];
  theirs(): (Date | undefined)[];
}

/**
 * Both in turn, after one round that warms them up. Each operation is one time found, unless `operations` counts what was asked.
 * @throws when they do not give the same times: these lines are ones that croner reads rightly
 */
function compared(target: string, operations: number, { ours, theirs }: Pair): Row {
  const spent = { ours: [] as number[], theirs: [] as number[] };
  let found = 0;
  for (let turn = 0; turn <= ROUNDS; turn += 1) {
    const a = measured(ours);
    const b = measured(theirs);
    if (String(a.times.map(Number)) !== String(b.times.map(Number)))
      throw new Error(`${target}: croner finds other times`);
    found = a.times.length;
    if (turn === 0) continue;
    spent.ours.push(a.cpu);
    spent.theirs.push(b.cpu);
  }
  const each = operations === 1 ? found : operations;
  const [own, bare] = [median(spent.ours) / each, median(spent.theirs) / each];
  return {
    target: operations === 1 ? `${target} (${found} times)` : target,
    measured: `${round(own)} us CPU each`,
    limit: `croner ${round(bare)} us`,
    ratio: `${round(own / bare, 2)}x`,
    wanted: '<= 1.0x',
    met: own <= bare,
  };
}

/** Microseconds of CPU, user and system. */
function measured(work: () => (Date | undefined)[]): { readonly cpu: number; readonly times: (Date | undefined)[] } {
  const before = process.cpuUsage();
  const times = work();
  const { user, system } = process.cpuUsage(before);
  return { cpu: user + system, times };
}
