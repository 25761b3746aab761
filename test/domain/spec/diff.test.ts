import { describe, expect, it } from 'vitest';
import { diffSpecs } from '../../../src/domain/spec/diff.ts';
import type { OperationsSpec } from '../../../src/domain/spec/types.ts';
import { loadSpec } from '../../../src/spec/load.ts';
import { OPERATIONS_SPEC } from '../../support/operations-spec.ts';

function loaded(text: string, env = {}): OperationsSpec {
  const result = loadSpec(text, 'ops.yml', env);
  if (!result.ok) throw new Error(result.faults.join('\n'));
  return result.spec;
}

/** The sentences of the difference that an edit of the file makes. */
function edited(from: string, to: string): string[] {
  if (!OPERATIONS_SPEC.includes(from)) throw new Error(`The spec of the test has no ${from}`);
  return diffSpecs(loaded(OPERATIONS_SPEC), loaded(OPERATIONS_SPEC.replace(from, to))).map(({ words }) => words);
}

describe('the difference of two specs', () => {
  it.each([
    ['a time', '"06:00"', '"05:00"', 'Backup verification moves from 06:00 to 05:00 UTC.'],
    ['two times', '"06:00"', '["06:00", "18:00"]', 'Backup verification moves from 06:00 to 06:00 and 18:00 UTC.'],
    [
      'a time and a zone',
      'at: "06:00" }',
      'at: "07:00", timezone: Europe/Paris }',
      'Backup verification moves from 06:00 UTC to 07:00 Europe/Paris.',
    ],
    [
      'a day',
      'on: first sunday',
      'on: last sunday',
      'Database optimization moves from first Sunday of each month at 02:00 UTC to last Sunday of each month at 02:00 UTC.',
    ],
    [
      'a form',
      '{ every: day, at: "06:00" }',
      '{ cron: "0 6 * * *" }',
      'Backup verification moves from every day at 06:00 UTC to by cron 0 6 * * * UTC.',
    ],
    [
      'an owner',
      'owner: dba\n    grace',
      'owner: devops\n    grace',
      'Backup verification passes from Database Administrator to DevOps Team.',
    ],
    ['a duration', 'grace: 2h', 'grace: 90m', 'Backup verification: grace changes from 2h to 1h30m.'],
    [
      'a duration less',
      'announceBefore: 24h\n    checklist',
      'checklist',
      'Database optimization: announce before is no longer given; it was 1d.',
    ],
    [
      'a step more and one less',
      '[Vacuum and analyze, Reindex,',
      '[Vacuum and analyze, Prune,',
      'Database optimization: checklist gains "Prune" and loses "Reindex".',
    ],
    [
      'the order of steps',
      '[Vacuum and analyze, Reindex,',
      '[Reindex, Vacuum and analyze,',
      'Database optimization: checklist is put in another order.',
    ],
    [
      'a clause',
      'clause: 004:L128',
      'clause: 004:L128-L144',
      'Database optimization: clause gains "004:L128-L144" and loses "004:L128".',
    ],
    [
      'what runs',
      'action: db.maintain, target: main, steps: [vacuum-analyze, reindex, bloat-report]',
      'action: db.report, target: main',
      'Database optimization: run action changes from db.maintain to db.report.',
    ],
    ['a threshold', '"> 5%"', '"> 2%"', 'Errors is bad above 2% instead of above 5%.'],
    ['a promise', 'uptime: 99.9%', 'uptime: 99.5%', 'Availability: uptime changes from 99.9% to 99.5%.'],
    [
      'how long backups are kept',
      'keep: 30d',
      'keep: for ever',
      'Main database: retention keep changes from 30d to for ever.',
    ],
    [
      'when backups are proven',
      '{ every: quarter, on: last day }',
      '{ every: month, on: last day }',
      'Main database: drill moves from last day of each quarter at 09:00 UTC to last day of each month at 09:00 UTC.',
    ],
    [
      'how often a check asks',
      'every: 5m, timeout: 5s }',
      'every: 1m, timeout: 5s }',
      'Database connectivity: every changes from 5m to 1m.',
    ],
    [
      'the zone',
      'timezone: UTC',
      'timezone: Europe/Paris',
      "The spec's timezone changes from UTC to Europe/Paris; times without a zone of their own are read there.",
    ],
    ['the name', 'name: Nexus', 'name: Nexus II', "The spec's name changes from Nexus to Nexus II."],
    ['a member', 'members: [alice]', 'members: [alice, bob]', 'Team "DevOps Team": members gains "bob".'],
    [
      'a target',
      'url: "http://localhost:8000"',
      'notConnected: It is gone.',
      'Target "api": url is no longer given; it was http://localhost:8000.',
    ],
    [
      'a permission',
      'permission: { teams: [dba] }',
      'permission: everyone',
      'Database optimization: permission changes from teams dba to everyone.',
    ],
    ['a digest', 'at: "08:00"', 'at: "07:30"', 'Digest of "Database Administrator": at changes from 08:00 to 07:30.'],
    [
      'a freeze',
      'to: 2027-01-03',
      'to: 2027-01-10',
      'Freeze "Year end from 2026-12-20": to changes from 2027-01-03 to 2027-01-10.',
    ],
    [
      'a verb',
      'permissions:',
      'permissions:\n  incident.close: { teams: [dba] }',
      'Permission "incident.close": rule changes from everyone to teams dba.',
    ],
    [
      'incidents',
      'holidays:',
      'incident: { channelPrefix: outage }\nholidays:',
      'Incidents: channel prefix changes from inc to outage.',
    ],
  ])('says in words that %s changed', (_what, from, to, words) => {
    expect(edited(from, to)).toContain(words);
  });

  it('names what is added and what is removed', () => {
    const backup = OPERATIONS_SPEC.slice(
      OPERATIONS_SPEC.indexOf('  - key: backup-verification'),
      OPERATIONS_SPEC.indexOf('  - key: database-opt'),
    );
    const without = OPERATIONS_SPEC.replace(backup, '').replace('satisfies: [backup-verification]', 'satisfies: []');
    const [less, more] = [loaded(without), loaded(OPERATIONS_SPEC)];
    expect(diffSpecs(more, less)).toEqual([
      expect.objectContaining({
        key: 'capacity-planning',
        words: 'Capacity planning: satisfies loses "backup-verification".',
      }),
      {
        section: 'duties',
        key: 'backup-verification',
        change: 'removed',
        words: 'Duty "Backup verification" is removed.',
      },
    ]);
    expect(diffSpecs(less, more)[0]).toEqual({
      section: 'duties',
      key: 'backup-verification',
      change: 'added',
      words: 'Duty "Backup verification" is added: every day at 06:00 UTC, owned by Database Administrator.',
    });
  });

  it('tells holidays and freezes of one name apart by their days', () => {
    const [from, to] = [
      '{ name: Christmas, on: 25 december }',
      '{ name: Christmas, on: 25 december }\n  - { name: Christmas, on: 2026-12-26 }\n  - { name: May, on: last monday of may }',
    ];
    expect(edited(from, to)).toEqual([
      'Holiday "Christmas on 2026-12-26" is added.',
      'Holiday "May on last Monday of May each year" is added.',
    ]);
    expect(edited('from: 2026-12-20', 'from: 2026-12-19')).toEqual([
      'Freeze "Year end from 2026-12-19" is added.',
      'Freeze "Year end from 2026-12-20" is removed.',
    ]);
  });

  it('is nothing for comments, for order and for the value of a secret', () => {
    const reordered = OPERATIONS_SPEC.replace('grace: 2h', 'grace: 120m # as long as lunch').replace(
      'name: Nexus\ntimezone: UTC',
      'timezone: UTC\nname: Nexus',
    );
    const url = 'postgresql://db.example.com/';
    expect(
      diffSpecs(
        loaded(OPERATIONS_SPEC, { NEXUS_DATABASE_URL: `${url}one` }),
        loaded(reordered, { NEXUS_DATABASE_URL: `${url}two` }),
      ),
    ).toEqual([]);
  });

  it('never shows the value of a secret', () => {
    const env = { NEXUS_DATABASE_URL: 'postgresql://nexus:hunter2@db.example.com/nexus' };
    const words = diffSpecs(loaded(OPERATIONS_SPEC), loaded(OPERATIONS_SPEC, env)).map(
      ({ words: sentence }) => sentence,
    );
    expect(words).toContain('Target "main": url is now given: env:NEXUS_DATABASE_URL.');
    expect(words.join()).not.toContain('hunter2');
  });
});
