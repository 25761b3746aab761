import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OperationsSpec } from '../../../src/domain/spec/types.ts';
import { apply } from '../../../src/domain/window/apply.ts';
import { beginWindow } from '../../../src/domain/window/begin.ts';
import { type Coverable, coverOf, windowsCovering } from '../../../src/domain/window/covering.ts';
import { decideExtend } from '../../../src/domain/window/extend.ts';
import { recurringTerms, windowsWithin } from '../../../src/domain/window/recurring.ts';
import type { MaintenanceWindow } from '../../../src/domain/window/window.ts';
import { DAY, HOUR, when } from '../../support/duty-spec.ts';
import { approve, aSpecWindow, look, newWindow, step, windowAt, windowSpec } from '../../support/window-story.ts';
import { IntlClock } from '../duty/intl-oracle.ts';

const MINUTE = 60_000;
const CHECKOUT: Coverable = { service: 'checkout', labels: null };
const at = (iso: string | Date, ms = 0) => new Date(new Date(iso).getTime() + ms);
const isCovered = (window: MaintenanceWindow, instant: Date, thing = CHECKOUT) =>
  windowsCovering([window], thing, instant).length > 0;

describe('what a window covers', () => {
  const scopes = [
    ['a check of its service', { labels: {} }, CHECKOUT, true],
    ['a check of another service', { labels: {} }, { service: 'payments', labels: null }, false],
    ['a check of no service', { labels: {} }, { service: null, labels: null }, false],
    ['an alert of its service', { labels: {} }, { service: 'checkout', labels: { env: 'test' } }, true],
    [
      'an alert that has its labels too',
      { labels: { env: 'prod' } },
      { service: 'checkout', labels: { env: 'prod' } },
      true,
    ],
    [
      'an alert with another label',
      { labels: { env: 'prod' } },
      { service: 'checkout', labels: { env: 'test' } },
      false,
    ],
    ['an alert that lacks its label', { labels: { env: 'prod' } }, { service: 'checkout', labels: {} }, false],
    ['a check of its service, which has no labels', { labels: { env: 'prod' } }, CHECKOUT, true],
    [
      'any alert with its labels where it names no service',
      { services: [], labels: { env: 'prod' } },
      { service: null, labels: { env: 'prod' } },
      true,
    ],
    ['no check where it names no service', { services: [], labels: { env: 'prod' } }, CHECKOUT, false],
    [
      'nothing where it names nothing',
      { services: [], labels: {} },
      { service: 'checkout', labels: { env: 'prod' } },
      false,
    ],
  ] as const;
  it.each(scopes)('%s', (_what, scope, thing, expected) => {
    const window = { ...windowAt('started').window, ...scope };
    expect(isCovered(window, at(window.startsAt, MINUTE), thing)).toBe(expected);
  });

  it('is covered from its time on, however late its beginning is noticed, and not before', () => {
    const { window } = windowAt('announced');
    expect(isCovered(window, at(window.startsAt, -1))).toBe(false);
    expect(isCovered(window, at(window.startsAt))).toBe(true);
  });

  it('is covered earlier when it is begun earlier, and no longer than until it is ended', () => {
    const { window } = windowAt('ended');
    const ended = window.ended?.at ?? '';
    expect(coverOf(window)).toEqual({ from: at(window.startsAt), to: at(ended) });
    expect(isCovered(window, at(ended, -1))).toBe(true);
    expect(isCovered(window, at(ended))).toBe(false);
  });

  it('is covered until the planned end, also when nobody ends it, and again once it is extended', () => {
    const story = windowAt('started');
    const { endsAt } = story.window;
    look(story, at(endsAt));
    expect(story.window.overranAt).not.toBeNull();
    expect(isCovered(story.window, at(endsAt))).toBe(false);
    story.now = at(endsAt, HOUR);
    step(story, (window, situation) =>
      decideExtend(window, { end: { by: HOUR }, reason: '', overlaps: [] }, situation),
    );
    expect(isCovered(story.window, story.now)).toBe(true);
    expect(isCovered(story.window, at(endsAt, 2 * HOUR))).toBe(false);
  });

  it('is not covered by one that waits for approval, or was cancelled', () => {
    const story = newWindow({}, windowSpec(aSpecWindow({ approval: 'everyone' })));
    const during = at(story.window.startsAt, MINUTE);
    expect(isCovered(story.window, during)).toBe(false);
    approve(story);
    expect(isCovered(story.window, during)).toBe(true);
    expect(isCovered(windowAt('cancelled').window, during)).toBe(false);
  });

  it('names the one that ends last first', () => {
    const { window } = windowAt('started');
    const longer = { ...window, number: 2, endsAt: at(window.endsAt, HOUR).toISOString() };
    const found = windowsCovering([window, longer], CHECKOUT, at(window.startsAt, MINUTE));
    expect(found.map(({ number }) => number)).toEqual([2, 1]);
  });
});

const ZONES = [
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Asia/Kathmandu',
  'Asia/Beirut',
];
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const clocks = new Map(ZONES.map((zone) => [zone, new IntlClock(zone)]));
const clockOf = (zone: string) => clocks.get(zone) ?? new IntlClock(zone);
const YEARS = { from: Date.parse('2024-01-01T00:00:00Z'), to: Date.parse('2031-01-01T00:00:00Z') };
/** Each change of the clocks; of a zone that has none, the nights on which others change. */
const NIGHTS = ZONES.flatMap((zone) => {
  const own = clockOf(zone).changes(YEARS.from, YEARS.to);
  const nights = own.length === 0 ? clockOf('Europe/Berlin').changes(YEARS.from, YEARS.to) : own;
  return nights.map((change) => ({ zone, change }));
});

/** The windows of a spec's recurring window around an instant, as they become windows and begin by themselves. */
function windowsAround(spec: OperationsSpec, instant: number): MaintenanceWindow[] {
  const [window] = spec.windows;
  const length = window?.duration ?? null;
  if (window === undefined || length === null) throw new Error('the spec has no recurring window');
  const around = { from: new Date(instant - 8 * DAY), to: new Date(instant + 8 * DAY) };
  return windowsWithin(spec, around).map(({ occurrence }, index) => {
    const terms = { ...recurringTerms({ window, length }, occurrence, spec), overlaps: [] };
    const situation = { actor: { kind: 'system', job: 'plan-windows' } as const, now: around.from, spec };
    return beginWindow(index + 1, terms, situation).events.reduce<MaintenanceWindow | null>(
      (state, draft, seq) =>
        apply(state, { ...draft, subject: `WIN-${index + 1}`, seq: seq + 1, kind: draft.body.kind }),
      null,
    );
  }) as MaintenanceWindow[];
}

describe('on every night when the clocks of six zones change', () => {
  const recurring = fc.record({
    night: fc.constantFrom(...NIGHTS),
    minute: fc.integer({ min: 0, max: 24 * 60 - 1 }),
    length: fc.integer({ min: 1, max: 6 * 60 }).map((minutes) => minutes * MINUTE),
    every: fc.constantFrom('day' as const, 'week' as const),
    shift: fc.integer({ min: -1, max: 1 }),
  });

  it('a recurring window covers its time exactly: from its start to its end, as long as ever, once', () => {
    fc.assert(
      fc.property(recurring, ({ night: { zone, change }, minute, length, every, shift }) => {
        const clock = clockOf(zone);
        const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
        const day = new Date(Date.parse(`${clock.reading(change).slice(0, 10)}T12:00:00Z`) + shift * DAY);
        const on = every === 'week' ? { on: DAYS[day.getUTCDay()] } : {};
        const spec = windowSpec(
          aSpecWindow({ when: when({ every, ...on, at: time, timezone: zone }), duration: length }),
        );
        const windows = windowsAround(spec, change);
        const begins = clock.instantOf(`${day.toISOString().slice(0, 10)} ${time}`);
        const covered = (instant: number) => windowsCovering(windows, CHECKOUT, new Date(instant)).length;
        const [own, ...others] = windows.filter(({ startsAt }) => Date.parse(startsAt) === begins);
        expect(others).toEqual([]);
        if (own === undefined) throw new Error(`${zone} has none at ${day.toISOString()} ${time}`);
        expect(Date.parse(own.endsAt) - Date.parse(own.startsAt)).toBe(length);
        expect([begins - 1, begins, begins + length - 1, begins + length].map(covered)).toEqual([0, 1, 1, 0]);
      }),
      { numRuns: 120 },
    );
  });

  it('Sundays 02:00 to 04:00 are two hours each, also where 02:00 does not exist or exists twice', () => {
    for (const { zone, change } of NIGHTS) {
      const sunday = when({ every: 'week', on: 'sunday', at: '02:00', timezone: zone });
      const windows = windowsAround(windowSpec(aSpecWindow({ when: sunday, duration: 2 * HOUR })), change);
      expect(windows.length).toBeGreaterThanOrEqual(2);
      for (const [index, window] of windows.entries()) {
        const span = coverOf(window);
        if (span === null) throw new Error('never covered');
        expect(span.to.getTime() - span.from.getTime()).toBe(2 * HOUR);
        // Never a day long: between two of them nothing is covered.
        const next = windows[index + 1];
        if (next !== undefined) expect(Date.parse(next.startsAt) - span.to.getTime()).toBeGreaterThan(6 * DAY);
      }
    }
  });
});

describe('the two faults of a tool that counts from midnight', () => {
  it('23:00 is 23:00 also on the day that has 23 hours, and on the one that has 25', () => {
    const nightly = when({ every: 'day', at: '23:00', timezone: 'America/New_York' });
    const spec = windowSpec(aSpecWindow({ when: nightly, duration: HOUR }));
    for (const [wrong, right] of [
      ['2026-03-09T04:30:00Z', '2026-03-09T03:30:00Z'],
      ['2026-11-02T03:30:00Z', '2026-11-02T04:30:00Z'],
    ] as const) {
      const windows = windowsAround(spec, Date.parse(right));
      expect(windowsCovering(windows, CHECKOUT, new Date(right))).toHaveLength(1);
      expect(windowsCovering(windows, CHECKOUT, new Date(wrong))).toHaveLength(0);
    }
  });

  it('a window over midnight belongs to the evening before: the weekday on which it ends has none of its own', () => {
    const saturday = when({ every: 'week', on: 'saturday', at: '23:00', timezone: 'Europe/Berlin' });
    const windows = windowsAround(
      windowSpec(aSpecWindow({ when: saturday, duration: 4 * HOUR })),
      Date.parse('2026-03-29T01:00:00Z'),
    );
    const covered = (iso: string) => windowsCovering(windows, CHECKOUT, new Date(iso)).length;
    // Sunday 00:30, and 03:59 by clocks that skipped an hour; then Sunday 23:30.
    expect(
      ['2026-03-28T23:30:00Z', '2026-03-29T01:59:00Z', '2026-03-29T02:00:00Z', '2026-03-29T21:30:00Z'].map(covered),
    ).toEqual([1, 1, 0, 0]);
  });
});
