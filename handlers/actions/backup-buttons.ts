import { backupCancelledAnswer, backupRunAnswer, backupsAgreedAnswer } from '../../blocks/backup-answers.ts';
import type { BackupButton } from '../../blocks/backup-buttons.ts';
import { answerOf } from '../answers.ts';
import { backupAnswer } from '../backup-answer.ts';
import { buttonNumber } from '../button-number.ts';
import type { Action } from '../registry.ts';

const run: Action = {
  id: 'backup.run' satisfies BackupButton,
  permission: 'backup.run',
  run: async ({ caller, value }, { verbs }) => answerOf(await verbs.runBackup(caller, { key: value }), backupRunAnswer),
};

const cancel: Action = {
  id: 'backup.cancel' satisfies BackupButton,
  permission: 'backup.cancel',
  run: async (call, { verbs }) =>
    answerOf(await verbs.cancelBackup(call.caller, { number: buttonNumber(call, "backup's") }), backupCancelledAnswer),
};

const show: Action = {
  id: 'backup.show' satisfies BackupButton,
  permission: null,
  run: (call, deps) => backupAnswer(deps, buttonNumber(call, "backup's")),
};

const prune: Action = {
  id: 'backup.prune' satisfies BackupButton,
  permission: 'backup.prune',
  run: async ({ caller, value }, { verbs }) =>
    answerOf(await verbs.agreeToPrune(caller, { key: value }), backupsAgreedAnswer),
};

/** Every button of a backup, wherever it is shown. */
export const backupButtons: readonly Action[] = [run, cancel, show, prune];
