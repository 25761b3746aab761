import { availableParallelism, loadavg } from 'node:os';
import { type BenchDatabase, requirePostgres } from './postgres.ts';
import { PeerAbsent } from './program.ts';
import { resting } from './resident.ts';
import { acknowledgement } from './t1-acknowledgement.ts';
import { declaring } from './t2-declare.ts';
import { events } from './t3-events.ts';
import { alerts } from './t4-alerts.ts';
import { checks } from './t5-checks.ts';
import { manyChecks } from './t5-many-checks.ts';
import { jobs } from './t6-jobs.ts';
import { schedules } from './t7-schedules.ts';
import { starting } from './t9-start.ts';
import { databaseBack } from './t10-database-back.ts';
import { type Row, renderTable } from './table.ts';

// `npm run bench [-- T1 T9]`: each target measured beside its peer in one interleaved run. Machines differ; ratios less.
const measures: Record<string, (database: BenchDatabase) => Promise<Row[]>> = {
  T1: acknowledgement,
  T2: declaring,
  T3: events,
  T4: alerts,
  T5: checks,
  T5M: manyChecks,
  T6: jobs,
  T7: schedules,
  T9: starting,
  T10: databaseBack,
  RSS: resting,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in measures));
if (unknown.length > 0) {
  console.error(`No benchmark ${unknown.join(', ')}. There are: ${Object.keys(measures).join(', ')}.`);
  process.exitCode = 2;
} else {
  const database = await requirePostgres();
  const rows: Row[] = [];
  try {
    for (const name of asked.length > 0 ? asked : Object.keys(measures)) {
      console.error(`measuring ${name} ...`);
      try {
        rows.push(...((await measures[name]?.(database)) ?? []));
      } catch (error) {
        if (!(error instanceof PeerAbsent)) throw error;
        console.error(`${name} was not measured: ${error.message}`);
      }
    }
  } finally {
    await database.stop();
  }
  const load = loadavg().map((value) => value.toFixed(1));
  console.log(
    `${renderTable(rows)}\n\nLoad over the last 1, 5 and 15 minutes: ${load.join(', ')} on ${availableParallelism()} cores.`,
  );
  // A target missed is reported, not hidden: the table says so and so does the exit code.
  if (rows.some((row) => !row.met)) process.exitCode = 1;
}
