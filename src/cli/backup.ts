import { userInfo } from 'node:os';
import { setTimeout as after } from 'node:timers/promises';
import { openQueue } from '../adapters/jobs/boss.ts';
import { startWorkers } from '../adapters/jobs/workers.ts';
import { createStore } from '../adapters/postgres/store.ts';
import { backupMaker, chance } from '../app/backups.ts';
import { openData } from '../app/data.ts';
import { redactOutput } from '../app/redact-output.ts';
import { readSpec } from '../app/spec.ts';
import { programVersion } from '../app/version.ts';
import { loadStoreConfig, secretValues } from '../config.ts';
import { type BackupRun, isOpenBackup } from '../domain/backup/backup.ts';
import { parseBackup } from '../domain/backup/command.ts';
import { type BackupProgress, isOfNow, paceOf } from '../domain/backup/progress.ts';
import { backupSubject } from '../domain/event.ts';
import { sizeWords } from '../domain/text/size-words.ts';
import { backups } from '../jobs/backups.ts';
import { runBackup } from '../usecases/backup/run.ts';
import { BACKUP_PACE } from '../usecases/backup/watch.ts';
import type { Store } from '../usecases/ports.ts';
import { quietLog } from './quiet-log.ts';
import { type CliIo, type RunCli, UsageError } from './types.ts';

/** How often it is looked how far it is, in milliseconds. */
const LOOK = 250;
/** A backup that is another's to make is given back for so long, in seconds. */
const NOT_OURS = 5;

/**
 * `backup run`: asks for a backup as Slack does, and makes it where no running bot is quicker. Ended, it only stops watching when
 * a bot makes it; what this process was making is made again by the next one.
 */
export const backupRun: RunCli = async (args, { env, err }) => {
  const [word = '', extra] = args;
  if (extra !== undefined) throw new UsageError(`"${extra}" is one word too many.`);
  const config = loadStoreConfig(env);
  const running = readSpec(config.specPath, env);
  const key = parseBackup(word, running.spec);
  if (!key.ok) throw new UsageError(key.problem.replaceAll('`', ''));
  const log = quietLog(env);
  const data = await openData(config, log, 4);
  const queue = await openQueue(data.url, { keep: true, log });
  const workers = startWorkers(queue, { url: data.url, log });
  try {
    const store = createStore(data.database, queue);
    const spec = { current: () => running.spec };
    const clock = { now: () => new Date() };
    const caller = { actor: { kind: 'cli', user: userInfo().username }, requestKey: null, groups: [] } as const;
    const asked = await runBackup({ store, clock, spec }, caller, { key: key.value });
    if (!asked.ok) throw new Error(asked.refusal.message.replaceAll('`', ''));
    const { number } = asked.value.backup;
    if (asked.value.joined) err(`${backupSubject(number)} is being made already: you get that one.\n`);
    const redact = (text: string) => redactOutput(text, secretValues(config), running.spec, env);
    const maker = backupMaker({
      home: config.home,
      spec,
      environment: env,
      ownUrl: data.url,
      version: programVersion,
      redact,
    });
    const make = backups({ store, clock, spec, maker, chance, pace: BACKUP_PACE, log }, log);
    await workers.work('backups', 1, async (job, over) =>
      job.backup === number ? make(job, over) : { kind: 'again', seconds: NOT_OURS, reason: 'a bot makes this one' },
    );
    const ended = await watch(store, number, err);
    return { text: endWords(ended), json: ended, exitCode: ended.status === 'sealed' ? 0 : 1 };
  } finally {
    await workers.stop();
    await queue.close();
    await data.close();
  }
};

/** Says how far it is until it has ended. */
async function watch(store: Store, number: number, err: CliIo['err']): Promise<BackupRun> {
  let said = '';
  for (;;) {
    const run = await store.backup(number);
    if (run === null) throw new Error(`${backupSubject(number)} is gone`);
    const words = stateWords(run, await store.backupProgress(number));
    if (words !== said) err(`${words}\n`);
    said = words;
    if (!isOpenBackup(run)) return run;
    await after(LOOK);
  }
}

function stateWords(run: BackupRun, progress: BackupProgress | null): string {
  const name = backupSubject(run.number);
  if (!isOfNow(run, progress)) return `${name} ${run.status}${run.reason === null ? '' : `: ${run.reason}`}`;
  const { bytes, rate, remaining } = paceOf(run, progress);
  const parts = [
    `${sizeWords(bytes)} written`,
    ...(rate === null ? [] : [`${sizeWords(rate)} a second`]),
    ...(remaining === null ? [] : [`about ${Math.ceil(remaining / 1000)} s left`]),
  ];
  return `${name} ${parts.join(', ')}`;
}

function endWords({ number, backup, status, reason, sealed }: BackupRun): string {
  if (sealed === null) return `${backupSubject(number)} of ${backup} ${status}${reason === null ? '' : `: ${reason}`}`;
  return `${backupSubject(number)} of ${backup} is sealed: ${sealed.rows} rows of ${sealed.tables} tables, ${sizeWords(sealed.bytes)}, in ${backup}/${sealed.id}`;
}
