import { describe, expect, it } from 'vitest';
import { concerns, type DigestFacts } from '../../../src/domain/digest/facts.ts';
import type { Attempt, AttemptOutcome } from '../../../src/domain/duty/attempt.ts';
import type { DutyRun } from '../../../src/domain/duty/run.ts';
import type { CalendarEntry } from '../../../src/domain/duty/upcoming.ts';
import type { Incident } from '../../../src/domain/incident/state.ts';
import type { DigestSectionName } from '../../../src/domain/spec/digest.ts';
import { digestOf } from '../../support/digest-facts.ts';
import { alice, bob, incidentSpec } from '../../support/incident-spec.ts';
import { incidentOf, storyAt } from '../../support/incident-story.ts';
import { runAt } from '../../support/run-story.ts';

const run = (number: number, status: DutyRun['status'], more: Partial<DutyRun> = {}): DutyRun => ({
  ...runAt(status).run,
  number,
  title: `Duty ${number}`,
  dueAt: `2026-03-18T0${number % 10}:00:00.000Z`,
  ...more,
});
const incident = (number: number, more: Partial<Incident> = {}): Incident => ({
  ...incidentOf(storyAt('mitigating')),
  number,
  title: `Incident ${number}`,
  nextUpdateDueAt: null,
  ...more,
});
const entry = (duty: string, at: string): CalendarEntry => ({
  duty,
  title: duty,
  owner: 'dba',
  at: new Date(at),
  local: '',
  zone: 'Europe/Paris',
});
/** A try of Mainstay that ended so; null for one that runs. */
const anAttempt = (outcome: AttemptOutcome | null, mode: Attempt['mode'] = 'run'): Attempt => ({
  number: 1,
  mode,
  why: 'due',
  by: { kind: 'system', job: 'test' },
  startedAt: '2026-03-18T02:00:00.000Z',
  begunAt: '2026-03-18T02:00:00.000Z',
  finished:
    outcome === null
      ? null
      : { at: '2026-03-18T02:01:00.000Z', outcome, summary: '', excerpt: '', more: false, took: 60_000 },
});
/** What a section says, a line each: its mark, its subject or title, what is said of it. */
function said(name: DigestSectionName, facts: Partial<DigestFacts>): string[] {
  const found = digestOf(facts, [name]).sections[0];
  return (found?.lines ?? []).map((line) => `${line.mark} ${line.subject ?? line.title}: ${line.said}`);
}
const runs = (open: DutyRun[], ended: DutyRun[] = []) => ({ runs: { open, ended } });
const incidents = (some: Partial<DigestFacts['incidents']>) => ({
  incidents: { open: [], owed: [], changed: [], ...some },
});

describe('the section of duties', () => {
  it('has what is late first, then what is due, then what is to come, each the oldest first', () => {
    const open = [run(3, 'due'), run(2, 'late'), run(4, 'late'), run(9, 'planned')];
    const coming = [entry('rotation', '2026-03-18T20:00:00Z')];
    expect(said('duties', { ...runs(open), coming })).toEqual([
      'late RUN-2: late, due',
      'late RUN-4: late, due',
      'due RUN-3: due since',
      'coming RUN-9: due',
      'coming rotation: due',
    ]);
  });

  it('has first of all what Mainstay tried and could not do', () => {
    const tried = (number: number, outcome: AttemptOutcome | null) =>
      run(number, 'due', { attempt: anAttempt(outcome) });
    const open = [run(1, 'late'), tried(2, 'could-not-run'), tried(3, 'failed'), tried(4, null)];
    expect(said('duties', runs(open))).toEqual([
      'failed RUN-3: failed, due',
      'not-run RUN-2: could not run, due',
      'late RUN-1: late, due',
      'due RUN-4: is being run, due since',
    ]);
    expect(digestOf(runs(open)).sections[0]?.sum).toBe('1 failed, 1 not run, 1 late, 1 due');
    const preview = run(5, 'due', { attempt: anAttempt('succeeded', 'preview'), declined: null, agreed: null });
    expect(said('duties', runs([preview]))).toEqual(['due RUN-5: waits for approval, due since']);
  });

  it('says once what comes several times, and what is planned already', () => {
    const planned = run(9, 'planned', { duty: 'hourly' });
    const coming = ['09', '10', '11'].map((hour) => entry('hourly', `2026-03-18T${hour}:00:00Z`));
    expect(said('duties', { ...runs([planned]), coming })).toEqual(['coming Duty 9: 3 times, first']);
  });

  it('leaves out what is announced and due on another day', () => {
    expect(said('duties', runs([run(9, 'planned', { dueAt: '2026-03-19T06:00:00.000Z' })]))).toEqual([]);
  });

  it('can be taken where nobody has taken it, and names who has', () => {
    const [free, taken] = digestOf(runs([run(1, 'late'), run(2, 'late', { takenBy: bob })])).sections[0]?.lines ?? [];
    expect([free?.take, free?.who, taken?.take, taken?.who]).toEqual([1, null, null, bob]);
  });

  it('is green when nothing is due, and does not appear for a team without duties', () => {
    expect(digestOf({}, ['duties']).green).toEqual(['nothing is due today']);
    expect(digestOf({ spec: incidentSpec }, ['duties'])).toMatchObject({ green: [], sections: [] });
  });
});

describe('the section of incidents', () => {
  it('has the unrated first, then the severest, then the oldest', () => {
    const open = [
      incident(5, { severity: 'SEV3' }),
      incident(4, { severity: 'SEV1' }),
      incident(3, { severity: 'SEV3' }),
      incident(2, { severity: null, status: 'identified' }),
    ];
    expect(said('incidents', incidents({ open }))).toEqual([
      'unrated INC-2: identified, since',
      'SEV1 INC-4: mitigating, since',
      'SEV3 INC-3: mitigating, since',
      'SEV3 INC-5: mitigating, since',
    ]);
  });

  it('says which one owes an update', () => {
    const open = [incident(1, { nextUpdateDueAt: '2026-03-18T07:00:00.000Z' })];
    expect(said('incidents', incidents({ open }))).toEqual(['SEV1 INC-1: mitigating, owes an update, since']);
  });

  it.each<[string, Partial<Incident>, boolean]>([
    ['of its own service', { service: 'checkout', owner: null }, true],
    ['of no service', { service: null, owner: null }, true],
    ['of a service that is in the spec no more', { service: 'gone', owner: null }, true],
    ["of another team's service", { service: 'search', owner: null }, false],
    ['of another team that one of its people owns', { service: 'search', owner: alice }, true],
    ['of another team that somebody else owns', { service: 'search', owner: 'U0STRANGER' }, false],
  ])('an incident %s', (_what, about, expected) => {
    const services = { ...incidentSpec.services, search: { name: 'Search', team: 'managers' } };
    expect(concerns(incident(1, about), 'platform', { ...incidentSpec, services })).toBe(expected);
  });
});

describe('the section of post-mortems', () => {
  it('has the longest overdue first', () => {
    const owed = [
      incident(1, { postmortemDueAt: '2026-03-19T12:00:00.000Z' }),
      incident(2, { postmortemDueAt: '2026-03-10T12:00:00.000Z' }),
    ];
    expect(said('postmortems', incidents({ owed }))).toEqual([
      'late INC-2: post-mortem overdue, due',
      'owed INC-1: post-mortem due',
    ]);
  });
});

describe('what changed since yesterday', () => {
  it('has what was missed first, then incidents that are over, then how many duties were not simply done', () => {
    const ended = [run(1, 'done'), run(2, 'missed'), run(3, 'skipped'), run(4, 'waived'), run(5, 'satisfied')];
    const changed = [
      incident(1, { resolvedAt: '2026-03-17T12:00:00.000Z' }),
      incident(2, { resolvedAt: '2026-03-16T12:00:00.000Z', documentedAt: '2026-03-17T13:00:00.000Z' }),
      incident(3, { declaredAt: '2026-03-17T12:00:00.000Z', resolvedAt: null }),
    ];
    expect(said('since-yesterday', { ...runs([], ended), ...incidents({ changed }) })).toEqual([
      'missed RUN-2: missed, was due',
      'done INC-1: resolved',
      'done INC-2: post-mortem settled',
      'done Duties: 1 done, 1 skipped, 1 waived: ',
    ]);
  });

  it('folds duties that were all done in time into the green line', () => {
    const digest = digestOf(runs([], [run(1, 'done'), run(2, 'done')]));
    expect(digest.sections).toEqual([]);
    expect(digest.green).toContain('2 duties done');
  });
});

describe('a digest', () => {
  it('has the sections that were asked for, in that order, each once, and none without its feature', () => {
    const facts = { ...runs([run(1, 'late')], [run(2, 'missed')]), ...incidents({ open: [incident(1)] }) };
    const asked: DigestSectionName[] = ['windows', 'since-yesterday', 'incidents', 'incidents', 'duties', 'backups'];
    expect(digestOf(facts, asked).sections.map(({ name }) => name)).toEqual(['since-yesterday', 'incidents', 'duties']);
  });

  it('with nothing to say says so in its one line', () => {
    expect(digestOf()).toMatchObject({
      sections: [],
      green: ['nothing is due today', 'no open incident', 'no post-mortem owed'],
    });
  });
});
