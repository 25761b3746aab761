import { expect, it } from 'vitest';
import { parseDutyPage } from '../../../src/domain/duty/command.ts';
import { dutyStandings, rankOf } from '../../../src/domain/duty/overview.ts';
import type { OperationsSpec } from '../../../src/domain/spec/types.ts';
import { aDuty, specWith, when } from '../../support/duty-spec.ts';
import { aRun } from '../../support/duty-story.ts';
import { minutesLater, now } from '../../support/incident-spec.ts';

const at = now.toISOString();
const duties = [
  aDuty({ key: 'fine', title: 'Fine', when: when({ every: 'day', at: '23:00' }) }),
  aDuty({ key: 'soon', title: 'Soon', when: when({ every: 'day', at: '16:00' }) }),
  aDuty({ key: 'due', owner: 'platform' }),
  aDuty({ key: 'missed' }),
  aDuty({ key: 'late' }),
  aDuty({ key: 'tried' }),
  aDuty({ key: 'ended-failed' }),
  aDuty({ key: 'unplugged', run: { action: 'sql.query', target: 'main', query: 'select 1', timeout: 1000 } }),
  aDuty({
    key: 'plugged',
    when: when({ every: 'day', at: '22:00' }),
    run: { action: 'http.get', target: 'api', path: '/', status: 200, timeout: 1000 },
  }),
];
const spec: OperationsSpec = {
  ...specWith(...duties),
  targets: { main: { kind: 'postgres', notConnected: 'Set URL.' }, api: { kind: 'http', url: 'http://localhost' } },
};
const tried = [
  { kind: 'run.due' },
  { kind: 'run.started', mode: 'run', why: 'due' },
  { kind: 'run.begun' },
  { kind: 'run.finished', outcome: 'failed', summary: 'exit code 1', output: '', took: 5 },
] as const;
const runs = [
  aRun({ duty: 'tried', dueAt: minutesLater(5).toISOString() }, tried),
  aRun({ duty: 'ended-failed' }, [...tried, { kind: 'run.failed' }]),
  aRun({ duty: 'due' }),
  aRun({ duty: 'missed' }, [{ kind: 'run.due' }, { kind: 'run.missed', asked: true }]),
  aRun({ duty: 'late' }, [{ kind: 'run.due' }, { kind: 'run.late', nextTellAt: at }]),
  aRun({ duty: 'fine' }, [{ kind: 'run.due' }, { kind: 'run.skipped', reason: 'No time' }]),
];

it('shows every duty, the worst first, the rest by what comes soonest', () => {
  const standings = dutyStandings(spec, runs, now);
  expect(standings.map((standing) => [standing.key, rankOf(standing)])).toEqual([
    ['ended-failed', 'failed'],
    ['tried', 'failed'],
    ['late', 'late'],
    ['missed', 'missed'],
    ['due', 'due'],
    ['unplugged', 'not connected'],
    ['soon', 'fine'],
    ['plugged', 'fine'],
    ['fine', 'fine'],
  ]);
});

it('says of each when it is in words, what comes, what came of it last and how it is carried out', () => {
  const of = (key: string) => dutyStandings(spec, runs, now).find((standing) => standing.key === key);
  expect(of('soon')).toMatchObject({
    when: 'Every day at 16:00 Europe/Paris',
    next: new Date('2026-11-21T15:00:00.000Z'),
    last: null,
    way: { kind: 'asked' },
  });
  expect(of('fine')?.last?.end).toMatchObject({ how: 'skipped', reason: 'No time' });
  expect(of('unplugged')?.way).toEqual({ kind: 'not connected', reason: 'Set URL.' });
  expect(of('plugged')?.way).toEqual({ kind: 'automated', action: 'http.get' });
});

it('shows those of one team alone', () => {
  expect(dutyStandings(spec, runs, now, ['platform']).map(({ key }) => key)).toEqual(['due']);
});

it.each([
  ['', null, 1],
  ['2', null, 2],
  ['dba', 'dba', 1],
  ['Database team page 3', 'dba', 3],
])('reads %j', (typed, owner, page) => {
  expect(parseDutyPage(typed, spec)).toEqual({ ok: true, value: { owner, page } });
});

it('names a word that is no team', () => {
  expect(parseDutyPage('dbaa 2', spec)).toMatchObject({
    problem: expect.stringMatching(/^"dbaa" is no team\..*A number is a page: `\/ops duties 2`\.$/),
  });
});
