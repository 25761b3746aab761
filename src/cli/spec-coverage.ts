import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readSpec } from '../app/spec.ts';
import { formatClause } from '../domain/spec/clause.ts';
import {
  COVERAGE_WAYS,
  type CoverageRow,
  type CoverageTotals,
  coverageTotals,
  notConnectedRows,
} from '../domain/spec/coverage.ts';
import type { OperationsSpec } from '../domain/spec/types.ts';
import { type CoverageContext, isCoverage, loadCoverage } from '../spec/coverage.ts';
import { table } from './table.ts';
import { type CliIo, oneArgument, type RunCli } from './types.ts';

export const specCoverage: RunCli = async (args, { env }) => {
  const { rows, spec } = readRows(oneArgument(args, 'the file'), env, await everyCommand());
  const documents = [...new Set(rows.map(({ clause }) => clause.document))];
  const totalsOf = (some: readonly CoverageRow[]): Totals => ({
    ...coverageTotals(some),
    ...(spec === null ? {} : { 'not connected': notConnectedRows(some, spec) }),
  });
  const totals = documents.map((document) => ({
    document,
    ...totalsOf(rows.filter(({ clause }) => clause.document === document)),
  }));
  return {
    text: [
      asTable(rows),
      ...totals.map(({ document, ...counts }) => sum(document, counts)),
      sum('All', totalsOf(rows)),
    ].join('\n'),
    json: { rows: rows.map(asJson), documents: totals, totals: totalsOf(rows) },
  };
};

/** What people can type, in Slack and in the terminal. Loaded only here: no other command needs all of them. */
async function everyCommand(): Promise<string[]> {
  const [{ typedCommands }, { REGISTRY }, { COMMANDS }] = await Promise.all([
    import('../../handlers/help.ts'),
    import('../../handlers/registered.ts'),
    import('./commands.ts'),
  ]);
  return [...typedCommands(REGISTRY), ...COMMANDS.map(({ words }) => `mainstay ${words.join(' ')}`)];
}

/** The rows of a coverage file, or those of a spec's documents from all coverage files beside it. */
function readRows(
  file: string,
  env: CliIo['env'],
  commands: readonly string[],
): { readonly rows: CoverageRow[]; readonly spec: OperationsSpec | null } {
  if (existsSync(file) && isCoverage(readFileSync(file, 'utf8')))
    return { rows: rowsOf([file], { commands }), spec: null };
  const { spec } = readSpec(file, env);
  const folder = join(dirname(file), 'coverage');
  const files = globSync('*.{yml,yaml}', { cwd: folder }).sort();
  if (files.length === 0)
    throw new Error(`There are no coverage files for ${basename(file)}: they belong into ${folder}.`);
  const paths = files.map((name) => join(folder, name));
  return { rows: rowsOf(paths, { spec, commands }).filter(({ clause }) => clause.document in spec.documents), spec };
}

function rowsOf(files: readonly string[], against: CoverageContext): CoverageRow[] {
  const rows: CoverageRow[] = [];
  const faults: string[] = [];
  for (const file of files) {
    const read = loadCoverage(readFileSync(file, 'utf8'), file, { ...against, others: [...rows] });
    if (read.ok) rows.push(...read.rows);
    else faults.push(...read.faults);
  }
  if (faults.length > 0)
    throw new Error(`The coverage cannot be used:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
  return rows.sort(inOrder);
}

function inOrder({ clause: one }: CoverageRow, { clause: other }: CoverageRow): number {
  if (one.document === other.document) return one.from - other.from;
  return one.document < other.document ? -1 : 1;
}

const by = (row: CoverageRow) => row.by.map(({ kind, name }) => `${kind}:${name}`);

function asJson(row: CoverageRow) {
  const { clause, says, how, note } = row;
  return { clause: formatClause(clause), says, how, by: by(row), ...(note === undefined ? {} : { note }) };
}

function asTable(rows: readonly CoverageRow[]): string {
  const lines = rows.map((row) => [
    formatClause(row.clause),
    row.how,
    row.says,
    [...by(row), row.note ?? ''].join(' ').trim(),
  ]);
  return `${table(['clause', 'how', 'what it asks for', 'carried by'], lines)}\n`;
}

/** `not connected` are those of machine and checked whose systems do not exist here; absent where the spec is not at hand. */
type Totals = CoverageTotals & { readonly 'not connected'?: number };

function sum(name: string, totals: Totals): string {
  const ways = COVERAGE_WAYS.map((way) => `${totals[way]} ${way}`).join(', ');
  const left = totals['not connected'] ?? 0;
  const here =
    left === 0
      ? ''
      : ` Of machine and checked, ${left} ${left === 1 ? 'waits' : 'wait'} for a system that is not connected here.`;
  return `${name}: ${totals.rows === 1 ? '1 clause' : `${totals.rows} clauses`}: ${ways}.${here}`;
}
