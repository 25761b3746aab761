import { describe, expect, it } from 'vitest';
import { parsePlan } from '../../../src/domain/window/command.ts';
import { recurringTerms, windowStep, windowsWithin } from '../../../src/domain/window/recurring.ts';
import { DAY, HOUR, when } from '../../support/duty-spec.ts';
import { aSpecWindow, windowSpec } from '../../support/window-story.ts';

/**
 * Nights on which the clocks change, in six zones: Kathmandu has none, and is there so that nothing is moved that should
 * not be. `at` is what the spec or a person wrote; begin and end are worked out by hand.
 */
const NIGHTS: readonly [zone: string, at: string, length: number, begins: string, ends: string, why: string][] = [
  ['America/New_York', '2026-03-08 02:30', 2, '2026-03-08T07:00:00Z', '2026-03-08T09:00:00Z', 'begins in the gap'],
  ['America/New_York', '2026-03-08 01:00', 3, '2026-03-08T06:00:00Z', '2026-03-08T09:00:00Z', 'spans the gap'],
  ['America/New_York', '2026-11-01 01:30', 2, '2026-11-01T05:30:00Z', '2026-11-01T07:30:00Z', 'the first of two 01:30'],
  ['America/New_York', '2026-11-01 00:30', 3, '2026-11-01T04:30:00Z', '2026-11-01T07:30:00Z', 'spans the hour twice'],
  ['Europe/Berlin', '2026-03-29 02:00', 2, '2026-03-29T01:00:00Z', '2026-03-29T03:00:00Z', 'begins in the gap'],
  ['Europe/Berlin', '2026-03-28 23:00', 6, '2026-03-28T22:00:00Z', '2026-03-29T04:00:00Z', 'over midnight and the gap'],
  ['Europe/Berlin', '2026-10-25 02:00', 2, '2026-10-25T00:00:00Z', '2026-10-25T02:00:00Z', 'the first of two 02:00'],
  ['Europe/Berlin', '2026-10-25 04:00', 2, '2026-10-25T03:00:00Z', '2026-10-25T05:00:00Z', 'after the change'],
  ['Asia/Beirut', '2026-03-29 00:00', 2, '2026-03-28T22:00:00Z', '2026-03-29T00:00:00Z', 'midnight is in the gap'],
  ['Asia/Beirut', '2026-03-29 02:00', 2, '2026-03-28T23:00:00Z', '2026-03-29T01:00:00Z', 'after a gap at midnight'],
  ['Asia/Beirut', '2026-10-24 23:30', 2, '2026-10-24T20:30:00Z', '2026-10-24T22:30:00Z', 'the first of two 23:30'],
  [
    'Australia/Lord_Howe',
    '2026-10-04 02:15',
    2,
    '2026-10-03T15:30:00Z',
    '2026-10-03T17:30:00Z',
    'a gap of half an hour',
  ],
  ['Australia/Lord_Howe', '2026-04-05 01:45', 1, '2026-04-04T14:45:00Z', '2026-04-04T15:45:00Z', 'half an hour twice'],
  ['Antarctica/Troll', '2026-03-29 02:00', 2, '2026-03-29T01:00:00Z', '2026-03-29T03:00:00Z', 'a gap of two hours'],
  ['Antarctica/Troll', '2026-10-25 02:00', 2, '2026-10-25T00:00:00Z', '2026-10-25T02:00:00Z', 'two hours twice'],
  ['Asia/Kathmandu', '2026-03-29 02:00', 2, '2026-03-28T20:15:00Z', '2026-03-28T22:15:00Z', 'no change, 5:45 ahead'],
];
const iso = (instant: Date | string) => new Date(instant).toISOString();

describe('on a night when the clocks change', () => {
  it.each(NIGHTS)('in %s at %s, %i h: from %s to %s (%s)', (timezone, at, length, begins, ends) => {
    const [day = '', time = ''] = at.split(' ');
    const window = aSpecWindow({ when: when({ every: 'day', at: time, timezone }), duration: length * HOUR });
    const spec = windowSpec(window);
    const from = new Date(Date.parse(begins) - 12 * HOUR);
    const entries = windowsWithin(spec, { from, to: new Date(from.getTime() + DAY) });
    const entry = entries.find(({ occurrence }) => occurrence.key === `${day}T${time}`);
    if (entry === undefined) throw new Error(`there is none at ${at}`);
    const terms = recurringTerms({ window, length: length * HOUR }, entry.occurrence, spec);
    expect([iso(terms.startsAt), iso(terms.endsAt)]).toEqual([iso(begins), iso(ends)]);

    const typed = parsePlan(`checkout ${at} ${length}h Work`, spec, from, timezone);
    expect(typed.ok && typed.value.startsAt).toEqual(new Date(begins));
  });

  it('each night has its window exactly once, and every one is as long as the others', () => {
    for (const timezone of new Set(NIGHTS.map(([zone]) => zone))) {
      const window = aSpecWindow({ when: when({ every: 'day', at: '02:15', timezone }), duration: 2 * HOUR });
      const year = { from: new Date('2026-01-01T12:00:00Z'), to: new Date('2027-01-01T12:00:00Z') };
      const entries = windowsWithin(windowSpec(window), year);
      expect(entries).toHaveLength(365);
      expect(new Set(entries.map(({ occurrence }) => occurrence.key)).size).toBe(365);
      for (const { occurrence, endsAt } of entries) expect(endsAt.getTime() - occurrence.at.getTime()).toBe(2 * HOUR);
    }
  });
});

describe('what other tools get wrong', () => {
  it('a start is a time on the clock, not so long after midnight: after the gap it is not an hour late', () => {
    const window = aSpecWindow({
      when: when({ every: 'day', at: '23:00', timezone: 'America/New_York' }),
      duration: HOUR,
    });
    const spring = { from: new Date('2026-03-08T12:00:00Z'), to: new Date('2026-03-09T12:00:00Z') };
    const autumn = { from: new Date('2026-11-01T12:00:00Z'), to: new Date('2026-11-02T12:00:00Z') };
    // Midnight and 23 hours would be 00:00 the day after in spring, and 22:00 in autumn.
    const begins = [spring, autumn].map((span) => windowsWithin(windowSpec(window), span)[0]?.occurrence.at);
    expect(begins).toEqual([new Date('2026-03-09T03:00:00Z'), new Date('2026-11-02T04:00:00Z')]);
  });

  it('a window over midnight is still the one of the evening before, though that weekday is over', () => {
    const window = aSpecWindow({
      when: when({ every: 'week', on: 'saturday', at: '23:00', timezone: 'Europe/Berlin' }),
      duration: 4 * HOUR,
    });
    // The night of the spring change, Sunday 00:30 and the last instant before the end.
    for (const instant of ['2026-03-28T23:30:00Z', '2026-03-29T01:59:59Z']) {
      const at = new Date(instant);
      const within = windowsWithin(windowSpec(window), { from: at, to: new Date(at.getTime() + 1) });
      expect(within.map(({ occurrence }) => occurrence.key)).toEqual(['2026-03-28T23:00']);
    }
    const over = new Date('2026-03-29T02:00:00Z');
    expect(windowsWithin(windowSpec(window), { from: over, to: new Date(over.getTime() + 1) })).toEqual([]);
  });

  it('a recurring one comes again, also after the night on which the clock skipped it', () => {
    const window = aSpecWindow({
      when: when({ every: 'week', on: 'sunday', at: '02:30', timezone: 'America/New_York' }),
      duration: HOUR,
      announceBefore: [],
    });
    const spec = windowSpec(window);
    const plans = [{ key: window.key, through: '2026-03-01T12:00:00.000Z', goneSince: null, basis: null }];
    const step = windowStep(spec, plans, new Date('2026-03-22T12:00:00Z'));
    expect(step.occurrences.map(({ occurrence }) => iso(occurrence.at))).toEqual([
      '2026-03-08T07:00:00.000Z',
      '2026-03-15T06:30:00.000Z',
      '2026-03-22T06:30:00.000Z',
    ]);
  });
});
