import type { BackupRun } from '../../domain/backup/backup.ts';
import type { BackupRefusal } from '../../domain/backup/decision.ts';
import { backupToMake, beginBackup } from '../../domain/backup/request.ts';
import { ACCESS_SUBJECT } from '../../domain/event.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import { notPermitted } from '../permit.ts';
import type { Caller } from '../ports.ts';
import { type BackupDeps, backupWrite } from './change.ts';

/** `joined`: one was being made already, and whoever asked waits for that one. */
export type BackupAsked = Outcome<{ readonly backup: BackupRun; readonly joined: boolean }, BackupRefusal>;

/** Has a backup made, by whichever process is free; whoever asks while one is being made gets that one. */
export function runBackup(deps: BackupDeps, caller: Caller, input: { readonly key: string }): Promise<BackupAsked> {
  return deps.store.once<BackupAsked>(caller.requestKey, async (tx) => {
    const situation = { actor: caller.actor, now: deps.clock.now(), spec: deps.spec.current() };
    const refusal = notPermitted(situation.spec, 'backup.run', caller, situation.now);
    if (refusal !== null) {
      await tx.save({ events: [{ subject: ACCESS_SUBJECT, draft: refusal.event }] });
      return refusal.answer;
    }
    const wanted = backupToMake(input.key, situation.spec);
    if (!wanted.ok) return wanted;
    const open = await tx.openBackup(wanted.value.key);
    if (open !== null) return done({ backup: open, joined: true });
    const number = await tx.nextBackupNumber();
    const write = backupWrite(null, number, beginBackup(number, wanted.value, null, situation));
    await tx.save({ ...write, backupJobs: [{ backup: number, lane: wanted.value.source }] });
    return done({ backup: write.backups[0], joined: false });
  });
}
