import type { KnownBlock } from '@slack/types';
import type { BackupGlance } from '../src/domain/backup/status.ts';
import { glanceHead } from './backup-lists.ts';
import { context, header, section } from './elements.ts';

/** App Home has other things to say. */
const MOST = 4;

/** Backups at a glance, the worst first. Nothing where none is made here. */
export function backupsGlance(glances: readonly BackupGlance[]): KnownBlock[] {
  const made = glances.filter(({ health }) => health !== 'not-available');
  if (made.length === 0) return [];
  const left = made.length - MOST;
  const rest = [...(left > 0 ? [`and ${left} more`] : []), '`/backup` shows all of them'];
  return [header('Backups'), section(made.slice(0, MOST).map(glanceHead).join('\n')), context(rest.join('  ·  '))];
}
