import { expect, it } from 'vitest';
import { type Noted, restoreNotes } from '../../../src/domain/backup/restore-notes.ts';

const NOTED: Noted = {
  id: '20260301T010000Z-0001',
  pgDump: '15.18',
  recipients: ['age1alice', 'age1bob'],
  warnings: [],
  database: {
    database: 'orders',
    server: 150_018,
    systemIdentifier: null,
    lsn: '0/1',
    snapshotAt: '2026-03-01T01:00:00.000Z',
    bytes: 1,
    encoding: 'UTF8',
    collation: 'en_US.UTF-8',
    extensions: [],
    roles: [],
    migration: null,
  },
};

const notes = (database: Partial<Noted['database']>, more: Partial<Noted> = {}) =>
  restoreNotes({ ...NOTED, ...more, database: { ...NOTED.database, ...database } });

it('programs and server have to be as new as the pg_dump, however old the database was', () => {
  expect(notes({}, { pgDump: '17.2' })).toContain('pg_restore of PostgreSQL 17 or newer, a server of PostgreSQL 17 or');
  expect(notes({}, { pgDump: '17.2' })).toContain('leave --exit-on-error out');
  expect(notes({})).not.toContain('leave --exit-on-error out');
});

it.each([
  [{}, '--encoding=UTF8 --locale=en_US.UTF-8 restored'],
  [{ ctype: 'C' }, '--lc-collate=en_US.UTF-8 --lc-ctype=C restored'],
  [
    { localeProvider: 'i', providerLocale: 'de-DE' },
    '--locale=en_US.UTF-8 --locale-provider=icu --icu-locale=de-DE restored',
  ],
  [{ collation: "x'; rm" }, `--locale='x'\\''; rm' restored`],
])('the new database is made as the old one was: %j', (database, words) => {
  expect(notes(database)).toContain(words);
});

it('what pg_dump complained of is said', () => {
  const warning = 'pg_dump: warning: subscriptions not dumped because current user is not a superuser';
  expect(notes({}, { warnings: [warning] })).toContain(warning);
});
