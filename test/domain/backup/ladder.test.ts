import { describe, expect, it } from 'vitest';
import type { DrillSeen, FoundDatabase, SmokeResult } from '../../../src/domain/backup/drill-seen.ts';
import { climb, type DrillExpectations, RUNGS } from '../../../src/domain/backup/ladder.ts';
import type { Manifest } from '../../../src/domain/backup/manifest.ts';
import { aManifest, asItWas, seenWell, WANTED } from '../../support/drill-facts.ts';

const manifest = aManifest();

function judged(change: Partial<DrillSeen> = {}, wanted: Partial<DrillExpectations> = {}, of: Manifest = manifest) {
  const { verdict, rungs } = climb(of, seenWell(of, change), { ...WANTED, ...wanted });
  return {
    verdict,
    notes: rungs.flatMap(({ rung, notes }) => notes.map(({ reason, what }) => `${rung}: ${reason} ${what}`)),
  };
}

it('a backup that is restored as it was is proven, without a note, and how long it took is measured', () => {
  const result = climb(manifest, seenWell(manifest), WANTED);
  expect(result.verdict).toBe('passed');
  expect(result.rungs.map(({ rung, verdict, count }) => [rung, verdict, count])).toEqual(
    RUNGS.map((rung) => [rung, 'passed', 0]),
  );
  expect(result.measures).toEqual({ rto: 60_000, rpo: 3 * 3_600_000, took: 90_000 });
});

it.each(['fetch', 'key', 'restore', 'found', 'integrity', 'smoke', 'unwritable'] as const)(
  'what could not be looked at is never green: %s',
  (what) => {
    const couldNot = { kind: 'could-not', reason: 'no-server', what: 'there is none' } as const;
    expect(judged({ [what]: couldNot })).toMatchObject({ verdict: 'could-not-verify' });
    expect(judged({ [what]: { kind: 'not-reached' } })).toMatchObject({ verdict: 'could-not-verify', notes: [] });
  },
);

it('what is known to be wrong outweighs what is not known', () => {
  const { verdict } = judged({
    restore: { kind: 'seen', value: [{ reason: 'role-missing', what: 'shop' }] },
    smoke: { kind: 'not-reached' },
  });
  expect(verdict).toBe('finding');
});

it('the copy on this machine proves nothing of the one elsewhere', () => {
  expect(judged({ from: 'local' })).toMatchObject({
    verdict: 'could-not-verify',
    notes: [expect.stringMatching(/^fetch: not-from-off-site/)],
  });
  expect(judged({ from: 'local' }, { offSite: false })).toMatchObject({ verdict: 'passed', notes: [] });
});

describe('a restored database that differs from its snapshot', () => {
  const found = (change: Partial<FoundDatabase>) =>
    ({ found: { kind: 'seen', value: { ...asItWas(manifest), ...change } } }) as const;
  const [customers, orders] = manifest.tables;
  if (customers === undefined || orders === undefined) throw new Error('the manifest has two tables');
  it.each<[string, Partial<FoundDatabase>, string[]]>([
    [
      'lacks a row',
      { tables: [customers, { ...orders, rows: 999, checksum: '21' }] },
      ['volume: rows-differ public.orders: 999 of 1000', 'content: content-differs public.orders'],
    ],
    ['lacks a table', { tables: [customers] }, ['volume: table-missing public.orders']],
    [
      'has another value',
      { tables: [customers, { ...orders, checksum: '23' }] },
      ['content: content-differs public.orders'],
    ],
    [
      'lacks an index',
      { structure: manifest.structure.slice(0, 1) },
      ['structure: index-missing public.customers_pkey'],
    ],
    [
      'has another column',
      { structure: manifest.structure.map((one) => ({ ...one, digest: one.digest === 'a' ? 'x' : one.digest })) },
      ['structure: table-differs public.customers'],
    ],
    [
      'has a trigger more',
      { structure: [...manifest.structure, { kind: 'trigger', name: 't', digest: '' }] },
      ['structure: trigger-extra t'],
    ],
    ['lacks a role', { roles: [] }, ['structure: role-missing shop']],
    ['lacks an extension', { extensions: [] }, ['structure: extension-missing pgcrypto']],
    ['is at another migration', { migration: null }, ['write: migration-differs none instead of 20260301_init']],
  ])('%s', (_what, change, notes) => {
    expect(judged(found(change))).toEqual({ verdict: 'finding', notes });
  });

  it('sorts text otherwise: said, and no fault of the backup', () => {
    const { verdict, notes } = judged(found({ collation: 'C' }));
    expect(verdict).toBe('passed');
    expect(notes).toEqual(['integrity: collation-differs en_US.UTF-8 is not on the machine of the drill; C was used']);
  });

  it('in a thousand places is told by the first ten', () => {
    const structure = Array.from({ length: 1000 }, (_, n) => ({ kind: 'table' as const, name: `t${n}`, digest: '' }));
    const { rungs } = climb({ ...manifest, structure }, seenWell(manifest), WANTED);
    expect(rungs.find(({ rung }) => rung === 'structure')).toMatchObject({ count: 1002, notes: { length: 10 } });
  });
});

describe('data that was saved faithfully and is bad', () => {
  const now = (rows: number) => ({ ...manifest, tables: manifest.tables.map((table) => ({ ...table, rows })) });
  it.each<[number, 'passed' | 'finding', string | null]>([
    [100, 'passed', null],
    [90, 'passed', null],
    [89, 'passed', 'volume: fewer-rows public.t: 100 rows in BK-0, 89 now'],
    [11, 'passed', 'volume: fewer-rows public.t: 100 rows in BK-0, 11 now'],
    [10, 'finding', 'volume: rows-gone public.t: 100 rows in BK-0, 10 now'],
  ])('%i of 100 rows of the backup before: %s', (rows, verdict, note) => {
    const tables = [{ schema: 'public', name: 't', rows, checksum: '1' }];
    const previous = { id: 'BK-0', tables: [{ schema: 'public', name: 't', rows: 100, checksum: '2' }] };
    expect(judged({}, { previous }, { ...manifest, tables })).toEqual({ verdict, notes: note === null ? [] : [note] });
  });

  it('a table that was there before and is not', () => {
    const tables = manifest.tables.slice(0, 1);
    expect(judged({}, {}, { ...manifest, tables })).toMatchObject({
      verdict: 'finding',
      notes: ['volume: table-gone public.orders was in 20261120T140000Z-0001'],
    });
  });

  it('nothing in it at all, with nothing before it', () => {
    expect(judged({}, { previous: null }, now(0)).notes).toEqual(['volume: empty there is no row in the whole backup']);
    expect(judged({}, { previous: null }, { ...manifest, tables: [] }).verdict).toBe('finding');
  });
});

describe('questions of the spec', () => {
  const answer = (result: SmokeResult['result'], limits: { atLeast?: number; atMost?: number } = {}) =>
    judged(
      { smoke: { kind: 'seen', value: [{ title: 'Q', result }] } },
      { smoke: [{ title: 'Q', sql: 'select 1', ...limits }] },
    );
  const value = (given: number | boolean | null) => ({ kind: 'value', value: given }) as const;

  it.each<[string, SmokeResult['result'], { atLeast?: number; atMost?: number }, string, string[]]>([
    ['true', value(true), {}, 'passed', []],
    ['false', value(false), {}, 'finding', ['semantics: smoke-failed Q: it is not so']],
    ['enough', value(5), { atLeast: 5 }, 'passed', []],
    ['too few', value(4), { atLeast: 5 }, 'finding', ['semantics: smoke-failed Q: 4, and at least 5 were expected']],
    ['too old', value(90), { atMost: 60 }, 'finding', ['semantics: smoke-failed Q: 90, and at most 60 were expected']],
    ['nothing', value(null), { atMost: 60 }, 'finding', ['semantics: smoke-failed Q: there is nothing to answer with']],
    [
      'a number without a limit',
      value(4),
      {},
      'could-not-verify',
      ['semantics: smoke-not-asked Q: it gave a number; write `atLeast` or `atMost`'],
    ],
    [
      'a row',
      { kind: 'not-one-value' },
      {},
      'could-not-verify',
      ['semantics: smoke-not-asked Q: it has to give one number or one boolean'],
    ],
    [
      'an error',
      { kind: 'failed', code: '42P01' },
      {},
      'could-not-verify',
      ['semantics: smoke-not-asked Q: PostgreSQL refused the statement (SQLSTATE 42P01)'],
    ],
  ])('answered by %s', (_what, result, limits, verdict, notes) => {
    expect(answer(result, limits)).toEqual({ verdict, notes });
  });

  it('that nobody asks are said to be missing', () => {
    expect(judged({ smoke: { kind: 'seen', value: [] } }, { smoke: [] })).toEqual({
      verdict: 'passed',
      notes: ['semantics: nothing-asked the spec has no `smoke` for this backup'],
    });
  });
});

it('a drill that takes longer than the spec allows, or of data that is older, is a finding', () => {
  expect(judged({}, { rto: 59_000, rpo: 60_000 })).toEqual({
    verdict: 'finding',
    notes: ['time: rto-missed 60 s of 59 s', 'time: rpo-missed 10800 s of 60 s'],
  });
  expect(judged({}, { rto: 60_000, rpo: 3 * 3_600_000 }).verdict).toBe('passed');
});

it('damage is told by the name of what is damaged', () => {
  const value = {
    sequencesBehind: ['orders_id_seq'],
    invalidIndexes: ['i'],
    orphans: [{ constraint: 'orders fk', rows: 3 }],
    damaged: ['orders'],
  };
  expect(
    judged({ integrity: { kind: 'seen', value }, unwritable: { kind: 'seen', value: [{ table: 't', code: '42501' }] } })
      .notes,
  ).toEqual([
    'integrity: damaged orders',
    'integrity: sequence-behind orders_id_seq',
    'integrity: index-invalid i',
    'integrity: orphans orders fk: 3 rows',
    'write: not-writable t: SQLSTATE 42501',
  ]);
});
