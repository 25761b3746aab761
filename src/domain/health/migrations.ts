import { listed } from './sameness.ts';

export interface MigrationFile {
  readonly name: string;
  readonly checksum: string;
}

/** One the database knows of, other than those that were rolled back. */
export interface Applied extends MigrationFile {
  /** False where it began and did not end. */
  readonly done: boolean;
}

/** How the migrations in the files and in the database differ, the worst first; null where they do not. */
export function migrationProblem(files: readonly MigrationFile[], applied: readonly Applied[]): string | null {
  const differences: readonly [what: string, names: readonly string[]][] = [
    ['failed', applied.filter(({ done }) => !done).map(({ name }) => name)],
    ['not applied', files.filter(({ name }) => !applied.some((known) => known.name === name)).map(({ name }) => name)],
    [
      'not in the files',
      applied.filter(({ name }) => !files.some((file) => file.name === name)).map(({ name }) => name),
    ],
    ['edited after they were applied', files.filter((file) => isEdited(file, applied)).map(({ name }) => name)],
  ];
  const told = differences.filter(([, names]) => names.length > 0);
  return told.length === 0 ? null : told.map(([what, names]) => `${what}: ${listed(names.toSorted())}`).join('; ');
}

function isEdited({ name, checksum }: MigrationFile, applied: readonly Applied[]): boolean {
  return applied.some((known) => known.name === name && known.done && known.checksum !== checksum);
}
