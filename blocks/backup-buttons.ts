import type { Button } from '@slack/types';
import { button } from './elements.ts';

/** The buttons of a backup: `action_id` is the key, `value` the number of a run; of `backup.run` and `backup.prune` the key in the spec. */
export const BACKUP_BUTTONS = {
  'backup.cancel': 'Cancel',
  'backup.show': 'Show',
  'backup.run': 'Back up now',
  'backup.prune': 'Delete them',
} as const;

export type BackupButton = keyof typeof BACKUP_BUTTONS;

/** One of a backup's buttons. */
export function backupButton(id: BackupButton, value: number | string): Button {
  return button(
    id,
    BACKUP_BUTTONS[id],
    String(value),
    id === 'backup.cancel' || id === 'backup.prune' ? 'danger' : undefined,
  );
}
