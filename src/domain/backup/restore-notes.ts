import type { DatabaseFacts, Manifest } from './manifest.ts';

/** Names of a backup's files: the same in each. */
export const DUMP_FILE = 'dump.zst.age';
export const GLOBALS_FILE = 'globals.sql.age';
export const MANIFEST_FILE = 'manifest.json';
export const NOTES_FILE = 'RESTORE.txt';

/** What a person who restores has to know of a backup. */
export interface Noted extends Pick<Manifest, 'id' | 'database' | 'recipients' | 'warnings'> {
  /** Version of pg_dump: 15.18. Its archive is for programs and servers as new as itself, whatever the old server was. */
  readonly pgDump: string;
}

/** What lies beside every backup: how to restore it with programs that every system has, and without Mainstay. */
export function restoreNotes({ id, database, recipients, pgDump, warnings = [] }: Noted): string {
  const was = Math.floor(database.server / 10_000);
  const major = Number.parseInt(pgDump, 10);
  return `HOW TO RESTORE THIS BACKUP BY HAND

Backup    ${id}
Database  ${JSON.stringify(database.database)} of PostgreSQL ${was}, as of ${database.snapshotAt}, dumped by pg_dump ${pgDump}

You need: age (age-encryption.org), zstd, psql and pg_restore of PostgreSQL ${major} or newer, a server of PostgreSQL ${major} or newer,
and the identity file (AGE-SECRET-KEY-1...) of one of these recipients:

${recipients.map((recipient) => `    ${recipient}`).join('\n')}
${was < major ? olderServer(was, major) : ''}${warnings.length > 0 ? leftOut(warnings) : ''}
Run in this folder, with KEY the path of the identity file. Restore beside what is there, never over it.

1. The roles. They have no passwords: set them yourself. Into a new server, all of them:

    age -d -i KEY ${GLOBALS_FILE} | psql -d postgres

   Into one that is in use never that: it would also change the roles that are there, and give back a LOGIN, SUPERUSER or
   membership that was taken away since. There, make only those that are missing; what is said of those that exist is refused,
   which is well. What the others may, give them by hand.

    age -d -i KEY ${GLOBALS_FILE} | grep "^CREATE ROLE " | psql -d postgres

2. A new, empty database, and all that was in the old one.

    createdb --template=template0 ${localeOf(database)} restored
    age -d -i KEY ${DUMP_FILE} | zstd -d | pg_restore --exit-on-error --dbname=restored

   Not in it: who may do what with the database as a whole, and its settings (ALTER DATABASE ... SET).

3. Look whether it is right: ${MANIFEST_FILE} says how many rows each table had, and the sum of their hashes.

    psql -d restored -c "select count(*) from SCHEMA.TABLE"

If a command ends with an error, the restore has failed, whatever is in the database. To see that the files are unharmed
before you begin: sha256sum *.age, and compare with "sha256" in ${MANIFEST_FILE}.
`;
}

function olderServer(was: number, major: number): string {
  return `
A server older than ${major} (the old one was of ${was}) does not know every setting that is in here: "unrecognized configuration
parameter" alone is harmless. For one, leave --exit-on-error out below, and read each complaint.
`;
}

function leftOut(warnings: readonly string[]): string {
  return `
What pg_dump said when it was made, which may mean that something is not in it:

${warnings.map((line) => `    ${line}`).join('\n')}
`;
}

/** A database of another encoding or order would refuse some rows, or sort them otherwise. */
function localeOf({ encoding, collation, ctype, localeProvider, providerLocale }: DatabaseFacts): string {
  const words =
    ctype === undefined || ctype === collation
      ? [`--locale=${quoted(collation)}`]
      : [`--lc-collate=${quoted(collation)}`, `--lc-ctype=${quoted(ctype)}`];
  const provider = localeProvider === 'i' ? 'icu' : 'builtin';
  if (providerLocale !== undefined && providerLocale !== null && localeProvider !== 'c') {
    words.push(`--locale-provider=${provider}`, `--${provider}-locale=${quoted(providerLocale)}`);
  }
  return [`--encoding=${quoted(encoding)}`, ...words].join(' ');
}

/** As a word of a shell. */
function quoted(text: string): string {
  return /^[\w.@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
