import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUptimeStore } from '../../../src/adapters/postgres/uptime-store.ts';
import type { Answer } from '../../../src/domain/health/sample.ts';
import type { OperationsSpec } from '../../../src/domain/spec/types.ts';
import { serviceDays } from '../../../src/usecases/uptime/service-days.ts';
import { storeHarness } from '../../adapters/postgres/store-harness.ts';
import { aCheck, specWithChecks } from '../../support/check-story.ts';
import { countMinutes, type SimulatedCheck, type Simulation } from '../../support/uptime-minutes.ts';
import { recordIncident, recordLooks, recordWindow } from '../../support/uptime-record.ts';
import { anSlo, type IncidentMoves, type Look, type WindowMoves } from '../../support/uptime-story.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ZONE = 'Europe/Paris';
/** The fourth quarter of 2026 in Paris, in which a day has 25 hours. Nearly over. */
const FIRST = Date.parse('2026-09-30T22:00:00Z');
const NOW = Date.parse('2026-12-31T22:40:00Z');
const DAYS = 92;

/** Chance that is the same in every run. */
function chance(seed: number): () => number {
  let value = seed;
  return () => {
    value = (Math.imul(value, 1664525) + 1013904223) >>> 0;
    return value / 2 ** 32;
  };
}

/** Nights without Mainstay, in which no check was asked. */
const AWAY = [
  { from: Date.parse('2026-10-25T00:30:00Z'), to: Date.parse('2026-10-25T01:45:00Z') },
  { from: Date.parse('2026-11-14T20:00:00Z'), to: Date.parse('2026-11-16T03:10:00Z') },
  ...[1, 2, 3, 4, 5, 6].map((week) => {
    const from = Date.parse('2026-11-17T05:00:00Z') + week * 7 * DAY;
    return { from, to: from + (2 + week) * HOUR };
  }),
];

function simulate(every: number, failAfter: number, recoverAfter: number, dice: () => number): SimulatedCheck {
  const looks: Look[] = [];
  let bad = 0;
  for (let at = FIRST - 2 * DAY; at <= NOW; at += every) {
    if (bad === 0 && dice() < 0.01) bad = Math.ceil(dice() * 12);
    const answer: Answer = bad > 0 ? 'failing' : dice() < 0.003 ? 'could-not-tell' : 'ok';
    bad = Math.max(0, bad - 1);
    const isLate = dice() < 0.01;
    if (!AWAY.some(({ from, to }) => at >= from && at < to)) looks.push({ at: isLate ? at + MINUTE : at, answer });
  }
  return { looks, every, failAfter, recoverAfter };
}

const at = (instant: string) => Date.parse(instant);
const incidents: IncidentMoves[] = [
  {
    declared: at('2026-10-25T00:10:00Z'),
    moves: [
      { at: at('2026-10-25T00:20:00Z'), what: 'SEV2' },
      { at: at('2026-10-25T00:50:00Z'), what: 'SEV1' },
      { at: at('2026-10-25T02:05:00Z'), what: 'resolved' },
      { at: at('2026-10-25T03:00:00Z'), what: 'reopened' },
      { at: at('2026-10-25T03:30:00Z'), what: 'resolved' },
    ],
  },
  {
    service: 'payments',
    declared: at('2026-11-02T10:00:00Z'),
    moves: [{ at: at('2026-11-02T10:00:00Z'), what: 'SEV1' }],
  },
  { declared: at('2026-12-31T22:00:00Z'), moves: [{ at: at('2026-12-31T22:05:00Z'), what: 'SEV1' }] },
];
const windows: WindowMoves[] = [
  ...[0, 1, 2, 3].map((week) => {
    const startsAt = at('2026-10-25T01:00:00Z') + week * 14 * DAY;
    const planned = startsAt - 7 * DAY;
    const span = { startsAt, endsAt: startsAt + 2 * HOUR, started: { at: startsAt } };
    return { planned, announced: planned + MINUTE, ...span, ended: startsAt + (90 + 30 * week) * MINUTE };
  }),
  {
    ...{
      planned: at('2026-12-01T08:00:00Z'),
      startsAt: at('2026-12-01T08:10:00Z'),
      endsAt: at('2026-12-01T08:40:00Z'),
    },
    ...{ started: { at: at('2026-12-01T08:00:00Z'), saidAt: at('2026-12-01T08:15:00Z') } },
    extended: [{ at: at('2026-12-01T08:50:00Z'), to: at('2026-12-01T09:30:00Z') }],
  },
  {
    planned: FIRST,
    startsAt: at('2026-12-05T10:00:00Z'),
    endsAt: at('2026-12-05T20:00:00Z'),
    cancelled: at('2026-12-05T09:00:00Z'),
  },
  {
    ...{ services: ['payments'], planned: FIRST, announced: FIRST + MINUTE },
    ...{
      startsAt: at('2026-12-06T10:00:00Z'),
      endsAt: at('2026-12-06T20:00:00Z'),
      started: { at: at('2026-12-06T10:00:00Z') },
    },
  },
];

let harness: Awaited<ReturnType<typeof storeHarness>>;
let simulation: Simulation;
let spec: OperationsSpec;

beforeAll(async () => {
  harness = await storeHarness();
  const dice = chance(42);
  const checks = [simulate(15 * MINUTE, 2, 2, dice), simulate(30 * MINUTE, 1, 1, dice)];
  const ours = <Moves extends { readonly service?: string; readonly services?: readonly string[] }>(
    all: readonly Moves[],
  ) => all.filter((one) => (one.service ?? one.services?.[0] ?? 'checkout') === 'checkout');
  simulation = { checks, incidents: ours(incidents), windows: ours(windows), severities: ['SEV1'] };
  const asked = checks.map((check, index) => aCheck({ key: `check-${index}`, ...check, service: 'checkout' }));
  spec = { ...specWithChecks(...asked), timezone: ZONE, slo: [anSlo({ checks: ['check-0', 'check-1'] })] };

  const { pool } = harness.db;
  for (const moves of incidents) await recordIncident(harness.store, moves);
  for (const moves of windows) await recordWindow(harness.store, moves);
  const uptime = createUptimeStore(harness.db);
  // The quarter as it goes by: answers come, days are kept, and what is older than a month is deleted.
  for (let from = FIRST - 3 * DAY; from < NOW; from += 10 * DAY) {
    const before = from + 10 * DAY;
    for (const [index, { looks, every }] of checks.entries()) {
      await recordLooks(
        pool,
        `check-${index}`,
        every,
        looks.filter((look) => look.at >= from && look.at < before),
      );
    }
    const end = new Date(Math.min(before, NOW));
    await uptime.keepAnswers(end);
    await pool.query('delete from "CheckSample" where at < $1', [new Date(end.getTime() - 30 * DAY)]);
  }
});
afterAll(() => harness.close());

describe('a quarter', () => {
  it('is on each of its days what every minute of it was, asked by itself', async () => {
    const deps = {
      uptime: createUptimeStore(harness.db),
      clock: { now: () => new Date(NOW) },
      spec: { current: () => spec },
    };
    const [checkout] = await serviceDays(deps, { days: DAYS });
    const wall = daysOnTheWall();
    const minutes = countMinutes(simulation, wall, NOW);
    const expected = minutes.map((counted, index) => ({ day: wall[index]?.day, ...counted }));
    expect(checkout).toEqual({ service: 'checkout', days: expected });
    expect(expected).toHaveLength(DAYS);
    const autumn = expected.find(({ day }) => day === '2026-10-25');
    expect((autumn?.up ?? 0) + (autumn?.down ?? 0) + (autumn?.excluded ?? 0) + (autumn?.unknown ?? 0)).toBe(25 * HOUR);
    // It has something of everything, or it would show little.
    for (const kind of ['up', 'down', 'excluded', 'unknown'] as const) {
      expect(expected.reduce((sum, day) => sum + day[kind], 0)).toBeGreaterThan(2 * HOUR);
    }
    const { rows } = await harness.db.pool.query('select 1 from "CheckSample" where at < $1', [
      new Date(NOW - 31 * DAY),
    ]);
    expect(rows).toEqual([]);
  });
});

/** The days as clocks in the zone show them, found by asking each hour which day it is. */
function daysOnTheWall(): { day: string; from: number; to: number }[] {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: ZONE,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const days: { day: string; from: number; to: number }[] = [];
  for (let hour = FIRST; hour < NOW; hour += HOUR) {
    const day = format.format(hour);
    const last = days.at(-1);
    const to = Math.min(hour + HOUR, NOW);
    if (last?.day === day) last.to = to;
    else days.push({ day, from: hour, to });
  }
  return days;
}
