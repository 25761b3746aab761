import { backupShown } from '../blocks/backup-lists.ts';
import { refusalAnswer } from './answers.ts';
import type { EdgeDeps } from './deps.ts';
import type { Answer } from './registry.ts';

/** One backup as it is now, with what happened to it. */
export async function backupAnswer({ verbs }: EdgeDeps, number: number): Promise<Answer> {
  const shown = await verbs.showBackup(number);
  if (!shown.ok) return refusalAnswer(shown.refusal.message);
  const { backup: run, progress, events } = shown.value;
  return backupShown({ run, progress }, events);
}
