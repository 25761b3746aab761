import { isOpenBackup } from '../src/domain/backup/backup.ts';
import type { Message } from '../src/domain/delivery.ts';
import { backupButton } from './backup-buttons.ts';
import { backupEmoji, backupName, backupState, reasonWords } from './backup-words.ts';
import { actions, context, type Rendered, section } from './elements.ts';
import { mrkdwnLine } from './escape.ts';
import type { ShownBackup } from './message.ts';
import { actorName, when } from './words.ts';

/** A backup in its owner's channel, edited in place: asked for, how far it is, what became of it. */
export function backupCard({ run, progress }: ShownBackup): Rendered {
  const state = backupState(run, progress);
  const { requested, source, backup } = run;
  const foot = `\`${backup}\` of ${mrkdwnLine(source, 80)}  ·  asked for by ${actorName(requested.by)}, ${when(requested.at)}`;
  const buttons =
    isOpenBackup(run) && run.status !== 'cancelling' ? [actions(backupButton('backup.cancel', run.number))] : [];
  return {
    text: `${backupName(run)}: ${state}`,
    blocks: [section(`${backupEmoji(run)} ${backupName(run)}\n${state}.`), ...buttons, context(foot)],
  };
}

/** One was not made: said aloud where its owners are. */
export function backupFailed({ reason }: Extract<Message, { type: 'backup-failed' }>, { run }: ShownBackup): Rendered {
  const words = `:x: ${backupName(run)} was not made: ${reasonWords(reason)}.`;
  return {
    text: words,
    blocks: [section(words), actions(backupButton('backup.run', run.backup), backupButton('backup.show', run.number))],
  };
}
