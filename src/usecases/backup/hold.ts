import type { BackupRun } from '../../domain/backup/backup.ts';
import { type BackupDecided, type BackupSituation, unknownBackup } from '../../domain/backup/decision.ts';
import { decideHold, decideRelease } from '../../domain/backup/hold.ts';
import { done } from '../../domain/outcome.ts';
import { notPermitted } from '../permit.ts';
import type { Caller } from '../ports.ts';
import { type BackupChanged, type BackupDeps, saveBackup } from './change.ts';

interface Held {
  readonly number: number;
  readonly reason: string | null;
}

/** Keeps a backup, whatever its age, until somebody releases it. */
export function holdBackup(deps: BackupDeps, caller: Caller, input: Held): Promise<BackupChanged> {
  return change(deps, caller, input, decideHold);
}

/** It is kept as long as the others again. */
export function releaseBackup(deps: BackupDeps, caller: Caller, input: Held): Promise<BackupChanged> {
  return change(deps, caller, input, decideRelease);
}

function change(
  deps: BackupDeps,
  caller: Caller,
  { number, reason }: Held,
  decide: (run: BackupRun, reason: string | null, situation: BackupSituation) => BackupDecided,
): Promise<BackupChanged> {
  return deps.store.once<BackupChanged>(caller.requestKey, async (tx) => {
    const run = await tx.backup(number);
    if (run === null) return unknownBackup(number);
    const situation = { actor: caller.actor, now: deps.clock.now(), spec: deps.spec.current() };
    const refusal = notPermitted(situation.spec, 'backup.hold', caller, situation.now);
    if (refusal !== null) {
      await saveBackup(tx, run, { events: [refusal.event], deliveries: [] });
      return refusal.answer;
    }
    const decided = decide(run, reason, situation);
    return decided.ok ? done(await saveBackup(tx, run, decided.value)) : decided;
  });
}
