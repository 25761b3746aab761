import { describe, expect, it } from 'vitest';
import {
  namesTimeOfDay,
  parseCalendar,
  parseHistory,
  parseRun,
  parseSnooze,
  parseTeam,
} from '../../../src/domain/duty/command.ts';
import { typedEvidence } from '../../../src/domain/duty/evidence.ts';
import { soonest } from '../../../src/domain/time/soonest.ts';
import { aDuty, specWith } from '../../support/duty-spec.ts';
import { now } from '../../support/incident-spec.ts';

const spec = specWith(aDuty());

describe('which run is meant', () => {
  it.each([
    ['RUN-12', 12, ''],
    ['run12: all whole', 12, 'all whole'],
    ['Run-3, see https://x.example', 3, 'see https://x.example'],
    ['all whole, run-3 too', null, 'all whole, run-3 too'],
    ['run-away', null, 'run-away'],
    ['RUN-99999999999 all whole', 99_999_999_999, 'all whole'],
    ['', null, ''],
  ])('%j', (typed, run, text) => {
    expect(parseRun(typed)).toEqual({ run, text });
  });
});

describe('the calendar', () => {
  it.each([
    ['', null, 7],
    ['dba', 'dba', 7],
    ['30', null, 30],
    ['dba 30 days', 'dba', 30],
    ['30d DBA', 'dba', 30],
  ])('of %j', (typed, owner, days) => {
    expect(parseCalendar(typed, spec)).toEqual({ ok: true, value: { owner, days } });
  });

  it.each([
    ['0', '"0" is no number of days the calendar shows. Write one from 1 to 400.'],
    ['9999', '"9999" is no number of days'],
    [
      'dab',
      '"dab" is no team. The spec has `platform`, `managers`, `dba`, `silent`. Did you mean `dba`? A number is days',
    ],
  ])('of %j is refused', (typed, sentence) => {
    expect(parseCalendar(typed, spec)).toMatchObject({ ok: false, problem: expect.stringContaining(sentence) });
  });
});

it('a team is known by its key and by its name', () => {
  expect(parseTeam(' Database Team ', spec)).toEqual({ ok: true, value: 'dba' });
});

it('a history is that of a duty, of a team or of everything', () => {
  expect(parseHistory('', spec)).toEqual({ ok: true, value: { duty: null, owner: null } });
  expect(parseHistory('backup verification', spec)).toEqual({ ok: true, value: { duty: 'backups', owner: null } });
  expect(parseHistory('dba', spec)).toEqual({ ok: true, value: { duty: null, owner: 'dba' } });
  expect(parseHistory('bakups', spec)).toMatchObject({ problem: expect.stringContaining('Did you mean `backups`?') });
});

describe('a snooze', () => {
  it.each([
    ['2h', '2026-11-21T16:00:00.000Z'],
    ['for 1h 30m', '2026-11-21T15:30:00.000Z'],
    ['until 16:30', '2026-11-21T15:30:00.000Z'],
    ['14.05', '2026-11-22T13:05:00.000Z'],
  ])('%s is in the zone of the speaker', (typed, at) => {
    expect(parseSnooze(typed, now, 'Europe/Paris')).toEqual({ ok: true, value: new Date(at) });
  });

  it('without a time is asked for', () => {
    expect(parseSnooze(' ', now, null)).toEqual({ ok: true, value: null });
  });

  it.each([
    ['tomorrow', '"tomorrow" says no time. Write `2h`, `1d` or `until 16:30`.'],
    ['0m', '"0m" says no time.'],
    ['2', '"2" says no time.'],
    ['9999d', '"9999d" is too far ahead.'],
    ['25:00', '"25:00" is not a time of day.'],
  ])('%s is refused', (typed, sentence) => {
    expect(parseSnooze(typed, now, 'UTC')).toMatchObject({ ok: false, problem: expect.stringContaining(sentence) });
  });

  it('until a time of day is refused where nobody knows the zone, rather than guessed', () => {
    expect(namesTimeOfDay('until 16:30')).toBe(true);
    expect(namesTimeOfDay('2h')).toBe(false);
    expect(parseSnooze('16:30', now, null)).toMatchObject({ problem: expect.stringContaining('which time zone') });
  });
});

it('the soonest time that spring skips is the first instant after the gap', () => {
  const before = new Date('2026-03-29T00:30:00Z');
  expect(soonest({ hour: 2, minute: 30 }, 'Europe/Paris', before)).toEqual(new Date('2026-03-29T01:00:00Z'));
});

it('evidence that was typed is its words, and each address by itself', () => {
  expect(typedEvidence('')).toEqual([]);
  expect(typedEvidence('All whole')).toEqual([{ kind: 'text', value: 'All whole' }]);
  const typed =
    'All whole, see <https://example.com/a?b=1&c=2|the report> and https://acme.slack.com/files/U1/F1/x.pdf';
  expect(typedEvidence('https://example.com')).toEqual([{ kind: 'link', value: 'https://example.com' }]);
  expect(typedEvidence(typed)).toEqual([
    { kind: 'text', value: typed },
    { kind: 'link', value: 'https://example.com/a?b=1&c=2' },
    { kind: 'file', value: 'https://acme.slack.com/files/U1/F1/x.pdf' },
  ]);
});
