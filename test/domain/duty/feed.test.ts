import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { feedBegins, teamFeed } from '../../../src/domain/duty/feed.ts';
import { feedText } from '../../../src/domain/duty/feed-text.ts';
import type { DutyRun } from '../../../src/domain/duty/run.ts';
import type { Duty } from '../../../src/domain/spec/duty.ts';
import { aDuty, specWith, when } from '../../support/duty-spec.ts';
import { aRun } from '../../support/duty-story.ts';
import { alice, now } from '../../support/incident-spec.ts';

/** The calendar of the database team, which is Alice's, as another program reads it. Paris is an hour ahead of UTC in winter. */
function events(duties: readonly Duty[], runs: readonly DutyRun[] = [], at = now) {
  const spec = specWith(...duties);
  const text = feedText(spec, 'dba', teamFeed(spec, 'dba', runs, at), at);
  return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((event) => {
    const value = (name: string) => event.getFirstPropertyValue(name)?.toString();
    const { uid, startDate, endDate, summary, description } = new ICAL.Event(event);
    return {
      uid,
      start: startDate.toJSDate().toISOString(),
      minutes: endDate.subtractDate(startDate).toSeconds() / 60,
      summary,
      description,
      stamp: value('dtstamp'),
      status: value('status'),
      sequence: value('sequence'),
    };
  });
}

const quarterly = aDuty({
  key: 'drill',
  title: 'Restore drill',
  when: when({ every: 'quarter', on: 'last day', at: '10:00' }),
});

describe('what comes', () => {
  it('is there for a year, each time with a name of its own that stays', () => {
    const found = events([quarterly]);
    expect(found.map(({ start }) => start)).toEqual([
      '2026-12-31T09:00:00.000Z',
      '2027-03-31T08:00:00.000Z',
      '2027-06-30T08:00:00.000Z',
      '2027-09-30T08:00:00.000Z',
    ]);
    const [first] = found;
    expect(first).toMatchObject({ summary: 'Restore drill', status: 'CONFIRMED', sequence: '0', minutes: 30 });
    expect(first?.uid).toMatch(/^drill-2026-12-31T10:00@[a-z-]+\.mainstay$/);
    const later = events([quarterly], [], new Date('2026-12-30T00:00:00Z'));
    expect(later[0]?.uid).toBe(first?.uid);
  });

  it('says when it is due where the team is, how long it is in time, and what is to be done', () => {
    expect(events([quarterly])[0]?.description).toBe(
      'Due 2026-12-31 10:00 (Europe/Paris), in time for 4 h.\n\n- Backups completed\n- Integrity checked',
    );
  });

  it('of other teams is not there', () => {
    expect(events([{ ...quarterly, owner: 'silent' }])).toEqual([]);
  });

  it('is there for two weeks only when it falls due more than twice a day', () => {
    expect(events([aDuty({ when: when({ every: '6 hours' }) })]).length).toBeLessThan(60);
    expect(events([aDuty({ when: when({ every: 'day', at: ['09:00', '17:00'] }) })]).length).toBeGreaterThan(700);
  });
});

describe('what became a run', () => {
  const daily = aDuty({ key: 'backups', when: when({ every: 'year', on: '21 november', at: '15:00' }) });
  const about = (run: DutyRun) => events([daily], [run])[0];

  it('is one event with its occurrence, and says how it stands', () => {
    expect(events([daily], [], new Date('2026-11-21T13:00:00Z'))[0]?.uid).toBe(about(aRun())?.uid);
    const uids = events([daily], [aRun()]).map(({ uid }) => uid);
    expect(new Set(uids).size).toBe(uids.length);
    expect(about(aRun())).toMatchObject({ summary: 'Due: Backup verification', sequence: '2' });
    expect(about(aRun({ takenBy: alice }))?.description).toContain('RUN-1 is due, with Alice.');
  });

  it.each([
    ['late', { kind: 'run.late', nextTellAt: null }, 'Late: Backup verification', 'CONFIRMED'],
    ['done', { kind: 'run.done', late: false, evidence: [] }, '✓ Backup verification', 'CONFIRMED'],
    ['skipped', { kind: 'run.skipped', reason: 'Freeze' }, 'Skipped: Backup verification', 'CANCELLED'],
    ['missed', { kind: 'run.missed', asked: true }, 'Missed: Backup verification', 'CONFIRMED'],
  ] as const)('%s', (_, event, summary, status) => {
    expect(about(aRun({}, [{ kind: 'run.due' }, event]))).toMatchObject({ summary, status });
  });

  it('says nothing of why people did what they did', () => {
    const run = aRun({}, [{ kind: 'run.due' }, { kind: 'run.skipped', reason: 'Bob is ill' }]);
    expect(about(run)?.description).not.toContain('ill');
  });
});

it('stays the same text all day while nothing happens, so that programs see it', () => {
  const spec = specWith(quarterly, aDuty());
  const text = (at: Date) => feedText(spec, 'dba', teamFeed(spec, 'dba', [], at), at);
  expect(text(new Date('2026-11-21T23:59:00Z'))).toBe(text(new Date('2026-11-21T15:00:00Z')));
  expect(text(new Date('2026-11-22T00:01:00Z'))).not.toBe(text(new Date('2026-11-21T15:00:00Z')));
});

it('goes back thirty whole days', () => {
  expect(feedBegins(now).toISOString()).toBe('2026-10-22T00:00:00.000Z');
});
