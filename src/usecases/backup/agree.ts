import type { BackupRefusal } from '../../domain/backup/decision.ts';
import { keepingEvent, keepingOf, sameTerms } from '../../domain/backup/keeping.ts';
import { ACCESS_SUBJECT, keepingSubject } from '../../domain/event.ts';
import { done, type Outcome, refused } from '../../domain/outcome.ts';
import type { Backup } from '../../domain/spec/backup.ts';
import { notPermitted } from '../permit.ts';
import type { Caller } from '../ports.ts';
import type { BackupDeps } from './change.ts';

export type PruneAgreed = Outcome<Pick<Backup, 'key' | 'title' | 'retention'>, BackupRefusal>;

/** Agrees that backups of one key are deleted by the terms of the spec: those that were shown, and later ones by the same terms. */
export function agreeToPrune(
  { store, spec, clock }: BackupDeps,
  caller: Caller,
  { key }: { readonly key: string },
): Promise<PruneAgreed> {
  return store.once<PruneAgreed>(caller.requestKey, async (tx) => {
    const situation = { actor: caller.actor, now: clock.now() };
    const refusal = notPermitted(spec.current(), 'backup.prune', caller, situation.now);
    if (refusal !== null) {
      await tx.save({ events: [{ subject: ACCESS_SUBJECT, draft: refusal.event }] });
      return refusal.answer;
    }
    const backup = spec.current().backups.find((one) => one.key === key);
    if (backup === undefined) return refused('unknown-backup', `The operations spec has no backup \`${key}\`.`);
    const { proposed } = keepingOf(await store.latestKeeping(key));
    const { title, retention } = backup;
    if (proposed === null || !sameTerms(proposed.terms, retention)) {
      return refused(
        'nothing-to-approve',
        'The operations spec says something else now: what is to go will be shown anew.',
      );
    }
    const terms = { keep: retention.keep, keepAtLeast: retention.keepAtLeast };
    const draft = keepingEvent(situation, { kind: 'keeping.approved', terms });
    await tx.save({ events: [{ subject: keepingSubject(key), draft }] });
    return done({ key, title, retention });
  });
}
