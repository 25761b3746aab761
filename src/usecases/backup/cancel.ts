import { decideCancelBackup } from '../../domain/backup/attempt.ts';
import { unknownBackup } from '../../domain/backup/decision.ts';
import { done } from '../../domain/outcome.ts';
import { notPermitted } from '../permit.ts';
import type { Caller } from '../ports.ts';
import { type BackupChanged, type BackupDeps, saveBackup } from './change.ts';

/** Ends a backup that is being made; nothing of it is left. */
export function cancelBackup(
  deps: BackupDeps,
  caller: Caller,
  { number }: { readonly number: number },
): Promise<BackupChanged> {
  return deps.store.once<BackupChanged>(caller.requestKey, async (tx) => {
    const backup = await tx.backup(number);
    if (backup === null) return unknownBackup(number);
    const situation = { actor: caller.actor, now: deps.clock.now(), spec: deps.spec.current() };
    const refusal = notPermitted(situation.spec, 'backup.cancel', caller, situation.now);
    if (refusal !== null) {
      await saveBackup(tx, backup, { events: [refusal.event], deliveries: [] });
      return refusal.answer;
    }
    const decided = decideCancelBackup(backup, situation);
    return decided.ok ? done(await saveBackup(tx, backup, decided.value)) : decided;
  });
}
