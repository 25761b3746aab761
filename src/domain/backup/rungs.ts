import type { FoundDatabase, FoundIntegrity, RestoreFault, Seen } from './drill-seen.ts';
import type { DrillExpectations, DrillNote } from './ladder.ts';
import type { DatabaseFacts, Manifest, StructureCensus, TableCensus } from './manifest.ts';

/** Fewer rows than the backup before by more than this are worth a look: bad data is saved faithfully. */
const WORTH_A_LOOK = 0.1;
/** With so much gone, something is wrong with what was saved. */
const NEARLY_ALL = 0.9;

/** What pg_restore complained of. */
export function restoreFaults(faults: readonly RestoreFault[]): DrillNote[] {
  return faults.map(({ reason, what }) => finding(reason, what));
}

/** The catalog of the restored database against that of the snapshot: in name, and in definition. */
export function structureFaults(manifest: Manifest, found: FoundDatabase): DrillNote[] {
  const there = new Map(found.structure.map((one) => [nameOf(one), one]));
  const wanted = new Set(manifest.structure.map(nameOf));
  const roles = new Set(found.roles);
  const extensions = new Set(found.extensions.map(({ name }) => name));
  return [
    ...manifest.structure.flatMap((one) => {
      const same = there.get(nameOf(one));
      if (same === undefined) return [finding(`${one.kind}-missing`, one.name)];
      return same.digest === one.digest ? [] : [finding(`${one.kind}-differs`, one.name)];
    }),
    ...found.structure.filter((one) => !wanted.has(nameOf(one))).map((one) => finding(`${one.kind}-extra`, one.name)),
    ...manifest.database.roles.filter((role) => !roles.has(role)).map((role) => finding('role-missing', role)),
    ...manifest.database.extensions
      .filter(({ name }) => !extensions.has(name))
      .map(({ name }) => finding('extension-missing', name)),
  ];
}

/** Exact counts against the manifest of the same snapshot, and the manifest against the backup before. */
export function volumeFaults(
  { tables }: Pick<Manifest, 'tables'>,
  found: readonly TableCensus[],
  previous: DrillExpectations['previous'],
): DrillNote[] {
  const restored = byName(found);
  const counts = tables.flatMap((table) => {
    const rows = restored.get(tableName(table))?.rows;
    if (rows === undefined) return [finding('table-missing', tableName(table))];
    return rows === table.rows ? [] : [finding('rows-differ', `${tableName(table)}: ${rows} of ${table.rows}`)];
  });
  const nothing = tables.every(({ rows }) => rows === 0)
    ? [finding('empty', 'there is no row in the whole backup')]
    : [];
  return [...nothing, ...counts, ...(previous === null ? [] : losses(previous, tables))];
}

function losses(previous: NonNullable<DrillExpectations['previous']>, tables: readonly TableCensus[]): DrillNote[] {
  const now = byName(tables);
  return previous.tables.flatMap((before) => {
    const name = tableName(before);
    const rows = now.get(name)?.rows;
    if (rows === undefined) return [finding('table-gone', `${name} was in ${previous.id}`)];
    if (before.rows === 0) return [];
    const lost = (before.rows - rows) / before.rows;
    const words = `${name}: ${before.rows} rows in ${previous.id}, ${rows} now`;
    if (lost >= NEARLY_ALL) return [finding('rows-gone', words)];
    return lost > WORTH_A_LOOK ? [warning('fewer-rows', words)] : [];
  });
}

/** The sum of the hashes of all rows of each table. */
export function contentFaults(tables: readonly TableCensus[], found: readonly TableCensus[]): DrillNote[] {
  const restored = byName(found);
  return tables.flatMap((table) => {
    const same = restored.get(tableName(table));
    // A missing one was told with the volume.
    if (same === undefined || table.checksum === null || same.checksum === table.checksum) return [];
    return [finding('content-differs', tableName(table))];
  });
}

/** What amcheck and the catalog say, and whether text is sorted as it was. */
export function integrityFaults(
  { sequencesBehind, invalidIndexes, orphans, damaged }: FoundIntegrity,
  { database }: { readonly database: Pick<DatabaseFacts, 'collation'> },
  found: Seen<FoundDatabase>,
): DrillNote[] {
  const here = found.kind === 'seen' ? found.value.collation : database.collation;
  return [
    ...damaged.map((name) => finding('damaged', name)),
    ...sequencesBehind.map((name) => finding('sequence-behind', name)),
    ...invalidIndexes.map((name) => finding('index-invalid', name)),
    ...orphans.map(({ constraint, rows }) => finding('orphans', `${constraint}: ${rows} rows`)),
    ...(here === database.collation
      ? []
      : [warning('collation-differs', `${database.collation} is not on the machine of the drill; ${here} was used`)]),
  ];
}

/** Whether rows can be written, and whether the application would find the migration it expects. */
export function writeFaults(
  { database }: { readonly database: Pick<DatabaseFacts, 'migration'> },
  unwritable: readonly { readonly table: string; readonly code: string }[],
  found: Seen<FoundDatabase>,
): DrillNote[] {
  const here = found.kind === 'seen' ? found.value.migration : database.migration;
  return [
    ...unwritable.map(({ table, code }) => finding('not-writable', `${table}: SQLSTATE ${code}`)),
    ...(here === database.migration
      ? []
      : [finding('migration-differs', `${here ?? 'none'} instead of ${database.migration ?? 'none'}`)]),
  ];
}

const nameOf = ({ kind, name }: StructureCensus) => `${kind} ${name}`;

const tableName = ({ schema, name }: TableCensus) => `${schema}.${name}`;

const byName = (tables: readonly TableCensus[]) => new Map(tables.map((table) => [tableName(table), table]));

function finding(reason: string, what: string): DrillNote {
  return { weight: 'finding', reason, what };
}

function warning(reason: string, what: string): DrillNote {
  return { weight: 'warning', reason, what };
}
