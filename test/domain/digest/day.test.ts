import { describe, expect, it } from 'vitest';
import { digestBefore, digestVerdict } from '../../../src/domain/digest/day.ts';
import type { Digest } from '../../../src/domain/spec/digest.ts';
import { dayOf } from '../../../src/domain/time/day.ts';
import { incidentSpec } from '../../support/incident-spec.ts';

const NINE = { hour: 9, minute: 0 };
const asked = (digest: Partial<Digest> = {}): Digest => ({
  at: NINE,
  days: 'working days',
  sections: ['duties'],
  rollups: [],
  ...digest,
});
/** Paris; Christmas is a holiday each year, and so is Easter Monday of 2026. */
const spec = {
  ...incidentSpec,
  holidays: [
    { name: 'Christmas', on: { day: 25, month: 12 } },
    { name: 'Easter Monday', on: '2026-04-06' },
  ],
};
const verdict = (at: string, digest: Partial<Digest> = {}) => digestVerdict(asked(digest), spec, new Date(at));

describe('the digest of a day', () => {
  it.each<[string, string, Partial<Digest>, object]>([
    ['is said at its hour in Paris', '2026-03-18T08:00:00Z', {}, { post: true, reason: 'on-time', day: '2026-03-18' }],
    ['waits for its hour', '2026-03-18T07:59:59Z', {}, { post: false, reason: 'too-early' }],
    ['is an hour earlier in UTC in summer', '2026-07-15T07:00:00Z', {}, { post: true, reason: 'on-time' }],
    ['is late after an outage of the same day', '2026-03-18T15:00:00Z', {}, { post: true, reason: 'late' }],
    ['is still late a minute before midnight', '2026-03-18T22:59:00Z', {}, { post: true, day: '2026-03-18' }],
    ['is not made up for on the next day', '2026-03-18T23:01:00Z', {}, { post: false, reason: 'too-early' }],
    ['is not said on a Saturday', '2026-03-21T12:00:00Z', {}, { post: false, reason: 'not-on-this-weekday' }],
    ['is not said on a holiday of one year', '2026-04-06T12:00:00Z', {}, { post: false, reason: 'holiday' }],
    ['is said on that day of the next year', '2027-04-06T12:00:00Z', {}, { post: true }],
    ['is not said on a holiday of every year', '2028-12-25T12:00:00Z', {}, { post: false, reason: 'holiday' }],
    ['goes by named weekdays, holidays among them', '2026-12-25T12:00:00Z', { days: ['friday'] }, { post: true }],
    ['and not by others', '2026-12-24T12:00:00Z', { days: ['friday'] }, { post: false, reason: 'not-on-this-weekday' }],
    [
      'goes by its own zone: it is already Wednesday in Auckland',
      '2026-03-17T20:00:00Z',
      { timezone: 'Pacific/Auckland' },
      { post: true, reason: 'on-time', day: '2026-03-18' },
    ],
    [
      'that the clock skips is said after the gap',
      '2026-03-29T01:00:00Z',
      { at: { hour: 2, minute: 30 }, days: ['sunday'] },
      { post: true, reason: 'on-time', dueAt: new Date('2026-03-29T01:00:00Z') },
    ],
    [
      'that the clock shows twice is due the first time',
      '2026-10-25T00:30:00Z',
      { at: { hour: 2, minute: 30 }, days: ['sunday'] },
      { post: true, reason: 'on-time', dueAt: new Date('2026-10-25T00:30:00Z') },
    ],
  ])('%s', (_what, at, digest, expected) => {
    expect(verdict(at, digest)).toMatchObject(expected);
  });

  it.each<[string, string, Partial<Digest>, string]>([
    ['the day before', '2026-03-18', {}, '2026-03-17T08:00:00Z'],
    ['Friday, on a Monday', '2026-03-16', {}, '2026-03-13T08:00:00Z'],
    ['the last working day, after Easter', '2026-04-07', {}, '2026-04-03T07:00:00Z'],
    ['a week before', '2026-03-18', { days: ['wednesday'] }, '2026-03-11T08:00:00Z'],
  ])('tells what changed since %s', (_what, day, digest, expected) => {
    expect(digestBefore(asked(digest), spec, dayOf(day))).toEqual(new Date(expected));
  });
});
