import { parseArgs } from 'node:util';
import { copiesInChild } from '../adapters/storage/in-child.ts';
import { programEnvironment } from '../app/backups.ts';
import { redactOutput } from '../app/redact-output.ts';
import { readSpec } from '../app/spec.ts';
import { loadStoreConfig, secretValues } from '../config.ts';
import { isGood, judgeCopy } from '../domain/backup/canary.ts';
import { parseBackup } from '../domain/backup/command.ts';
import { keepingOf } from '../domain/backup/keeping.ts';
import { offSiteOf } from '../domain/backup/place.ts';
import { backupSubject } from '../domain/event.ts';
import type { Backup } from '../domain/spec/backup.ts';
import { reveal } from '../domain/spec/secret.ts';
import { MOST_KEPT } from '../usecases/backup/look.ts';
import { planPrune } from '../usecases/backup/prune.ts';
import type { Store } from '../usecases/ports.ts';
import { table } from './table.ts';
import { type CliIo, type CliResult, type RunCli, UsageError } from './types.ts';
import { withStore } from './with-store.ts';

const WHY = {
  'for-ever': 'backups of this key are kept for ever',
  'within-its-time': 'its time is not over',
  'among-the-newest': 'among the newest good ones, of which so many stay',
  held: 'held by a person',
  'newest-restore-verified': 'the newest that was restored',
  'newest-deep-verified': 'the newest that was read and found sound',
  'in-use': 'being restored or drilled',
  'not-yet-off-site': 'not copied off-site yet',
  'needed-by-later': 'later ones need it',
  'deletion-paused': 'the clock is not believed',
  'past-its-time': 'its time is over',
} as const;

/** `backup prune --dry-run`: of each kept backup, whether it goes and why. It deletes nothing: a running bot does, once somebody agreed. */
export const backupPrune: RunCli = async (args, { env }) => {
  const { values, positionals } = read(args, { 'dry-run': { type: 'boolean', default: false } });
  if (values['dry-run'] !== true) {
    throw new UsageError(
      'only `backup prune --dry-run` is done here: the bot deletes, after somebody agreed in Slack to what it shows.',
    );
  }
  const { spec } = readSpec(loadStoreConfig(env).specPath, env);
  const backups = wanted(positionals, spec.backups, spec);
  const plans = await withStore(env, (store) =>
    Promise.all(
      backups.map(async (backup) => {
        const { lastSeenAt } = keepingOf(await store.latestKeeping(backup.key));
        const clock = { now: new Date(), lastSeenAt, passed: null };
        return { backup, ...(await planPrune({ store, spec: { current: () => spec } }, backup, clock)) };
      }),
    ),
  );
  const rows = plans.flatMap(({ backup, decision }) =>
    decision.verdicts.map(({ number, keep, reason }) => [
      backupSubject(number),
      backup.key,
      keep ? 'stays' : 'goes',
      WHY[reason],
    ]),
  );
  const json = plans.map(({ backup, decision, step }) => ({ backup: backup.key, ...decision, step: step.step }));
  return { text: rows.length === 0 ? 'No backup is kept.' : table(['BACKUP', 'OF', '', 'WHY'], rows), json };
};

/** `backup verify --off-site`: reads every copy elsewhere, and compares it with what the log says was sealed. */
export async function verifyOffSite(key: string | null, env: CliIo['env']): Promise<CliResult> {
  const config = loadStoreConfig(env);
  const { spec } = readSpec(config.specPath, env);
  const verified = await withStore(env, async (store) => {
    const found: { backup: string; verdict: string; faults: string[]; good: boolean }[] = [];
    for (const backup of wanted(key === null ? [] : [key], spec.backups, spec)) {
      found.push(...(await looked(store, backup)));
    }
    return found;
  });
  const clean = (text: string) => redactOutput(text, secretValues(config), spec, env);
  const bad = verified.filter(({ good }) => !good);
  const lines = bad.map(({ backup, verdict, faults }) => clean(`FAULT  ${backup}: ${[verdict, ...faults].join('; ')}`));
  const sum = `${verified.length - bad.length} of ${verified.length} copies off-site are good: every byte is as it was sealed.`;
  return {
    text: verified.length === 0 ? 'There is no copy off-site.' : [...lines, sum].join('\n'),
    json: verified,
    exitCode: bad.length === 0 ? 0 : 1,
  };

  async function looked(store: Store, backup: Backup) {
    const offSite = offSiteOf(backup, spec);
    if (offSite.kind !== 'store') return [];
    const all = await store.backups({ backup: backup.key, statuses: ['sealed'] }, MOST_KEPT);
    const runs = all.filter(({ custody }) => custody.copy?.storage === offSite.storage);
    const ids = runs.flatMap(({ sealed }) => sealed?.id ?? []);
    const copies = copiesInChild(programEnvironment(env));
    const read = await copies.read(offSite.place, backup.key, ids, new AbortController().signal);
    const known = [...backup.recipients, ...backup.formerRecipients].map(reveal);
    return runs.flatMap(({ number, sealed }, index) => {
      const copy = read[index];
      if (sealed === null || copy === undefined) return [];
      const verdict = judgeCopy({ number, ...sealed }, copy, known);
      const faults = verdict.verdict === 'damaged' ? verdict.faults.map(({ file, what }) => `${file}: ${what}`) : [];
      const why = verdict.verdict === 'could-not-tell' ? [verdict.why] : faults;
      return [{ backup: backupSubject(number), verdict: verdict.verdict, faults: why, good: isGood(verdict) }];
    });
  }
}

function wanted(
  words: readonly string[],
  backups: readonly Backup[],
  spec: Parameters<typeof parseBackup>[1],
): Backup[] {
  const [word] = words;
  if (word === undefined) return [...backups];
  const key = parseBackup(word, spec);
  if (!key.ok) throw new UsageError(key.problem.replaceAll('`', ''));
  return backups.filter((backup) => backup.key === key.value);
}

function read<const Options extends NonNullable<Parameters<typeof parseArgs>[0]>['options']>(
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
