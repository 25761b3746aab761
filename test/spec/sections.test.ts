import { describe, expect, it } from 'vitest';
import { writtenChecks } from '../../src/domain/spec/parts.ts';
import { reveal } from '../../src/domain/spec/secret.ts';
import type { OperationsSpec } from '../../src/domain/spec/types.ts';
import { loadSpec } from '../../src/spec/load.ts';
import { OPERATIONS_SPEC } from '../support/operations-spec.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

function loaded(text: string, env = {}): OperationsSpec {
  const result = loadSpec(text, 'ops.yml', env);
  if (!result.ok) throw new Error(result.faults.join('\n'));
  return result.spec;
}

describe('duties', () => {
  const duty = (key: string) => loaded(OPERATIONS_SPEC).duties.find((found) => found.key === key);

  it('carry when, who, how and which clause', () => {
    expect(duty('database-optimization')).toEqual({
      key: 'database-optimization',
      title: 'Database optimization',
      when: { every: 'month', on: [{ weekday: 'sunday', nth: 1 }], at: [{ hour: 2, minute: 0 }] },
      owner: 'dba',
      type: 'preventive',
      grace: 4 * hour,
      announceBefore: day,
      checklist: ['Vacuum and analyze', 'Reindex', 'Update statistics', 'Check bloated tables'],
      run: {
        action: 'db.maintain',
        target: 'main',
        steps: ['vacuum-analyze', 'reindex', 'bloat-report'],
        deadRowsAbove: 0,
        lockTimeout: 30_000,
        timeout: 60 * 60_000,
      },
      evidence: 'optional',
      evidenceKinds: ['text', 'link', 'file'],
      controls: ['ISO27001-A.8.6'],
      clause: [{ document: '004', from: 128, to: 128 }],
      satisfies: [],
      onHoliday: 'keep',
      onFreeze: 'after',
      approval: { of: 'first run', by: { teams: ['dba'], groups: [], users: ['alice'] } },
      permission: { teams: ['dba'], groups: [], users: [] },
    });
  });

  it('that say little are for people, prevent, take place on holidays and are open to everyone', () => {
    expect(
      loaded(`${'name: A\nteams: { a: { name: A } }'}
duties: [{ key: d, title: D, when: { every: day }, owner: a }]`).duties,
    ).toEqual([
      {
        key: 'd',
        title: 'D',
        when: { every: 'day', at: [{ hour: 9, minute: 0 }] },
        owner: 'a',
        type: 'preventive',
        grace: 0,
        announceBefore: null,
        checklist: [],
        evidence: 'optional',
        evidenceKinds: ['text', 'link', 'file'],
        controls: [],
        clause: [],
        satisfies: [],
        onHoliday: 'keep',
        onFreeze: 'keep',
        permission: 'everyone',
      },
    ]);
  });

  it('may cite several places', () => {
    expect(duty('backup-verification')?.clause).toEqual([
      { document: '004', from: 49, to: 49 },
      { document: '004', from: 54, to: 61 },
    ]);
  });
});

describe('targets', () => {
  it('are connected where the variable they name is set, and say why not elsewhere', () => {
    const url = 'postgresql://nexus:hunter2@db.example.com/nexus';
    const here = loaded(OPERATIONS_SPEC, { NEXUS_DATABASE_URL: url }).targets['main'];
    expect(here && 'url' in here ? reveal(here.url) : null).toBe(url);
    expect(JSON.stringify(here)).toBe('{"kind":"postgres","url":"env:NEXUS_DATABASE_URL"}');
    expect(loaded(OPERATIONS_SPEC).targets['main']).toEqual({
      kind: 'postgres',
      notConnected: 'Set NEXUS_DATABASE_URL to connect it.',
    });
  });
});

describe('a target whose variable is set to something wrong', () => {
  it('is a fault, not "not connected", and the value is not quoted', () => {
    const result = loadSpec(OPERATIONS_SPEC, 'ops.yml', { NEXUS_DATABASE_URL: 'hunter2' });
    expect(result.ok ? [] : result.faults).toEqual([
      expect.stringContaining(
        'targets.main.url is env:NEXUS_DATABASE_URL, whose value is wrong; write env:NAME or postgresql://',
      ),
    ]);
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });
});

describe('figures', () => {
  const spec = loaded(OPERATIONS_SPEC);

  it('have the unit they are written with', () => {
    expect(spec.thresholds.map(({ breach, for: lasting }) => ({ ...breach, lasting }))).toEqual([
      { is: '>', than: { quantity: 'percent', value: 5 }, lasting: 5 * minute },
      { is: '>', than: { quantity: 'time', value: 1000 }, lasting: 2 * minute },
    ]);
    expect(spec.slo).toMatchObject([{ uptime: 99.9, maxDowntime: hour, excludeWindows: true }]);
    expect(spec.backups.map(({ retention }) => retention)).toEqual([
      { keep: 30 * day, keepAtLeast: 7 },
      { keep: null, keepAtLeast: 1 },
    ]);
    expect(spec.backups.map(({ when }) => when)).toEqual([{ every: 'day', at: [{ hour: 3, minute: 0 }] }, null]);
  });
});

describe('the calendar', () => {
  const spec = loaded(OPERATIONS_SPEC);

  it('knows holidays of one year and of every year, and freezes', () => {
    expect(spec.holidays.map(({ on }) => on)).toEqual([{ day: 25, month: 12 }, '2026-03-18']);
    expect(spec.freezes).toMatchObject([{ from: '2026-12-20', to: '2027-01-03' }]);
  });

  it('has windows with a calendar and windows as needed', () => {
    expect(spec.windows.map(({ when, duration }) => ({ when, duration }))).toEqual([
      { when: { every: 'week', on: ['sunday'], at: [{ hour: 2, minute: 0 }] }, duration: 2 * hour },
      { when: null, duration: null },
    ]);
  });

  it('tells each team its digest at its own time', () => {
    expect(spec.digest).toMatchObject({
      devops: {
        at: { hour: 9, minute: 0 },
        timezone: 'Europe/Paris',
        days: 'working days',
        rollups: [{ every: 'week' }],
      },
      dba: { at: { hour: 8, minute: 0 }, days: ['monday', 'thursday'], sections: ['duties', 'backups'] },
    });
  });
});

describe('checks', () => {
  it('ask a target, wait to be called, or say that what they would ask is not connected', () => {
    expect(writtenChecks(loaded(OPERATIONS_SPEC)).map(({ kind }) => kind)).toEqual([
      'http',
      'sql',
      'heartbeat',
      'environment',
      'not connected',
    ]);
  });
});
