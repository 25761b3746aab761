import type { KnownBlock } from '@slack/types';
import type { BackupRun } from '../src/domain/backup/backup.ts';
import type { BackupEvent } from '../src/domain/backup/events.ts';
import type { BackupGlance, BackupHealth } from '../src/domain/backup/status.ts';
import { drillSubject, type StoredEvent } from '../src/domain/event.ts';
import { durationWords } from '../src/domain/text/duration-words.ts';
import { sizeWords } from '../src/domain/text/size-words.ts';
import { backupButton } from './backup-buttons.ts';
import { custodyWords, keptWords } from './backup-kept.ts';
import { backupEmoji, backupName, backupState, reasonWords } from './backup-words.ts';
import { context, type Rendered, section } from './elements.ts';
import { bold, mrkdwnLine } from './escape.ts';
import type { ShownBackup } from './message.ts';
import { actorName, when } from './words.ts';

/** Backups on one screen. */
const MOST = 12;
/** Events of one backup on one screen. */
const MOST_EVENTS = 15;
/** Of each the reason, in a list. */
const REASON = 90;

const SIGN: Record<BackupHealth, string> = {
  'not-available': ':white_circle:',
  good: ':large_green_circle:',
  failing: ':large_yellow_circle:',
  old: ':red_circle:',
};

/** Every backup of the spec, the worst first: how old the last good one is, and how old it may be. */
export function backupStatus(glances: readonly BackupGlance[]): Rendered {
  if (glances.length === 0) {
    const none = 'The operations spec has no `backups`; `docs/backups.md` says how one is written.';
    return { text: none, blocks: [section(none)] };
  }
  const bad = glances.filter(({ health }) => health === 'old' || health === 'failing').length;
  const made = glances.filter(({ health }) => health !== 'not-available').length;
  const head =
    made === 0
      ? '*Backups*: none is made here.'
      : bad === 0
        ? `*Backups*: ${made === 1 ? 'it is' : `all ${made} are`} as the spec wants.`
        : `*Backups*: ${bad} of ${made} ${bad === 1 ? 'is' : 'are'} not as the spec wants.`;
  const left = glances.length - MOST;
  return {
    text: head,
    blocks: [section(head), ...glances.slice(0, MOST).map(row), ...(left > 0 ? [context(`and ${left} more`)] : [])],
  };
}

function row(glance: BackupGlance): KnownBlock {
  const { key, health, open, last } = glance;
  const words = glanceHead(glance);
  const why = glance.reason === null ? '' : `\n${reasonWords(glance.reason)}`;
  const now = open === null ? '' : `\n${backupEmoji(open)} ${backupName(open)}: ${backupState(open, null)}`;
  const how =
    glance.kept === null
      ? ''
      : keptWords(glance.kept)
          .map((line) => `\n${line}`)
          .join('');
  const text = section(`${words}${why}${how}${now}`);
  if (health === 'not-available')
    return last === null ? text : { ...text, accessory: backupButton('backup.show', last.number) };
  if (open !== null) return { ...text, accessory: backupButton('backup.show', open.number) };
  return { ...text, accessory: backupButton('backup.run', key) };
}

/** Its name and figures, on two lines. */
export function glanceHead(glance: BackupGlance): string {
  const figures = [ageWords(glance), ...trendWords(glance), ...drillWords(glance), ...nextWords(glance)];
  return `${SIGN[glance.health]} ${bold(glance.title, 150)}  \`${glance.key}\`\n${figures.join('  ·  ')}`;
}

/** When the next one is due. */
function nextWords({ next, health }: BackupGlance): string[] {
  return next === null || health === 'not-available' ? [] : [`next ${when(next)}`];
}

function ageWords({ age, rpo, last, health }: BackupGlance): string {
  if (age === null || last === null) return health === 'not-available' ? 'not available' : 'no backup';
  const may = rpo === null ? '' : `, may be ${durationWords(rpo)}`;
  return `BK-${last.number}, ${durationWords(age)} old${may}`;
}

/** When it was last proven by restoring it. */
function drillWords({ drill, last }: BackupGlance): string[] {
  if (drill === null) return last === null ? [] : ['never drilled'];
  const { status, number } = drill.run;
  const how =
    status === 'passed' ? 'proven by' : status === 'finding' ? '*found wrong* by' : 'could not be verified by';
  return [`${how} ${drillSubject(number)}, ${durationWords(drill.age)} ago`];
}

/** The last size, and how it compares with those before. */
function trendWords({ sizes }: BackupGlance): string[] {
  const [first, last] = [sizes[0], sizes.at(-1)];
  if (first === undefined || last === undefined) return [];
  if (sizes.length < 2 || first === 0) return [sizeWords(last)];
  const change = Math.round((last / first - 1) * 100);
  return [`${sizeWords(last)} (${change < 0 ? '−' : '+'}${Math.abs(change)} % over ${sizes.length})`];
}

/** Backups that were asked for, the latest first. */
export function backupList(runs: readonly BackupRun[], most: number): Rendered {
  if (runs.length === 0) {
    const none = 'No backup was made yet. `/backup run` makes one.';
    return { text: none, blocks: [section(none)] };
  }
  const lines = runs.map((run) => `${backupEmoji(run)} ${backupName(run)}  ${backupState(run, null)}`);
  const more = runs.length === most ? [context('Older ones are not shown.')] : [];
  return { text: '*Backups*, the latest first', blocks: [...lines.map(section), ...more] };
}

/** One backup with what happened to it. */
export function backupShown({ run, progress }: ShownBackup, events: readonly StoredEvent<BackupEvent>[]): Rendered {
  const head = `${backupEmoji(run)} ${backupName(run)}\n${backupState(run, progress)}.`;
  const { sealed } = run;
  const place =
    sealed === null
      ? []
      : [
          section(
            `Snapshot of ${when(sealed.snapshotAt)}, in the folder \`${run.backup}/${sealed.id}\`. Its manifest has the SHA-256 \`${sealed.manifestSha256}\`.`,
          ),
        ];
  const custody = custodyWords(run);
  const lines = events.slice(-MOST_EVENTS).map(eventLine);
  return {
    text: head,
    blocks: [
      section(head),
      ...place,
      ...(custody.length === 0 ? [] : [section(custody.join('\n'))]),
      section(lines.join('\n')),
    ],
  };
}

const EVENT_WORDS: Record<BackupEvent['kind'], string> = {
  'backup.requested': 'asked for',
  'backup.began': 'begun',
  'backup.interrupted': 'interrupted: the process that made it ended',
  'backup.stumbled': 'an attempt failed',
  'backup.sealed': 'sealed',
  'backup.failed': 'failed',
  'backup.drilled': 'drilled',
  'backup.cancelling': 'to be cancelled',
  'backup.cancelled': 'cancelled',
  'backup.copied': 'copied off-site',
  'backup.copy-failed': 'could not be copied off-site',
  'backup.held': 'held',
  'backup.released': 'released',
  'backup.looked-at': 'every copy was read',
  'backup.expiring': 'had its time, and is taken away',
  'backup.expired': 'taken away',
  'permission.refused': 'refused: not permitted',
  'event.erased': 'an event was erased',
  'event.expired': 'events expired',
};

function eventLine({ seq, kind, body, actor, occurredAt }: StoredEvent<BackupEvent>): string {
  const why = body !== null && 'reason' in body && body.reason !== null ? `: ${mrkdwnLine(body.reason, REASON)}` : '';
  return `#${seq}  ${when(occurredAt)}  ${EVENT_WORDS[kind]}${why}  ·  ${actorName(actor)}`;
}
