import { describe, expect, it } from 'vitest';
import { type Cycle, lookedBackOn, periodMark, periodName } from '../../../src/domain/digest/period.ts';
import { rollupVerdict } from '../../../src/domain/digest/rollup-due.ts';
import { dayOf } from '../../../src/domain/time/day.ts';
import { when } from '../../support/duty-spec.ts';

const PARIS = 'Europe/Paris';

describe('the period that is looked back on', () => {
  it.each<[string, Cycle, string, string]>([
    ['Monday tells of the week before', 'week', '2026-03-16', 'Week 11 of 2026'],
    ['Thursday still does', 'week', '2026-03-19', 'Week 11 of 2026'],
    ['Friday tells of its own week', 'week', '2026-03-20', 'Week 12 of 2026'],
    ['a week is of the year of its Thursday', 'week', '2027-01-03', 'Week 53 of 2026'],
    ['the first of a month tells of the month before', 'month', '2026-01-01', 'December 2025'],
    ['the last Friday of a month tells of the month', 'month', '2026-02-27', 'February 2026'],
    ['the first of a quarter tells of the quarter before', 'quarter', '2026-10-01', 'Q3 2026'],
    ['the last day of a quarter tells of it', 'quarter', '2026-12-31', 'Q4 2026'],
  ])('%s', (_what, cycle, day, expected) => {
    expect(periodName(lookedBackOn(cycle, dayOf(day), PARIS))).toBe(expected);
  });

  it('begins and ends at midnight where it is read, over a clock change too', () => {
    const { from, before } = lookedBackOn('month', dayOf('2026-03-31'), PARIS);
    expect([from, before]).toEqual([new Date('2026-02-28T23:00:00Z'), new Date('2026-03-31T22:00:00Z')]);
  });

  it('has a short name for a bar', () => {
    const marks = (['week', 'month', 'quarter'] as const).map((cycle) =>
      periodMark(lookedBackOn(cycle, dayOf('2026-11-29'), PARIS)),
    );
    expect(marks).toEqual(['W48', 'Nov', 'Q4']);
  });
});

describe('a look back', () => {
  const friday = when({ every: 'week', on: 'friday', at: '16:00' });
  it.each<[string, string, object]>([
    ['is said at its hour', '2026-03-20T15:00:00Z', { post: true, reason: 'on-time' }],
    ['is late after an outage over the weekend', '2026-03-23T07:00:00Z', { post: true, reason: 'late' }],
    ['is forgotten when the next one is nearer', '2026-03-26T07:00:00Z', { post: false, reason: 'not-due' }],
  ])('%s', (_what, at, expected) => {
    expect(rollupVerdict(friday, PARIS, new Date(at))).toMatchObject(expected);
  });

  it('that is late tells of the period it was due for', () => {
    const verdict = rollupVerdict(friday, PARIS, new Date('2026-03-24T07:00:00Z'));
    expect(verdict.post && periodName(verdict.period)).toBe('Week 12 of 2026');
  });
});
