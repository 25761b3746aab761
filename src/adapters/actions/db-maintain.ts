import type { MaintainStep } from '../../domain/spec/data-action.ts';
import { sizeWords } from '../../domain/text/size-words.ts';
import { oneLine } from '../../domain/text/text-table.ts';
import type { Action, ActionOutcome } from '../../usecases/action-port.ts';
import { indexesOf, replaces } from './database/indexes.ts';
import type { Maintenance, Notes } from './database/maintain/notes.ts';
import { reindex } from './database/maintain/reindex.ts';
import { analyze, vacuumAnalyze } from './database/maintain/vacuum.ts';
import { deadRows } from './database/report/dead-rows.ts';
import { freeSpace } from './database/report/free-space.ts';
import { sectionLines } from './database/report/section.ts';
import { inSession, Stopped } from './database/session.ts';
import { leavesOf, tablesOf } from './database/tables.ts';
import { maintainSqlite } from './sqlite/maintain.ts';

/** Held by whoever maintains a database: "mainst" in ASCII. Advisory locks are each database's own. */
const LOCK = 0x6d61_696e_7374;

/**
 * Maintains a database step by step and table by table. It never waits longer than the duty's `lockTimeout` for a lock,
 * and one maintenance of a database goes on at a time. When it is stopped, what runs is cancelled on the server and
 * what a rebuild left is dropped.
 */
export const dbMaintain: Action<'db.maintain'> = (input, target, context) =>
  target?.kind === 'sqlite' ? maintainSqlite(input, target, context) : maintainPostgres(input, target, context);

const maintainPostgres: Action<'db.maintain'> = (input, target, { signal, mode }) =>
  inSession(target, signal, async (session) => {
    const refuse = (reason: string): ActionOutcome => {
      return { outcome: 'could-not-run', summary: `${target?.title}: ${reason}`, output: '' };
    };
    const found = await tablesOf(session, input.tables);
    if (!found.ok) return refuse(found.problem);
    const notes: Notes = { lines: [], done: 0, faults: [] };
    const leaves = await leavesOf(session, found.tables);
    const maintenance: Maintenance = { session, tables: found.tables, leaves, notes };
    if (mode === 'preview') return previewed(maintenance, input.steps, target?.title ?? '');

    const [server] = await session.rows<{ standby: boolean; locked: boolean; lock_timeout: string }>(
      `select pg_is_in_recovery() as standby, pg_try_advisory_lock($1) as locked, set_config('lock_timeout', $2, false)`,
      [LOCK, String(Math.ceil(input.lockTimeout))],
    );
    if (server?.standby) return refuse('is a standby, which follows its primary: maintain that');
    if (!server?.locked) return refuse('is being maintained already; one maintenance of a database goes on at a time');
    const stopped = await steps(maintenance, input.steps, input.deadRowsAbove);
    return outcomeOf(notes, stopped, input.steps, target?.title ?? '');
  });

/** Does the steps in the order of the spec. Returns whether it was stopped on the way. */
async function steps(
  maintenance: Maintenance,
  named: readonly MaintainStep[],
  deadRowsAbove: number,
): Promise<boolean> {
  const { session, leaves, notes } = maintenance;
  const doing: Record<MaintainStep, () => Promise<void>> = {
    'vacuum-analyze': () => vacuumAnalyze(maintenance),
    reindex: () => reindex(maintenance),
    analyze: () => analyze(maintenance),
    'bloat-report': async () => {
      const sections = [await deadRows(session, leaves, deadRowsAbove), await freeSpace(session, leaves)];
      notes.lines.push(...sections.flatMap(sectionLines).map((line) => `  ${line}`));
      notes.done += 1;
    },
  };
  for (const step of named) {
    const began = performance.now();
    const at = notes.lines.push(`${step}: stopped`) - 1;
    try {
      await doing[step]();
    } catch (error) {
      if (error instanceof Stopped) return true;
      throw error;
    }
    notes.lines[at] = `${step}: ${((performance.now() - began) / 1000).toFixed(1)} s`;
  }
  return false;
}

function outcomeOf(notes: Notes, stopped: boolean, steps: readonly string[], title: string): ActionOutcome {
  const output = notes.lines.join('\n');
  if (stopped) return { outcome: 'failed', summary: `${title}: stopped before all of it was done`, output };
  const { faults, done } = notes;
  const [first] = faults;
  if (first === undefined) return { outcome: 'succeeded', summary: `${title}: ${steps.join(', ')} done`, output };
  const none = done === 0 && faults.every(({ lies }) => lies === 'outside');
  const others = faults.length === 1 ? '' : `, and ${faults.length - 1} more`;
  return { outcome: none ? 'could-not-run' : 'failed', summary: `${title}: not done: ${first.words}${others}`, output };
}

async function previewed(maintenance: Maintenance, steps: readonly string[], title: string): Promise<ActionOutcome> {
  const { session, tables, leaves } = maintenance;
  const indexes = await indexesOf(session, leaves);
  const rebuilt = indexes.filter(({ valid, exclusion }) => valid && !exclusion);
  const bytes = rebuilt.reduce((sum, index) => sum + index.bytes, 0);
  const left = indexes.filter((index) => replaces(index, indexes) !== null);
  const lines = [
    `tables: ${tables.map(({ shown }) => oneLine(shown)).join(', ') || 'none'}`,
    ...(steps.includes('reindex')
      ? [
          `indexes: ${rebuilt.length}, together ${sizeWords(bytes)}`,
          `invalid leftovers to drop: ${left.map(({ shown }) => oneLine(shown)).join(', ') || 'none'}`,
        ]
      : []),
  ];
  return { outcome: 'succeeded', summary: `${title}: would do ${steps.join(', ')}`, output: lines.join('\n') };
}
