import { parseArgs } from 'node:util';
import { drillBackup } from '../adapters/pgrestore/drill.ts';
import { type KeptBackup, keptIn } from '../adapters/storage/folder.ts';
import { backupsIn } from '../app/backups.ts';
import { drillTools, jobOf, previousOf } from '../app/drills.ts';
import { processSignals } from '../app/serve.ts';
import { loadStoreConfig } from '../config.ts';
import { climb, type DrillResult, type Rung } from '../domain/backup/ladder.ts';
import { type RunCli, UsageError } from './types.ts';

/**
 * Drills a backup by hand: needs the folder of backups and an identity, and neither the database of Mainstay nor its spec,
 * so that it works on the day on which both are gone.
 */
export const backupDrill: RunCli = async (args, { env, err }) => {
  const { key, id, identityFile } = wanted(args);
  const { home } = loadStoreConfig(env);
  const root = backupsIn(home);
  const { whole } = await keptIn(root, key);
  const found = id === null ? whole.at(-1) : whole.find((one) => one.id === id);
  if (found === undefined) throw new Error(`There is no whole backup ${id ?? `of ${key}`} in ${root}.`);
  const stop = new AbortController();
  void processSignals().end.then((signal) => stop.abort(new Error(`it was ended by ${signal}`)));
  const job = {
    ...jobOf(root, found),
    ...(await drillTools({ home, identityFile, environment: env })),
    smoke: [],
    altered: [],
  };
  const seen = await drillBackup(
    job,
    stop.signal,
    () => new Date(),
    (rung) => err(`${rung} ...\n`),
  );
  const previous = previousOf(whole, before(whole, found));
  const result = climb(found.manifest, seen, { previous, smoke: [], offSite: false, rto: null, rpo: null });
  return {
    text: textOf(found, result),
    json: { id: found.id, ...result },
    exitCode: result.verdict === 'passed' ? 0 : 1,
  };
};

function wanted(args: readonly string[]) {
  const { values, positionals } = parse(args);
  const [name, ...more] = positionals;
  if (name === undefined) throw new UsageError('The backup is missing.');
  if (more[0] !== undefined) throw new UsageError(`"${more[0]}" is one word too many.`);
  if (values.identity === undefined)
    throw new UsageError('--identity FILE is missing: the file of a key that opens the backup.');
  const [key = '', id = null] = name.split('/', 2);
  return { key, id, identityFile: values.identity };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { identity: { type: 'string' } }, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

const before = (whole: readonly KeptBackup[], { id }: KeptBackup) => whole.findLast((one) => one.id < id)?.id ?? null;

function textOf({ id, manifest }: KeptBackup, { verdict, rungs, measures }: DrillResult): string {
  const lines = rungs.flatMap(rungLines);
  const back = measures.rto === null ? 'never' : `${Math.round(measures.rto / 1000)} s`;
  return [
    `${manifest.backup}/${id}: ${verdict}`,
    ...lines,
    `back in ${back}; the data is ${Math.round(measures.rpo / 1000)} s old; all of it took ${Math.round(measures.took / 1000)} s`,
  ].join('\n');
}

function rungLines({ rung, verdict, notes, count }: Rung): string[] {
  const left = count - notes.length;
  const more = left > 0 ? [`             and ${left} more`] : [];
  return [
    `  ${rung.padEnd(10)} ${verdict}`,
    ...notes.map(({ reason, what }) => `             ${reason}: ${what}`),
    ...more,
  ];
}
