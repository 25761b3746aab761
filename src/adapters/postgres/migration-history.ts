import type { MigrationFile } from './migration-files.ts';

/** What stands in `_prisma_migrations` for one migration. */
export interface MigrationRow {
  readonly name: string;
  readonly checksum: string;
  readonly startedAt: Date;
  readonly finished: boolean;
  readonly rolledBack: boolean;
}

/** Why migrations were not applied: `sql` PostgreSQL refused one; the others say what does not fit together. */
export type MigrationsRefusal = 'edited' | 'failed' | 'newer' | 'foreign' | 'busy' | 'sql';

/** Thrown instead of migrating; the message says what a person can do, `cause` keeps PostgreSQL's own error. */
export class MigrationsRefused extends Error {
  readonly reason: MigrationsRefusal;

  constructor(reason: MigrationsRefusal, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MigrationsRefused';
    this.reason = reason;
  }
}

/**
 * Compares the committed migrations with the history a database has.
 * @throws MigrationsRefused when an applied file was edited since, a migration never finished, or the database knows
 * a migration which this version of the code does not
 */
export function diagnose(
  files: readonly MigrationFile[],
  rows: readonly MigrationRow[],
): { applied: string[]; pending: MigrationFile[] } {
  const current = rows.filter((row) => !row.rolledBack);
  const unfinished = current.find((row) => !row.finished);
  if (unfinished) {
    throw new MigrationsRefused(
      'failed',
      `The migration ${unfinished.name} began at ${unfinished.startedAt.toISOString()} and never finished: ` +
        `see its logs in _prisma_migrations, repair what it left, then run ` +
        `"npx prisma migrate resolve --rolled-back ${unfinished.name}".`,
    );
  }
  const known = new Map(files.map((file) => [file.name, file]));
  const applied = new Map(current.map((row) => [row.name, row]));
  const unknown = [...applied.keys()].filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new MigrationsRefused(
      'newer',
      `This database was migrated by a newer Mainstay (it has ${unknown.join(', ')}, unknown here): ` +
        'start that version, or restore the backup taken before it.',
    );
  }
  const edited = files.filter((file) => (applied.get(file.name)?.checksum ?? file.checksum) !== file.checksum);
  if (edited.length > 0) {
    throw new MigrationsRefused(
      'edited',
      `The file of ${edited.map((file) => file.name).join(', ')} was edited after this database applied it: ` +
        'put the committed migration.sql back and write the change as a new migration.',
    );
  }
  return { applied: [...applied.keys()], pending: files.filter((file) => !applied.has(file.name)) };
}
