import { follow } from '../../domain/backup/apply.ts';
import type { BackupRun } from '../../domain/backup/backup.ts';
import { backupEvent, showBackup } from '../../domain/backup/decision.ts';
import { type KeepingEvent, keepingEvent, keepingOf, nextPrune, type PruneStep } from '../../domain/backup/keeping.ts';
import { offSiteOf, type StorePlace } from '../../domain/backup/place.ts';
import { backupChannel } from '../../domain/backup/request.ts';
import {
  type ClockFacts,
  decideRetention,
  type PauseReason,
  type RetentionDecision,
} from '../../domain/backup/retention.ts';
import { keptFacts } from '../../domain/backup/upkeep.ts';
import type { Message } from '../../domain/delivery.ts';
import { backupSubject, drillSubject, keepingSubject } from '../../domain/event.ts';
import type { Backup } from '../../domain/spec/backup.ts';
import type { BackupDeps } from './change.ts';
import type { KeepDeps } from './copy.ts';
import { MOST_KEPT } from './look.ts';

const SYSTEM = { kind: 'system', job: 'backup-prune' } as const;

/** What would be done about backups of one key that had their time, and why about each. */
interface PrunePlan {
  readonly runs: readonly BackupRun[];
  readonly decision: RetentionDecision;
  readonly step: PruneStep;
}

/** What there is to be deleted now. Deletes nothing. `clock`: what was written down before whatever led to the question. */
export async function planPrune(
  { store, spec }: Pick<BackupDeps, 'store' | 'spec'>,
  backup: Backup,
  clock: ClockFacts,
): Promise<PrunePlan> {
  const operations = spec.current();
  const keeping = keepingOf(await store.latestKeeping(backup.key));
  const runs = await store.backups({ backup: backup.key, statuses: ['sealed'] }, MOST_KEPT);
  const drills = new Map((await store.openDrills()).map((drill) => [drill.of, drillSubject(drill.number)]));
  const facts = runs.map((run) => keptFacts(run, { backup, spec: operations, inUse: drills.get(run.number) ?? null }));
  const decision = decideRetention(facts, backup.retention, clock);
  const expire = decision.verdicts.flatMap(({ keep, number }) => (keep ? [] : [number])).reverse();
  const step = nextPrune(expire, decision.paused, { keeping, terms: backup.retention, now: clock.now });
  return { runs, decision, step };
}

/**
 * Deletes the backups of one key that had their time, as far as a person agreed to that; else asks, or says that the clock is
 * not believed. Each is marked before anything of it is taken away: what is begun here is ended the next time.
 */
export async function pruneKept(deps: KeepDeps, backup: Backup, lastSeenAt: Date | null): Promise<PruneStep> {
  const plan = await planPrune(deps, backup, { now: deps.clock.now(), lastSeenAt, passed: null });
  const { step } = plan;
  if (step.step === 'expire') for (const number of step.expire) await mark(deps, number);
  else await say(deps, backup, plan);
  const marked = await deps.store.backups({ backup: backup.key, statuses: ['expiring'] }, MOST_KEPT);
  for (const run of marked.reverse()) await takeAway(deps, backup, run);
  return step;
}

/** Somebody may have held it meanwhile. */
async function mark({ store, clock }: KeepDeps, number: number): Promise<void> {
  await store.once(null, async (tx) => {
    const run = await tx.backup(number);
    if (run?.status !== 'sealed' || run.custody.held !== null) return;
    const draft = backupEvent({ actor: SYSTEM, now: clock.now() }, { kind: 'backup.expiring' });
    const events = [{ subject: backupSubject(number), draft }];
    await tx.save({ events, backups: [follow(run, number, [draft])], deliveries: [showBackup(number)] });
  });
}

/** @throws CopyFailed; then it stays marked, and the next time goes on */
async function takeAway({ store, clock, spec, copies, root }: KeepDeps, backup: Backup, run: BackupRun): Promise<void> {
  const { sealed, number, custody } = run;
  if (sealed === null) return;
  const offSite = offSiteOf(backup, spec.current());
  const here: StorePlace = { kind: 'folder', path: root };
  if (custody.copy !== null) {
    // What lies where Mainstay no longer reaches is not gone.
    if (offSite.kind !== 'store' || offSite.storage !== custody.copy.storage) return;
    await copies.remove(offSite.place, run.backup, sealed.id);
  }
  await copies.remove(here, run.backup, sealed.id);
  await store.once(null, async (tx) => {
    const now = await tx.backup(number);
    if (now?.status !== 'expiring') return;
    const draft = backupEvent({ actor: SYSTEM, now: clock.now() }, { kind: 'backup.expired' });
    const events = [{ subject: backupSubject(number), draft }];
    await tx.save({ events, backups: [follow(now, number, [draft])], deliveries: [showBackup(number)] });
  });
}

/** What is said when nothing is deleted although something is old. */
async function say(deps: KeepDeps, backup: Backup, { step, runs }: PrunePlan): Promise<void> {
  if (step.step === 'pause' && step.tell) await pause(deps, backup, step.reason);
  if (step.step !== 'ask' || !step.tell) return;
  const { key, title, retention } = backup;
  const terms = { keep: retention.keep, keepAtLeast: retention.keepAtLeast };
  const { expire } = step;
  await tell(
    deps,
    backup,
    { kind: 'keeping.proposed', terms, expire: [...expire] },
    {
      type: 'backups-to-delete',
      ...{ key, title, terms, expire, bytes: bytesOf(runs, expire) },
    },
  );
}

/** Nothing goes until a person agrees anew, and that is said. */
export async function pause(deps: BackupDeps, backup: Backup, reason: PauseReason): Promise<void> {
  const { key, title } = backup;
  await tell(deps, backup, { kind: 'keeping.paused', reason }, { type: 'backups-kept', key, title, reason });
}

async function tell(
  { store, spec, clock }: BackupDeps,
  backup: Backup,
  body: KeepingEvent,
  message: Message,
): Promise<void> {
  const to = { to: 'channel', channel: backupChannel(backup, spec.current()) } as const;
  const draft = keepingEvent({ actor: SYSTEM, now: clock.now() }, body);
  const events = [{ subject: keepingSubject(backup.key), draft }];
  await store.once(null, (tx) => tx.save({ events, deliveries: [{ kind: 'post', to, message }] }));
}

function bytesOf(runs: readonly BackupRun[], numbers: readonly number[]): number {
  return runs.reduce((sum, { number, sealed }) => sum + (numbers.includes(number) ? (sealed?.bytes ?? 0) : 0), 0);
}
