import type { Actor } from '../../domain/actor.ts';
import type { BackupRun } from '../../domain/backup/backup.ts';
import type { DrillRun } from '../../domain/backup/drill.ts';
import { beginDrill, type DrillRefusal } from '../../domain/backup/drill-decide.ts';
import { ACCESS_SUBJECT, backupSubject } from '../../domain/event.ts';
import { done, type Outcome, refused } from '../../domain/outcome.ts';
import { notPermitted } from '../permit.ts';
import type { Caller, Tx } from '../ports.ts';
import type { BackupDeps } from './change.ts';
import { drillWrite } from './drill-change.ts';

/** `joined`: one of this key was open already, and whoever asked waits for that one. */
export type DrillAsked = Outcome<{ readonly drill: DrillRun; readonly joined: boolean }, DrillRefusal>;

/** Which backup: the latest whole one of a key, or this one. */
export type WhatToDrill = { readonly key: string } | { readonly number: number };

/** A backup that can be drilled, with the one made before it. */
export interface Drillable {
  readonly run: BackupRun;
  readonly before: BackupRun | null;
}

/** The one before an older backup is looked for among so many. */
const MOST_BETWEEN = 100;

/** Has a backup restored, by a drill worker, to see whether it can be; whoever asks while one of that key is open gets that one. */
export async function requestDrill(deps: BackupDeps, caller: Caller, what: WhatToDrill): Promise<DrillAsked> {
  const found = await drillable(deps, what);
  return deps.store.once<DrillAsked>(caller.requestKey, async (tx) => {
    const now = deps.clock.now();
    const refusal = notPermitted(deps.spec.current(), 'backup.drill', caller, now);
    if (refusal !== null) {
      await tx.save({ events: [{ subject: ACCESS_SUBJECT, draft: refusal.event }] });
      return refusal.answer;
    }
    return found.ok ? openDrill(deps, tx, found.value, { occurrence: null, actor: caller.actor, now }) : found;
  });
}

/** Opens a drill within a transaction, unless one of its key is open. */
export async function openDrill(
  { spec }: Pick<BackupDeps, 'spec'>,
  tx: Tx,
  { run, before }: Drillable,
  { occurrence, ...situation }: { readonly occurrence: string | null; readonly actor: Actor; readonly now: Date },
): Promise<DrillAsked> {
  const open = await tx.openDrill(run.backup);
  if (open !== null) return done({ drill: open, joined: true });
  const backup = spec.current().backups.find(({ key }) => key === run.backup) ?? null;
  const number = await tx.nextDrillNumber();
  const decided = beginDrill(number, { run, before, backup, occurrence }, situation);
  if (!decided.ok) return decided;
  const write = drillWrite(null, number, decided.value);
  await tx.save({ ...write, drillJobs: [{ drill: number, lane: run.backup }] });
  return done({ drill: write.drills[0], joined: false });
}

/** The backup that was meant. */
export async function drillable(
  { store }: Pick<BackupDeps, 'store'>,
  what: WhatToDrill,
): Promise<Outcome<Drillable, DrillRefusal>> {
  const asked = 'number' in what ? await store.backup(what.number) : null;
  if ('number' in what && asked === null) {
    return refused('unknown-backup', `There is no ${backupSubject(what.number)}. \`/backup list\` shows the backups.`);
  }
  const key = asked?.backup ?? ('key' in what ? what.key : '');
  const whole = await store.latestBackups([key], ['sealed'], MOST_BETWEEN);
  const run = asked ?? whole[0];
  if (run === undefined) {
    return refused('nothing-to-drill', `There is no whole backup of \`${key}\` yet. \`/backup run ${key}\` makes one.`);
  }
  return done({ run, before: whole.find(({ number }) => number < run.number) ?? null });
}
