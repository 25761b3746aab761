import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { filesAsWritten } from '../adapters/pgdump/verify.ts';
import { keptIn } from '../adapters/storage/folder.ts';
import { backupsIn } from '../app/backups.ts';
import { readSpec } from '../app/spec.ts';
import { loadStoreConfig } from '../config.ts';
import { parseBackup } from '../domain/backup/command.ts';
import { whyNot } from '../domain/backup/request.ts';
import { backupSubject } from '../domain/event.ts';
import { parseDuration } from '../domain/spec/duration.ts';
import { durationWords } from '../domain/text/duration-words.ts';
import type { Store } from '../usecases/ports.ts';
import { oneArgument, type RunCli, UsageError } from './types.ts';
import { withStore } from './with-store.ts';

/** What was found of one backup; `fault` null when it is good enough. */
interface Guarded {
  readonly backup: string;
  readonly number: number | null;
  readonly age: number | null;
  readonly fault: string | null;
}

/**
 * `backup guard`: for whoever is about to do what cannot be undone. Every backup that is made here, or the one named, must have
 * one that is young enough, lies here and is byte by byte what the log says was made. Anything that cannot be seen is a no.
 */
export const backupGuard: RunCli = async (args, { env }) => {
  const { named, maxAge } = readArguments(args);
  const config = loadStoreConfig(env);
  const { spec } = readSpec(config.specPath, env);
  const key = named === null ? null : parseBackup(named, spec);
  if (key !== null && !key.ok) throw new UsageError(key.problem.replaceAll('`', ''));
  const keys = spec.backups
    .filter((backup) => (key === null ? whyNot(backup, spec) === null : backup.key === key.value))
    .map((backup) => backup.key);
  if (keys.length === 0) throw new Error('No backup is made here: there is nothing that could be gone back to.');
  const root = backupsIn(config.home);
  const guarded = await withStore(env, (store) => Promise.all(keys.map((one) => guard(store, root, one, maxAge))));
  const bad = guarded.filter(({ fault }) => fault !== null);
  const lines = guarded.map(({ backup, number, age, fault }) =>
    fault === null && number !== null && age !== null
      ? `ok     ${backup}: ${backupSubject(number)}, ${durationWords(age)} old, every byte as it was written`
      : `NO     ${backup}: ${fault}`,
  );
  return { text: lines.join('\n'), json: guarded, exitCode: bad.length === 0 ? 0 : 1 };
};

async function guard(store: Store, root: string, backup: string, maxAge: number): Promise<Guarded> {
  const [last] = await store.latestBackups([backup], ['sealed'], 1);
  const sealed = last?.sealed ?? null;
  if (last === undefined || sealed === null) return { backup, number: null, age: null, fault: 'there is no backup' };
  const age = Math.max(0, Date.now() - Date.parse(sealed.snapshotAt));
  const found = { backup, number: last.number, age };
  const name = backupSubject(last.number);
  if (age > maxAge)
    return { ...found, fault: `${name} is ${durationWords(age)} old, and ${durationWords(maxAge)} is asked for` };
  const here = (await keptIn(root, backup)).whole.find(({ id }) => id === sealed.id);
  if (here === undefined) return { ...found, fault: `${name} is not here, so nobody can say that it is whole` };
  if (here.manifestSha256 !== sealed.manifestSha256) {
    return { ...found, fault: `the manifest of ${name} is not the one that the log tells of` };
  }
  const [fault] = await filesAsWritten(join(root, backup, sealed.id), here.manifest);
  return { ...found, fault: fault === undefined ? null : `${name}: ${fault.file}: ${fault.what}` };
}

function readArguments(args: readonly string[]): { named: string | null; maxAge: number } {
  const { positionals, values } = parse(args);
  const maxAge = parseDuration(values['max-age'] ?? '');
  if (!maxAge.ok) throw new UsageError('--max-age is missing or wrong: how old a backup may be, such as 1h or 30m.');
  return { named: positionals.length === 0 ? null : oneArgument(positionals, 'the backup'), maxAge: maxAge.ms };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: { 'max-age': { type: 'string' } } });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
