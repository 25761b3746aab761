import type { DatabaseFacts } from './manifest.ts';

/** Names of a backup's files: the same in each. */
export const DUMP_FILE = 'dump.zst.age';
export const GLOBALS_FILE = 'globals.sql.age';
export const MANIFEST_FILE = 'manifest.json';
export const NOTES_FILE = 'RESTORE.txt';

/**
 * What lies beside every backup: how to restore it with three programs that every system has, and without Mainstay.
 *
 * @param recipients the age recipients whose identities can read it
 */
export function restoreNotes(id: string, facts: DatabaseFacts, recipients: readonly string[]): string {
  const major = Math.floor(facts.server / 10_000);
  return `HOW TO RESTORE THIS BACKUP BY HAND

Backup    ${id}
Database  ${JSON.stringify(facts.database)} of PostgreSQL ${major}, as of ${facts.snapshotAt}

You need: age (age-encryption.org), zstd, psql and pg_restore of PostgreSQL ${major} or newer, a server of PostgreSQL ${major} or newer,
and the identity file (AGE-SECRET-KEY-1...) of one of these recipients:

${recipients.map((recipient) => `    ${recipient}`).join('\n')}

Run in this folder, with KEY the path of the identity file. Restore beside what is there, never over it.

1. The roles. Those that exist are refused, which is well. They have no passwords: set them yourself.

    age -d -i KEY ${GLOBALS_FILE} | psql -d postgres

2. A new, empty database, and all that was in the old one.

    createdb --template=template0 restored
    age -d -i KEY ${DUMP_FILE} | zstd -d | pg_restore --exit-on-error --dbname=restored

3. Look whether it is right: ${MANIFEST_FILE} says how many rows each table had, and the sum of their hashes.

    psql -d restored -c "select count(*) from SCHEMA.TABLE"

If a command ends with an error, the restore has failed, whatever is in the database. To see that the files are unharmed
before you begin: sha256sum *.age, and compare with "sha256" in ${MANIFEST_FILE}.
`;
}
